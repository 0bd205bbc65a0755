"""What is filled into words that are said or written: their fields in braces."""

from __future__ import annotations

from opslog.domain.events.events import SAYS

FIELDS = ("person", "company", "event", "day", "time", "place", "operator", *SAYS)
