"""What an event may be expected to bring and what is typed in of it: one list of names, in words
of both languages, for targets, figures and the stages of a review."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.codes import named
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.locale import N_, Msg, msg

# What reports of days hold against targets; a target may also be any other of MEASURE_LABELS, or
# have a name of the operator's own.
MEASURES = ("reach", "views", "shares", "signups", "confirmed", "attended", "leads", "customers")
MEASURE_LABELS = {
    "reach": N_("reach"),
    "views": N_("views"),
    "shares": N_("shares"),
    "signups": N_("sign-ups"),
    "valid": N_("valid"),
    "confirmed": N_("confirmed"),
    "attended": N_("attended"),
    "contacted": N_("contacted after"),
    "answered": N_("answered after"),
    "interested": N_("interested"),
    "leads": N_("leads"),
    "mql": N_("MQL"),
    "sql": N_("SQL"),
    "handed_over": N_("handed to sales"),
    "customers": N_("customers"),
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
_MEANS = ("visitors_per_day", "page_views_per_day")  # of several days: no whole numbers
# What else they are called, without spaces and dashes.
_ALSO = {
    also: measure
    for measure, words in {
        "reach": "reached 触达 触达人数 触达数 看到 曝光 曝光量 曝光数",
        "views": "阅读 阅读数",
        "shares": "转发 转发数 分享 分享数",
        "signups": "signup signed_up registrations registered 报名 报名数 报名人数",
        "valid": "有效 有效报名 有效人数",
        "confirmed": "said_they_come 确认 确认数 确认人数 确认会来 确认到场",
        "attended": "came attendees attendance showed_up 到场 到场数 到场人数 签到 签到数 签到人数",
        "contacted": "回访到 已回访",
        "answered": "接通 接通数",
        "interested": "有意向 意向 意向数",
        "leads": "lead 线索 线索数",
        "handed_over": "handover handed_to_sales 转销售 转销售数 移交销售 转给销售",
        "customers": "customer won deals 客户 客户数 成交 成交数 成交客户 成交家数",
        "visitors": "visitor visits uv 访客 访客数 访问 访问数 访问人数 网站访客 网站访问",
        "visitors_per_day": "daily_visitors visits_per_day visits_a_day 日均访客 日均访客数"
        " 日均访问 日均uv 每天访客 每日访客 每天访客数 每日访客数",
        "province_visitors": "省内访客 省内访客数 本省访客 本省访客数",
        "page_views": "pv pageviews views_of_pages 浏览 浏览量 浏览数 页面浏览 页面浏览量"
        " 页面浏览数",
        "page_views_per_day": "daily_page_views 日均pv 日均浏览 日均浏览量 日均页面浏览 每天浏览"
        " 每天浏览量 每日浏览量",
        "followers": "follower 粉丝 粉丝数 新增粉丝 涨粉",
        "likes": "点赞 点赞数",
        "comments": "评论 评论数",
        "days": "天数 历时",
        "cities": "城市 城市数",
        "districts": "商圈 商圈数",
        "sessions": "场次 场数",
    }.items()
    for also in words.split()
}


def name_and_number(text: str) -> tuple[str, str] | None:
    """``signups=200``, ``线索：1.2万`` as its two parts; None where it is none of the kind."""
    name, sign, number = unicodedata.normalize("NFKC", text).replace(":", "=").partition("=")
    name = storable(" ".join(name.split()))
    return (name, number) if sign and name else None


def measure_of(words: str) -> str:
    """The measure that words name in either language; of none of them as they were typed, on one
    line."""
    plain = " ".join(words.split())
    return plain if plain in MEASURE_LABELS else named(plain, MEASURE_LABELS, _ALSO) or plain


def by_measure(typed: Mapping[str, float]) -> dict[str, float]:
    """Values under the names of their measures, whatever words they were typed in; where one stands
    under its name, too, that holds."""
    found = {measure_of(words): value for words, value in typed.items()}
    return {measure: typed.get(measure, value) for measure, value in found.items()}


def label(measure: str) -> Msg:
    known = MEASURE_LABELS.get(measure)
    return msg(known) if known else Msg("{text}", {"text": measure})


def counts_things(measure: str) -> bool:
    """Whether it can only be a whole number; one's own may be anything."""
    return measure in MEASURE_LABELS and measure not in _MEANS


def read_target(measure: str, text: str) -> float | None:
    """A target as it is typed, ``200`` or ``1.2万``; None where nothing is. Refused otherwise."""
    try:
        value = read_amount(text)
    except Refused:
        said = N_("“{text}” is no target for {measure}; write a number from 0 up: 200, 1.2k")
        raise Refused(msg(said, text=text.strip(), measure=label(measure)), field=measure) from None
    if value is None:
        return None
    check_whole(measure, float(value), measure)
    return float(value)


def check_whole(measure: str, value: float, field: str) -> None:
    """Refused for a part of what is counted one by one, and for fewer than none."""
    if counts_things(measure) and (value < 0 or value % 1):
        said = msg(N_("{figure} is a whole number from 0 up"), figure=label(measure))
        raise Refused(said, field=field)
