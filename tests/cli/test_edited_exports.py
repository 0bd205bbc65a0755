"""opslog's own exports, edited in a spreadsheet and taken in again, in both languages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.calls.attendance import guests
from opslog.services.people import card

Edit = Callable[[list[list[str]]], None]
LIST = """姓名,公司,职位,手机,邮箱,城市,备注
张三,甲公司,总经理,138 0013 8000,zhang@jia.example,上海,VIP
-李四,乙公司,经理,13900139000,,,
王五,丙公司,,,,北京,只有名字
王五,丁公司,,,,,也只有名字
赵六,甲公司,,+44 20 7946 0958,zhao@jia.example,,
,,,,,,没有人
"""


@pytest.fixture(autouse=True, params=["C", "zh_CN.UTF-8"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", request.param)
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST, encoding="utf-8")
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0
    assert run(["import", "list.csv", "--event", "沙龙"]) == 0


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert run([*words, "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def sent_again(what: str, ending: str, edit: Edit) -> str:
    """The export of ``what``, as a person opened, edited and saved it."""
    name = f"{what}.{ending}"
    assert run(["export", what, "-o", name, "--event", "沙龙", "--force"]) == 0
    if ending == "csv":
        with Path(name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        edit(rows)
        with Path(name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return name
    sheet = python_calamine.load_workbook(name).get_sheet_by_index(0)
    rows = [
        [f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row]
        for row in sheet.to_python()
    ]
    edit(rows)
    with xlsxwriter.Workbook(name) as book:
        written = book.add_worksheet()
        for line, row in enumerate(rows):
            written.write_row(line, 0, row)
    return name


def leave(rows: list[list[str]]) -> None:
    """No edit at all."""


def at(rows: list[list[str]], *headings: str) -> int:
    return next(rows[0].index(one) for one in headings if one in rows[0])


def whole(capsys: pytest.CaptureFixture[str]) -> Any:
    return answer(capsys, "people")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["roster", "people", "calls"])
def test_an_export_that_nobody_edited_changes_nothing(
    what: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = whole(capsys)
    report = answer(capsys, "import", sent_again(what, ending, leave), "--event", "沙龙")
    assert report["profile"].startswith("opslog: ")
    assert (report["new"], report["updated"], report["problem"]) == (0, 0, 0)
    assert report["unchanged"] + report["duplicate"] == report["read"]
    assert not report["unknown"]
    assert not report["left"]
    assert whole(capsys) == before


def test_an_export_taken_in_and_exported_again_has_the_same_columns() -> None:
    written = []
    for _time in range(3):
        name = sent_again("roster", "csv", leave)
        written.append(Path(name).read_text(encoding="utf-8-sig"))
        assert run(["import", name, "--event", "沙龙"]) == 0
    assert written[0] == written[1] == written[2]

    def beside(rows: list[list[str]]) -> None:
        for at, row in enumerate(rows):
            row.append(f"席位{at}" if at else "座位")

    assert run(["import", sent_again("roster", "csv", beside), "--event", "沙龙"]) == 0
    for _time in range(2):
        name = sent_again("roster", "csv", leave)
        headings = Path(name).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert len(headings) == written[0].splitlines()[0].count(",") + 2, "what was put in beside"
        assert "座位" in headings[-1]
        assert run(["import", name, "--event", "沙龙"]) == 0


def test_a_name_that_was_corrected_is_still_whose_it_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def edit(rows: list[list[str]]) -> None:
        name = at(rows, "Name", "姓名")
        for row in rows[1:]:
            if row[name] == "张三":
                row[name] = "章珊"

    report = answer(capsys, "import", sent_again("roster", "csv", edit), "--event", "沙龙")
    assert (report["new"], report["problem"]) == (0, 0)
    assert len(whole(capsys)) == 5


@pytest.mark.parametrize("what", ["roster", "people"])
def test_a_row_that_was_edited_is_still_whose_it_was(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(rows: list[list[str]]) -> None:
        name, phone, title = (
            at(rows, "Name", "姓名"),
            at(rows, "Phone", "电话"),
            at(rows, "Title", "职位"),
        )
        for row in rows[1:]:
            if row[at(rows, "Company", "公司")] == "丙公司":
                row[phone], row[title] = "13700137000", "总监"
        new = [""] * len(rows[0])
        new[name] = "钱七"
        rows.append(new)
        rows[1:] = rows[:0:-1]  # sorted otherwise

    report = answer(capsys, "import", sent_again(what, "csv", edit), "--event", "沙龙")
    assert (report["new"], report["updated"]) == (1, 1)
    people = whole(capsys)
    assert len(people) == 6
    found = next(one for one in people if one["company"] == "丙公司")
    assert (found["phone"], found["title"]) == ("+8613700137000", "总监")


def test_a_line_of_a_list_is_whose_it_was_in_another_company_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def edit(rows: list[list[str]]) -> None:
        company, city = at(rows, "Company", "公司"), at(rows, "City", "城市")
        for row in rows[1:]:
            if row[company] == "丁公司":
                row[company], row[city] = "戊公司", "杭州"

    report = answer(capsys, "import", sent_again("roster", "csv", edit), "--event", "沙龙")
    assert (report["new"], report["updated"]) == (0, 1)
    assert {one["city"] for one in whole(capsys) if one["company"] == "丁公司"} == {"杭州"}


def test_a_namesake_with_another_number_is_somebody_new(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def edit(rows: list[list[str]]) -> None:
        name, phone = at(rows, "Name", "姓名"), at(rows, "Phone", "电话")
        (zhang,) = (row for row in rows if row[name] == "张三")
        added = [*zhang]
        added[phone], added[at(rows, "E-mail", "邮件")] = "13700137000", ""
        rows.append(added)

    report = answer(capsys, "import", sent_again("people", "csv", edit), "--event", "沙龙")
    assert report["new"] == 1
    assert len([one for one in whole(capsys) if one["name"] == "张三"]) == 2


def test_verdicts_and_tags_are_offered_and_taken_where_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def edit(rows: list[list[str]]) -> None:
        name, verdict = at(rows, "Name", "姓名"), at(rows, "Verdict", "结论")
        tags = at(rows, "Tags", "标签")
        for row in rows[1:]:
            if row[name] == "张三":
                row[verdict], row[tags] = "保留", "VIP、老客户"
            elif row[name] == "王五":
                row[verdict] = "Dropped"

    file = sent_again("roster", "xlsx", edit)
    report = answer(capsys, "import", file, "--event", "沙龙")
    assert (report["offered"], report["taken"]) == (["verdicts", "tags"], {})
    assert all(not one["tags"] for one in whole(capsys))

    report = answer(capsys, "import", file, "--event", "沙龙", "--take", "verdicts,tags")
    assert (report["offered"], report["taken"]) == ([], {"verdicts": 3, "tags": 1})
    assert {one["name"]: one["tags"] for one in whole(capsys)}["张三"] == ["VIP", "老客户"]
    assert verdicts() == ["keep", "", "drop", "drop", ""]

    report = answer(capsys, "import", file, "--event", "沙龙", "--take", "verdicts,tags")
    assert (report["taken"], report["change"]) == ({"verdicts": 0, "tags": 0}, None)

    assert run(["undo"]) == 0
    assert all(not one["tags"] for one in whole(capsys))
    assert verdicts() == [""] * 5


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_marks_fields_of_ones_own_and_who_is_missing(
    ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("more.csv").write_text(
        LIST.replace("备注", "员工数").replace("VIP", "200"), encoding="utf-8"
    )
    assert run(["import", "more.csv", "--event", "沙龙", "--field", "员工数"]) == 0
    book = open_book(Path("opslog.db"))
    first = book.con.execute("SELECT min(id) FROM card").fetchone()[0]
    guests.mark_attended(book, first, True)
    book.close()

    def edit(rows: list[list[str]]) -> None:
        came, name = at(rows, "Attended", "到场"), at(rows, "Name", "姓名")
        for row in rows[1:]:
            if row[name] == "张三":
                row[came], row[at(rows, "员工数")] = "否", "300"
            elif row[name] == "赵六":
                row[came] = "yes"
        rows[1:] = [row for row in rows[1:] if "李四" not in row[name]]

    file = sent_again("roster", ending, edit)
    report = answer(capsys, "import", file, "--event", "沙龙")
    assert (report["new"], report["gone"], report["unknown"]) == (0, ["-李四"], [])
    assert "presence" in report["offered"]
    assert came() == {"张三": True, "赵六": True}
    report = answer(capsys, "import", file, "--event", "沙龙", "--take", "presence", "--renew")
    assert report["taken"] == {"presence": 1}
    assert came() == {"张三": False, "赵六": True}
    fields = {one["name"]: one["fields"] for one in whole(capsys)}
    assert fields["张三"] == {"员工数": "300"}
    assert run(["undo"]) == 0
    assert came() == {"张三": True, "赵六": True}


def came() -> dict[str, bool]:
    """Who is marked on the list, and how."""
    assert run(["export", "roster", "-o", "out.json", "--event", "沙龙", "--force"]) == 0
    rows = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return {row["person"]: row["attended"] for row in rows if row["attended"] is not None}


def test_what_was_taken_goes_with_the_file_that_is_withdrawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = whole(capsys)
    headings, body = (
        "姓名,手机,标签,结论,原因",
        "张三,13800138000,老客户,剔除,竞对\n孙八,13600136000,老客户,留,\n",
    )
    Path("judged.csv").write_text(f"{headings}\n{body}", encoding="utf-8")
    command = ["import", "judged.csv", "--event", "沙龙", "--take", "tags,verdicts"]
    assert answer(capsys, *command)["taken"] == {"verdicts": 2, "tags": 2}
    assert [one for one in verdicts() if one] == ["drop", "keep"]
    assert answer(capsys, "roster", "withdraw", "2")["people"] == 1
    assert whole(capsys) == before
    assert not any(verdicts())


def verdicts() -> list[str]:
    """What was decided of each person of the list, in its order."""
    assert run(["export", "roster", "-o", "out.json", "--event", "沙龙", "--force"]) == 0
    rows = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return list({row["line"]: row["verdict"] or "" for row in rows if row["person"]}.values())


def test_what_a_list_said_is_renewed_and_what_was_typed_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = {one["name"]: one["id"] for one in whole(capsys)}
    book = open_book(Path("opslog.db"))
    card.edit(book, ids["-李四"], title="主管")
    book.close()
    Path("new.csv").write_text(
        LIST.replace("总经理", "副总裁").replace("经理,139", "总监,139"), encoding="utf-8"
    )
    report = answer(capsys, "import", "new.csv", "--event", "沙龙", "--dry-run")
    assert report["renewable"] == 1
    report = answer(capsys, "import", "new.csv", "--event", "沙龙")
    assert report["renewed"] == 0
    assert titles(capsys) == {"张三": "总经理", "-李四": "主管"}
    report = answer(capsys, "import", "new.csv", "--event", "沙龙", "--renew")
    assert report["renewed"] == 1
    assert titles(capsys) == {"张三": "副总裁", "-李四": "主管"}
    assert run(["undo"]) == 0
    assert titles(capsys) == {"张三": "总经理", "-李四": "主管"}


def titles(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    return {one["name"]: one["title"] for one in whole(capsys) if one["title"]}
