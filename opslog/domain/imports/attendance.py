"""What a list says of how long somebody was there."""

from __future__ import annotations

import re
import unicodedata

SIGNUP, ATTENDANCE = "signup", "attendance"

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")
_PARTS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(小时|时|hours?|hrs?|h|分钟|分|minutes?|mins?|m|秒|seconds?|secs?|s)"
)
_BARE = re.compile(r"\d+(?:\.\d+)?")
_SECONDS = {"小": 3600, "时": 3600, "h": 3600, "分": 60, "m": 60, "秒": 1, "s": 1}
_HEADING_UNIT = (("秒", 1), ("second", 1), ("小时", 3600), ("hour", 3600))


def unit_of(heading: str) -> int:
    """Seconds a bare number below this heading stands for: minutes where it says nothing."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return next((seconds for word, seconds in _HEADING_UNIT if word in folded), 60)


def seconds(text: str, unit: int = 60) -> int | None:
    """How long somebody was there; None where the cell says nothing.

    Takes ``52``, ``52分钟``, ``1小时5分30秒``, ``1h 2m 3s``, ``01:02:03`` and ``52:31`` (minutes
    and seconds).
    """
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    if _BARE.fullmatch(folded):
        return round(float(folded) * unit)
    if clock := _CLOCK.fullmatch(folded):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    parts = _PARTS.findall(folded)
    if not parts:
        return None
    return round(sum(float(number) * _SECONDS[word[0]] for number, word in parts))
