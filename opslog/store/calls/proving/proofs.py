"""Which steps of plans are proven by what was done: kept so that no reader has to work it out.

Whether a step's evidence is complete follows from the rows of lists, calls and rounds and from the
operator's rules, so nothing of it is journalled. Triggers note in ``step_doubt`` whose evidence a
row may have changed; before a change, an undo or a redo is committed, services/cards/proofs looks
these steps over and brings ``step_proven`` up to date.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.store.calls.proving.settled import barred_lists

# The operator's own files that decide what is complete.
_RULES = ("rules.toml", "reasons.toml", "workdays.toml", "playbooks/outcomes.toml")
# table -> the columns by which an update changes evidence
_HELD = {
    "person": (
        *("name", "company", "company_key", "title", "email", "phone", "phones", "wecom"),
        *("note", "merged_into", "erased_at"),
    ),
    "event": ("kind", "starts_at", "ends_at", "reach", "views", "shares"),
    "card": ("attended", "state", "person_id", "roster_id"),
}
# The steps as every reader sees them: what is proven is done, without anybody's tick.
_PLAIN = (
    *("id", "plan_id", "key", "title", "title_en", "anchor", "offset", "offset_months", "clock"),
    *("channel", "phase", "due_at", "planned_at", "closes_at", "lead_days", "why", "snoozed_until"),
    *("note", "evidence", "logged_at", "owner", "words", "dropped_why", "published_for"),
    *("workdays", "rest", "stop_id"),
)
_PROVEN = "EXISTS (SELECT 1 FROM step_proven o WHERE o.step_id=s.id)"
_TICKED = f"s.evidence='' OR s.state='done' OR NOT {_PROVEN}"
VIEW = (
    f"CREATE VIEW step_shown AS SELECT {', '.join(f's.{name}' for name in _PLAIN)},"
    f" CASE WHEN {_TICKED} THEN s.state ELSE 'done' END AS state,"
    f" CASE WHEN {_TICKED} THEN s.done_at ELSE s.logged_at END AS done_at,"
    f" s.evidence<>'' AND {_PROVEN} AS proven,"
    # No join, so that it can stand at the right of one; None for a plan of the operator's own.
    " (SELECT event_id FROM plan WHERE id=s.plan_id) AS event_id FROM step s"
)


_OF_EVENTS = "step s JOIN plan p ON p.id=s.plan_id AND p.event_id IS NOT NULL"
_EVERY = f"SELECT DISTINCT p.event_id, 0 FROM {_OF_EVENTS} WHERE s.evidence<>''"


def _doubt(which: str) -> str:
    return f"INSERT OR IGNORE INTO step_doubt(event_id, card_id) {which};"


def _lists(which: str) -> str:
    return _doubt(f"SELECT event_id, 0 FROM signup WHERE id IN ({which})")


def _list_of(row: str) -> str:
    return _doubt(f"SELECT event_id, 0 FROM signup WHERE id={row}.roster_id")


def _card(row: str, card: str = "card_id") -> str:
    return _doubt(
        "SELECT r.event_id, c.id FROM card c JOIN signup r ON r.id=c.roster_id"
        f" WHERE c.id={row}.{card}"
    )


def _of(row: str) -> dict[str, str]:
    """Table -> whose evidence its row NEW or OLD may change."""
    ruling = ", ".join(f"'{name}'" for name in _RULES)
    every = f"{_EVERY} AND {row}.name IN ({ruling})"
    return {
        "answer": _doubt(f"SELECT {row}.event_id, 0 WHERE {row}.event_id IS NOT NULL"),
        "touch": _card(row),
        "decision": _card(row),
        "round": _list_of(row),
        "roster_file": _list_of(row),
        "suppressed": _lists(barred_lists(row)),
        "own_file": _doubt(every),
    }


OF_STOP = (
    "CREATE TRIGGER proofs_stop AFTER UPDATE OF starts_at, ends_at, state ON stop"
    f" BEGIN {_doubt('SELECT NEW.event_id, 0')} END"
)


def sql() -> list[str]:
    """View and triggers. An update is what it would be to delete the row and insert it again."""
    found = [VIEW]

    def on(table: str, when: str, body: str) -> None:
        name = f"proofs_{table}_{when.split()[0].lower()}"
        found.append(f"CREATE TRIGGER {name} AFTER {when} BEGIN {body} END")

    for table, new in _of("NEW").items():
        old = _of("OLD")[table]
        on(table, f"INSERT ON {table}", new)
        on(table, f"DELETE ON {table}", old)
        on(table, f"UPDATE ON {table}", f"{old} {new}")
    on("card", "INSERT ON card", _list_of("NEW"))
    on("card", "DELETE ON card", _list_of("OLD"))
    of_person = _lists("SELECT roster_id FROM card WHERE person_id=NEW.id")
    another = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in ("person_id", "roster_id"))
    moved = "".join(
        _doubt(f"SELECT event_id, 0 FROM signup WHERE id={row}.roster_id AND ({another})")
        for row in ("OLD", "NEW")
    )
    for table, body in (
        ("person", of_person),
        ("event", _doubt("SELECT NEW.id, 0")),
        ("card", _card("NEW", "id") + moved),
    ):
        held = _HELD[table]
        differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in held)
        on(table, f"UPDATE OF {', '.join(held)} ON {table} WHEN {differs}", body)
    new_step = _doubt(
        "SELECT event_id, 0 FROM plan WHERE id=NEW.plan_id AND event_id IS NOT NULL"
        " AND NEW.evidence<>''"
    )
    on("step", "INSERT ON step", new_step)
    on("step", "UPDATE OF evidence, phase ON step", new_step)
    on("step", "DELETE ON step", "DELETE FROM step_proven WHERE step_id=OLD.id;")
    return found


def lay(con: sqlite3.Connection) -> None:
    """Make view and triggers; the caller has every step looked over (``recount``)."""
    for statement in sql():
        con.execute(statement)


def recount(con: sqlite3.Connection) -> None:
    """Look all steps over when the file is opened next."""
    con.execute("DELETE FROM step_proven")
    con.execute(_doubt(_EVERY))


def take_doubts(con: sqlite3.Connection) -> dict[int, frozenset[int]]:
    """The events to be looked over, each with the cards by which alone it may have changed; with
    none of them: anyhow. They are no longer noted."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in con.execute("SELECT event_id, card_id FROM step_doubt"):
        found[row["event_id"]].add(row["card_id"])
    con.execute("DELETE FROM step_doubt")
    return {id: frozenset() if 0 in cards else frozenset(cards) for id, cards in found.items()}


class ProofStep(NamedTuple):
    """A step that names its evidence."""

    id: int
    title: str
    title_en: str
    evidence: str
    phase: str
    done: bool  # by hand
    proven: bool  # as far as was known
    stop_id: int | None = None  # whose list it looks at


def steps(con: sqlite3.Connection, event_id: int) -> list[ProofStep]:
    """The steps of an event that name their evidence."""
    rows = con.execute(
        "SELECT s.id, s.title, s.title_en, s.evidence, s.phase, s.state='done',"
        f" {_PROVEN}, s.stop_id"
        f" FROM {_OF_EVENTS} WHERE p.event_id=? AND s.evidence<>'' ORDER BY s.id",
        (event_id,),
    )
    return [
        ProofStep(row[0], row[1], row[2], row[3], row[4], bool(row[5]), bool(row[6]), row[7])
        for row in rows
    ]


def with_proven(con: sqlite3.Connection) -> list[int]:
    """The events of whose steps some are noted as proven."""
    rows = con.execute(
        f"SELECT DISTINCT p.event_id FROM {_OF_EVENTS} JOIN step_proven o ON o.step_id=s.id"
        " ORDER BY 1"
    )
    return [row[0] for row in rows]


def set_proven(con: sqlite3.Connection, step_id: int, proven: bool) -> None:
    if proven:
        con.execute("INSERT OR IGNORE INTO step_proven(step_id) VALUES (?)", (step_id,))
    else:
        con.execute("DELETE FROM step_proven WHERE step_id=?", (step_id,))


def note_logged(con: sqlite3.Connection, step_id: int, at: datetime) -> None:
    con.execute("UPDATE step SET logged_at=? WHERE id=?", (instant_text(at), step_id))


def event_name(con: sqlite3.Connection, event_id: int) -> str:
    return str(con.execute("SELECT name FROM event WHERE id=?", (event_id,)).fetchone()["name"])


def said(con: sqlite3.Connection, event_id: int, label: str, args: str, since: datetime) -> bool:
    """Whether the log has this very line of opslog's since an instant."""
    row = con.execute(
        "SELECT 1 FROM log WHERE event_id=? AND at>=? AND label=? AND args=?",
        (event_id, instant_text(since), label, args),
    ).fetchone()
    return row is not None
