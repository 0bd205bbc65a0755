"""What is typed into a review: the row under the cursor is the one that is changed."""

from __future__ import annotations

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.reviews import channels, costs, figures, reviews
from opslog.services.reviews.figures import Comparison, Figure
from opslog.tui.frame.app import OpslogApp
from opslog.tui.reviews import forms
from opslog.tui.reviews.drawn import Spot
from opslog.tui.reviews.review import ReviewScreen
from tests.tui.looking import press, text, until


def show(book: Book) -> int:
    """A road show that is over, with figures alone."""
    return events.create(book, EventDraft("全省路演", "salon", book.now(), list="none")).made


def test_of_two_that_are_called_alike_the_one_under_the_cursor_is_meant(book: Book) -> None:
    event_id = show(book)
    for code in ("a", "b"):
        channels.put(book, event_id, {"label": "社群", "code": code})
    for item in ("场地", "in all"):
        costs.put(book, event_id, item, {"spent": 100})
    figures.enter(book, event_id, Figure("leads", 102))
    review = reviews.review(book, event_id)
    second = channels.of(book, event_id)[1]

    def at(kind: str, picture: str, key: str) -> int:
        return forms.place(book, review, kind, Spot(picture, key, 0, 0, 9, review.number(key)))

    assert at(forms.CHANNEL, "channels", f"channel.{second.id}.signups") == 1
    verb = forms.removes(book, event_id, forms.CHANNEL, 1, None)
    assert verb is not None
    verb()
    assert [one.code for one in channels.of(book, event_id)] == ["a"]
    assert at(forms.COST, "costs", "costs.2") == 1
    assert at(forms.COST, "costs", "costs.total") == -2
    assert at(forms.FIGURE, "funnel", "funnel.lead") == 0
    assert at(forms.FIGURE, "figures", "figures.leads") == 0
    assert at(forms.FIGURE, "figures", "figures.likes") == -2


async def test_all_that_a_figure_is_held_against_is_changed_in_one_form(book: Book) -> None:
    event_id = show(book)
    held = (
        Comparison("previous_month", -76.0, None, "CRM"),
        Comparison("half_year_after", -16.13, None, "CRM"),
        Comparison("春季沙龙", 3.0, None, "手工"),
    )
    figures.enter(book, event_id, Figure("customers", 33, "CRM", held))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(ReviewScreen(event_id))
        await until(pilot, "33 customers won")
        front = app.screen
        assert isinstance(front, ReviewScreen)
        front.board.select("figures.customers")
        await press(pilot, "e")
        assert "-16.13%" in text(app)
        await press(pilot, "tab", "tab", "tab", "ctrl+u", "=-76.37%")  # the month before
        await press(pilot, "tab", "=-59.29%", "tab", "tab", "ctrl+u")  # none any more
        await press(pilot, "tab", "tab", "ctrl+u", "=苏州沙龙", "enter")
        await until(pilot, "Figure of 全省路演")
    (one,) = figures.of(book, event_id)
    assert [(c.against, c.percent, c.source) for c in one.compared] == [
        ("previous_month", -76.37, "CRM"),
        ("same_month_last_year", -59.29, "CRM"),
        ("苏州沙龙", 3.0, "CRM"),
    ]
