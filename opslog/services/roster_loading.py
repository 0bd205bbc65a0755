"""Rows of a list become cards: classed, joined, and written batch by batch.

The operator's rules. *new*: a person who was not on this roster. *updated*: somebody an earlier
import put there, and this row fills blanks; nothing is ever overwritten. *unchanged*: nothing
new; a row the roster holds word for word is not stored again. *duplicate*: the same person as an
earlier row of this file, kept and joined to the same card. *problem*: kept, but no card.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from opslog.domain.identity import same_person
from opslog.domain.roster_rows import PERSON_FIELDS, Reading, RowReader
from opslog.domain.rosters import (
    DUPLICATE,
    NEW,
    PROBLEM,
    UNCHANGED,
    UPDATED,
    Filled,
    RosterLine,
)
from opslog.exchange.lines import Row
from opslog.store import roster_writing as store
from opslog.store.contacts import search_text
from opslog.store.roster_writing import Someone

BATCH = 5_000


class Understood(NamedTuple):
    """A row with all that can be known of it before the database is asked.

    ``cells`` as they are kept; ``values`` and ``search`` are those of a person of its own.
    """

    row: Row
    reading: Reading
    cells: str
    values: dict[str, object]
    search: str


_in_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Known:
    """The people rows may be joined to, by what joins them."""

    def __init__(self) -> None:
        self._by_mobile: dict[str, list[Someone]] = {}
        self._by_email: dict[str, list[Someone]] = {}
        self._ids: set[int] = set()

    def __contains__(self, person: Someone) -> bool:
        return person.id in self._ids

    def add(self, person: Someone) -> None:
        self._ids.add(person.id)
        for name in ("phone", "email"):
            self.reach(person, name)

    def reach(self, person: Someone, name: str) -> None:
        """The person can be found by this phone or e-mail from now on."""
        if value := str(person.values[name]):
            index = self._by_mobile if name == "phone" else self._by_email
            index.setdefault(value, []).append(person)

    def find(self, reading: Reading) -> Someone | None:
        by_mobile = self._by_mobile.get(reading.by_mobile) if reading.by_mobile else None
        by_email = self._by_email.get(reading.by_email) if reading.by_email else None
        if not by_mobile and not by_email:
            return None
        return same_person(reading.name, by_mobile or (), by_email or ())


@dataclass
class _Batch:
    """What a batch of rows comes to, before it is written."""

    people: list[Someone] = field(default_factory=list)
    cards: list[Someone] = field(default_factory=list)
    fills: dict[int, Someone] = field(default_factory=dict)
    rows: list[tuple[int | None, int, str, str, str]] = field(default_factory=list)


class Loader:
    """Takes the rows of one file into one roster, or only says what would become of them.

    ``read_as`` says how the file is read (see ``store.put_file``); without it this is a trial,
    which writes nothing and so keeps everybody it met in memory.
    """

    def __init__(
        self,
        con: sqlite3.Connection,
        roster_id: int,
        reader: RowReader,
        *,
        read_as: Mapping[str, object] | None = None,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.lines: list[RosterLine] = []
        self._con, self._roster, self._reader = con, roster_id, reader
        self._read_as, self._trial = read_as or {}, read_as is None
        self._next_person = store.next_id(con, "person")
        self._next_card = self._first_card = store.next_id(con, "card")
        self._file = 0  # put in with the first row that is kept
        # 64-bit hashes of what the roster holds: that two of a million different rows agree has
        # a chance of one in 40 million, and the rows themselves would not fit into memory.
        self._held = {hash(cells) for cells in store.held_cells(con, roster_id)}
        self._joinless: dict[int, Someone] = {}  # rows of this file nothing can be joined by
        self._known = _Known()
        self._seen_cards: set[int] = set()  # cards from before that this file names

    def understand(self, rows: Iterable[Row]) -> list[Understood]:
        """What a batch of rows says, as far as that needs no database."""
        read = self._reader.read
        understood = []
        for row in rows:
            reading = read(row.cells, row.marks)
            values: dict[str, object] = dict(zip(PERSON_FIELDS, reading, strict=False))
            search = "" if self._trial else search_text(values)
            understood.append(Understood(row, reading, _in_json(row.cells), values, search))
        return understood

    def take(self, rows: Sequence[Understood], at: str) -> None:
        """Class and write one batch. ``at``: the instant of the import."""
        self._look_up([one.reading for one in rows])
        batch = _Batch()
        for one in rows:
            self._take_row(batch, one)
        if not self._trial and batch.rows:
            self._write(batch, at)

    def finish(self) -> bool:
        """Put the sum beside the file; False where not a row of it was kept."""
        if self._file:
            store.put_sum(self._con, self._file, self.counts)
        return bool(self._file)

    def _look_up(self, readings: list[Reading]) -> None:
        """Get everybody a row of the batch may be joined to, in one query."""
        phones = {reading.by_mobile for reading in readings} - {""}
        emails = {reading.by_email for reading in readings} - {""}
        if not self._trial:
            self._known = _Known()
        for person in store.people_by(self._con, self._roster, phones, emails):
            if person not in self._known:
                self._known.add(person)

    def _take_row(self, batch: _Batch, one: Understood) -> None:
        row, reading, cells = one.row, one.reading, one.cells
        person = None
        filled: list[Filled] = []
        held = hash(cells) in self._held
        if reading.is_card:
            person = self._known.find(reading) or self._joinless.get(hash(cells))
        if held:
            result = UNCHANGED
        elif not reading.is_card:
            result = PROBLEM
        else:
            result, person, filled = self._join(batch, person, one)
        if person is not None and person.card_id:
            self._see(person)
        self.counts[result] += 1
        self.counts["read"] += 1
        if reading.problems:
            self.marks.update(reading.problems)
        if not held:
            card_id = person.card_id if person is not None and result != PROBLEM else None
            problems = _in_json(reading.problems) if reading.problems else ""
            batch.rows.append((card_id, row.line, cells, result, problems))
        if self._trial:
            self.lines.append(_line(row, reading, result, filled))

    def _join(
        self, batch: _Batch, person: Someone | None, one: Understood
    ) -> tuple[str, Someone, list[Filled]]:
        """The class of a row, whose it is, and what it fills."""
        reading = one.reading
        if person is None:
            person = self._add_person(batch, one)
            self._add_card(batch, person, reading)
            if not reading.by_mobile and not reading.by_email:
                self._joinless[hash(one.cells)] = person
            return NEW, person, []
        if not person.card_id:
            filled = self._fill(batch, person, reading)
            self._add_card(batch, person, reading)
            return NEW, person, filled
        filled = self._fill(batch, person, reading)
        if self._was_seen(person):
            return DUPLICATE, person, filled
        return (UPDATED if filled else UNCHANGED), person, filled

    def _add_person(self, batch: _Batch, one: Understood) -> Someone:
        person = Someone(self._next_person, one.values, search=one.search, fresh=True)
        self._next_person += 1
        batch.people.append(person)
        self._known.add(person)
        return person

    def _add_card(self, batch: _Batch, person: Someone, reading: Reading) -> None:
        person.card_id = self._next_card
        person.signed_up_at = reading.signed_up_at
        self._next_card += 1
        batch.cards.append(person)

    def _fill(self, batch: _Batch, person: Someone, reading: Reading) -> list[Filled]:
        """Put what the row says where the person has nothing; what that changed."""
        filled = []
        for name in PERSON_FIELDS:
            value = getattr(reading, name)
            if name == "company_key":  # follows the company, below
                continue
            if value in ("", None) or person.values[name] not in ("", None):
                continue
            person.values[name] = value
            person.filled.add(name)
            filled.append(Filled(name, "", _shown(value)))
            if name in ("phone", "email"):
                self._known.reach(person, name)
            elif name == "company":
                person.values["company_key"] = reading.company_key
                person.filled.add("company_key")
        if person.card_id and reading.signed_up_at and not person.signed_up_at:
            person.signed_up_at = reading.signed_up_at
            person.filled.add("signed_up_at")
            filled.append(Filled("signed_up_at", "", reading.signed_up_at))
        if filled:
            person.search = ""  # says too little now
        if filled and not person.fresh:
            batch.fills[person.id] = person
        return filled

    def _see(self, person: Someone) -> None:
        if person.card_id < self._first_card:
            self._seen_cards.add(person.card_id)

    def _was_seen(self, person: Someone) -> bool:
        """Whether an earlier row of this file named the card; its new ones all did."""
        return person.card_id >= self._first_card or person.card_id in self._seen_cards

    def _write(self, batch: _Batch, at: str) -> None:
        if not self._file:
            self._file = store.put_file(self._con, self._roster, self._read_as, at)
        store.put_people(self._con, batch.people, at)
        store.put_cards(self._con, self._roster, batch.cards)
        store.put_rows(self._con, self._roster, self._file, batch.rows)
        if batch.fills:
            store.fill_people(self._con, list(batch.fills.values()))
        for person in batch.people:
            person.fresh = False


def _line(row: Row, reading: Reading, result: str, filled: list[Filled]) -> RosterLine:
    return RosterLine(
        row.line,
        result,
        reading.name,
        reading.company,
        reading.phone,
        reading.email,
        reading.problems,
        tuple(filled),
    )


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
