"""Any sequence of what can be done to plans leaves them whole; what is taken back is as before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.events.events import (
    DONE,
    DROPPED,
    FLOATING,
    LATE,
    PINNED,
    PUSHED,
    EventDraft,
    PlanLine,
)
from opslog.domain.events.kinds import KINDS
from opslog.domain.events.plans.days_left import bound
from opslog.domain.events.plans.evidence import REMINDERS
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from opslog.services.events.plans import cloning, playbooks, step_changes, steps
from tests.conftest import StandingClock

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, nine in Shanghai
Rows = list[tuple[object, ...]]


@contextmanager
def at_work() -> Iterator[Book]:
    with TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "opslog.db", clock=StandingClock(NOW))
        try:
            yield book
        finally:
            book.close()


def rows(book: Book) -> Rows:
    return [
        tuple(row)
        for table in ("event", "step", "check_item", "channel")
        for row in book.con.execute(f"SELECT * FROM {table} ORDER BY id")
    ]


def enter(book: Book, kind: str, days: int, late: str = "all") -> int:
    made = events.create(book, EventDraft("活动", kind, book.now() + days * DAY), late).made
    assert made is not None
    return made


class Story:
    """One event and its clones; ``steps`` must not get fewer, ``done`` not move."""

    def __init__(self, book: Book, kind: str, days: int) -> None:
        self.book, self.ids = book, [enter(book, kind, days)]

    def step(self, number: int) -> PlanLine:
        plan = events.plan(self.book, self.ids[number % len(self.ids)])
        return plan[number % len(plan)]

    def act(self, verb: str, number: int) -> None:
        book, event_id = self.book, self.ids[number % len(self.ids)]
        now = book.now()
        if verb == "move":
            events.move(book, event_id, now + (number % 40 - 3) * DAY)
        elif verb == "edit":
            draft = events.get(book, event_id).draft
            host = "sponsored" if draft.host == "own" else "own"
            events.edit(book, event_id, draft._replace(host=host))
        elif verb == "clone" and len(self.ids) < 3:
            draft = cloning.draft_of(book, event_id, now + (number % 30) * DAY)
            made = cloning.clone(book, event_id, draft).made
            assert made is not None
            self.ids.append(made)
        else:
            self.on_step(verb, self.step(number), number)

    def on_step(self, verb: str, line: PlanLine, number: int) -> None:
        book = self.book
        verbs: dict[str, Callable[[], object]] = {"done": lambda: steps.tick_step(book, line.id)}
        if line.state != DONE:
            when = line.due_at + (number % 9) * DAY
            verbs["pin"] = lambda: steps.move_step(book, line.id, when)
            verbs["drop"] = lambda: step_changes.give_up(book, line.id, "不做")
        if line.state in (PINNED, DROPPED):
            verbs["back"] = lambda: steps.unpin_step(book, line.id)
        verbs.get(verb, lambda: None)()

    def whole(self) -> None:
        """Order and measure of what was hurried, of each plan."""
        for event_id in self.ids:
            card, plan = events.get(self.book, event_id), events.plan(self.book, event_id)
            pace = playbooks.playbook(self.book, card.row.kind).pace
            shifted = [
                line
                for line in plan
                if line.state == FLOATING
                and {LATE, PUSHED} & set(line.why)
                and line.phase == "before"
                and not bound(line)
            ]
            full: dict[object, float] = {}
            for line in shifted:
                day = line.due_at.astimezone(self.book.clock.zone).date()
                full[day] = full.get(day, 0) + pace.weight(line)
            assert max(full.values(), default=0) <= pace.a_day
            work = [line for line in shifted if not line.channel]
            in_turn = sorted(
                work, key=lambda x: (x.planned_at or x.due_at, pace.order.get(x.key, 0))
            )
            assert [x.due_at for x in in_turn] == sorted(x.due_at for x in work)


verbs = st.sampled_from(("move", "edit", "clone", "done", "pin", "drop", "back", "undo"))


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.integers(0, 20),
    st.lists(st.tuples(verbs, st.integers(0, 400)), min_size=1, max_size=7),
)
def test_any_story_leaves_plans_whole_and_undo_takes_each_part_back(
    kind: str, days: int, acts: list[tuple[str, int]]
) -> None:
    with at_work() as book:
        story = Story(book, kind, days)
        for verb, number in acts:
            before = rows(book)
            done = {
                x.id: x.due_at for n in story.ids for x in events.plan(book, n) if x.state == DONE
            }
            keys = [{x.key for x in events.plan(book, n)} for n in story.ids]
            ids = list(story.ids)
            story.act("move" if verb == "undo" else verb, number)
            if verb == "undo":
                if rows(book) != before:
                    history.undo(book)
                assert rows(book) == before
                continue
            story.whole()
            for n, known in zip(ids, keys, strict=True):
                plan = {x.id: x for x in events.plan(book, n)}
                if verb != "edit":
                    assert known <= {x.key for x in plan.values()}
                for id, at in done.items():
                    line = plan.get(id)
                    if line is not None and line.evidence not in REMINDERS:
                        assert (line.state, line.due_at) == (DONE, at)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 25), st.integers(1, 30), st.integers(0, 30))
def test_a_second_move_to_the_old_day_leaves_only_what_was_done_different(
    kind: str, days: int, by: int, number: int
) -> None:
    with at_work() as book, at_work() as other:
        moved, stayed = (enter(one, kind, days) for one in (book, other))
        start = events.get(book, moved).row.starts_at
        events.move(book, moved, start + by * DAY)
        plan = events.plan(book, moved)
        done = plan[number % len(plan)]
        steps.tick_step(book, done.id)
        events.move(book, moved, start)
        # In the other book nothing moved but what was done is done there too.
        same = next(x for x in events.plan(other, stayed) if x.key == done.key)
        steps.tick_step(other, same.id)
        events.move(other, stayed, start + DAY)
        events.move(other, stayed, start)
        one, two = (
            {x.key: (x.due_at, x.state, x.why) for x in events.plan(a, b) if x.key != done.key}
            for a, b in ((book, moved), (other, stayed))
        )
        assert one == two
