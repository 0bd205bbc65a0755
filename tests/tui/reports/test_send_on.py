"""A list of the people behind a number: who of them is on none is named."""

from __future__ import annotations

from typing import Any, cast

from opslog.domain.reviews.numbers import PERSON
from opslog.services.book.book import Book
from opslog.services.people import erasing
from opslog.services.reviews import opening, reviews
from opslog.tui.reports import send_on
from opslog.tui.widgets.asking.prompt import Choose
from opslog.tui.widgets.host import Host
from tests.services.lists import make_list


class Asked:
    """Keeps what it is asked, and answers nothing."""

    def __init__(self, book: Book) -> None:
        self.book, self.question = book, cast("Any", None)

    async def ask(self, question: Choose) -> None:
        self.question = question


async def test_who_was_erased_is_named_beside_a_list_of_a_number(book: Book) -> None:
    people = [(f"客户{n}", "", "", f"+861380020000{n}", f"k{n}@example.com") for n in range(5)]
    sheet = make_list(book, people)
    erasing.erase(book, sheet.people[1] or 0, "客户1")
    review = reviews.review(book, sheet.event_id)
    number = review.number("funnel.signed_up")
    assert number is not None
    assert number.value == 5
    app = Asked(book)
    rows = opening.rows(book, review, number)
    await send_on.ask(cast("Host", app), "沙龙", "报名", PERSON, rows)
    assert app.question._title == "沙龙: 报名: 4 people"
    assert app.question._more == ["Erased since: 1"]
