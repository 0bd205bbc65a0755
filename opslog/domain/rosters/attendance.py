"""What a list says about coming: minutes present, signed in, cancelled."""

from __future__ import annotations

import re
import unicodedata

from opslog.domain.base.wordlists import words

SIGNUP, ATTENDANCE = "signup", "attendance"

_CAME = words(
    """
    已签到 签到 签到成功 已入场 已参会 参会 已到场 到场 已到 已出席 出席 已观看 已入会 已核销 已使用
    attended checkedin checked_in present joined yes y true 1 是 √ ✓ ✔
    """
)
_CANCELLED = words(
    """
    已取消 取消 取消报名 已取消报名 已退款 退款 退款成功 全额退款 已退票 退票 已撤回 已撤销 已作废
    cancelled canceled refunded withdrawn deleted notattending cancelledbyself cancelledbyhost
    """
)
_NOT_WORD = re.compile(r"[\W_]+")
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


def came(text: str) -> bool:
    """Whether a status or sign-in cell says that the person was there."""
    return _folded(text) in _CAME


def cancelled(text: str) -> bool:
    """Whether a status cell says that the person no longer comes, or got the money back."""
    return _folded(text) in _CANCELLED


def _folded(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold()) or text.strip()
