"""What an outcome means for whoever counts: who is sure to come, and in which colour it stands."""

from __future__ import annotations

from opslog.domain.calls.outcomes import INSTEAD, INVITATION, PHONE, REMINDER, Outcome, Outcomes
from opslog.domain.rosters.rosters import NOT_EXPECTED
from opslog.domain.screening.reasons import INVALID

# In the place of an outcome, of who was not called.
STANDS_IN, AT_THE_DOOR = "stands in", "at the door"


def confirms(outcomes: Outcomes, code: str) -> bool:
    """Whether somebody whose newest reminder came to this is sure to come; who stands in is."""
    outcome = outcomes.of(REMINDER, PHONE).get(code)
    return code == STANDS_IN or (outcome is not None and outcome.confirms)


def expected(state: str, dropped: str | None) -> bool:
    """Whether a card may still come as the list has it: nobody does who withdrew, has no place, or
    was ``dropped`` for a reason for which nobody is reminded either; None: not dropped."""
    return state not in NOT_EXPECTED and dropped not in INVALID


def says_so(outcome: Outcome) -> bool:
    """Whether somebody said that they come themselves; who sends somebody is counted apart."""
    return outcome.confirms and outcome.ask != INSTEAD


def stands_in(outcomes: Outcomes, code: str) -> bool:
    """Whether who comes, comes instead of whoever signed up."""
    outcome = outcomes.of(REMINDER, PHONE).get(code)
    return code == STANDS_IN or (outcome is not None and outcome.ask == INSTEAD)


def shows_interest(outcome: Outcome) -> bool:
    """Whether somebody wants to go on: they said so, or are to be handed over."""
    return outcome.code == "interested" or outcome.ask == "lead"


def share_look(outcome: Outcome, purpose: str) -> str:
    if not outcome.answered:
        return "warn"
    return "good" if purpose not in (REMINDER, INVITATION) or outcome.confirms else "muted"
