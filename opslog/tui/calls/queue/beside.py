"""Reading beside the keys: one question at a time, in a thread; only what was asked last counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual import work

from opslog.services.book.book import Book
from opslog.services.book.long_change import LongCall, Stopped
from opslog.tui.frame.screen import Base

T = TypeVar("T")


class ReadsBeside(Base[None]):
    """A screen that asks for what takes longer than a key may."""

    _asked: LongCall[Any] | None = None  # what is being read

    def ask_beside(self, verb: Callable[[Book], T], then: Callable[[T], None]) -> None:
        """Have ``verb`` read with a book of its own, and hand on what it found; not before what is
        known by now is drawn, since the two would share one processor."""
        self.stop_asking()
        self._asked = call = LongCall(self.book, verb)
        self.call_after_refresh(self._begin, call, then)

    def _begin(self, call: LongCall[T], then: Callable[[T], None]) -> None:
        if call is self._asked:
            self._read(call, then)

    def stop_asking(self) -> None:
        if self._asked is not None:
            self._asked.stop()
            self._asked = None

    def on_unmount(self) -> None:
        self.stop_asking()

    @work(thread=True, group="beside")
    def _read(self, call: LongCall[T], then: Callable[[T], None]) -> None:
        try:
            found = call.run()
        except Stopped:
            return
        self.call_later(self._hand_on, call, then, found)

    def _hand_on(self, call: LongCall[T], then: Callable[[T], None], found: T) -> None:
        if call is self._asked:
            self._asked = None
            then(found)
