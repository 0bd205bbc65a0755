"""One clock, passed in; the local zone it speaks in."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from opslog.domain.base import damaged
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

DEFAULT_ZONE = "Asia/Shanghai"


class Clock:
    """``now`` gives aware instants; ``zone`` is the operator's time zone."""

    def __init__(self, read: Callable[[], datetime], zone_name: str = DEFAULT_ZONE) -> None:
        self.read = read
        self.zone_name = zone_name

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def now(self) -> datetime:
        """This instant, UTC, whole seconds."""
        return self.read().astimezone(UTC).replace(microsecond=0)

    def local(self) -> datetime:
        return self.now().astimezone(self.zone)

    def today(self) -> date:
        return self.local().date()

    def at(self, day: date, clock: time = time()) -> datetime:
        """The instant (UTC) of a local day and wall-clock time."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def system_clock(zone_name: str = DEFAULT_ZONE) -> Clock:
    """The machine's clock, or a clock standing at ``OPSLOG_NOW`` (ISO), for demonstrations."""
    fixed = os.environ.get("OPSLOG_NOW")
    if not fixed:
        return Clock(lambda: datetime.now(UTC), zone_name)
    try:
        instant = datetime.fromisoformat(fixed)
    except ValueError:
        raise Refused(
            msg(N_("OPSLOG_NOW is “{value}”; write it as 2026-11-22T09:00"), value=fixed)
        ) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(zone_name))
    return Clock(lambda: instant, zone_name)


def instant_text(instant: datetime) -> str:
    """How an instant stands in the file: UTC, sortable."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant_of(text: str) -> datetime:
    """The instant that a text of the file says; ``damaged.UNREADABLE`` where it says none."""
    return damaged.moment(text)
