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
