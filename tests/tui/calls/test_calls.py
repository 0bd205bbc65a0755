"""The Calls screen, by its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from rich.text import Text
from textual.pilot import Pilot
from textual.widgets import Input

from opslog import locale
from opslog.domain.calls.queue import QueueLine
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import cards
from opslog.services.events import events
from opslog.services.people import card as person_card
from opslog.services.today import agenda
from opslog.tui.calls.attendance.attendance import AttendanceScreen
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.calls.card.big_digits import big
from opslog.tui.calls.card.card import CallCardView
from opslog.tui.calls.card.qr import QrScreen, qr_rows
from opslog.tui.calls.pass_on import PassOnScreen
from opslog.tui.calls.queue.rows import QueueRows
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.prompt import Choose, Prompt
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, salon_last_week, salon_tomorrow
from tests.services.calls.test_one_call import on_two_lists
from tests.services.lists import make_list
from tests.tui import looking

SIZES = [(80, 24), (120, 40)]


@asynccontextmanager
async def opened(book: Book, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[Any]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        yield pilot


def shown(pilot: Pilot[Any], where: str = "#card") -> str:
    """What stands in one block of the screen in front."""
    view = pilot.app.screen.query_one(where, LinesView)
    return "\n".join("".join(text for text, _look in line) for line in view.lines)


def queued(pilot: Pilot[Any]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, CallsScreen)
    return [line.person for line in screen._rows.lines]


def listed(pilot: Pilot[Any]) -> str:
    """The rows of the attendance list."""
    source = pilot.app.screen.query_one("#guests", WindowList).source
    told = []
    for row in source.rows(0, source.count()):
        cells = [Text.assemble(*cell).plain for cell in row.cells if isinstance(cell, tuple)]
        told.append(" ".join(cells))
    return "\n".join(told)


def touches(book: Book) -> list[tuple[str, str, str]]:
    return [
        (row["name"], row["outcome"], row["lane"])
        for row in book.con.execute(
            "SELECT p.name, t.outcome, t.lane FROM touch t JOIN card c ON c.id=t.card_id"
            " JOIN person p ON p.id=c.person_id ORDER BY t.id"
        )
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_one_digit_a_call_and_the_next_is_shown(book: Book, size: tuple[int, int]) -> None:
    salon_tomorrow(book)
    async with opened(book, size) as pilot:
        assert queued(pilot) == ["王志刚", "李娜", "张伟", "陈静"]
        assert "王志刚" in shown(pilot)
        assert big("138 0013 8000")[0] in shown(pilot)
        assert ("总经理 +8" if size == (120, 40) else "总经理") in shown(pilot)
        assert "We keep a seat for you" in shown(pilot)
        assert "1 coming" in shown(pilot, "#outcomes")
        await pilot.press("1", "3")
        assert touches(book) == [("王志刚", "coming", "phone"), ("李娜", "no_answer", "phone")]
        assert "张伟" in shown(pilot)
        # who did not answer waits at the end, until 11:00
        assert queued(pilot) == ["张伟", "陈静", "李娜"]
        assert "3 of 4 left" in shown(pilot, "#about")
        assert "coming 1" in shown(pilot, "#about")
        assert "expected 1–3" in shown(pilot, "#about")
        assert book.con.execute("SELECT count(*) FROM log").fetchone()[0] == 2


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_same_call_is_for_is_asked_next(book: Book, size: tuple[int, int]) -> None:
    on_two_lists(book)
    async with opened(book, size) as pilot:
        assert sorted(queued(pilot)) == ["张伟", "李娜", "王志刚", "陈静"]
        assert shown(pilot).split()[0] == "王志刚"
        assert "The same call: call-back 1, 北京大会" in shown(pilot)
        assert "Same call" not in shown(pilot)
        await pilot.press("1")
        assert shown(pilot).count("Same call, now for: call-back 1 · 北京大会") == 1
        assert shown(pilot).splitlines()[1].split()[0] == "王志刚"
        assert "Call-back 1" in shown(pilot, "#about")
        await pilot.press("1")
        assert touches(book) == [("王志刚", "coming", "phone"), ("王志刚", "interested", "phone")]
        first, second = book.con.execute("SELECT id, call_id FROM touch ORDER BY id")
        assert (first["call_id"], second["call_id"]) == (None, first["id"])
        assert shown(pilot).split()[0] == "李娜"
        assert "Same call" not in shown(pilot)
        await pilot.press("3")  # no answer: for both, and both wait
        assert queued(pilot) == ["张伟", "陈静", "李娜"]
        assert len(touches(book)) == 4


async def test_undo_goes_back_to_the_person(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("down", "1")
        assert "张伟" in shown(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert touches(book) == []
        assert queued(pilot)[:2] == ["王志刚", "李娜"]
        assert "李娜" in shown(pilot)


async def test_undo_of_do_not_call_goes_back_to_the_person(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("down")
        assert "李娜" in shown(pilot)
        await pilot.press("6")  # do not call
        await pilot.pause()
        assert "李娜" not in queued(pilot)
        await pilot.press("home", "u")
        await pilot.pause()
        assert "李娜" in shown(pilot)


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


async def test_why_not_a_number_words_skipped_or_taken_back(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("2")
        assert isinstance(pilot.app.screen, Prompt)
        await pilot.press("escape")
        assert touches(book) == []
        await pilot.press("2", "2", "enter")
        await pilot.press("2", *"rain", "enter")
        await pilot.press("2", "enter")
        await pilot.pause()
        rows = book.con.execute("SELECT reason FROM touch ORDER BY id").fetchall()
        assert [row["reason"] for row in rows] == ["travel", "rain", ""]


async def test_when_is_read_as_it_is_typed(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("4", *"15:30")
        prompt = pilot.app.screen
        assert isinstance(prompt, Prompt)
        assert str(prompt.query_one("#meaning").render()) == "→ 15:30"
        prompt.query_one(Input).value = "soon"
        await pilot.press("enter")
        assert pilot.app.screen is prompt
        prompt.query_one(Input).value = "明天上午10点"
        await pilot.press("enter")
        await pilot.pause()
        touch = book.con.execute("SELECT * FROM touch").fetchone()
        assert (touch["next_at"], touch["promised"]) == ("2026-11-24T02:00:00Z", 1)
        assert "王志刚" not in queued(pilot)
        await pilot.press("4", "enter")  # no time: as the rule says
        await pilot.pause()
        assert book.con.execute("SELECT sum(promised) FROM touch").fetchone()[0] == 1


async def test_keys_after_a_question_go_to_the_question(book: Book) -> None:
    """However fast somebody types, the reason's digit is no outcome of the next person."""
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("2", "1", "enter", "1", "2", "3", "enter", "7")
        await pilot.pause()
        assert [outcome for _name, outcome, _lane in touches(book)] == [
            "not_coming",
            "coming",
            "not_coming",
            "unsure",
        ]


async def test_a_promise_comes_up_when_its_time_comes(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[2], "reminder", "call_back", lane="phone", when=when)
    async with opened(book) as pilot:
        assert queued(pilot)[-1] == "张伟"
        clock.move_to(when)
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        screen._tick()
        assert queued(pilot)[0] == "张伟"


async def test_a_call_promised_for_a_day_off_says_so(book: Book) -> None:
    salon_last_week(book, 0)
    async with opened(book) as pilot:
        await looking.press(pilot, "4", "=周日10点")
        assert "10:00 · Sun 11-29 is a day off" in looking.text(pilot.app)
        await looking.press(pilot, "enter")
    due = call_due.due(book)[-1]
    assert [str(one) for one in agenda.move_warnings(book, [due], "2026-11-28")] == [
        "Sat 11-28 is a day off"
    ]
    assert agenda.move_warnings(book, [due], "2026-11-30") == []


async def test_a_reminder_hangs_on_its_event_whatever_day_that_is(
    book: Book, clock: StandingClock
) -> None:
    clock.move_to(clock.now() + timedelta(days=4))  # a Friday; the salon is on Saturday
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await looking.press(pilot, "4", "=明天10点")
        assert "→ Sat 11-28 10:00" in looking.text(pilot.app)
        assert "day off" not in looking.text(pilot.app)


async def test_more_outcomes_in_a_typed_list(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("9")
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press(*"busy", "enter")
        await pilot.pause()
        assert touches(book) == [("王志刚", "line_busy", "phone")]


async def test_who_comes_instead_is_asked_and_its_digits_stay_there(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("9", *"colleague", "enter", *"13700137000", "enter")
        await pilot.pause()
        assert touches(book) == [("王志刚", "colleague_comes", "phone")]
        instead = {one.instead_of: one.phone for one in guests.guests(book, made.event_id)}
        assert instead["王志刚"] == "+8613700137000"
        await pilot.press("9", *"colleague", "enter", "enter")  # nobody named yet
        await pilot.pause()
        assert touches(book)[1:] == [("李娜", "colleague_comes", "phone")]


async def test_a_digit_without_an_outcome_says_so(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("8")
        await pilot.pause()
        assert touches(book) == []


async def test_a_note_and_the_time_spoken_go_along(book: Book, clock: StandingClock) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("m", *"wants slides", "enter")
        assert "wants slides" in shown(pilot)
        await pilot.press("space")
        clock.move_to(clock.now() + timedelta(minutes=3, seconds=40))
        await pilot.press("1")
        assert book.con.execute("SELECT note FROM touch").fetchone()[0] == "wants slides"
        log = book.con.execute("SELECT text, minutes FROM log").fetchone()
        assert tuple(log) == ("Called 王志刚: coming · wants slides", 4)
        await pilot.press("u")
        await pilot.pause()
        assert "王志刚" in shown(pilot)
        assert "wants slides" not in shown(pilot)  # a note goes with one outcome only


async def test_lanes(book: Book) -> None:
    made = salon_last_week(book, 0, 1, 2)
    person_card.set_wecom(book, made.people[0], True)
    async with opened(book) as pilot:
        assert "WeCom message" in shown(pilot)
        assert "3 sent, no reply yet" in shown(pilot, "#outcomes")
        await pilot.press("tab")
        assert "3 no answer" in shown(pilot, "#outcomes")
        await pilot.press("tab", "3")
        assert touches(book) == [("王志刚", "sent", "wecom")]
        await pilot.press("w")
        await pilot.pause()
        assert person_card.get(book, made.people[1]).wecom is True
        assert "WeCom message" in shown(pilot)


async def test_nobody_is_called_again_by_a_finger_too_fast(book: Book) -> None:
    make_list(book, PEOPLE[:1], ends_ago=TOMORROW)
    async with opened(book) as pilot:
        await pilot.press("3", "3", "3")
        await pilot.pause()
        assert len(touches(book)) == 1
        assert "Nobody else is to be called now." in shown(pilot)
        await pilot.press("space", "1")
        assert [outcome for _name, outcome, _lane in touches(book)] == ["no_answer", "coming"]


async def test_an_empty_queue_names_the_next_key(book: Book) -> None:
    async with opened(book) as pilot:
        rows = pilot.app.screen.query_one("#queue", WindowList)
        said = "".join(text for line in rows.empty for text, _look in line)
        assert "Nobody is to be called now." in said
        assert "F5" in said
        await pilot.press("1", "m", "c", "y", "l", "w")
        assert touches(book) == []


async def test_the_filter_shows_one_event_and_its_later_ones(book: Book) -> None:
    salon_tomorrow(book)
    make_list(book, PEOPLE[:2], event="下周沙龙", ends_ago=-timedelta(days=7))
    async with opened(book) as pilot:
        assert len(queued(pilot)) == 4
        await pilot.press("slash")
        pilot.app.screen.query_one(Input).value = "下周"
        await pilot.press("enter")
        await pilot.pause()
        assert queued(pilot) == ["王志刚", "李娜"]
        await pilot.press("slash", "enter")
        await pilot.pause()
        assert len(queued(pilot)) == 6
        await pilot.press("o")
        assert len(queued(pilot)) == 4


@pytest.mark.parametrize(
    ("typed", "who"),
    [("13800138000", "王志刚"), ("8000", "王志刚"), ("ln", "李娜"), ("张伟", "张伟")],
)
async def test_slash_finds_somebody_and_no_digit_typed_is_an_outcome(
    book: Book, typed: str, who: str
) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("slash", *typed, "enter")
        await pilot.pause()
        assert who in shown(pilot)
        assert touches(book) == []
        await pilot.press("1")
        assert touches(book) == [(who, "coming", "phone")]


async def test_slash_finds_somebody_of_a_list_not_shown(book: Book) -> None:
    salon_tomorrow(book)
    make_list(
        book,
        [("苗云", "云帆科技", "", "+8613900139555", "")],
        event="下周沙龙",
        ends_ago=-timedelta(days=7),
    )
    async with opened(book) as pilot:
        assert "苗云" not in queued(pilot)
        await pilot.press("slash", *"云帆", "enter")
        await pilot.pause()
        assert "苗云" in shown(pilot)


async def test_today_opens_the_reminders_and_the_promise(book: Book) -> None:
    made = salon_tomorrow(book)
    old = salon_last_week(book, 0)
    when = book.now() + timedelta(days=2)
    calling.record(book, old.cards[3], "callback-1", "call_back", lane="phone", when=when)
    async with opened(book) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        await screen.show("reminder", made.event_id)
        await pilot.pause()
        assert queued(pilot) == ["王志刚", "李娜", "张伟", "陈静"]
        await screen.show("promise", old.cards[3])
        await pilot.pause()
        assert "陈静" in shown(pilot)
        assert "promised Wed 11-25 09:00" in shown(pilot)


async def test_copy_and_the_qr_code(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("y")
        assert pilot.app.clipboard == "13800138000"
        await pilot.press("c")
        assert isinstance(pilot.app.screen, QrScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CallsScreen)


def test_the_qr_code_is_what_a_phone_reads() -> None:
    import segno

    rows = qr_rows("tel:+8613800138000")
    dark = sum(row.count("█") * 2 + row.count("▀") + row.count("▄") for row in rows)
    modules = segno.make("tel:+8613800138000", error="m", micro=False).matrix
    assert dark == sum(sum(row) for row in modules)
    assert len({len(row) for row in rows}) == 1
    assert len(rows) <= 17  # fits 80×24


async def test_a_long_name_is_whole_in_the_queue(book: Book) -> None:
    people = [("Michael Chen", "云帆科技", "总监", "+8613800138000", "")]
    make_list(book, people, ends_ago=TOMORROW)
    async with opened(book, (120, 40)) as pilot:
        await pilot.pause()
        assert "云帆科技" in looking.line_with(pilot.app, "  Michael Chen 总监")


async def test_data_is_shown_as_it_is(book: Book) -> None:
    make_list(book, [("[/red]王\x1b[31m", "[b]", "", "+8613800138000", "")], ends_ago=TOMORROW)
    async with opened(book) as pilot:
        assert "[/red]王" in shown(pilot)
        assert "\x1b" not in shown(pilot)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert len(touches(book)) == 1


async def test_a_broken_file_is_a_notice_and_not_the_end(book: Book) -> None:
    salon_tomorrow(book)
    (book.home / "playbooks").mkdir()
    (book.home / "playbooks" / "outcomes.toml").write_text("[parts\n", encoding="utf-8")
    async with opened(book) as pilot:
        messages = [notice.message for notice in pilot.app._notifications]
        assert any("outcomes.toml, line 1" in message for message in messages)


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
        assert "1 came   1 of 1 confirmed = 100%" in shown(pilot, "#rates")
        assert "1 of 4 signed up = 25%" in shown(pilot, "#rates")
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


async def test_a_call_from_elsewhere_shows_and_the_cursor_stays(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("down", "down")
        assert "张伟" in shown(pilot)
        calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        screen.refresh_rows({})
        await pilot.pause()
        assert queued(pilot) == ["李娜", "张伟", "陈静"]
        assert "张伟" in shown(pilot)


async def test_chinese(book: Book) -> None:
    locale.set_language("zh_CN")
    made = salon_tomorrow(book)
    book.set_setting("language", "zh_CN")
    async with opened(book) as pilot:
        assert "您报名了我们的《上海沙龙》" in shown(pilot)
        assert "1 会来" in shown(pilot, "#outcomes")
        await pilot.press("1")
        assert book.con.execute("SELECT text FROM log").fetchone()[0] == "致电王志刚：会来"
        assert "预计到场 1–3" in shown(pilot, "#about")
    assert made.cards


async def test_a_moved_event_moves_its_reminders(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        assert len(queued(pilot)) == 4
        moved = book.clock.now() + timedelta(days=10)
        pilot.app.do(lambda: events.move(book, made.event_id, moved))  # type: ignore[attr-defined]  # OpslogApp
        await pilot.pause()
        assert queued(pilot) == []


# Rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("air", [False, True])
@pytest.mark.parametrize(("ready", "later"), [(0, 0), (3, 0), (0, 2), (3, 2), (1, 1)])
def test_positions_and_rows_agree(book: Book, ready: int, later: int, air: bool) -> None:
    made = salon_last_week(book, 0)
    [line, *_rest] = call_queue.queue(book)
    lines = [
        QueueLine(**{**_fields(line), "card_id": n, "ready": n < ready})
        for n in range(ready + later)
    ]
    rows = QueueRows(lines, lambda entry: (str(entry.card_id),), lambda group: (), air=air)
    drawn = rows.rows(0, 99)
    assert rows.count() == len(drawn)
    for at, row in enumerate(drawn):
        if row.heading is None:
            assert rows.position(row.key) == at
    assert [row.cells for row in drawn if row.heading is None] == [
        (str(n),) for n in range(ready + later)
    ]
    assert rows.position("nobody") is None
    assert made.cards


def _fields(line: QueueLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in QueueLine.__dataclass_fields__}


async def test_who_is_left_out_is_counted_above_the_queue_and_called_by_a_key(book: Book) -> None:
    people = (PEOPLE[0], ("测试", "甲公司", "", "+8613800138009", ""))
    make_list(book, people, ends_ago=TOMORROW)
    async with opened(book) as pilot:
        assert "1 of 1 left" in shown(pilot, "#about")
        assert "h 1 left out" in shown(pilot, "#about")
        await pilot.press("h")
        await pilot.pause()
        text = looking.text(pilot.app)
        for said in ("made up  1", "测试", "name has “测试”", "b keeps and calls them"):
            assert said in text
        await pilot.press("S")
        await pilot.pause()
        assert "S takes it off" in looking.text(pilot.app)
        await pilot.press("S", "enter")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert "Nobody is left out." in looking.text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "2 of 2 left" in shown(pilot, "#about")


async def test_a_further_number_stands_on_the_card_and_a_title_once(book: Book) -> None:
    salon_tomorrow(book)
    with book.change(msg("Numbers")):
        book.con.execute("UPDATE person SET phones='+8613700137000', title='总经理'")
    async with opened(book, (120, 40)) as pilot:
        lines = pilot.app.screen.query_one(CallCardView).lines
        card = "".join(text for line in lines for text, _look in line)
        assert "also 137 0013 7000" in card
        assert card.count("总经理") == 2, "beside the name, and in the sum of the reasons"


async def test_the_queue_stands_in_groups_and_says_once_what_for(book: Book) -> None:
    made = salon_tomorrow(book)
    calling.record(book, made.cards[1], "reminder", "no_answer", lane="phone")
    when = book.now() + timedelta(hours=1)
    calling.record(book, made.cards[2], "reminder", "call_back", lane="phone", when=when)
    async with opened(book, (120, 40)) as pilot:
        text = looking.text(pilot.app)
        order = [
            "Phone · day before",
            "王志刚",
            "陈静",
            "Promised times",
            "张伟",
            "李娜",
        ]
        places = [text.index(words, 100) for words in order]
        assert places == sorted(places)
        assert "◷ 10:00  张伟" in text
        assert "Tried, again later 1" in looking.line_with(pilot.app, "from 11:00")
        assert " now" not in text.replace("Not now", "").replace("allowed now", "")


async def test_outside_calling_hours_nothing_says_call_now(
    book: Book, clock: StandingClock
) -> None:
    salon_tomorrow(book)
    clock.move_to(clock.now().replace(hour=4, minute=0))  # noon in Shanghai
    async with opened(book) as pilot:
        assert "calls are made from 13:30" in shown(pilot, "#about")
        assert "now" not in shown(pilot, "#about")


async def test_the_pace_is_said_once_there_are_calls_enough(
    book: Book, clock: StandingClock
) -> None:
    make_list(
        book, [(f"王{n}", "", "", f"+861380013{n:04}", "") for n in range(9)], ends_ago=TOMORROW
    )
    async with opened(book) as pilot:
        for _call in range(6):
            clock.move_to(clock.now() + timedelta(minutes=3))
            assert "an hour" not in shown(pilot, "#about")
            await pilot.press("1")
        await pilot.pause()
        assert "done about 09:27   3 of 9 left" in shown(pilot, "#about")


async def test_how_the_forecast_is_counted_opens_by_a_key(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("1", "W")
        await pilot.pause()
        text = looking.text(pilot.app)
        assert "1  coming × 0.8 = 0.8" in text
        assert "2.0 expected" in text
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, CallsScreen)


async def test_enter_out_of_habit_opens_nothing(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("1", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CallsScreen)
        assert touches(book) == [("王志刚", "coming", "phone")]


async def test_call_back_tomorrow_at_ten_in_four_keys(book: Book, clock: StandingClock) -> None:
    salon_last_week(book, 0)
    clock.move_to(clock.now().replace(hour=3))  # 11:00: ten o'clock is over for today
    async with opened(book) as pilot:
        await pilot.press("4", "1", "0", "enter")
        await pilot.pause()
        touch = book.con.execute("SELECT next_at, promised FROM touch").fetchone()
        assert tuple(touch) == ("2026-11-24T02:00:00Z", 1)


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


async def test_who_was_contacted_today_waits_in_a_group_and_is_counted(book: Book) -> None:
    made = salon_last_week(book, 0)
    off_list.record(book, made.people[1], "answered", lane="phone", direction="in")
    async with opened(book, (120, 40)) as pilot:
        assert "李娜" not in queued(pilot)
        assert "contacted today 1" in looking.text(pilot.app)
        await pilot.press("o")
        await pilot.pause()
        assert queued(pilot)[-1] == "李娜"
        told = looking.text(pilot.app)
        assert "Contacted lately 1" in told
        assert "Tue 11-24 09:00  李娜" in told
        await pilot.press("h")
        await pilot.pause()
        told = looking.text(pilot.app)
        assert "contacted today  1" in told
        assert "not before Tue 11-24 09:00" in told
        await pilot.press("b")
        await pilot.pause()
        assert "Enter opens their card" in looking.notices(pilot.app)


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
