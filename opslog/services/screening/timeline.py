"""What screening adds to a person's time line."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import DECIDED, Moment
from opslog.domain.screening import rounds
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.screening import timeline as store


def moments(book: Book, person_id: int) -> list[Moment]:
    """Every verdict, with its round."""
    titles = own_kinds.reasons(book)
    found = []
    for row in store.decisions(book.con, person_id):
        verdict = rounds.verdict_name(row["verdict"])
        if row["verdict"] == rounds.DROP:
            verdict = msg(N_("dropped: {reason}"), reason=titles.title(row["reason"]))
        if by := rounds.decided_by(row["decided_by"]):
            verdict = msg(N_("{verdict} ({by})"), verdict=verdict, by=by)
        text = msg(
            N_("{round}: {verdict}"), round=rounds.round_name(row["number"]), verdict=verdict
        )
        found.append(Moment(instant_of(row["at"]), DECIDED, text, row["event_id"], row["event"]))
    return found
