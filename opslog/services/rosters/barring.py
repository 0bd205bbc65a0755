"""Who is not to be contacted by what a list says: gathered while it is read, written at its end."""

from __future__ import annotations

import sqlite3

from opslog.domain.imports.do_not_call import Asked
from opslog.domain.imports.report import NotContacted
from opslog.domain.imports.row_reading import RowReading
from opslog.domain.people.card import SCOPES
from opslog.store.people import suppressed

BY = "list"


class Barring:
    """Rows held from an earlier import count too: they may be older than this rule."""

    def __init__(self) -> None:
        self._people: dict[Asked, list[int]] = {}
        self._lines: dict[str, list[int]] = {}

    def meet(self, line: int, reading: RowReading, person_id: int) -> None:
        """One person of a row that asks for it."""
        for one in reading.barred:
            self._people.setdefault(one, []).append(person_id)
            lines = self._lines.setdefault(one.scope, [])
            if lines[-1:] != [line]:
                lines.append(line)

    def put(self, con: sqlite3.Connection, at: str) -> None:
        """Bar everybody met, their people written before; inside a change."""
        for one, people in self._people.items():
            suppressed.put(con, people, one.scope, at, BY, one.why)

    def lines(self) -> tuple[NotContacted, ...]:
        """Which lines of the file ask for what."""
        return tuple(
            NotContacted(scope, tuple(self._lines[scope]))
            for scope in SCOPES
            if scope in self._lines
        )
