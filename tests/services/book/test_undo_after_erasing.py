"""Undo where somebody of the newest change was erased: it says so first, then goes on, always."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines
from opslog.services.events import events
from opslog.services.files import coming_in
from opslog.services.imports import imports
from opslog.services.people import erasing
from tests.services.rosters.test_rosters import make_event

ROWS = "姓名,手机,公司\n王志刚,13800138000,甲\n李娜,13900139000,乙\n"
SAID = (
    "“Imported 2 rows of list.csv into 上海沙龙” can't be undone any more: somebody in it was "
    "erased; its list can be withdrawn (F5, Delete; opslog roster withdraw 1)"
)


@pytest.fixture
def erased(book: Book, tmp_path: Path) -> Book:
    """Two lines, an import, and one of it erased."""
    lines.add(book, "one")
    lines.add(book, "two")
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    imports.load(book, path, make_event(book, "上海沙龙"))
    row = book.con.execute("SELECT id FROM person WHERE name='王志刚'").fetchone()
    erasing.erase(book, row[0], "王志刚")
    return book


def undone(book: Book) -> str:
    """What a bare undo says or undoes."""
    try:
        return str(history.undo(book).label)
    except Refused as refusal:
        return str(refusal)


def test_what_was_done_since_goes_first_then_it_is_said_then_it_goes_on(erased: Book) -> None:
    lines.add(erased, "since")
    assert [undone(erased) for _ in range(5)] == [
        "Logged: since",
        f"{SAID}; undo once more takes back “Logged: two”",
        "Logged: two",
        "Logged: one",
        f"{SAID}; nothing older can be undone",
    ]
    assert undone(erased) == f"{SAID}; nothing older can be undone"
    assert [str(history.redo(erased).label) for _ in range(3)] == [
        "Logged: one",
        "Logged: two",
        "Logged: since",
    ]
    assert undone(erased) == "Logged: since"
    assert undone(erased) == "Logged: two", "it was said, and nothing new was done"


def test_it_is_said_once_by_whichever_window_until_something_is_done(erased: Book) -> None:
    assert history.to_undo(erased) == 2
    assert undone(erased) == f"{SAID}; undo once more takes back “Logged: two”"
    shell = open_book(erased.path, clock=erased.clock, session="shell")
    assert undone(shell) == "Logged: two"
    shell.close()
    lines.add(erased, "new")
    assert [undone(erased) for _ in range(3)] == [
        "Logged: new",
        f"{SAID}; undo once more takes back “Logged: one”",
        "Logged: one",
    ]


def test_named_by_its_number_it_says_the_same_and_so_does_what_it_builds_on(
    book: Book, tmp_path: Path
) -> None:
    event = events.create(book, EventDraft("上海沙龙", "salon", book.now()))
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    change = imports.load(book, path, event.made).change_id
    erasing.erase(book, 1, "王志刚")
    with pytest.raises(Refused) as refusal:
        history.undo(book, change)
    assert str(refusal.value) == SAID
    with pytest.raises(Refused) as refusal:
        history.undo(book, event.id)
    assert str(refusal.value) == (
        f"“{event.label}” can't be undone any more: “Imported 2 rows of list.csv into 上海沙龙” "
        "builds on it, with somebody erased"
    )


def test_its_list_can_be_withdrawn_and_is_then_named_no_more(erased: Book) -> None:
    done = coming_in.withdraw(erased, 1)
    assert (done.rows, done.kept) == (2, 0)
    assert erased.con.execute("SELECT count(*) FROM roster_row").fetchone()[0] == 0
    assert undone(erased).startswith("Withdrew list.csv from 上海沙龙")
    assert erased.con.execute("SELECT count(*) FROM roster_row").fetchone()[0] == 2
    history.redo(erased)
    with pytest.raises(Refused, match=r"erased$"):
        history.undo(erased, 3)
