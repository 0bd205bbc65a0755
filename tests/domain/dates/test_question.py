"""The question "when?": a bare hour is the next one on a working day, within calling hours."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.question import read_answer, read_new_time
from opslog.domain.dates.workdays import mainland

FRIDAY = datetime(2026, 11, 27, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
HOURS = (time(9), time(20))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10", "11-30 10:00"),  # past today, and then it is the weekend
        ("１０", "11-30 10:00"),
        ("11", "11-27 11:00"),
        ("3", "11-27 15:00"),
        ("7", "11-27 19:00"),
        ("15:30", "11-27 15:30"),
        ("9:30", "11-30 09:30"),
        ("10点", "11-30 10:00"),
        ("明天10", "11-28 10:00"),
        ("tomorrow 10", "11-28 10:00"),
        ("tomorrow at ten", "11-28 10:00"),
        ("Two pm tomorrow", "11-28 14:00"),
        ("sun 10", "11-29 10:00"),
        ("周日10点", "11-29 10:00"),
        ("週日 10", "11-29 10:00"),
        ("+1d 10", "11-28 10:00"),
        ("下周三下午3", "12-02 15:00"),
        (">周一", "11-30"),
        ("+30m", "11-27 10:35"),
        ("三个工作日后", "12-02"),
    ],
)
def test_what_is_answered(text: str, meant: str) -> None:
    answer = read_answer(text, FRIDAY, mainland, HOURS)
    assert answer is not None
    when = answer.when
    assert f"{when.day:%m-%d}" + (f" {when.time:%H:%M}" if when.time else "") == meant


def test_a_bare_hour_on_a_day_off_waits_for_a_working_day() -> None:
    saturday = FRIDAY.replace(day=28, hour=8)
    for text, day in (("10", 30), ("10:00", 28)):
        answer = read_answer(text, saturday, mainland, HOURS)
        assert answer is not None
        assert answer.when.day.day == day


@pytest.mark.parametrize(
    ("text", "hours", "why"),
    [
        ("10", HOURS, "the next 10:00 within calling hours"),
        ("10", None, "the next 10:00 on a working day"),
        ("9:30", None, "the next 09:30 on a working day"),
        ("3", HOURS, ""),  # nobody is called at three in the night
        ("11", HOURS, ""),  # today, as anybody would expect
        ("明天10", HOURS, ""),  # its day is said
        ("+1d 10", None, ""),
    ],
)
def test_why_an_answer_is_not_the_next_such_time(
    text: str, hours: tuple[time, time] | None, why: str
) -> None:
    answer = read_answer(text, FRIDAY, mainland, hours)
    assert answer is not None
    assert str(answer.moved or "") == why


def test_the_next_day_needs_no_reason() -> None:
    thursday = FRIDAY.replace(day=26)
    answer = read_answer("10", thursday, mainland, HOURS)
    assert answer is not None
    assert (answer.when.day.day, answer.moved) == (27, None)


@pytest.mark.parametrize(
    ("text", "event", "meant"),
    [
        ("10", "11-28 14:00", "11-28 10:00"),  # tomorrow, on the day of the event
        ("9:30", "11-29 14:00", "11-29 09:30"),  # no working day is left: the day itself
        ("10", "11-30 09:00", "11-28 10:00"),  # on Monday it would be too late
        ("10", "11-30 14:00", "11-30 10:00"),
        ("10", "11-28 10:00", "11-30 10:00"),  # there is none: what is asked is told so
        ("11", "11-28 14:00", "11-27 11:00"),
        ("10", "11-20 14:00", "11-30 10:00"),  # a call-back, after the event
    ],
)
def test_what_must_come_before_an_event_is_read_so_and_said(
    text: str, event: str, meant: str
) -> None:
    before = datetime.strptime(f"2026-{event}", "%Y-%m-%d %H:%M").replace(tzinfo=FRIDAY.tzinfo)
    answer = read_answer(text, FRIDAY, mainland, HOURS, before)
    assert answer is not None
    assert answer.when.time is not None
    assert f"{answer.when.day:%m-%d} {answer.when.time:%H:%M}" == meant
    said = "early enough" in str(answer.moved)
    assert said == (meant[:5] in ("11-28", "11-29"))


def test_a_day_counts_from_the_thing_itself_unless_that_is_past() -> None:
    for own, day in ((FRIDAY.replace(day=30), "12-01"), (FRIDAY.replace(day=2), "11-28")):
        answer = read_new_time("+1d", FRIDAY, own, mainland)
        assert answer is not None
        assert f"{answer.when.day:%m-%d}" == day


def test_an_hour_at_which_nobody_calls_is_refused_with_its_reason() -> None:
    with pytest.raises(Refused, match="23:00 is outside calling hours"):
        read_answer("23", FRIDAY, mainland, HOURS)


@pytest.mark.parametrize("text", ["", "随便", "10 x"])
def test_what_says_no_time(text: str) -> None:
    assert read_answer(text, FRIDAY, mainland, HOURS) is None
