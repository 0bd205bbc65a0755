"""The rows behind a number, by their ids: as many as there are ids, whatever became of what they
name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.store.db.listed import IN_LIST, listed
from opslog.store.events.plans import OCCASION
from opslog.store.reports.ledger import NAME

# Kind -> one row each: id, at, kind and ref of what it opens, and what it is said by.
_SQL = {
    "touch": (
        f"SELECT t.id, t.at, 'person' AS opens, t.person_id AS ref, {NAME}, p.company, t.purpose,"
        " t.lane, t.outcome, t.reason, t.note FROM touch t JOIN person p ON p.id=t.person_id"
        f" WHERE t.id {IN_LIST}"
    ),
    "decision": (
        f"SELECT d.id, d.at, 'person' AS opens, c.person_id AS ref, {NAME}, p.company, d.verdict,"
        " d.reason FROM decision d JOIN card c ON c.id=d.card_id JOIN person p ON p.id=c.person_id"
        f" WHERE d.id {IN_LIST}"
    ),
    "handover_state": (
        f"SELECT s.id, s.at, 'person' AS opens, h.person_id AS ref, {NAME}, p.company, s.state,"
        " h.to_whom FROM handover_state s JOIN handover h ON h.id=s.handover_id"
        f" JOIN person p ON p.id=h.person_id WHERE s.id {IN_LIST}"
    ),
    "roster_file": (
        "SELECT f.id, f.imported_at AS at, 'roster' AS opens, f.roster_id AS ref, f.file, f.read"
        f" FROM roster_file f WHERE f.id {IN_LIST}"
    ),
    "card": (
        "SELECT c.id, c.signed_up_at AS at, 'person' AS opens, c.person_id AS ref,"
        f" {NAME}, p.company FROM card c JOIN person p ON p.id=c.person_id WHERE c.id {IN_LIST}"
    ),
    "step": (
        "SELECT s.id, coalesce(s.done_at, s.due_at) AS at, 'step' AS opens, s.id AS ref, s.title,"
        f" s.title_en, coalesce(e.name, r.name) AS event FROM step_shown s {OCCASION}"
        f" WHERE s.id {IN_LIST}"
    ),
    # The newest change that took it out: undone and redone it may be in several.
    "gone": (
        "SELECT r.row_id AS id, max(c.at) AS at,"
        " CASE WHEN p.event_id IS NULL THEN 'routine' ELSE 'event' END AS opens,"
        " coalesce(p.event_id, p.routine_id) AS ref, json_extract(r.image, '$.title') AS title,"
        " json_extract(r.image, '$.title_en') AS title_en,"
        " coalesce(e.name, o.name) AS event"
        " FROM change_row r JOIN change c ON c.id=r.change_id"
        " JOIN plan p ON p.id=json_extract(r.image, '$.plan_id')"
        " LEFT JOIN event e ON e.id=p.event_id LEFT JOIN routine o ON o.id=p.routine_id"
        f" WHERE r.tbl='step' AND r.op='D' AND r.row_id {IN_LIST} GROUP BY r.row_id"
    ),
    "follow_up": (
        "SELECT f.id, coalesce(f.done_at, f.due_at) AS at, 'follow_up' AS opens, f.id AS ref,"
        f" f.text FROM follow_up f WHERE f.id {IN_LIST}"
    ),
    "log": (
        "SELECT l.id, l.at, 'log' AS opens, l.id AS ref, l.text, l.label, l.args, l.minutes"
        f" FROM log l WHERE l.id {IN_LIST}"
    ),
    "event": (
        "SELECT e.id, e.starts_at AS at, 'event' AS opens, e.id AS ref, e.name FROM event e"
        f" WHERE e.id {IN_LIST}"
    ),
}


def of_kind(con: sqlite3.Connection, kind: str, ids: Sequence[int]) -> list[sqlite3.Row]:
    """Oldest first."""
    return con.execute(f"{_SQL[kind]} ORDER BY 2, 1", [listed(ids)]).fetchall()
