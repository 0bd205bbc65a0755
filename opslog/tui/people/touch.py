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
<<<<<<< HEAD
    return f"{last_text(touch, zone, now)} · {verdict_text(touch, zone, now)}"
=======
    return f"{last_text(touch, zone, now)} · {allowed_text(touch, zone, now)}"
>>>>>>> main


def last_text(touch: Touch, zone: ZoneInfo, now: datetime) -> str:
    if touch.last is None:
        return _("never contacted")
    return _("last {when} {purpose}, {lane}: {outcome}").format(
        when=near_moment(touch.last, zone, now.astimezone(zone).date()),
        purpose=touch.purpose,
        lane=_(LANE_TITLES.get(touch.lane, touch.lane)),
        outcome=touch.outcome,
    )


<<<<<<< HEAD
def verdict_text(touch: Touch, zone: ZoneInfo, now: datetime) -> str:
    """Whether they may be contacted, in the one way in which every screen says it; by what is
    strongest."""
    today = now.astimezone(zone).date()
    if touch.barred is not None:
        return str(touch.barred.said(zone))
    if touch.put_off is not None and (touch.until is None or touch.until < touch.put_off):
        return _("put off until {when}").format(when=near_moment(touch.put_off, zone, today))
    if touch.again is not None and (touch.free or touch.until is None):
        return _("not before {when}").format(when=near_moment(touch.again, zone, today))
    if touch.free or touch.until is None:
        mode = _("never held back") if touch.free else _(MODE_TITLES[touch.mode])
        return _("allowed now ({mode})").format(mode=mode)
    return _("not before {when}: {why} ({mode})").format(
        when=near_moment(touch.until, zone, today),
        why=touch.why,
        mode=_(MODE_TITLES[touch.mode]),
    )
=======
def allowed_text(touch: Touch, zone: ZoneInfo, now: datetime, *, brief: bool = False) -> str:
    """``brief``: without the mode that says so."""
    if touch.free:
        return _("never held back")
    if touch.until is None:
        said = _("allowed now")
    else:
        when = near_moment(touch.until, zone, now.astimezone(zone).date())
        said = _("not before {when}: {why}").format(when=when, why=touch.why)
    return said if brief else str(bracketed(said, _(MODE_TITLES[touch.mode])))
>>>>>>> main
