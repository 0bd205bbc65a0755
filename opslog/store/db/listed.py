"""A list of values as one parameter of a statement, whatever its length.

SQLite takes few parameters (999 in old versions); one JSON list is one parameter::

    con.execute(f"SELECT name FROM event WHERE id {IN_LIST}", [listed(ids)])

The plan uses an index of the column as it would for single values.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable

IN_LIST = "IN (SELECT value FROM json_each(?))"


def listed(values: Iterable[Hashable]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def of_list(roster_id: int, only: Iterable[int] | None) -> tuple[str, list[object]]:
    """A condition on cards, ``c``: those of a list, or ``only`` these of them, which are looked up
    by their numbers then."""
    if only is None:
        return "c.roster_id=?", [roster_id]
    return f"+c.roster_id=? AND c.id {IN_LIST}", [roster_id, listed(only)]
