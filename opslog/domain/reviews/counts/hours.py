"""Instants of the file as hours where the operator is: many of them, so each hour is worked out
once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.base.clock import instant_of

_HOUR, _MINUTE = len("2026-11-23T01"), len("2026-11-23T01:00")


class Hours:
    """``width``: as much of an instant as tells its hour here; in a few zones it takes minutes."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        offsets = [datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
        whole = not any(offset.seconds % 3600 for offset in offsets if offset is not None)
        self.width = _HOUR if whole else _MINUTE
        self._known: dict[str, datetime] = {}

    def of(self, at: str) -> datetime:
        """Local, of an instant that may be cut to ``width``."""
        key = at[: self.width]
        if key not in self._known:
            text = f"{key}:00:00Z" if self.width == _HOUR else f"{key}:00Z"
            self._known[key] = instant_of(text).astimezone(self._zone)
        return self._known[key]
