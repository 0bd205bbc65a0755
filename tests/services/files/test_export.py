"""What an operator finds in the files that leave."""

from __future__ import annotations

import csv
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.people.card import CALL, MAIL, WRITE
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.files import export as files_out
from opslog.services.files import kinds
from opslog.services.leads import leads
from opslog.services.screening import rounds
from opslog.store.people import suppressed
from opslog.store.screening import export as roster_store
from tests.services.lists import HEADINGS, Sheet, make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
    ("=cmd|' /C calc'!A0", "测试", "", "", ""),
]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def out(book: Book, what: str, ending: str, event_id: int | None = None) -> Path:
    return files_out.export(book, what, book.home / f"{what}.{ending}", Scope(event_id))


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """A list after tidying, the first screening begun, one call-back made."""
    made = make_list(book, ROWS)
    tidy = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, tidy, made.cards[0], "keep")
    rounds.decide(book, tidy, made.cards[1], "keep")
    rounds.decide(book, tidy, made.cards[2], "drop", "made_up", by="junk words")
    rounds.close_round(book, tidy)
    first = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, first, made.cards[0], "drop", "not_target")
    rounds.decide(book, first, made.cards[0], "park")
    return made


def test_the_log(book: Book) -> None:
    log_lines.add(book, "08:30 回访王总 #回访 #报价 +王志刚 ~20m !")
    (row,) = table(out(book, "log", "csv"))
    assert row == {
        "Time": "2026-11-23 08:30",
        "Text": "回访王总",
        "Tags": "回访, 报价",
        "Event": "",
        "People": "王志刚",
        "Minutes": "20",
        "Flagged": "yes",
        "Source": "typed",
    }
    (entry,) = json.loads(out(book, "log", "json").read_text(encoding="utf-8"))
    assert entry["at"] == "2026-11-23T08:30:00+08:00"
    assert entry["tags"] == ["回访", "报价"]
    assert entry["flagged"] is True


def test_headings_speak_the_language(book: Book) -> None:
    locale.set_language("zh_CN")
    log_lines.add(book, "写稿")
    (row,) = table(out(book, "log", "csv"))
    assert row["时间"] == "2026-11-23 09:00"
    assert row["标红"] == "否"


def test_the_plan(book: Book) -> None:
    event_id = events.create(
        book, EventDraft("发布会", "webinar", book.now() + timedelta(days=4))
    ).made
    lines = events.plan(book, event_id)
    rows = json.loads(out(book, "plan", "json", event_id).read_text(encoding="utf-8"))
    assert len(rows) == len(lines)
    moved = next(line for line in lines if "late" in line.why)
    row = next(row for row in rows if row["step"] == moved.key)
    assert row["moved_from"] is not None
    assert row["offset"] == moved.offset
    shown = next(r for r in table(out(book, "plan", "csv")) if r["Step"] == moved.key)
    assert shown["Offset"] == f"T{moved.offset:+d}"
    assert "started late" in shown["Why moved"]
    assert shown["State"] == "open"


def test_the_plan_as_a_calendar(book: Book) -> None:
    at = book.now() + timedelta(days=9)
    event_id = events.create(book, EventDraft("发布会", "webinar", at)).made
    path = out(book, "plan", "ics", event_id)
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [str(e["summary"]) for e in entries if str(e["uid"]).startswith("event-")] == ["发布会"]
    still = [line for line in events.plan(book, event_id) if line.state != "missed"]
    assert len(entries) == 1 + len(still)
    assert {e.decoded("dtstart") for e in entries} >= {line.due_at for line in still}
    uids = {str(e["uid"]) for e in entries}
    again = files_out.export(book, "calendar", path, force=True)
    assert {str(e["uid"]) for e in Calendar.from_ical(again.read_bytes()).walk("VEVENT")} == uids


def test_a_roster_with_every_verdict_and_every_cell(book: Book, sheet: Sheet) -> None:
    wang, li, junk = table(out(book, "roster", "csv"))
    assert wang["Name"] == "王志刚"
    assert wang["Phone"] == "138 0013 8000"
    assert wang["tidy: verdict"] == "kept"
    assert wang["tidy: by"] == "operator"
    assert wang["tidy: at"] == "2026-11-23 09:00"
    assert wang["screening 1: verdict"] == "parked"
    assert wang["screening 1: reason"] == ""
    assert wang["Verdict"] == "parked"
    assert (wang["File"], wang["Line"], wang["Result"]) == ("名单.csv", "2", "new")
    assert wang["in the file: 手机"] == "'+8613800138000"
    assert (li["Verdict"], li["screening 1: verdict"]) == ("kept", "")
    assert junk["Name"] == junk["in the file: 姓名"] == "'=cmd|' /C calc'!A0"
    assert (junk["Verdict"], junk["tidy: reason"]) == ("dropped", "made up")
    assert junk["tidy: by"] == "junk words"


def test_a_roster_as_json(book: Book, sheet: Sheet) -> None:
    rows = json.loads(out(book, "roster", "json").read_text(encoding="utf-8"))
    junk = rows[2]
    assert list(junk["original"].items()) == list(zip(HEADINGS, ROWS[2], strict=True))
    assert junk["round_0"] == {
        "verdict": "drop",
        "reason": "made_up",
        "by": "junk words",
        "at": "2026-11-23T09:00:00+08:00",
    }
    assert junk["round_1"] == {"verdict": None, "reason": None, "by": None, "at": None}
    assert rows[0]["phone"] == "+8613800138000"


def test_a_roster_in_a_workbook_holds_no_formula(book: Book, sheet: Sheet) -> None:
    rows = CalamineWorkbook.from_path(out(book, "roster", "xlsx")).get_sheet_by_index(0).to_python()
    assert rows[3][0] == "=cmd|' /C calc'!A0"
    assert rows[1][rows[0].index("in the file: 手机")] == "+8613800138000"


def test_files_with_other_headings_and_lines_without_a_person(book: Book, sheet: Sheet) -> None:
    """Two files: one column is shared, one heading stands twice, one cell has none."""
    columns = json.dumps(["姓名", "备注", "备注"], ensure_ascii=False)
    book.con.execute(
        "INSERT INTO roster_file(roster_id, file, sheet, encoding, header_row, columns, mapping,"
        " read, new, updated, unchanged, duplicate, problem, imported_at)"
        " VALUES (?,'二.xlsx','S','',1,?,'{}',1,0,0,0,0,1,'2026-11-23T01:00:00Z')",
        (sheet.roster_id, columns),
    )
    cells = json.dumps(["合计", "a", "b", "\x00多\ud800"])
    book.con.execute(
        "INSERT INTO roster_row(roster_id, file_id, line, cells, result, problems)"
        " VALUES (?, last_insert_rowid(), 9, ?, 'problem', '[\"totals\"]')",
        (sheet.roster_id, cells),
    )
    row = table(out(book, "roster", "csv"))[-1]
    assert row["in the file: 姓名"] == "合计"
    assert (row["in the file: 备注"], row["in the file: 备注 2"]) == ("a", "b")
    assert row["in the file: column 4"] == "␀多�"
    assert (row["Problems"], row["Sheet"], row["Line"]) == ("a totals line", "S", "9")
    assert (row["Name"], row["in the file: 公司"], row["Verdict"]) == ("", "", "")
    exact = json.loads(out(book, "roster", "json").read_text(encoding="utf-8"))[-1]
    assert exact["original"]["column 4"] == "\x00多\ud800"


def test_a_roster_must_be_named_where_there_are_several(book: Book) -> None:
    with pytest.raises(Refused, match="There is no list yet"):
        out(book, "roster", "csv")
    make_list(book, ROWS, event="甲")
    second = make_list(book, ROWS[:1], event="乙")
    with pytest.raises(Refused, match="There are 2 lists; say which with --event: 甲, 乙"):
        out(book, "roster", "csv")
    assert len(table(out(book, "roster", "csv", second.event_id))) == 1


def test_calls_made_and_calls_to_make(book: Book, sheet: Sheet) -> None:
    card = sheet.cards[0]
    calling.record(book, card, "callback-1", "no_answer", lane="phone")
    calling.record(book, card, "callback-1", "interested", lane="phone", note="要报价")
    first, second, waiting = table(out(book, "calls", "csv"))
    assert (first["Name"], first["Attempt"], first["Outcome"]) == ("王志刚", "1", "no answer")
    assert first["Queue"] == ""
    assert (second["Attempt"], second["Outcome"], second["Note"]) == ("2", "interested", "要报价")
    assert second["Queue"] == "nothing more to do"
    assert second["Purpose"] == "call-back 1"
    assert (waiting["Name"], waiting["Attempt"], waiting["Outcome"]) == ("李娜", "0", "")
    assert waiting["Queue"] == "call now"
    coded = json.loads(out(book, "calls", "json").read_text(encoding="utf-8"))
    assert [row["outcome"] for row in coded] == ["no_answer", "interested", None]
    assert [row["queue"] for row in coded] == [None, "settled", "ready"]
    assert [row["do_not_call_since"] for row in coded] == [None] * 3
    calling.record(book, card, "callback-1", "do_not_call", lane="phone")
    again = files_out.export(book, "calls", book.home / "again.csv")
    said = [bool(row["Not to be called since"]) for row in table(again)]
    assert said == [True, True, True, False]


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


@pytest.mark.parametrize("what", list(kinds.EXPORTS))
def test_every_form_of_everything(book: Book, sheet: Sheet, what: str) -> None:
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    leads.keep(book, sheet.people[0], {"budget": "20 万"}, "王经理")
    if what == "requests":  # they are of people who asked for materials
        book.con.execute("UPDATE event SET kind='materials'")
    for ending in kinds.endings(what):
        assert out(book, what, ending).stat().st_size > 0


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("what", list(kinds.EXPORTS))
def test_no_heading_stands_twice(book: Book, sheet: Sheet, what: str, language: str) -> None:
    if "csv" not in kinds.endings(what):
        return
    locale.set_language(language)
    first = out(book, what, "csv").read_text(encoding="utf-8-sig").splitlines()[0]
    headings = first.split(",")
    assert sorted(set(headings)) == sorted(headings)


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


def test_what_is_not_possible_is_listed(book: Book) -> None:
    with pytest.raises(Refused, match="“moon” can't be exported; log, events, plan"):
        files_out.export(book, "moon", book.home / "a.csv")
    with pytest.raises(Refused, match=r"log can't be written as \.doc; possible are \.csv, \.xlsx"):
        files_out.export(book, "log", book.home / "a.doc")
    with pytest.raises(Refused, match="the ending of the name says the form"):
        files_out.export(book, "log", book.home / "log")


def test_an_existing_file_needs_force(book: Book) -> None:
    path = out(book, "log", "csv")
    log_lines.add(book, "写稿")
    with pytest.raises(Refused, match="exists already"):
        files_out.export(book, "log", path)
    assert table(path) == []
    files_out.export(book, "log", path, force=True)
    assert len(table(path)) == 1


def test_giving_up_leaves_nothing(book: Book) -> None:
    for number in range(files_out.STEP + 1):
        log_lines.add(book, f"行 {number}")

    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    path = book.home / "log.xlsx"
    with pytest.raises(KeyboardInterrupt):
        files_out.export(book, "log", path, progress=stop)
    assert not [file for file in book.home.iterdir() if file.suffix in (".xlsx", ".part")]
    assert not book.con.in_transaction


def test_progress_counts_the_rows(book: Book) -> None:
    for number in range(files_out.STEP + 1):
        log_lines.add(book, f"行 {number}")
    told: list[int] = []
    files_out.export(book, "log", book.home / "log.csv", progress=told.append)
    assert told == [files_out.STEP, files_out.STEP + 1]


def test_a_file_is_of_one_moment(book: Book, sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes between two queries: not a word of it is in the file."""
    real = roster_store.roster_rows

    def meanwhile(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
        other = sqlite3.connect(book.path)
        other.execute("UPDATE person SET name='anders'")
        other.commit()
        other.close()
        return real(con, roster_id)

    monkeypatch.setattr(roster_store, "roster_rows", meanwhile)
    assert "anders" not in {row["Name"] for row in table(out(book, "roster", "csv"))}
    assert {row["Name"] for row in table(out(book, "people", "csv"))} == {"anders"}


def test_dropped_in_an_earlier_round_is_dropped(book: Book, sheet: Sheet) -> None:
    """The earlier round was gone over again after the later one had its verdict."""
    book.con.execute(
        "INSERT INTO decision(round_id, card_id, verdict, reason, at)"
        " SELECT id, ?, 'drop', 'colleague', '2026-11-23T01:00:00Z' FROM round WHERE number=0",
        (sheet.cards[0],),
    )
    wang = table(out(book, "roster", "csv"))[0]
    assert (wang["screening 1: verdict"], wang["Verdict"]) == ("parked", "dropped")


def test_the_name_proposed(book: Book) -> None:
    assert kinds.file_name(book, "log") == "log-2026-11-23.xlsx"
    assert (
        kinds.file_name(book, "roster", "上海 沙龙: A/B?", "csv")
        == "roster-上海-沙龙-AB-2026-11-23.csv"
    )


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
