"""People as rows of a list of any length."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from functools import partial

from opslog.domain.dates.wording import column_day
from opslog.domain.people import phones
from opslog.domain.people.card import Person
from opslog.domain.people.naming.names import short_company
from opslog.domain.people.number_cities import city_alone
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.text import Line, line, width


def columns() -> list[Column]:
    """What the list shows of a person, as far as there is room; what stands further right goes
    first."""
    return [
        Column(_("Name"), flex=3),
        Column(_("Title"), flex=5),
        Column(_("Company"), flex=7),
        Column(_("City"), width=7),
        Column(_("Contact"), width=10),
        Column(_("Phone"), width=16),
        Column(_("WeCom"), width=5, least=100),
        Column(_("Tags"), flex=3, least=100),
        Column(_("E-mail"), flex=5, least=150),
    ]


class PeopleRows:
    """Everybody, or the ids given; only the rows on screen are ever read.

    ``ids`` may grow at its end; ``filled`` of them have a value to sort by, and stand the other
    way round where ``turned``. ``falling``: the ids fall, so that one is found by halving.
    """

    def __init__(
        self,
        book: Book,
        ids: array[int] | None = None,
        *,
        filled: int = 0,
        turned: bool = False,
        falling: bool = True,
    ) -> None:
        self._book = book
        self._everybody = people_list.everybody(book) if ids is None else None
        self.ids = array("q") if ids is None else ids
        self._filled, self._turned, self._falling = filled, turned, falling

    def count(self) -> int:
        return len(self.ids) if self._everybody is None else self._everybody.count()

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        ids = self._ids(max(start, 0), min(stop, self.count()))
        zone, today = self._book.clock.zone, self._book.today()
        known = {person.id: person for person in person_card.many(self._book, ids)}
        return [
            _row(person, str(column_day(person.last_contact_at.astimezone(zone).date(), today)))
            if (person := known.get(id)) is not None and person.last_contact_at is not None
            else _row(person, "")
            if person is not None and not person.erased and person.merged_into is None
            else _gone(id)
            for id in ids
        ]

    def position(self, key: Hashable) -> int | None:
        if not isinstance(key, int):
            return None
        if self._everybody is not None:
            return self._everybody.position(key)
        if self._falling:
            at = bisect_left(self.ids, -key, key=lambda id: -id)
            return at if at < len(self.ids) and self.ids[at] == key else None
        try:
            at = self.ids.index(key)
        except ValueError:
            return None
        return self._mirrored(at)

    def at(self, position: int) -> int | None:
        """Who stands there; None beyond the ends."""
        return next(iter(self._ids(position, position + 1)), None) if position >= 0 else None

    def every(self) -> list[int]:
        """All ids, as they stand."""
        return self._ids(0, self.count())

    def _ids(self, start: int, stop: int) -> list[int]:
        if self._everybody is not None:
            return self._everybody.ids(start, stop)
        if not self._turned:
            return self.ids[start:stop].tolist()
        return [self.ids[self._mirrored(at)] for at in range(start, stop)]

    def _mirrored(self, at: int) -> int:
        """Turned round, blanks still come last."""
        return self._filled - 1 - at if self._turned and at < self._filled else at


def _row(person: Person, contact: str) -> Row:
    phone = phones.display(person.phone) if person.phone else ""
    wecom = {True: _("yes"), False: _("no"), None: ""}[person.wecom]
    tags = " ".join(f"#{tag}" for tag in person.tags)
    # A province is left out before its city; the ? marks what the number lets guess.
    city = person.city or (f"{city_alone(person.city_guess)}?" if person.city_guess else "")
    return Row(
        person.id,
        (
            line((person.called, "strong")),
            line((person.title, "muted")),
            partial(_company, person.company),
            line((city, "muted")),
            line((contact, "muted")),
            line((phone, "late" if person.do_not_call else "")),
            line((wecom, "muted")),
            line((tags, "accent")),
            line((person.email, "muted")),
        ),
    )


def _company(name: str, cells: int) -> Line:
    """As it is written where there is room, else without its legal form."""
    return line(name if width(name) <= cells else short_company(name))


def _gone(id: int) -> Row:
    """Somebody who went while an order held: merged, undone, erased."""
    return Row(id, (line((_("no longer here"), "muted")),))
