"""Less time than a plan wants: what an operator finds, notice by notice, and what always holds.

The plans are kept as text, a file a kind, to be read as an operator would:
``python -m tests.domain.events.test_short_notice`` writes them anew.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events.events import DROPPED, FLOATING, LATE, MERGED, MISSED, PUSHED, PlanLine
from opslog.domain.events.kinds import KINDS, Traits
from opslog.domain.events.plans.days_left import bound
from opslog.domain.events.plans.planning import Present, Span, plan
from opslog.domain.events.plans.playbooks import MOST_STEPS, Playbook, read_playbook
from tests.domain.events.test_planning import (
    BOOKS,
    ZONE,
    at,
    day,
    present,
    salon,
    span,
    traits,
)

KEPT = Path(__file__).parent / "short_notice"
NOW = "2026-11-24T09:00"  # a Tuesday
NOTICES = (14, 7, 5, 3, 1, 0)
WORDS = {FLOATING: "", MISSED: "missed", DROPPED: "dropped"}


def printed(kind: str) -> str:
    """The plan up to the event for each notice, day by day; what is not to be done below."""
    parts = []
    for days in NOTICES:
        start = span(f"{date(2026, 11, 24) + timedelta(days)}T14:00", 3)
        found = plan(BOOKS[kind], Traits(), start, present(NOW))
        lines = [line for line in found if line.phase != "after" and line.due_at <= start.start]
        said = [f"{days} days' notice: {start.start.astimezone(ZONE):%a %d %H:%M}"]
        said += [_row(line) for line in lines if line.open]
        for state in (DROPPED, MISSED):
            keys = [line.key for line in lines if line.state == state]
            said += [f"  {WORDS[state]}: {', '.join(keys)}"] if keys else []
        parts.append("\n".join(said))
    return "\n\n".join(parts) + "\n"


def _row(line: PlanLine) -> str:
    marks = "".join(
        mark for code, mark in ((LATE, " late"), (PUSHED, " waits")) if code in line.why
    )
    return f"  {line.due_at.astimezone(ZONE):%a %d %H:%M} {line.key}{marks}"


@pytest.mark.parametrize("kind", KINDS)
def test_plans_at_short_notice_read_as_they_were_read(kind: str) -> None:
    assert printed(kind) == (KEPT / f"{kind}.txt").read_text(encoding="utf-8")


def hurried(lines: list[PlanLine]) -> list[PlanLine]:
    return [line for line in lines if line.open and {LATE, PUSHED} & set(line.why)]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(KINDS), traits, st.integers(0, 2000), st.integers(-20, 30), st.integers(0, 23)
)
def test_a_hurried_plan_keeps_its_order_and_its_measure(
    kind: str, which: Traits, number: int, notice: int, hour: int
) -> None:
    book = BOOKS[kind]
    start = at(f"{date(2020, 1, 1) + timedelta(number)}T14:00")
    when = Span(start, start + timedelta(hours=3))
    now = Present(start - timedelta(days=notice) + timedelta(hours=hour - 14), MAINLAND, ZONE)
    lines = plan(book, which, when, now)
    assert Counter(line.key for line in lines) == Counter(s.key for s in book.steps_for(which))
    shifted = [line for line in hurried(lines) if line.phase != "day" and not bound(line)]
    full = Counter[date]()
    for line in shifted:
        assert line.due_at >= now.now
        full[day(line.due_at)] += 1 if line.key in book.pace.quick else 2
    assert max(full.values(), default=0) <= 2 * book.a_day
    for phase in ("before", "after"):
        order = sorted(
            (line for line in lines if line.open and line.phase == phase and not bound(line)),
            key=lambda line: (line.planned_at or line.due_at, book.pace.order[line.key]),
        )
        work = [line for line in order if not line.channel]
        for line in order:
            ready = [x for x in work if order.index(x) < order.index(line)]
            if line in shifted:
                assert all(one.due_at <= line.due_at for one in ready)
            assert all(day(one.due_at) <= day(line.due_at) for one in ready)
    for line in lines:  # nobody is reminded before what is late that day is done
        if bound(line) and line.channel and line.state == FLOATING and PUSHED in line.why:
            late = [x.due_at for x in shifted if day(x.due_at) == day(line.due_at)]
            assert max(late, default=line.due_at) <= line.due_at
    rounds: dict[str, list[PlanLine]] = {}
    for line in lines:
        if line.open and line.key in book.pace.rounds and line.phase == "before":
            rounds.setdefault(line.channel, []).append(line)
    for same in rounds.values():
        for one, other in pairwise(same):
            if one in shifted or other in shifted:
                assert day(one.due_at) < day(other.due_at)


def test_nobody_is_reminded_before_the_invitation_is_out() -> None:
    steps = salon("2026-11-25T14:00", "2026-11-24T09:00")  # a day
    called = steps["reminder-call-1"]
    assert called.due_at > max(steps[key].due_at for key in ("theme", "form", "promo-2-moments"))
    assert called.due_at == at("2026-11-24T15:15")
    assert called.why == (PUSHED,)


def test_what_is_left_out_makes_room_for_something() -> None:
    steps = salon("2026-12-02T14:00", "2026-11-27T10:00")  # five days, two of them off
    assert steps["promo-1-edm"].state == FLOATING
    assert steps["interaction"].state == FLOATING  # on Monday, which has room


def test_an_event_that_is_over_heaps_nothing_on_one_minute() -> None:
    steps = salon("2026-11-20T14:00", "2026-11-27T10:00")
    moments = [line.due_at for line in hurried(list(steps.values())) if line.phase == "after"]
    assert len(set(moments)) == len(moments) > 5


def test_two_rounds_that_would_meet_become_one_and_say_so() -> None:
    steps = salon("2026-11-26T14:00", NOW)  # two days
    assert steps["promo-2-edm"].state == FLOATING
    dropped = [key for key, line in steps.items() if line.state == DROPPED]
    assert dropped == ["promo-1-edm", "promo-1-groups", "promo-1-moments", "remind-1-groups"]
    assert all(steps[key].why == (MERGED,) for key in dropped)


def test_late_in_the_afternoon_most_of_it_is_for_tomorrow() -> None:
    steps = salon("2026-11-27T14:00", "2026-11-24T16:20")
    assert steps["preflight"].due_at == at("2026-11-24T16:30")
    assert steps["theme"].due_at == at("2026-11-24T17:00")
    assert steps["confirmations"].due_at == at("2026-11-25T09:00")


def made(steps: str, top: str = "") -> Playbook:
    return read_playbook(f"{top}\n{steps}", "own.toml", "salon")


def test_the_measure_of_a_day_is_the_playbooks() -> None:
    steps = "".join(
        f'[[step]]\nid = "s{n}"\nzh = "步"\nen = "S"\nphase = "before"\ndays = -30\n'
        for n in range(6)
    )
    found = plan(made(steps, "a_day = 2"), Traits(), span("2026-12-10T14:00"), present(NOW))
    assert [day(line.due_at).day for line in found] == [24, 24, 25, 25, 26, 26]
    assert [line.key for line in found] == [f"s{n}" for n in range(6)]


def test_what_may_be_spared_makes_room_for_what_may_not() -> None:
    step = '[[step]]\nid = "{0}"\nzh = "步"\nen = "S"\nphase = "before"\ndays = -9\n'
    steps = step.format("nice") + "spare = true\n" + step.format("must") + step.format("too")
    lines = plan(made(steps, "a_day = 2"), Traits(), span("2026-11-24T18:00"), present(NOW))
    assert {line.key: line.state for line in lines} == {
        "nice": MISSED,
        "must": FLOATING,
        "too": FLOATING,
    }


def test_of_as_many_steps_as_a_plan_may_have_none_is_lost() -> None:
    steps = "".join(
        f'[[step]]\nid = "s{n}"\nzh = "步"\nen = "S"\nphase = "before"\ndays = -60\n'
        f"spare = {'true' if n % 3 else 'false'}\n"
        for n in range(MOST_STEPS)
    )
    lines = plan(made(steps), Traits(), span("2026-12-10T14:00"), present(NOW))
    assert len({line.key for line in lines}) == MOST_STEPS
    assert max(Counter(day(line.due_at) for line in lines if line.open).values()) <= 6


if __name__ == "__main__":
    for one in KINDS:
        (KEPT / f"{one}.txt").write_text(printed(one), encoding="utf-8")
