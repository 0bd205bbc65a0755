"""Rows of a list become cards: classed, joined, and written batch by batch.

The operator's rules. *new*: a person who was not on this roster. *updated*: somebody an earlier
import put there, and this row fills blanks; nothing is ever overwritten. *unchanged*: nothing
new; a row the roster holds word for word is not stored again. *duplicate*: the same person as an
earlier row of this file, kept and joined to the same card. *problem*: kept, but no card.

Who came: minutes of all a person's rows in one file are added up, the file with most of them
counts, and from the minimum on the person is marked. Without minutes, what the row says counts.
A mark is only ever put where there is none, so what a person decided stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from opslog.domain import phones
from opslog.domain.attendance import SIGNUP
from opslog.domain.identity import same_person
from opslog.domain.names import compatible, fold
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
from opslog.store import pairs
from opslog.store import roster_writing as store
from opslog.store.contacts import search_text
from opslog.store.roster_writing import Someone

BATCH = 5_000
_FOLLOWS = frozenset({"company_key", "city_guess", "phones", "emails"})  # what else they go by
_MORE = {"phone": "phones", "email": "emails"}


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
        for name in ("phone", "email", "phones", "emails"):
            self.reach(person, name)

    def reach(self, person: Someone, name: str) -> None:
        """The person can be found by this phone, e-mail or further phones from now on."""
        values = str(person.values[name])
        if not values:
            return
        index = self._by_email if name in ("email", "emails") else self._by_mobile
        for value in values.split():
            known = index.setdefault(value, [])
            if not any(one is person for one in known):
                known.append(person)

    def find(self, reading: Reading) -> Someone | None:
        by_mobile = self._by_mobile.get(reading.by_mobile) if reading.by_mobile else None
        by_email = self._by_email.get(reading.by_email) if reading.by_email else None
        if not by_mobile and reading.by_mobile and reading.phones:
            numbers = (number for number in reading.phones.split() if phones.is_mobile(number))
            by_mobile = next((found for n in numbers if (found := self._by_mobile.get(n))), None)
        if not by_mobile and not by_email:
            return None
        joined = same_person(
            reading.name,
            [_Called.of(one, reading.name) for one in by_mobile or ()],
            [_Called.of(one, reading.name) for one in by_email or ()],
        )
        return joined.person if joined is not None else None


class _Called(NamedTuple):
    """A person by the name a row knows them by: their own, or one they had before a merge."""

    name: str
    person: Someone

    @classmethod
    def of(cls, person: Someone, name: str) -> _Called:
        if not person.aka:
            return cls(person.name, person)
        known = (person.name, *person.aka)
        same = [one for one in known if fold(one) == fold(name)]
        fitting = same or [one for one in known if compatible(name, one)]
        return cls(fitting[0] if fitting else person.name, person)


@dataclass
class _Batch:
    """What a batch of rows comes to, before it is written."""

    people: list[Someone] = field(default_factory=list)
    cards: list[Someone] = field(default_factory=list)
    fills: dict[int, Someone] = field(default_factory=dict)
    marked: dict[int, Someone] = field(default_factory=dict)  # by card
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
        reader: Callable[[int], RowReader],
        *,
        kind: str = SIGNUP,
        least_minutes: int = 0,
        read_as: Mapping[str, object] | None = None,
    ) -> None:
        """``reader`` gives who understands the rows of a section, by its number.

        ``least_minutes``: from so many on somebody came.
        """
        self.counts: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.lines: list[RosterLine] = []
        self._con, self._roster = con, roster_id
        self._reader, self._readers = reader, dict[int, RowReader]()
        self._least_seconds = least_minutes * 60
        self._seconds: Counter[int] = Counter()  # by card, of this file
        self._further = store.further_numbers(con)
        self._read_as, self._trial = read_as or {}, read_as is None
        self._next_person = store.next_id(con, "person")
        self._next_card = self._first_card = store.next_id(con, "card")
        self._file = 0  # put in with the first row that is kept
        # 64-bit hashes of what the roster holds: that two of a million different rows agree has
        # a chance of one in 40 million, and the rows themselves would not fit into memory.
        self._held = {hash(cells) for cells in store.held_cells(con, roster_id, kind)}
        self._joinless: dict[int, Someone] = {}  # rows of this file nothing can be joined by
        self._known = _Known()
        self._seen_cards: set[int] = set()  # cards from before that this file names

    def understand(self, rows: Iterable[Row]) -> list[Understood]:
        """What a batch of rows says, as far as that needs no database."""
        understood = []
        for row in rows:
            reader = self._readers.get(row.section)
            if reader is None:
                reader = self._readers[row.section] = self._reader(row.section)
            reading = reader.read(row.cells, row.marks)
            values: dict[str, object] = dict(zip(PERSON_FIELDS, reading, strict=False))
            search = "" if self._trial else search_text(values)
            understood.append(Understood(row, reading, _in_json(row.cells), values, search))
        return understood

    def take(self, rows: Sequence[Understood], at: str) -> None:
        """Class and write one batch. ``at``: the instant of the import."""
        rows = self._folded(rows)
        self._look_up([one.reading for one in rows])
        batch = _Batch()
        for one in rows:
            self._take_row(batch, one)
        if not self._trial and batch.rows:
            self._write(batch, at)

    def _folded(self, rows: Sequence[Understood]) -> Sequence[Understood]:
        """Rows with the company that theirs was decided to be."""
        folded = pairs.folded(self._con, {one.reading.company_key for one in rows} - {""})
        if not folded:
            return rows
        return [
            one._replace(
                reading=one.reading._replace(company_key=key),
                values={**one.values, "company_key": key},
            )
            if (key := folded.get(one.reading.company_key))
            else one
            for one in rows
        ]

    def finish(self) -> bool:
        """Put the sum beside the file; False where not a row of it was kept."""
        if self._file:
            store.put_sum(self._con, self._file, self.counts)
        return bool(self._file)

    def _look_up(self, readings: list[Reading]) -> None:
        """Get everybody a row of the batch may be joined to, in one query."""
        several = [one for one in readings if one.also or one.phones]
        readings = [*readings, *(other for one in several for other in one.also)]
        phones = {reading.by_mobile for reading in readings} - {""}
        phones.update(number for one in several for number in one.phones.split())
        emails = {reading.by_email for reading in readings} - {""}
        ids = {id for number in phones & self._further.keys() for id in self._further[number]}
        if not self._trial:
            self._known = _Known()
        for person in store.people_by(self._con, self._roster, phones, emails, ids):
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
            if person is not None and reading.seconds is not None:
                self._seconds[person.card_id] += reading.seconds
        elif not reading.is_card:
            result = PROBLEM
        else:
            result, person, filled = self._join(batch, person, one)
            for other in reading.also:
                values: dict[str, object] = dict(zip(PERSON_FIELDS, other, strict=False))
                further = Understood(row, other, "", values, "")
                self._join(batch, self._known.find(other), further)
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
            if one.cells and not reading.by_mobile and not reading.by_email:
                self._joinless[hash(one.cells)] = person
            return NEW, person, self._mark(batch, person, reading)
        filled = self._fill(batch, person, reading)
        if not person.card_id:
            self._add_card(batch, person, reading)
            return NEW, person, [*filled, *self._mark(batch, person, reading)]
        filled += self._mark(batch, person, reading)
        if self._was_seen(person):
            return DUPLICATE, person, filled
        return (UPDATED if filled else UNCHANGED), person, filled

    def _mark(self, batch: _Batch, person: Someone, reading: Reading) -> list[Filled]:
        """Whether the person came, for how long, or withdrew; what that changed on the card."""
        if not (reading.came or reading.withdrew) and reading.seconds is None:
            return []
        marked = []
        came = reading.came
        if reading.seconds is not None:
            self._seconds[person.card_id] += reading.seconds
            total = self._seconds[person.card_id]
            came = total >= self._least_seconds
            if person.minutes is None or total // 60 > person.minutes:
                old = "" if person.minutes is None else str(person.minutes)
                marked.append(Filled("minutes", old, str(total // 60)))
                person.minutes = total // 60
        if came and person.attended is None:
            person.attended = True
            self.counts["attended"] += 1
            marked.append(Filled("attended", "", "yes"))
        if reading.withdrew and not person.withdrawn:
            person.withdrawn = True
            self.counts["withdrawn"] += 1
            marked.append(Filled("withdrawn", "", "yes"))
        if marked:
            batch.marked[person.card_id] = person
        return marked

    def _add_person(self, batch: _Batch, one: Understood) -> Someone:
        person = Someone(self._next_person, one.values, search=one.search, fresh=True)
        self._next_person += 1
        batch.people.append(person)
        self._known.add(person)
        if person.values["phones"]:
            self._reach_further(person)
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
            if name in _FOLLOWS:  # below
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
            if name == "phone" and not person.values["city_guess"]:
                person.values["city_guess"] = reading.city_guess
        for name, more in _MORE.items():
            filled += self._add_more(person, name, more, reading)
        if person.card_id and reading.signed_up_at and not person.signed_up_at:
            person.signed_up_at = reading.signed_up_at
            person.filled.add("signed_up_at")
            filled.append(Filled("signed_up_at", "", reading.signed_up_at))
        if filled:
            person.search = ""  # says too little now
        if filled and not person.fresh:
            batch.fills[person.id] = person
        return filled

    def _add_more(self, person: Someone, name: str, more: str, reading: Reading) -> list[Filled]:
        """Keep a number or address beside the one there is; never in its place."""
        said: str = getattr(reading, name)
        further: str = getattr(reading, more)
        if not further and said in ("", person.values[name]):
            return []
        old = str(person.values[more])
        known = [str(person.values[name]), *old.split()]
        new = [one for one in (said, *further.split()) if one and one not in known]
        if not new:
            return []
        person.values[more] = " ".join([*old.split(), *dict.fromkeys(new)])
        person.filled.add(more)
        self._reach_further(person)
        return [Filled(more, old, str(person.values[more]))]

    def _reach_further(self, person: Someone) -> None:
        """By each further number the person can be found from now on."""
        for number in str(person.values["phones"]).split():
            ids = self._further.setdefault(number, [])
            if person.id not in ids:
                ids.append(person.id)
        self._known.reach(person, "phones")

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
        for person in batch.cards:
            batch.marked.pop(person.card_id, None)  # written with their cards
        if batch.marked:
            store.mark_cards(self._con, batch.marked.values())
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
