"""Two threads at one import: turns are taken in order, and whatever goes wrong ends both."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from opslog.services.rosters.reading_thread import Turn, ahead, side_by_side


class Broken(Exception):
    pass


def fail() -> None:
    raise Broken


def take_all(made: Iterator[Turn[Any]]) -> None:
    with ahead(made) as turns:
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

    with ahead(made()) as turns:
        assert [turn.take() for turn in turns] == [n * n for n in range(10)]
    assert heard == [n * n for n in range(10)]
    assert "ahead" not in threads()


def test_a_turn_that_fails_ends_the_thread_that_waits_for_it() -> None:
    def made() -> Iterator[Turn[Any]]:
        turn = Turn(fail)
        yield turn
        turn.answer()

    with pytest.raises(Broken):
        take_all(made())
    assert "ahead" not in threads()


def test_what_the_maker_raises_is_raised_where_turns_are_taken() -> None:
    def made() -> Iterator[Turn[Any]]:
        yield Turn(partial(pow, 2, 2))
        raise Broken

    with pytest.raises(Broken):
        take_all(made())
    assert "ahead" not in threads()


def test_giving_up_ends_a_maker_that_waits_for_an_answer() -> None:
    def made() -> Iterator[Turn[Any]]:
        while True:
            turn = Turn(partial(pow, 2, 2))
            yield turn
            turn.answer()

    with ahead(made()) as turns:
        next(turns)
    assert "ahead" not in threads()


def test_the_interpreter_is_as_it_was_afterwards() -> None:
    before = gc.isenabled(), sys.getswitchinterval()
    with side_by_side():
        assert not gc.isenabled()
    assert (gc.isenabled(), sys.getswitchinterval()) == before
