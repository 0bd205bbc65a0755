"""Who came, the door, and whom the hosts are told of, by keys."""

from __future__ import annotations

from datetime import timedelta

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.cards import cards
from opslog.tui.calls.attendance.attendance import AttendanceScreen
from opslog.tui.calls.pass_on import PassOnScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.prompt import Choose
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, salon_last_week, salon_tomorrow
from tests.services.lists import make_list
from tests.tui import looking
from tests.tui.calls.test_calls import listed, opened, shown


async def test_undo_in_attendance_goes_back_to_the_guest(book: Book) -> None:
    salon_tomorrow(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "v")
        await pilot.pause()
        rows = app.screen.query_one("#guests", WindowList)
        first = rows.selected
        await pilot.press("1", "1", "end")
        await pilot.pause()
        assert rows.selected != first
        await pilot.press("u", "u")
        await pilot.pause()
        assert rows.selected == first


async def test_the_door_is_that_of_the_queue_else_of_what_is_near_and_two_are_asked(
    book: Book,
) -> None:
    make_list(book, PEOPLE, event="早场", ends_ago=timedelta(minutes=30))
    make_list(book, PEOPLE, event="隔壁场", ends_ago=-timedelta(hours=1))
    make_list(book, PEOPLE, event="上海沙龙", ends_ago=-timedelta(hours=2, minutes=10))
    async with opened(book) as pilot:
        assert "上海沙龙" in shown(pilot, "#about")
        await looking.press(pilot, "v")
        assert "上海沙龙" in shown(pilot, "#rates")
        await looking.press(pilot, "escape")
        await pilot.app.push_screen(AttendanceScreen())
        await pilot.pause()
        assert isinstance(pilot.app.screen, Choose)
        await looking.press(pilot, "escape")
        assert "上海沙龙" in shown(pilot, "#rates")  # the nearest, where nothing is chosen


async def test_attendance(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    calling.record(book, made.cards[1], "reminder", "coming", lane="phone")
    clock.move_to(clock.now() + timedelta(days=2))
    async with opened(book) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AttendanceScreen)
        await pilot.press("1", "2")  # the confirmed one stands first
        assert guests.show_up(book, made.event_id).attended == 1
        assert "1 came   1 of 1 confirmed = 100% (21–100%)" in shown(pilot, "#rates")
        assert "1 of 4 signed up = 25% (5–70%)" in shown(pilot, "#rates")
        await pilot.press("space", "space", "1")
        await pilot.pause()
        assert guests.show_up(book, made.event_id).attended == 3
        await pilot.press("u", "asterisk")
        await pilot.pause()
        assert guests.show_up(book, made.event_id).unmarked == 0
        assert guests.show_up(book, made.event_id).attended == 1
        await pilot.press("home", "0")
        assert guests.show_up(book, made.event_id).unmarked == 1


async def test_attendance_of_another_event(book: Book) -> None:
    salon_last_week(book)
    make_list(book, PEOPLE[:1], event="早些的沙龙", ends_ago=timedelta(days=30))
    async with opened(book) as pilot:
        await pilot.press("v")
        assert "北京大会" in shown(pilot, "#rates")
        await pilot.press("f", "2")
        await pilot.pause()
        assert "早些的沙龙" in shown(pilot, "#rates")


async def test_the_pass_on_list_is_copied_as_lines(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("2", "2", "enter", "P")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PassOnScreen)
        await pilot.press("y")
        assert pilot.app.clipboard == (
            "王志刚\t总经理\t万科企业\t138 0013 8000\tnot coming\ttravelling\t\t上海沙龙"
        )


async def test_who_declined_waits_to_be_passed_on(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("2", "2", "enter")
        await pilot.pause()
        text = looking.text(pilot.app)
        assert "passed on" not in text.replace("to be passed on", "")
        declined = looking.line_with(pilot.app, "Declined, nobody told yet 1")
        assert "P Pass on" in declined  # the key that opens it
        assert "王志刚 travelling" in text


async def test_how_many_are_expected_stays_whatever_came_of_the_calls(book: Book) -> None:
    people = [
        (f"王志{letter}", "甲公司", "", f"+861380013800{at}", "")
        for at, letter in enumerate("刚强明华军")
    ]
    make_list(book, people, ends_ago=TOMORROW)
    async with opened(book) as pilot:
        await looking.press(pilot, "1", "2", "enter", "3", "7")
        about = shown(pilot, "#about")
        assert "expected" in about
        assert "coming 1" in about
        assert "■ not called 1" in about


async def test_the_door_by_keys(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    clock.move_to(clock.now() + timedelta(days=2))
    people = len(made.people)
    async with opened(book) as pilot:
        await pilot.press("v", "slash", "slash", *"ln", "enter")  # two letters of pinyin
        await pilot.pause()
        assert "1 came" in shown(pilot, "#rates")
        await pilot.press(*"8000", "enter")  # four digits, the line still open
        await pilot.pause()
        assert "2 came" in shown(pilot, "#rates")
        await pilot.press("escape", "n", *"李娜")
        await pilot.pause()
        assert "already on this list: 李娜" in str(pilot.app.screen.query_one("#meaning").render())
        await pilot.press("escape", "n", *"赵敏 13700137000 云帆科技 +2", "enter")
        await pilot.pause()
        assert "3 came" in shown(pilot, "#rates")
        assert "+ 2 guests   1 walk-in" in shown(pilot, "#rates")
        assert "✓ 赵敏 +2" in listed(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert "2 came" in shown(pilot, "#rates")
        assert "赵敏" not in listed(pilot)
        await pilot.press("end", "I", *"孙悦 云帆科技", "enter")
        await pilot.pause()
        assert "3 came" in shown(pilot, "#rates")
        assert f"{people} signed up" in shown(pilot, "#rates")
        assert "孙悦 comes instead" in listed(pilot)
        await pilot.press("plus", "1", "enter", "v")
        await pilot.pause()
        assert "1 guest" in shown(pilot, "#rates")
        assert "only those who did not come" in shown(pilot, "#rates")
        assert "孙悦 +1" not in listed(pilot)


async def test_who_was_told_of_somebody_takes_them_off_the_list(book: Book) -> None:
    made = salon_tomorrow(book)
    for card in made.cards[:2]:
        calling.record(book, card, "reminder", "not_coming", lane="phone")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await looking.press(pilot, "f6", "P", "space", "d", "enter")
        assert "Who was told? Type a name" in looking.text(app) + looking.notices(app)
        await looking.press(pilot, "=销售群", "enter")
        assert [one.person for one in guests.pass_on(book)] == ["王志刚"]
        await looking.press(pilot, "d", "1", "enter")
        assert guests.pass_on(book) == []
    told = [str(one.text) for one in cards.timeline(book, made.people[1])]
    assert "reminder, phone: not coming · told 销售群" in told
    lines = [row[0] for row in book.con.execute("SELECT text FROM log ORDER BY id")]
    assert lines[-2:] == ["Told 销售群 of 李娜", "Told 销售群 of 王志刚"]
    history.undo(book)
    assert [one.person for one in guests.pass_on(book)] == ["王志刚"]
