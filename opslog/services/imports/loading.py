"""Rows of a list become cards: classed, joined, and written batch by batch.

The operator's rules. *new*: a person who was not on this roster. *updated*: somebody an earlier
import put there, and this row fills blanks; nothing is ever overwritten. *unchanged*: nothing
new; a row the roster holds word for word is not stored again. *duplicate*: the same person as an
earlier row of this file, kept and joined to the same card. *problem*: kept, but no card.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from opslog.domain.imports.attendance import ATTENDANCE, SIGNUP
from opslog.domain.imports.report import Filled, RosterLine
from opslog.domain.imports.row_reading import ERASED, NAMESAKES, NO_NAME, PERSON_FIELDS, RowReading
from opslog.domain.people.erasing import GONE
from opslog.domain.rosters.rosters import ALSO, DUPLICATE, NEW, PROBLEM, UNCHANGED, UPDATED
from opslog.services.imports.known_people import KnownPeople, OnTheList, keys_of, with_company_of
from opslog.services.imports.presence import Presence
from opslog.services.imports.reading.batch import Rows, Written
from opslog.services.imports.reading.reading import Batch, Understood, in_json
from opslog.services.imports.reading.reading_thread import Turn
from opslog.services.imports.taking import Met
from opslog.services.imports.trial import differs, trial_line
from opslog.services.rosters.barring import Barring
from opslog.store.db import person_index
from opslog.store.people import erased, suppressed
from opslog.store.rosters import writing as rosters_store
from opslog.store.rosters.sections import Section
from opslog.store.rosters.withdrawal.held import Runs
from opslog.store.rosters.writing import Someone
from opslog.store.twins import pairs

# People put into the indexes together: while more of the file is understood, and yet rarely.
_INDEXED_AT_ONCE = 20_000
_FOLLOWS = frozenset({"company_key", "city_guess", "phones", "emails"})  # what else they go by
_MORE = {"phone": "phones", "email": "emails"}


_Stood = tuple[dict[int, list[int]], dict[str, list[int]]]  # people by line, and by name
_Found = tuple[list[Someone], dict[str, str], _Stood]


class Loader:
    """Takes the rows of one file into one roster, or only says what would become of them.

    ``read_as`` says how the file is read (see ``store.put_file``); without it this is a trial,
    which writes nothing and so keeps everybody it met in memory.
    """

    def __init__(
        self,
        con: sqlite3.Connection,
        roster_id: int,
        *,
        kind: str = SIGNUP,
        least_minutes: int = 0,
        read_as: Mapping[str, object] | None = None,
        collect: bool = False,
        renew: bool = False,
        erased_too: bool = False,
        own: bool = False,
    ) -> None:
        """``least_minutes``: from so many on somebody came. ``collect``: ``met`` is wanted, and
        with ``renew`` ``otherwise``, as of every trial. ``erased_too``: who was erased on request
        is let in. ``own``: opslog wrote the list, which also holds who came without signing up."""
        self.counts: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.lines: list[RosterLine] = []
        self.unclear: dict[tuple[str, str], list[int]] = {}  # field and word -> lines
        self.walk_ins = 0  # whom it puts on the list without their having signed up
        self.share = 0.0  # of the file, 0 to 1
        self._con, self._roster = con, roster_id
        self._least_minutes, self._kind = least_minutes, kind
        self._further = rosters_store.further_numbers(con)
        came = kind == ATTENDANCE
        self._listed = OnTheList(rosters_store.on_list(con, roster_id) if came else ())
        self._signs_up = kind == SIGNUP and not own
        self._read_as, self._trial = read_as or {}, read_as is None
        self._next_person = self._first_person = rosters_store.next_id(con, "person")
        self._next_card = self.first_card = rosters_store.next_id(con, "card")
        self._presence = Presence(least_minutes, self.first_card)
        self._file = 0  # put in with the first row that is kept
        # 64-bit hashes of what the roster holds: that two of a million different rows agree has
        # a chance of one in 40 million, and the rows themselves would not fit into memory.
        self._held = {
            hash(cells): id for id, cells in rosters_store.held_cells(con, roster_id, kind)
        }
        self._again = Runs()  # rows of the file that are held
        # Rows of this file nothing can be joined by: the hash of their cells -> the person.
        self._joinless: dict[int, int] = {}
        self._problem_lines = rosters_store.problem_lines(con, roster_id)
        self.met: list[Met] = []
        self.barring = Barring()
        self.otherwise: dict[tuple[int, str], Filled] = {}  # of people from before, by field
        self._collect, self._compared = collect, renew or read_as is None
        self.unnamed: set[str] = set()  # cells of rows held before that nothing can be joined by
        self._known = KnownPeople()
        self._erased = None if erased_too else erased.known(con)
        self._unindexed = 0  # people written since the indexes were brought up to date
        self._seen_cards: set[int] = set()  # cards from before that this file names

    def turns(self, batches: Iterable[Batch], at: str) -> Iterator[Turn[Any]]:
        """What the database has to do, in its order, worked out batch by batch.

        It is asked about a batch before the one in front is written, so that neither side waits
        for the other; whom that one brings is known here. ``at``: the instant of the import.
        """
        waiting: tuple[Sequence[Understood], Turn[_Found]] | None = None
        for rows, share in batches:
            asked = Turn(partial(self._ask, *self._asked(rows)))
            yield asked
            if waiting is not None:
                yield from self._take(*waiting, at)
                self.share = share
            waiting = rows, asked
        if waiting is not None:
            yield from self._take(*waiting, at)

    @property
    def file_id(self) -> int:
        """The file as it was put in; 0 where not a row of it was kept."""
        return self._file

    @property
    def stands(self) -> dict[int, str]:
        """The cards whose state the file changed, and to what."""
        return self._presence.stands

    @property
    def came(self) -> int:
        """How many came by it."""
        return len(self._presence.came)

    @property
    def attended(self) -> int:
        """How many it marked as having come."""
        return self._presence.attended

    @property
    def seen_cards(self) -> set[int]:
        """The cards from before that the file names."""
        return self._seen_cards

    def finish(self, sections: Sequence[Section]) -> bool:
        """Put the sum and the file's lists beside it; False where not a row of it was kept."""
        if self._file:
            rosters_store.put_sum(self._con, self._file, self.counts, sections)
            self._again.put(self._con, self._file)
            suppressed.bar_again(self._con, rosters_store.people_of(self._con, self._file))
        return bool(self._file)

    def _asked(
        self, rows: Sequence[Understood]
    ) -> tuple[set[str], set[str], set[int], set[str], list[Understood]]:
        """By what rows may be joined: phones, e-mails, ids of people; their companies;
        and which rows opslog wrote itself."""
        readings = [one.reading for one in rows]
        several = [one for one in readings if one.also or one.phones]
        readings += [other for one in several for other in one.also]
        phones = {reading.by_mobile for reading in readings}
        phones.update(number for one in several for number in one.phones.split())
        emails = {reading.by_email for reading in readings}
        asked = (phones | emails) & self._further.keys()
        ids = {id for one in asked for id in self._further[one]}
        if self._kind == ATTENDANCE:
            ids.update(id for one in rows for id in self._listed.ids(one))
        ids.update(self._joinless[key] for key in self._joinless.keys() & keys_of(rows))
        companies = {reading.company_key for reading in readings}
        own = [one for one in rows if one.stood >= 0 and one.reading.is_card]
        return phones - {""}, emails - {""}, ids, companies - {""}, own

    def _ask(
        self,
        phones: set[str],
        emails: set[str],
        ids: set[int],
        companies: set[str],
        own: Sequence[Understood],
    ) -> _Found:
        """Everybody the rows may be joined to, in one query, and what companies were folded to."""
        stood: _Stood = {}, {}
        if own:
            lines = rosters_store.by_line(self._con, self._roster, {one.stood for one in own})
            names = rosters_store.by_name(
                self._con,
                {one.reading.name for one in own},
                {one.reading.company_key for one in own},
            )
            stood = lines, names
            ids = ids.union(*lines.values(), *names.values())
        people = rosters_store.people_by(self._con, self._roster, phones, emails, ids)
        return people, pairs.folded(self._con, companies), stood

    def _take(
        self, rows: Sequence[Understood], asked: Turn[_Found], at: str
    ) -> Iterator[Turn[None]]:
        """Class a batch; the turn that writes it."""
        people, folded, stood = asked.answer()
        if folded:
            rows = [with_company_of(one, folded) for one in rows]
        if not self._trial:
            self._known = KnownPeople(self._known)
        for person in people:
            self._known.meet(person)
        batch = Rows()
        for one in rows:
            self._take_row(batch, one, stood)
        self.counts.update(batch.results)
        self.counts["read"] += len(rows)
        if self._trial or not (batch.rows or batch.marked):
            return
        yield Turn(partial(self._write, batch.written(), at))
        self._unindexed += len(batch.people)
        if self._unindexed >= _INDEXED_AT_ONCE:
            self._unindexed = 0
            yield Turn(partial(person_index.catch_up, self._con, leave_off=False))

    def _take_row(self, batch: Rows, one: Understood, stood: _Stood) -> None:
        reading, cells = one.reading, one.cells
        person = None
        filled: list[Filled] = []
        also: list[tuple[int | None, int, str, str, str]] = []
        if reading.is_card:
            person = self._known.find(reading)
            if person is None and not reading.by_mobile and not reading.by_email:
                person = self._known.with_id(self._joinless.get(hash(cells), 0))
            if person is None and one.stood >= 0:
                lines, names = stood
                there, called = lines.get(one.stood, ()), names.get(reading.name, ())
                person = self._known.listed(one, there, called)
            if person is None and self._kind == ATTENDANCE:
                several = self._listed.meant(self._known, one)
                person = several[0] if len(several) == 1 else None
                if len(several) > 1:
                    reading = reading._replace(problems=(*reading.problems, NAMESAKES))
            if self._erased is not None and (mark := self._erased_mark(person, reading)):
                # Nothing of the row is kept but the mark, by which it is known when it comes again.
                person, cells = None, in_json((f"{GONE} {mark[:8]}",))
                reading = reading._replace(problems=(ERASED,))
        held_as = self._held.get(hash(cells)) if self._held else None
        held = held_as is not None
        if held_as is not None:
            self._again.add(held_as, one.line)
        if held:  # by another minimum the same rows may say that somebody came
            if person is not None and person.card_id and reading.seconds is None:
                self._presence.saw(person, reading.came)
            elif person is not None and person.card_id:
                filled = self._presence.mark(
                    batch.marked, person, reading._replace(state=""), held=True
                )
                if filled:
                    batch.lowered.append((person.card_id, cells))
            result = UPDATED if filled else UNCHANGED
        elif not reading.is_card:
            held = one.stood in self._problem_lines
            result = UNCHANGED if held else PROBLEM
        else:
            result, person, filled = self._join(batch, person, one)
            for other in reading.also:
                further = Understood(one.line, other, "", "")
                beside = self._join(batch, self._known.find(other), further)[1]
                also.append((beside.card_id, one.line, cells, ALSO, ""))
                self._see(beside)
                self.barring.meet(one.line, other, beside.id)
        if person is not None and person.card_id < self.first_card:
            self._see(person)
        elif person is None and held and reading.is_card:
            self.unnamed.add(cells)
        if reading.barred and person is not None:
            self.barring.meet(one.line, reading, person.id)
        if self._collect and person is not None and result != PROBLEM:
            self.met.append(Met(person.id, person.card_id, cells))
        batch.results.append(result)
        problems = reading.problems
        if problems:
            if person is not None and person.name:  # known by another list
                problems = tuple(problem for problem in problems if problem != NO_NAME)
            self.marks.update(problems)
        for what in reading.unclear if reading.is_card else ():
            self.unclear.setdefault(what, []).append(one.line)
        if not held:
            card_id = person.card_id if person is not None and result != PROBLEM else None
            marks = in_json(problems) if problems else ""
            batch.rows.append((card_id, one.line, cells, result, marks))
            batch.rows += also
        said = () if person is None or not self._compared else differs(person, reading)
        if person is not None and person.id < self._first_person:
            for told in said:
                self.otherwise.setdefault((person.id, told.field), told)
        if self._trial:
            self.lines.append(trial_line(one.line, reading, result, problems, filled, said))

    def _erased_mark(self, person: Someone | None, reading: RowReading) -> str:
        """The mark of somebody the row names who was erased, and whom nobody let in since; ''."""
        assert self._erased is not None
        unknown = [other for other in reading.also if self._known.find(other) is None]
        for one in unknown if person is not None else (reading, *unknown):
            numbers = (one.phone, *one.phones.split())
            addresses = (one.email, *one.emails.split())
            mark, _at = self._erased.erased_at([one.name], numbers, addresses)
            if mark:
                return mark
        return ""

    def _join(
        self, batch: Rows, person: Someone | None, one: Understood
    ) -> tuple[str, Someone, list[Filled]]:
        """The class of a row, whose it is, and what it fills."""
        reading = one.reading
        if person is None:
            person = self._add_person(batch, one)
            self._add_card(batch, person, reading)
            if one.cells and not reading.by_mobile and not reading.by_email:
                self._joinless[hash(one.cells)] = person.id
            return NEW, person, self._presence.mark(batch.marked, person, reading, first=True)
        filled = self._fill(batch, person, reading)
        if not person.card_id:
            self._add_card(batch, person, reading)
            return (
                NEW,
                person,
                [*filled, *self._presence.mark(batch.marked, person, reading, first=True)],
            )
        if self._signs_up:
            filled += self._presence.sign_up(batch.marked, person)
        filled += self._presence.mark(batch.marked, person, reading)
        if self._was_seen(person):
            return DUPLICATE, person, filled
        return (UPDATED if filled else UNCHANGED), person, filled

    def _add_person(self, batch: Rows, one: Understood) -> Someone:
        reading = one.reading
        person = Someone(self._next_person, reading.person, one.search, fresh=True)
        self._next_person += 1
        batch.people.append(person)
        if reading.phones or reading.emails:
            self._known.add(person)
            self._reach_further(person)
        else:
            self._known.reach(person, reading.phone, reading.email)
        return person

    def _add_card(self, batch: Rows, person: Someone, reading: RowReading) -> None:
        person.card_id = self._next_card
        person.signed_up_at = reading.signed_up_at
        self.walk_ins += self._presence.put_on(person, self._kind, reading)
        self._next_card += 1
        if self._kind == ATTENDANCE:
            self._listed.add(person.name, person.id, reading.phone)
        batch.cards.append(person)

    def _fill(self, batch: Rows, person: Someone, reading: RowReading) -> list[Filled]:
        """Put what the row says where the person has nothing; what that changed."""
        filled = []
        for name, value in zip(PERSON_FIELDS, reading, strict=False):
            if value in ("", None) or name in _FOLLOWS or person.values[name] not in ("", None):
                continue
            person.put(name, value)
            filled.append(Filled(name, "", _shown(value)))
            if name == "email":
                self._known.reach(person, "", reading.email)
            elif name == "company":
                person.put("company_key", reading.company_key)
            elif name == "phone":
                self._known.reach(person, reading.phone, "")
                if not person.values["city_guess"]:
                    person.put("city_guess", reading.city_guess)
        for name, more in _MORE.items():
            filled += self._add_more(person, name, more, reading)
        if person.card_id and reading.signed_up_at and not person.signed_up_at:
            person.signed_up_at = reading.signed_up_at
            person.filled += ("signed_up_at",)
            filled.append(Filled("signed_up_at", "", reading.signed_up_at))
        if filled and not person.fresh:
            batch.fills[person.id] = person
        return filled

    def _add_more(self, person: Someone, name: str, more: str, reading: RowReading) -> list[Filled]:
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
        person.put(more, " ".join([*old.split(), *dict.fromkeys(new)]))
        self._reach_further(person)
        return [Filled(more, old, str(person.values[more]))]

    def _reach_further(self, person: Someone) -> None:
        """By each further number the person can be found from now on."""
        for name in ("phones", "emails"):
            for one in str(person.values[name]).split():
                ids = self._further.setdefault(one, [])
                if person.id not in ids:
                    ids.append(person.id)
                phone, email = (one, "") if name == "phones" else ("", one)
                self._known.reach(person, phone, email)

    def _see(self, person: Someone) -> None:
        if 0 < person.card_id < self.first_card:
            self._seen_cards.add(person.card_id)

    def _was_seen(self, person: Someone) -> bool:
        """Whether an earlier row of this file named the card; its new ones all did."""
        return person.card_id >= self.first_card or person.card_id in self._seen_cards

    def _write(self, batch: Written, at: str) -> None:
        if not self._file:
            self._file = rosters_store.put_file(self._con, self._roster, self._read_as, at)
        batch.write(self._con, self._roster, self._file, self._least_minutes, at)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
