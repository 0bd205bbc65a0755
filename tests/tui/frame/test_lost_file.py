"""The file is emptied under the screens: each key that would write asks what to do, again too."""

from __future__ import annotations

from textual.pilot import Pilot

from opslog.services.book.book import Book
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.prompt import Choose


async def asked(pilot: Pilot[None]) -> bool:
    for _look in range(500):
        if isinstance(pilot.app.screen, Choose):
            return True
        await pilot.pause(0.02)
    return False


async def test_a_key_after_esc_asks_again(book: Book) -> None:
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its log alone could still be read
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        book.path.write_bytes(b"")
        for _time in range(2):
            await pilot.press("a", "x", "enter")
            assert await asked(pilot)
            await pilot.press("escape", "escape")
            await pilot.pause()
            assert not isinstance(app.screen, Choose)


async def test_the_copy_of_the_day_finds_another_file(book: Book) -> None:
    """It is made in a thread of its own, where the window's connection can't be asked."""
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its log alone could still be read
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        book.path.write_bytes(b"\0" * 4096)
        app.copies._begin()
        worker = app.copies._worker
        while worker is not None and not worker.is_finished:
            await pilot.pause()
        await pilot.pause()
    assert app._exception is None
