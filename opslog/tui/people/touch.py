"""What is to be known before a touch: the last one, and when the next one is allowed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import bracketed
from opslog.domain.calls.contact_limits import MODE_TITLES
from opslog.domain.calls.outcomes import LANE_TITLES
from opslog.domain.calls.queue import Touch
from opslog.domain.dates.wording import near_moment
from opslog.locale import _


def touch_text(touch: Touch, zone: ZoneInfo, now: datetime) -> str:
    """``last 11-21 call-back 1, phone: answered · not before 11-24 09:00: contacted today``."""
    return f"{last_text(touch, zone, now)} · {allowed_text(touch, zone, now)}"


def last_text(touch: Touch, zone: ZoneInfo, now: datetime) -> str:
    if touch.last is None:
        return _("never contacted")
    return _("last {when} {purpose}, {lane}: {outcome}").format(
        when=near_moment(touch.last, zone, now.astimezone(zone).date()),
        purpose=touch.purpose,
        lane=_(LANE_TITLES.get(touch.lane, touch.lane)),
        outcome=touch.outcome,
    )


def allowed_text(touch: Touch, zone: ZoneInfo, now: datetime, *, brief: bool = False) -> str:
    """Whether they may be contacted, in the one way in which every screen says it; by what is
    strongest. ``brief``: without the mode that says so."""
    today = now.astimezone(zone).date()
    if touch.barred is not None:
        return str(touch.barred.said(zone))
    if touch.put_off is not None and (touch.until is None or touch.until < touch.put_off):
        return _("put off until {when}").format(when=near_moment(touch.put_off, zone, today))
    if touch.again is not None and (touch.free or touch.until is None):
        return _("not before {when}").format(when=near_moment(touch.again, zone, today))
    mode = _(MODE_TITLES[touch.mode])
    if touch.free or touch.until is None:
        said, mode = _("allowed now"), _("never held back") if touch.free else mode
    else:
        when = near_moment(touch.until, zone, today)
        said = _("not before {when}: {why}").format(when=when, why=touch.why)
    return said if brief else str(bracketed(said, mode))
