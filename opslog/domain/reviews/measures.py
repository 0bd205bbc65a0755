"""How figures from elsewhere are read, and what they are held against, in words of both
languages."""

from __future__ import annotations

from opslog.domain.base.codes import named
from opslog.locale import N_, Msg, msg

AGAINST_LABELS = {
    "previous_month": N_("the previous month"),
    "same_month_last_year": N_("the same month of last year"),
    "half_year_before": N_("the monthly mean of the half-year before"),
    "half_year_after": N_("the monthly mean of the half-year after"),
}
# What else they are called.
_ALSO = {
    **dict.fromkeys(("环比", "上月", "上个月", "month_before", "last_month"), "previous_month"),
    **dict.fromkeys(("同比", "去年同月", "上年同期", "去年同期"), "same_month_last_year"),
    **dict.fromkeys(("前半年", "前半年月均"), "half_year_before"),
    **dict.fromkeys(("后半年", "后半年月均"), "half_year_after"),
}


# What the review of one stop may be held against: all others, or one of them by its number.
OTHER_STOPS = "stops"
_OTHERS_SAID = (
    "stops",
    "others",
    "mean",
    "其他站",
    "其他场次",
    "其他站平均",
    "其他场次平均",
    "均值",
)


def of_stop(stop_id: int) -> str:
    """The key of another stop."""
    return f"stop:{stop_id}"


def other_stop(key: str) -> int | None:
    """The stop that a key is of; None of any other key."""
    kind, _colon, number = key.partition(":")
    return int(number) if kind == "stop" and number.isdecimal() else None


def means_others(words: str) -> bool:
    """Whether words say the other stops."""
    return "".join(words.split()).casefold() in _OTHERS_SAID


def known_against(words: str) -> str:
    """What words say a figure is held against, else the words themselves; '' nothing."""
    return named(words, AGAINST_LABELS, _ALSO) or " ".join(words.split())


def against_label(against: str) -> Msg:
    if against in AGAINST_LABELS:
        return msg(AGAINST_LABELS[against])
    return Msg("{text}", {"text": against})


def said(value: float) -> str:
    """A figure as it is read: ``204,000``, ``243``, ``6.5``."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def change_said(percent: float | None, change: float | None) -> str:
    """``-19, -7.3%``; '' where nothing is known."""
    parts = ["" if change is None else f"{'+' * (change > 0)}{said(change)}"]
    parts += ["" if percent is None else f"{'+' * (percent > 0)}{said(percent)}%"]
    return ", ".join(filter(None, parts))
