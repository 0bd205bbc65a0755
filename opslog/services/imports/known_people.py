"""Whom a row of a list may be joined to: the people met so far, by what joins them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from opslog.domain.imports.row_reading import RowReading
from opslog.domain.people import phones
from opslog.domain.people.identity import same_person
from opslog.domain.people.naming.names import compatible, fold
from opslog.services.imports.reading.reading import Understood
from opslog.store.rosters.writing import Someone


class KnownPeople:
    """People by their phones and e-mails.

    ``before``: those of the rows before, not all of whom are in the file yet. Whoever stands
    there too is taken as they are known there.
    """

    def __init__(self, before: KnownPeople | None = None) -> None:
        self._by_phone: dict[str, list[Someone]] = {}
        self._by_email: dict[str, list[Someone]] = {}
        self._by_id: dict[int, Someone] = {}
        self._before = before
        if before is not None:
            before._before = None  # written by now

    def meet(self, person: Someone) -> None:
        """Add somebody out of the file, unless they are known already."""
        if person.id in self._by_id:
            return
        if self._before is not None:
            person = self._before._by_id.get(person.id, person)
        self.add(person)

    def add(self, person: Someone) -> None:
        self._by_id[person.id] = person
        values = person.values
        for phone in (values["phone"], *str(values["phones"]).split()):
            self.reach(person, str(phone), "")
        for email in (values["email"], *str(values["emails"]).split()):
            self.reach(person, "", str(email))

    def reach(self, person: Someone, phone: str, email: str) -> None:
        """The person can be found by these from now on; '' is none."""
        self._by_id[person.id] = person
        if phone:
            _put(self._by_phone, phone, person)
        if email:
            _put(self._by_email, email, person)

    def find(self, reading: RowReading) -> Someone | None:
        """The one person a row is about, by the rule of ``same_person``; None for nobody known."""
        by_phone = self._with_phone(reading.by_mobile) if reading.by_mobile else ()
        by_email = self._with_email(reading.by_email) if reading.by_email else ()
        if not by_phone and reading.by_mobile and reading.phones:
            numbers = (number for number in reading.phones.split() if phones.is_mobile(number))
            by_phone = next((found for n in numbers if (found := self._with_phone(n))), ())
        if not by_phone and not by_email:
            return None
        joined = same_person(
            reading.name,
            [_Called.of(one, reading.name) for one in by_phone],
            [_Called.of(one, reading.name) for one in by_email],
        )
        if joined is None:
            return None
        if joined.person.id not in self._by_id:
            self.add(joined.person)  # what this row may change has to be known to the next rows
        return joined.person

    def with_id(self, id: int) -> Someone | None:
        """Somebody met already, by their id."""
        person = self._by_id.get(id)
        if person is None and self._before is not None:
            person = self._before._by_id.get(id)
            if person is not None:
                self.add(person)
        return person

    def listed(
        self, one: Understood, there: Collection[int], called: Collection[int]
    ) -> Someone | None:
        """Whom a row of a list of opslog's own is about, where no number tells: of those who stood
        on its line (``there``) whoever is called so or is reached by the same number, their name
        being corrected; else of those ``called`` so in that company one whom no phone or e-mail
        tells from it; None for nobody."""
        reading = one.reading
        told = bool(reading.by_mobile or reading.by_email)
        for id in (*there, *called):
            person = self.with_id(id)
            if person is None:
                continue
            values = person.values
            if id in there and told:
                own = (reading.by_mobile, values["phone"]), (reading.by_email, values["email"])
                if any(said and said == had for said, had in own):
                    return person
            if fold(person.name) != fold(reading.name):
                continue
            if id in there or (
                values["company_key"] == reading.company_key
                and not (told and (values["phone"] or values["email"]))
            ):
                return person
        return None

    def _with_phone(self, phone: str) -> Sequence[Someone]:
        before = self._before._by_phone.get(phone) if self._before is not None else None
        return _both(before, self._by_phone.get(phone))

    def _with_email(self, email: str) -> Sequence[Someone]:
        before = self._before._by_email.get(email) if self._before is not None else None
        return _both(before, self._by_email.get(email))


class OnTheList:
    """Whom a row of a file of who came may mean on the event's own list, where no number tells:
    whose number fits the half of it that a platform shows and whose name fits; else who is called
    so, and whom neither company nor number tells apart."""

    def __init__(self, called: Iterable[tuple[str, int, str]]) -> None:
        self._ids: dict[str, list[int]] = {}
        self._numbers: dict[str, list[tuple[str, int, str]]] = {}  # by their last digits
        for name, id, phone in called:
            self.add(name, id, phone)

    def add(self, name: str, id: int, phone: str) -> None:
        if key := fold(name):
            self._ids.setdefault(key, []).append(id)
            if phone:
                self._numbers.setdefault(phone[-_SHOWN:], []).append((name, id, phone))

    def ids(self, one: Understood) -> Sequence[int]:
        """Whom a row may mean: more than it does in the end."""
        called = self._ids.get(fold(one.reading.name), ())
        fitting = self._fitting(one.reading.name, _hidden(one))
        return [*dict.fromkeys((*fitting, *called))]

    def meant(self, known: KnownPeople, one: Understood) -> list[Someone]:
        """Several: nothing says which."""
        hidden = _hidden(one)
        by_number = self._fitting(one.reading.name, hidden)
        ids = by_number or self._ids.get(fold(one.reading.name), [])
        people = [person for id in ids if (person := known.with_id(id)) is not None]
        if by_number:
            return people
        return [person for person in people if not _told_apart(person, one.reading, hidden)]

    def _fitting(self, name: str, hidden: tuple[str, str] | None) -> list[int]:
        """Of whose number the digits show, and whose name fits."""
        if hidden is None or not name:
            return []
        ending = hidden[1][-_SHOWN:]
        return [
            id
            for called, id, phone in self._numbers.get(ending, ())
            if phones.fits_hidden(phone, hidden) and compatible(name, called)
        ]


_SHOWN = 3  # digits at the end that every platform leaves


def _hidden(one: Understood) -> tuple[str, str] | None:
    reading = one.reading
    return None if reading.by_mobile or reading.by_email else phones.half_hidden(one.cells)


def _told_apart(one: Someone, reading: RowReading, hidden: tuple[str, str] | None) -> bool:
    values = one.values
    if hidden and values["phone"] and not phones.fits_hidden(str(values["phone"]), hidden):
        return True
    said = (
        (values["phone"], reading.by_mobile),
        (values["email"], reading.by_email),
    )
    if any(mine and theirs and mine != theirs for mine, theirs in said):
        return True
    mine, theirs = str(values["company_key"]), reading.company_key
    return not (mine in theirs or theirs in mine)  # in a meeting few type it in full


def _both(some: list[Someone] | None, others: list[Someone] | None) -> Sequence[Someone]:
    if some and others:
        return list({one.id: one for one in (*some, *others)}.values())
    return some or others or ()


def _put(index: dict[str, list[Someone]], key: str, person: Someone) -> None:
    known = index.get(key)
    if known is None:
        index[key] = [person]
    elif not any(one is person for one in known):
        known.append(person)


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


def keys_of(rows: Sequence[Understood]) -> set[int]:
    """The cells of the rows that nothing joins but that they come again word for word."""
    return {
        hash(one.cells) for one in rows if not one.reading.by_mobile and not one.reading.by_email
    }


def with_company_of(one: Understood, folded: Mapping[str, str]) -> Understood:
    """The row with the company that its own was decided to be."""
    key = folded.get(one.reading.company_key)
    if not key:
        return one
    also = tuple(other._replace(company_key=key) for other in one.reading.also)
    return one._replace(reading=one.reading._replace(company_key=key, also=also))
