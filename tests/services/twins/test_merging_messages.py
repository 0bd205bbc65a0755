"""Two people who become one, and what they were being sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.people import card
from opslog.services.programmes import enrolling, programmes, queue, sending
from opslog.services.twins import twins
from opslog.store.programmes import enrolments
from tests.conftest import StandingClock
from tests.services.programmes.programme import begin, due, held


def places(book: Book, person: int) -> list[tuple[str, str, str]]:
    return [(one.programme, one.state, one.left_why) for one in enrolling.of_person(book, person)]


@pytest.mark.parametrize("paused", [1, 3])
def test_of_one_programme_what_runs_wins_over_what_waits(book: Book, paused: int) -> None:
    """Whichever of the two rows is kept."""
    ids = begin(book)
    enrolling.pause(book, [ids[paused - 1]])
    change = twins.merge(book, 3, 1)
    assert sorted(places(book, 3)) == [("trial", "active", ""), ("trial", "left", "merged")]
    (goes_on,) = (one for one in enrolling.of_person(book, 3) if one.state == "active")
    assert goes_on.id == ids[(4 - paused) - 1]
    assert goes_on.next_on is not None
    assert str(change.label) == "One person: 王志刚 is now part of 陈晨; “Trial” goes on"
    assert change.label.render("zh_CN") == "同一个人：王志刚 已并入 陈晨；“试用”接着发"
    history.undo(book)
    states = {person: places(book, person)[0][1:] for person in (1, 3)}
    assert states == {paused: ("paused", ""), 4 - paused: ("active", "")}
    history.redo(book)
    assert sorted(places(book, 3)) == [("trial", "active", ""), ("trial", "left", "merged")]


def test_two_that_wait_go_on_waiting(book: Book) -> None:
    ids = begin(book)
    enrolling.pause(book, [ids[0], ids[2]])
    change = twins.merge(book, 3, 1)
    assert sorted(one[1] for one in places(book, 3)) == ["left", "paused"]
    assert str(change.label).endswith("; “Trial” waits")


@pytest.mark.parametrize("paused", [1, 3])
def test_of_two_programmes_what_runs_wins_and_the_other_is_named(book: Book, paused: int) -> None:
    ids = begin(book, 3)
    programmes.copy(book, "trial", "vip")
    enrolling.leave(book, [ids[2]])
    enrolling.enter(book, "vip", [3])
    inside = [enrolling.of_person(book, person)[-1].id for person in (1, 3)]
    enrolling.pause(book, [inside[0 if paused == 1 else 1]])
    change = twins.merge(book, 3, 1)
    on, off = ("vip", "trial") if paused == 1 else ("trial", "vip")
    running = [(one[0], one[1]) for one in places(book, 3) if one[1] in ("active", "paused")]
    assert running == [(on, "active")]
    titles = {"vip": "Trial · vip", "trial": "Trial"}
    assert str(change.label).endswith(f"; “{titles[on]}” goes on; “{titles[off]}” ends")


@pytest.mark.parametrize("sent", [1, 3])
def test_what_was_sent_to_who_waits_counts_as_sent(
    book: Book, clock: StandingClock, sent: int
) -> None:
    """Also by a place that came to its end."""
    ids = begin(book)
    sending.sent(book, [ids[sent - 1]])
    enrolling.leave(book, [ids[sent - 1]], "自己要求停")
    twins.merge(book, 3, 1)
    assert ("trial", "active", "") in places(book, 3)
    assert [step for _slot, step, person in due(book) if person == "陈晨"] == []
    assert held(book) == {"had it before": 1}
    clock.move_to(clock.now() + timedelta(days=1))
    (line,) = (n for s in queue.day(book).slots for n in s.lines if n.person == "陈晨")
    assert line.missed == ()
    history.undo(book)
    assert places(book, sent) == [("trial", "left", "自己要求停")]


def test_what_another_programme_sent_does_not_count_as_sent_of_this(book: Book) -> None:
    """Though its steps go by the same names."""
    ids = begin(book, 3)
    programmes.copy(book, "trial", "vip")
    enrolling.leave(book, [ids[2]])
    enrolling.enter(book, "vip", [3])
    sending.sent(book, [ids[0]])
    enrolling.pause(book, [ids[0]])
    twins.merge(book, 3, 1)
    assert ("trial", "left", "merged") in places(book, 3)
    assert ("vip", "active", "") in places(book, 3)
    vip = next(one.id for one in enrolling.of_person(book, 3) if one.programme == "vip")
    assert vip not in enrolments.sent_before_merging(book.con)


def test_a_place_by_which_nothing_was_sent_keeps_its_reason(book: Book) -> None:
    ids = begin(book)
    enrolling.leave(book, ids[:1], "自己要求停")
    change = twins.merge(book, 3, 1)
    assert ("trial", "left", "自己要求停") in places(book, 3)
    assert str(change.label) == "One person: 王志刚 is now part of 陈晨"


@pytest.mark.parametrize("barred", [1, 3])
def test_who_is_not_to_be_written_to_gets_nothing_whatever_runs(book: Book, barred: int) -> None:
    begin(book)
    card.set_barred(book, barred, True, ("write",))
    change = twins.merge(book, 3, 1)
    assert card.get(book, 3).is_barred("write")
    said = "One person: 王志刚 is now part of 陈晨; nothing more is sent: not to be written to"
    assert str(change.label) == said
    assert [person for _slot, _step, person in due(book)] == ["李娜"]
    assert "not to be written to" in {str(one.why) for one in queue.day(book).held}
    history.undo(book)
    assert card.get(book, 4 - barred).is_barred("write") is False
