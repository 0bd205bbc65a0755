"""Sources for lists of any length whose rows are read by their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol

from opslog.tui.widgets.lists.rows import Row


class PagedRows:
    """Rows by their ids, in the order of ``ids``; only those on screen are read."""

    def __init__(
        self, ids: Sequence[int], read: Callable[[Sequence[int]], list[Row]], *, newest_first: bool
    ) -> None:
        self._ids = ids
        self._read = read
        self._sign = -1 if newest_first else 1

    def count(self) -> int:
        return len(self._ids)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return self._read(self._ids[start:stop])

    def position(self, key: Hashable) -> int | None:
        if not isinstance(key, int):
            return None
        at = bisect_left(self._ids, self._sign * key, key=lambda id: self._sign * id)
        return at if at < len(self._ids) and self._ids[at] == key else None


class Window(Protocol):
    """Ids in an order, of which any stretch can be read at once."""

    def count(self) -> int: ...
    def ids(self, start: int, stop: int) -> list[int]: ...
    def position(self, id: int, /) -> int | None: ...


class WindowRows:
    """Rows by the ids of a window: not even the ids are held."""

    def __init__(self, window: Window, read: Callable[[Sequence[int]], list[Row]]) -> None:
        self._window, self._read = window, read

    def count(self) -> int:
        return self._window.count()

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return self._read(self._window.ids(start, stop))

    def position(self, key: Hashable) -> int | None:
        return self._window.position(key) if isinstance(key, int) else None
