"""A source for a list of any length whose rows are read by their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence

from opslog.tui.widgets.window_list import Row


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
