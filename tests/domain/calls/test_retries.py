"""Windows, retries and promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.base.clock import Clock
from opslog.domain.calls import outcomes_file
from opslog.domain.calls.retries import (
    MISSED,
    READY,
    SETTLED,
    WAITING,
    Attempt,
    Standing,
    Window,
    callback_window,
    current_window,
    into_parts,
    next_touch,
    reminder_windows,
    standing,
)
from opslog.domain.dates.workdays import MAINLAND

OUTCOMES = outcomes_file.read(
    (resources.files("opslog") / "shipped" / "calls" / "outcomes.toml").read_text(encoding="utf-8")
)
CLOCK = Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC))


def at(day: str, wall: str = "09:00") -> datetime:
    return CLOCK.at(date.fromisoformat(day), time.fromisoformat(wall))


def attempt(
    purpose: str,
    outcome: str,
    when: datetime,
    *,
    lane: str = "phone",
    next_at: datetime | None = None,
    promised: bool = False,
) -> Attempt:
    return Attempt(1, 1, purpose, lane, outcome, "", "", when, next_at, promised)


def reminders(start: datetime) -> tuple[Window, Window]:
    return reminder_windows(start, CLOCK, OUTCOMES, MAINLAND.previous)


def test_who_has_no_number_and_is_on_wecom_is_reminded_there() -> None:
    window = reminders(at("2026-11-25", "14:00"))[0]
    lanes = [
        standing([], window, OUTCOMES, at("2026-11-24", "10:00"), wecom=True, number=number).lane
        for number in (True, False)
    ]
    assert lanes == ["phone", "wecom"]


def remind(now: datetime, start: datetime, *attempts: Attempt) -> Standing | None:
    window = current_window(reminders(start), now)
    return standing(attempts, window, OUTCOMES, now) if window else None


# Reminders --------------------------------------------------------------------------------------


def test_the_day_before_and_the_day_itself() -> None:
    before, day = reminders(at("2026-11-25", "14:00"))
    assert (before.opens, before.closes) == (at("2026-11-24"), at("2026-11-25", "00:00"))
    assert (day.opens, day.closes) == (at("2026-11-25", "08:30"), at("2026-11-25", "14:00"))


def test_before_a_day_off_the_working_day_before_it() -> None:
    before, day = reminders(at("2026-11-23", "14:00"))  # a Monday
    assert before.opens == at("2026-11-20")
    assert before.closes == at("2026-11-23", "00:00")  # the weekend may still be used
    assert day.opens == at("2026-11-23", "08:30")


def test_a_plan_may_begin_with_them_a_day_earlier() -> None:
    def opens(start: datetime) -> datetime:
        return reminder_windows(start, CLOCK, OUTCOMES, MAINLAND.previous, 2)[0].opens

    assert opens(at("2026-11-25", "14:00")) == at("2026-11-23")
    assert opens(at("2026-11-24", "14:00")) == at("2026-11-20")  # two days before is a Sunday


def test_a_make_up_saturday_is_a_working_day() -> None:
    before, _day = reminders(at("2026-10-11", "14:00"))  # Saturday 10-10 makes up for a holiday
    assert before.opens == at("2026-10-10")


def test_an_early_start_is_called_two_hours_ahead() -> None:
    _before, day = reminders(at("2026-11-25", "08:00"))
    assert day.opens == at("2026-11-25", "06:00")


def test_over_once_it_has_started() -> None:
    start = at("2026-11-25", "14:00")
    assert remind(start, start) is None


@pytest.mark.parametrize(
    ("outcome", "next_day"),
    [
        ("coming", READY),
        ("unsure", READY),
        ("no_answer", READY),
        ("not_coming", SETTLED),
        ("wrong_number", SETTLED),
        ("do_not_call", SETTLED),
        ("colleague_comes", SETTLED),
    ],
)
def test_who_is_called_again_on_the_day(outcome: str, next_day: str) -> None:
    start = at("2026-11-25", "14:00")
    tried = attempt("reminder", outcome, at("2026-11-24", "10:00"))
    found = remind(at("2026-11-25", "09:00"), start, tried)
    assert found is not None
    assert found.state == next_day
    assert found.attempts == 0


def test_no_answer_is_tried_three_times_a_day() -> None:
    start = at("2026-11-25", "14:00")
    tried = []
    for wall in ("09:30", "11:30", "13:30"):
        tried.append(attempt("reminder", "no_answer", at("2026-11-24", wall)))
    found = remind(at("2026-11-24", "10:00"), start, tried[0])
    assert found is not None
    assert (found.state, found.due) == (WAITING, at("2026-11-24", "11:30"))
    found = remind(at("2026-11-24", "11:30"), start, tried[0])
    assert found is not None
    assert found.state == READY
    found = remind(at("2026-11-24", "18:00"), start, *tried)
    assert found is not None
    assert (found.state, found.due) == (MISSED, None)


def test_a_promise_is_kept_to_the_minute_and_whatever_the_count() -> None:
    start = at("2026-11-25", "14:00")
    tries = [attempt("reminder", "call_back", at("2026-11-24", f"09:0{n}")) for n in range(5)]
    promise = attempt(
        "reminder",
        "call_back",
        at("2026-11-24", "10:00"),
        next_at=at("2026-11-24", "15:20"),
        promised=True,
    )
    waiting = remind(at("2026-11-24", "15:19"), start, *tries, promise)
    ready = remind(at("2026-11-24", "15:20"), start, *tries, promise)
    assert waiting is not None
    assert ready is not None
    assert (waiting.state, ready.state) == (WAITING, READY)
    assert ready.promised


def test_who_agreed_on_a_time_and_then_did_not_answer_is_tried_again() -> None:
    window = callback_window([TIDIED], END)
    assert window is not None
    first, agreed, dialled = (TIDIED[1] + timedelta(hours=hours) for hours in (1, 4, 28))
    tries = [
        attempt("callback-1", "no_answer", first),
        attempt("callback-1", "call_back", agreed, next_at=dialled, promised=True),
        attempt("callback-1", "no_answer", dialled),
    ]
    found = standing(tries, window, OUTCOMES, dialled)
    assert found.state == WAITING
    tries.append(attempt("callback-1", "no_answer", dialled + timedelta(days=2)))
    assert standing(tries, window, OUTCOMES, dialled + timedelta(days=2)).state == MISSED


def test_a_promise_for_tomorrow_is_not_called_first_thing_in_the_morning() -> None:
    start = at("2026-11-25", "14:00")
    promise = attempt(
        "reminder",
        "call_back",
        at("2026-11-24", "10:00"),
        next_at=at("2026-11-25", "11:00"),
        promised=True,
    )
    found = remind(at("2026-11-25", "09:00"), start, promise)
    assert found is not None
    assert (found.state, found.due, found.promised) == (WAITING, at("2026-11-25", "11:00"), True)


def test_called_days_ahead_counts_for_nobody_the_day_before() -> None:
    start = at("2026-11-25", "14:00")
    early = attempt("reminder", "coming", at("2026-11-20", "10:00"))
    found = remind(at("2026-11-24", "09:00"), start, early)
    assert found is not None
    assert found.state == READY


# Call-backs -------------------------------------------------------------------------------------

END = at("2026-11-20", "17:00")
TIDIED = (0, at("2026-11-20", "18:00"))
FIRST = (1, at("2026-11-23", "18:00"))
SECOND = (2, at("2026-11-25", "18:00"))


def test_the_round_before_opens_a_call_back() -> None:
    assert callback_window([], END) is None
    assert callback_window([FIRST], END) is None
    one = callback_window([TIDIED], END)
    again = callback_window([TIDIED, FIRST], END)
    two = callback_window([TIDIED, FIRST, SECOND], END)
    five = callback_window([TIDIED, FIRST, SECOND, (3, END), (4, END), (5, END)], END)
    assert one is not None
    assert again is not None
    assert two is not None
    assert five is not None
    assert (one.purpose, one.opens, one.other_words) == ("callback-1", TIDIED[1], None)
    assert (again.purpose, again.opens, again.other_words) == ("callback-1", TIDIED[1], FIRST[1])
    assert (two.purpose, two.opens) == ("callback-2", SECOND[1])
    assert five.purpose == "callback-5"


def test_no_call_back_before_the_event_is_over() -> None:
    window = callback_window([(0, END - timedelta(days=2))], END)
    assert window is not None
    assert window.opens == END


def test_missed_ones_get_one_more_with_other_words_after_the_first_screening() -> None:
    first = callback_window([TIDIED], END)
    later = callback_window([TIDIED, FIRST], END)
    assert first is not None
    assert later is not None
    missed = [
        attempt("callback-1", "no_answer", at("2026-11-21", "10:00")),
        attempt("callback-1", "no_answer", at("2026-11-23", "10:00")),
    ]
    before = standing(missed, first, OUTCOMES, at("2026-11-24", "10:00"))
    after = standing(missed, later, OUTCOMES, at("2026-11-24", "10:00"))
    assert (before.state, before.again) == (MISSED, False)
    assert (after.state, after.again) == (READY, True)
    once_more = [*missed, attempt("callback-1", "no_answer", at("2026-11-24", "10:00"))]
    assert standing(once_more, later, OUTCOMES, at("2026-12-24", "10:00")).state == MISSED


def test_never_tried_is_called_with_the_first_words() -> None:
    later = callback_window([TIDIED, FIRST], END)
    assert later is not None
    found = standing([], later, OUTCOMES, at("2026-11-24", "10:00"))
    assert (found.state, found.again) == (READY, False)


@pytest.mark.parametrize(
    ("outcome", "now", "next_round"),
    [
        ("interested", SETTLED, READY),
        ("answered", SETTLED, READY),
        ("not_interested", SETTLED, SETTLED),
        ("hand_over", SETTLED, SETTLED),
        ("do_not_call", SETTLED, SETTLED),
        ("wrong_number", SETTLED, SETTLED),
        ("no_answer", READY, READY),
    ],
)
def test_what_a_call_back_leaves_for_the_next(outcome: str, now: str, next_round: str) -> None:
    one = callback_window([TIDIED], END)
    two = callback_window([TIDIED, FIRST, SECOND], END)
    assert one is not None
    assert two is not None
    tried = [attempt("callback-1", outcome, at("2026-11-21", "10:00"))]
    assert standing(tried, one, OUTCOMES, at("2026-11-24", "10:00")).state == now
    assert standing(tried, two, OUTCOMES, at("2026-11-26", "10:00")).state == next_round


def test_lanes_on_wecom_a_message_else_a_call() -> None:
    window = callback_window([TIDIED, FIRST, SECOND], END)
    assert window is not None
    now = at("2026-11-26", "10:00")
    assert standing([], window, OUTCOMES, now, wecom=True).lane == "wecom"
    assert standing([], window, OUTCOMES, now, wecom=None).lane == "phone"
    blocked = [
        attempt("callback-2", "not_reachable", at("2026-11-26", "09:00"), lane="wecom"),
    ]
    other = standing(blocked, window, OUTCOMES, now, wecom=True)
    assert (other.state, other.lane) == (READY, "phone")
    both = [*blocked, attempt("callback-2", "wrong_number", at("2026-11-26", "09:30"))]
    assert standing(both, window, OUTCOMES, now, wecom=True).state == SETTLED
    wrong = [attempt("callback-1", "wrong_number", at("2026-11-21", "09:30"))]
    assert standing(wrong, window, OUTCOMES, now, wecom=True).lane == "wecom"
    assert standing(wrong, window, OUTCOMES, now, wecom=True).state == READY


def test_a_lane_opens_again_once_somebody_was_reached_by_it() -> None:
    window = callback_window([TIDIED, FIRST, SECOND], END)
    assert window is not None
    tried = [
        attempt("callback-1", "wrong_number", at("2026-11-21", "10:00")),
        attempt("callback-1", "answered", at("2026-11-21", "11:00")),  # the number was mended
    ]
    found = standing(tried, window, OUTCOMES, at("2026-11-26", "10:00"))
    assert (found.state, found.lane) == (READY, "phone")


def test_an_earlier_call_backs_promise_is_kept_in_the_next() -> None:
    window = callback_window([TIDIED, FIRST, SECOND], END)
    assert window is not None
    promise = attempt(
        "callback-1",
        "call_back",
        at("2026-11-21", "10:00"),
        next_at=at("2026-11-27", "16:00"),
        promised=True,
    )
    found = standing([promise], window, OUTCOMES, at("2026-11-26", "10:00"))
    assert (found.state, found.due, found.promised) == (WAITING, promise.next_at, True)


# Day parts --------------------------------------------------------------------------------------


def touch(code: str, when: datetime, *, workdays: bool = True) -> datetime | None:
    outcome = OUTCOMES.of("callback-1", "phone").get(code)
    assert outcome is not None
    return next_touch(
        outcome, when, CLOCK, OUTCOMES.parts, MAINLAND.is_workday if workdays else None
    )


def test_retries_fall_into_calling_hours_of_a_working_day() -> None:
    assert touch("no_answer", at("2026-11-23", "10:00")) == at("2026-11-24", "10:00")
    assert touch("no_answer", at("2026-11-23", "12:30")) == at("2026-11-24", "13:30")
    assert touch("no_answer", at("2026-11-23", "19:00")) == at("2026-11-25", "09:00")
    assert touch("no_answer", at("2026-11-27", "10:00")) == at("2026-11-30", "09:00")  # Friday
    assert touch("answered", at("2026-11-23", "10:00")) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    st.sets(st.sampled_from(sorted(OUTCOMES.parts)), min_size=1),
    st.booleans(),
)
def test_a_retry_is_never_early_and_always_in_a_part_of_the_day(
    moment: datetime, names: set[str], workdays: bool
) -> None:
    instant = moment.replace(tzinfo=UTC, microsecond=0)
    parts = sorted((OUTCOMES.parts[name] for name in names), key=lambda part: part.start)
    found = into_parts(instant, CLOCK, parts, MAINLAND.is_workday if workdays else None)
    local = found.astimezone(CLOCK.zone)
    assert found >= instant
    assert any(part.start <= local.time() < part.until for part in parts)
    assert not workdays or MAINLAND.is_workday(local.date())
    assert into_parts(found, CLOCK, parts, MAINLAND.is_workday if workdays else None) == found


CODES = [o.code for o in OUTCOMES.of("callback-1", "phone").all]


@given(
    st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 20_000)), max_size=8),
    st.integers(0, 40_000),
    st.booleans(),
)
def test_nobody_is_called_more_often_than_allowed(
    tries: list[tuple[str, int]], minutes: int, screened: bool
) -> None:
    rounds = [TIDIED, FIRST] if screened else [TIDIED]
    window = callback_window(rounds, END)
    assert window is not None
    when = TIDIED[1]
    attempts = []
    for code, gap in tries:
        when += timedelta(minutes=gap)
        attempts.append(attempt("callback-1", code, when))
    found = standing(attempts, window, OUTCOMES, when + timedelta(minutes=minutes))
    assert (found.due is None) == (found.state in (SETTLED, MISSED))
    assert found.attempts == len(tries)
    if found.state in (READY, WAITING) and attempts:
        outcome = OUTCOMES.of("callback-1", "phone").get(attempts[-1].outcome)
        assert outcome is not None
        assert outcome.retry is not None
        assert len(tries) < outcome.at_most + (outcome.other_words if screened else 0)
        assert found.due is not None
        assert found.due >= attempts[-1].at + outcome.retry
