"""The capture line: what is understood, what stays in the text."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.dates.durations import duration_text, scan_duration
from opslog.domain.dates.moments import When
from opslog.domain.dates.workdays import mainland
from opslog.domain.daybook.capture import parse
from opslog.domain.daybook.capture_text import compose, marked, typing_at

NOW = datetime(2026, 11, 23, 10, 41, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
TODAY = NOW.date()


def test_the_whole_line() -> None:
    line = parse("14:30 回访王总，对方要报价 #回访 @上海沙龙 +王志刚 ~20m ! >周五", NOW, mainland)
    assert line.text == "回访王总，对方要报价"
    assert line.when == When(TODAY, time(14, 30), day_said=False)
    assert line.tags == ("回访",)
    assert line.event == "上海沙龙"
    assert line.people == ("王志刚",)
    assert line.minutes == 20
    assert line.flagged
    assert line.follow_ups == (When(date(2026, 11, 27)),)
    assert not line.problems


def test_full_width_marks_count() -> None:
    line = parse(
        "１４：３０　回访王总　＃回访　＠上海沙龙　＋王志刚　～20分钟　！　》周五", NOW, mainland
    )
    assert line == parse(line.source, NOW, mainland)
    assert (line.text, line.tags, line.event, line.people) == (
        "回访王总", ("回访",), "上海沙龙", ("王志刚",),
    )  # fmt: skip
    assert (line.minutes, line.flagged, line.follow_ups) == (20, True, (When(date(2026, 11, 27)),))
    assert line.when == When(TODAY, time(14, 30), day_said=False)


def test_chinese_written_without_spaces() -> None:
    line = parse("回访王总#回访@上海沙龙+王志刚~20m", NOW, mainland)
    assert line.text == "回访王总"
    assert (line.tags, line.event, line.people, line.minutes) == (
        ("回访",), "上海沙龙", ("王志刚",), 20,
    )  # fmt: skip


def test_names_with_spaces_stand_in_quotes() -> None:
    line = parse('met +"Li Wei" at @“AI + 制造 沙龙” #「重要 客户」', NOW, mainland)
    assert line.people == ("Li Wei",)
    assert line.event == "AI + 制造 沙龙"
    assert line.tags == ("重要 客户",)
    assert line.text == "met at"


@pytest.mark.parametrize(
    "text",
    [
        "mail bob@x.com now",
        "发到 王@qq.com",
        "great!",
        "!important",
        "a !b",
        "好的！谢谢",
        "wang+tag@x.com",
        "A+轮 融资",
        "3+2=5",
        "C# 开发",
        "打给 +8613800000000",
        "客户 #1",
        "~20 人参加",
        "~20人参加",
        "利润 > 5%",
        "读《增长》一书",
        '+"Li Wei',
        "20-30 人参加",
        "1/3 的客户没来",
        "3点建议",
        "10点20个客户",
        "周五 给王总报价",
        "明天 要交报告",
        "2026-12-05 上海沙龙日期定了",
        "https://x.com/#top",
        "#",
        "@ + ~ >",
    ],
)
def test_what_is_no_mark_stays_in_the_text(text: str) -> None:
    line = parse(text, NOW, mainland)
    assert line.text == text
    assert line.spans == ()


@pytest.mark.parametrize(
    ("text", "when", "rest"),
    [
        ("14:30 回访", When(TODAY, time(14, 30), day_said=False), "回访"),
        ("14:30，回访", When(TODAY, time(14, 30), day_said=False), "回访"),
        ("14:30回访", When(TODAY, time(14, 30), day_said=False), "回访"),
        ("下午3点回访王总", When(TODAY, time(15), day_said=False), "回访王总"),
        ("三点半 回访", When(TODAY, time(15, 30), day_said=False), "回访"),
        ("昨天 14:30 去了现场", When(date(2026, 11, 22), time(14, 30)), "去了现场"),
        ("yesterday 2:30pm went there", When(date(2026, 11, 22), time(14, 30)), "went there"),
        ("周五 14:30 补记", When(date(2026, 11, 20), time(14, 30)), "补记"),
        ("11-20 9:00 补记", When(date(2026, 11, 20), time(9)), "补记"),
        ("明天 14:30 上海沙龙", When(date(2026, 11, 24), time(14, 30)), "上海沙龙"),
        ("昨天 拜访了王总", When(date(2026, 11, 22)), "拜访了王总"),
        ("半小时前 打过电话", When(TODAY, time(10, 11)), "打过电话"),
        ("! #直播 14:30 日期定了", When(TODAY, time(14, 30), day_said=False), "日期定了"),
    ],
)
def test_the_leading_time(text: str, when: When, rest: str) -> None:
    line = parse(text, NOW, mainland)
    assert line.when == when
    assert line.text == rest


def test_a_span_of_time_gives_its_minutes() -> None:
    line = parse("14:30-15:15 例会", NOW, mainland)
    assert (line.minutes, line.text) == (45, "例会")
    assert parse("14:30-15:15 例会 ~1h", NOW, mainland).minutes == 60


@pytest.mark.parametrize(
    ("mark", "when"),
    [
        (">fri", When(date(2026, 11, 27))),
        (">+3d", When(date(2026, 11, 26))),
        (">12-05", When(date(2026, 12, 5))),
        (">下周一", When(date(2026, 11, 30))),
        (">明天下午3点", When(date(2026, 11, 24), time(15))),
        (">tomorrow 3pm", When(date(2026, 11, 24), time(15))),
        (">next monday", When(date(2026, 11, 30))),
    ],
)
def test_follow_ups(mark: str, when: When) -> None:
    line = parse(f"给 {mark} 报价", NOW, mainland)
    assert line.follow_ups == (when,)
    assert line.text == "给 报价"


def test_an_impossible_date_is_pointed_out_and_stays() -> None:
    line = parse("报价 >11-31", NOW, mainland)
    assert line.text == "报价 >11-31"
    assert line.follow_ups == ()
    [problem] = line.problems
    assert "no day 31 in November" in str(problem.message)
    assert line.source[problem.start : problem.end] == ">11-31"


def test_marks_put_back_stand_where_they_stood() -> None:
    line = parse("去 @某会 见 +王总 #拜访", NOW, mainland)
    assert line.text_with(line.of("event")) == "去 @某会 见"


def test_a_word_said_twice_counts_once() -> None:
    line = parse("x #EDM #edm +王 +王", NOW, mainland)
    assert line.tags == ("EDM",)
    assert line.people == ("王",)


PIECES = [
    "#回访",
    "@沙龙",
    "+王志刚",
    "~20m",
    "!",
    ">周五",
    ">11-31",
    "14:30",
    "昨天",
    " ",
    "　",
    "回访",
]
PIECES += [
    "＃",
    "＠",
    "“",
    "”",
    '"',
    "a@b.com",
    "，",
    "+",
    "~",
    "-",
    "15:00",
    "3点",
    "#1",
    "》",
    "x",
]
lines = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
)


@settings(deadline=None)  # a busy machine is no failure
@given(lines)
def test_no_character_is_lost(source: str) -> None:
    line = parse(source, NOW, mainland)
    position, outside = 0, ""
    for span in line.spans:
        assert position <= span.start < span.end <= len(source)
        outside += source[position : span.start]
        position = span.end
    outside += source[position:]
    assert "".join(outside.split()) == "".join(line.text.split())
    assert "".join(line.text_with(line.spans).split()) == "".join(source.split())


words = st.text(st.sampled_from("回访王总abc 3-'.·/“”(x)"), min_size=1, max_size=8).filter(
    lambda word: word.strip() == word and word[0].isalpha() and '"' not in word
)
whens = st.builds(
    When,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.one_of(st.none(), st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    st.just(True),
)


@settings(deadline=None)  # a busy machine is no failure
@given(
    at=st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 25)),
    text=st.text(st.sampled_from("回访王总 abc，3点12-05昨天"), max_size=15).map(str.strip),
    tags=st.lists(words, max_size=2, unique_by=str.casefold),
    event=st.one_of(st.just(""), words),
    people=st.lists(words, max_size=2, unique_by=str.casefold),
    minutes=st.one_of(st.none(), st.integers(1, 7 * 24 * 60)),
    flagged=st.booleans(),
    follow_ups=st.lists(whens, max_size=2, unique=True),
)
def test_a_line_composed_again_reads_the_same(
    at: datetime,
    text: str,
    tags: list[str],
    event: str,
    people: list[str],
    minutes: int | None,
    flagged: bool,
    follow_ups: list[When],
) -> None:
    at = at.replace(second=0, microsecond=0, tzinfo=NOW.tzinfo)
    line = parse(
        compose(
            at=at, text=text, now=NOW, tags=tags, event=event, people=people, minutes=minutes,
            flagged=flagged, follow_ups=follow_ups,
        ),
        NOW,
        mainland,
        standing=follow_ups,
    )  # fmt: skip
    assert line.when is not None
    assert (line.when.day, line.when.time) == (at.date(), at.time())
    assert "".join(line.text.split()) == "".join(text.split())
    assert (line.tags, line.event, line.people) == (tuple(tags), event, tuple(people))
    assert (line.minutes, line.flagged) == (minutes, flagged)
    assert line.follow_ups == tuple(follow_ups)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20m", 20),
        ("1h30", 90),
        ("1h30m", 90),
        ("1.5h", 90),
        ("2 hours", 120),
        ("20分钟", 20),
        ("二十分钟", 20),
        ("半小时", 30),
        ("半个小时", 30),
        ("一个半小时", 90),
        ("2小时半", 150),
        ("1小时20分", 80),
        ("三刻钟", 45),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert scan_duration(text) == (len(text), minutes)


def test_a_number_alone_is_no_duration() -> None:
    assert scan_duration("20") is None
    assert scan_duration("0m") is None
    assert scan_duration("9999h") is None


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(1, 7 * 24 * 60))
def test_durations_read_back(minutes: int) -> None:
    assert scan_duration(duration_text(minutes)) == (len(duration_text(minutes)), minutes)


def test_the_word_being_typed() -> None:
    source = '回访 @上海 +"Li W'
    typing = typing_at(source, 6)
    assert typing is not None
    assert (typing.start, typing.sigil, typing.prefix) == (3, "@", "上海")
    typing = typing_at(source, len(source))
    assert typing is not None
    assert (typing.sigil, typing.prefix) == ("+", "Li W")
    assert typing_at(source, 2) is None
    assert typing_at("a@b", 3) is None
    assert typing_at("＃回", 2) is not None
    assert typing_at("王总#", 3) is not None


def test_marks_are_quoted_only_where_they_must() -> None:
    assert marked("@", "上海沙龙") == "@上海沙龙"
    assert marked("+", "Li Wei") == '+"Li Wei"'
    assert marked("@", 'the "big" one') == '@“the "big" one”'
