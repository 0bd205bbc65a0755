"""What the keys of Today do to each kind of row, or why not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import follow_ups
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.tui.today.today import TodayScreen
from tests.services.lists import make_list
from tests.tui.looking import notices, press, text
from tests.tui.today.test_today import ROWS, opened, selected


async def test_n_writes_a_task_of_ones_own_which_needs_no_line(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "n", "=11:30 ask for the slides !")
        assert "New task" in text(app)
        await press(pilot, "enter")
        assert selected(app) == "ask for the slides"
        assert "New task: ask for the slides" in text(app)
        assert "! 11:30" in text(app)
        (due,) = follow_up_due.due(book)
        assert (due.flagged, due.timed) == (True, True)
        assert log_lines.lines(book) == []
        await press(pilot, "u")
        assert "Nothing is due." in text(app)


async def test_enter_and_e_change_a_task_which_stands_nowhere_else(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "n", "=call >tue", "enter", "enter")
        assert "call >2026-11-24" in text(app)
        await press(pilot, "home", "=re", "enter")
        assert "Changed: recall" in text(app)
        assert [due.title for due in follow_up_due.due(book)] == ["recall"]
        await press(pilot, "e")
        assert "Change of a task" in text(app)


async def test_what_was_half_typed_of_a_task_is_taken_up_by_the_same_key(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "n", "=half", "escape", "escape")
        assert "n brings it back" in text(app)
        await press(pilot, "n")
        assert "half · follow up" in text(app)


async def test_e_on_a_follow_up_changes_the_line_it_came_from(book: Book) -> None:
    log_lines.add(book, "send the offer >today")
    async with opened(book) as (app, pilot):
        await press(pilot, "e")
        assert "send the offer >2026-11-23" in text(app)


async def test_m_notes_and_the_note_is_among_the_reasons(book: Book) -> None:
    log_lines.add(book, "send the offer >today")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "m", "=ask Li first", "enter")
        assert "Note on: send the offer" in text(app)
        assert "ask Li first" in text(app)
        assert follow_ups.get(book, 1).note == "ask Li first"


async def test_flagged_with_its_line_or_by_itself_and_off_again(book: Book) -> None:
    log_lines.add(book, "from a line >today")
    async with opened(book) as (app, pilot):
        await press(pilot, "n", "=own", "enter", "home", "space", "space", "exclamation_mark")
        assert "Flagged: 2 items" in text(app)
        assert [due.flagged for due in follow_up_due.due(book)] == [True, True]
        assert log_lines.get(book, 1).flagged
        await press(pilot, "home", "exclamation_mark")
        assert "Flag taken off" in text(app)


async def test_of_many_what_can_be_done_is_done_and_the_rest_is_said(book: Book) -> None:
    make_list(book, ROWS)
    log_lines.add(book, "flag me >today")
    async with opened(book) as (app, pilot):
        await press(pilot, "home", "space", "space", "exclamation_mark")
        assert "Flagged: flag me" in text(app)
        assert "can't be flagged" in notices(app)
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        assert not screen.rows.marked  # they are done with


@pytest.mark.parametrize("key", ["e", "m", "t", "exclamation_mark"])
async def test_on_a_round_a_sentence_says_where_it_is_done(book: Book, key: str) -> None:
    make_list(book, ROWS)
    async with opened(book) as (app, pilot):
        before = history.count(book)
        await press(pilot, key)
        assert notices(app)
        assert history.count(book) == before


async def test_on_a_promised_call_the_person_is_meant(book: Book) -> None:
    ended = make_list(book, ROWS)
    round_id = rounds.open_round(book, ended.roster_id).made
    rounds.close_round(book, round_id, force=True)
    at = book.now() + timedelta(minutes=30)
    calling.record(book, ended.cards[0], "callback-1", "call_back", lane="phone", when=at)
    async with opened(book) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        screen.rows.select(("promise", ended.cards[0], 0))
        await press(pilot, "t", "=VIP", "enter")
        assert person_card.get(book, 1).tags == ("VIP",)
        await press(pilot, "m", "=prefers mornings", "enter")
        assert person_card.get(book, 1).note == "prefers mornings"
        await press(pilot, "e")
        assert "Edit 王志刚" in text(app)


async def test_e_on_a_step_of_the_plan_asks_for_its_words_and_its_moment(book: Book) -> None:
    events.create(book, EventDraft("上海沙龙", "salon", book.now() + timedelta(days=4, hours=5)))
    async with opened(book) as (app, pilot):
        await press(pilot, "e")
        assert "Change the step" in text(app)
        await press(pilot, "escape", "m", "=ask twice", "enter")
        assert "ask twice" in [step.note for step in events.plan(book, 1)]


async def test_slash_shows_only_what_holds_the_words_and_esc_all_again(book: Book) -> None:
    log_lines.add(book, "send slides >today")
    log_lines.add(book, "phone Li >today")
    async with opened(book) as (app, pilot):
        await press(pilot, "slash", "=sli", "enter")
        assert "phone Li" not in text(app)
        assert selected(app) == "send slides"
        await press(pilot, "slash", "=x")
        assert "Nothing that is due holds “x”." in text(app)
        await press(pilot, "escape")
        assert "phone Li" in text(app)
