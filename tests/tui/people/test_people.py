"""People and lists through the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from opslog.domain.people.card import SCOPES
from opslog.services.book.book import Book
from opslog.services.calls import off_list
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.store.people import suppressed
from opslog.tui.cards.card import PersonScreen
from opslog.tui.cards.person_lines import PersonLines
from opslog.tui.frame import navigation
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.people.people import PeopleScreen
from opslog.tui.people.summary import PeopleSummary
from opslog.tui.rosters.problems import ProblemsScreen
from opslog.tui.rosters.rosters import RostersScreen
from opslog.tui.rosters.rows import RosterRowsScreen
from opslog.tui.screening.screening import ScreeningScreen
from opslog.tui.widgets.lists.rows import Cell, Ends
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.lists import Sheet, make_list
from tests.tui.looking import line_with, press, text, until

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
    ("[/red]\x1b[31m", "Blue Sea GmbH", "CEO", "+8613900139004", ""),
]
Press = Pilot[None]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@asynccontextmanager
async def opened(book: Book, key: str) -> AsyncIterator[tuple[Press, OpslogApp]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press(key)
        await pilot.pause()
        yield pilot, app


def rows(app: OpslogApp) -> list[str]:
    """The rows of the list in front, or what stands there when it is empty."""
    found = app.screen.query_one(WindowList)
    if not found.count:
        return ["".join(text for text, _look in spans) for spans in found.empty]
    held = [found.row(position) for position in range(found.count)]
    return [" ".join(_words(cell) for cell in row.cells) for row in held if row is not None]


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if callable(cell):
        cell = cell(60)
    return "".join(text for text, _look in (cell.left if isinstance(cell, Ends) else cell))


def said(app: OpslogApp) -> str:
    return "".join(text for text, _look in app.screen.query_one(StatusBar).spans(200))


def person_shown(app: OpslogApp) -> str:
    lines = app.screen.query_one(PersonLines).lines
    return "\n".join("".join(text for text, _look in spans) for spans in lines)


async def test_everybody_is_listed_newest_first(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (_pilot, app):
        assert [row.split()[0] for row in rows(app)] == ["[/red]␛[31m", "李娜", "王志刚"]
        assert "138 0013 8001" in rows(app)[1]


async def test_people_are_found_while_typing(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("slash", *"138001380")
        await pilot.pause()
        assert len(rows(app)) == 2
        assert app.screen.query_one(PeopleSummary).told == "2 people"
        await pilot.press("backspace", *"000")
        await pilot.pause()
        assert [row.split()[0] for row in rows(app)] == ["王志刚"]
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonScreen)
        assert "深蓝软件有限公司" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 1  # the words still hold
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 3


async def test_nobody_is_said(book: Book) -> None:
    async with opened(book, "f7") as (pilot, app):
        assert rows(app) == [
            "Nobody yet. F5, then n, takes in a list.",
            "n  somebody by hand, from a card or signature",
        ]
        await pilot.press("slash", *"x")
        await pilot.pause()
        assert rows(app) == ["Nobody is found. Esc clears the words."]


async def test_many_are_tagged_at_once(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("space", "space", "t")
        await pilot.pause()
        await pilot.press(*"VIP", "enter")
        await pilot.pause()
        assert [person_card.get(book, id).tags for id in sheet.people] == [(), ("VIP",), ("VIP",)]
        assert [("#VIP" in row) for row in rows(app)] == [True, True, False]
        await pilot.press("escape", "u")
        await pilot.pause()
        assert not any("#VIP" in row for row in rows(app))


async def test_fields_are_checked_while_typing(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("down", "down", "e")
        await pilot.pause()
        await pilot.press("tab", "tab", "tab", "end", "backspace", "enter")
        await pilot.pause()
        assert person_card.get(book, sheet.people[0]).phone == "+8613800138000"  # it stays open
        await pilot.press("9", "enter")
        await pilot.pause()
        assert person_card.get(book, sheet.people[0]).phone == "+8613800138009"
        assert any("138 0013 8009" in row for row in rows(app))


async def test_one_person_with_the_time_line(book: Book, sheet: Sheet) -> None:
    tidy = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, tidy, sheet.cards[2], "drop", "media")
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("enter")
        await pilot.pause()
        shown = person_shown(app)
        assert "[/red]␛[31m" in text(app)
        assert "○ 上海沙龙" in shown
        assert "✓ 09:00      tidy: dropped: media" in shown
        await pilot.press("w")
        assert "on WeCom" in person_shown(app)
        await press(pilot, "S", "enter")
        assert "not to be called since 2026-11-23: marked by hand" in person_shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert "not to be called" not in person_shown(app)


async def test_s_on_a_card_asks_which_way_where_there_is_more_than_the_phone(book: Book) -> None:
    row = ("王志刚", "万科", "", "+8613800138000", "wang@a.cn")
    made = make_list(book, [row], ends_ago=timedelta(1))
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "enter", "S")
        assert "王志刚: how not to be contacted?" in text(app)
        await press(pilot, "3")
        assert "not to be e-mailed since 2026-11-23: marked by hand" in person_shown(app)
        await press(pilot, "S")
        assert "barred; allow again" in line_with(app, "3 e-mails")
        assert "allowed; bar" in line_with(app, "1 calls")
        await press(pilot, "enter")
        assert "not to be called since" in person_shown(app)
        await press(pilot, "S", "4")
        assert {bar.scope for bar in person_card.get(book, made.people[0]).bars} == set(SCOPES)
        await press(pilot, "S", "4")
        assert "not to be" not in person_shown(app)
        await press(pilot, "u")
        assert "not to be messaged since" in person_shown(app)
        await press(pilot, "S", "escape")
        assert len(person_card.get(book, made.people[0]).bars) == 3


async def test_a_person_opens_from_anywhere(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("slash", *"zzz", "enter")
        await navigation.open_thing(app, "person", sheet.people[1])
        await pilot.pause()
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("escape")
        await pilot.pause()
        people = app.screen
        assert isinstance(people, PeopleScreen)
        assert people.rows.selected == sheet.people[1]


# -- lists ----------------------------------------------------------------------


async def test_lists_say_their_round_and_what_is_left(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f5") as (pilot, app):
        assert line_with(app, "上海沙龙").split() == ["上海沙龙", "Sun", "11-22", "next:", "tidy"]
        assert line_with(app, "signed up").split()[-3:] == ["kept", "────────", "–"]
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ScreeningScreen)
        await pilot.press("enter", "2", "escape")
        await pilot.pause()
        assert line_with(app, "上海沙龙").endswith("Enter Go on, 1 left")
        assert "tidied ━━━━━─── 2" in line_with(app, "signed up")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ScreeningScreen)  # the open round goes on at once


async def test_a_list_opens_by_mouse_too(book: Book, sheet: Sheet) -> None:
    rounds.open_round(book, sheet.roster_id)
    async with opened(book, "f5") as (pilot, app):
        await pilot.click(WindowList, offset=(8, 2))  # its second row is the list as well
        await pilot.pause()
        assert isinstance(app.screen, ScreeningScreen)


async def test_opening_a_round_can_be_declined(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f5") as (pilot, app):
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RostersScreen)
        assert rounds.rounds_of(book, sheet.roster_id) == []


async def test_an_open_round_opens_from_today(book: Book, sheet: Sheet) -> None:
    tidy = rounds.open_round(book, sheet.roster_id).made
    async with opened(book, "f2") as (pilot, app):
        await navigation.open_thing(app, "roster", sheet.roster_id)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ScreeningScreen)
        assert screen.round_id == tidy


async def test_no_lists_name_the_next_key(book: Book) -> None:
    async with opened(book, "f5") as (_pilot, app):
        assert "n  takes in the sign-up list" in "\n".join(rows(app))


async def test_rows_problems_and_decisions_of_a_list(book: Book, sheet: Sheet) -> None:
    tidy = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor", by="competitors")
    book.con.execute(
        "INSERT INTO roster_row(roster_id, file_id, card_id, line, cells, result, problems)"
        """ VALUES (?, ?, NULL, 9, '["合计", "3"]', 'problem', '["totals"]')""",
        (sheet.roster_id, sheet.file_id),
    )
    async with opened(book, "f5") as (pilot, app):
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, RosterRowsScreen)
        assert len(rows(app)) == 4
        assert "dropped: competitor" in rows(app)[0]
        await pilot.press("2")
        assert rows(app) == ["9 a totals line 合计 · 3"]
        await pilot.press("enter")  # to be mended where it lies
        await pilot.pause()
        assert isinstance(app.screen, ProblemsScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RosterRowsScreen)
        await pilot.press("1", "end", "enter")
        assert "nobody could be made" in said(app)
        await pilot.press("3")
        assert "王志刚 深蓝软件有限公司 dropped: competitor rule: competitors" in rows(app)[0]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonScreen)


async def test_s_in_the_list_bars_the_selected_person_and_lifts_it(book: Book) -> None:
    make_list(book, [("王志刚", "万科", "", "+8613800138000", "")])
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press("S")
        await pilot.pause()
        assert suppressed.of_person(book.con, 1) is not None
        await press(pilot, "S", "enter")
        assert suppressed.of_person(book.con, 1) is None


CARD = "王志刚 市场总监 常州安朔自动化有限公司 手机：138 0000 1203 wzg@anshuo.example"


async def test_a_card_is_taken_apart_and_whoever_is_known_is_not_entered_twice(book: Book) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "n", f"={CARD}")
        assert "Name 王志刚" in text(app)
        assert "Phone 138 0000 1203" in text(app)
        await press(pilot, "enter")
        assert "New person" in text(app)
        await press(pilot, "enter")
        assert [row.split()[0] for row in rows(app)] == ["王志刚"]
        person = person_card.get(book, 1)
        assert (person.title, person.phone) == ("市场总监", "+8613800001203")
        assert (person.company, person.email) == ("常州安朔自动化有限公司", "wzg@anshuo.example")
        await press(pilot, "n", "=王志刚 13800001203 副总经理", "enter")
        assert "known already: 王志刚" in text(app)
        await press(pilot, "enter")
        assert len(rows(app)) == 1
        assert person_card.get(book, 1).title == "市场总监"  # what was typed stays
        await press(pilot, "u", "enter")
        assert book.con.execute("SELECT count(*) FROM person").fetchone()[0] == 0


async def test_somebody_is_entered_from_anywhere(book: Book) -> None:
    async with opened(book, "f3") as (pilot, app):
        await press(pilot, "ctrl+p", "=New person", "enter", "=赵敏 13800001203", "enter", "enter")
        assert isinstance(app.screen, PersonScreen)
        assert person_card.get(book, app.screen.person_id).name == "赵敏"
        await press(pilot, "escape")
        assert "Log" in text(app)


async def test_somebody_is_entered_field_by_field(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "n", "enter", "enter")
        assert "Whom? Type a name, or a number" in text(app)
        await press(pilot, "=赵敏", "tab", "=万科", "enter")
        assert rows(app)[0].split()[0] == "赵敏"
        assert app.screen.query_one(WindowList).selected == 4


async def test_who_rings_is_logged_by_their_digits_and_two_keys(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, *"13800138001", "enter")
        assert "李娜" in text(app)
        await press(pilot, "0")
        assert "They called (" in text(app)
        assert "the digit says what came of it" in text(app)
        await press(pilot, "2")
        assert "phone, they called: answered" in text(app)
        await press(pilot, "2")
        assert "phone: answered" in text(app)


async def test_the_list_has_city_and_last_contact_in_80_columns(book: Book) -> None:
    made = make_list(book, [("王志刚", "万科", "总监", "+8613800138000", "")])
    person_card.edit(book, made.people[0], city="上海")
    off_list.record(book, made.people[0], "interested", lane="phone")
    async with opened(book, "f7") as (_pilot, app):
        line = line_with(app, "王志刚")
        assert line.split()[:5] == ["王志刚", "总监", "万科", "上海", "Mon"]


async def test_the_person_under_the_cursor_lies_open_beside(book: Book, sheet: Sheet) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f7")
        assert "May they be contacted?" in text(app)
        assert "Blue Sea GmbH" in line_with(app, "Blue Sea GmbH  ").rstrip()
        await press(pilot, "down")
        assert "138 0013 8001" in text(app)
        await until(pilot, "○ 上海沙龙")  # once the pane has its width
