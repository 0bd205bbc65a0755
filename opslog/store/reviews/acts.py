"""What was learned from events: acts, and the operator's own words on the parts of a review."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.calls.outcomes import PHONE, REMINDER
from opslog.domain.calls.retries import OUT
from opslog.domain.reviews.acts.kept import Kept, readable
from opslog.locale import Msg


class ActRow(NamedTuple):
    """``key``: what it was worked out from, ``own.N`` of the operator's own; ``event``: whose
    review it comes from. ``text`` and ``reason`` in the language of whoever decided; ``change``:
    what it changes in the playbook of ``kind`` and says, as domain.reviews.acts.kept has it."""

    id: int
    event_id: int
    event: str
    key: str
    text: str
    reason: str
    kind: str
    step: str
    change: str
    state: str

    @property
    def kept(self) -> Kept:
        """Nothing of what is damaged."""
        return readable(self.change)

    @property
    def said(self) -> Msg:
        """What to do otherwise, in the language of now; what was typed as it was."""
        return self.kept.text or Msg("{text}", {"text": self.text})

    @property
    def because(self) -> Msg | None:
        return self.kept.reason or (Msg("{text}", {"text": self.reason}) if self.reason else None)

    @property
    def changes(self) -> bool:
        """Whether it changed a playbook, and is not words alone."""
        return bool(self.step)


_ACTS = (
    "SELECT a.id, a.event_id, e.name AS event, a.key, a.text, a.reason, a.kind, a.step, a.change,"
    " a.state FROM act a JOIN event e ON e.id=a.event_id"
)


def of_event(con: sqlite3.Connection, event_id: int) -> list[ActRow]:
    """The acts of one review, as they were decided."""
    rows = con.execute(f"{_ACTS} WHERE a.event_id=? ORDER BY a.id", (event_id,))
    return [ActRow(*row) for row in rows]


def one(con: sqlite3.Connection, act_id: int) -> ActRow | None:
    row = con.execute(f"{_ACTS} WHERE a.id=?", (act_id,)).fetchone()
    return None if row is None else ActRow(*row)


def before(con: sqlite3.Connection, event_id: int) -> list[ActRow]:
    """What was accepted for events of its kind until this one was entered, the newest first."""
    rows = con.execute(
        f"{_ACTS} JOIN event made ON made.id=?"
        " WHERE a.kind=made.kind AND a.state='accepted' AND a.event_id<>made.id"
        " AND a.at<=made.created_at ORDER BY a.id DESC",
        (event_id,),
    )
    return [ActRow(*row) for row in rows]


def insert(con: sqlite3.Connection, act: ActRow, now: datetime) -> int:
    cursor = con.execute(
        "INSERT INTO act(event_id, key, text, reason, kind, step, change, state, at)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        (
            *(act.event_id, act.key, act.text, act.reason, act.kind, act.step, act.change),
            *(act.state, instant_text(now)),
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def delete(con: sqlite3.Connection, act_id: int) -> None:
    con.execute("DELETE FROM act WHERE id=?", (act_id,))


def set_text(con: sqlite3.Connection, act_id: int, text: str, change: str) -> None:
    con.execute("UPDATE act SET text=?, change=? WHERE id=?", (text, change, act_id))


def ended(
    con: sqlite3.Connection, event_id: int, now: datetime, limit: int
) -> list[tuple[int, datetime]]:
    """This event and those of its kind before it that have ended, the newest first, each with when
    it was entered; none that was cancelled."""
    rows = con.execute(
        "SELECT e.id, e.created_at FROM event e JOIN event this ON this.id=? AND e.kind=this.kind"
        " WHERE e.cancelled_at IS NULL AND e.ends_at<=? AND e.starts_at<=this.starts_at"
        " ORDER BY e.starts_at DESC, e.id DESC LIMIT ?",
        (event_id, instant_text(now), limit),
    )
    return [(row[0], instant_of(row[1])) for row in rows]


def notes(con: sqlite3.Connection, event_id: int) -> dict[str, str]:
    """By part."""
    rows = con.execute("SELECT part, text FROM review_note WHERE event_id=?", (event_id,))
    return dict(map(tuple, rows))


def write_note(con: sqlite3.Connection, event_id: int, part: str, text: str) -> None:
    """'' takes it out."""
    if not text:
        con.execute("DELETE FROM review_note WHERE event_id=? AND part=?", (event_id, part))
    elif not con.execute(
        "UPDATE review_note SET text=? WHERE event_id=? AND part=?", (text, event_id, part)
    ).rowcount:
        con.execute(
            "INSERT INTO review_note(event_id, part, text) VALUES (?,?,?)", (event_id, part, text)
        )


def of_audience(con: sqlite3.Connection, event_id: int) -> tuple[int, int]:
    """How many are on the lists of whom an event is for, and how many of them came."""
    row = con.execute(
        "SELECT count(*), total(EXISTS (SELECT 1 FROM signup s JOIN card k ON k.roster_id=s.id"
        " WHERE s.event_id=?1 AND k.person_id=w.person_id AND k.attended=1))"
        " FROM (SELECT DISTINCT c.person_id FROM roster r JOIN card c ON c.roster_id=r.id"
        "  WHERE r.kind='audience' AND r.event_id=?1) w",
        (event_id,),
    ).fetchone()
    return row[0], int(row[1])


def reminded_at(con: sqlite3.Connection, event_id: int) -> list[datetime]:
    """When anybody was called to be reminded of an event."""
    rows = con.execute(
        "SELECT DISTINCT at FROM touch WHERE event_id=? AND purpose=? AND lane=? AND direction=?",
        (event_id, REMINDER, PHONE, OUT),
    )
    return [instant_of(row[0]) for row in rows]
