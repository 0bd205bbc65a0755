"""The same queue in two windows, and what happens to a person whose card is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, not_now, promises
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.twins import twins
from opslog.tui.calls import seen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.prompt import Confirm
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_last_week, salon_tomorrow
from tests.services.calls.test_not_now import later
from tests.tui import looking
from tests.tui.calls.test_calls import opened, queued, shown, touches
from tests.tui.calls.test_ringing import poll


@pytest.fixture
def other(book: Book, clock: StandingClock) -> Iterator[Book]:
    """The same file, as a second window has it."""
    with closing(open_book(book.path, clock=clock)) as second:
        yield second


@pytest.mark.parametrize("pause", [0, 3600])
async def test_an_outcome_of_the_other_window_moves_this_card_on(
    book: Book, other: Book, monkeypatch: pytest.MonkeyPatch, pause: int
) -> None:
    """A key that comes with it was meant for the card before; one a moment later counts."""
    monkeypatch.setattr(seen, "PAUSE_SECONDS", pause)
    made = salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        assert "王志刚" in shown(pilot)
        calling.record(other, made.cards[0], "reminder", "coming", lane="phone")
        await poll(pilot)
        assert queued(pilot) == ["李娜", "张伟", "陈静"]
        assert "李娜" in shown(pilot)
        await pilot.press("1")
        await pilot.pause()
        theirs, ours = ("王志刚", "coming", "phone"), ("李娜", "coming", "phone")
        assert touches(book) == [theirs, *([] if pause else [ours])]
        said = "The card had just changed to 李娜; press again if that is meant"
        assert (said in looking.text(pilot.app)) == bool(pause)


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither window looks by itself what the other did."""
    monkeypatch.setattr("opslog.tui.frame.app.POLL_SECONDS", 3600)


@pytest.mark.usefixtures("unseen")
async def test_two_windows_at_the_same_card_lose_no_outcome(book: Book, other: Book) -> None:
    """Both keys were pressed before either window could know of the other."""
    salon_tomorrow(book)
    async with opened(book) as pilot:
        second = OpslogApp(other, demo=True)
        async with second.run_test(size=(80, 24)) as there:
            await there.press("f6")
            await there.pause()
            await there.press("3")
            await pilot.press("1")
            await pilot.pause()
            assert touches(book) == [("王志刚", "no_answer", "phone")], "no second call unasked"
            assert isinstance(pilot.app.screen, Confirm)
            await pilot.press("enter")
            await pilot.pause()
            await poll(there)
            assert touches(book) == [
                ("王志刚", "no_answer", "phone"),
                ("王志刚", "coming", "phone"),
            ]
            assert "王志刚" not in queued(there)
        await poll(pilot)
        assert queued(pilot) == ["李娜", "张伟", "陈静"]


@pytest.mark.usefixtures("unseen")
async def test_a_second_call_by_mistake_is_left_out(book: Book, other: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        calling.record(other, made.cards[0], "reminder", "no_answer", lane="phone")
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("escape")
        await pilot.pause()
        assert touches(book) == [("王志刚", "no_answer", "phone")]


Happens = Callable[[Book, list[int], list[int]], object]
HAPPENINGS: dict[str, Happens] = {
    "erased": lambda book, people, _cards: erasing.erase(book, people[0], "王志刚"),
    "barred": lambda book, people, _cards: person_card.set_barred(book, people[0], True),
    "withdrawn": lambda book, _people, cards: book.con.execute(
        "UPDATE card SET state='withdrawn' WHERE id=?", (cards[0],)
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
async def test_a_card_of_somebody_who_is_gone_gives_way(book: Book, other: Book, what: str) -> None:
    made = salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        assert "王志刚" in shown(pilot)
        HAPPENINGS[what](other, made.people, made.cards)
        await poll(pilot)
        assert queued(pilot) == ["李娜", "张伟", "陈静"]
        assert "李娜" in shown(pilot)


@pytest.mark.parametrize(
    ("what", "why"), [("erased", "was erased"), ("barred", "asked not to be called")]
)
def test_an_outcome_for_somebody_who_has_just_gone_is_refused(
    book: Book, other: Book, what: str, why: str
) -> None:
    """The key came before its window could know."""
    made = salon_tomorrow(book)
    HAPPENINGS[what](other, made.people, made.cards)
    with pytest.raises(Refused, match=why):
        calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert touches(book) == []


async def test_a_card_of_somebody_who_became_one_with_another_is_called_as_that_one(
    book: Book, other: Book
) -> None:
    made = salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        twins.merge(other, made.people[1], made.people[0])
        await pilot.press("1")
        await pilot.pause()
        await poll(pilot)
        assert len(touches(book)) <= 1, "once, or said why not"
        assert queued(pilot).count("李娜") + queued(pilot).count("王志刚") <= 1


async def test_a_clock_set_back_loses_nothing(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    at = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[1], "reminder", "call_back", lane="phone", when=at)
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("1")
        later(clock, hours=-3)
        await pilot.press("f6", "1")
        await pilot.pause()
        await poll(pilot)
        assert [ring.promised for ring in promises.rings(book)] == [at]
        assert len(touches(book)) >= 2
        later(clock, hours=6)
        await poll(pilot)
        assert "李娜" in looking.text(pilot.app)


def test_where_the_clock_goes_back_in_autumn_the_morning_is_the_morning(
    book: Book, clock: StandingClock
) -> None:
    """Berlin, the night of 25 October 2026 has an hour more."""
    berlin = ZoneInfo("Europe/Berlin")
    object.__setattr__(book.clock, "zone", berlin)
    clock.move_to(datetime(2026, 10, 24, 18, 0, tzinfo=berlin))
    made = salon_last_week(book, 0)
    for offer in not_now.offers(book, made.people[0]):
        local = offer.at.astimezone(berlin)
        assert (local.hour, local.minute) in {(9, 0), (20, 0)}
    not_now.put_off(book, made.people[0], not_now.read(book, made.people[0], "2").at)
    history.undo(book)
