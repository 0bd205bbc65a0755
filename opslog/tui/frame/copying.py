"""Copies made beside the keys: once a day, and at once after what a copy alone has room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.worker import Worker

from opslog.domain.base import foreign
from opslog.locale import N_, Msg, msg

if TYPE_CHECKING:
    from opslog.services.book.book import Book

COPY_SECONDS = 60  # whether the copy of a day is due, where a window stands open for days


class Copying:
    """``warn`` shows what is wrong."""

    def __init__(self, app: App[Any], book: Book, warn: Callable[[Sequence[Msg]], None]) -> None:
        self._app, self._book, self._warn = app, book, warn
        self._worker: Worker[Any] | None = None
        self._seen: object = None  # of the changes noted
        self._said = ""  # of the second folder, which is said once

    def start(self) -> None:
        from opslog.services.book import backup

        risk = backup.cloud_risk(self._book)
        if risk is not None:
            self._warn([risk])
        self._begin()
        self._app.set_interval(COPY_SECONDS, self._begin)

    def look(self) -> None:
        """At each poll; never before the first copy was begun."""
        from opslog.services.book import backup

        if self._worker is None or self._worker.is_running or self._book.held is not None:
            return
        noted = backup.noted(self._book)
        if noted != self._seen:
            self._seen = noted
            if backup.is_due(self._book):
                self._begin()

    def _begin(self) -> None:
        self._worker = self._app.run_worker(self._make, thread=True, group="backup")

    def _make(self) -> None:
        from opslog.services.book import backup
        from opslog.services.book.copies import second_folder

        self._app.call_from_thread(self._book.file.look)  # its connection is the window's own
        try:
            backup.daily(self._book)
            why = second_folder.follow_in_thread(self._book)
        except OSError as error:  # a folder that is gone, no room: the day goes on without it
            why = msg(N_("No backup was made today ({reason})"), reason=foreign.reason(error))
            self._app.call_from_thread(self._warn, [why])
        else:
            said, self._said = self._said, str(why or "")
            if why is not None and self._said != said:
                self._app.call_from_thread(self._warn, [why])
