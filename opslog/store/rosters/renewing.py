"""Whether a value of a person was typed, or came by a list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from opslog.store.db.listed import IN_LIST, listed


def typed(
    con: sqlite3.Connection, ids: Iterable[int], labels: Mapping[str, str]
) -> set[tuple[int, str]]:
    """The fields of these people that the operator typed: as ``source`` says, and, of before it
    was kept, the journal. ``labels``: field -> what the journal's labels call it."""
    people = listed(ids)
    found = {
        (row[0], row[1])
        for row in con.execute(
            f'SELECT person_id, "column" FROM source WHERE file_id IS NULL AND person_id {IN_LIST}',
            (people,),
        )
    }
    for row in con.execute(
        "SELECT r.row_id, c.args FROM change_row r JOIN change c ON c.id=r.change_id"
        " WHERE r.tbl='person' AND r.op='U' AND c.state='done'"
        f" AND c.label='Changed {{name}}: {{fields}}' AND r.row_id {IN_LIST}",
        (people,),
    ):
        found |= {(row[0], name) for name, label in labels.items() if f'"{label}"' in row[1]}
    return found


def cells(con: sqlite3.Connection, ids: Iterable[int], but: int) -> Iterator[tuple[int, str]]:
    """The cells of the rows of these people, with whose they are; those of one file left out."""
    for row in con.execute(
        "SELECT c.person_id, r.cells FROM card c JOIN roster_row r ON r.card_id=c.id"
        f" WHERE r.file_id<>? AND c.person_id {IN_LIST}",
        (but, listed(ids)),
    ):
        yield row[0], row[1]
