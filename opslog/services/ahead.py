"""Two cores for one long job: the next batch is made while the database takes the last one."""

from __future__ import annotations

import gc
import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")
_DEPTH = 2  # batches made beforehand: enough to keep both sides busy, too few to fill memory


class _Stopped(Exception):
    """Nobody takes any more."""


class _Ahead(Generic[T]):
    """An iterator over what another thread makes; what that raises is raised here."""

    def __init__(self, made: Iterable[T]) -> None:
        self._queue: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(_DEPTH)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._make, args=(made,), name="ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item[0]

    def stop(self) -> None:
        """End the other thread, whatever it is at."""
        self._stopping.set()
        while self._thread.is_alive():
            with _nothing_left():
                self._queue.get_nowait()
            self._thread.join(0.01)

    def _make(self, made: Iterable[T]) -> None:
        try:
            for value in made:
                self._put((value,))
            self._put(None)
        except _Stopped:
            return
        except BaseException as error:
            # Handed over and raised where the values are taken.
            with _stop_is_fine():
                self._put(error)

    def _put(self, item: tuple[T] | BaseException | None) -> None:
        self._queue.put(item)
        if self._stopping.is_set():
            raise _Stopped


@contextmanager
def ahead(made: Iterable[T]) -> Iterator[Iterator[T]]:
    """Iterate ``made`` in a thread of its own, a few values beforehand."""
    worker = _Ahead(made)
    try:
        yield iter(worker)
    finally:
        worker.stop()


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile.

    A long import makes millions of small objects and no cycles among them; looking for cycles
    again and again takes as long as the import itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _nothing_left() -> Iterator[None]:
    try:
        yield
    except queue.Empty:
        return


@contextmanager
def _stop_is_fine() -> Iterator[None]:
    try:
        yield
    except _Stopped:
        return
