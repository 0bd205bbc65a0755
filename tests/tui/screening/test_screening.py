"""Screening through the keyboard: what the eye sees, and what is in the file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot

from opslog import locale
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change, open_book
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.screening.card import ScreeningCardView
from opslog.tui.screening.screening import ScreeningScreen
from opslog.tui.widgets.text import width
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list
from tests.tui.looking import text as screen_text

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "深蓝软件（北京）有限公司", "经理", "+8613800138001", ""),
    ("测试", "云帆科技", "采购经理", "+8613800138002", ""),
    ("赵敏", "深蓝软件", "", "+8613800138003", ""),
    ("Ute Meyer", "Blue Sea GmbH", "CEO", "+8613800138004", ""),
]
Press = Pilot[None]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@asynccontextmanager
async def at_work(
    book: Book, sheet: Sheet, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Press, ScreeningScreen]]:
    """The tidy round of the list, opened through the list of lists."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ScreeningScreen)
        yield pilot, screen


def shown(screen: ScreeningScreen) -> str:
    """Every line of the card, as text."""
    lines = screen.query_one(ScreeningCardView).lines
    return "\n".join("".join(text for text, _look in spans) for spans in lines)


def counted(screen: ScreeningScreen) -> dict[str, int]:
    """The bars at the end of a round: label and number."""
    return {
        found[1].strip(): int(found[2])
        for found in re.finditer(r"^ ([^█▏\n]+?) +[█▏▎▍▌▋▊▉]+ +(\d+)", shown(screen), re.M)
    }


def said(screen: ScreeningScreen) -> str:
    return "".join(text for text, _look in screen.query_one(StatusBar).spans(200))


def on_disk(book: Book) -> list[tuple[str, str, str]]:
    """What a second connection reads: name, verdict, reason of each entry."""
    con = sqlite3.connect(book.path)
    rows = con.execute(
        "SELECT p.name, d.verdict, d.reason FROM decision d JOIN card c ON c.id=d.card_id"
        " JOIN person p ON p.id=c.person_id ORDER BY d.id"
    ).fetchall()
    con.close()
    return rows


def name_shown(screen: ScreeningScreen) -> str:
    """Whose card is on screen; '' at the end of the round."""
    view = screen.query_one(ScreeningCardView).view
    return "" if view is None else view.card.person.name


async def test_one_key_decides_and_shows_the_next(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        assert name_shown(screen) == "王志刚"
        assert "5 left of 5" in shown(screen)
        await pilot.press("2")
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        assert name_shown(screen) == "李娜"
        assert "4 left of 5" in shown(screen)
        assert "✗ 王志刚: competitor   ⌫ take back" in shown(screen)
        assert "Dropped 王志刚: competitor" in said(screen)
        await pilot.press("enter")
        assert on_disk(book)[-1] == ("李娜", "keep", "")
        assert name_shown(screen) == "测试"


async def test_a_verdict_is_in_the_file_before_the_card_advances(
    book: Book, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever another row is drawn, a second connection already reads the verdict on the last."""
    seen: list[tuple[str, list[tuple[str, str, str]]]] = []
    draw = ScreeningScreen._show

    def looked_at(self: ScreeningScreen, card_id: int | None) -> None:
        seen.append((str(card_id), on_disk(book)))
        draw(self, card_id)

    monkeypatch.setattr(ScreeningScreen, "_show", looked_at)
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("1", "enter", "8")
    assert [(card, len(rows)) for card, rows in seen] == [("1", 0), ("2", 1), ("3", 2), ("4", 3)]


@pytest.mark.parametrize("digit", range(1, 9))
async def test_every_digit_drops_for_its_reason(book: Book, sheet: Sheet, digit: int) -> None:
    codes = [
        *("colleague", "competitor", "partner", "made_up"),
        *("not_target", "unreachable", "duplicate", "declined"),
    ]
    async with at_work(book, sheet) as (pilot, screen):
        title = own_kinds.shipped_reasons().title(codes[digit - 1]).english()
        assert re.search(rf"{digit} +{title} ", shown(screen))  # the reasons stay on screen
        await pilot.press(str(digit))
        assert on_disk(book) == [("王志刚", "drop", codes[digit - 1])]


async def test_nine_opens_a_typed_list(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("9")
        await pilot.pause()
        await pilot.press(*"sup", "enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "supplier")]
        assert name_shown(screen) == "李娜"
        await pilot.press("9")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert len(on_disk(book)) == 1
        assert name_shown(screen) == "李娜"


async def test_parked_rows_come_back_at_the_end(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("0", "enter", "enter")
        assert "3 left of 5" in shown(screen)
        assert re.search(r"0 +park +1\n", shown(screen))
        await pilot.press("enter", "enter")
        assert name_shown(screen) == "王志刚"
        await pilot.press("enter")
        assert name_shown(screen) == ""
        assert "all rows are decided" in shown(screen)


async def test_tab_takes_the_suggestion(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("tab")  # nothing is suggested: nothing is decided
        assert on_disk(book) == []
        assert "nothing is suggested" in said(screen)
        await pilot.press("enter", "enter")
        assert "drop: made up  name has “测试”" in shown(screen)
        await pilot.press("tab")
        assert on_disk(book)[-1] == ("测试", "drop", "made_up")
        entry = rounds.decisions(book, sheet.roster_id)[0].decision
        assert entry.by == "made-up name"


async def test_star_does_the_same_for_the_company(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2")
        assert "* 2 more of 深蓝软件有限公司: competitor" in shown(screen)
        await pilot.press("asterisk")
        assert [name for name, verdict, _ in on_disk(book) if verdict == "drop"] == [
            "王志刚",
            "李娜",
            "赵敏",
        ]
        assert name_shown(screen) == "测试"
        assert "2 more of" not in shown(screen)
        await pilot.press("u")
        await pilot.pause()
        assert len(on_disk(book)) == 1
        assert "2 more of" in shown(screen)


async def test_star_without_anybody_else_only_says_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("asterisk")
        assert "decide a row first" in said(screen)
        await pilot.press("right", "right", "enter", "asterisk")
        assert "nobody else of 云帆科技 is undecided here" in said(screen)
        assert len(on_disk(book)) == 1


async def test_the_palette_knows_the_reasons(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"competitor", "enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        assert name_shown(screen) == "李娜"


async def test_arrows_look_without_deciding(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("left")
        assert "first row" in said(screen)
        await pilot.press("2", "left")
        assert name_shown(screen) == "王志刚"
        assert "dropped: competitor" in shown(screen)
        await pilot.press("right", "right", "right")
        assert name_shown(screen) == "赵敏"
        assert len(on_disk(book)) == 1
        await pilot.press("enter")  # and deciding goes on to what is open behind it
        assert name_shown(screen) == "Ute Meyer"
        await pilot.press("enter")  # then to what was passed over
        assert name_shown(screen) == "李娜"


async def test_backspace_makes_the_row_undecided_again(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2", "left", "backspace")
        assert [v for _, v, _ in on_disk(book)] == ["drop", "undecided"]
        assert name_shown(screen) == "王志刚"
        assert "5 left" in shown(screen)
        await pilot.press("backspace")
        assert len(on_disk(book)) == 2


async def test_backspace_on_an_open_row_takes_back_the_last_verdict(
    book: Book, sheet: Sheet
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("backspace")
        assert "this row is undecided" in said(screen)
        await pilot.press("2")
        assert "✗ 王志刚: competitor   ⌫ take back" in shown(screen)
        await pilot.press("backspace")
        assert [v for _, v, _ in on_disk(book)] == ["drop", "undecided"]
        assert name_shown(screen) == "王志刚"
        assert "take back" not in shown(screen)


async def test_the_row_as_it_came_stands_beside_what_it_is_read_as(
    book: Book, sheet: Sheet
) -> None:
    meant = json.dumps({"name": 0, "company": 1, "title": 2, "phone": 3, "email": 4})
    book.con.execute("UPDATE roster_file SET mapping=?", (meant,))
    book.con.execute("UPDATE card SET attended=1, minutes=112 WHERE id=?", (sheet.cards[0],))
    book.con.execute("UPDATE person SET phones='+8613900139000' WHERE id=?", (sheet.people[0],))
    async with at_work(book, sheet, (120, 40)) as (_pilot, screen):
        framed = [row.split("│") for row in shown(screen).splitlines()]
        rows = [parts[1].split() for parts in framed if len(parts) == 3]
        assert ["Company", "深蓝软件有限公司", "="] in rows
        assert ["–", "139", "0013", "9000"] in rows  # every number
        assert ["Came", "–", "came"] in rows
        assert ["Minutes", "–", "112"] in rows
        assert "● came, 112 min" in shown(screen)


async def test_people_of_one_company_are_not_called_colleagues(book: Book, sheet: Sheet) -> None:
    """A colleague is somebody to drop, a key away."""
    book.con.execute("UPDATE person SET city_guess='北京市' WHERE id=?", (sheet.people[0],))
    async with at_work(book, sheet) as (_pilot, screen):
        assert "2 more at the company" in shown(screen)
        assert "深蓝软件有限公司 · 北京市?" in shown(screen)


async def test_beside_the_card_stand_who_comes_next_and_the_company(
    book: Book, sheet: Sheet
) -> None:
    async with at_work(book, sheet, (120, 40)) as (pilot, screen):
        await pilot.press("2")
        side = [re.split("[│╮╯]", row)[-1].strip() for row in shown(screen).splitlines()]
        at = side.index(next(row for row in side if row.startswith("Coming next")))
        assert side[at].endswith("3 rows more")
        assert [row.split()[0] for row in side[at + 1 : at + 4]] == ["测试", "赵敏", "Ute"]
        mates = side[side.index(next(row for row in side if row.startswith("Same company"))) :]
        assert mates[1].startswith("✗ 王志刚")
        assert mates[1].endswith("competitor")
        assert mates[2].startswith("▸ 李娜")
        assert mates[3].startswith("○ 赵敏")


async def test_the_pace_is_said_once_there_are_enough_decisions(
    book: Book, clock: StandingClock
) -> None:
    many = make_list(book, [(f"人{n}", f"公司{n}", "", "", f"p{n}@x.cn") for n in range(30)])
    async with at_work(book, many, (120, 40)) as (pilot, screen):
        for _ in range(8):
            clock.move_to(clock.instant + timedelta(seconds=6))
            await pilot.press("enter")
            assert "a minute" not in shown(screen)
        clock.move_to(clock.instant + timedelta(seconds=6))
        await pilot.press("enter")
        assert "21 left of 30   10 rows a minute, about 2 min" in shown(screen)


async def test_undo_shows_the_row_taken_back(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2", "enter", "u")
        await pilot.pause()
        assert name_shown(screen) == "李娜"
        assert "4 left" in shown(screen)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert name_shown(screen) == "王志刚"
        assert on_disk(book) == []
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "competitor")]


async def test_full_width_keys_count_and_chinese_says_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("２")
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        # The pilot knows no name for ＊ and would drop the character.
        pilot.app.post_message(events.Key("fullwidth_asterisk", "＊"))
        await pilot.pause()
        assert len(on_disk(book)) == 3
        await pilot.press("的")
        assert len(on_disk(book)) == 3
        assert "input method" in said(screen)


async def test_the_end_asks_and_no_fast_key_answers(book: Book, sheet: Sheet) -> None:
    """Whoever holds Enter down comes to rest at the counts."""
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("4", *["enter"] * 12)
        assert "all rows are decided" in shown(screen)
        assert counted(screen) == {"kept": 4, "dropped": 1, "4 made up": 1}
        assert "close it and open the next: screening 1" in shown(screen)
        assert [r.number for r in rounds.rounds_of(book, sheet.roster_id)] == [0]
        await pilot.press("n")
        await pilot.pause()
        found = rounds.rounds_of(book, sheet.roster_id)
        assert [(r.number, r.open) for r in found] == [(0, False), (1, True)]
        assert "Screening 1" in shown(screen)
        assert "4 left of 4" in shown(screen)
        lines = [row["text"] for row in book.con.execute("SELECT text FROM log")]
        assert lines == ["上海沙龙: tidy closed, 4 kept, 1 dropped (made up 1)"]


async def test_the_end_shows_who_was_dropped_and_for_what(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("4", *["enter"] * 4, "4")  # the last one held too long
        assert "The round is at its end" in said(screen)
        screen._pressed = 0.0  # a moment later
        await pilot.press("4")
        await pilot.pause()
        assert "Dropped: made up" in screen_text(screen.app)
        await pilot.press("enter")
        await pilot.pause()
        assert name_shown(screen) == "王志刚"
        assert len(on_disk(book)) == 5
        await pilot.press(*["right"] * 5)
        screen._pressed = 0.0
        await pilot.press("2")
        await pilot.pause()
        assert "nobody was dropped in this round: competitor" in said(screen)


async def test_the_end_says_how_long_it_took_and_what_comes_next(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        for key in ("4", *["enter"] * 4):
            clock.move_to(clock.instant + timedelta(seconds=30))
            await pilot.press(key)
        assert "took 2 min, 2 rows a minute" in shown(screen)
        assert "First in the next round" in shown(screen)
        assert "李娜" in shown(screen)
        assert "王志刚" not in shown(screen)  # who was dropped does not go on


async def test_enter_pressed_for_the_end_goes_on_to_the_next_round(
    book: Book, sheet: Sheet
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * 5)
        screen._pressed = 0.0  # a moment later
        await pilot.press("enter")
        await pilot.pause()
        assert "Screening 1" in shown(screen)


async def test_words_that_are_no_reason_yet_make_a_new_one(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("9", *"frozen")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "own_1")]
        assert str(own_kinds.reasons(book).title("own_1")) == "frozen"
        await pilot.press("9", *"frozen", "enter")
        await pilot.pause()
        assert on_disk(book)[-1] == ("李娜", "drop", "own_1")


async def test_a_call_back_is_promised_only_where_there_will_be_one(
    book: Book, clock: StandingClock
) -> None:
    coming = make_list(book, ROWS[:2], ends_ago=timedelta(days=-3))
    async with at_work(book, coming) as (pilot, screen):
        await pilot.press("enter", "4")
        assert "and the event is over, the first call-back can begin: F6" in shown(screen)
        clock.move_to(clock.instant + timedelta(days=4))
        await pilot.press("left", "right")
        assert "Once it is closed, the first call-back can begin: F6" in shown(screen)
        await pilot.press("left", "left", "4")
        assert "call-back" not in shown(screen)  # nobody is left to call


async def test_closing_alone_and_opening_again(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * 5, "ctrl+d")
        await pilot.pause()
        assert "this round is closed" in shown(screen)
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("enter", "1")
        assert len(on_disk(book)) == 5
        await pilot.press("backspace")
        await pilot.pause()
        assert rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("u")
        await pilot.pause()
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        assert "this round is closed" in shown(screen)


async def test_closing_early_asks_first(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("enter", "n")
        assert "4 rows are left" in said(screen)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        assert counted(screen) == {"kept": 1, "undecided": 4}


async def test_the_person_is_completed_from_the_card(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("t")
        await pilot.pause()
        await pilot.press(*"VIP", "enter")
        await pilot.pause()
        await pilot.press("w")
        await pilot.press("m")
        await pilot.pause()
        await pilot.press(*"met", "enter")
        await pilot.pause()
        person = person_card.get(book, sheet.people[0])
        assert (person.tags, person.wecom, person.note) == (("VIP",), True, "met")
        assert name_shown(screen) == "王志刚"
        for words in ("#VIP", "on WeCom", "note: met"):
            assert words in shown(screen)
        await pilot.press("w")
        assert person_card.get(book, sheet.people[0]).wecom is False
        await pilot.press("i")
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "PersonScreen"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("enter")
        assert name_shown(screen) == "李娜"


async def test_what_another_window_decides_shows(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("right")
        other = open_book(book.path, clock=clock, session="other")
        rounds.decide(other, screen.round_id, sheet.cards[0], "keep")
        rounds.decide(other, screen.round_id, sheet.cards[4], "keep")
        other.close()
        screen.refresh_rows({})
        assert "3 left" in shown(screen)
        assert name_shown(screen) == "李娜"


async def test_the_card_stays_when_another_window_decides_one(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("right", "right")
        before = name_shown(screen)
        other = open_book(book.path, clock=clock, session="other")
        rounds.decide(other, screen.round_id, sheet.cards[4], "keep")
        other.close()
        screen.refresh_rows({})
        assert "4 left" in shown(screen)
        assert name_shown(screen) == before


async def test_a_round_that_is_undone_leaves_the_screen(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("u")
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "RostersScreen"
        assert rounds.rounds_of(book, sheet.roster_id) == []


async def test_a_refused_verdict_stays_on_its_card(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        other = open_book(book.path, clock=clock, session="other")
        rounds.close_round(other, screen.round_id, force=True)
        other.close()
        await pilot.press("2")
        await pilot.pause()
        assert on_disk(book) == []
        assert any("open it again" in n.message for n in pilot.app._notifications)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_everything_fits(
    book: Book, clock: StandingClock, language: str, size: tuple[int, int]
) -> None:
    """Hostile and long data: no line is wider than the screen, the keys are all there."""
    locale.set_language(language)
    long = make_list(
        book,
        [
            (
                "阿卜杜拉·买买提明·艾力[/red]\x1b[31m",
                "某某市某某区某某街道办事处某某信息技术产业发展促进中心（有限合伙）" * 2,
                "首席执行官兼首席技术官兼首席产品官",
                "+8613800138000",
                "a-very-long-address-indeed@a-very-long-domain-name.example.com",
            )
        ],
    )
    person_card.set_tags(book, long.people, [f"标签{n}" for n in range(12)])
    person_card.edit(book, long.people[0], note="很长的备注，" * 20)
    async with at_work(book, long, size) as (_pilot, screen):
        lines = screen.query_one(ScreeningCardView).lines
        cells = [width("".join(text for text, _look in spans)) for spans in lines]
        assert max(cells) <= size[0]
        assert len(lines) == size[1] - 3
        text = shown(screen)
        assert "\x1b" not in text
        assert "[/red]" in text
        for reason in own_kinds.shipped_reasons().keys:
            assert re.search(rf"{reason.digit} +{reason.title} ", text)


async def test_a_long_card_scrolls_below_its_fixed_keys(book: Book) -> None:
    long = make_list(book, [("王芳", "深蓝", "x" * 900, "+8613800138000", "")])
    async with at_work(book, long) as (pilot, screen):
        before = shown(screen).splitlines()
        assert "more line" in before[-2]
        await pilot.press("down", "down")
        after = shown(screen).splitlines()
        assert before[:4] == after[:4]
        assert [row.split("│")[1:] for row in before] == [row.split("│")[1:] for row in after]
        assert before[4:] != after[4:]


async def test_only_lines_that_changed_are_drawn(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        before = shown(screen).splitlines()
        drawn: list[Region] = []
        card = screen.query_one(ScreeningCardView)
        refresh = card.refresh

        def noted(*regions: Region, **how: bool) -> object:
            drawn.extend(regions)
            return refresh(*regions, **how)

        card.refresh = noted  # type: ignore[method-assign,assignment]  # only to listen
        await pilot.press("enter")
        after = shown(screen).splitlines()
        changed = [
            y for y, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) == 2
        ]
        drawn_lines = [y for region in drawn for y in range(region.y, region.bottom)]
        assert drawn_lines == changed
        drawn.clear()
        await pilot.press("down")  # nothing below: nothing is drawn
        assert drawn == []


async def test_slow_commits_lose_and_reorder_nothing(
    book: Book, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys typed while a commit is under way wait for it, in order."""
    import time

    decide = rounds.decide

    def slow(*args: object, **more: object) -> Change:
        time.sleep(0.05)
        return decide(*args, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(rounds, "decide", slow)
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("1", "enter", "3", "0", "5")
        assert on_disk(book) == [
            ("王志刚", "drop", "colleague"),
            ("李娜", "keep", ""),
            ("测试", "drop", "partner"),
            ("赵敏", "park", ""),
            ("Ute Meyer", "drop", "not_target"),
        ]


async def test_a_closed_tidy_promises_nothing_that_is_already_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * len(ROWS))
        assert "Once it is closed" in shown(screen)
        await pilot.press("d")
        await pilot.pause()
        assert "this round is closed" in shown(screen)
        assert "Once it is closed" not in shown(screen)
