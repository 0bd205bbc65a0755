"""``change`` and ``undo`` of many rows: what the journal costs."""

from __future__ import annotations

import time
from collections.abc import Callable

from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.store.db import search
from tests.bench.measuring import Figure, Settings, in_turn, median

_CHANGE = "UPDATE person SET title='总经理', wecom=1"
_BACK = "UPDATE person SET title='', wecom=NULL"


def undo(settings: Settings) -> list[Figure]:
    """Against the same rows changed, and changed back, by SQL that nobody could undo."""
    book = open_book(settings.folder / "undo.db")
    with book.change(msg("people"), bulk=True):
        for number in range(settings.changed):
            name = f"王{number}"
            book.con.execute(
                "INSERT INTO person(name, search, created_at) VALUES (?,?,?)",
                (name, search.index_text(name), "2026-11-23T01:00:00Z"),
            )
    undoing: list[float] = []

    def changed() -> float:
        taken = _time(lambda: _change(book))
        undoing.append(_time(lambda: history.undo(book)))
        return taken

    def plain() -> float:
        taken = _time(lambda: _plain(book, _CHANGE))
        _plain(book, _BACK)
        return taken

    mine, theirs = in_turn(settings.runs, changed, plain)
    book.close()
    rows, reference = f"{settings.changed:,} rows", "one UPDATE nobody could undo"
    return [
        Figure(name, f"{rows} {what}", median(taken), median(theirs), reference, runs=settings.runs)
        for name, what, taken in (
            ("change", "changed, undoable", mine),
            ("undo", "changed back by undo", undoing[-settings.runs :]),
        )
    ]


def _time(verb: Callable[[], object]) -> float:
    started = time.perf_counter()
    verb()
    return time.perf_counter() - started


def _change(book: Book) -> None:
    with book.change(msg("Changed: title")):
        book.con.execute(_CHANGE)


def _plain(book: Book, statement: str) -> None:
    book.con.execute("BEGIN IMMEDIATE")
    book.con.execute(statement)
    book.con.execute("COMMIT")
