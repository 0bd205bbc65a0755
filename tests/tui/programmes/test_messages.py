"""Today's messages by keys: one key a message, five at most for fifty, nothing sent twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling, programmes, queue, sending
from opslog.tui.calls import seen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.programmes import desk
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.programmes.programme import PROGRAMME, begin, people
from tests.tui.looking import line_with, press, text, until


@asynccontextmanager
async def messages(book: Book, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """From the calls by the key of messages."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await press(pilot, "f6", "semicolon")
        yield pilot


def next_day(clock: StandingClock, days: int = 1) -> None:
    clock.move_to(clock.now() + timedelta(days=days))


def sent(book: Book) -> list[str]:
    """Whom something was sent, in order."""
    rows = book.con.execute(
        "SELECT p.name FROM sending s JOIN enrolment e ON e.id=s.enrolment_id JOIN person p"
        " ON p.id=e.person_id WHERE s.state='sent' ORDER BY s.id"
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_copies_notes_it_as_sent_and_shows_the_next(
    book: Book, clock: StandingClock, size: tuple[int, int]
) -> None:
    begin(book)
    next_day(clock)
    async with messages(book, size) as pilot:
        assert "words of day two" in text(pilot.app)
        await press(pilot, "enter")
        assert pilot.app.clipboard == "words of day two"
        assert sent(book) == ["王志刚"]
        assert "王志刚: copied, noted as sent" in text(pilot.app)
        assert "陈晨" in line_with(pilot.app, "专员   海辰科技")
        await press(pilot, "u")
        assert sent(book) == []
        await press(pilot, "1")
        assert sent(book) == ["王志刚"], "undo has put the cursor back on them"
        await press(pilot, "0", "enter")
        assert sent(book) == ["王志刚", "李娜"]
        assert "All of today's messages are sent." in text(pilot.app)
        await press(pilot, "f6")
        assert "Nobody is to be called now" in text(pilot.app)


async def test_everybody_of_one_text_by_one_copy(book: Book, clock: StandingClock) -> None:
    people = make_list(
        book,
        [(f"周{n:03}", f"公司{n}", "专员", f"+86138000{n:05}", "") for n in range(70)],
    ).people
    programmes.put(book, "trial", PROGRAMME)
    enrolling.enter(book, "trial", people)
    next_day(clock)
    async with messages(book) as pilot:
        assert "at least 59 others get the same words" in text(pilot.app)
        await press(pilot, "5", "space")
        assert "sent to these 69" in text(pilot.app)
        assert pilot.app.clipboard == "words of day two"
        await press(pilot, "y")
        assert pilot.app.clipboard.splitlines()[:2] == ["周001", "周002"]
        await press(pilot, "enter")
        assert len(sent(book)) == 69
        assert history.count(book) == 3, "the list, the entering, all messages"
        assert "周000" in line_with(pilot.app, "公司0   ")


async def test_marked_ones_of_one_text_are_sent_together(book: Book, clock: StandingClock) -> None:
    begin(book)
    next_day(clock)
    async with messages(book) as pilot:
        await press(pilot, "space", "space", "enter")
        assert "sent to all 2" in text(pilot.app)
        await press(pilot, "escape")
        assert sent(book) == []
        await press(pilot, "enter", "enter")
        assert sent(book) == ["王志刚", "陈晨"]


async def test_the_rest_of_a_long_day_is_read_beside_the_keys(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "FIRST", 2)
    begin(book)
    make = [(f"周{n}", f"公司{n}", "专员", f"+8613800001{n:03}", "") for n in range(9)]
    enrolling.enter(book, "trial", make_list(book, make).people)
    next_day(clock)
    async with messages(book) as pilot:
        assert "9 more of them" in text(pilot.app)
        assert "at least 2 others get the same words" in text(pilot.app), "5 takes all of them"
        await press(pilot, "down", "down", "enter")
        await until(pilot, "周8")
        await press(pilot, "end", "slash", "=公司8", "enter")
        await until(pilot, "words of day two")
        await press(pilot, "enter")
        assert sent(book) == ["周8"]


async def test_who_replies_leaves_and_waits_for_an_answer(book: Book, clock: StandingClock) -> None:
    begin(book)
    next_day(clock)
    async with messages(book) as pilot:
        assert "Copy, sent" in line_with(pilot.app, "F1")
        await press(pilot, "enter", "3", "=能发份报价吗", "enter")
        assert "They replied, waiting for you 1" in text(pilot.app)
        assert "能发份报价吗" in line_with(pilot.app, "陈晨     能发")
        assert enrolling.of_person(book, 3)[0].state == "left"
        await press(pilot, "2")
        assert "李娜" in text(pilot.app)
        await press(pilot, "z", "=1", "enter")
        assert "at 19:30 1" in text(pilot.app)
        await press(pilot, "7", "1")
        assert queue.day(book).due == 0
        assert "Copy, sent" not in line_with(pilot.app, "F1"), "Enter opens who replied"
        await press(pilot, "1")
        assert "They replied" not in text(pilot.app)


async def test_a_key_held_down_answers_one_and_another_window_is_told(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "REPEAT_SECONDS", 3600)
    ids = begin(book)
    next_day(clock)
    async with messages(book) as pilot:
        await pilot.press("enter", "enter")
        await until(pilot, "A key held down answers one message only")
        assert sent(book) == ["王志刚"]
        other = open_book(book.path, clock=book.clock)
        sending.sent(other, [ids[2]])
        other.close()
        await press(pilot, "1")  # the card may have moved on meanwhile: that key was for 陈晨
        assert sent(book) == ["王志刚", "陈晨"]


async def test_own_words_are_kept_however_the_editor_is_left(
    book: Book, clock: StandingClock
) -> None:
    begin(book, 1)
    async with messages(book) as pilot:
        assert "Written by hand" in text(pilot.app)
        await press(pilot, "enter", "=hello there", "escape")
        assert "hello there" in text(pilot.app)
        await press(pilot, "enter")
        assert pilot.app.clipboard == "hello there"
        assert sent(book) == ["王志刚"]


async def test_into_a_programme_by_two_keys(book: Book) -> None:
    programmes.put(book, "a-trial", PROGRAMME)
    person = make_list(book, [("王志刚", "华东机械", "采购", "+8613800000001", "")]).people[0]
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f7", "greater_than_sign", "1")
        [inside] = enrolling.of_person(book, person)
        assert inside.programme == programmes.programmes(book)[0].code


async def test_not_to_be_contacted_asks_which_way_and_takes_them_out(
    book: Book, clock: StandingClock
) -> None:
    begin(book)
    async with messages(book) as pilot:
        await press(pilot, "S")
        assert "how not to be contacted?" in text(pilot.app), "they are written to"
        await press(pilot, "2")
        assert "not to be messaged" in text(pilot.app)
        assert "王志刚" not in [
            line.person for slot in queue.day(book).slots for line in slot.lines
        ]


async def test_the_words_say_who_writes_them_once_that_is_typed(
    book: Book, clock: StandingClock
) -> None:
    own = 'text_zh = "我是{operator}。"\ntext_en = "This is {operator}. Hello."'
    programmes.put(book, "trial", PROGRAMME.replace("by_hand = true", own, 1))
    enrolling.enter(book, "trial", people(book, 1))
    async with messages(book) as pilot:
        assert "9: your name" in text(pilot.app)
        assert "nothing known for" not in text(pilot.app)  # the key says it
        await press(pilot, "9", *"Chen", "enter")
        assert "This is Chen. Hello." in text(pilot.app)
        assert "9: your name" not in text(pilot.app)


async def test_who_leaves_may_do_so_for_a_reason_in_words(book: Book, clock: StandingClock) -> None:
    begin(book, 1)
    async with messages(book) as pilot:
        await press(pilot, "7", *"moved", "enter")
        assert [one.left_why for one in enrolling.of_person(book, 1)] == ["moved"]
        await press(pilot, "u")
        await press(pilot, "z")
        assert "not written to now. When?" in text(pilot.app)


async def test_a_second_programme_is_asked_about(book: Book, clock: StandingClock) -> None:
    begin(book, 1)
    programmes.put(book, "other", PROGRAMME.replace('en = "Trial"', 'en = "Other"'))
    async with messages(book) as pilot:
        await press(pilot, "f7", "greater_than_sign", *"Other", "enter")
        assert "is in “Trial” already. Into this one as well?" in text(pilot.app)
        await press(pilot, "escape")
        assert len(enrolling.of_person(book, 1)) == 1
        await press(pilot, "greater_than_sign", *"Other", "enter", "enter")
        assert len(enrolling.of_person(book, 1)) == 2


async def test_whose_hour_is_to_come_is_not_among_those_to_pick(
    book: Book, clock: StandingClock
) -> None:
    """They are named; one key takes them in, marked."""
    begin(book)
    next_day(clock)
    clock.move_to(clock.now() + timedelta(hours=2, minutes=30))
    async with messages(book) as pilot:
        await press(pilot, "5")
        assert "sent to all 2" in text(pilot.app)
        assert "1 more, from 19:30 on, is left out: 李娜" in text(pilot.app)
        assert "总经理" not in text(pilot.app)
        await press(pilot, "enter")
        assert sorted(sent(book)) == ["王志刚", "陈晨"]
        await press(pilot, "u", "5", "5")
        assert "sent to all 3" in text(pilot.app)
        assert "from 19:30" in line_with(pilot.app, "总经理")
        await press(pilot, "5")
        assert "sent to all 2" in text(pilot.app)
        await press(pilot, "5", "enter")
        assert len(sent(book)) == 3


async def test_all_of_one_text_where_every_hour_has_come_leaves_nobody_out(
    book: Book, clock: StandingClock
) -> None:
    begin(book)
    next_day(clock)
    clock.move_to(clock.now() + timedelta(hours=11))
    async with messages(book) as pilot:
        await press(pilot, "5")
        assert "sent to all 3" in text(pilot.app)
        await press(pilot, "5")
        assert "Nobody is left out" in text(pilot.app)


async def test_that_nobody_is_held_back_is_said(book: Book, clock: StandingClock) -> None:
    async with messages(book) as pilot:
        await press(pilot, "h")
        assert "Nobody is held back today" in text(pilot.app)
    begin(book)
    next_day(clock)
    async with messages(book) as pilot:
        await press(pilot, "h")
        assert "Nobody is held back today" in text(pilot.app)


async def test_groups_fold_only_where_there_is_no_room(book: Book, clock: StandingClock) -> None:
    programmes.put(book, "trial", PROGRAMME)
    make = [(f"周{n}", f"公司{n}", "总经理", f"+8613800001{n:03}", "") for n in range(12)]
    enrolling.enter(book, "trial", make_list(book, make).people)
    next_day(clock)
    async with messages(book) as pilot:
        assert "more of them" not in text(pilot.app)
    more = [(f"吴{n}", f"厂{n}", "专员", f"+8613800002{n:03}", "") for n in range(40)]
    enrolling.enter(book, "trial", make_list(book, more).people)
    next_day(clock)
    async with messages(book) as pilot:
        assert "more of them" in text(pilot.app)


async def test_of_many_whose_hour_is_to_come_the_first_are_named(
    book: Book, clock: StandingClock
) -> None:
    programmes.put(book, "trial", PROGRAMME)
    make = [(f"周{n:04}", f"公司{n}", "总经理", f"+861380001{n:04}", "") for n in range(1500)]
    make.append(("王志刚", "华东机械", "专员", "+8613800000001", ""))
    enrolling.enter(book, "trial", make_list(book, make).people)
    next_day(clock)
    async with messages(book) as pilot:
        await press(pilot, "5")
        assert "1,500 more, from 19:30 on, are left out: 周0000" in text(pilot.app)
        assert "sent to all 1" in text(pilot.app)


def _fifty(book: Book, clock: StandingClock, number: int = 12) -> list[int]:
    """So many who get the same words today; their enrolments."""
    make = [(f"周{n:03}", f"公司{n}", "专员", f"+86138000{n:05}", "") for n in range(number)]
    people = make_list(book, make).people
    programmes.put(book, "trial", PROGRAMME)
    enrolling.enter(book, "trial", people)
    next_day(clock)
    return [enrolling.of_person(book, id)[0].id for id in people]


async def test_who_had_it_from_another_window_goes_off_the_names_to_pick(
    book: Book, clock: StandingClock
) -> None:
    ids = _fifty(book, clock)
    async with messages(book) as pilot:
        await press(pilot, "5")
        assert "sent to all 12" in text(pilot.app)
        other = open_book(book.path, clock=book.clock, session="other")
        sending.sent(other, ids[:10])
        other.close()
        await until(pilot, "sent to all 2")
        assert "10 people were written to or have left meanwhile" in text(pilot.app)
        await press(pilot, "y")
        assert pilot.app.clipboard.splitlines() == ["周010", "周011"]
        await press(pilot, "enter")
        assert len(sent(book)) == 12


async def test_no_names_are_picked_while_messages_are_still_being_noted(
    book: Book, clock: StandingClock
) -> None:
    _fifty(book, clock)
    async with messages(book) as pilot:
        book.held = msg("Messages are being noted as sent")
        await press(pilot, "5")
        assert "Messages are being noted as sent" in text(pilot.app)
        assert "sent to all" not in text(pilot.app)
        book.held = None
        await press(pilot, "5")
        assert "sent to all 12" in text(pilot.app)


async def test_how_many_were_noted_as_sent_is_what_was_written(
    book: Book, clock: StandingClock
) -> None:
    ids = _fifty(book, clock)
    async with messages(book) as pilot:
        await press(pilot, "5")
        person_card.set_barred(book, sending.get(book, ids[0]).person_id, True, ("write",))
        await press(pilot, "enter")
        assert len(sent(book)) == 11
        assert "noted as sent to 12" not in text(pilot.app)
        assert "Sent 11 messages" in text(pilot.app)


async def test_replies_are_counted_of_what_was_sent(book: Book, clock: StandingClock) -> None:
    one, other, third = begin(book)
    next_day(clock)
    sending.sent(book, [one])
    sending.replied(book, third, "what does it cost?")  # nothing was sent to them
    day = queue.day(book)
    assert (day.sent, day.replied, day.answered_today, day.rate) == (1, 1, 0, (0, 1))
    async with messages(book, (120, 40)) as pilot:
        assert "sent 1" in text(pilot.app)
        assert "replies in the last month: 0 of 1" in text(pilot.app)
    sending.replied(book, one)
    day = queue.day(book)
    assert (day.replied, day.answered_today, day.rate) == (2, 1, (1, 1))
    assert sending.get(book, other).state == "active"


async def test_nothing_left_to_send_is_said_so(book: Book) -> None:
    async with messages(book) as pilot:
        await press(pilot, "3")
        assert "Nobody is left to write to today" in text(pilot.app)


async def test_a_message_is_put_off_to_a_day_that_is_worked(
    book: Book, clock: StandingClock
) -> None:
    begin(book)
    next_day(clock)
    while book.today().weekday() != 4:
        next_day(clock)
    async with messages(book) as pilot:
        await press(pilot, "z")
        assert "the next working day" in text(pilot.app)
        assert "tomorrow 1" not in text(pilot.app)


async def test_what_is_marked_is_skipped_and_put_off_together(
    book: Book, clock: StandingClock
) -> None:
    ids = _fifty(book, clock, 6)
    async with messages(book) as pilot:
        await press(pilot, "space", "space", "0")
        assert "Skipped 2 messages" in text(pilot.app)
        await press(pilot, "home", "space", "space", "z")
        assert "2 people: not written to now" in text(pilot.app)
        await press(pilot, "1", "enter")
        assert "Put off 2 messages" in text(pilot.app)
        slots = [sending.get(book, id).slot for id in ids]
        assert slots.count("19:30") == 2
        await press(pilot, "u")
        assert [sending.get(book, id).slot for id in ids].count("19:30") == 0


async def test_who_was_filtered_out_is_not_among_the_names_to_pick(
    book: Book, clock: StandingClock
) -> None:
    _fifty(book, clock)
    async with messages(book) as pilot:
        await press(pilot, "slash", "=周01", "enter", "5")
        assert "sent to all 2" in text(pilot.app)
