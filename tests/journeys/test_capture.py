"""A day written down as it happens: from three screens and from the shell, read, mended, undone."""

from __future__ import annotations

import os
import subprocess
import sys

from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.frame.app import OpslogApp
from tests.services.daybook.test_lines import make_event, make_person
from tests.tui.looking import line_with, press, text, until


def shell(book: Book, *words: str) -> None:
    """``opslog …`` in another process, as in a second terminal."""
    environment = os.environ | {"OPSLOG_DB": str(book.path), "OPSLOG_NOW": "2026-11-23T09:05"}
    subprocess.run(
        [sys.executable, "-m", "opslog", *words],
        check=True,
        capture_output=True,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
    )


async def test_a_morning_is_written_down(book: Book) -> None:
    make_event(book, "上海沙龙第三期")
    make_person(book, "王志刚", "深蓝软件")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        # Today: a call, its event and person by completion, to be followed up tomorrow.
        await press(pilot, "a", "=08:30 回访 @上海", "tab", "=+王", "tab", "=~20m >明天", "enter")
        assert "Logged: 回访" in text(app)
        # The people screen: a date that is known now is flagged red.
        await press(pilot, "f7", "a", "=直播定在 12-05 ! #直播", "enter")
        # The log: something of yesterday that was forgotten.
        await press(pilot, "f3", "a", "=昨天 16:00 海报发设计 #海报", "enter")
        assert "海报发设计 #海报" in line_with(app, " 16:00 ")
        assert "! 直播定在 12-05 #直播" in text(app)
        assert "回访 @上海沙龙第三期 +王志刚 20m" in text(app)

        # The shell: it shows in the open log, and the cursor stays where it was.
        shell(book, "add", "收到设计初稿 #海报")
        await until(pilot, "收到设计初稿")
        await press(pilot, "e")
        assert "2026-11-22 16:00 海报发设计 #海报" in text(app)
        await press(pilot, "= ~30m", "enter")
        assert "30m" in line_with(app, " 16:00 ")

        # What comes back tomorrow is ticked off, and its line says so.
        await press(pilot, "home", "slash", "=回访", "enter")
        assert "follow up Tue 11-24" in text(app)
        await press(pilot, "d")
        assert "· Followed up: 回访" in text(app)

        await press(pilot, "escape")

        # All of it can be taken back, the newest of this window first.
        for label in ("Followed up", "Changed", "Logged: 海报", "Logged: 直播", "Logged: 回访"):
            await press(pilot, "u")
            assert f"Undone: {label}" in text(app)
        assert [line.text for line in log_lines.lines(book)] == ["收到设计初稿"]
