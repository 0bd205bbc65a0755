"""What an operator finds of people in files that leave: address books, phones, whom to write to."""

from __future__ import annotations

import json

import pytest
from python_calamine import CalamineWorkbook

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import CALL, MAIL, WRITE
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.files import export as files_out
from opslog.services.files import kinds
from opslog.services.leads import leads
from opslog.store.people import suppressed
from tests.services.files.test_export import out, table
from tests.services.lists import Sheet, make_list


def test_people_of_one_event_and_an_address_book(book: Book, sheet: Sheet) -> None:
    other = make_list(book, [("赵敏", "", "", "", "")], event="另一场")
    assert len(table(out(book, "people", "csv"))) == 4
    (row,) = table(files_out.export(book, "people", book.home / "one.csv", Scope(other.event_id)))
    assert (row["Name"], row["Events"], row["On WeCom"]) == ("赵敏", "另一场", "")
    cards = out(book, "people", "vcf").read_text(encoding="utf-8")
    assert cards.count("BEGIN:VCARD") == 2
    assert "TEL;TYPE=CELL:+8613800138000" in cards


def test_an_address_book_says_whom_it_leaves_out(book: Book) -> None:
    rows = [
        ("王志刚", "", "", "+8613800138000", ""),
        ("赵敏", "", "", "", ""),
        ("", "", "总监", "", ""),
    ]
    make_list(book, rows)
    said: list[str] = []
    path = files_out.export(
        book, "people", book.home / "a.vcf", said=lambda sentence: said.append(str(sentence))
    )
    assert path.read_text(encoding="utf-8").count("BEGIN:VCARD") == 1
    assert said == [
        "Left out, no phone and no e-mail: 1 (赵敏)",
        "Left out, no name, no phone and no e-mail: 1",
    ]
    said.clear()
    for ending in ("csv", "json"):  # hold everybody
        files_out.export(
            book, "people", book.home / f"a.{ending}", said=lambda one: said.append(str(one))
        )
    assert said == []


@pytest.mark.parametrize("what", ["people", "roster", "calls"])
def test_every_phone_and_address_leaves(book: Book, sheet: Sheet, what: str) -> None:
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    book.con.execute(
        "UPDATE person SET phones='+8613900139000 +442079460000', emails='zg@wang.cn w@w.cn'"
        " WHERE id=?",
        (sheet.people[0],),
    )
    at = -1 if what == "people" else 0  # the first on a list came before the others
    wang = table(out(book, what, "csv"))[at]
    assert wang["Phone"] == "138 0013 8000"
    assert wang["Further phones"] == "139 0013 9000, +44 20 7946 0000"
    assert wang["Further e-mails"] == "zg@wang.cn, w@w.cn"
    rows = CalamineWorkbook.from_path(out(book, what, "xlsx")).get_sheet_by_index(0).to_python()
    assert rows[at or 1][rows[0].index("Further phones")] == wang["Further phones"]
    coded = json.loads(out(book, what, "json").read_text(encoding="utf-8"))
    assert coded[at]["phones"] == ["+8613900139000", "+442079460000"]
    assert coded[at]["emails"] == ["zg@wang.cn", "w@w.cn"]
    assert coded[1]["phones"] == []
    if what == "people":
        cards = out(book, what, "vcf").read_text(encoding="utf-8")
        assert "TEL;TYPE=WORK,VOICE:+442079460000" in cards
        assert "EMAIL;TYPE=INTERNET:w@w.cn" in cards


@pytest.mark.parametrize("what", ["roster", "people", "calls", "log"])
@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "md", "html"])
def test_phones_leave_half_hidden_where_it_is_wanted(
    book: Book, sheet: Sheet, what: str, ending: str
) -> None:
    log_lines.add(book, "打给 13800138000")
    path = book.home / f"masked.{ending}"
    files_out.export(book, what, path, style=kinds.Style(mask=True))
    if ending == "xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        text = "\n".join(str(cell) for row in rows for cell in row)
    else:
        text = path.read_text(encoding="utf-8-sig")
    digits = text.replace(" ", "")
    assert "13800138000" not in digits
    assert "13800138001" not in digits
    assert "138****8000" in digits.replace("\\", "")


@pytest.mark.parametrize("what", ["roster", "queue", "calls", "attendance", "handover"])
def test_whoever_is_on_a_list_goes_into_an_address_book(
    book: Book, sheet: Sheet, what: str
) -> None:
    for _attempt in range(2 if what == "calls" else 1):
        calling.record(book, sheet.cards[1], "callback-1", "no_answer", lane="phone")
    leads.keep(book, sheet.people[1], {"budget": "20 万", "team": "李总, 定"}, "王经理")
    said: list[str] = []
    path = files_out.export(book, what, book.home / "a.vcf", said=lambda one: said.append(str(one)))
    text = path.read_bytes().decode().replace("\r\n ", "")
    assert text.count("FN:李娜\r\n") == 1
    assert ("NOTE:Budget: 20 万\\nDecision makers: 李总\\, 定\r\n" in text) == (what == "handover")
    assert ("Left out, no phone and no e-mail: 1" in "".join(said)) == (what == "roster")


def test_an_address_book_is_not_masked(book: Book, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="half hidden"):
        files_out.export(book, "people", book.home / "a.vcf", style=kinds.Style(mask=True))
    assert not (book.home / "a.vcf").exists()


def test_lists_to_write_by_leave_out_who_asked_for_none_and_say_how_many(
    book: Book, sheet: Sheet
) -> None:
    made = make_list(
        book,
        [
            ("陈甲", "北方软件", "", "+8613900139011", "a@example.com"),
            ("郑乙", "南方软件", "", "+8613900139012", "b@example.com"),
            ("冯丙", "西方软件", "", "+8613900139013", ""),
            (
                "韩丁",
                "东方软件",
                "",
                "+8613900139013",
                "a@example.com",
            ),  # the same number and address
        ],
        event="另一场",
    )
    suppressed.put(book.con, made.people[:1], MAIL, "2026-11-01T01:00:00Z", "list")
    suppressed.put(book.con, made.people[2:3], WRITE, "2026-11-01T01:00:00Z", "list")
    suppressed.put(book.con, made.people[1:2], CALL, "2026-11-01T01:00:00Z", "operator")

    def written(what: str, ending: str = "json") -> tuple[str, list[str]]:
        said: list[str] = []
        path = files_out.export(
            book,
            what,
            book.home / f"{what}.{ending}",
            Scope(made.event_id),
            said=lambda one: said.append(str(one)),
        )
        return path.read_text(encoding="utf-8"), said

    text, said = written("mailing")
    assert [row["person"] for row in json.loads(text)] == ["郑乙"]
    assert said == ["Left out, asked for no e-mail: 2", "Left out, no e-mail: 1"]
    text, said = written("messages")
    assert [row["person"] for row in json.loads(text)] == ["郑乙", "陈甲"]
    assert said == ["Left out, asked for no messages: 2"]
    since = {one["name"]: one["do_not_call_since"] for one in json.loads(written("people")[0])}
    assert since == {"陈甲": None, "郑乙": "2026-11-01T09:00:00+08:00", "冯丙": None, "韩丁": None}
    text, said = written("people", "vcf")
    assert "郑乙" not in text
    assert said == ["Left out, asked not to be called: 1 (郑乙)"]
