"""What stands on the screen while a row is decided, and what of it is drawn anew."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from textual.geometry import Region

from opslog import locale
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.tui.screening.card import ScreeningCardView
from opslog.tui.widgets.text import width
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list
from tests.tui.screening.test_screening import at_work, shown


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
