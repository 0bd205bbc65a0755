"""Columns opslog has no meaning for, kept as fields of one's own; and who is gone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run
from opslog.domain.people.list import View
from opslog.services.book.book import open_book
from opslog.services.imports import imports
from opslog.services.people import list as people_list

HEADINGS = ["姓名", "公司", "手机", "公司规模", "预算", "对接组"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def take(capsys: pytest.CaptureFixture[str], file: str, *words: str) -> Any:
    return answer(capsys, "import", file, "--event", "沙龙", *words)


def rows(number: int) -> list[list[str]]:
    """People of as many companies as there are tens of them."""
    return [
        [
            f"张{'一二三四五六七八九十'[at % 10]}{at}",
            f"第{at // 10}公司",
            f"138{at:08}",
            f"{at // 10}00人",
            f"{at}万" if at % 3 else "",
            "王销售",
        ]
        for at in range(number)
    ]


def write(name: str, body: list[list[str]], headings: list[str] = HEADINGS) -> str:
    with Path(name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *body])
    return name


@pytest.mark.parametrize("number", [1, 40, 6_000])
def test_own_fields_are_kept_of_whom_they_say_something(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    body = rows(number)
    done = take(capsys, write("a.csv", body), "--field", "公司规模", "预算")
    assert done["new"] == number
    assert (done["fields"], done["unknown"]) == (["公司规模", "预算"], ["对接组"])
    companies, budgets = len({row[1] for row in body}), sum(bool(row[4]) for row in body)
    assert done["values"] == companies + budgets
    people = {person["name"]: person["fields"] for person in answer(capsys, "people")}
    for name, _company, _phone, size, budget, _owner in body:
        assert people[name] == {"公司规模": size, **({"预算": budget} if budget else {})}


def test_what_is_not_kept_is_said_and_can_be_kept_by_the_same_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = write("a.csv", rows(3))
    capsys.readouterr()
    assert run(["import", file, "--event", "沙龙"]) == 0
    said = capsys.readouterr().out
    assert "3 columns not understood: 公司规模, 预算, 对接组; keep them with --field" in said
    done = take(capsys, file, "--field", "all")
    assert (done["unchanged"], done["values"]) == (3, 6)
    assert answer(capsys, "people", "--find", "张二1")[0]["fields"]["对接组"] == "王销售"
    # Remembered with the columns: the next file with these headings needs no telling.
    more = take(capsys, write("b.csv", rows(5)[3:]))
    assert (more["fields"], more["unknown"]) == (["公司规模", "预算", "对接组"], [])
    assert take(capsys, write("c.csv", rows(6)[5:]), "--field", "none")["fields"] == []
    assert take(capsys, write("d.csv", rows(7)[6:]))["fields"] == []


def test_one_person_s_values_stay_where_their_company_says_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = [
        ["甲一", "", "13800000001", "10人", "", ""],
        ["乙二", "丙", "13800000002", "20人", "", ""],
    ]
    take(capsys, write("a.csv", body), "--field", "公司规模")
    body[1][3] = "30人"
    take(capsys, write("b.csv", body), "--field", "公司规模")
    sizes = {person["name"]: person["fields"] for person in answer(capsys, "people")}
    assert sizes == {"甲一": {"公司规模": "10人"}, "乙二": {"公司规模": "20人"}}


def test_a_column_that_is_none_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    command = ["import", write("a.csv", rows(2)), "--event", "沙龙", "--field", "年龄"]
    assert run(command) == 1
    assert "“年龄” is no column that could be kept" in capsys.readouterr().err
    assert answer(capsys, "people") == []


def test_long_answers_and_counters_are_no_fields(capsys: pytest.CaptureFixture[str]) -> None:
    body = [["1", "甲一", "13800000001", "很有收获" * 20], ["2", "乙二", "13800000002", "好"]]
    file = write("a.csv", body, ["序号", "姓名", "手机", "对我们有什么建议"])
    assert take(capsys, file)["unknown"] == []


def test_withdrawing_and_undo_take_fields_back(capsys: pytest.CaptureFixture[str]) -> None:
    def kept() -> list[dict[str, str]]:
        return [person["fields"] for person in answer(capsys, "people")]

    file = write("a.csv", rows(2))
    take(capsys, file)
    take(capsys, file, "--field", "预算", "对接组")
    assert kept() == [{"预算": "1万", "对接组": "王销售"}, {"对接组": "王销售"}]
    assert run(["undo"]) == 0
    assert kept() == [{}, {}]
    assert run(["redo"]) == 0
    assert kept() == [{"预算": "1万", "对接组": "王销售"}, {"对接组": "王销售"}]
    assert run(["roster", "withdraw", "1"]) == 0
    assert kept() == []
    assert run(["undo"]) == 0
    assert kept() == [{"预算": "1万", "对接组": "王销售"}, {"对接组": "王销售"}]


def test_an_erased_person_leaves_nothing_in_fields(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    take(
        capsys,
        write("a.csv", [["张一", "甲", "13800000001", "1人", "要保密的预算", "x"]]),
        "--field",
        "all",
    )
    assert run(["people", "--erase", "1", "--yes", "张一"]) == 0
    assert "要保密的预算".encode() not in (tmp_path / "opslog.db").read_bytes()


def test_fields_leave_as_columns(capsys: pytest.CaptureFixture[str]) -> None:
    take(capsys, write("a.csv", rows(2)), "--field", "公司规模", "预算")
    for what in ("people", "roster"):
        assert run(["export", what, "-o", f"{what}.csv"]) == 0
        with Path(f"{what}.csv").open(encoding="utf-8-sig", newline="") as file:
            said = list(csv.DictReader(file))
        assert sorted((row["公司规模"], row["预算"]) for row in said) == [
            ("000人", ""),
            ("000人", "1万"),
        ]


def test_who_is_gone_is_named_and_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    body = rows(30)
    take(capsys, write("a.csv", body))
    shorter = write("b.csv", body[:5] + body[7:])
    for words in (["--dry-run"], []):
        done = take(capsys, shorter, *words)
        assert (done["read"], done["unchanged"], done["gone"]) == (28, 28, ["张六5", "张七6"])
    capsys.readouterr()
    assert run(["import", write("c.csv", body[:1]), "--event", "沙龙"]) == 0
    said = capsys.readouterr().out
    assert "29 people of the earlier file are not in this one: 张二1, 张三2" in said
    assert "… and 17 more" in said
    assert len(answer(capsys, "people")) == 30
    # Another list of the same event is no later version of this one.
    other = write("d.csv", [["李四", "13900000000"]], ["姓名", "手机"])
    assert take(capsys, other)["gone"] == []


def test_rows_without_number_or_address_are_the_same_where_they_say_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = [["张一", "甲", ""], ["李二", "乙", ""], ["王三", "丙", "13800000001"]]
    take(capsys, write("a.csv", body, HEADINGS[:3]))
    assert take(capsys, write("b.csv", body[1:], HEADINGS[:3]))["gone"] == ["张一"]


def test_the_apostrophe_before_a_formula_is_no_part_of_a_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = {"'-张三": "-张三", "'=李四": "=李四", "'＋王五": "＋王五", "'Brien": "'Brien"}
    body = [[name, "", f"1380000000{at}"] for at, name in enumerate(names)]
    take(capsys, write("a.csv", body, HEADINGS[:3]))
    assert {person["name"] for person in answer(capsys, "people")} == set(names.values())


def test_people_are_narrowed_by_what_a_field_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    take(capsys, write("a.csv", rows(30)), "--field", "公司规模", "预算")
    book = open_book(tmp_path / "opslog.db")
    try:
        counted = people_list.ViewReading(book, View(), {}).facet("field", "规模", 10)
        assert [(one.value, one.count) for one in counted] == [
            (f"公司规模: {size}人", 10) for size in ("000", "100", "200")
        ]
        of_one = View(facets=(("field", "公司规模: 100人"),))
        assert sorted(people_list.found(book, of_one).ids) == list(range(11, 21))
        narrower = people_list.ViewReading(book, of_one, {}).facet("company", "", 10)
        assert [one.count for one in narrower] == [10]
        beside = View(facets=(("company", counted[1].value),))
        assert people_list.found(book, beside).ids == []
        budget = View(facets=(("field", "预算: 11万"),))
        assert people_list.found(book, budget).ids == [12]
    finally:
        book.close()


def test_a_long_list_is_not_gone_through_once_a_row(tmp_path: Path) -> None:
    """Twice the rows are about twice the steps of SQLite."""
    steps = []
    for number in (1_000, 2_000):
        file = tmp_path / write(f"{number}.csv", rows(number), [*HEADINGS[:5], f"x{number}"])
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        book = open_book(tmp_path / "opslog.db")
        try:
            book.con.set_progress_handler(step, 100)
            assert imports.load(book, file, 1).read == number
        finally:
            book.close()
        steps.append(count)
        assert run(["undo"]) == 0
    assert steps[1] < 3 * steps[0]
