"""One list of a road show on the call desk and at the door: its stops stand apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.calls.outcomes import REMINDER
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.tui.calls import questions
from opslog.tui.calls.attendance.attendance import AttendanceScreen
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.calls.queue.which import Which
from tests.conftest import StandingClock
from tests.services.calls.test_stop_on_both_lists import AT_STOP, DAY
from tests.services.calls.test_stop_on_both_lists import Show as BothLists
from tests.services.calls.test_stops_of_one_list import Show, before
from tests.tui.calls.test_calls import opened
from tests.tui.looking import press, text, until


@pytest.fixture
def show(book: Book, tmp_path: Path) -> Show:
    return Show(book, tmp_path)


def test_each_stop_of_a_list_can_be_asked_for(book: Book, show: Show, clock: StandingClock) -> None:
    before(show, "杭州", clock)
    lines = Which(later=True).read(book).lines
    keys = {one.label: one.key for one in questions.filters(lines)}
    roster, stop = lines[0].roster_id, show.stop("成都").id
    assert keys["路演 · 成都 · reminder"] == f"{REMINDER}/{roster}/{stop}"
    assert keys["路演 · reminder"] == f"{REMINDER}/{roster}/"
    for of, names in (((stop,), {"赵磊", "钱进"}), ((None,), {"孙宁"}), (None, None)):
        which = Which(REMINDER, show.id, True, roster, "", of)
        found = {line.person for line in which.read(book).lines}
        assert found == (names or {"王敏", "李娜", "赵磊", "钱进", "孙宁"})
        assert {line.person for line in which.first(book)} == found
        line = which.line_of(book, show.person("赵磊"), None)
        assert (line is not None) == ("赵磊" in found)


async def test_the_desk_says_day_and_place_of_the_stop(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    async with opened(book, (120, 40)) as pilot:
        await until(pilot, "路演 · 成都")
        assert "赵磊" in text(pilot.app)
        assert "孙宁" not in text(pilot.app)  # their day is over


async def test_the_door_of_the_stop_that_is_on_comes_first(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop("宁波").starts_at)
    async with opened(book) as pilot:
        await pilot.app.push_screen(AttendanceScreen())
        await until(pilot, "路演 · 宁波")
        await press(pilot, "enter")
        await until(pilot, "李娜")
        assert "赵磊" not in text(pilot.app)
        await press(pilot, "1")
    assert guests.show_up(book, show.id).attended == 1


async def test_a_stop_whose_people_stand_on_two_lists_is_asked_for_once(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    both = BothLists(book, tmp_path)
    clock.move_to(both.stop.starts_at - DAY)
    choices = questions.filters(Which(later=True).read(book).lines)
    ((place, one),) = ((n, one) for n, one in enumerate(choices) if "杭州" in one.label)
    assert (one.label, one.detail) == ("冬季路演 · 杭州 · reminder", "4 people")
    async with opened(book, (120, 40)) as pilot:
        await press(pilot, "/")
        await until(pilot, "Whom to show?")
        await press(pilot, *["down"] * place, "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CallsScreen)
        assert pilot.app.screen._which.stop == (both.stop.id,)
        assert all(name in text(pilot.app) for name in AT_STOP)
