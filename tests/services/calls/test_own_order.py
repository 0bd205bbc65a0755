"""Fields and answers move people in the queue, but nothing said today does."""

from __future__ import annotations

from datetime import timedelta

from opslog.services.answers import answering
from opslog.services.book.book import Book
from opslog.services.calls.queue import queue as call_queue
from opslog.services.fields import fields
from tests.conftest import StandingClock
from tests.services.answers.test_answering import HEAR
from tests.services.calls.test_calling import salon_tomorrow

BUDGET = HEAR._replace(key="budget", options=("有", "没有"), options_en=("yes", "no"))


def names(book: Book) -> list[str]:
    return [line.person for line in call_queue.queue(book, "reminder")]


def why(book: Book, person: str) -> str:
    return next(str(one.why) for one in call_queue.queue(book, "reminder") if one.person == person)


def test_a_large_company_and_a_field_with_weight_stand_higher(book: Book) -> None:
    made = salon_tomorrow(book)
    assert names(book) == ["王志刚", "李娜", "张伟", "陈静"]
    size = fields.add(book, fields.read({"name": "员工数", "of": "company"})).made
    fields.set_value(book, size, made.people[2], "2000")
    assert "2000 人 +7" in why(book, "张伟")
    vip = fields.add(book, fields.read({"name": "复购", "weight": "40"})).made
    fields.set_value(book, vip, made.people[3], "两次")
    assert names(book)[0] == "陈静"
    assert "复购 两次 +40" in why(book, "陈静")


def test_an_answer_of_today_raises_nobody_and_counts_from_tomorrow(
    book: Book, clock: StandingClock
) -> None:
    made = salon_tomorrow(book)
    before = [line.score for line in call_queue.queue(book, "reminder")]
    answering.answer(book, BUDGET, made.people[1], None, "1")
    assert [line.score for line in call_queue.queue(book, "reminder")] == before
    clock.move_to(book.now() + timedelta(hours=16))
    line = next(one for one in call_queue.queue(book) if one.person == "李娜")
    assert "said: yes +6" in str(line.why)
    answering.take_back(book, BUDGET, made.people[1], None)
    line = next(one for one in call_queue.queue(book) if one.person == "李娜")
    assert "said" not in str(line.why)


def test_of_several_events_the_newest_answer_counts(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    lina = made.people[1]
    for event, typed in ((made.event_id, "1"), (None, "1"), (made.event_id, "2")):
        answering.answer(book, BUDGET, lina, event, typed)
    clock.move_to(book.now() + timedelta(hours=16))
    line = next(one for one in call_queue.queue(book) if one.person == "李娜")
    assert "said: no -2" in str(line.why)
