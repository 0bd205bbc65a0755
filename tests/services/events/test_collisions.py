"""Plans of several events that collide, as the calendar tells them, and a shift taken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from opslog.domain.events.collisions import CALLS, DAY_OFF, MAILS_MEET
from opslog.domain.events.events import PINNED, EventDraft
from opslog.domain.events.kinds import KINDS
from opslog.locale import msg
from opslog.services.book import history, own_files, own_kinds
from opslog.services.book.book import Book
from opslog.services.events import collisions, events
from opslog.services.events.plans import schedule
from tests.services.lists import make_list


def make(book: Book, name: str, on: str) -> int:
    starts = datetime.fromisoformat(on).replace(tzinfo=book.clock.zone)
    return events.create(book, EventDraft(name, "salon", starts)).made


def test_a_shift_is_one_change_that_undo_takes_back(book: Book) -> None:
    first, second = make(book, "上海", "2026-12-10T14:00"), make(book, "北京", "2026-12-10T16:00")
    shown = schedule.between(book, date(2026, 11, 30), 14)
    one = next(one for one in shown.collisions if one.kind == MAILS_MEET)
    assert one.events == {first, second}
    assert shown.collided[one.day] >= {first, second}
    chips = collisions.of_event(book, second)
    assert {step.id for step in one.steps if step.event_id == second} <= set(chips.steps)
    before = [events.plan(book, id) for id in (first, second)]
    shift = one.shifts[0]
    collisions.take(book, shift)
    moved = next(
        line for line in events.plan(book, shift.step.event_id) if line.id == shift.step.id
    )
    assert (moved.due_at, moved.state) == (shift.to, PINNED)
    assert moved.planned_at == shift.step.due_at
    after = schedule.between(book, date(2026, 11, 30), 14).collisions
    assert (one.kind, one.steps) not in [(other.kind, other.steps) for other in after]
    history.undo(book)
    assert [events.plan(book, id) for id in (first, second)] == before


def test_what_was_put_out_of_the_way_goes_along_when_its_event_moves(book: Book) -> None:
    make(book, "上海", "2026-12-10T14:00")
    second = make(book, "北京", "2026-12-10T16:00")
    shown = schedule.between(book, date(2026, 11, 30), 14)
    shift = next(one for one in shown.collisions if one.kind == MAILS_MEET).shifts[0]
    collisions.take(book, shift)
    event_id = shift.step.event_id
    start = events.get(book, event_id).row.starts_at
    events.move(book, event_id, start + timedelta(days=21))
    plan = {line.key: line for line in events.plan(book, event_id)}
    assert not [line.key for line in plan.values() if line.state == PINNED]
    assert plan["theme"].due_at < plan["promo-1-edm"].due_at < plan["promo-2-edm"].due_at
    assert second


def test_a_cancelled_event_is_in_nobodys_way(book: Book) -> None:
    make(book, "上海", "2026-12-10T14:00")
    off = make(book, "北京", "2026-12-10T16:00")
    events.cancel(book, off)
    assert not schedule.between(book, date(2026, 11, 30), 14).collisions


def test_people_on_the_lists_of_both_are_counted(book: Book) -> None:
    first, second = make(book, "上海", "2026-12-10T14:00"), make(book, "北京", "2026-12-10T16:00")
    wang, li, zhao = (
        (name, "公司", "经理", f"1380013800{n}", "")
        for n, name in enumerate(("王志刚", "李娜", "赵敏"))
    )
    one = make_list(book, [wang, li])
    two = make_list(book, [wang, zhao, li], people=[one.people[0], None, one.people[1]])
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (two.cards[2],))
    for sheet, event_id in ((one, first), (two, second)):
        book.con.execute("UPDATE roster SET event_id=? WHERE id=?", (event_id, sheet.roster_id))
    shown = schedule.between(book, date(2026, 11, 30), 14)
    people = {one.people for one in shown.collisions if one.kind == MAILS_MEET}
    assert people == {1}


def test_who_withdrew_is_called_no_more(book: Book) -> None:
    for name, start in (("上海", 1000), ("北京", 2000)):
        rows = [(f"{name}{n}", "公司", "经理", f"+861380013{start + n}", "") for n in range(80)]
        sheet = make_list(book, rows)
        event_id = make(book, name, "2026-12-10T14:00")
        book.con.execute("UPDATE roster SET event_id=? WHERE id=?", (event_id, sheet.roster_id))
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id IN (?, ?)", sheet.cards[:2])
    shown = schedule.between(book, date(2026, 11, 30), 14)
    assert {one.people for one in shown.collisions if one.kind == CALLS} == {158}


def test_the_days_off_of_a_region_and_what_nobody_knows_of_one(book: Book) -> None:
    starts = datetime.fromisoformat("2026-12-10T14:00").replace(tzinfo=book.clock.zone)
    draft = EventDraft("直播", "webinar", starts, audience="segment", segment="新疆的老客户")
    xinjiang = events.create(book, draft).made
    shown = schedule.between(book, date(2026, 11, 30), 14)
    assert shown.regions == ["新疆"]
    aimed = [s for s in events.plan(book, xinjiang) if s.open and s.channel == "edm"]
    day = aimed[0].due_at.astimezone(book.clock.zone).date()
    mine = f'[[region]]\nname = "新疆"\nholidays = [{day.isoformat()}]\n'
    own_files.put(book, own_kinds.WORKDAYS.place, mine, msg("days"))
    shown = schedule.between(book, date(2026, 11, 30), 14)
    assert not shown.regions
    off = [one for one in shown.collisions if one.region]
    assert {one.kind for one in off} == {DAY_OFF}
    assert aimed[0].id in {step.id for one in off for step in one.steps}
    assert str(collisions.said(off[0], shown.around)) == "goes out on a day off in 新疆"
    shift = off[0].shifts[0]
    assert shift.to.astimezone(book.clock.zone).date() != day


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_alone_is_in_nobodys_way(book: Book, kind: str) -> None:
    starts = datetime.fromisoformat("2026-12-24T14:00").replace(tzinfo=book.clock.zone)
    made = events.create(book, EventDraft("上海", kind, starts)).made
    assert not collisions.of_event(book, made).steps
