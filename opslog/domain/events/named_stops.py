"""Which stop of a road show the cell of a list names. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from opslog.domain.events.stops import Stop

_KIND = re.compile(r"(?:站点?|市|专?场|stop)$")  # behind the name of a place
_MONTH_DAY = re.compile(r"(?:(\d{4})[-/.年])?(?<!\d)(\d{1,2})[-/.月](\d{1,2})(?!\d)")


def meant(text: str, stops: Sequence[Stop], zone: ZoneInfo) -> Stop | None:
    """The stop that a cell of a list names: by its place (``杭州站``), else by a day of it; None
    where it names none, or more than one."""
    words = _folded(text)
    if not words:
        return None
    named = [one for one in stops if _folded(one.place) == words]
    named = named or [one for one in stops if _folded(one.place) in words]
    on = [one for one in named or stops if _has_day(one, text, zone)]
    found = on or named
    if len(found) > 1:
        found = [one for one in found if one.open]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    """As two names of one place agree: 杭州, 杭州市 and 杭州站."""
    words = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _KIND.sub("", words) or words


def _has_day(one: Stop, text: str, zone: ZoneInfo) -> bool:
    """Whether the first date in the text is a day of the stop."""
    found = _MONTH_DAY.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return False
    year, month, day = (int(part or 0) for part in found.groups())
    first, last = (at.astimezone(zone).date() for at in (one.starts_at, one.ends_at))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any((x.month, x.day) == (month, day) and year in (0, x.year) for x in days)
