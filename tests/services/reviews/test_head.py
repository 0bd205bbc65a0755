"""What stands above a review: when the event was, of how many days, how often it was moved."""

from __future__ import annotations

from datetime import timedelta

from opslog import locale
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews.wording import about, pasted, when
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.reviews import acts, reviews
from tests.conftest import MONDAY
from tests.services.reviews.learned import at


def test_an_event_of_several_days_says_its_last_and_how_many(book: Book) -> None:
    begins, ends = at(book, "2026-06-08T09:00"), at(book, "2026-06-28T18:00")
    show = events.create(book, EventDraft("全省路演", "salon", begins, ends, list="none")).made
    review, zone = reviews.review(book, show, ""), book.clock.zone
    days = "Mon 06-08 – Sun 06-28 · 21 days"
    assert str(about(review, zone)).startswith(f"{days} · ")
    assert days in pasted(review, zone).splitlines()[0]
    assert str(when(review.event.row, review.now, zone, timed=True)) == days
    locale.set_language("zh_CN")
    assert str(about(review, zone)).startswith("06-08 周一 – 06-28 周日 · 21 天 · ")


def test_an_event_of_one_day_says_it_once(book: Book) -> None:
    draft = EventDraft("沙龙", "salon", MONDAY, MONDAY + timedelta(hours=3))
    row = events.get(book, events.create(book, draft).made).row
    said = str(when(row, book.now(), book.clock.zone))
    assert "–" not in said
    assert str(when(row, book.now(), book.clock.zone, timed=True)).startswith(f"{said} ")


def test_an_event_that_was_moved_says_how_often_and_what_it_had_first(book: Book) -> None:
    draft = EventDraft("沙龙", "salon", at(book, "2026-11-03T14:00"), list="none")
    event_id = events.create(book, draft).made
    assert reviews.review(book, event_id, "").moved is None
    for day in ("05T14", "10T14", "10T16", "12T16", "17T16", "19T16"):  # once by hours alone
        events.move(book, event_id, at(book, f"2026-11-{day}:00"))
    review = reviews.review(book, event_id, "")
    said = "moved 5 times, planned for Tue 11-03 at first"
    assert str(about(review, book.clock.zone)).endswith(f" · {said}")
    plan = acts.parts(book, event_id)[1]
    assert str(plan.known).endswith(f"; {said}")
    locale.set_language("zh_CN")
    assert str(review.moved) == "改过 5 次日期，原定 11-03 周二"
