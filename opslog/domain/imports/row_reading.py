"""What a row of a list comes to: who it is, and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.imports.do_not_call import Asked
from opslog.domain.rosters.rosters import COMING, DOOR, FILE

ERASED = "erased"  # somebody who was erased on request; the row is held until they are let in
NAMESAKES = "namesakes"  # one of several on the list, and nothing says which
# A row with one of these marks cannot become a card.
NO_CARD = frozenset(
    {"totals", "remark", "nobody", "heading", "staff", "stray_text", ERASED, NAMESAKES}
)
NO_NAME = "no_name"  # can be reached, and should have been named
# Marks that only tell: nothing is wrong with such a row.
TELLING = frozenset({"staff"})


def way_of(kind: str, reading: RowReading) -> str:
    """How a row puts somebody on a list: who only stands in a file of who came, and was there,
    never signed up, as nobody who walks in at the door does."""
    signed_up = reading.signed_up_at or reading.state not in ("", COMING)
    there = reading.came or reading.seconds
    return DOOR if kind == ATTENDANCE and there and not signed_up else FILE


class RowReading(NamedTuple):
    """A row as understood; '' (``wecom``: None) where it says nothing.

    ``signed_up_at`` is an instant as it stands in the file; ``by_mobile`` and ``by_email`` are
    the phone and e-mail where they name one person, and so may join rows. ``phones`` and
    ``emails`` are the further ones of the cell, one space between; ``city_guess`` is where the
    number is from. ``seconds``: how long the person was there, which then says whether they
    came. ``state``: how the sign-up stands, as of a card. ``unclear``: fields (status, attended)
    and what stood there, where no word of it is known. ``also``: other people of the same row.
    ``barred``: how the row asks that its people are not reached. ``guests``: whom they bring along.
    """

    name: str
    company: str
    company_key: str
    title: str
    phone: str
    email: str
    city: str
    industry: str
    wecom: bool | None
    note: str
    phones: str
    emails: str
    city_guess: str
    signed_up_at: str
    by_mobile: str
    by_email: str
    problems: tuple[str, ...]
    came: bool = False
    state: str = ""
    seconds: int | None = None
    unclear: tuple[tuple[str, str], ...] = ()
    also: tuple[RowReading, ...] = ()
    barred: tuple[Asked, ...] = ()
    guests: int = 0
    guests_more: bool = False  # or more of them

    @property
    def is_card(self) -> bool:
        return not self.problems or NO_CARD.isdisjoint(self.problems)

    @property
    def person(self) -> tuple[object, ...]:
        """The values of ``PERSON_FIELDS``."""
        return self[:_OF_PERSON]


# What a person has of a reading: its first fields, in their order.
_OF_PERSON = 13
PERSON_FIELDS = RowReading._fields[:_OF_PERSON]
