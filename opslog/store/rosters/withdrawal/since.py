"""What the journal says of a row: whether withdrawn lists made it, and what was done since.

``temp.taken`` holds their changes: those that brought what was withdrawn, and the withdrawals.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.store.db.listed import IN_LIST, listed


def find_taken(con: sqlite3.Connection, change_id: int) -> None:
    """``temp.taken``, the change of the list to be withdrawn among them."""
    con.execute("CREATE TEMP TABLE taken(id INTEGER PRIMARY KEY)")
    con.execute(
        "INSERT INTO temp.taken SELECT ? UNION SELECT x.change_id FROM roster_file f"
        " JOIN change_range x ON x.tbl='roster_file' AND f.id BETWEEN x.low AND x.high"
        " WHERE f.withdrawn_at IS NOT NULL UNION SELECT x.change_id FROM roster_file f"
        " JOIN change_row x ON x.tbl='roster_file' AND x.row_id=f.id"
        " JOIN change k ON k.id=x.change_id WHERE f.withdrawn_at IS NOT NULL AND (x.op='I'"
        "  OR (x.op='U' AND k.state='done' AND json_extract(x.image, '$.withdrawn_at') IS NULL"
        f"   AND NOT {_brings('x.change_id')}))",
        (change_id,),
    )


def made(table: str, id: str = "", by: str = "SELECT id FROM temp.taken") -> str:
    """Whether one of ``temp.taken`` inserted a row of ``table``."""
    id = id or f"{table}.id"
    return (
        f"(EXISTS (SELECT 1 FROM change_range x WHERE x.change_id IN ({by})"
        f" AND x.tbl='{table}' AND {id} BETWEEN x.low AND x.high) OR EXISTS (SELECT 1"
        f" FROM change_row x WHERE x.tbl='{table}' AND x.row_id={id} AND x.op='I'"
        f" AND x.change_id IN ({by})))"
    )


def since(table: str, id: str = "") -> str:
    """Whether somebody inserted or altered a row of ``table`` later than ``:change``; another list,
    or the withdrawal of one, is nobody."""
    id = id or f"{table}.id"
    return (
        "(EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND y.change_id > :change AND k.state='done'"
        f" AND NOT {_of_lists('y.change_id')})"
        " OR EXISTS (SELECT 1 FROM change_range y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND {id} BETWEEN y.low AND y.high AND y.change_id > :change"
        f" AND k.state='done' AND NOT {_of_lists('y.change_id')}))"
    )


def edited(table: str, id: str = "") -> str:
    """Whether somebody altered a row of ``table`` later than ``:change``."""
    id = id or f"{table}.id"
    return (
        "EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND y.change_id > :change AND k.state='done'"
        f" AND NOT {_of_lists('y.change_id')})"
    )


def rests(table: str, id: str = "") -> str:
    """Whether a change that stands says the same as the row of ``table`` does: it wrote it once
    more as it was, or altered it."""
    id = id or f"{table}.id"
    return (
        "EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND k.state='done'"
        " AND y.change_id NOT IN (SELECT id FROM temp.taken))"
    )


def rest_on_verdicts(con: sqlite3.Connection, cards: Iterable[int], by: str) -> None:
    """The list in hand says the newest verdicts of these cards too, which another gave: they are
    written once more as they are, so that they stay when that one is withdrawn, and it can't be
    undone alone."""
    con.execute(
        "UPDATE decision SET verdict=verdict WHERE decided_by=? AND id IN (SELECT max(id)"
        f" FROM decision WHERE card_id {IN_LIST} GROUP BY card_id)",
        (by, listed(cards)),
    )


def later(table: str, id: str = "") -> str:
    """The image of a row of ``table`` before the first that altered it later than ``:change``."""
    id = id or f"{table}.id"
    return (
        "(SELECT y.image FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND y.op='U' AND y.change_id > :change"
        " AND k.state='done' ORDER BY y.change_id LIMIT 1)"
    )


def _brings(change: str) -> str:
    """Whether a change took a list in."""
    return (
        f"(EXISTS (SELECT 1 FROM change_range i WHERE i.change_id={change}"
        f" AND i.tbl='roster_file') OR EXISTS (SELECT 1 FROM change_row i"
        f" WHERE i.change_id={change} AND i.tbl='roster_file' AND i.op='I'))"
    )


def _of_lists(change: str) -> str:
    """Whether a change took a list in, or back."""
    return (
        f"(EXISTS (SELECT 1 FROM change_range f WHERE f.change_id={change}"
        " AND f.tbl='roster_file') OR EXISTS (SELECT 1 FROM change_row f"
        f" WHERE f.change_id={change} AND f.tbl='roster_file'))"
    )
