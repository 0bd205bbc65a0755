"""Steps tick themselves: with the last call, mark or round, in the change that completes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DONE, FLOATING
from opslog.locale import msg
from opslog.services.book import check, history, own_files
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.attendance import door, guests
from opslog.services.calls.queue import due as call_due
from opslog.services.cards import step_progress, ticking
from opslog.services.cards.step_progress import Work
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.rosters import by_hand as on_lists
from opslog.services.rosters import withdrawing
from opslog.services.screening import rounds
from opslog.services.twins import twins
from opslog.store.calls.proving import proofs as store
from tests.conftest import StandingClock, domain_rows
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import Sheet, make_list, make_steps

BEFORE = "reminders-day-before"
PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("测试", "万科企业", "", "+8613800138001", ""),  # made up: called nobody
    ("李娜", "华为技术", "", "+8613800138004", ""),
    ("李娜", "华为技术", "", "+8613800138005", ""),  # the same twice: called once
)
ALL = (BEFORE, "reminders-on-day", "attendance", "list", "round-0", "callback-1", "round-1")


def remind(book: Book, made: Sheet, card: int, outcome: str = "coming") -> None:
    calling.record(book, made.cards[card], "reminder", outcome, lane="phone")


def said(book: Book) -> list[str]:
    rows = book.con.execute("SELECT text FROM log WHERE source='step' ORDER BY id")
    return [row["text"] for row in rows]


@pytest.fixture
def made(book: Book) -> Sheet:
    return make_list(book, PEOPLE, ends_ago=TOMORROW)


@pytest.fixture
def step_id(book: Book, made: Sheet) -> int:
    return make_steps(book, made.event_id, BEFORE)[BEFORE]


def test_the_last_call_ticks_its_step_and_the_log_says_so(
    book: Book, made: Sheet, step_id: int, clock: StandingClock
) -> None:
    remind(book, made, 0)
    assert steps.step(book, step_id).state == FLOATING
    assert said(book) == []
    before = domain_rows(book.con)
    remind(book, made, 2)
    line = steps.step(book, step_id)
    assert (line.state, line.proven, line.done_at) == (DONE, True, clock.now())
    assert said(book) == [f"Done: {BEFORE}, 2 of 2 (上海沙龙)"]
    history.undo(book)
    assert domain_rows(book.con) == before
    assert steps.step(book, step_id).state == FLOATING
    history.redo(book)
    assert steps.step(book, step_id).done_at == clock.now()
    assert len(said(book)) == 1


def add_one(book: Book, made: Sheet, tmp_path: Path, name: str, phone: str) -> None:
    path = tmp_path / f"{phone}.csv"
    path.write_text(f"姓名,公司,手机\n{name},比亚迪,{phone}\n", encoding="utf-8")
    imports.load(book, path, made.event_id)


def test_who_comes_later_opens_it_and_its_end_is_said_again(
    book: Book, made: Sheet, step_id: int, tmp_path: Path
) -> None:
    remind(book, made, 0)
    remind(book, made, 2)
    add_one(book, made, tmp_path, "陈静", "13800138009")
    assert steps.step(book, step_id).state == FLOATING
    assert step_progress.of_event(book, made.event_id)[BEFORE] == (2, 3, False)
    card = book.con.execute("SELECT max(id) FROM card").fetchone()[0]
    calling.record(book, card, "reminder", "not_coming", lane="phone")
    assert steps.step(book, step_id).proven
    assert said(book)[1:] == [f"Done: {BEFORE}, 3 of 3 (上海沙龙)"]


def test_a_correction_on_the_same_day_is_not_said_twice(
    book: Book, made: Sheet, step_id: int
) -> None:
    remind(book, made, 0)
    remind(book, made, 2)
    remind(book, made, 2, "call_back")
    assert not steps.step(book, step_id).proven
    remind(book, made, 2)
    assert steps.step(book, step_id).proven
    assert len(said(book)) == 1


def test_by_hand_it_says_what_is_open(book: Book, made: Sheet, step_id: int) -> None:
    remind(book, made, 0)
    change = ticking.tick_step(book, step_id)
    assert str(change.label) == f"Closed by hand: {BEFORE}, 1 of 2 open (上海沙龙)"
    assert said(book) == [str(change.label)]
    remind(book, made, 2)  # done before by hand: not said again
    assert len(said(book)) == 1
    with pytest.raises(Refused, match="done by what was done for it"):
        steps.untick_step(book, step_id)
    history.undo(book)
    steps.untick_step(book, step_id)
    assert steps.step(book, step_id).state == FLOATING


def test_an_event_that_moves_has_its_reminders_to_make_again(
    book: Book, made: Sheet, step_id: int
) -> None:
    remind(book, made, 0)
    remind(book, made, 2, "unsure")
    assert steps.step(book, step_id).proven
    row = events.some(book, [made.event_id])[0]
    events.move(book, made.event_id, row.starts_at + timedelta(days=7))
    line = steps.step(book, step_id)
    assert (line.state, line.due_at.day) == (FLOATING, 1)
    history.undo(book)
    assert steps.step(book, step_id).proven


def test_who_was_left_out_as_a_double_is_called_once_the_other_is_dropped(
    book: Book, made: Sheet, step_id: int
) -> None:
    remind(book, made, 0)
    remind(book, made, 2)
    assert steps.step(book, step_id).proven
    tidy = rounds.open_round(book, made.roster_id).made
    with book.change(msg("Two rows")):
        rounds.decide(book, tidy, made.cards[0], "keep")
        rounds.decide(book, tidy, made.cards[2], "drop", "competitor")
    assert step_progress.of_event(book, made.event_id)[BEFORE] == (1, 2, False)
    assert not steps.step(book, step_id).proven


def test_marks_rounds_and_lists_prove_theirs(book: Book, tmp_path: Path) -> None:
    made = make_list(book, PEOPLE, ends_ago=timedelta(days=1))
    ids = make_steps(book, made.event_id, *ALL)

    def proven() -> set[str]:
        return {name for name, id in ids.items() if steps.step(book, id).proven}

    guests.mark_many_attended(book, made.event_id, made.cards[:3], attended=True)
    assert proven() == {"list"}
    guests.mark_attended(book, made.cards[3], False)
    assert proven() == {"list", "attendance"}
    tidy = rounds.open_round(book, made.roster_id).made
    for card in made.cards:
        rounds.decide(book, tidy, card, "drop" if card == made.cards[1] else "keep", "made_up")
    assert "round-0" not in proven()
    rounds.close_round(book, tidy)
    assert "round-0" in proven()
    for card in (0, 2, 3):
        calling.record(book, made.cards[card], "callback-1", "answered", lane="phone")
    assert proven() == {"list", "attendance", "round-0", "callback-1"}
    rounds.reopen(book, tidy)
    assert proven() == {"list", "attendance"}
    withdrawing.withdraw(book, made.file_id)
    assert proven() == {"attendance"}


def test_the_list_after_an_event_is_one_taken_in_since(
    book: Book, made: Sheet, clock: StandingClock, tmp_path: Path
) -> None:
    id = make_steps(book, made.event_id, "list")["list"]
    remind(book, made, 0)
    assert not steps.step(book, id).proven
    clock.move_to(clock.now() + timedelta(days=2))
    add_one(book, made, tmp_path, "陈静", "13800138009")
    assert steps.step(book, id).proven


def test_another_rule_proves_by_it(book: Book, made: Sheet, step_id: int) -> None:
    from opslog import shipped

    remind(book, made, 0)
    remind(book, made, 2, "no_answer")
    assert not steps.step(book, step_id).proven
    text = shipped.text("calls/outcomes.toml")
    begin = text.index("[reminder.phone.no_answer]")
    end = text.index("\n\n", begin)
    once = text[begin:end].replace("at_most = ", "at_most = 1 # ")
    path = book.home / "playbooks" / "outcomes.toml"
    path.parent.mkdir()
    path.write_text(text[:begin] + once + text[end:], encoding="utf-8")
    step_progress.of_event(book, made.event_id)  # any look takes the file in
    assert steps.step(book, step_id).proven
    assert own_files.names(book, "playbooks") == ["playbooks/outcomes.toml"]


def test_what_was_done_before_the_schema_knew_is_found_at_the_opening(
    book: Book, made: Sheet, step_id: int
) -> None:
    remind(book, made, 0)
    remind(book, made, 2)
    store.recount(book.con)
    book.con.commit()
    again = open_book(book.path, clock=book.clock)
    assert steps.step(again, step_id).proven
    assert len(said(again)) == 1
    again.close()


def test_check_names_a_step_that_says_done_without_its_evidence(
    book: Book, made: Sheet, step_id: int
) -> None:
    def found() -> tuple[str, ...]:
        return next(one.flaws for one in check.check(book) if one.code == "steps")

    assert found() == ()
    store.set_proven(book.con, step_id, True)
    assert found() == ("上海沙龙: reminders-day-before",)


# -- whatever is done, in whatever order --------------------------------------------------

Verb = Callable[[Book, Sheet, int, Path], object]


def _round(book: Book, made: Sheet, what: int) -> object:
    there = rounds.rounds_of(book, made.roster_id)
    if there and there[-1].open:
        return rounds.close_round(book, there[-1].id, force=True)
    if there and what % 2:
        return rounds.reopen(book, there[-1].id)
    return rounds.open_round(book, made.roster_id)


def _decide(book: Book, made: Sheet, what: int) -> object:
    open_ones = [one for one in rounds.rounds_of(book, made.roster_id) if one.open]
    if not open_ones:
        return None
    card, drop = made.cards[what % 4], what % 3 == 0
    return rounds.decide(
        book, open_ones[0].id, card, *(("drop", "competitor") if drop else ("keep",))
    )


OUTCOMES = (
    "coming",
    "not_coming",
    "no_answer",
    "call_back",
    "wrong_number",
    "do_not_call",
    "unsure",
)
AFTER = ("answered", "no_answer", "interested", "wrong_number", "do_not_call")


def _later(book: Book, made: Sheet, what: int, _path: Path) -> None:
    clock = book.clock
    assert isinstance(clock, StandingClock)
    clock.move_to(clock.now() + timedelta(hours=1 + what % 23))


VERBS: dict[str, Verb] = {
    "remind": lambda b, m, n, _: remind(b, m, n % 4, OUTCOMES[n % 7]),
    "call back": lambda b, m, n, _: calling.record(
        b, m.cards[n % 4], "callback-1", AFTER[n % 5], lane="phone"
    ),
    "mark": lambda b, m, n, _: guests.mark_attended(b, m.cards[n % 4], (True, False, None)[n % 3]),
    "round": lambda b, m, n, _: _round(b, m, n),
    "decide": lambda b, m, n, _: _decide(b, m, n),
    "import": lambda b, m, n, path: add_one(b, m, path, f"陈{n % 3}", f"1380013809{n % 3}"),
    "withdraw": lambda b, m, n, _: withdrawing.withdraw(b, m.file_id + n % 2),
    "bar": lambda b, m, n, _: person_card.set_barred(b, m.people[n % 4], n % 2 == 0),
    "number": lambda b, m, n, _: person_card.edit(b, m.people[n % 4], phone=f"139001380{n:02}"),
    "name": lambda b, m, n, _: person_card.edit(b, m.people[n % 4], name=f"赵{n % 2}"),
    "merge": lambda b, m, n, _: twins.merge(b, m.people[n % 4], m.people[(n + 1) % 4]),
    "tick": lambda b, m, n, _: ticking.tick_step(b, _step(b, m, n)),
    "untick": lambda b, m, n, _: steps.untick_step(b, _step(b, m, n)),
    "move": lambda b, m, n, _: events.move(
        b, m.event_id, events.some(b, [m.event_id])[0].starts_at + timedelta(days=n % 5 - 2)
    ),
    "undo": lambda b, _m, n, _: history.undo(b),
    "redo": lambda b, _m, n, _: history.redo(b),
    "later": _later,
}


def _step(book: Book, made: Sheet, what: int) -> int:
    lines = events.plan(book, made.event_id)
    return lines[what % len(lines)].id


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 60)), max_size=25),
    st.sampled_from((TOMORROW, timedelta(days=1))),
)
def test_nothing_says_done_without_its_evidence_or_a_hand(
    story: list[tuple[str, int]], ends_ago: timedelta
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        clock = StandingClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
        book = open_book(path / "opslog.db", clock=clock, session="test")
        made = make_list(book, PEOPLE, ends_ago=ends_ago)
        make_steps(book, made.event_id, *ALL)
        book.look_over()
        for name, what in story:
            with contextlib.suppress(Refused):
                VERBS[name](book, made, what, path)
            stored = {row["id"]: row["state"] for row in book.con.execute("SELECT * FROM step")}
            work = Work(book, made.event_id)
            for line in events.plan(book, made.event_id):
                assert line.proven == work.proven(line.evidence, line.phase), (name, line.evidence)
                assert (line.state == DONE) == (line.proven or stored[line.id] == DONE)
                far = work.far(line.evidence)
                if line.evidence in (BEFORE, "attendance", "callback-1") and far is not None:
                    assert far.proven == line.proven
            assert not store.take_doubts(book.con)
        book.close()


def test_erasing_the_last_one_to_be_called_is_said_too(
    book: Book, made: Sheet, step_id: int
) -> None:
    remind(book, made, 0)
    erasing.erase(book, made.people[2], "李娜")
    erasing.erase(book, made.people[3], "李娜")
    assert steps.step(book, step_id).state == DONE
    assert said(book) == ["Done: reminders-day-before, 1 of 1 (上海沙龙)"]


def test_calls_closed_by_hand_leave_today_until_somebody_comes_in(
    book: Book, made: Sheet, step_id: int, clock: StandingClock
) -> None:
    def waiting() -> list[tuple[str, int]]:
        return [
            (str(one.detail), one.people) for one in call_due.due(book) if one.kind == "reminder"
        ][:1]

    assert waiting() == [("reminder calls the day before", 2)]
    ticking.tick_step(book, step_id)
    assert waiting() == [("reminder calls on the day", 2)]
    clock.move_to(clock.now() + timedelta(minutes=5))
    on_lists.add(book, {"name": "周敏", "phone": "13800138009"}, event_id=made.event_id)
    assert waiting() == [
        ("reminder calls the day before, come in since they were closed by hand", 1)
    ]


def test_who_comes_in_at_the_door_opens_no_reminder_again(
    book: Book, made: Sheet, step_id: int, clock: StandingClock
) -> None:
    """Nor whoever is entered after the event: nobody could remind them."""
    remind(book, made, 0)
    remind(book, made, 2)
    clock.move_to(clock.now() + timedelta(hours=30))
    door.walk_in(book, made.event_id, {"name": "周敏", "phone": "13800138009"})
    on_lists.add(book, {"name": "孙悦", "phone": "13800138010"}, event_id=made.event_id)
    assert steps.step(book, step_id).state == DONE
    assert len(said(book)) == 1
