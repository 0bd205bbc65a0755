"""Of which date something was said, where an event was moved since. Pure.

A move knows the newest attempt and the newest telling before it, so that what was said in the same
second as a move is told apart from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.events.events import PlanLine

# What goes out by these names the date to people; calls are made to each anew.
_PUBLIC = {"moments", "groups", "edm", "sms", "private", "site", "sem", "internal"}


class Move(NamedTuple):
    """An event, or a stop of it, began at ``was`` before; ``touch`` and ``told`` are the newest
    rows of then. ``at``: when it was moved, where that is known."""

    was: datetime
    touch: int
    told: int
    at: datetime | None = None


def date_said(
    moves: Sequence[Move], starts_at: datetime, *, touch: int = 0, told: int = 0
) -> datetime:
    """The date of an event that the later of an attempt and a telling was about. ``moves`` are all
    of its, oldest first; ids are 0 where there is none."""
    since = max(sum(one.touch < touch for one in moves), sum(one.told < told for one in moves))
    return moves[since].was if since < len(moves) else starts_at


def named_in_post(moves: Sequence[Move], done_at: datetime, told: int) -> datetime | None:
    """Which date of a stop a post of the whole names that went out then, and of which nothing was
    said since: that before the first move after both. None where it is as it was."""
    after = (x for x in moves if x.at is not None and x.at >= done_at and x.told >= told)
    return next((one.was for one in after), None)


def publishes(line: PlanLine) -> bool:
    """Whether a step, once done, has told people the date."""
    return line.channel in _PUBLIC and line.phase != "after" and not line.evidence
