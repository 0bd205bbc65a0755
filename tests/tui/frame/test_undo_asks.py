"""``u`` names what it would take back before it does, wherever one would not expect just that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.imports import imports
from opslog.services.people import erasing
from opslog.tui.frame.app import OpslogApp
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import lines, notices, press, text


@pytest.fixture
def elsewhere(book: Book) -> Iterator[Book]:
    """The same file in another program."""
    other = open_book(book.path, clock=book.clock, session="elsewhere")
    yield other
    other.close()


def standing(book: Book) -> list[str]:
    """What was done and not undone, newest first."""
    return [str(entry.label) for entry in history.changes(book) if not entry.undone]


async def test_what_an_earlier_session_did_is_asked_about_once(book: Book, elsewhere: Book) -> None:
    for said in ("one", "two", "three"):
        log_lines.add(elsewhere, said)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+z")
        assert "Undo “Logged: three”?" in text(app)
        assert "Done before opslog was opened, Mon 11-23 09:00" in text(app)
        await press(pilot, "n")
        assert len(standing(book)) == 3
        await press(pilot, "u", "y")
        assert standing(book) == ["Logged: two", "Logged: one"]
        await press(pilot, "u")
        assert standing(book) == ["Logged: one"]


async def test_ones_own_changes_go_without_a_question(book: Book, elsewhere: Book) -> None:
    log_lines.add(elsewhere, "yesterday")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "=mine", "enter")
        log_lines.add(elsewhere, "theirs")
        await press(pilot, "u")
        assert standing(book) == ["Logged: theirs", "Logged: yesterday"]


async def test_a_change_from_another_program_is_asked_about_each_time(
    book: Book, elsewhere: Book
) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        log_lines.add(elsewhere, "one")
        log_lines.add(elsewhere, "two")
        for left in (["Logged: one"], []):
            await press(pilot, "u")
            assert "Done from outside this window, Mon 11-23 09:00" in text(app)
            await press(pilot, "y")
            assert standing(book) == left


async def test_what_an_erasure_came_after_is_said_once_and_passed_over(
    book: Book, tmp_path: Path
) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "a", "=mine", "enter", "a", "=older", "enter")
        path = tmp_path / "list.csv"
        path.write_text("姓名,手机\n王志刚,13800138000\n", encoding="utf-8")
        imports.load(book, path, make_event(book, "沙龙"))
        erasing.erase(book, 1, "王志刚")
        await press(pilot, "u")
        said = notices(app)
        assert "can't be undone any more: somebody in it was erased" in said
        assert "undo once more takes back “Logged: older”" in said
        await press(pilot, "u")
        assert "Logged: older" not in standing(book)
        await press(pilot, "u")
        assert "Logged: mine" not in standing(book)
        await press(pilot, "U", "U", "u")
        assert standing(book)[-2:] == ["Imported 1 row of list.csv into 沙龙", "Logged: mine"]


async def test_after_a_refusal_and_after_nothing_was_changed(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "a", "=mine", "enter")
        app.do(lambda: log_lines.delete(book, 99))
        await press(pilot, "u")
        assert "Undo “Logged: mine”?" in text(app)
        assert "Your last key changed nothing; this was done before it" in text(app)
        await press(pilot, "escape")
        assert standing(book) == ["Logged: mine"]

        app.do(lambda: log_lines.toggle_flag(book, 1))
        await press(pilot, "u")
        assert standing(book) == ["Logged: mine"], "what was done just now goes at once"

        app.do(lambda: log_lines.edit(book, 1, "mine"))
        assert any("Nothing had to be changed" in line for line in lines(app))
        await press(pilot, "u")
        assert "Undo “Logged: mine”?" in text(app)
        await press(pilot, "enter")
        assert standing(book) == []
        await press(pilot, "u")
        assert "There is nothing to undo" in notices(app)


async def test_the_line_of_what_was_undone_elsewhere_goes(book: Book, elsewhere: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "=打给王总", "enter")
        assert "Logged: 打给王总" in lines(app)[-2]
        app._look_for_others()
        assert "Logged: 打给王总" in lines(app)[-2]
        history.undo(elsewhere)
        app._look_for_others()
        await pilot.pause()
        assert "打给王总" not in lines(app)[-2]
