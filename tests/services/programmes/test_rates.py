"""What came of a programme's messages, counted over the rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from opslog.domain.calls.retries import Attempt
from opslog.domain.programmes.rates import Counts
from opslog.domain.reports import stretches
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.files import export as files_out
from opslog.services.leads import leads
from opslog.services.programmes import contents, enrolling, programmes, queue, rates, sending
from opslog.services.reports import reports
from opslog.services.reviews import opening, reviews
from opslog.store.calls import touches
from opslog.tui.programmes import head
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


def test_messages_people_and_words_leave_as_tables(book: Book, clock: StandingClock) -> None:
    one, two, _three = programme.begin(book)
    sending.sent(book, [one])
    sending.skip(book, two)
    sending.replied(book, one, "好")

    def rows(what: str, **narrowed: Any) -> list[dict[str, Any]]:
        path = book.home / f"{what}.json"
        files_out.export(book, what, path, Scope(**narrowed), force=True)
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return found

    wanted = ("person", "programme", "step", "state", "answered")
    assert [tuple(row[name] for name in wanted) for row in rows("sent")] == [
        ("王志刚", "trial", "hello", "sent", True),
        ("李娜", "trial", "hello", "skipped", None),
    ]
    assert rows("sent", since=date(2026, 11, 24)) == []
    states = [(row["person"], row["state"], row["left_why"]) for row in rows("enrolments")]
    assert states == [("王志刚", "left", "reply"), ("李娜", "active", ""), ("陈晨", "active", "")]
    assert {row["label"] for row in rows("content")} >= {"功能 01", "品牌 09"}


def test_the_week_says_what_programmes_sent_and_brought(book: Book, clock: StandingClock) -> None:
    one, two, _three = programme.begin(book)
    sending.sent(book, [one, two])
    clock.move_to(DAY.replace(day=24))
    sending.sent(book, [one])
    clock.move_to(DAY.replace(day=24, hour=5))
    sending.replied(book, one, "好")
    leads.keep(book, enrolling.of_person(book, 1)[0].person_id, {"need": "yes"})
    said = reports.report(book, stretches.of(stretches.WEEK, book.today()))
    assert "Programmes: 3 messages, replied 1, 1 lead of them." in said.text()
    figures = {one.key: one for one in said.figures()}
    numbers = {key: (len(one.rows), one.of) for key, one in figures.items()}
    assert numbers["programmed"] == (3, 0)
    assert numbers["programmed_replied"] == (1, 3)
    assert figures["programmed_replied"].rows == (max(figures["programmed"].rows),)
    assert numbers["programmed_leads"] == (1, 0)


def test_the_review_of_the_event_counts_what_was_sent_afterwards(book: Book) -> None:
    text = programme.PROGRAMME + '\n[[enter]]\nsigned_up = "salon"\n'
    programmes.put(book, "trial", text)
    made = make_list(book, programme.PEOPLE)
    enrolling.enter(book, "trial", [one.person_id for one in enrolling.candidates(book, "trial")])
    one, two, _three = (enrolling.of_person(book, id)[0].id for id in made.people)
    sending.sent(book, [one, two])
    sending.replied(book, two, "好")
    review = reviews.review(book, made.event_id)
    found = {one.key: one for one in review.numbers() if one.key.startswith("messages.")}
    assert {key: one.value for key, one in found.items()} == {
        "messages.trial.sent": 2,
        "messages.trial.replied": 1,
        "messages.trial.new": 0,
    }
    assert len(opening.rows(book, review, found["messages.trial.replied"])) == 1


def test_over_several_programmes_the_targets_of_those_that_wrote_are_held_against(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the lowest there is, of whatever programme."""
    first = programme.begin(book, 3)
    assert queue.day(book).targets == (0, 0)
    sending.sent(book, first)
    assert queue.day(book).targets == (0.08, 0.08)
    programmes.put(book, "other", programme.PROGRAMME.replace("target = 8", "target = 20"))
    people = make_list(book, [("赵六", "丙", "", "+8613900000009", "")], event="大会").people
    enrolling.enter(book, "other", people)
    (one,) = (one.id for one in enrolling.of_person(book, people[0]))
    clock.move_to(DAY.replace(hour=5))
    sending.sent(book, [one])
    day = queue.day(book)
    assert day.rate == (0, 4)
    assert day.targets == (0.08, 0.2)
    assert day.wanted == pytest.approx(3 * 0.08 + 0.2)
    monkeypatch.setattr(queue, "_NEWEST", 1)  # then the newest stand for all
    assert queue.day(book).wanted == pytest.approx(4 * 0.2)
    shown = "".join(text for text, _look in head._rate(replace(day, rate=(1, 40))))
    assert shown.endswith("target 8%–20%")
