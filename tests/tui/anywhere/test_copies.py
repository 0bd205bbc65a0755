"""``K``: what each copy holds, through the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

from textual.widgets import Input

from opslog.services.book import backup
from opslog.services.book.book import Book
from opslog.services.book.copies import second_folder
from opslog.services.daybook import lines
from opslog.services.people import by_hand
from opslog.tui.frame.app import OpslogApp
from tests.tui.looking import line_with, press, text, until


async def test_a_backup_is_looked_into_and_brought_back(book: Book) -> None:
    by_hand.add(book, {"name": "王志刚"})
    lines.add(book, "08:30 回访王总")
    saved = backup.backup(book)
    by_hand.add(book, {"name": "陈静"})
    app = OpslogApp(book)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "K")
        await until(pilot, "✓ whole    backup")
        shown = text(app)
        assert "1 person" in line_with(app, "✓ whole    backup")
        assert "0 events, 2 people, 0 calls" in shown  # what is there now
        assert "回访王总" in shown
        assert "on this disk alone; 3 names a folder on another" in shown
        await press(pilot, "down", "enter")
        await until(pilot, "What comes back")
        await press(pilot, "enter")
    assert Path(app.next) in (saved, book.home / "backups" / "opslog-daily-2026-11-23.db")


async def test_backups_and_the_plain_copy_are_made_by_one_key_each(
    book: Book, tmp_path: Path
) -> None:
    by_hand.add(book, {"name": "王志刚"})
    (tmp_path / "stick").mkdir()
    app = OpslogApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "K", "3")
        await until(pilot, "Each backup goes into this folder too")
        app.screen.query_one(Input).value = str(tmp_path / "stick")
        await press(pilot, "enter")
        await until(pilot, "Written there and verified")
        assert second_folder.folder_of(book) == tmp_path / "stick"
        (tmp_path / "stick").rename(tmp_path / "drawer")
        await press(pilot, "1")
        await until(pilot, "The second folder for backups is not there")
        await press(pilot, "2")
        await until(pilot, "Everything as text")
        app.screen.query_one(Input).value = str(tmp_path / "plain")
        await press(pilot, "enter")
        await until(pilot, "Everything is written and verified")
        await until(pilot, "plain copy")
    about = json.loads((tmp_path / "plain" / "copy.json").read_text(encoding="utf-8"))
    assert about["holds"]["people"] == 1
