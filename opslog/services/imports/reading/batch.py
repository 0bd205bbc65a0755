"""A batch of the rows of a list: what they come to, and the writing of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from opslog.store.rosters import writing as rosters_store
from opslog.store.rosters.writing import Someone

_Row = tuple[int | None, int, str, str, str]


class Written(NamedTuple):
    """A batch as the statements of ``store.rosters.writing`` take it."""

    people: list[list[object]]
    cards: list[rosters_store.Card]
    rows: list[_Row]
    fills: list[rosters_store.Fill]
    marked: list[rosters_store.Card]
    lowered: list[tuple[int, str]]

    def write(
        self, con: sqlite3.Connection, roster_id: int, file_id: int, least_minutes: int, at: str
    ) -> None:
        rosters_store.put_people(con, self.people, at)
        rosters_store.put_cards(con, roster_id, self.cards)
        rosters_store.put_rows(con, roster_id, file_id, self.rows)
        if self.fills:
            rosters_store.fill_people(con, self.fills)
        if self.marked:
            rosters_store.mark_cards(con, self.marked)
        if self.lowered:
            rosters_store.lower_minimum(con, roster_id, least_minutes, self.lowered)


@dataclass
class Rows:
    """What a batch of rows comes to, before it is written."""

    people: list[Someone] = field(default_factory=list)
    cards: list[Someone] = field(default_factory=list)
    fills: dict[int, Someone] = field(default_factory=dict)
    marked: dict[int, Someone] = field(default_factory=dict)  # by card
    lowered: list[tuple[int, str]] = field(default_factory=list)  # card, cells of a held row
    rows: list[_Row] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    def written(self) -> Written:
        """The batch as it stands now; the rows after it may change the same people again."""
        for person in self.cards:
            self.marked.pop(person.card_id, None)  # written with their cards
        written = Written(
            [one.columns() for one in self.people],
            [one.card() for one in self.cards],
            self.rows,
            [one.fills() for one in self.fills.values()],
            [one.card() for one in self.marked.values()],
            self.lowered,
        )
        for person in self.people:
            person.fresh, person.filled = False, ()
        for person in self.fills.values():
            person.filled = ()
        return written
