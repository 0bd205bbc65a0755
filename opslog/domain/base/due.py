"""What waits for the operator, whatever kind it is."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.locale import Msg


class Due(NamedTuple):
    """One thing to do, ready to be ranked (see domain.priority).

    ``kind``: step, follow_up, reminder, correction, promise, roster. ``ref`` is the id of that
    kind's row (step, follow-up, event, card, roster). ``due`` is an instant; ``timed`` False means
    any time that day. ``lead_days``: how long before it is due it may already be shown.
    ``title_en`` is the title in English, where it has one of its own. ``original`` is the date a
    late start or a day off moved it from. ``done`` of ``of``: how far it is, where it can be
    counted.
    """

    kind: str
    ref: int
    title: str
    due: datetime
    timed: bool = False
    lead_days: int = 0
    event_id: int | None = None
    event: str = ""
    event_at: datetime | None = None
    person_id: int | None = None
    person: str = ""
    flagged: bool = False
    original: datetime | None = None
    people: int = 1  # how many it concerns
    detail: Msg | None = None  # one clause of what stands behind it
    title_en: str = ""
    done: int = 0
    of: int = 0
    evidence: str = ""  # what proves a step of a plan, by its name
    whom: frozenset[int] = frozenset()  # the people to call or write to
    label: Msg | None = None  # what is to be done, where the title only names whom or what
