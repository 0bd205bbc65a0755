"""One stop of a road show held against the mean of the others, or against one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events import stop_tallies
from opslog.domain.events.stops import Stop
from opslog.domain.reviews.measures import OTHER_STOPS, of_stop
from opslog.domain.reviews.numbers import PERSON
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.review import Review
from opslog.services.book.book import Book
from opslog.services.events import stops
from opslog.services.reviews import opening, reviews
from tests.conftest import StandingClock
from tests.services.calls import test_stop_lists as stop_lists

Show = tuple[int, dict[str, Stop]]


@pytest.fixture
def show(book: Book, tmp_path: Path, clock: StandingClock) -> Show:
    """杭州 with three on its list, 宁波 with two; 温州 with neither list nor figures; all over."""
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州", "宁波")
    for place, said in (("杭州", "reach=433 花费=2万"), ("宁波", "reach=100 花费=1万")):
        stops.tally(book, known[place].id, stop_tallies.read(said.split()))
    clock.move_to(known["温州"].ends_at)
    return event_id, known


def of(book: Book, show: Show, place: str, against: str) -> Review:
    return reviews.review(book, show[0], against, stop_id=show[1][place].id)


def beside(review: Review) -> dict[str, tuple[float | None, float | None]]:
    picture = review.picture("compared")
    assert isinstance(picture, Bars)
    return {bar.number.key: (bar.number.value, bar.number.compared) for bar in picture.bars}


def test_a_stop_is_held_against_another_of_the_same_show(book: Book, show: Show) -> None:
    review = of(book, show, "杭州", of_stop(show[1]["宁波"].id))
    assert review.compared is not None
    assert review.compared.title.english() == "宁波"
    found = beside(review)
    assert found["compared.signed_up"] == (3, 2)
    assert found["compared.reached"] == (433, 100)
    assert found["compared.spent"] == (20_000_00, 10_000_00)
    signed = review.number("funnel.signed_up")
    assert signed is not None
    assert (signed.value, signed.compared) == (3, 2)


def test_a_stop_is_held_against_the_mean_of_those_that_know(book: Book, show: Show) -> None:
    review = of(book, show, "温州", OTHER_STOPS)
    assert review.compared is not None
    assert review.compared.title.english() == "the mean of the other stops"
    picture = review.picture("compared")
    assert isinstance(picture, Bars)
    assert picture.note is not None
    assert picture.note.english() == "2 stops: 杭州, 宁波"
    assert beside(review)["compared.signed_up"][1] == 2.5
    assert beside(review)["compared.reached"][1] == 266
    lacking = beside(of(book, show, "杭州", OTHER_STOPS))  # 温州 has no list and no figures
    assert lacking["compared.signed_up"] == (3, 2)
    (bar,) = [x for x in of_bars(of(book, show, "杭州", OTHER_STOPS)) if "signed" in x.number.key]
    assert bar.number.note is not None
    assert bar.number.note.english() == "over 1 of 2 stops"


def of_bars(review: Review) -> list[Bar]:
    picture = review.picture("compared")
    assert isinstance(picture, Bars)
    return list(picture.bars)


def test_its_numbers_open_no_more_than_the_stop(book: Book, show: Show) -> None:
    for against in (OTHER_STOPS, of_stop(show[1]["宁波"].id)):
        review = of(book, show, "杭州", against)
        opened = [one for one in review.numbers() if one.kind == PERSON and one.value]
        assert "compared.signed_up" in [one.key for one in opened]
        for number in opened:
            assert len(opening.rows(book, review, number)) == number.value, number.key


def test_a_stop_called_off_or_to_come_is_in_no_mean(
    book: Book, show: Show, clock: StandingClock
) -> None:
    stops.drop(book, show[1]["宁波"].id, "报名太少")
    review = of(book, show, "温州", OTHER_STOPS)
    assert beside(review)["compared.signed_up"][1] == 3
    clock.move_to(show[1]["杭州"].starts_at)
    review = of(book, show, "温州", OTHER_STOPS)
    picture = review.picture("compared")
    assert isinstance(picture, Bars)
    assert not picture.bars
    assert picture.note is not None
    assert picture.note.english() == "no other stop is over yet"


def test_it_is_held_against_nothing_else(book: Book, show: Show) -> None:
    assert of(book, show, "杭州", "").compared is None
    for key in (of_stop(show[1]["杭州"].id), "previous_month", str(show[0])):
        with pytest.raises(Refused, match="held against the other stops or one of them"):
            of(book, show, "杭州", key)
    with pytest.raises(Refused):
        of(book, show, "杭州", of_stop(999))
