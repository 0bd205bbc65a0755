"""What came of a programme's messages, counted over the rows."""

from __future__ import annotations

from datetime import UTC, datetime

from opslog.domain.calls.retries import Attempt
from opslog.domain.programmes.rates import Counts
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.leads import leads
from opslog.services.programmes import contents, enrolling, programmes, rates, sending
from opslog.store.calls import touches
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.programmes import programme

DAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_each_answer_and_each_lead_goes_to_the_message_before_it(
    book: Book, clock: StandingClock
) -> None:
    text = programme.PROGRAMME.replace(
        'text_zh = "第二天的话"\ntext_en = "words of day two"',
        'stage = "features"\nlabel = "功能 03"',
    )
    programmes.put(book, "trial", text)
    people = programme.people(book)
    enrolling.enter(book, "trial", people)
    one, two, three = (enrolling.of_person(book, id)[0].id for id in people)
    sending.sent(book, [one, two, three])
    clock.move_to(DAY.replace(day=24))
    with book.change(Msg("{text}", {"text": "added"})):  # after the first message
        added = Attempt(0, 0, "add", "wecom", "accepted", "", "", book.now())
        touches.add_touch(book.con, added, people[0], counts=False)
    clock.move_to(DAY.replace(day=24, hour=3))
    sending.sent(book, [one])
    contents.change(book, "功能 03", text_en="other words")
    sending.sent(book, [two], "hello, my own words")
    sending.sent(book, [three])
    sending.opened(book, three)
    clock.move_to(DAY.replace(day=24, hour=4))
    sending.replied(book, three, "yes")
    leads.keep(book, people[2], {"need": "yes"})
    found = rates.of_programme(book, "trial")
    assert [(row.step, row.label, row.version, row.counts) for row in found.rows] == [
        ("hello", "", 1, Counts(3, 0, 0, 1)),
        ("two", "", 0, Counts(1, 0, 0, 0)),
        ("two", "功能 03", 1, Counts(1, 0, 0, 0)),
        ("two", "功能 03", 2, Counts(1, 1, 1, 1)),
    ]
    assert found.total == Counts(6, 1, 1, 2)
    assert (found.target, found.span, found.weakest) == (8, "quarter", None)


def test_fifty_with_one_copy_count_fifty_and_decide_on_growing(book: Book) -> None:
    programmes.put(book, "trial", programme.PROGRAMME)
    many = [(f"客户{n}", "", "", f"+86138{n:08}", "") for n in range(50)]
    ids = make_list(book, many).people
    enrolling.enter(book, "trial", ids)
    sending.sent(book, [enrolling.of_person(book, id)[0].id for id in ids])
    assert str(rates.of_programme(book, "trial").advice) == (
        "a month: 0 of 50 answered; wanted 8%: not worth more; revise day 1 first"
    )
    for id in ids[:5]:
        sending.replied(book, enrolling.of_person(book, id)[0].id)
    assert str(rates.of_programme(book, "trial").advice) == (
        "a month: 5 of 50 answered: three months is worth it"
    )
