"""The stops of a road show: a place and its days each, with the steps that hang on them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from opslog.locale import N_

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Span

OPEN, FALLBACK, DROPPED = "open", "fallback", "dropped"
STOP_LABELS = {OPEN: "", FALLBACK: N_("plan B"), DROPPED: N_("called off")}


class Stop(NamedTuple):
    """``state`` open, fallback (``fallback`` is done instead), dropped; ``why`` says what for."""

    id: int
    event_id: int
    place: str
    starts_at: datetime
    ends_at: datetime
    note: str = ""
    state: str = OPEN
    why: str = ""
    fallback: str = ""
    venue: str = ""

    @property
    def where(self) -> str:
        """Place and venue, as a message names them."""
        return f"{self.place} {self.venue}".strip()

    @property
    def span(self) -> Span:
        from opslog.domain.events.plans.planning import Span  # no start needs the rules of plans

        return Span(self.starts_at, self.ends_at)

    @property
    def open(self) -> bool:
        return self.state != DROPPED

    def later(self, by: timedelta) -> Stop:
        """The same on other days."""
        return self._replace(starts_at=self.starts_at + by, ends_at=self.ends_at + by)
