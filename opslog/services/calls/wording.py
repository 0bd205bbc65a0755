"""How a call, whom it is with and when it is are said."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import near_moment
from opslog.domain.people import card as person_card
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.store.calls.candidates import Candidate


def moment(book: Book, instant: datetime) -> Msg:
    """``14:30`` where it is today, else ``Tue 11-24 14:30``."""
    return near_moment(instant, book.clock.zone, book.today())


def called(found: Candidate) -> str:
    """What to call somebody: the name, else company or phone."""
    return person_card.called(found.card_id, found.person, found.company, found.phone)


def gone(card_id: int) -> Refused:
    return Refused(msg(N_("Card {id} is no longer on any list; open the queue anew"), id=card_id))
