"""Two threads at one import: turns are taken in order, and whatever goes wrong ends both."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from opslog.services.imports.reading import reading_thread
from opslog.services.imports.reading.reading_thread import Turn, beforehand, side_by_side


class Broken(Exception):
    pass


def fail() -> None:
    raise Broken


@pytest.fixture(params=[1, 2], autouse=True)
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Everything here holds with a thread and without one."""
    number: int = request.param
    monkeypatch.setattr(reading_thread, "cores", lambda: number)
    return number


def take_all(made: Iterator[Turn[Any]]) -> None:
    with beforehand(made) as turns:
        for turn in turns:
            turn.take()


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def test_turns_are_taken_in_order_and_answer_the_one_who_made_them() -> None:
    heard = []

    def made() -> Iterator[Turn[Any]]:
        for number in range(10):
            turn = Turn(partial(pow, number, 2))
            yield turn
            heard.append(turn.answer())

    with beforehand(made()) as turns:
        assert [turn.take() for turn in turns] == [n * n for n in range(10)]
    assert heard == [n * n for n in range(10)]
    assert "reading" not in threads()


def test_a_turn_that_fails_ends_the_thread_that_waits_for_it() -> None:
    def made() -> Iterator[Turn[Any]]:
        turn = Turn(fail)
        yield turn
        turn.answer()

    with pytest.raises(Broken):
        take_all(made())
    assert "reading" not in threads()


def test_what_the_maker_raises_is_raised_where_turns_are_taken() -> None:
    def made() -> Iterator[Turn[Any]]:
        yield Turn(partial(pow, 2, 2))
        raise Broken

    with pytest.raises(Broken):
        take_all(made())
    assert "reading" not in threads()


def test_giving_up_ends_a_maker_that_waits_for_an_answer() -> None:
    def made() -> Iterator[Turn[Any]]:
        while True:
            turn = Turn(partial(pow, 2, 2))
            yield turn
            turn.answer()

    with beforehand(made()) as turns:
        next(turns)
    assert "reading" not in threads()


def test_the_interpreter_is_as_it_was_afterwards() -> None:
    before = gc.isenabled(), sys.getswitchinterval()
    with side_by_side():
        assert not gc.isenabled()
    assert (gc.isenabled(), sys.getswitchinterval()) == before


def test_a_thread_is_used_only_where_a_core_is_free_for_it(cores: int) -> None:
    made_by = []

    def made() -> Iterator[Turn[Any]]:
        made_by.append(threading.current_thread().name)
        yield Turn(partial(pow, 2, 2))

    take_all(made())
    assert (made_by == ["reading"]) is (cores == 2)
