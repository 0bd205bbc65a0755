"""The road show of the operator's own words: 21 days, 11 cities, 4,766 people reached, 102 leads,
33 customers against a target of 58 — without a list, so every figure is typed in, and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import difference, value
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.reviews import costs, figures, opening, reviews
from opslog.services.reviews.figures import Typed
from tests.conftest import MONDAY

FIGURES = (
    Typed("days", 21),
    Typed("cities", 11),
    Typed("districts", 32),
    Typed("reach", 4_766),
    Typed("leads", 102),
    Typed("customers", 33, source="CRM"),
    Typed("customers", against="same_month_last_year", percent=-59.29),
    Typed("customers", against="previous_month", percent=-76.37),
    Typed("customers", against="half_year_before", percent=-45.74),
    Typed("customers", against="half_year_after", percent=-16.13),
    Typed("visitors", 8_108, "previous_month", -9.9, source="网站统计"),
    Typed("province_visitors", 7_540),
    Typed("visitors_per_day", 243, "previous_month", -7.3, -19),
    Typed("page_views", 204_000, "previous_month", -20.1),
    Typed("page_views_per_day", 6_578),
)


@pytest.fixture
def show(book: Book) -> int:
    draft = EventDraft(
        "全省路演",
        "salon",
        MONDAY - timedelta(days=40),
        MONDAY - timedelta(days=19),
        list="none",
        targets={"customers": 58},
    )
    event_id = events.create(book, draft).made
    costs.put(book, event_id, "路演", {"planned": 220_000_00, "spent": 220_000_00})
    for one in FIGURES:
        figures.put(book, event_id, one)
    return event_id


def test_every_figure_of_the_road_show_is_shown(book: Book, show: int) -> None:
    review = reviews.review(book, show)
    assert [str(one) for one in review.verdict] == [
        "102 leads; 33 customers won, the target was 58."
    ]
    assert _said(review, "funnel.reached") == ("4,766", "typed in")
    assert _said(review, "funnel.lead") == ("102", "typed in")
    assert _said(review, "funnel.won") == ("33", "typed in, CRM")
    number = review.number("targets.customers")
    assert number is not None
    assert (number.value, number.target, number.look) == (33, 58, "warn")
    worth = review.number("worth.customer")
    assert worth is not None
    assert str(value(worth)) == "¥6,667"
    assert worth.look == "warn"  # of 3,793 planned
    assert str(value(worth._replace(value=worth.target))) == "¥3,793"
    cost = review.number("costs.1")
    assert cost is not None
    assert (cost.value, cost.target) == (220_000_00, 220_000_00)
    typed = review.picture("figures")
    assert isinstance(typed, Bars)
    assert {bar.number.key.partition(".")[2]: _shown(bar.number) for bar in typed.bars} == {
        "days": ("21", ""),
        "cities": ("11", ""),
        "districts": ("32", ""),
        "reach": ("4,766", ""),
        "leads": ("102", ""),
        "customers": (
            "33",
            "-59.29% against the same month of last year; -76.37% against the previous month; "
            "-45.74% against the monthly mean of the half-year before; "
            "-16.13% against the monthly mean of the half-year after; source: CRM",
        ),
        "visitors": ("8,108", "-9.9% against the previous month (网站统计)"),
        "province_visitors": ("7,540", ""),
        "visitors_per_day": ("243", "-19, -7.3% against the previous month"),
        "page_views": ("204,000", "-20.1% against the previous month"),
        "page_views_per_day": ("6,578", ""),
    }
    assert all(not opening.rows(book, review, one) for one in review.numbers())


def test_what_nobody_knows_of_it_says_so(book: Book, show: int) -> None:
    review = reviews.review(book, show)
    for stage in ("audience", "signed_up", "valid", "confirmed", "came", "answered", "mql"):
        number = review.number(f"funnel.{stage}")
        assert number is not None
        assert number.value is None
        assert number.why is not None
        assert number.rate is None
    lead = review.number("funnel.lead")
    assert lead is not None
    assert (lead.rate, lead.of) == ((102, 4_766), 4_766)
    attendee = review.number("worth.attendee")
    assert attendee is not None
    assert str(attendee.why) == "no list is kept"


def test_beside_another_event_and_other_months(book: Book, show: int) -> None:
    before = events.create(
        book,
        EventDraft("夏季路演", "salon", MONDAY - timedelta(days=70), list="none"),
    ).made
    figures.put(book, before, Typed("customers", 30))
    costs.put(book, before, "场地", {"spent": 150_000_00})
    for key in (None, str(before)):
        review = reviews.review(book, show, key)
        assert review.compared is not None
        assert review.compared.event_id == before
        won, each = review.number("compared.won"), review.number("worth.customer")
        assert won is not None
        assert each is not None
        assert (won.value, won.compared, difference(won)) == (33, 30, "+10%")
        assert (each.compared, difference(each)) == (5_000_00, "+33%")
        funnel = review.number("funnel.won")
        assert funnel is not None
        assert funnel.compared == 30
    found = reviews.review(book, show, "half_year_before").number("compared.won")
    assert found is not None
    assert found.compared == 5  # thirty over six months
    empty = reviews.review(book, show, "same_month_last_year").picture("compared")
    assert isinstance(empty, Bars)
    assert all(bar.number.compared is None for bar in empty.bars)
    assert str(empty.note) == "no event was held: November 2025"
    assert reviews.review(book, show, "").picture("compared") is None


def _said(review: Review, key: str) -> tuple[str, str]:
    number = review.number(key)
    assert number is not None
    return _shown(number)


def _shown(number: object) -> tuple[str, str]:
    from opslog.domain.reviews.numbers import Number

    assert isinstance(number, Number)
    return str(value(number)), str(number.note or "")


def test_in_chinese(book: Book, show: int) -> None:
    locale.set_language("zh_CN")
    review = reviews.review(book, show)
    assert [str(one) for one in review.verdict] == ["102 条线索；成交 33 家，目标 58。"]
