"""What a report is kept to, as it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.reports.stretches import DAY, SPAN
from opslog.services.book.book import Book
from opslog.services.reports import narrowing, reports
from tests.services.lists import Sheet, make_list


@pytest.fixture
def made(book: Book) -> Sheet:
    return make_list(book, [("Anna Maria Berg", "万科", "", "+8613800138000", "")])


@pytest.mark.parametrize("text", ["#回访 @沙龙 +Anna Maria", "＋Anna Maria ＠上海沙龙 ＃回访"])
def test_marks_in_any_order_and_width(book: Book, made: Sheet, text: str) -> None:
    found = narrowing.read(book, text)
    assert found.only == reports.Only(made.event_id, made.people[0], "回访")
    assert found.stretch is None
    assert reports.typed(book, found.only) == "@上海沙龙 +Anna Maria Berg #回访"


def test_nothing_is_everything_and_days_are_days(book: Book, made: Sheet) -> None:
    assert narrowing.read(book, " ").only == reports.EVERYTHING
    day, days = narrowing.read(book, "11-20").stretch, narrowing.read(book, "@沙龙 11-01 11-15")
    assert day is not None
    assert (day.kind, day.first) == (DAY, date(2026, 11, 20))
    assert days.only.event_id == made.event_id
    assert days.stretch is not None
    assert (days.stretch.kind, days.stretch.last) == (SPAN, date(2026, 11, 15))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@谁的", "No event"),
        ("+谁", "Nobody is found"),
        ("回访", "is no day"),
        ("11-15 11-01", "exchange them"),
        ("#回访 #推文", "One tag at a time"),
        ("11-01 11-02 11-03", "are no two days"),
    ],
)
def test_what_is_none_is_said(book: Book, made: Sheet, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        narrowing.read(book, text)
