"""Reviews made by hand, for whatever draws them: a conference with one of everything, and the
awkward ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from opslog.domain.events.events import EventCard, EventRow
from opslog.domain.reviews.numbers import CENTS, MINUTES, TOUCH, Number
from opslog.domain.reviews.pictures import (
    Bar,
    Bars,
    Cell,
    Curve,
    Heat,
    Lines,
    Part,
    Picture,
    Series,
)
from opslog.domain.reviews.review import Compared, Proposal, Review
from opslog.locale import Msg, titled

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
NAME = "杭州制造业数字化大会"


def event(name: str = NAME) -> EventCard:
    row = EventRow(
        id=3,
        name=name,
        kind="conference",
        host="own",
        list="form",
        audience="all",
        starts_at=START,
        ends_at=START + timedelta(hours=7),
        place="杭州国际博览中心",
        tag="大会",
        cancelled_at=None,
        steps=24,
        done=22,
        late=1,
        missed=1,
    )
    return EventCard(
        row=row,
        segment="",
        theme="",
        budget_cents=7_000_000,
        reach=3260,
        views=None,
        shares=None,
        note="",
        created_at=START - timedelta(days=30),
        targets={"signups": 120.0, "attended": 80.0},
        people=123,
    )


def review(
    *pictures: Picture, name: str = NAME, verdict: Sequence[Msg] = (), heading: str = "Part"
) -> Review:
    """Of these pictures alone."""
    parts = (Part(Msg(heading), pictures),) if pictures else ()
    return Review(event(name), START + timedelta(days=12), tuple(verdict), parts, (), None)


def _number(key: str, english: str, chinese: str, value: float | None, **more: object) -> Number:
    return Number(key, titled(english, chinese), value, **more)  # type: ignore[arg-type]


_STAGES = (
    ("reached", "Reached", "看到", 3260, ()),
    ("signed_up", "Signed up", "报名", 123, ()),
    ("valid", "Valid", "有效", 112, (("Competitor", "竞争对手", 4), ("Twice", "重复报名", 7))),
    (
        "confirmed",
        "Confirmed",
        "确认会来",
        84,
        (("Not called", "没打到电话", 18), ("No time", "时间冲突", 10)),
    ),
    (
        "came",
        "Came",
        "到场",
        71,
        (("Travelling", "临时出差", 8), ("Other plans", "时间冲突", 5), ("Not said", "没说", 4)),
    ),
    ("answered", "Answered", "接通", 58, (("No answer", "没接", 13),)),
    ("interested", "Interested", "有意向", 26, (("Not interested", "没有意向", 32),)),
    ("lead", "Leads", "线索", 12, (("Too early", "时机未到", 14),)),
    ("handed_over", "Handed over", "转销售", 7, (("Waits", "还没转", 5),)),
)


def _funnel() -> Bars:
    bars: list[Bar] = []
    above: tuple[float, Msg] | None = None
    for key, english, chinese, count, left in _STAGES:
        number = _number(
            f"funnel.{key}",
            english,
            chinese,
            count,
            kind=TOUCH,
            of=above[0] if above else None,
            of_label=above[1] if above else None,
        )
        gone = tuple(
            _number(f"funnel.{key}.left{at}", en, zh, n, kind=TOUCH)
            for at, (en, zh, n) in enumerate(left)
        )
        came_beside = (_number("funnel.came.walk_ins", "Walk-ins", "现场来的", 4, kind=TOUCH),)
        joined = came_beside if key == "came" else ()
        before = bars[-1].number.key if bars else ""
        bars.append(Bar(number, gone, joined, broken=key == "reached", before=before))
        above = (count, number.label)
    bars.append(
        Bar(
            _number(
                "funnel.won",
                "Won",
                "成交",
                None,
                why=titled("nothing heard of them yet", "还没有销售反馈"),
            )
        )
    )
    return Bars(
        "funnel",
        titled("From seen to handed over", "从看到到转出"),
        tuple(bars),
        funnel=True,
        note=titled("“Reached” is not to scale.", "「看到」不按比例。"),
    )


def conference() -> Review:
    """One of everything, as a whole event has it."""
    targets = Bars(
        "targets",
        titled("Targets", "目标和结果"),
        (
            Bar(_number("target.signups", "Sign-ups", "报名", 123, target=120, look="good")),
            Bar(_number("target.attended", "Attended", "到场", 71, target=80, look="warn")),
            Bar(_number("target.leads", "Leads", "线索", 12, target=10, look="good")),
            Bar(_number("target.won", "Customers", "成交客户", 0, target=0)),
            Bar(_number("target.budget", "Spent", "花费", 6_100_000, unit=CENTS, target=7_000_000)),
        ),
    )
    show_up = Bars(
        "show_up",
        titled("Show-up", "到场率"),
        (
            Bar(
                _number(
                    "show_up.confirmed",
                    "Of confirmed",
                    "确认的到场率",
                    67,
                    of=84,
                    of_label=titled("confirmed", "确认"),
                )
            ),
            Bar(
                _number(
                    "show_up.signed_up",
                    "Of signed up",
                    "报名的到场率",
                    71,
                    of=123,
                    of_label=titled("signed up", "报名"),
                )
            ),
        ),
    )
    worth = Bars(
        "worth",
        titled("Was it worth it", "花得值吗"),
        (
            Bar(
                _number(
                    "worth.signup", "Per sign-up", "每个报名", 49_593, unit=CENTS, compared=54_000
                )
            ),
            Bar(
                _number(
                    "worth.attendee",
                    "Per attendee",
                    "每位到场",
                    85_915,
                    unit=CENTS,
                    compared=79_000,
                )
            ),
            Bar(
                _number(
                    "worth.customer",
                    "Per customer",
                    "每个成交",
                    None,
                    unit=CENTS,
                    why=titled("nobody won yet", "还没有成交"),
                )
            ),
        ),
    )
    channels = Bars(
        "channels",
        titled("Channels", "从哪里来"),
        tuple(
            Bar(
                _number(f"channel.{key}", english, chinese, signups, kind=TOUCH),
                more=(
                    _number(f"channel.{key}.came", "Came", "到场", came, kind=TOUCH, of=signups),
                    _number(f"channel.{key}.leads", "Leads", "线索", leads, kind=TOUCH, of=came),
                    _number(
                        f"channel.{key}.cost",
                        "Cost",
                        "花费",
                        cost,
                        unit=CENTS,
                        why=titled("not typed in", "没填") if cost is None else None,
                    ),
                ),
            )
            for key, english, chinese, signups, came, leads, cost in (
                ("edm", "E-mail", "邮件", 48, 31, 6, 800_00),
                ("internal", "Colleagues", "同事邀请", 33, 24, 5, None),
                ("moments", "Moments", "朋友圈", 28, 11, 1, 3_000_00),
                ("sms", "SMS", "短信", 14, 5, 0, 420_50),
            )
        ),
        columns=(
            titled("Sign-ups", "报名"),
            titled("Came", "到场"),
            titled("Leads", "线索"),
            titled("Cost", "花费"),
        ),
    )
    days = (0, 2, 5, 5, 9, 14, 30, 34, 36, 41, 52, 58, 60, 75, 92, 110, 119, 123)
    before = (0, 4, 8, 15, 16, 16, 22, 28, 40, 44, 49, 60, 66, 70, 78, 90, 104, 118)
    curve = Curve(
        "curve",
        titled("How sign-ups came", "报名是怎么来的"),
        (
            Series(titled("this event", "这场"), tuple(enumerate(days, -17))),
            Series(titled("春季大会", "春季大会"), tuple(enumerate(before, -17)), compared=True),
        ),
        marks=(
            (-11, titled("first e-mail", "第一轮邮件")),
            (-10, titled("Moments", "朋友圈")),
            (-4, titled("second e-mail", "第二轮邮件")),
        ),
        ticks=tuple((x, Msg(f"T{x}" if x else "T")) for x in range(-17, 1)),
        steps=True,
    )
    weekdays = [
        titled(en, zh)
        for en, zh in (
            ("Mon", "周一"),
            ("Tue", "周二"),
            ("Wed", "周三"),
            ("Thu", "周四"),
            ("Fri", "周五"),
        )
    ]
    hours = Heat(
        "hours",
        titled("Calls reached by weekday and hour", "哪天几点打得通"),
        tuple(weekdays),
        tuple(Msg(f"{hour}:00") for hour in range(9, 18)),
        tuple(
            Cell(
                row,
                column,
                part,
                of,
                Number(f"hours.{row}.{column}", weekdays[row], part, TOUCH, of=of),
            )
            for row in range(5)
            for column in range(9)
            if (of := (row * 7 + column * 5) % 13)
            for part in [min(of, (row + column * 2) % 9)]
        ),
        note=titled("reached of tried", "接通 / 拨打"),
    )
    weeks = Curve(
        "weeks",
        titled("Calls by week", "每周电话"),
        (
            Series(titled("calls", "拨打"), ((0, 64.0), (1, 122.0), (2, 41.0))),
            Series(titled("reached", "接通"), ((0, 40.0), (1, 70.0), (2, 18.0))),
        ),
        ticks=((0, Msg("11-09")), (1, Msg("11-16")), (2, Msg("11-23"))),
    )
    words = Lines(
        "words",
        titled("What people said", "客户的话"),
        (
            ("王志刚", "<b>想看 MES 案例</b>"),
            ("", '=HYPERLINK("http://x")'),
            ("李 & 周", "第一行\n第二行"),
        ),
    )
    answers = Bars(
        "answers.budget",
        titled("Is there a budget?", "今年有预算吗？"),
        (
            Bar(
                _number(
                    "answers.budget.yes",
                    "yes",
                    "有",
                    9,
                    of=26,
                    of_label=titled("interested", "有意向"),
                )
            ),
            Bar(
                _number(
                    "answers.budget.no",
                    "no",
                    "没有",
                    6,
                    of=26,
                    of_label=titled("interested", "有意向"),
                )
            ),
        ),
    )
    time = Bars(
        "time",
        titled("Time by tag", "时间花在哪"),
        (
            Bar(_number("time.calls", "#calls", "#电话", 1240, unit=MINUTES)),
            Bar(_number("time.writing", "#writing", "#写文案", 310, unit=MINUTES)),
        ),
    )
    five = Lines(
        "five",
        titled("Five questions", "五问"),
        (),
        empty=titled("Not asked before this event.", "活动前没有问过。"),
    )
    figures = Bars(
        "figures",
        titled("From elsewhere", "别处的数"),
        (
            Bar(
                _number(
                    "figure.1",
                    "Site visitors",
                    "网站访客",
                    8108,
                    note=titled("-9.9% on the month before (GA)", "比上月 -9.9%（GA）"),
                )
            ),
            Bar(
                _number(
                    "figure.2",
                    "Page views",
                    "页面浏览",
                    204_000,
                    note=titled("-20.1% on the month before (GA)", "比上月 -20.1%（GA）"),
                )
            ),
        ),
    )
    return Review(
        event(),
        START + timedelta(days=12, hours=7),
        (
            titled(
                "71 came, target 80; 12 leads, 2 above target.",
                "来了 71 人，目标 80；线索 12，超过目标 2 条。",
            ),
            titled(
                "The 9 were lost in reminding: 18 were not reached, 4 of them came.",
                "少的 9 人，主要丢在提醒：18 人没打到电话，只来了 4 位。",
            ),
        ),
        (
            Part(titled("From seen to handed over", "从看到到转出"), (_funnel(), show_up)),
            Part(titled("Aim and result", "目标和结果"), (targets, worth, figures)),
            Part(titled("Where they came from", "从哪里来"), (curve, channels)),
            Part(titled("Calls", "电话"), (hours, weeks, answers, words)),
            Part(titled("Time", "时间"), (time,)),
            Part(titled("ATM-PDCA", "ATM-PDCA"), (five,)),
        ),
        (
            Proposal(
                "posters",
                titled("Posters two days earlier: T-10 → T-12", "海报早 2 天开始：T-10 → T-12"),
                titled("two days late in 4 of 5 events", "5 场里 4 场晚了 2 天"),
                "- days = -10\n+ days = -12",
                1,
                "accepted",
            ),
            Proposal(
                "reminders",
                titled("Reminders on two days", "提醒电话分两天打：T-2、T-1"),
                titled("57 calls do not fit one day", "57 通一天打不完"),
            ),
        ),
        Compared("1", titled("Spring conference", "春季大会"), 1),
        (
            titled(
                "Badges printed a day before: from the review of 春季大会",
                "胸牌提前一天印：来自春季大会的复盘",
            ),
        ),
    )
