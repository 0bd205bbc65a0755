"""Follow-ups: when each is due, for how long, and that they are held back like any call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog import shipped
from opslog.domain.calls import contact_limits, followups, outcomes_file, talk_tracks
from opslog.domain.calls.contact_limits import Cap, Limits, Touched
from opslog.domain.calls.outcomes import PHONE, WECOM
from opslog.domain.dates import workdays

DAY = date(2026, 11, 23)


def at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def workday(day: date) -> date:
    return day if workdays.is_workday(day) else workdays.next_workday(day)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-30", "2027-03-01"),  # no 30 February, and its last day is a Sunday
        ("2025-11-30", "2026-02-28"),  # a Saturday that is worked
        ("2026-05-31", "2026-08-31"),
        ("2026-06-26", "2026-09-28"),  # mid-autumn on a Friday, then the weekend
        ("2026-07-01", "2026-10-08"),  # the National Day week
        ("2023-11-29", "2024-02-29"),
    ],
)
def test_three_months_later_is_a_working_day(asked: str, due: str) -> None:
    (window,) = followups.windows({7: date.fromisoformat(asked)}, [3], workday, at)
    assert window.purpose == "followup-3"
    assert window.dates == {7: (at(date.fromisoformat(due)), None)}


def test_none_outlives_the_next_one() -> None:
    found = followups.windows({7: DAY, 8: DAY + timedelta(days=40)}, [3, 6, 12], workday, at)
    assert [one.purpose for one in found] == ["followup-3", "followup-6", "followup-12"]
    third, sixth, last = (one.dates or {} for one in found)
    assert third[7][1] == sixth[7][0]
    assert sixth[8][1] == last[8][0]
    assert last[7][1] is None
    before, after = third[7][0] - timedelta(hours=1), sixth[7][0]
    early, over = found[0].of(7, before), found[0].of(7, after)
    assert early is not None
    assert over is not None
    assert (early.over, over.over) == (False, True)
    assert found[0].of(9, after) is None
    assert followups.windows({}, [3], workday, at) == []


caps = st.builds(
    Cap,
    st.integers(1, 4),
    st.integers(1, 40),
    st.sampled_from(["", PHONE, WECOM]),
    st.sampled_from(["", "callback", "reminder"]),
)
touches = st.builds(
    Touched,
    st.integers(0, 45).map(lambda days: DAY - timedelta(days=days)),
    st.sampled_from(["callback-1", "followup-3", "reminder", "message"]),
    st.sampled_from([PHONE, WECOM]),
    st.booleans(),
)


@settings(max_examples=25)
@given(st.lists(touches, max_size=8), st.lists(caps, max_size=3), st.sampled_from([PHONE, WECOM]))
def test_a_follow_up_is_held_back_just_as_a_call_back(
    some: list[Touched], limits: list[Cap], lane: str
) -> None:
    rules = Limits(True, tuple(limits), (Cap(3, 7),))
    said = [
        contact_limits.held(some, rules, purpose, lane, DAY, workdays.is_workday)
        for purpose in ("callback-2", "followup-3", "followup-12")
    ]
    assert said[0] == said[1] == said[2]


def test_it_has_words_and_outcomes_of_its_own() -> None:
    outcomes = outcomes_file.read(shipped.text("calls/outcomes.toml"))
    tracks = talk_tracks.read(shipped.text("calls/talk_tracks.toml"))
    fields = {"person": "王志刚", "event": "白皮书", "company": "万科"}
    words = set()
    for months in (3, 6, 12, 9):
        purpose = f"followup-{months}"
        assert outcomes.of(purpose, PHONE).keys[0].code == "needs"
        assert outcomes.of(purpose, WECOM).by_digit(3) is not None
        assert "白皮书" in tracks.find(purpose, WECOM, fields=fields).say
        words.add(tracks.find(purpose, PHONE, fields=fields).say)
    assert len(words) == 3, "after nine months with the words for any"
