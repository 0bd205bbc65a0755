"""Two cores for one long job: a thread understands rows while this one writes those before.

A connection belongs to one thread, so whatever the other needs of it is a ``Turn``: made there,
taken here, in the order they were made.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_ANSWERED = 8  # the newest turns, one of which may still be waited for
_DEPTH = 3  # turns made beforehand: enough to keep both sides busy, too few to fill memory
# Seconds until a thread that computes lets the other have the interpreter. With the usual five
# milliseconds each statement, done in two, would wait for as long again and more.
_SWITCH = 0.000_1


class _Stopped(Exception):
    """Nobody takes any more turns."""


class Turn(Generic[T]):
    """One piece of work for the thread that holds the database."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work
        self._done: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()

    def take(self) -> T:
        """Do it, once: by the thread that holds the database."""
        work, self._work = self._work, None  # which may hold thousands of rows
        assert work is not None
        try:
            result = work()
        except BaseException:
            self.drop()
            raise
        self._done.put((result,))
        return result

    def drop(self) -> None:
        """It will not be done."""
        self._done.put(None)

    def answer(self) -> T:
        """Wait for what it came to: by the thread that made it, once."""
        done = self._done.get()
        if done is None:
            raise _Stopped
        return done[0]


class _Thread:
    """An iterator over turns that another thread makes; what that raises is raised here."""

    def __init__(self, made: Iterable[Turn[Any]]) -> None:
        self._queue: queue.Queue[Turn[Any] | BaseException | None] = queue.Queue(_DEPTH)
        self._stopping = threading.Event()
        self._made: deque[Turn[Any]] = deque(maxlen=_ANSWERED)
        self._thread = threading.Thread(
            target=self._make, args=(made,), name="reading", daemon=True
        )
        self._thread.start()

    def __iter__(self) -> Iterator[Turn[Any]]:
        while (turn := self._queue.get()) is not None:
            if isinstance(turn, BaseException):
                raise turn
            yield turn

    def stop(self) -> None:
        """End the other thread, whatever it is at."""
        self._stopping.set()
        while self._thread.is_alive():
            for turn in list(self._made):
                turn.drop()  # it may wait for one that nobody takes any more
            with suppress(queue.Empty):
                self._queue.get(timeout=0.01)

    def _make(self, made: Iterable[Turn[Any]]) -> None:
        last: BaseException | None = None
        try:
            for turn in made:
                self._made.append(turn)
                self._queue.put(turn)
                if self._stopping.is_set():
                    return
        except _Stopped:
            return
        except BaseException as error:
            last = error  # raised where the turns are taken
        self._queue.put(last)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def beforehand(made: Iterable[Turn[Any]]) -> Iterator[Iterator[Turn[Any]]]:
    """Iterate ``made`` in a thread of its own, a few turns beforehand, where two cores are free.

    With two cores 100,000 rows take a fifth less time; on one, as beside a screen, the thread
    would cost a twentieth (medians of six pairs; the spread was a tenth and a thirtieth).
    """
    if cores() < 2:
        yield iter(made)
        return
    worker = _Thread(made)
    try:
        yield iter(worker)
    finally:
        worker.stop()


@contextmanager
def side_by_side() -> Iterator[None]:
    """The interpreter set for two busy threads meanwhile: no garbage collection, quick changes.

    A long import makes millions of small objects and no cycles among them; looking for cycles
    again and again takes as long as the import itself.
    """
    was_on, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if was_on:
            gc.enable()
