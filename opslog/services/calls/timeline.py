"""What the calls add to a person's time line."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.calls.outcomes import LANE_TITLES, PHONE, purpose_title
from opslog.domain.calls.retries import IN
from opslog.domain.people.card import CALLED, Moment
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.calls import timeline as store


def moments(book: Book, person_id: int) -> list[Moment]:
    """Every call and message, with what came of it."""
    rows = store.touches(book.con, person_id)
    outcomes = own_kinds.outcomes(book)
    found = []
    for row in rows:
        lane = msg(LANE_TITLES[row["lane"]])
        came_in = N_("{lane}, they called") if row["lane"] == PHONE else N_("{lane}, they wrote")
        by = msg(came_in, lane=lane) if row["direction"] == IN else lane
        outcome = outcomes.title(row["purpose"], row["lane"], row["outcome"])
        if row["card_id"] is None:
            text = msg(N_("{lane}: {outcome}"), lane=by, outcome=outcome)
        else:
            text = msg(
                N_("{purpose}, {lane}: {outcome}"),
                purpose=purpose_title(row["purpose"]),
                lane=by,
                outcome=outcome,
            )
        if row["card_id"] is not None and row["event_id"] is None:
            text = msg(N_("{text} · {name}"), text=text, name=row["event"])
        if row["reason"]:
            reason = outcomes.reason(row["reason"])
            text = msg(N_("{text} ({reason})"), text=text, reason=reason)
        if row["note"]:
            text = msg(N_("{text} · {note}"), text=text, note=row["note"])
        if row["told"]:
            text = msg(N_("{text} · told {colleague}"), text=text, colleague=row["told"])
        known = outcomes.outcome(row["purpose"], row["lane"], row["outcome"])
        met = known is not None and known.answered
        event = (row["event_id"], row["event"] or "")
        found.append(Moment(instant_of(row["at"]), CALLED, text, *event, met=met))
    return found
