"""What people write for a day and a time, and what it means.

Most cases count from Wednesday 2026-11-18, 10:41, so that this week has both sides.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.dates import wording
from opslog.domain.dates.day_forms import _forms
from opslog.domain.dates.day_values import Prefer
from opslog.domain.dates.moments import _FIRST, When, read_when, scan_when
from opslog.domain.dates.wording import near_moment
from opslog.domain.dates.workdays import mainland

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 41, 30, tzinfo=SHANGHAI)


def read(text: str, prefer: Prefer = "future", now: datetime = NOW) -> str:
    when = read_when(text, now, mainland, prefer)
    if when is None:
        return "nothing"
    return f"{when.day:%m-%d}" + (f" {when.time:%H:%M}" if when.time else "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-05", "12-05"),
        ("2026/12/5", "12-05"),
        ("2026.12.05", "12-05"),
        ("20261205", "12-05"),
        ("12-05", "12-05"),
        ("12/5", "12-05"),
        ("１２／５", "12-05"),
        ("12月5日", "12-05"),
        ("12月5号", "12-05"),
        ("十二月五日", "12-05"),
        ("2026年12月5日", "12-05"),
        ("26年12月5日", "12-05"),
        ("5号", "12-05"),
        ("25号", "11-25"),
        ("二十五号", "11-25"),
        ("下个月5号", "12-05"),
        ("本月20号", "11-20"),
        ("月底", "11-30"),
        ("下月底", "12-31"),
        ("5 dec", "12-05"),
        ("Dec 5", "12-05"),
        ("december 5th", "12-05"),
        ("5th of December 2026", "12-05"),
    ],
)
def test_days_of_the_calendar(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("今天", "11-18"),
        ("明天", "11-19"),
        ("后天", "11-20"),
        ("大后天", "11-21"),
        ("昨天", "11-17"),
        ("前天", "11-16"),
        ("大前天", "11-15"),
        ("today", "11-18"),
        ("Tomorrow", "11-19"),
        ("day after tomorrow", "11-20"),
        ("yesterday", "11-17"),
        ("三天后", "11-21"),
        ("3天后", "11-21"),
        ("３天之后", "11-21"),
        ("十天以后", "11-28"),
        ("两周后", "12-02"),
        ("2个星期后", "12-02"),
        ("一个月后", "12-18"),
        ("半个月后", "12-03"),
        ("半年后", "05-18"),
        ("三天前", "11-15"),
        ("+3d", "11-21"),
        ("+2w", "12-02"),
        ("+1mo", "12-18"),
        ("+1y", "11-18"),
        ("-7d", "11-11"),
        ("＋３天", "11-21"),
        ("in 3 days", "11-21"),
        ("in two weeks", "12-02"),
        ("a week ago", "11-11"),
        ("3 days from now", "11-21"),
    ],
)
def test_days_counted_from_today(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("周五", "11-20"),
        ("周三", "11-25"),  # today is one; planned, it is the next
        ("周一", "11-23"),
        ("礼拜三", "11-25"),
        ("星期天", "11-22"),
        ("这周日", "11-22"),
        ("这周一", "11-16"),
        ("本周五", "11-20"),
        ("下周一", "11-23"),
        ("下周五", "11-27"),
        ("下个星期三", "11-25"),
        ("下下周三", "12-02"),
        ("上周五", "11-13"),
        ("上上周五", "11-06"),
        ("下周", "11-23"),
        ("fri", "11-20"),
        ("Friday", "11-20"),
        ("wed", "11-25"),
        ("next monday", "11-23"),
        ("next friday", "11-27"),
        ("this friday", "11-20"),
        ("last friday", "11-13"),
        ("last tuesday", "11-17"),
        ("next week", "11-23"),
    ],
)
def test_weekdays(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15:30", "15:30"),
        ("15：30", "15:30"),
        ("9:05", "09:05"),
        ("3pm", "15:00"),
        ("3:30 pm", "15:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("noon", "12:00"),
        ("上午9点", "09:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("下午3点半", "15:30"),
        ("下午三点一刻", "15:15"),
        ("三点一刻", "15:15"),  # spoken without a part of the day: the working day
        ("九点三刻", "09:45"),
        ("下午3:30", "15:30"),
        ("晚上8点", "20:00"),
        ("十点二十", "10:20"),
        ("10点05", "10:05"),
        ("三点零五分", "15:05"),
        ("15点", "15:00"),
        ("凌晨2点", "02:00"),
        ("下午", "14:00"),
        ("半小时后", "11:11"),
        ("2小时后", "12:41"),
        ("一个半小时后", "12:11"),
        ("+2h", "12:41"),
        ("+30min", "11:11"),
        ("+30m", "11:11"),
        ("in half an hour", "11:11"),
    ],
)
def test_times_of_today(text: str, meant: str) -> None:
    assert read(text) == f"11-18 {meant}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明天下午3点", "11-19 15:00"),
        ("明天 15:30", "11-19 15:30"),
        ("明天的9点", "11-19 09:00"),
        ("明早九点", "11-19 09:00"),
        ("今晚8点", "11-18 20:00"),
        ("今晚12点", "11-19 00:00"),
        ("周五晚上8点", "11-20 20:00"),
        ("下周三下午两点", "11-25 14:00"),
        ("三天后下午3点", "11-21 15:00"),
        ("12月5日（周六）14:00", "12-05 14:00"),
        ("12-05下午3点", "12-05 15:00"),
        ("tomorrow 3pm", "11-19 15:00"),
        ("tomorrow at 3:30 pm", "11-19 15:30"),
        ("3pm tomorrow", "11-19 15:00"),
        ("fri 9:00", "11-20 09:00"),
        ("2026-12-05T14:00", "12-05 14:00"),
        ("2026-12-05T06:00:00Z", "12-05 14:00"),
        ("2026-12-05T14:00+08:00", "12-05 14:00"),
    ],
)
def test_day_and_time_together(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("31 November", "no day 31 in November, it has 30"),
        ("November 31", "no day 31 in November"),
        ("11月31日", "no day 31 in November"),
        ("11-31", "no day 31 in November"),
        ("2026-02-30 10:00", "no day 30 in February"),
        ("2026-13-01", "no month 13"),
        ("2027-02-29", "2027 has no 29 February"),
        ("31号", "no day 31 in November"),
        ("25:00", "no such time of day"),
        ("14:75", "no such time of day"),
        ("明天 24:00", "no such time of day"),
        ("13pm", "no such time of day"),
        ("12月5日（周五）", "2026-12-05 is a Saturday, not a Friday"),
        ("+9999y", "out of reach"),
        ("0001-01-01", "the year 1 is out of reach"),
    ],
)
def test_what_does_not_exist_is_named_never_moved(text: str, wrong: str) -> None:
    with pytest.raises(Refused, match=wrong) as refusal:
        read_when(text, NOW, mainland)
    assert text in str(refusal.value)


def test_what_is_wrong_is_said_in_chinese() -> None:
    locale.set_language("zh_CN")
    with pytest.raises(Refused, match="11月只有30天，没有31日"):
        read_when("11月31日", NOW, mainland)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "hello", "3个", "三四天后", "周报", "一", "5号楼", "friend", "12-05 x", "marathon"],
)
def test_what_says_no_date(text: str) -> None:
    assert read_when(text, NOW, mainland) is None


@pytest.mark.parametrize(
    ("text", "prefer", "meant"),
    [
        ("11-10", "future", date(2027, 11, 10)),
        ("11-10", "past", date(2026, 11, 10)),
        ("12-05", "past", date(2025, 12, 5)),
        ("12-05", "log", date(2026, 12, 5)),  # nearest
        ("周五", "past", date(2026, 11, 13)),
        ("周三", "log", date(2026, 11, 18)),
        ("25号", "past", date(2026, 10, 25)),
        ("2月29日", "past", None),
    ],
)
def test_days_without_a_year_follow_their_use(
    text: str, prefer: Prefer, meant: date | None
) -> None:
    if meant is None:
        with pytest.raises(Refused):
            read_when(text, NOW, mainland, prefer)
        return
    when = read_when(text, NOW, mainland, prefer)
    assert when is not None
    assert when.day == meant


def test_a_month_on_ends_with_the_month() -> None:
    end_of_january = datetime(2027, 1, 31, 9, 0, tzinfo=SHANGHAI)
    assert read("一个月后", now=end_of_january) == "02-28"


def test_hours_pass_through_the_change_of_clocks() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    when = read_when("+3h", before, mainland)
    assert when is not None
    assert when.time == time(3, 30)


def test_a_time_alone_does_not_claim_a_day() -> None:
    when = read_when("15:30", NOW, mainland)
    assert when == When(date(2026, 11, 18), time(15, 30), day_said=False)


def test_scanning_takes_the_longest_that_begins_here() -> None:
    found = scan_when("写于 明天下午3点 的会", 3, NOW, mainland)
    assert found is not None
    assert found.end == len("写于 明天下午3点")


WORDS = [
    "12",
    "-",
    "05",
    "月",
    "日",
    "号",
    "下",
    "周",
    "五",
    "天",
    "后",
    "半",
    "点",
    ":",
    "pm",
    "next",
]
WORDS += [
    "fri",
    " ",
    "+",
    "d",
    "2026",
    "上午",
    "三",
    "小时",
    "in",
    "days",
    "年",
    "百",
    "（",
    "）",
    "T",
    "Z",
]


@settings(deadline=None)  # a busy machine is no failure
@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=9).map("".join)))
def test_anything_is_a_date_no_date_or_refused(text: str) -> None:
    try:
        when = read_when(text, NOW, mainland)
    except Refused:
        return
    if when is not None:
        assert 1900 < when.day.year < 2300


@settings(deadline=None)  # a busy machine is no failure
@given(st.datetimes(datetime(1971, 1, 1), datetime(2198, 12, 31)))
def test_iso_reads_back_as_itself(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert read_when(moment.isoformat(" ", "minutes"), NOW, mainland) == When(
        moment.date(), moment.time()
    )
    aware = moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
    when = read_when(moment.isoformat("T", "minutes") + "Z", NOW, mainland)
    assert when == When(aware.date(), aware.time())


def test_a_form_may_begin_with_no_character_that_is_passed_over() -> None:
    firsts = {character for form in _forms() for character in form.first}
    assert firsts <= _FIRST


def test_a_date_of_another_year_fits_its_column() -> None:
    """With the year its weekday is left out, rather than the day cut off."""
    today, zone = date(2027, 1, 4), ZoneInfo("Asia/Shanghai")
    assert str(wording.column_day(date(2027, 1, 1), today)) == "Fri 01-01"
    assert str(wording.column_day(date(2026, 12, 31), today)) == "2026-12-31"
    at = datetime(2026, 12, 31, 10, 58, tzinfo=zone)
    assert str(wording.column_moment(at, zone, today)) == "2026-12-31 10:58"
    assert str(wording.column_moment(at, zone, date(2026, 12, 31))) == "10:58"


def test_the_beginning_of_a_day_is_said_as_the_day() -> None:
    zone, today = ZoneInfo("Asia/Shanghai"), date(2026, 11, 23)
    midnight = datetime(2026, 12, 7, tzinfo=zone)
    assert str(near_moment(midnight, zone, today)) == "Mon 12-07"
    assert str(near_moment(midnight.replace(hour=9), zone, today)) == "Mon 12-07 09:00"
    assert str(near_moment(midnight, zone, date(2026, 12, 7))) == "00:00"


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("12-13", "2027-12-20", "2027-12-13"),
        ("12月13日（周一）", "2027-12-20", "2027-12-13"),
        ("01-05 14:00", "2027-12-28", "2028-01-05"),
        ("2/29", "2028-03-01", "2028-02-29"),
        ("Oct 8", "2026-10-08", "2026-10-08"),
        ("2026-12-13", "2027-12-20", "2026-12-13"),
        ("+1d", "2027-12-20", "2026-11-19"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_what_it_is_said_of(
    text: str, near: str, meant: str
) -> None:
    when = read_when(text, NOW, mainland, near=date.fromisoformat(near))
    assert when is not None
    assert when.day.isoformat() == meant
