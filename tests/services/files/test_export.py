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
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.files import export as files_out
from opslog.services.files import kinds
from opslog.services.leads import leads
from opslog.store.screening import export as roster_store
from tests.services.files.conftest import ROWS
from tests.services.lists import HEADINGS, Sheet, make_list


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def out(book: Book, what: str, ending: str, event_id: int | None = None) -> Path:
    return files_out.export(book, what, book.home / f"{what}.{ending}", Scope(event_id))


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
