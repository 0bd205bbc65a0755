"""How long something took: 20m, 1h30, 1.5h, 20分钟, 半小时, 一个半小时."""

from __future__ import annotations

from opslog.domain.base.patterns import compiled
from opslog.domain.dates.numerals import NUMBER, fold, number_of

_REACH = 40  # characters: no form of a duration is longer
LONGEST = 7 * 24 * 60  # minutes; what is longer was no one piece of work

_ENGLISH = (
    r"(?:(?P<hours>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:hours?|hrs?|h))?"
    r"(?:(?:\s?(?P<minutes>[0-9]{1,4})\s?(?:minutes?|mins?|m))|(?P<bare>[0-9]{1,2}))?(?![0-9A-Za-z.])"
)
_CHINESE = (
    rf"(?:(?P<hours>半|[0-9]{{1,3}}\.[0-9]{{1,2}}|{NUMBER})\s?(?P<more>个半)?个?(?:小时|钟头)(?P<half>半)?)?"
    rf"(?:零|又)?(?:(?P<minutes>{NUMBER})\s?(?:分钟|分)|(?P<quarters>{NUMBER})刻钟)?"
)


def scan_duration(text: str, start: int = 0) -> tuple[int, int] | None:
    """``(end, minutes)`` of the duration that begins at ``start``; None where none does.

    A number alone is none: ``~20`` may as well mean "about twenty". At most a week.
    """
    near = fold(text[start : start + _REACH])
    best: tuple[int, int] | None = None
    for found in (_english(near), _chinese(near)):
        if found and 0 < found[1] <= LONGEST and (best is None or found[0] > best[0]):
            best = found
    return (start + best[0], best[1]) if best else None


def _english(text: str) -> tuple[int, int] | None:
    match = compiled(_ENGLISH).match(text)
    if not match or not match.group() or match.group().isdigit():
        return None
    minutes = int(match["minutes"] or match["bare"] or 0)
    return match.end(), round(float(match["hours"] or 0) * 60) + minutes


def _chinese(text: str) -> tuple[int, int] | None:
    match = compiled(_CHINESE).match(text)
    if not match or not match.group():
        return None
    minutes = 0.0
    if said := match["hours"]:
        hours = 0.5 if said == "半" else float(said) if "." in said else number_of(said)
        if hours is None:
            return None
        minutes = hours * 60 + (30 if match["more"] or match["half"] else 0)
    for said, unit in ((match["minutes"], 1), (match["quarters"], 15)):
        if said:
            number = number_of(said)
            if number is None:
                return None
            minutes += number * unit
    return match.end(), round(minutes)


def duration_text(minutes: int) -> str:
    """``20m``, ``1h``, ``1h30m``: what scan_duration reads back as the same."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")
