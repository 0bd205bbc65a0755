"""Old call-backs of a road show go by stop: each is looked at, taken up or ended by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DONE
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls.queue import old
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue.old import OldCalls
from opslog.services.cards import ticking
from opslog.services.events import events
from opslog.services.screening import rounds
from tests.conftest import StandingClock, domain_rows
from tests.services.calls.test_stops_of_one_list import Show

ALL = {"路演 · 杭州": 1, "路演 · 宁波": 1, "路演 · 成都": 2, "路演": 1}


@pytest.fixture
def show(book: Book, tmp_path: Path, clock: StandingClock) -> Show:
    """The road show, long after the first call-back of its one list was opened."""
    show = Show(book, tmp_path)
    clock.move_to(show.stop("成都").ends_at + timedelta(days=1))
    (roster,) = book.con.execute("SELECT id FROM roster").fetchone()
    rounds.close_round(book, rounds.open_round(book, roster).made, force=True)
    clock.move_to(clock.instant + timedelta(days=100))
    return show


def waiting(book: Book) -> dict[str, int]:
    return {one.event: one.number for one in old.lists(book)}


def part(book: Book, event: str) -> OldCalls:
    return next(one for one in old.lists(book) if one.event == event)


def queued(book: Book) -> set[str]:
    return {line.person for line in call_queue.queue(book)}


def counted(book: Book) -> int:
    """As every screen counts them, noted or not."""
    call_queue.queue(book)
    return call_queue.with_held(book, later=False).old


def test_each_stop_stands_apart_with_its_people(book: Book, show: Show) -> None:
    assert waiting(book) == ALL
    assert [card.person for card in old.of_list(book, part(book, "路演 · 成都"))] == [
        "赵磊",
        "钱进",
    ]
    assert [card.person for card in old.of_list(book, part(book, "路演"))] == ["孙宁"]


def test_one_is_found_by_its_place(book: Book, show: Show) -> None:
    for event_id in (None, show.id):
        assert [one.event for one in old.of_stop(book, "杭州", event_id)] == ["路演 · 杭州"]
    with pytest.raises(
        Refused, match="“北京” is no stop of an event that has old call-backs; there"
    ):
        old.of_stop(book, "北京")
    with pytest.raises(Refused, match="“北京” is no one stop of this event"):
        old.of_stop(book, "北京", show.id)


def test_a_stop_taken_up_leaves_the_others(book: Book, show: Show) -> None:
    assert counted(book) == 5
    old.take_up(book, [part(book, "路演 · 成都")])
    assert queued(book) == {"赵磊", "钱进"}
    assert waiting(book) == {name: n for name, n in ALL.items() if "成都" not in name}
    assert counted(book) == 3
    history.undo(book)
    assert waiting(book) == ALL


def test_a_stop_ended_leaves_the_others_and_is_a_step_of_its_own(book: Book, show: Show) -> None:
    assert counted(book) == 5
    before = domain_rows(book.con)
    change = ticking.end_calls(book, [part(book, "路演 · 成都")], "太久了")
    assert str(change.label) == "Ended: 2 call-backs (路演 · 成都)"
    assert waiting(book) == {name: n for name, n in ALL.items() if "成都" not in name}
    assert counted(book) == 3
    assert queued(book) == set()
    (made,) = (
        line
        for line in events.plan(book, show.id)
        if line.evidence == "callback-1" and line.stop_id
    )
    assert (made.name, made.state, made.note) == ("成都: First call-back", DONE, "太久了")
    after = domain_rows(book.con)
    history.undo(book)
    assert domain_rows(book.con) == before
    assert (waiting(book), counted(book)) == (ALL, 5)
    history.redo(book)
    assert domain_rows(book.con) == after


def test_all_stops_ended_close_the_step_of_the_whole(book: Book, show: Show) -> None:
    ticking.end_calls(book, [part(book, "路演 · 成都")], "")
    ticking.end_calls(book, old.lists(book), "太久了")
    assert waiting(book) == {}
    states = {
        line.name: line.state
        for line in events.plan(book, show.id)
        if line.evidence == "callback-1"
    }
    assert states == {"First call-back": DONE, "成都: First call-back": DONE}


def test_those_of_no_stop_go_last(book: Book, show: Show) -> None:
    with pytest.raises(Refused, match="one step for the call-backs of all stops, and 路演 · "):
        ticking.end_calls(book, [part(book, "路演")], "")
    assert waiting(book) == ALL
    ticking.end_calls(book, [one for one in old.lists(book) if one.event != "路演"], "")
    assert waiting(book) == {"路演": 1}
    ticking.end_calls(book, old.lists(book), "")
    assert waiting(book) == {}
