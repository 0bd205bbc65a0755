"""Working days typed anywhere are the operator's own: their days off, their make-up days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from opslog.domain.calls.outcomes import CALLBACK, PHONE
from opslog.services.book import new_times
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.daybook import reading
from opslog.services.events import form
from tests.services.lists import make_list

# The clock stands at Monday 2026-11-23, 09:00.
OWN = "holidays = [2026-11-24, 2027-02-15]\nworkdays = [2026-11-28]\nyears = [2027]\n"


def _capture(book: Book, text: str) -> date:
    return _day(book, reading.understand(book, f"报价 >{text}").follow_ups[0].due)


def _when(book: Book, text: str) -> date:
    return _day(book, new_times.read(book, text, book.now()).at)


def _event(book: Book, text: str) -> date:
    return _day(book, form.read_moment(book, text, book.now()))


def _end(book: Book, text: str) -> date:
    fields = {"kind": "salon", "on": "2026-11-23 10:00", "ends": text}
    return _day(book, form.read_draft(book, fields).ends_at or book.now())


def _promise(book: Book, text: str) -> date:
    made = make_list(book, [("王志刚", "万科", "", "+8613800138000", "")], ends_ago=timedelta(2))
    promised = calling.read_promise(book, made.cards[0], CALLBACK, PHONE, "call_back", text)
    return _day(book, promised.at)


def _day(book: Book, moment: datetime) -> date:
    return moment.astimezone(book.clock.zone).date()


@pytest.mark.parametrize("reader", [_capture, _when, _event, _end, _promise])
@pytest.mark.parametrize(
    ("text", "usual", "own"),
    [
        ("三个工作日后", "2026-11-26", "2026-11-27"),
        ("in 5 working days", "2026-11-30", "2026-11-30"),
        ("+4wd", "2026-11-27", "2026-11-28"),
        ("下个工作日", "2026-11-24", "2026-11-25"),
    ],
)
def test_own_days_count(
    book: Book, reader: Callable[[Book, str], date], text: str, usual: str, own: str
) -> None:
    assert reader(book, text) == date.fromisoformat(usual)
    (book.home / "workdays.toml").write_text(OWN, "utf-8")
    assert reader(book, text) == date.fromisoformat(own)


def test_a_year_vouched_for_says_what_lies_behind_a_holiday(book: Book) -> None:
    assert not reading.understand(book, "报价 >春节后").follow_ups
    (book.home / "workdays.toml").write_text(OWN, "utf-8")
    assert _capture(book, "春节后") == date(2027, 2, 8)
