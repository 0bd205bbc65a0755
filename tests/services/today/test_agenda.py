"""The agenda: everything due in one order, and each key press at the right owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling
from opslog.services.calls.queue import due as call_due
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.screening import rounds
from opslog.services.today import agenda
from tests.conftest import StandingClock
from tests.services.lists import make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", ""),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
]


def titles(book: Book) -> list[str]:
    return [place.item.title for place in agenda.today(book)]


def find(book: Book, title: str) -> Due:
    return next(place.item for place in agenda.today(book) if place.item.title == title)


def make_event(book: Book, days: int, kind: str = "webinar") -> int:
    at = book.now() + timedelta(days=days, hours=5)
    return events.create(book, EventDraft("发布会", kind, at)).made


def test_nothing_is_due_in_an_empty_book(book: Book) -> None:
    assert agenda.today(book) == []


def test_a_follow_up_with_a_lead_time_is_seen_that_early(book: Book) -> None:
    due = (book.today() + timedelta(days=5)).isoformat()
    log_lines.add(book, f"续约合同 >{due} -5d")
    log_lines.add(book, f"寄样品 >{due} 提前4天")
    log_lines.add(book, f"问近况 >{due}")
    assert titles(book) == ["续约合同 -5d"]
    assert find(book, "续约合同 -5d").lead_days == 5


def test_all_kinds_come_together_in_one_order(book: Book, clock: StandingClock) -> None:
    ended = make_list(book, ROWS, event="上周沙龙")
    make_list(book, ROWS, event="昨天沙龙")
    make_list(book, ROWS, event="明天沙龙", ends_ago=-timedelta(days=1, hours=6))
    log_lines.add(book, "给李总发资料 >今天")
    make_event(book, 5)
    round_id = rounds.open_round(book, ended.roster_id).made
    rounds.close_round(book, round_id, force=True)
    calling.record(
        book,
        ended.cards[0],
        "callback-1",
        "call_back",
        lane="phone",
        when=book.now() + timedelta(minutes=30),
    )
    assert {place.item.kind for place in agenda.today(book)} == {
        "step",
        "follow_up",
        "reminder",
        "promise",
        "roster",
    }
    assert agenda.today(book)[0].item.kind != "promise"
    clock.move_to(book.now() + timedelta(minutes=30))
    first = agenda.today(book)[0]
    assert (first.item.kind, first.item.title) == ("promise", "王志刚")
    assert str(first.why).startswith("promised call 09:30")


def test_a_step_is_done_and_comes_back(book: Book) -> None:
    make_event(book, 4)
    step = agenda.today(book)[0].item
    assert step.kind == "step"
    before = titles(book)
    agenda.done(book, step)
    assert titles(book) == before[1:]
    history.undo(book)
    assert titles(book) == before


def test_many_are_done_as_one_change(book: Book) -> None:
    make_event(book, 4)
    log_lines.add(book, "给李总发资料 >今天")
    ranked = agenda.today(book)
    chosen = [ranked[0].item, find(book, "给李总发资料")]
    change = agenda.done_all(book, chosen)
    assert str(change.label) == "Done: 2 items"
    assert len(agenda.today(book)) == len(ranked) - 2
    logged = [line.text for line in log_lines.lines(book)]
    assert "Followed up: 给李总发资料" in logged
    assert any(text.startswith(f"Done: {ranked[0].item.title}") for text in logged)
    history.undo(book)
    assert agenda.today(book) == ranked


@pytest.mark.parametrize(
    "verb",
    [
        agenda.done_all,
        agenda.snooze_all,
        lambda book, dues: agenda.reschedule_all(book, dues, "+1d"),
    ],
)
def test_of_many_what_can_be_is_done_and_the_rest_is_said(
    book: Book, verb: Callable[[Book, list[Due]], Change]
) -> None:
    make_list(book, ROWS)
    log_lines.add(book, "给李总发资料 >今天")
    log_lines.add(book, "约王总吃饭 >今天")
    before = agenda.today(book)
    change = verb(book, [place.item for place in before])
    assert "2 items" in str(change.label)
    assert len(change.left) == len(before) - 2
    assert all("Enter opens the screening" in str(why) for why in change.left)
    history.undo(book)
    assert agenda.today(book) == before
    with pytest.raises(Refused, match="Enter opens the screening"):
        verb(book, [place.item for place in before if place.item.kind == "roster"] * 2)
    assert agenda.today(book) == before


def test_a_move_past_its_event_or_onto_a_day_off_is_warned_of(book: Book) -> None:
    make_event(book, 8)
    due = [place.item for place in agenda.today(book) if place.item.kind == "step"]
    assert due
    assert agenda.move_warnings(book, due[:1], "明天 10:00") == []
    (said,) = agenda.move_warnings(book, due[:1], "2027-01-05")
    assert "and this is to be done before it" in str(said)
    (said,) = agenda.move_warnings(book, due[:1], "2026-11-28")
    assert str(said) == "Sat 11-28 is a day off"
    event_id = book.con.execute("SELECT max(id) FROM event").fetchone()[0]
    day_off = book.clock.at(date(2026, 11, 28))
    assert str(steps.new_step_warning(book, event_id, day_off)) == "Sat 11-28 is a day off"
    assert steps.new_step_warning(book, event_id, day_off - timedelta(days=1)) is None
    (book.home / "workdays.toml").write_text("workdays = [2026-11-28]\n", "utf-8")
    own_kinds.look_at_all(book)
    assert agenda.move_warnings(book, due[:1], "2026-11-28") == []


def test_of_many_none_of_which_can_be_done_nothing_is_changed(book: Book) -> None:
    make_list(book, ROWS)
    lists = [place.item for place in agenda.today(book) if place.item.kind == "roster"]
    assert lists
    with pytest.raises(Refused, match="Enter opens the screening"):
        agenda.snooze_all(book, lists)


def test_snoozed_until_tomorrow(book: Book, clock: StandingClock) -> None:
    make_event(book, 4)
    log_lines.add(book, "给李总发资料 >今天")
    chosen = [agenda.today(book)[0].item, find(book, "给李总发资料")]
    number = len(agenda.today(book))
    assert str(agenda.snooze_all(book, chosen).label) == "Snoozed until Tue 11-24: 2 items"
    assert len(agenda.today(book)) == number - 2
    history.undo(book)
    agenda.snooze(book, chosen[1])
    assert "给李总发资料" not in titles(book)
    clock.move_to(book.now() + timedelta(days=1))
    assert agenda.today(book)[0].group == "overdue"
    assert find(book, "给李总发资料").due == chosen[1].due


@pytest.mark.parametrize(
    ("said", "moved_to"),
    [
        ("+1d", "2026-11-24T01:00:00+00:00"),
        ("fri", "2026-11-27T01:00:00+00:00"),
        ("12-05 14:00", "2026-12-05T06:00:00+00:00"),
        ("明天下午3点", "2026-11-24T07:00:00+00:00"),
    ],
)
def test_rescheduled_as_typed(book: Book, said: str, moved_to: str) -> None:
    log_lines.add(book, "给李总发资料 >今天")
    due = find(book, "给李总发资料")
    agenda.reschedule(book, due, said)
    (moved,) = [d for d in follow_up_due.due(book) if d.ref == due.ref]
    assert moved.due == datetime.fromisoformat(moved_to)
    assert moved.timed == (" " in said or "点" in said)


def test_plus_days_count_from_a_day_to_come(book: Book) -> None:
    log_lines.add(book, "给李总发资料 >周三 15:00")
    (due,) = follow_up_due.due(book)
    agenda.reschedule(book, due, "+1d")
    (moved,) = follow_up_due.due(book)
    assert moved.due == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


def test_a_step_keeps_its_time_of_day(book: Book) -> None:
    make_event(book, 4)
    step = agenda.today(book)[0].item
    agenda.reschedule(book, step, "tomorrow")
    moved = steps.step(book, step.ref)
    assert moved.due_at == step.due + timedelta(days=1)
    assert moved.state == "pinned"


def test_many_are_moved_and_none_where_one_can_not(book: Book) -> None:
    log_lines.add(book, "甲 >今天")
    log_lines.add(book, "乙 >今天 15:00")
    dues = follow_up_due.due(book)
    with pytest.raises(Refused, match="is past"):
        agenda.reschedule_all(book, dues, "2026-11-01")
    change = agenda.reschedule_all(book, dues, "+1d")
    assert str(change.label) == "Moved to Tue 11-24: 2 items"
    assert [d.due.hour for d in sorted(follow_up_due.due(book), key=lambda d: d.title)] == [7, 1]
    assert history.undo(book, change.id)
    assert {d.due for d in follow_up_due.due(book)} == {d.due for d in dues}


@pytest.mark.parametrize(
    ("said", "why"), [("soonish", "is no date"), ("", "is no date"), ("11-31", "“11-31”")]
)
def test_no_date_is_refused(book: Book, said: str, why: str) -> None:
    log_lines.add(book, "给李总发资料 >今天")
    with pytest.raises(Refused, match=why):
        agenda.reschedule(book, find(book, "给李总发资料"), said)


def test_what_is_done_elsewhere_says_where(book: Book) -> None:
    at = book.now()
    reminder = Due("reminder", 1, "上海沙龙", at)
    promise = Due("promise", 1, "王志刚", at, timed=True)
    roster = Due("roster", 1, "上海沙龙", at)
    for due, verb, said in (
        (reminder, agenda.done, "Enter opens the calls"),
        (promise, agenda.done, "Enter opens it"),
        (roster, agenda.done, "Enter opens the screening"),
        (reminder, agenda.snooze, "Enter opens the calls"),
        (promise, agenda.snooze, "No call is promised to this person any more"),
        (roster, agenda.snooze, "Enter opens the screening"),
    ):
        with pytest.raises(Refused, match=said):
            verb(book, due)
    for due, said in ((reminder, "move the event"), (roster, "Enter opens the screening")):
        with pytest.raises(Refused, match=said):
            agenda.reschedule(book, due, "+1d")


def test_a_promise_is_moved(book: Book) -> None:
    ended = make_list(book, ROWS)
    round_id = rounds.open_round(book, ended.roster_id).made
    rounds.close_round(book, round_id, force=True)
    calling.record(
        book,
        ended.cards[0],
        "callback-1",
        "call_back",
        lane="phone",
        when=book.now() + timedelta(minutes=30),
    )
    agenda.reschedule(book, find(book, "王志刚"), "明天 10:00")
    (due,) = [d for d in call_due.due(book) if d.kind == "promise"]
    assert due.due == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert find(book, "王志刚") == due  # in sight the day before, as any follow-up


def test_own_weights_beside_the_database(book: Book) -> None:
    log_lines.add(book, "平常 >今天 09:30")
    log_lines.add(book, "要紧 ! >今天")
    assert titles(book) == ["要紧", "平常"]
    file = book.home / "priority.toml"
    file.write_text("[flag]\nflagged = 0\n", encoding="utf-8")
    assert titles(book) == ["平常", "要紧"]
    assert book.faults == {}


def test_a_broken_weights_file_is_named_and_left_aside(book: Book) -> None:
    log_lines.add(book, "平常 >今天")
    file = book.home / "priority.toml"
    file.write_text("[flag]\nflagged = -3\n", encoding="utf-8")
    assert titles(book) == ["平常"]
    assert f"{file}, line 2: “flagged” is -3" in str(book.faults["priority.toml"][0])
    file.write_bytes(b"\xff\xfe\xff")
    assert titles(book) == ["平常"]
    assert "line 1: not UTF-8" in str(book.faults["priority.toml"][0])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-23", None),
        ("2026-10-01", "public holiday"),
        ("2026-11-22", "day off"),
        ("2026-02-14", "make-up working day"),
        ("2031-03-03", "the holidays of 2031 are not published yet"),
    ],
)
def test_what_is_special_about_the_day(
    book: Book, clock: StandingClock, day: str, said: str | None
) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T02:00:00+00:00"))
    note = agenda.day_note(book)
    assert (None if note is None else str(note)) == said


def test_the_next_event(book: Book, clock: StandingClock) -> None:
    assert agenda.next_event(book) is None
    make_list(book, ROWS, event="过去的")
    later = make_event(book, 9)
    sooner = make_event(book, 3)
    found = agenda.next_event(book)
    assert found is not None
    assert found.id == sooner
    clock.move_to(found.starts_at + timedelta(minutes=30))
    assert agenda.next_event(book) == found  # it is on
    events.cancel(book, sooner)
    found = agenda.next_event(book)
    assert found is not None
    assert found.id == later


def test_a_round_is_late_on_the_day_on_which_its_plan_says_so(
    book: Book, clock: StandingClock
) -> None:
    """Tidied and opened early: not overdue before the plan wants it, then since that day."""
    event_id = make_event(book, 1, "salon")
    sheet = make_list(book, ROWS)
    book.con.execute("UPDATE roster SET event_id=?", (event_id,))
    book.con.execute("DELETE FROM event WHERE id<>?", (event_id,))
    book.con.commit()
    (wanted,) = [line for line in events.plan(book, event_id) if line.evidence == "round-0"]
    day = wanted.due_at.astimezone(book.clock.zone).date()
    clock.move_to(wanted.due_at - timedelta(days=1))
    rounds.open_round(book, sheet.roster_id)

    def due() -> date:
        (found,) = [one.item for one in agenda.today(book) if one.item.kind == "roster"]
        return found.due.astimezone(book.clock.zone).date()

    clock.move_to(wanted.due_at - timedelta(hours=12))
    assert due() == book.today()
    for days in (0, 3):
        clock.move_to(wanted.due_at + timedelta(days=days))
        assert due() == day
