"""Part of what there is goes out: the file holds just that, as many rows as were counted."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import KEPT, TO_CALL, Scope
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.files import column_sets, kinds
from opslog.services.files import export as files_out
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from tests.services.lists import Sheet, make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
    ("赵敏", "云帆科技", "主管", "+8613800138002", ""),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """Three people, one of them on two lines: two kept, one dropped."""
    made = make_list(book, ROWS)
    book.con.execute(
        "INSERT INTO roster_row(roster_id, file_id, line, cells, result, problems, card_id)"
        " SELECT roster_id, file_id, line + 1, cells, 'duplicate', problems, card_id"
        " FROM roster_row WHERE card_id=?",
        (made.cards[2],),
    )
    tidy = rounds.open_round(book, made.roster_id).made
    wang, li, zhao = made.cards
    rounds.decide(book, tidy, wang, "keep")
    rounds.decide(book, tidy, li, "drop", "not_target")
    rounds.decide(book, tidy, zhao, "keep")
    rounds.close_round(book, tidy)
    return made


def out(
    book: Book, what: str, scope: Scope, columns: Sequence[str] = (), ending: str = "csv"
) -> list[dict[str, str]]:
    """The rows of the file, which are as many as was said."""
    told: list[int] = []
    path = files_out.export(
        book,
        what,
        book.home / f"{what}.{ending}",
        scope,
        columns=columns,
        progress=told.append,
        force=True,
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert files_out.count(book, what, ending, scope) == len(rows) == told[-1]
    assert len(files_out.preview(book, what, scope, columns=columns).rows) == len(rows)
    return rows


def names(rows: Sequence[dict[str, str]]) -> list[str]:
    return [row["Name"] for row in rows]


def test_the_rows_shown_in_their_order(book: Book, sheet: Sheet) -> None:
    wang, li, zhao = sheet.people
    assert names(out(book, "people", Scope(keys=[zhao, wang]))) == ["赵敏", "王志刚"]
    assert names(out(book, "people", Scope(keys=[]))) == []
    assert names(out(book, "mailing", Scope(keys=[li, wang]))) == ["王志刚"]
    assert names(out(book, "attendance", Scope(keys=[sheet.cards[2], sheet.cards[0]]))) == [
        "赵敏",
        "王志刚",
    ]


def test_a_person_is_one_row_with_all_that_their_lines_say(book: Book, sheet: Sheet) -> None:
    file_id = book.con.execute(
        "INSERT INTO roster_file(roster_id, file, sheet, encoding, header_row, columns, mapping,"
        " read, new, updated, unchanged, duplicate, problem, imported_at, kind) SELECT roster_id,"
        " '签到.csv', sheet, encoding, header_row, '[\"姓名\", \"签到时间\"]', mapping, 2, 0, 2, 0,"
        " 0, 0, imported_at, 'attendance' FROM roster_file"
    ).lastrowid
    for line, (card, cells) in enumerate(
        ((sheet.cards[2], ["赵小敏", "14:02"]), (sheet.cards[0], ["王志刚", "13:58"])), 2
    ):
        book.con.execute(
            "INSERT INTO roster_row(roster_id, file_id, line, cells, result, problems, card_id)"
            " VALUES (?, ?, ?, ?, 'updated', '', ?)",
            (sheet.roster_id, file_id, line, json.dumps(cells, ensure_ascii=False), card),
        )
    scope = Scope(sheet.event_id)
    rows = out(book, "roster", scope)
    assert names(rows) == ["王志刚", "李娜", "赵敏"]
    assert [row["in the file: 姓名"] for row in rows] == ["王志刚", "李娜", "赵敏 / 赵小敏"]
    assert [row["in the file: 签到时间"] for row in rows] == ["13:58", "", "14:02"]
    assert [(row["File"], row["Line"]) for row in rows] == [("名单.csv", n) for n in "234"]
    ids = [row[0] for row in book.con.execute("SELECT id FROM roster_row ORDER BY id DESC")]
    assert names(out(book, "roster", scope._replace(keys=ids))) == ["王志刚", "赵敏", "李娜"]


def test_a_sign_up_and_what_the_reminder_brought_are_two_things(book: Book) -> None:
    made = make_list(book, ROWS, ends_ago=-timedelta(days=1))
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    calling.record(book, made.cards[0], "reminder", "not_coming", lane="phone", reason="ill")
    book.con.execute("UPDATE card SET state='waiting' WHERE id=?", (made.cards[1],))
    rows = out(book, "roster", Scope(made.event_id))
    assert [(row["Sign-up"], row["Reminder call"]) for row in rows] == [
        ("has signed up", "not coming"),
        ("waitlisted", ""),
        ("has signed up", ""),
    ]


def test_only_whom_the_rounds_kept_a_row_each(book: Book, sheet: Sheet) -> None:
    kept = Scope(sheet.event_id, only=KEPT)
    assert names(out(book, "roster", Scope(sheet.event_id))) == ["王志刚", "李娜", "赵敏"]
    assert names(out(book, "roster", kept)) == ["王志刚", "赵敏"]
    assert names(out(book, "people", kept)) == ["赵敏", "王志刚"]
    make_list(book, [("钱七", "", "", "+8613800138009", "")], event="另一场")
    assert names(out(book, "people", Scope(only=KEPT))) == ["赵敏", "王志刚"]


def test_only_whom_there_is_to_call(book: Book, sheet: Sheet) -> None:
    first = rounds.open_round(book, sheet.roster_id).made
    for card in (sheet.cards[0], sheet.cards[2]):
        rounds.decide(book, first, card, "keep")
    rounds.close_round(book, first)
    waiting = out(book, "queue", Scope(sheet.event_id))
    assert names(out(book, "roster", Scope(sheet.event_id, only=TO_CALL))) == names(waiting)
    assert "王志刚" in names(waiting)
    calling.record(book, sheet.cards[0], "callback-1", "interested", lane="phone")
    assert "王志刚" not in names(out(book, "people", Scope(only=TO_CALL)))


def test_people_and_lines_with_certain_words(book: Book, sheet: Sheet) -> None:
    log_lines.add_all(book, ["写稿 A", "回访 B", "写稿 C"])
    assert [row["Text"] for row in out(book, "log", Scope(find="写稿"))] == ["写稿 A", "写稿 C"]
    assert names(out(book, "people", Scope(find="yunfan"))) == ["赵敏", "李娜"]
    assert names(out(book, "roster", Scope(sheet.event_id, find="云帆"))) == ["李娜", "赵敏"]
    assert out(book, "people", Scope(find="没有这个人")) == []
    assert names(out(book, "people", Scope(find="云帆", only=KEPT))) == ["赵敏"]


def test_days_of_the_log_and_of_calls(book: Book, sheet: Sheet) -> None:
    log_lines.add(book, "11-20 23:59 前天夜里")
    log_lines.add(book, "11-21 00:00 零点")
    log_lines.add(book, "11-22 23:59 末")
    log_lines.add(book, "今天")
    days = Scope(since=date(2026, 11, 21), until=date(2026, 11, 22))
    assert [row["Text"] for row in out(book, "log", days)] == ["零点", "末"]
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    calling.record(book, sheet.cards[0], "callback-1", "interested", lane="phone")
    today = Scope(since=date(2026, 11, 23))
    assert [row["Attempt"] for row in out(book, "calls", today)] == ["1", "2"]
    assert out(book, "calls", days) == []


def test_days_of_all_that_has_a_day(book: Book, sheet: Sheet) -> None:
    leads.keep(book, sheet.people[0], {}, "王经理")
    draft = EventDraft("发布会", "webinar", book.now() + timedelta(days=30))
    events.create(book, draft)
    today, later = book.today(), book.today() + timedelta(days=25)
    for what, heading in (("handover", "Name"), ("history", "What was done")):
        assert out(book, what, Scope(since=today, until=today))[0][heading]
        assert out(book, what, Scope(until=today - timedelta(days=1))) == []
    assert [one["Event"] for one in out(book, "events", Scope(since=later))] == ["发布会"]
    ahead = out(book, "plan", Scope(since=later))
    assert 0 < len(ahead) < len(out(book, "plan", Scope()))
    assert min(one["When"] for one in ahead) >= later.isoformat()
    assert len(out(book, "calendar", Scope(since=later))) == len(ahead) + 1
    due = out(book, "today", Scope(since=later))
    assert all(one["Due"] >= later.isoformat() for one in due)


def test_columns_in_their_order(book: Book, sheet: Sheet) -> None:
    rows = out(book, "people", Scope(), ["phone", "Name"])
    assert list(rows[-1].items()) == [("Phone", "138 0013 8000"), ("Name", "王志刚")]
    rows = out(book, "roster", Scope(sheet.event_id), ["name", "round_0.verdict", "original.手机"])
    assert list(rows[1]) == ["Name", "tidy: verdict", "in the file: 手机"]
    with pytest.raises(Refused, match="There is no column “moon”; there are name, company"):
        out(book, "people", Scope(), ["moon"])


@pytest.mark.parametrize("what", list(kinds.EXPORTS))
def test_columns_of_ones_own_on_every_list(book: Book, sheet: Sheet, what: str) -> None:
    scope = Scope(sheet.event_id if kinds.EXPORTS[what].of_event else None)
    every = files_out.columns(book, what, scope)
    backwards = [column.name for column in reversed(every)][:4]
    column_sets.save(book, what, "mine", backwards)
    chosen = column_sets.meant(book, what, "mine", scope)
    path = files_out.export(book, what, book.home / f"{what}.csv", scope, columns=chosen)
    headings = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert headings == ",".join(column.heading for column in reversed(every[-4:]))


def test_a_set_of_columns_is_kept_and_undone(book: Book, sheet: Sheet) -> None:
    column_sets.save(book, "roster", " 给 同事 ", ["person", "round_7.verdict", "phone"])
    column_sets.save(book, "people", '"x"\\', ["name"])
    assert {**column_sets.of(book, "roster")} == {"给 同事": ("person", "round_7.verdict", "phone")}
    assert {**column_sets.of(book, "people")} == {'"x"\\': ("name",)}
    scope = Scope(sheet.event_id)
    assert column_sets.meant(book, "roster", "给 同事", scope) == ["person", "phone"]
    assert column_sets.meant(book, "roster", "name，phone", scope) == ["name", "phone"]
    column_sets.forget(book, "roster", "给 同事")
    assert column_sets.of(book, "roster") == {}
    history.undo(book)
    assert "给 同事" in column_sets.of(book, "roster")
    assert "给 同事" in (book.home / "columns.toml").read_text(encoding="utf-8")
    for name, columns in (("  ", ["name"]), ("a", [])):
        with pytest.raises(Refused):
            column_sets.save(book, "people", name, columns)


@pytest.mark.parametrize("what", list(kinds.EXPORTS))
def test_no_number_of_the_database_leaves(book: Book, sheet: Sheet, what: str) -> None:
    log_lines.add(book, "写稿")
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    for column in files_out.columns(book, what, Scope(sheet.event_id)):
        assert column.key != "id"
        assert not column.key.endswith("_id")
    path = files_out.export(book, what, book.home / f"{what}.json")
    for row in json.loads(path.read_text(encoding="utf-8")):
        assert "id" not in row


@pytest.mark.parametrize(
    ("what", "ending", "scope", "said"),
    [
        ("log", "csv", Scope(only=KEPT), "log can't be narrowed to people"),
        ("plan", "csv", Scope(find="x"), "plan can't be narrowed to people"),
        ("people", "csv", Scope(since=date(2026, 1, 1)), "people can't be narrowed to days"),
        ("people", "csv", Scope(only="moon"), "only “moon” is nothing"),
        ("plan", "ics", Scope(keys=[1]), ".ics is written whole"),
        ("history", "csv", Scope(1), "history can't be kept to one event"),
    ],
)
def test_what_can_not_be_narrowed_is_said(
    book: Book, what: str, ending: str, scope: Scope, said: str
) -> None:
    path = Path(book.home / f"a.{ending}")
    with pytest.raises(Refused) as refused:
        files_out.export(book, what, path, scope)
    assert said in str(refused.value)
    assert not path.exists()


def test_a_column_named_twice_stands_once_and_people_come_as_on_the_screen(
    book: Book, sheet: Sheet
) -> None:
    path = files_out.export(
        book, "people", book.home / "twice.csv", columns=("name", "phone", "name")
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads == ["Name", "Phone"]
    assert [row[0] for row in rows] == [person.name for person in person_card.page(book)]
