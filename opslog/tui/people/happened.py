"""What happened with somebody, with the sign of each: came, answered, still to be done."""

from __future__ import annotations

from opslog.domain.people.card import CALLED, DECIDED, FOLLOW_UP, SAID, SIGNED_UP, Moment
from opslog.tui.widgets.text import Span


def sign(moment: Moment) -> Span:
    """``●`` came, ``○`` signed up, did not come, or nothing was said, ``✓`` answered or decided,
    ``▸`` to be done."""
    if moment.kind == FOLLOW_UP:
        return ("▸", "accent") if moment.open else ("✓", "good")
    if moment.kind == SIGNED_UP:
        return ("●", "good") if moment.met else ("○", "muted")
    if moment.flagged:
        return ("!", "late")
    return ("✓", "good") if moment.met or moment.kind == DECIDED else ("○", "muted")


def is_contact(moment: Moment) -> bool:
    """Whether somebody met or tried to reach them, or they signed up: no verdicts."""
    return moment.kind in (SIGNED_UP, CALLED)


def before(moment: Moment, event_id: int | None) -> bool:
    """Whether it is worth a look in a call about an event: contacts, and what they answered about
    others."""
    return is_contact(moment) or (moment.kind == SAID and moment.event_id != event_id)
