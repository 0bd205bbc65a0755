"""The lists by what can be done with them, however many are done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from opslog.services.book.book import Book
from opslog.services.calls.attendance import door, guests
from opslog.services.imports import imports
from opslog.services.people import by_hand
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from tests.services.lists import make_list
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, lines, press, text, until

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]
MANY = 40


def done(book: Book, name: str, days: int) -> None:
    """A list with all its rounds closed, of an event so many days ago."""
    sheet = make_list(book, ROWS, event=name, ends_ago=timedelta(days=days))
    for _number in range(3):
        rounds.close_round(book, rounds.open_round(book, sheet.roster_id).made, force=True)


async def test_what_is_open_comes_first_and_what_is_done_last(book: Book) -> None:
    done(book, "做完的", 1)
    make_list(book, ROWS, event="没开始的", ends_ago=timedelta(days=2))
    sheet = make_list(book, ROWS, event="做到一半的", ends_ago=timedelta(days=3))
    rounds.open_round(book, sheet.roster_id)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f5")
        shown = text(app)
        assert shown.index("做到一半的") < shown.index("没开始的") < shown.index("做完的")
        assert line_with(app, "做到一半的").endswith("Enter Go on, 1 left")
        assert line_with(app, "没开始的").endswith("next: tidy")
        assert line_with(app, "3 lists").startswith(" 3 lists, 1 in the middle")


async def test_who_came_by_the_door_signed_up_nowhere(book: Book) -> None:
    sheet = make_list(book, [*ROWS, ("李娜", "中兴", "", "+8613800138001", "")])
    door.walk_in(book, sheet.event_id, by_hand.given({"name": "小李", "phone": "13900139009"}))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f5")
        assert "2 + 1 at the door" in line_with(app, "tidied")
        (funnel,) = [row for row in lines(app) if "signed up" in row and "tidied" not in row]
        assert funnel.split("signed up")[1].split()[-5:] == ["2", "1", "at", "the", "door"]
    assert guests.show_up(book, sheet.event_id).signed_up == 2


async def test_lists_of_years_are_read_where_the_cursor_goes(book: Book) -> None:
    for number in range(MANY):
        done(book, f"第{number}场", number + 1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f5")
        assert f"Done {MANY}" in text(app)
        assert "第0场" in text(app)
        await press(pilot, "G")
        assert f"第{MANY - 1}场" in text(app)
        assert sum("signed up" in row for row in lines(app)) > 8
        assert f"第{MANY - 20}场" not in text(app)
        await press(pilot, "enter")
        assert f"Open screening 3 of 第{MANY - 1}场, 1 row?" in text(app)


async def test_the_key_of_the_lists_always_shows_the_lists_what_was_gone_on_with_first(
    book: Book,
) -> None:
    make_list(book, ROWS, event="没开始的", ends_ago=timedelta(days=2))
    sheet = make_list(book, ROWS, event="做到一半的", ends_ago=timedelta(days=3))
    rounds.open_round(book, sheet.roster_id)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f5", "enter")
        assert "colleague" in text(app)  # the card of the round
        await press(pilot, "f2", "f5")
        shown = text(app)
        assert shown.index("Go on with") < shown.index("Can begin")
        await press(pilot, "enter")
        assert "colleague" in text(app)


async def test_coming_back_keys_go_to_the_list_not_to_words_once_typed(book: Book) -> None:
    make_list(book, ROWS)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f7", "slash", "=王", "f2", "f7", "D")
        assert "Nobody is here twice" in text(app)


async def test_an_import_that_was_left_stands_first_and_is_gone_on_with(
    book: Book, tmp_path: Path
) -> None:
    make_list(book, ROWS, event="做到一半的")
    path = tmp_path / "salon.csv"
    path.write_text("姓名,手机\n周敏,13900139001\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f5", "n", f"={path}", "enter")
        await until(pilot, "would come in like this")
        await press(pilot, "f2", "f5")
        assert "Import of salon.csv" in line_with(app, "Import of salon.csv")
        await press(pilot, "enter")
        await until(pilot, "would come in like this")
        await press(pilot, "escape", "n")
        assert "Looked in:" in text(app)
        await press(pilot, "=salon.csv", "enter")  # a name without its folder
        await until(pilot, "would come in like this")
        await press(pilot, "f10")
        await until(pilot, "is in")
        await press(pilot, "f5")
        assert "Import of" not in text(app)


async def test_a_row_and_a_file_stand_open_beside_their_list(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,手机号,备注\n王志刚,13800138000,素食\n李娜,1.38E+10,\n", encoding="utf-8")
    imports.load(book, path, make_event(book, "上海沙龙"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "f5", "v", "down")
        assert "名单.csv · line 3" in text(app)
        assert "! 手机号" in line_with(app, "1.38E+10")
        await press(pilot, "4")
        assert "What came of its rows  2" in text(app)
        assert line_with(app, "手机号").split()[-1] == "Phone"
        assert "headings in line 1" in text(app)
        await press(pilot, "3")
        assert "What came of its rows" not in text(app)
