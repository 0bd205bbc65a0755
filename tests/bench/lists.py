"""Databases to measure on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.screening import rounds
from tests.bench.people import write_list


def with_event(path: Path) -> int:
    """A database with one salon next week; the event's number."""
    book = open_book(path)
    event_id = _event(book)
    book.close()
    return event_id


def _event(book: Book) -> int:
    day = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    draft = EventDraft("上海沙龙", "salon", day + timedelta(days=7), tag="上海沙龙")
    return events.create(book, draft).made


def with_people(path: Path, number: int) -> int:
    """A database with one list of ``number`` rows, taken in as ``opslog import`` would."""
    book = open_book(path)
    event_id = _event(book)
    file = write_list(path.with_suffix(".csv"), number)
    roster_id = imports.load(book, file, event_id).roster
    book.close()
    assert roster_id
    return roster_id


def with_round(path: Path, number: int) -> int:
    """One list of at least ``number`` people, its first round open; how many they are."""
    roster_id = with_people(path, number + number // 10 + 20)
    book = open_book(path)
    round_id = rounds.open_round(book, roster_id).made
    total = len(rounds.deck(book, round_id).lines)
    book.close()
    return total
