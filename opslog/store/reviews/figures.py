"""Figures from elsewhere: a row of a measure itself, and one for each thing it is held against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text


class Held(NamedTuple):
    """``value`` of the measure, and its change against something; None and '': not said."""

    value: float | None
    percent: float | None
    change: float | None
    source: str


class FigureRow(NamedTuple):
    """``against`` '': of the measure itself."""

    measure: str
    against: str
    held: Held
    at: datetime


def of(con: sqlite3.Connection, event_id: int) -> Iterator[FigureRow]:
    """In the order they were typed in."""
    for measure, against, *held, at in con.execute(
        "SELECT measure, against, value, change_percent, change, source, at FROM figure"
        " WHERE event_id=? ORDER BY id",
        (event_id,),
    ):
        yield FigureRow(measure, against, Held(*held), instant_of(at))


def rename(con: sqlite3.Connection, event_id: int, measure: str, name: str) -> None:
    con.execute(
        "UPDATE figure SET measure=? WHERE event_id=? AND measure=?", (name, event_id, measure)
    )


def write(
    con: sqlite3.Connection, event_id: int, measure: str, rows: Mapping[str, Held], now: datetime
) -> None:
    """Its rows by what each is held against; those that say the same stay as they are."""
    at = instant_text(now)
    con.executemany(
        "INSERT INTO figure(event_id, measure, against, value, change_percent, change, source, at)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT(event_id, measure, against) DO UPDATE SET"
        " value=excluded.value, change_percent=excluded.change_percent, change=excluded.change,"
        " source=excluded.source, at=excluded.at",
        [(event_id, measure, against, *row, at) for against, row in rows.items()],
    )


def delete(con: sqlite3.Connection, event_id: int, measure: str, against: Iterable[str]) -> None:
    """What it is held against, '' itself."""
    con.executemany(
        "DELETE FROM figure WHERE event_id=? AND measure=? AND against=?",
        [(event_id, measure, one) for one in against],
    )


def delete_change(con: sqlite3.Connection, event_id: int, measure: str) -> None:
    """Of the measure itself: its value stays."""
    con.execute(
        "UPDATE figure SET change_percent=NULL, change=NULL"
        " WHERE event_id=? AND measure=? AND against=''",
        (event_id, measure),
    )
