"""What is asked on a call, answered by keys."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from opslog.domain.people.fields import OwnField
from opslog.services.answers import answering
from opslog.services.book.book import Book
from opslog.services.fields import fields
from opslog.services.people import card as person_card
from opslog.tui.answers.sheet import AnswerSheet
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.widgets.lists.digit_grid import DigitGrid
from opslog.tui.widgets.lists.lines_view import LinesView
from tests.services.calls.test_calling import salon_tomorrow
from tests.tui import looking
from tests.tui.calls.test_calls import SIZES, opened, queued, shown, touches


def said(book: Book, person_id: int) -> dict[str, str]:
    return {one.question.key: str(one.text) for one in answering.said_to(book, person_id)}


def sheet(pilot: Pilot[object]) -> str:
    view = pilot.app.screen.query_one(AnswerSheet).query_one(LinesView)
    return "\n".join("".join(text for text, _look in line) for line in view.lines)


@pytest.mark.parametrize("size", SIZES)
async def test_a_digit_answers_and_after_esc_a_digit_is_an_outcome(
    book: Book, size: tuple[int, int]
) -> None:
    made = salon_tomorrow(book)
    wang = made.people[0]
    async with opened(book, size) as pilot:
        assert "How many of you will come?" in shown(pilot)
        assert "one · two · three or more" in shown(pilot)
        await pilot.press("e", "2", "1")
        assert said(book, wang) == {"guests": "two", "parking": "yes, please"}
        assert "Answers 3/4  What would you like to hear most?" in sheet(pilot)
        assert "one · ✓ two · three or more" in shown(pilot)
        assert not pilot.app.screen.query_one(DigitGrid).display
        assert touches(book) == []
        await pilot.press("q", "1", "enter")  # words may be said instead; letters are no keys here
        assert said(book, wang)["hear-most"] == "q1"
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "backspace")
        assert said(book, wang) == {"parking": "yes, please", "hear-most": "q1"}
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CallsScreen)
        assert pilot.app.screen.query_one(DigitGrid).display
        await pilot.press("1")
        assert touches(book) == [("王志刚", "coming", "phone")]
        assert queued(pilot)[0] == "李娜"
        await pilot.press("u", "u")
        assert said(book, wang) == {
            "guests": "two",
            "parking": "yes, please",
            "hear-most": "q1",
        }  # the outcome, then that an answer was taken back


async def test_what_is_no_option_is_said_and_words_are_not_lost(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("e", "9")
        assert said(book, made.people[0]) == {}
        assert "Answers 1/4" in sheet(pilot)
        await pilot.press("tab", "tab", "好", "escape")
        assert "Not saved yet" in sheet(pilot)
        await pilot.press("enter", "escape")
        assert said(book, made.people[0]) == {"hear-most": "好"}


async def test_the_digit_of_own_words_is_none_of_the_words(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await looking.press(pilot, "e", "1", "1", "4", "=想听RPA落地", "enter")
        assert said(book, made.people[0])["hear-most"] == "想听RPA落地"


async def test_undo_in_between_and_another_card_closes_it(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("e", "1", "ctrl+z")
        await pilot.pause()
        assert said(book, made.people[0]) == {}
        assert "✓" not in sheet(pilot)
        await pilot.press("escape", "down", "down", "e", "1")
        assert said(book, made.people[2]) == {"guests": "one"}


async def test_answers_stand_on_the_card_of_the_person(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("e", "1", "escape", "i")
        await pilot.pause()
        view = pilot.app.screen.query_one("PersonLines", LinesView)
        told = "\n".join("".join(text for text, _look in line) for line in view.lines)
        assert "How many of you will come? one" in told
    assert made.people


async def test_what_is_blank_of_somebody_is_asked_after_the_questions(book: Book) -> None:
    made = salon_tomorrow(book)
    fields.add(book, OwnField(0, "company", "员工数", on_card=True))
    async with opened(book) as pilot:
        assert "Still missing  City · 员工数" in shown(pilot)
        await pilot.press("e", "tab", "tab", "tab")
        assert "Answers 4/5  City" in sheet(pilot)
        await looking.press(pilot, "1", "enter")
        assert person_card.get(book, made.people[0]).city == ""  # the digit was for an outcome
        await looking.press(pilot, "backspace", "=杭州", "enter")
        assert "Answers 5/5  员工数" in sheet(pilot)
        await looking.press(pilot, "=500", "enter")
        assert pilot.app.screen.query_one(DigitGrid).display  # the last answer ends it
        person = person_card.get(book, made.people[0])
        assert (person.city, dict(person.fields)) == ("杭州", {"员工数": "500"})
        assert "Still missing" not in shown(pilot)
        assert "员工数 500" in shown(pilot)
        await pilot.press("u", "u")
        assert "Still missing  City · 员工数" in shown(pilot)
        await pilot.press("1")
        assert touches(book) == [("王志刚", "coming", "phone")]
