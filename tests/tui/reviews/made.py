"""A review made by hand, with a picture of every kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from opslog.domain.events.events import EventCard, EventRow
from opslog.domain.reviews.numbers import CENTS, MINUTES, TOUCH, Number
from opslog.domain.reviews.pictures import At, Bar, Bars, Cell, Curve, Heat, Lines, Part, Series
from opslog.domain.reviews.review import Compared, Proposal, Review
from opslog.locale import Msg

CARD = "person"


def said(text: str) -> Msg:
    return Msg("{text}", {"text": text})


def number(key: str, label: str, value: float | None, **more: Any) -> Number:
    return Number(key, said(label), value, CARD)._replace(**more)


def funnel() -> Bars:
    def stage(key: str, label: str, value: float | None, **more: Any) -> Number:
        return number(f"funnel.{key}", label, value, **more)

    left = (
        number("funnel.valid.left.twice", "重复", 8),
        number("funnel.valid.left.phone", "电话无效", 3),
    )
    gone = (
        number("funnel.came.left.trip", "临时出差", 8),
        number("funnel.came.left.clash", "时间冲突", 5),
        number("funnel.came.left.silent", "没说", 4),
    )
    guests = (number("funnel.came.joined", "现场来的", 4),)
    return Bars(
        "funnel",
        said("从看到到转出"),
        (
            Bar(stage("reached", "看到", 3260, kind=""), broken=True),
            Bar(stage("signed_up", "报名", 123, of=3260, of_label=said("看到"), compared=111)),
            Bar(stage("valid", "有效", 112, of=123, of_label=said("报名")), left),
            Bar(stage("confirmed", "确认会来", 84, of=112, of_label=said("有效"), compared=90)),
            Bar(stage("came", "到场", 71, of=84, of_label=said("确认"), look="good"), gone, guests),
            Bar(stage("contacted", "接通", 58, of=71, of_label=said("到场"))),
            Bar(stage("interested", "有意向", 26, of=58, of_label=said("接通"))),
            Bar(stage("lead", "线索", 12, of=26, of_label=said("有意向"), look="good")),
            Bar(stage("handed_over", "转销售", 7, of=12, of_label=said("线索"))),
            Bar(stage("won", "成交", None, why=said("还没有结果"))),
        ),
        funnel=True,
    )


def card() -> EventCard:
    day = datetime(2026, 11, 22, 6, tzinfo=UTC)
    event = "conference", "own", "form", "all"
    row = EventRow(
        1, "杭州制造业数字化大会", *event, day, day, "杭州", "杭州大会", None, 34, 27, 3, 0
    )
    return EventCard(row, "", "", None, None, None, None, "", day, {}, 123)


def of(card: EventCard, now: datetime) -> Review:
    rates = Bars(
        "show_up",
        said("到场率"),
        (
            Bar(number("show_up.confirmed", "到场", 67, of=84, of_label=said("确认"))),
            Bar(number("show_up.signed_up", "到场", 71, of=123, of_label=said("报名"))),
        ),
    )

    def aim(key: str, label: str, value: float, target: float, look: str, **more: Any) -> Bar:
        return Bar(number(f"target.{key}", label, value, target=target, look=look, **more))

    targets = Bars(
        "targets",
        said("目标和结果"),
        (
            aim("signups", "报名", 123, 120, "good"),
            aim("attended", "到场", 71, 80, "warn"),
            aim("leads", "线索", 12, 10, "good"),
            aim("sales", "转销售", 7, 8, "warn"),
            aim("cost", "花费", 61_000_00, 70_000_00, "good", unit=CENTS),
        ),
    )
    worth = Bars(
        "worth",
        said("花得值吗"),
        tuple(
            Bar(
                number(f"worth.{key}", label, actual * 100, unit=CENTS, compared=was * 100),
                more=(number(f"worth.{key}.planned", label, plan * 100, unit=CENTS),),
            )
            for key, label, actual, plan, was in (
                ("signup", "每个报名", 496, 583, 540),
                ("came", "每位到场", 859, 875, 790),
                ("lead", "每条线索", 5083, 7000, 6900),
            )
        ),
        columns=(said("这场"), said("计划")),
    )
    points = [0, 0, 0, 4, 9, 12, 20, 31, 44, 52, 60, 75, 88, 97, 106, 114, 121, 123]
    before = [0, 2, 5, 9, 15, 22, 29, 36, 43, 55, 62, 70, 80, 89, 97, 103, 108, 111]
    curve = Curve(
        "curve",
        said("报名是怎么来的"),
        (
            Series(said("这场"), tuple(zip(range(-17, 1), points, strict=True))),
            Series(said("春季大会"), tuple(zip(range(-17, 1), before, strict=True)), compared=True),
        ),
        marks=((-10, said("第一轮邮件")), (-4, said("第二轮"))),
        ticks=((-17, said("T-17")), (-10, said("T-10")), (-4, said("T-4")), (0, said("T"))),
        steps=True,
        numbers=tuple(
            At(x, number(f"curve.{x}", f"T{x}", now - was))
            for x, was, now in zip(range(-17, 1), [0, *points], points, strict=False)
            if now > was
        ),
        total=number("curve.dated", "有报名时间的", 123),
        undated=number("curve.undated", "没有报名时间的", 5),
        note=said("另外 5 人不知道是哪天"),
    )
    channels = Bars(
        "channels",
        said("从哪里来"),
        tuple(
            Bar(
                number(f"channel.{key}.signups", label, signed),
                more=(
                    number(f"channel.{key}.came", label, came),
                    number(f"channel.{key}.leads", label, leads),
                ),
            )
            for key, label, signed, came, leads in (
                ("edm", "邮件", 48, 31, 6),
                ("invited", "同事邀请", 33, 24, 5),
                ("moments", "朋友圈", 28, 11, 1),
                ("sms", "短信", 14, 5, 0),
            )
        ),
        columns=(said("报名"), said("到场"), said("线索")),
    )
    not_coming = Bars(
        "not_coming",
        said("为什么没来"),
        (
            Bar(number("not_coming.trip", "临时出差", 8)),
            Bar(number("not_coming.clash", "时间冲突", 5)),
            Bar(number("not_coming.silent", "没说", 4)),
        ),
        note=said("确认了没来的 17 人"),
    )
    hours = Heat(
        "hours",
        said("什么时候打得通"),
        tuple(map(said, ("周一", "周二", "周三", "周四", "周五"))),
        tuple(said(str(hour)) for hour in range(9, 19)),
        tuple(
            Cell(
                day,
                hour,
                part,
                tried,
                number(f"hours.{day}.{hour}", f"{hour + 9} 点", part, of=tried, kind=TOUCH),
            )
            for day in range(5)
            for hour in range(10)
            if (tried := (day * 7 + hour * 5) % 12) > 2
            for part in [(day + hour * 3) % (tried + 1)]
        ),
    )
    weeks = Curve(
        "weeks",
        said("每周打了多少"),
        (
            Series(said("电话"), ((0, 12), (1, 40), (2, 57), (3, 33))),
            Series(said("接通"), ((0, 5), (1, 22), (2, 39), (3, 25))),
        ),
        ticks=((0, said("11-02")), (1, said("11-09")), (2, said("11-16")), (3, said("11-23"))),
        numbers=tuple(
            At(x, number(f"weeks.{x}.{what}", what, value, kind=TOUCH))
            for x, both in enumerate(((12, 5), (40, 22), (57, 39), (33, 25)))
            for what, value in zip(("电话", "接通"), both, strict=True)
        ),
    )
    time = Bars(
        "time",
        said("时间花在哪里"),
        (
            Bar(number("time.calls", "#电话", 640, unit=MINUTES, kind="log")),
            Bar(number("time.posters", "#海报", 215, unit=MINUTES, kind="log")),
        ),
    )
    words = Lines(
        "words",
        said("客户说了什么"),
        (
            ("王志刚", "对方要报价，下周三之前；还问了能不能接他们自己的 MES 系统"),
            ("李雪", "太远了"),
        ),
    )
    pdca = Lines("pdca", said("ATM-PDCA"), (), empty=said("还没有写；e 写第一句"))
    five = Lines(
        "five",
        said("五问"),
        (
            ("✓", said("形式合适")),
            ("✓", said("点名名单 40 家，来了 17")),
            ("!", said("预热晚 2 天")),
            ("✓", said("合作方")),
            ("?", said("备用方案：没有回答")),
        ),
    )
    return Review(
        card,
        now,
        (
            said("来了 71 人，目标 80；线索 12，超过目标 2 条。"),
            said("少的 9 人，主要丢在提醒：18 人没打到电话，只来了 4 位"),
        ),
        (
            Part(said("从看到到转出"), (funnel(), rates)),
            Part(said("目标"), (targets, worth)),
            Part(said("来源"), (curve, channels)),
            Part(said("没来"), (not_coming,)),
            Part(said("电话"), (hours, weeks, words)),
            Part(said("时间"), (time,)),
            Part(said("ATM-PDCA"), (pdca, five)),
        ),
        (
            Proposal(
                "late.posters",
                said("海报早 2 天开始：T-10 → T-12"),
                said("5 场里 4 场晚了 2 天"),
                "-days = -10\n+days = -12",
            ),
            Proposal(
                "split.calls",
                said("提醒电话分两天打：T-2、T-1"),
                said("57 通一天打不完，18 人没打到"),
            ),
            Proposal(
                "moments",
                said("朋友圈只发一轮，省下的做同事邀请"),
                said("28 人报名，线索 1；邀请 33 人，线索 5"),
            ),
        ),
        Compared("2", said("春季大会 04-18"), 2),
    )
