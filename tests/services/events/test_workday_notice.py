"""A year's notice taken in: one change, with the open steps that stand on other days then."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import UNPUBLISHED, EventDraft
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.events import due, events, stops, workday_notice
from opslog.services.events.plans import routines, steps
from tests.conftest import StandingClock


def notice(folder: Path, *days: tuple[str, bool]) -> Path:
    path = folder / "2027.json"
    said = [{"name": "假", "date": day, "isOffDay": off} for day, off in days]
    fixed = (("元旦", "2027-01-01"), ("国庆节", "2027-10-01"))
    said += [{"name": name, "date": day, "isOffDay": True} for name, day in fixed]
    path.write_text(json.dumps({"year": 2027, "days": said}), encoding="utf-8")
    return path


def test_steps_that_float_move_and_one_undo_takes_all_of_it_back(
    book: Book, tmp_path: Path
) -> None:
    starts = datetime(2027, 1, 15, 14, tzinfo=book.clock.zone)
    event_id = events.create(book, EventDraft("沙龙", "salon", starts)).made
    zone = book.clock.zone
    before = events.plan(book, event_id)
    assert any(UNPUBLISHED in line.why for line in before)
    off = date(2027, 1, 8)  # a Friday with steps of the plan
    moved = [line for line in before if line.due_at.astimezone(zone).date() == off]
    assert moved
    pinned = moved[0]
    steps.move_step(book, pinned.id, pinned.due_at)
    seen = workday_notice.preview(book, notice(tmp_path, ("2027-01-08", True)))
    assert [line.id for line in moved[1:]] == [move.before.id for _event, move in seen.moves]
    workday_notice.take(book, seen)
    after = {line.id: line for line in events.plan(book, event_id)}
    assert after[pinned.id].due_at == pinned.due_at
    for line in moved[1:]:
        assert after[line.id].due_at.astimezone(zone).date() == date(2027, 1, 7)
    assert not any(UNPUBLISHED in line.why for line in after.values() if line.due_at.year < 2028)
    assert own_kinds.workdays(book).published(2027)
    assert "[notice.2027]" in (book.home / "workdays.toml").read_text(encoding="utf-8")
    history.undo(book)
    assert not own_kinds.workdays(book).published(2027)
    assert not (book.home / "workdays.toml").exists()
    now = {line.id: line.due_at for line in events.plan(book, event_id)}
    assert now == {line.id: line.due_at for line in before}


def test_what_is_late_stays_as_it_was(book: Book, clock: StandingClock, tmp_path: Path) -> None:
    """Its days are published now, and nothing puts it where it would be done today."""
    starts = datetime(2027, 1, 15, 14, tzinfo=book.clock.zone)
    event_id = events.create(book, EventDraft("沙龙", "salon", starts)).made
    clock.move_to(book.clock.at(date(2027, 1, 12), time(9)))
    today = book.clock.at(book.today())
    late = [one for one in events.plan(book, event_id) if one.open and one.due_at < today]
    assert any(UNPUBLISHED in line.why for line in late)
    workday_notice.take(book, workday_notice.preview(book, notice(tmp_path)))
    after = {line.id: line for line in events.plan(book, event_id)}
    assert [
        (after[one.id].due_at, after[one.id].why, after[one.id].planned_at) for one in late
    ] == [(one.due_at, one.why, one.planned_at) for one in late]


def test_a_broken_file_changes_nothing(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        workday_notice.preview(book, notice(tmp_path, ("2027-02-30", True)))
    (book.home / "workdays.toml").write_text("holidays = 3", encoding="utf-8")
    with pytest.raises(Refused, match=r"workdays\.toml"):
        workday_notice.preview(book, notice(tmp_path, ("2027-01-08", True)))
    assert (book.home / "workdays.toml").read_text(encoding="utf-8") == "holidays = 3"


def test_turns_of_own_plans_move_as_steps_of_events_do(book: Book, tmp_path: Path) -> None:
    zone = book.clock.zone
    fields = {"playbook": "weekly_report", "on": "2027-01-08"}
    weekly = routines.add(book, routines.read_draft(book, fields)).made
    done = routines.add(book, routines.read_draft(book, {**fields, "name": "月报"})).made
    steps.tick_step(book, routines.plan(book, done)[0].id)
    over = routines.add(book, routines.read_draft(book, {**fields, "name": "旧周报"})).made
    routines.end(book, over)
    rests = routines.add(book, routines.read_draft(book, {**fields, "name": "停着的"})).made
    routines.pause(book, rests)
    (before,) = routines.plan(book, weekly)
    assert before.due_at.astimezone(zone).date() == date(2027, 1, 8)
    seen = workday_notice.preview(book, notice(tmp_path, ("2027-01-08", True)))
    assert [(of.name, move.before.id) for of, move in seen.moves] == [("Weekly report", before.id)]
    assert routines.plan(book, weekly) == [before]  # only looked at
    workday_notice.take(book, seen)
    (after,) = routines.plan(book, weekly)
    assert after.due_at.astimezone(zone).date() == date(2027, 1, 7)
    assert after.planned_at == before.due_at
    for one in (done, over, rests):
        (same,) = routines.plan(book, one)
        assert same.due_at == before.due_at
    routines.resume(book, rests)
    (again,) = routines.plan(book, rests)
    assert again.due_at == after.due_at
    history.undo(book)
    history.undo(book)
    assert routines.plan(book, weekly) == [before]


def test_the_next_turn_is_made_when_the_new_calendar_asks_for_it(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    fields = {"playbook": "weekly_report", "on": "2027-01-08"}
    weekly = routines.add(book, routines.read_draft(book, fields)).made
    workday_notice.take(
        book,
        workday_notice.preview(book, notice(tmp_path, ("2027-01-14", True), ("2027-01-15", True))),
    )
    steps.tick_step(book, routines.plan(book, weekly)[0].id)
    clock.move_to(clock.at(date(2027, 1, 13), time(9)))
    (due_now,) = [one for one in due.due(book) if one.event == "Weekly report"]
    assert due_now.due is not None
    assert due_now.due.astimezone(book.clock.zone).date() == date(2027, 1, 13)


def test_steps_of_a_stop_keep_to_the_days_of_their_stop(book: Book, tmp_path: Path) -> None:
    zone = book.clock.zone
    starts = datetime(2027, 1, 11, 9, tzinfo=zone)
    show = events.create(book, EventDraft("路演", "roadshow", starts)).made
    stops.add(book, show, stops.read(book, show, "杭州 2027-01-11 宁波 2027-03-10"))
    _hangzhou, ningbo = stops.of(book, show)
    before = {line.id: line for line in events.plan(book, show) if line.stop_id == ningbo.id}
    place = next(line for line in before.values() if line.key == "place")
    off = place.due_at.astimezone(zone).date()
    assert off.year == 2027
    moved = {x.id for x in before.values() if x.due_at.astimezone(zone).date() == off}
    seen = workday_notice.preview(book, notice(tmp_path, (off.isoformat(), True)))
    workday_notice.take(book, seen)
    after = {line.id: line for line in events.plan(book, show) if line.stop_id == ningbo.id}
    assert {id for id in before if before[id].due_at != after[id].due_at} == moved
    for id in moved:
        assert timedelta() < before[id].due_at - after[id].due_at <= timedelta(days=4)


def test_the_same_notice_again_leaves_nothing_to_undo(book: Book, tmp_path: Path) -> None:
    path = notice(tmp_path, ("2027-01-04", True))
    change = workday_notice.take(book, workday_notice.preview(book, path))
    with pytest.raises(Refused, match="taken in already"):
        workday_notice.take(book, workday_notice.preview(book, path))
    assert history.undo(book).id == change.id
