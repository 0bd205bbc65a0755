"""What all areas know of one person, gathered: their time line, and the card of a screening."""

from __future__ import annotations

from opslog.domain.people.card import Moment
from opslog.domain.screening.card import ScreeningCard
from opslog.services.book.book import Book
from opslog.services.calls import attempts
from opslog.services.calls import timeline as calls
from opslog.services.daybook import timeline as daybook
from opslog.services.rosters import timeline as rosters
from opslog.services.screening import card as screening
from opslog.services.screening import timeline as verdicts

TIMELINE = (rosters.moments, verdicts.moments, calls.moments, daybook.moments)


def timeline(book: Book, person_id: int) -> list[Moment]:
    """Everything that happened with a person, newest first: lists they came on, verdicts, calls,
    log lines, follow-ups."""
    moments = [moment for of_area in TIMELINE for moment in of_area(book, person_id)]
    # Sorted oldest first and turned round, so that of one instant the later made stands on top.
    return sorted(moments, key=lambda moment: moment.at)[::-1]


def screening_card(book: Book, round_id: int, card_id: int) -> ScreeningCard:
    """Everything shown of one row of a list. Refused where the row is gone."""
    return screening.card(book, round_id, card_id, attempts.attempts_on)
