"""Handing over by keys: from a call, from a card, and the list of leads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.services.answers import answering
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.leads import leads
from opslog.tui.frame.app import OpslogApp
from opslog.tui.leads.leads import LeadsScreen
from tests.services.calls.test_calling import PEOPLE, salon_last_week
from tests.services.lists import make_list
from tests.tui.cards.test_card import opened
from tests.tui.looking import line_with, press, text

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_eight_hands_over_and_says_what_is_missing(book: Book, size: tuple[int, int]) -> None:
    made = salon_last_week(book, 0)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f6", "8")
        await press(pilot, "=20", "tab", "1", "tab", "2", "tab", "tab", "=Li")
        shown = text(app)
        assert "Budget: 20 · Need: known" in shown
        assert "not known: Decision makers, Timing" in shown
        assert "Enter hands it over to Li all the same" in shown
        await press(pilot, "enter")
        (lead,) = leads.leads(book)
        assert (lead.state, lead.to_whom, lead.card_id) == ("handed_over", "Li", made.cards[0])
        assert "Handed 王志刚 over to Li" in text(app)
        await press(pilot, "u")
        assert leads.leads(book) == []
        assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 0


async def test_j_on_a_card_hands_over_and_then_says_how_it_went(book: Book) -> None:
    person = make_list(book, PEOPLE[:1], ends_ago=timedelta(days=40)).people[0]
    async with opened(book, person, (120, 40)) as pilot:
        await press(pilot, "J", "1", "enter")
        assert leads.present(book, person).state == "lead"
        assert "Kept 王志刚 as a lead" in text(pilot.app)
        await press(pilot, "J", "1", "tab", "tab", "tab", "tab", "=Li", "enter")
        assert leads.present(book, person).state == "handed_over"
        assert leads.present(book, person).budget == "yes", "what was known stays"
        await press(pilot, "J", "=acc", "enter")
        assert leads.present(book, person).state == "accepted"
        await press(pilot, "J", "=won", "enter", "=120000", "enter")
        assert leads.present(book, person).cents == 12_000_000
        assert "lead: won, 120,000" in text(pilot.app)
        await press(pilot, "u")
        await press(pilot, "J", "=ret", "enter", "=later", "tab", "=+3d", "enter")
        lead = leads.present(book, person)
        assert (lead.state, lead.reason) == ("returned", "later")
        assert lead.next_on is not None
        assert (lead.next_on - book.now()).days in (2, 3)
        await press(pilot, "J", "=acc", "enter", "J", "=ret", "enter", "=later", "enter")
        lead = leads.present(book, person)
        assert (lead.state, lead.inside, lead.next_on) == ("returned", "returned", None)
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await press(pilot, "X")
        assert "in “Returned f" in line_with(pilot.app, "王志刚   ")


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_of_leads_by_how_they_stand(book: Book, size: tuple[int, int]) -> None:
    made = make_list(book, PEOPLE, ends_ago=timedelta(days=40))
    leads.keep(book, made.people[0], {"budget": "20"}, "Li")
    leads.keep(book, made.people[1], {})
    leads.set_state(book, leads.keep(book, made.people[2], {}, "Li").made, "lost")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "X")
        assert isinstance(app.screen, LeadsScreen)
        shown = text(app)
        for group in ("With sales 1", "Not handed over yet 1", "Won and lost 1"):
            assert group in shown
        assert "handed over" in line_with(app, "王志刚   ")
        assert ("Came from: 上海沙龙" in shown) is (size[0] > 100)
        await press(pilot, "y")
        assert "Copied 1 hand-over card" in text(app)
        assert app.clipboard.startswith(
            "王志刚 · 总经理 · 万科企业\nHow to reach them: 138 0013 8000"
        )
        await press(pilot, "Y")
        assert app.clipboard.startswith("# 王志刚")
        await press(pilot, "J", "=acc", "enter")
        assert "accepted" in line_with(app, "王志刚   ")
        await press(pilot, "enter")
        assert "lead: accepted by sales" in text(app)


async def test_no_leads_name_the_next_key(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "o")
        assert "No leads yet." in text(app)


async def test_what_was_answered_stands_in_the_form_and_where_from_is_said(book: Book) -> None:
    made = salon_last_week(book, 0)
    budget = own_kinds.tracks(book).question("budget")
    assert budget is not None
    answering.answer(book, budget, made.people[0], made.event_id, "20万")
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "J")
        assert "answered before: Budget Mon 11-23 北京大会" in text(pilot.app)
        assert "Budget: 20万" in text(pilot.app)
        await press(pilot, "enter")
        assert leads.present(book, made.people[0]).budget == "20万"
