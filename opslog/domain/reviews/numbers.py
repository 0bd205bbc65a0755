"""The numbers of a review: what each is a share of, what it opens, or why it is not known."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.base.rates import Rate
from opslog.locale import Msg

# What a number opens, by the table of its rows; '' it was typed in, its source stands beside it.
PERSON, TOUCH, ANSWER, LEAD = "person", "touch", "answer", "handover"
LOG, DECISION = "log", "decision"

# Units of a number; COUNT: of what was typed in, whatever it counts.
PEOPLE, CENTS, MINUTES, DAYS, COUNT = "people", "cents", "minutes", "days", "count"

COUNTING = "counting"  # look of one that is still being counted


class Number(NamedTuple):
    """A number of one event.

    ``key`` names it for files and for opening (``funnel.came``, ``channel.edm.leads``); English,
    the same in every language. ``value`` None: not known, ``why`` says why (no list, nobody marked
    yet, no costs typed in); never a false 0. ``of`` is the whole it is a share of, None where that
    says nothing, ``of_label`` what that whole is; ``part`` so many of it lie in that whole, None
    all. ``kind`` is what its rows are ('' opens
    nothing). ``compared`` is the same number of what the review is held against. ``look``: good,
    warn, late, COUNTING, '' plain.
    """

    key: str
    label: Msg
    value: float | None
    kind: str = ""
    unit: str = PEOPLE
    of: float | None = None
    part: float | None = None
    of_label: Msg | None = None
    why: Msg | None = None
    target: float | None = None
    compared: float | None = None
    note: Msg | None = None
    look: str = ""

    @property
    def rate(self) -> Rate | None:
        """Its share, where there is a whole; below twenty it is shown with its count and range."""
        if self.value is None or not self.of:
            return None
        return Rate(round(self.value if self.part is None else self.part), round(self.of))
