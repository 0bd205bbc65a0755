"""A long verb over a connection of its own: for a thread beside the screen."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from opslog.services.book.book import Book, open_book

T = TypeVar("T")
_STEPS = 200_000  # of SQLite's machine, between two looks whether to stop: some ten milliseconds


class Stopped(Exception):
    """A long change was told to stop; nothing of it is left."""


class LongCall(Generic[T]):
    """One call of a verb. Made anywhere; ``run`` in one thread, ``stop`` in any."""

    def __init__(self, book: Book, verb: Callable[[Book], T]) -> None:
        self._book, self._verb = book, verb
        self._stopped = threading.Event()

    def run(self) -> T:
        """What the verb returns. Raises Refused as the verb does, and Stopped after ``stop``."""
        book = open_book(self._book.path, clock=self._book.clock, session=self._book.session)
        try:
            if self._stopped.is_set():
                raise Stopped
            book.con.set_progress_handler(self._stopped.is_set, _STEPS)
            return self._verb(book)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Stopped from error
            raise
        finally:
            book.close()

    def stop(self) -> None:
        """Take back what was done so far, unless it is in the file already."""
        self._stopped.set()
