"""Two of the five questions before an event that are warned about while it is ahead: a list of
named targets, and warm-up that is early enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from opslog.domain.events.events import NO, PlanLine
from opslog.locale import N_, Msg, msg

# How the lines of the playbooks begin in English, by which they are known.
TARGETS = "Is there a list of named targets"
WARM_UP = "Is there warm-up"
_NOT_SAID = {
    TARGETS: N_("Is there a list of named targets? Nobody has said"),
    WARM_UP: N_("Is the warm-up early enough? Nobody has said"),
}
_SAID_NO = {
    TARGETS: N_("No named targets yet: list company, person and phone before promoting"),
    WARM_UP: N_("The warm-up is not early enough: notice and invitations go first"),
}


def warnings(plan: Iterable[PlanLine], starts_at: datetime, now: datetime) -> Iterator[Msg]:
    """What speaks against going on: answered with no, or not answered though its step is over."""
    if starts_at <= now:
        return
    for line in plan:
        for item in line.items:
            words = next((w for w in (TARGETS, WARM_UP) if item.title_en.startswith(w)), None)
            if words and item.answer == NO:
                yield msg(_SAID_NO[words])
            elif words and not item.answer and (line.due_at < now or not line.open):
                yield msg(_NOT_SAID[words])
