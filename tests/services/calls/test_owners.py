"""What colleagues owe to the plans, and that they were reminded of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import owners
from opslog.services.events import events
from opslog.services.events.plans import routines, steps
from opslog.store.calls import told


def salon(book: Book, name: str = "上海沙龙", days: int = 12) -> int:
    at = datetime(2026, 11, 23, 6, tzinfo=book.now().tzinfo) + timedelta(days=days)
    made = events.create(book, EventDraft(name, "salon", at)).made
    assert made is not None
    return made


def owe(book: Book, step_id: int, owner: str) -> None:
    book.con.execute("UPDATE step SET owner=? WHERE id=?", (owner, step_id))


def test_each_owner_has_their_open_steps_of_all_events_who_is_late_first(book: Book) -> None:
    first, second = salon(book), salon(book, "杭州沙龙", 9)
    found = {one.key: one for one in owners.owners(book)}
    assert "venue" in found
    venue = found["venue"]
    assert {one.event_id for one in venue.plans} == {first, second}
    assert all(line.owner == "venue" and line.open for line in venue.lines)
    due = [min(line.due_at for line in one.lines) for one in owners.owners(book)]
    assert due == sorted(due)
    (of_one,) = [one for one in owners.owners(book, second) if one.key == "venue"]
    steps.tick_step(book, of_one.lines[0].id)
    left = [one for one in owners.owners(book, second) if one.key == "venue"]
    assert sum(len(one.lines) for one in left) == len(of_one.lines) - 1


def test_the_words_name_what_is_missing_and_a_name_is_greeted(book: Book) -> None:
    event_id = salon(book)
    step = steps.add_step(book, event_id, "签到台", book.now() + timedelta(days=3)).made
    assert step is not None
    owe(book, step, "周敏")
    (mine,) = [one for one in owners.owners(book, event_id) if one.key == "周敏"]
    said = owners.text(book, mine).english()
    assert said.startswith(
        "Hello 周敏, for “上海沙龙” on Sat 5 Dec 1 thing is still missing: 签到台"
    )
    locale.set_language("zh_CN")
    assert str(owners.text(book, mine)) == (
        "周敏你好，12月5日（周六）的“上海沙龙”还差 1 件事：签到台。11月26日（周四）下班前能给我吗？"
    )


def test_a_reminder_is_noted_once_and_undone(book: Book) -> None:
    salon(book)
    before = owners.named(book, "Venue lead")
    change = owners.remind(book, before)
    assert owners.named(book, "现场负责人").told == book.now()
    assert told.names(book.con) == []  # it is no colleague to pass people on to
    history.undo(book, change.id)
    assert owners.named(book, "venue") == before
    with pytest.raises(Refused, match="owes nothing"):
        owners.named(book, "法务")


def test_what_is_owed_to_plans_of_ones_own_is_among_it_with_the_words_to_send(book: Book) -> None:
    event_id = salon(book)
    made = routines.add(book, routines.read_draft(book, {"playbook": "list_care"})).made
    step = routines.plan(book, made)[0]
    owe(book, step.id, "张三")
    owner = owners.named(book, "张三")
    (plan,) = owner.plans
    assert (plan.event_id, plan.name) == (0, "Care of the lists")
    assert [line.id for line in plan.lines] == [step.id]
    assert str(owners.text(book, owner)).startswith("Hello 张三, for “Care of the lists” on ")
    assert owners.of_step(book, routines.plan(book, made)[0]) == owner
    assert owners.of_step(book, routines.plan(book, made)[1]) is None
    assert "张三" not in [one.key for one in owners.owners(book, event_id)]
    owners.remind(book, owner)
    assert owners.named(book, "张三").told == book.now()
    routines.pause(book, made)
    assert "张三" not in [one.key for one in owners.owners(book)]


def test_the_words_ask_for_what_is_due_soon_and_only_that_is_noted(book: Book) -> None:
    first, later = salon(book), salon(book, "春季沙龙", 70)
    owner = owners.named(book, "venue")
    assert {one.event_id for one in owner.plans} == {first, later}
    said = owners.text(book, owner).english()
    assert "上海沙龙" in said
    assert "春季沙龙" not in said
    owners.remind(book, owner)
    assert owners.named(book, "venue", first).told == book.now()
    assert owners.named(book, "venue", later).told is None


def test_whoever_owes_a_step_now_was_not_reminded_by_what_another_was_told(book: Book) -> None:
    event_id = salon(book)
    owner = owners.named(book, "venue")
    owners.remind(book, owner)
    owe(book, owner.lines[0].id, "小王")
    assert owners.named(book, "小王", event_id).told is None
