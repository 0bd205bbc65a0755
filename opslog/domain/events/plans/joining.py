"""An event that is entered late: what of its plan that is past by then is still to be done. Pure.

One choice: all of it, as far as it is possible (``short_notice``); the newest only of what is past
on each channel, with the work that has none; or nothing that is past. What is left out is given up
with that reason, and opens again where a move of the event gives it time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.events.events import DROPPED, FLOATING, JOINED, LATE, MISSED, PlanLine
from opslog.locale import N_

ALL, NEWEST, NONE = "all", "newest", "none"
LATE_LABELS = {
    ALL: N_("catch up on all"),
    NEWEST: N_("the newest of each channel"),
    NONE: N_("leave it out"),
}
LATE_ALSO = {"最新": NEWEST, "全部": ALL, "只补最新": NEWEST}
LATE_CHOICES = tuple(LATE_LABELS)


def past(line: PlanLine) -> bool:
    """Whether the rules find it late, or no longer possible."""
    return line.state == MISSED or (line.state == FLOATING and LATE in line.why)


def joined(lines: Sequence[PlanLine], late: str) -> list[PlanLine]:
    """The steps of a new plan, each placed for itself; ``late`` one of LATE_CHOICES."""
    if late == ALL:
        return list(lines)
    newest: dict[str, tuple[datetime, int]] = {}
    for number, line in enumerate(lines):
        if line.state == FLOATING and past(line):
            found = (line.planned_at or line.due_at, number)
            newest[line.channel] = max(found, newest.get(line.channel, found))

    def stays(number: int, line: PlanLine) -> bool:
        if late == NONE or line.state == MISSED:
            return not past(line)
        return not past(line) or not line.channel or newest[line.channel][1] == number

    return [line if stays(number, line) else left_out(line) for number, line in enumerate(lines)]


def left_out(line: PlanLine) -> PlanLine:
    return line._replace(
        due_at=line.planned_at or line.due_at, planned_at=None, why=(JOINED,), state=DROPPED
    )
