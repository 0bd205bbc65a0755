"""What the palette finds: events and log lines by any of their words, people by their ids."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.domain.base.labels import spoken
from opslog.domain.people.card import called
from opslog.domain.search.found import Hit
from opslog.store.db import search
from opslog.store.db.listed import IN_LIST, listed

_SHOWN = {
    "event": "SELECT id, name AS label, substr(starts_at, 1, 10) AS detail FROM event",
    "log": "SELECT id, text AS label, substr(at, 1, 10) AS detail, label AS said, args FROM log",
}


def find(con: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """At most ``limit`` of each kind, newest first."""
    hits = []
    for kind, select in _SHOWN.items():
        ids = search.find(con, kind, query, limit)
        for row in con.execute(f"{select} WHERE id {IN_LIST} ORDER BY id DESC", (listed(ids),)):
            own = kind == "log" and row["said"]
            label = spoken(row["label"], row["said"], row["args"]) if own else row["label"]
            hits.append(Hit(kind, row["id"], label, row["detail"]))
    return hits


def people(con: sqlite3.Connection, ids: Sequence[int]) -> list[Hit]:
    """People as something found, newest first."""
    rows = con.execute(
        f"SELECT id, name, company, title, phone, email FROM person WHERE id {IN_LIST}"
        " ORDER BY id DESC",
        (listed(ids),),
    )
    return [
        Hit(
            "person",
            row["id"],
            called(row["id"], row["name"], row["company"], row["phone"], row["email"]),
            f"{row['company']} {row['title']}".strip(),
        )
        for row in rows
    ]
