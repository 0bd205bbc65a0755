"""A road show and its stops are one plan: one order, one measure of a day, whatever comes later.

The plans by notice are kept as text, to be read as an operator would:
``python -m tests.domain.events.test_show_in_turn`` writes them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events.events import (
    DONE,
    DROPPED,
    FLOATING,
    LATE,
    MISSED,
    PINNED,
    PUSHED,
    PlanLine,
)
from opslog.domain.events.kinds import Traits
from opslog.domain.events.plans.day_order import waits
from opslog.domain.events.plans.days_left import bound
from opslog.domain.events.plans.planning import Present, Span, plan
from opslog.domain.events.plans.replanning import Part, replan_parts
from tests.domain.events.test_planning import BOOKS, ZONE, at, day, present, traits

KEPT = Path(__file__).parent / "short_notice" / "stops.txt"
NOW = "2026-11-24T09:00"  # a Tuesday
NOTICES = (14, 7, 5, 3, 1, 0)
CITIES = ("杭州", "宁波", "广州", "深圳")
BOOK = BOOKS["roadshow"]
WHICH = Traits()
DAY = timedelta(days=1)


class Show(NamedTuple):
    whole: Span
    stops: Mapping[int, Span]

    @staticmethod
    def of(start: datetime, gaps: Sequence[int]) -> Show:
        """One stop after the other, so many days from each to the next, a day each."""
        stops: dict[int, Span] = {}
        for number, gap in enumerate((0, *gaps), start=1):
            start += gap * DAY
            stops[number] = Span(start, start + timedelta(hours=8))
        return Show(Span(stops[1].start, stops[len(stops)].end), stops)

    def span(self, line: PlanLine) -> Span:
        return self.whole if line.stop_id is None else self.stops[line.stop_id]

    def parts(self, lines: Sequence[PlanLine], later: Show | None = None) -> list[Part]:
        later = later or self
        whole = Part([x for x in lines if x.stop_id is None], self.whole, later.whole)
        return [
            whole,
            *(
                Part([x for x in lines if x.stop_id == stop_id], span, later.stops[stop_id])
                for stop_id, span in self.stops.items()
            ),
        ]

    def plan(self, now: Present, which: Traits = WHICH) -> list[PlanLine]:
        """With numbers, as they are kept."""
        made = plan(BOOK, which, self.whole, now, stops=self.stops)
        return [line._replace(id=number) for number, line in enumerate(made, start=1)]


def ranked(line: PlanLine) -> tuple[datetime, int, int]:
    return line.planned_at or line.due_at, BOOK.pace.order.get(line.key, 99), line.stop_id or 0


def holds(lines: Sequence[PlanLine], show: Show, now: Present) -> None:
    """The order by planned day and the measure of a day, over the whole and all of its stops;
    where time is very short no step need wait for what is of another stop."""
    strict = roomy(lines, show, now)
    floating = [line for line in lines if line.state == FLOATING and not bound(line)]
    hurried = {
        line.id for line in floating if line.phase != "day" and {LATE, PUSHED} & set(line.why)
    }
    full = Counter[date]()
    for line in floating:
        if line.id in hurried:
            assert line.due_at >= now.now
            full[day(line.due_at)] += 1 if line.key in BOOK.pace.quick else 2
    assert max(full.values(), default=0) <= 2 * BOOK.a_day
    for phase in ("before", "after"):
        order = sorted((line for line in floating if line.phase == phase), key=ranked)
        for number, line in enumerate(order):
            before = [one for one in order[:number] if not one.channel]
            ready = [one for one in before if strict or waits(line, one)]
            assert all(day(one.due_at) <= day(line.due_at) for one in ready), line
            if line.id in hurried:
                assert all(one.due_at <= line.due_at for one in ready), line


def roomy(lines: Sequence[PlanLine], show: Show, now: Present) -> bool:
    """Whether all can be done that is wanted before the first stop, three days ahead of it."""
    end = show.whole.start - 4 * DAY
    days = sum(
        now.workdays.is_workday(now.today + timedelta(n)) for n in range(1, (end - now.now).days)
    )
    wanted = [x for x in lines if x.phase == "before" and ranked(x)[0] < show.whole.start]
    return sum(map(BOOK.pace.weight, wanted)) <= days * (BOOK.a_day - 1)


shows = st.builds(
    Show.of,
    st.integers(0, 2000).map(lambda n: at(f"{date(2020, 1, 1) + timedelta(n)}T09:00")),
    st.lists(st.integers(0, 6), max_size=10),
)


def noticed(show: Show, notice: int, hour: int) -> Present:
    start = show.whole.start - timedelta(days=notice) + timedelta(hours=hour - 9)
    return Present(start.astimezone(UTC), MAINLAND, ZONE)


@settings(max_examples=40, deadline=None)
@given(shows, traits, st.integers(-10, 30), st.integers(0, 23))
def test_a_show_in_a_hurry_keeps_one_order_and_one_measure(
    show: Show, which: Traits, notice: int, hour: int
) -> None:
    now = noticed(show, notice, hour)
    lines = show.plan(now, which)
    assert Counter(line.key for line in lines if line.stop_id is None) == Counter(
        step.key for step in BOOK.steps_for(which)
    )
    for stop_id in show.stops:
        assert Counter(line.key for line in lines if line.stop_id == stop_id) == Counter(
            step.key for step in BOOK.steps_of_stop(which)
        )
    holds(lines, show, now)


@settings(max_examples=25, deadline=None)
@given(
    shows,
    st.integers(0, 20),
    st.integers(-5, 15),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from((DONE, PINNED, DROPPED))), max_size=6),
)
def test_a_move_keeps_the_order_and_moves_nothing_done_pinned_or_given_up(
    show: Show, notice: int, by: int, acts: list[tuple[int, str]]
) -> None:
    now = noticed(show, notice, 9)
    lines = show.plan(now)
    for number, state in acts:
        at = number % len(lines)
        done = now.now if state == DONE else None
        lines[at] = lines[at]._replace(state=state, why=("hand",), done_at=done)
    stops = {id: Span(x.start + by * DAY, x.end + by * DAY) for id, x in show.stops.items()}
    later = Show(Span(show.whole.start + by * DAY, show.whole.end + by * DAY), stops)
    found = replan_parts(show.parts(lines, later), now, BOOK.pace)
    after = [move.after for move in found.all]
    assert sorted(x.id for x in after) == sorted(x.id for x in lines)
    holds(after, later, now)
    acted = {lines[number % len(lines)].id for number, _state in acts}
    for move in found.all:
        if move.before.id in acted and not move.before.evidence:
            assert (move.after.state, move.after.due_at) == (move.before.state, move.before.due_at)
    again = replan_parts(later.parts(after), now, BOOK.pace)
    assert {x.after for x in again.all} == set(after)


def test_the_stop_does_not_come_before_what_the_whole_settles_first() -> None:
    now = present("2026-10-20T09:00")
    lines = Show.of(at("2026-10-26T09:00"), ()).plan(now)
    found = {line.key: line.due_at for line in lines}
    assert found["route"] < found["posters"] < found["place"] < found["promo-1-edm"]
    assert day(found["place"]) == date(2026, 10, 21)
    of_today = [x for x in lines if day(x.due_at) == date(2026, 10, 20) and x.open]
    assert sum(BOOK.pace.weight(line) for line in of_today) <= BOOK.a_day


def test_what_is_invited_to_one_stop_stands_for_no_other_stop() -> None:
    lines = Show.of(at("2026-11-26T09:00"), (0, 1)).plan(present(NOW))
    assert [x.state for x in lines if x.key == "invite"] == [FLOATING] * 3


def test_a_round_of_the_whole_is_not_missed_for_the_work_of_a_later_stop() -> None:
    lines = Show.of(at("2026-11-25T14:00"), (2, 3, 1)).plan(present(NOW))
    found = {(line.stop_id, line.key): line for line in lines}
    assert found[1, "place"].due_at < found[None, "promo-2-edm"].due_at < at("2026-11-24T18:00")
    assert found[None, "promo-2-edm"].state == FLOATING
    assert day(found[2, "place"].due_at) == date(2026, 11, 25)


def test_a_stop_on_a_weekend_does_not_wait_for_the_working_days_of_others() -> None:
    show = Show.of(at("2026-11-29T17:00"), (5,))  # a Sunday, from Saturday on
    lines = show.plan(present("2026-11-28T09:00"))
    before = [x for x in lines if x.phase == "before" and x.stop_id in (None, 1) and x.open]
    assert {"theme", "form", "posters"} <= {line.key for line in before}


def printed() -> str:
    parts = []
    for days in NOTICES:
        show = Show.of(at(f"{date(2026, 11, 24) + timedelta(days)}T14:00"), (2, 3, 1))
        lines = [line for line in show.plan(present(NOW)) if line.phase == "before"]
        parts.append(f"{days} days' notice: {show.whole.start.astimezone(ZONE):%a %d %H:%M}")
        last = None
        for line in lines:
            if line.open:
                on = f"{line.due_at.astimezone(ZONE):%a %d}"
                parts.append(f" {on if on != last else '      '} {_row(line)}")
                last = on
        for state in (DROPPED, MISSED):
            keys = [_named(line) for line in lines if line.state == state]
            parts += [f"  {state}: {', '.join(keys)}"] if keys else []
        parts.append("")
    return "\n".join(parts)


def _row(line: PlanLine) -> str:
    marks = "".join(
        mark for code, mark in ((LATE, " late"), (PUSHED, " waits")) if code in line.why
    )
    planned = line.planned_at or line.due_at
    return (
        f"{line.due_at.astimezone(ZONE):%H:%M} {_named(line)}{marks}"
        f"{f' ({planned.astimezone(ZONE):%d})' if planned != line.due_at else ''}"
    )


def _named(line: PlanLine) -> str:
    return line.key if line.stop_id is None else f"{CITIES[line.stop_id - 1]} {line.key}"


def test_a_show_at_short_notice_reads_as_it_was_read() -> None:
    assert printed() == KEPT.read_text(encoding="utf-8")


if __name__ == "__main__":
    KEPT.write_text(printed(), encoding="utf-8")
