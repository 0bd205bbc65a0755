"""The operator's own words for the report of some days."""

from __future__ import annotations

import sqlite3
from datetime import date

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.reports.own_text import OwnText


def of(con: sqlite3.Connection, first: date, last: date) -> OwnText | None:
    row = con.execute(
        "SELECT text, made_from, at FROM report_text WHERE first=? AND last=?",
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return row and OwnText(row["text"], row["made_from"], instant_of(row["at"]))


def put(con: sqlite3.Connection, first: date, last: date, words: OwnText) -> None:
    """In the place of those that stand there."""
    con.execute(
        "INSERT INTO report_text(first, last, text, made_from, at) VALUES (?,?,?,?,?)"
        " ON CONFLICT(first, last) DO UPDATE SET text=excluded.text,"
        " made_from=excluded.made_from, at=excluded.at",
        (
            first.isoformat(),
            last.isoformat(),
            words.text,
            words.made_from,
            instant_text(words.at),
        ),
    )


def delete(con: sqlite3.Connection, first: date, last: date) -> None:
    con.execute(
        "DELETE FROM report_text WHERE first=? AND last=?", (first.isoformat(), last.isoformat())
    )
