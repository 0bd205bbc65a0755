"""A change as the history shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opslog.locale import Msg


@dataclass(frozen=True)
class Entry:
    """``state``: done, undone (can be redone), dropped (undone, and something new came after),
    final (done, and can't be undone)."""

    id: int
    at: datetime
    label: Msg
    state: str
    session: str

    @property
    def undone(self) -> bool:
        return self.state in ("undone", "dropped")
