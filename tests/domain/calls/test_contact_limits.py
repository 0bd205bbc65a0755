"""Never too often: which day the next touch is allowed on."""

from __future__ import annotations

from datetime import date

import pytest

from opslog import shipped
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.calls.contact_limits import Limits, Touched, held, read
from opslog.domain.dates.workdays import MAINLAND

MONDAY = date(2026, 11, 23)
TEXT = shipped.text("calls/contact_limits.toml")


def limits(mode: str) -> Limits:
    return read(TEXT.replace('mode = "wecom"  ', f'mode = "{mode}"  ', 1))


def touch(day: date, lane: str = "phone", *, counts: bool = True) -> Touched:
    return Touched(day, "callback-1", lane, counts)


def until(
    touches: list[Touched],
    *,
    mode: str = "wecom",
    lane: str = "phone",
    day: date = MONDAY,
    purpose: str = "callback-2",
) -> tuple[date, str] | None:
    found = held(touches, limits(mode), purpose, lane, day, MAINLAND.is_workday)
    return None if found is None else (found.until, found.why.english())


@pytest.mark.parametrize("mode", ["wecom", "seven", "daily"])
@pytest.mark.parametrize("lane", ["phone", "wecom"])
def test_nobody_is_contacted_twice_on_one_working_day(mode: str, lane: str) -> None:
    for before in ("phone", "wecom"):
        assert until([touch(MONDAY, before)], mode=mode, lane=lane) == (
            date(2026, 11, 24),
            "contacted today",
        )
    assert until([touch(date(2026, 11, 20))], mode=mode, lane=lane) is None


def test_a_reminder_counts_and_is_not_held_back() -> None:
    assert until([Touched(MONDAY, "reminder", "phone", True)]) is not None
    assert until([touch(MONDAY)], purpose="reminder") is None


def test_on_a_day_off_the_modes_differ() -> None:
    sunday = date(2026, 11, 22)
    spoken, written = [touch(sunday)], [touch(sunday, "wecom")]
    assert until(spoken, day=sunday) is None
    assert until(written, day=sunday, lane="wecom") == (MONDAY, "contacted today")
    assert until(spoken, day=sunday, mode="seven") is None
    assert until(spoken, day=sunday, mode="daily") == (MONDAY, "contacted today")


def test_seven_a_week_are_seven_in_any_seven_days() -> None:
    days = [date(2026, 11, day) for day in (16, 17, 18, 19, 20, 21, 22)]
    seven = [touch(day) for day in days]
    assert until(seven, mode="seven") is None, "the first of them is a week ago"
    seven.append(touch(days[-1], "wecom"))
    said = "7 touches in 7 days"
    assert until(seven, mode="seven") == (date(2026, 11, 24), said)
    assert until(seven, mode="wecom") is None


def test_as_many_messages_as_the_month_has_days() -> None:
    many = [touch(date(2026, 11, 1), "wecom")] * 30
    assert until(many[1:], lane="wecom") is None
    assert until(many, lane="wecom") == (date(2026, 12, 1), "30 touches this month")
    assert until(many) is None, "WeCom says nothing of calls"


def test_dials_that_nobody_answered_have_a_cap_of_their_own() -> None:
    dials = [touch(MONDAY, counts=False)] * 3
    assert until(dials[1:]) is None
    tomorrow = date(2026, 11, 24)
    assert until(dials) == (tomorrow, "3 dials unanswered in 1 days")
    assert until(dials, lane="wecom") is None
    assert until([*dials, *[touch(date(2026, 11, 20), counts=False)] * 3]) == (
        date(2026, 11, 27),
        "3 dials unanswered in 1 days",
    )


def test_how_far_back_a_touch_matters() -> None:
    assert limits("wecom").since(MONDAY) == date(2026, 11, 1)
    assert limits("seven").since(MONDAY) == date(2026, 11, 17)
    assert read('mode = "daily"').since(MONDAY) == MONDAY


def test_what_is_wrong_with_the_file_is_said_by_line() -> None:
    with pytest.raises(Faulty) as caught:
        read('mode = "often"\n[[cap]]\nmode = "daily"\nmost = 0\nlane = "letter"\nper = 3\n')
    told = "\n".join(fault.english() for fault in caught.value.faults)
    for line, key in ((1, "mode"), (4, "most"), (5, "lane"), (6, "per")):
        assert f":{line}: " in told or f"line {line}" in told, told
        assert key in told
