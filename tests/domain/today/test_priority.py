"""What stands first on Today, and what it says about itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.today.priority import KINDS, Ranked, rank, read_weights, shipped_weights
from opslog.locale import N_, msg

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 0, tzinfo=ZONE)


def due(title: str, days: int = 0, clock: str = "09:00", **more: object) -> Due:
    hour, minute = map(int, clock.split(":"))
    at = NOW.replace(hour=hour, minute=minute) + timedelta(days=days)
    return Due(**{"kind": "follow_up", "ref": 1, "title": title, "due": at, **more})  # type: ignore[arg-type]  # keyword bag


def titles(ranked: list[Ranked]) -> list[str]:
    return [place.item.title for place in ranked]


def test_groups_stand_in_order_and_ranks_count_from_one() -> None:
    ranked = rank(
        [due("later", 2, lead_days=3), due("today"), due("late", -1), due("too early", 9)], NOW
    )
    assert titles(ranked) == ["late", "today", "later"]
    assert [place.group for place in ranked] == ["overdue", "today", "next"]
    assert [place.rank for place in ranked] == [1, 2, 3]


def test_an_item_shows_from_its_lead_time_on() -> None:
    item = due("poster", 3, lead_days=2)
    assert rank([item], NOW) == []
    assert titles(rank([item], NOW + timedelta(days=1))) == ["poster"]


def test_a_promised_call_rises_to_the_top_when_its_time_comes() -> None:
    call = due("王志刚", clock="10:30", kind="promise", timed=True)
    others = [due("three weeks late", -21, flagged=True), due("list", kind="roster")]
    assert titles(rank([call, *others], NOW))[0] == "three weeks late"
    ranked = rank([call, *others], NOW.replace(minute=30))
    assert titles(ranked)[0] == "王志刚"
    assert str(ranked[0].why) == "promised call 10:30"


def test_reminder_calls_that_can_be_made_stand_above_what_is_late() -> None:
    calls = due("calls", clock="09:30", kind="reminder", people=65)
    late = due("a poster", -21, kind="step", flagged=True)
    promised = due("王志刚", clock="09:00", kind="promise", timed=True)
    ranked = rank([late, calls, promised], NOW)
    assert titles(ranked) == ["王志刚", "calls", "a poster"]
    assert ranked[1].group == "reminders"
    before = rank([late, calls], NOW.replace(hour=9, minute=0))  # nobody may be called yet
    assert titles(before) == ["a poster", "calls"]


def test_a_promise_of_an_earlier_day_names_the_day() -> None:
    (place,) = rank([due("王", -2, "15:30", kind="promise", timed=True)], NOW)
    assert place.group == "now"
    assert str(place.why) == "promised call 11-17 15:30"


def test_why_names_every_reason_strongest_after_the_time() -> None:
    item = due(
        "朋友圈",
        -2,
        kind="step",
        flagged=True,
        event_at=NOW + timedelta(days=3),
        detail=msg(N_("flagged red")),
    )
    (place,) = rank([item], NOW)
    assert (
        str(place.why) == "overdue 2 days · plan step · event in 3 days · flagged red · flagged red"
    )
    assert str(place.sum) == (
        "41.4 = overdue 2 days 8 + plan step 12 + event in 3 days 11.4 + flagged red 10"
    )
    assert place.score == pytest.approx(41.4)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (due("x", 1, lead_days=2), "due tomorrow · follow-up"),
        (due("x", 2, lead_days=2), "due in 2 days · follow-up"),
        (due("x", 0), "due today · follow-up"),
        (due("x", 0, "09:00", timed=True), "due since 09:00 · follow-up"),
        (due("x", 0, "11:00", timed=True), "due at 11:00 · follow-up"),
        (due("x", -1), "overdue 1 day · follow-up"),
        (
            due("x", kind="roster", people=80, detail=msg(N_("day off"))),
            "due today · day off",
        ),
        (due("x", kind="roster", people=80), "due today · list waiting"),
        (
            due("x", kind="reminder", people=1, event_at=NOW + timedelta(days=1)),
            "due today · reminder calls · event tomorrow · 1 person",
        ),
        (due("x", event_at=NOW - timedelta(days=2)), "due today · follow-up · event 2 days ago"),
        (
            due("x", original=NOW - timedelta(days=6), detail=msg(N_("flagged red"))),
            "due today · follow-up · was due 6 days ago",
        ),
        (
            due("x", 0, original=NOW + timedelta(days=1), detail=msg(N_("flagged red"))),
            "due today · follow-up · flagged red",
        ),
        (due("x", event_at=NOW), "due today · event today · follow-up"),
    ],
)
def test_the_words_of_a_reason(item: Due, said: str) -> None:
    (place,) = rank([item], NOW)
    assert str(place.why) == said


def test_the_day_is_the_operators_day() -> None:
    """23:30 UTC on the 18th is the morning of the 19th in Shanghai."""
    item = due("x")._replace(due=datetime(2026, 11, 18, 23, 30, tzinfo=UTC))
    (place,) = rank([item], NOW)
    assert place.group == "today"


def test_a_nearer_time_stands_higher() -> None:
    items = [due("15:00", 0, "15:00", timed=True), due("11:00", 0, "11:00", timed=True)]
    assert titles(rank(items, NOW)) == ["11:00", "15:00"]


def test_of_equals_the_older_stands_first() -> None:
    """Lateness counts up to a limit; beyond it the date decides."""
    items = [due("newer", -40, ref=1), due("older", -50, ref=2)]
    ranked = rank(items, NOW)
    assert titles(ranked) == ["older", "newer"]
    assert ranked[0].score == ranked[1].score


dues = st.builds(
    Due,
    kind=st.sampled_from(KINDS),
    ref=st.integers(1, 5),
    title=st.sampled_from(["a", "b", "c"]),
    due=st.integers(-40 * 24 * 4, 10 * 24 * 4).map(lambda q: NOW + timedelta(minutes=15 * q)),
    timed=st.booleans(),
    lead_days=st.integers(0, 14),
    event_at=st.none() | st.integers(-20, 20).map(lambda d: NOW + timedelta(days=d)),
    flagged=st.booleans(),
    original=st.none() | st.integers(-30, 5).map(lambda d: NOW + timedelta(days=d)),
    people=st.integers(1, 500),
)


def test_what_should_have_been_first_stays_first() -> None:
    """Entered late, a whole plan is due today: in the order it should have been done."""
    items = [
        due("promote", clock="10:05", timed=True, original=NOW - timedelta(days=2)),
        due("fix the theme", clock="15:00", timed=True, original=NOW - timedelta(days=14)),
    ]
    assert titles(rank(items, NOW)) == ["fix the theme", "promote"]


@given(st.lists(dues, max_size=8, unique_by=lambda d: (d.kind, d.ref)), st.integers(0, 2**16))
def test_the_order_of_what_comes_in_does_not_matter(items: list[Due], seed: int) -> None:
    shuffled = list(items)
    Random(seed).shuffle(shuffled)
    assert rank(items, NOW) == rank(shuffled, NOW)


@given(dues, st.lists(dues, max_size=8), st.integers(1, 60 * 24 * 30))
def test_more_lateness_never_lowers_a_rank(item: Due, others: list[Due], minutes: int) -> None:
    later = item._replace(due=item.due - timedelta(minutes=minutes))

    def place(one: Due) -> int:
        """Rank, worst of equals; past the end while its lead time has not begun."""
        ranked = rank([one, *others], NOW)
        return next((p.rank for p in ranked if p.item is one), len(others) + 2)

    assert place(later) <= place(item)


def test_an_overlay_changes_only_what_it_names() -> None:
    weights = read_weights("[flag]\nflagged = 99", shipped_weights())
    assert weights["flag.flagged"] == 99
    assert weights["kind.step"] == shipped_weights()["kind.step"]
    flagged, plain = due("flagged", flagged=True), due("plain", kind="roster")
    plain = plain._replace(event_at=NOW)
    assert titles(rank([flagged, plain], NOW)) == ["plain", "flagged"]
    assert titles(rank([flagged, plain], NOW, weights)) == ["flagged", "plain"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[late]\nper_day = -1", "line 2: “per_day” is -1"),
        ("[late]\nper_day = nan", "“per_day” is nan"),
        ("[late]\nper_day = true", "“per_day” is True"),
        ("[late]\nper_dya = 1", "line 2: “per_dya” is not known here; known: per_day, "),
        ("late = 3", "line 1: [late] is missing"),
        ("[late", "line 1: not readable as TOML"),
    ],
)
def test_a_bad_overlay_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_weights(text, shipped_weights(), source="mine.toml")
    assert said in str(refusal.value)
    assert "mine.toml" in str(refusal.value)
