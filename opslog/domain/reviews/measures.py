"""What figures from elsewhere measure and are held against, in words of both languages."""

from __future__ import annotations

from opslog.domain.events.events import MEASURE_LABELS, measure_of
from opslog.locale import N_, Msg, msg

LABELS = {
    **MEASURE_LABELS,
    "visitors": N_("visitors"),
    "visitors_per_day": N_("visitors a day"),
    "province_visitors": N_("visitors from the province"),
    "page_views": N_("page views"),
    "page_views_per_day": N_("page views a day"),
    "followers": N_("new followers"),
    "likes": N_("likes"),
    "comments": N_("comments"),
    "days": N_("days"),
    "cities": N_("cities"),
    "districts": N_("business districts"),
    "sessions": N_("sessions"),
}
AGAINST_LABELS = {
    "previous_month": N_("the previous month"),
    "same_month_last_year": N_("the same month of last year"),
    "half_year_before": N_("the monthly mean of the half-year before"),
    "half_year_after": N_("the monthly mean of the half-year after"),
}
# What else they are called.
_ALSO = {
    **dict.fromkeys(("uv", "访客", "访客数", "网站访客"), "visitors"),
    **dict.fromkeys(("日均访客数", "daily_visitors"), "visitors_per_day"),
    **dict.fromkeys(("省内访客", "本省访客数"), "province_visitors"),
    **dict.fromkeys(("pv", "浏览量", "views_of_pages", "pageviews"), "page_views"),
    **dict.fromkeys(("日均pv", "日均浏览量", "daily_page_views"), "page_views_per_day"),
    **dict.fromkeys(("触达", "触达人数", "曝光量"), "reach"),
    **dict.fromkeys(("粉丝", "新增粉丝", "涨粉"), "followers"),
    **dict.fromkeys(("天数", "历时"), "days"),
    **dict.fromkeys(("城市", "城市数"), "cities"),
    **dict.fromkeys(("商圈", "商圈数"), "districts"),
    **dict.fromkeys(("场次", "场数"), "sessions"),
    **dict.fromkeys(("客户", "客户数", "成交"), "customers"),
    **dict.fromkeys(("环比", "上月", "上个月", "month before", "last month"), "previous_month"),
    **dict.fromkeys(("同比", "去年同月", "上年同期", "去年同期"), "same_month_last_year"),
    **dict.fromkeys(("前半年", "前半年月均"), "half_year_before"),
    **dict.fromkeys(("后半年", "后半年月均"), "half_year_after"),
}


def known(words: str) -> str:
    """The measure that words name, else the words themselves, on one line."""
    return _known(words, LABELS)


def known_against(words: str) -> str:
    """What words say a figure is held against, else the words themselves; '' nothing."""
    return _known(words, AGAINST_LABELS)


def label(measure: str) -> Msg:
    return msg(LABELS[measure]) if measure in LABELS else Msg("{text}", {"text": measure})


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


def _known(words: str, labels: dict[str, str]) -> str:
    words = " ".join(words.split())
    found = measure_of(words.replace("-", "_") if words.isascii() else words, labels)
    if found in labels:
        return found
    meant = _ALSO.get(words.casefold(), "")
    return meant if meant in labels else words
