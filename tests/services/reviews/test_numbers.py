"""Over random histories every number of a review is what a plain count of the tables gives, opens
as many rows as it says, and from stage to stage nobody is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from opslog.domain.reviews.numbers import COUNTING, PEOPLE, Number
from opslog.domain.reviews.pictures import Bar, Bars, Curve, Heat
from opslog.domain.reviews.review import Review
from opslog.services.book.book import Book, open_book
from opslog.services.reviews import opening, reviews
from tests.conftest import StandingClock
from tests.services.reviews import plain_counts
from tests.services.reviews.history import MONDAY, History, deeds

# Something of everything, which few random weeks have.
WEEK: list[tuple[Any, ...]] = [
    *(("invite", 0, "no_answer"), ("invite", 6, "unsure"), ("decide", 0, "keep")),
    *(("decide", 1, "drop"), ("remind", 2, "coming"), ("remind", 3, "not_coming")),
    *(("remind", 4, "no_answer"), ("walk in", 1), ("stand in", 4), ("mark", 2, True)),
    *(("mark", 1, True), ("mark", 3, False), ("call back", 2, "interested")),
    *(("call back", 3, "wrong_number"), ("write", 7, "replied"), ("lead", 2, "陈磊")),
    *(("lead", 8, ""), ("stands", 0, "won"), ("merge", 5, 6), ("erase", 3)),
]

# Put off once people had said that they come, of whom some do not any more.
TO_COME: list[tuple[Any, ...]] = [
    *(("remind", 1, "coming"), ("move", 3), ("remind", 2, "coming")),
    *(("remind", 3, "colleague_comes"), ("remind", 4, "coming"), ("remind", 5, "coming")),
    *(("decide", 2, "drop"), ("withdraw", 4)),
]


@given(deeds)
@example(WEEK)
@example(TO_COME)
@settings(max_examples=20)
def test_numbers_are_plain_counts_and_open_their_rows(story: list[tuple[Any, ...]]) -> None:
    clock = StandingClock(MONDAY)
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "opslog.db", clock=clock, session="test")
        try:
            told = History(book, clock)
            for deed in story:
                told.do(deed)
            check(book, told.event)
        finally:
            book.close()


def check(book: Book, event_id: int) -> None:
    review = reviews.review(book, event_id)
    funnel = review.picture("funnel")
    assert isinstance(funnel, Bars)
    said = {bar.number.key.partition(".")[2]: bar.number.value for bar in funnel.bars}
    assert said == plain_counts.funnel(book, event_id)
    assert nothing_is_lost(funnel)
    assert whole_of(review, "dropped") == plain_counts.dropped(book, event_id)
    assert whole_of(review, "rounds") == plain_counts.decided(book, event_id)
    assert whole_of(review, "hours") == plain_counts.calls(book, event_id)
    curve = review.picture("curve")
    if isinstance(curve, Curve):  # who signed up did so on one day, or nobody knows when
        days = sum(one.number.value or 0 for one in curve.numbers)
        undated = curve.undated.value or 0 if curve.undated else 0
        assert days == (curve.total.value if curve.total else 0)
        assert days + undated == said["signed_up"]
    weeks = review.picture("weeks")
    if isinstance(weeks, Curve):
        of = {s: [one.number.value or 0 for one in weeks.numbers[s::2]] for s in (0, 1)}
        assert sum(of[0]) == plain_counts.calls(book, event_id)
        for place, values in of.items():
            assert values == [y for _x, y in weeks.series[place].points]
    numbers = list(review.numbers())
    keys = [one.key for one in numbers]
    assert len(keys) == len(set(keys)), keys
    for one in numbers:
        assert (one.value is None) == (one.why is not None), one
        assert one.of is None or one.of > 0, one
        assert one.rate is None or one.rate.part <= one.rate.of, one
        if one.unit == PEOPLE and one.kind and one.value is not None:
            opened = opening.rows(book, review, one)
            assert len(opened) == one.value, one
            assert len({row.id for row in opened}) == len(opened), one
    for bar in funnel.bars:
        assert share_is_of_both(book, review, funnel, bar.number), bar


def share_is_of_both(book: Book, review: Review, funnel: Bars, number: Number) -> bool:
    """Whether so many of a number are in the whole that it is a share of as its rate says."""
    whole = next((b.number for b in funnel.bars if b.number.label == number.of_label), None)
    if whole is None or number.rate is None:
        return number.rate is None
    mine, theirs = opening.rows(book, review, number), opening.rows(book, review, whole)
    if number.kind == whole.kind:
        both = {row.id for row in mine} & {row.id for row in theirs}
    else:  # leads of people, of whom one may have several
        both = {row.ref for row in mine} & {row.ref for row in theirs}
    return len(both) == number.rate.part


def whole_of(review: Review, key: str) -> float:
    """What the numbers of a picture add up to, 0 where it is not there."""
    picture = review.picture(key)
    if isinstance(picture, Heat):
        return sum(cell.number.value or 0 for cell in picture.cells)
    return sum(bar.number.value or 0 for bar in picture.bars) if isinstance(picture, Bars) else 0


def nothing_is_lost(funnel: Bars) -> bool:
    value = {bar.number.key: bar.number.value or 0 for bar in funnel.bars}
    return all(
        value[bar.before]
        - sum(one.value or 0 for one in bar.left)
        + sum(one.value or 0 for one in bar.joined)
        == bar.number.value
        for bar in funnel.bars
        if bar.before
    )


def people(review: Review) -> list[Bar]:
    """The funnel without when those who came were there, which is said last."""
    funnel = review.picture("funnel")
    assert isinstance(funnel, Bars)
    return [one._replace(number=one.number._replace(note=None), more=()) for one in funnel.bars]


@given(deeds)
@example(WEEK)
@example(TO_COME)
@example([("walk in", 0)])
@settings(max_examples=10)
def test_what_stands_there_first_is_what_is_counted_then(story: list[tuple[Any, ...]]) -> None:
    clock = StandingClock(MONDAY)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviews, "MANY", 1)
        book = open_book(Path(folder) / "opslog.db", clock=clock, session="test")
        try:
            told = History(book, clock)
            for deed in story:
                told.do(deed)
            begun: list[Review] = []
            whole = reviews.review(book, told.event, None, begun.append)
        finally:
            book.close()
    at_once, funnel = begun
    assert people(funnel) == people(whole)
    for number in at_once.numbers():
        counted = whole.number(number.key)
        assert counted is not None
        assert number.look == COUNTING or number.value == counted.value
