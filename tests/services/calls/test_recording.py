"""What an outcome leaves behind: one change, its line in the log, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from tests.conftest import StandingClock
from tests.services.calls.test_calling import (
    PEOPLE,
    TOMORROW,
    names,
    remind,
    salon_last_week,
    salon_tomorrow,
)
from tests.services.lists import make_list


def test_a_call_is_one_change_with_its_line_in_the_log(book: Book) -> None:
    made = salon_tomorrow(book)
    before = dump(book)
    change = calling.record(
        book,
        made.cards[0],
        "reminder",
        "not_coming",
        lane="phone",
        reason="travel",
        note="换李总来",
        minutes=4,
    )
    assert str(change.label) == "Called 王志刚: not coming (travelling), to be passed on"
    log = book.con.execute("SELECT * FROM log").fetchone()
    assert log["text"] == f"{change.label} · 换李总来"
    assert (log["source"], log["minutes"], log["event_id"]) == ("call", 4, made.event_id)
    assert book.con.execute("SELECT person_id FROM log_person").fetchone()[0] == made.people[0]
    touch = book.con.execute("SELECT * FROM touch").fetchone()
    assert (touch["reason"], touch["note"], touch["next_at"]) == ("travel", "换李总来", None)
    history.undo(book)
    assert dump(book) == before
    history.redo(book)
    assert book.con.execute("SELECT outcome FROM touch").fetchone()[0] == "not_coming"


def dump(book: Book) -> list[str]:
    return [
        repr(tuple(row))
        for table in ("touch", "log", "log_person", "person", "card")
        for row in book.con.execute(f"SELECT * FROM {table} ORDER BY id")
    ]


def test_the_label_speaks_chinese_later_too(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming", reason="在开会 [/red]")
    label = history.changes(book)[0].label
    locale.set_language("zh_CN")
    assert str(label) == "致电王志刚：不来（在开会 [/red]），待转同事"


def test_do_not_call_marks_the_person_everywhere(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "do_not_call")
    other = make_list(book, PEOPLE[:1], event="另一场", ends_ago=TOMORROW, people=made.people[:1])
    assert other.people == made.people[:1]
    assert "王志刚" not in names(book)
    with pytest.raises(Refused, match="asked not to be called"):
        remind(book, made, 0, "coming")
    history.undo(book)
    assert names(book).count("王志刚") == 1


def test_do_not_write_counts_as_do_not_call(book: Book) -> None:
    made = salon_last_week(book, 0)
    calling.record(book, made.cards[0], "callback-1", "do_not_write", lane="wecom")
    assert person_card.get(book, made.people[0]).do_not_call
    assert book.con.execute("SELECT text FROM log").fetchone()[0] == (
        "Wrote to 王志刚: do not write"
    )


def test_a_promise_is_first_when_due_and_on_today(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=3)
    remind(book, made, 2, "call_back", when=when)
    promise = next(item for item in call_due.due(book) if item.kind == "promise")
    assert (promise.ref, promise.due, promise.timed) == (made.cards[2], when, True)
    assert (promise.person, promise.event) == ("张伟", "上海沙龙")
    assert book.con.execute("SELECT text FROM log").fetchone()[0] == (
        "Called 张伟: call back (12:00)"
    )
    clock.move_to(when)
    first = call_queue.queue(book)[0]
    assert (first.person, first.promised, first.ready) == ("张伟", True, True)
    remind(book, made, 2, "coming")
    assert not [item for item in call_due.due(book) if item.kind == "promise"]


def test_a_promise_may_be_moved_and_not_into_the_past(book: Book) -> None:
    made = salon_tomorrow(book)
    with pytest.raises(Refused, match="No call is promised"):
        calling.move_promise(book, made.cards[0], book.now() + timedelta(hours=1))
    remind(book, made, 0, "call_back", when=book.now() + timedelta(hours=3))
    calling.move_promise(book, made.cards[0], book.now() + timedelta(hours=4))
    assert call_due.due(book)[-1].due == book.now() + timedelta(hours=4)
    with pytest.raises(Refused, match="08:00 is past"):
        calling.move_promise(book, made.cards[0], book.now() - timedelta(hours=1))


def test_call_back_without_a_time_waits_as_the_rule_says(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "call_back")
    touch = book.con.execute("SELECT next_at, promised FROM touch").fetchone()
    # two hours from 09:00 in the morning
    assert (touch["next_at"], touch["promised"]) == ("2026-11-23T03:00:00Z", 0)


@pytest.mark.parametrize(
    ("outcome", "lane", "hours", "said"),
    [
        ("answered", "phone", None, "“answered” is no outcome of reminder by phone; known: com"),
        ("coming", "fax", None, "“fax” is no lane"),
        ("coming", "phone", 2, "“coming” closes the call"),
        ("call_back", "phone", -1, "08:00 is past"),
        ("call_back", "phone", 40, "starts Tue 11-24 14:00; promise a time before that"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    book: Book, outcome: str, lane: str, hours: int | None, said: str
) -> None:
    made = salon_tomorrow(book)
    when = None if hours is None else book.now() + timedelta(hours=hours)
    with pytest.raises(Refused, match=said):
        calling.record(book, made.cards[0], "reminder", outcome, lane=lane, when=when)
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 0
    assert history.changes(book) == []


def test_a_card_that_is_gone(book: Book) -> None:
    with pytest.raises(Refused, match="Card 7 is no longer on any list"):
        calling.record(book, 7, "reminder", "coming", lane="phone")
    with pytest.raises(Refused, match="Card 7"):
        call_card.card(book, 7, "reminder")
    with pytest.raises(Refused, match="Card 7"):
        guests.mark_attended(book, 7, True)
