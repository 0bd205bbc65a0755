"""Two programs that take lists in at once."""

from __future__ import annotations

from contextlib import closing
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.rosters import rosters


def test_two_first_lists_of_one_event_taken_in_at_once_are_one_roster(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = book.clock.at(date(2026, 12, 5), time(14))
    event = events.create(book, EventDraft("上海沙龙", "salon", at)).made
    mine, theirs = tmp_path / "mine.csv", tmp_path / "theirs.csv"
    mine.write_text("姓名,手机\n王志刚,13800138000\n", encoding="utf-8")
    theirs.write_text("姓名,手机\n李娜,13800138001\n", encoding="utf-8")
    opens = imports._open

    def meanwhile(own: Book, path: Path, *more: Any) -> Any:
        if path == mine:
            with closing(open_book(book.path, clock=book.clock)) as other:
                imports.load(other, theirs, event)
        return opens(own, path, *more)

    monkeypatch.setattr(imports, "_open", meanwhile)
    imports.load(book, mine, event)
    assert len(rosters.of_event(book, event)) == 1
    assert book.con.execute("SELECT count(*) FROM card").fetchone()[0] == 2
