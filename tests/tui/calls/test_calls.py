"""The Calls screen, by its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from rich.text import Text
from textual.pilot import Pilot

from opslog import locale
from opslog.locale import msg
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.people import card as person_card
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.calls.card.big_digits import big
from opslog.tui.calls.card.card import CallCardView
from opslog.tui.calls.card.qr import QrScreen, qr_rows
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.prompt import Choose, Prompt
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, salon_last_week, salon_tomorrow
from tests.services.calls.test_one_call import on_two_lists
from tests.services.lists import make_list

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


async def test_a_further_number_stands_on_the_card_and_a_title_once(book: Book) -> None:
    salon_tomorrow(book)
    with book.change(msg("Numbers")):
        book.con.execute("UPDATE person SET phones='+8613700137000', title='总经理'")
    async with opened(book, (120, 40)) as pilot:
        lines = pilot.app.screen.query_one(CallCardView).lines
        card = "".join(text for line in lines for text, _look in line)
        assert "also 137 0013 7000" in card
        assert card.count("总经理") == 2, "beside the name, and in the sum of the reasons"


async def test_enter_out_of_habit_opens_nothing(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("1", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CallsScreen)
        assert touches(book) == [("王志刚", "coming", "phone")]
