"""What is to be known before a touch: the last one, and when the next one is allowed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.calls.contact_limits import MODE_TITLES
from opslog.domain.calls.outcomes import LANE_TITLES
from opslog.domain.calls.queue import Touch
from opslog.domain.dates.wording import near_moment
from opslog.locale import _


def touch_text(touch: Touch, zone: ZoneInfo, now: datetime) -> str:
    """``last 11-21 call-back 1, phone: answered · not before 11-24 09:00: contacted today``."""
    today = now.astimezone(zone).date()
    if touch.last is None:
        said = _("never contacted")
    else:
        said = _("last {when} {purpose}, {lane}: {outcome}").format(
            when=near_moment(touch.last, zone, today),
            purpose=touch.purpose,
            lane=_(LANE_TITLES.get(touch.lane, touch.lane)),
            outcome=touch.outcome,
        )
    if touch.free:
        allowed = _("never held back")
    elif touch.until is None:
        allowed = _("allowed now ({mode})").format(mode=_(MODE_TITLES[touch.mode]))
    else:
        allowed = _("not before {when}: {why} ({mode})").format(
            when=near_moment(touch.until, zone, today),
            why=touch.why,
            mode=_(MODE_TITLES[touch.mode]),
        )
    return f"{said} · {allowed}"
