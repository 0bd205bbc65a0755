"""What all areas know of one person, gathered: their time line, and the card of a screening."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.calls.left_out import by_verdict
from opslog.domain.people.card import Chapter, Colleague, Moment, Person, called, chapters
from opslog.domain.screening.card import ImportedRow, ScreeningCard
from opslog.services.answers import timeline as answers
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import attempts
from opslog.services.calls import timeline as calls
from opslog.services.daybook import timeline as daybook
from opslog.services.events import events
from opslog.services.leads import timeline as leads
from opslog.services.materials import timeline as materials
from opslog.services.programmes import timeline as programmes
from opslog.services.rosters import timeline as rosters
from opslog.services.screening import card as screening
from opslog.services.screening import timeline as verdicts
from opslog.store.calls import candidates as on_lists
from opslog.store.rosters import occasions
from opslog.store.screening import colleagues as store
from opslog.store.screening import rounds as screening_store

COLLEAGUES = 6  # of a company that are shown
TIMELINE = (
    *(rosters.moments, verdicts.moments, answers.moments, calls.moments),
    *(leads.moments, materials.moments, programmes.moments, daybook.moments),
)


def timeline(book: Book, person_id: int) -> list[Moment]:
    """Everything that happened with a person, newest first: lists they came on, verdicts,
    answers, calls, messages, log lines, follow-ups."""
    moments = [moment for of_area in TIMELINE for moment in of_area(book, person_id)]
    # Sorted oldest first and turned round, so that of one instant the later made stands on top.
    return sorted(moments, key=lambda moment: moment.at)[::-1]


def story(book: Book, person_id: int, moments: Sequence[Moment]) -> list[Chapter]:
    """A person's time line by events, each with its day, of a road show that of their stop."""
    ids = {moment.event_id for moment in moments if moment.event_id is not None}
    starts = {row.id: row.starts_at for row in events.some(book, sorted(ids))} if ids else {}
    return chapters(moments, {**starts, **occasions.starts(book.con, person_id)})


def colleagues(book: Book, person: Person) -> tuple[list[Colleague], int]:
    """Others of the same company, those met last, and how many there are in all."""
    if not person.company_key:
        return [], 0
    reasons = own_kinds.reasons(book)
    found = [
        Colleague(
            row["id"],
            called(row["id"], row["name"], row["company"], row["phone"]),
            row["title"],
            row["lists"],
            row["came"],
            by_verdict(row["verdict"], reasons)
            if (row["verdict"] or "").startswith("drop")
            else None,
        )
        for row in store.colleagues(book.con, person.company_key, person.id, COLLEAGUES)
    ]
    return found, store.number(book.con, person.company_key, person.id)


def as_it_came(book: Book, person_id: int) -> ImportedRow | None:
    """What the newest list says of somebody, verbatim; None where they are on none."""
    for card in on_lists.cards_of(book.con, person_id)[::-1]:
        if rows := screening_store.imported(book.con, card.card_id):
            return rows[-1]
    return None


def screening_card(book: Book, round_id: int, card_id: int) -> ScreeningCard:
    """Everything shown of one row of a list. Refused where the row is gone."""
    return screening.card(book, round_id, card_id, attempts.attempts_on)
