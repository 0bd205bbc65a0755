"""From schema 13 to 14: a plan may hang on any day and repeat, and each step belongs to a plan."""

from __future__ import annotations

import sqlite3

from opslog.store.db.journalled import columns

_PLANS = (
    """
CREATE TABLE routine (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	playbook VARCHAR NOT NULL,
	starts_on VARCHAR NOT NULL,
	every VARCHAR DEFAULT '' NOT NULL,
	until VARCHAR DEFAULT '' NOT NULL,
	since VARCHAR NOT NULL,
	paused_at VARCHAR,
	ended_at VARCHAR,
	created_at VARCHAR NOT NULL
)
""",
    """
CREATE TABLE "plan" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER,
	routine_id INTEGER,
	anchor VARCHAR DEFAULT '' NOT NULL,
	next_on VARCHAR DEFAULT '' NOT NULL,
	version INTEGER DEFAULT 0 NOT NULL,
	missed INTEGER DEFAULT 0 NOT NULL,
	UNIQUE (routine_id, anchor),
	CHECK ((event_id IS NULL) <> (routine_id IS NULL)),
	FOREIGN KEY(event_id) REFERENCES event (id),
	FOREIGN KEY(routine_id) REFERENCES routine (id)
)
""",
    'CREATE UNIQUE INDEX plan_event ON "plan" (event_id) WHERE event_id IS NOT NULL',
    # The plan of an event that there is, or was, has the event's number.
    "INSERT INTO plan(id, event_id) SELECT id, id FROM event",
    "INSERT INTO sqlite_sequence(name, seq) SELECT 'plan', 0 WHERE NOT EXISTS"
    " (SELECT 1 FROM sqlite_sequence WHERE name='plan')",
    "UPDATE sqlite_sequence SET seq=max(seq, coalesce((SELECT seq FROM sqlite_sequence"
    " WHERE name='event'), 0)) WHERE name='plan'",
    # What made or deleted an event did so to its plan.
    "INSERT INTO change_row(change_id, tbl, row_id, op, image)"
    " SELECT change_id, 'plan', row_id, op,"
    " CASE WHEN image IS NOT NULL THEN json_object('id', row_id, 'event_id', row_id) END"
    " FROM change_row WHERE tbl='event' AND op IN ('I', 'D')",
    "INSERT INTO change_range(change_id, tbl, low, high)"
    " SELECT change_id, 'plan', low, high FROM change_range WHERE tbl='event'",
)
_STEP = """
CREATE TABLE step_14 (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	plan_id INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	title_en VARCHAR NOT NULL,
	anchor VARCHAR DEFAULT 'start' NOT NULL,
	"offset" INTEGER NOT NULL,
	offset_months INTEGER DEFAULT 0 NOT NULL,
	clock VARCHAR NOT NULL,
	channel VARCHAR DEFAULT '' NOT NULL,
	phase VARCHAR DEFAULT 'before' NOT NULL,
	due_at VARCHAR NOT NULL,
	planned_at VARCHAR,
	closes_at VARCHAR,
	lead_days INTEGER DEFAULT 1 NOT NULL,
	why VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR DEFAULT 'floating' NOT NULL,
	done_at VARCHAR,
	snoozed_until VARCHAR,
	note VARCHAR DEFAULT '' NOT NULL,
	evidence VARCHAR DEFAULT '' NOT NULL,
	logged_at VARCHAR,
	owner VARCHAR DEFAULT '' NOT NULL,
	words VARCHAR DEFAULT '' NOT NULL,
	dropped_why VARCHAR DEFAULT '' NOT NULL,
	published_for VARCHAR,
	workdays INTEGER DEFAULT 0 NOT NULL,
	rest VARCHAR DEFAULT '' NOT NULL,
	stop_id INTEGER,
	FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	FOREIGN KEY(stop_id) REFERENCES stop (id)
)
"""
_STEPS = (
    "INSERT OR REPLACE INTO sqlite_sequence(rowid, name, seq) SELECT n.rowid, 'step_14', o.seq"
    " FROM sqlite_sequence o LEFT JOIN sqlite_sequence n ON n.name='step_14' WHERE o.name='step'",
    "DROP TABLE step",
    "ALTER TABLE step_14 RENAME TO step",
    "CREATE INDEX step_due ON step (state, due_at)",
    "CREATE INDEX step_plan ON step (plan_id)",
    "UPDATE change_row SET image=json_remove(json_set(image, '$.plan_id',"
    " json_extract(image, '$.event_id')), '$.event_id') WHERE tbl='step' AND image IS NOT NULL",
)


def run(con: sqlite3.Connection) -> None:
    """Each event gets its plan and each step hangs on that, also in what undo brings back; what
    proves steps is laid anew, since it finds the event by the plan."""
    from opslog.store.calls.proving import proofs, requested

    for row in con.execute(
        "SELECT type, name FROM sqlite_schema WHERE name='step_shown' OR name GLOB 'proofs_*'"
        " OR name GLOB 'requested_*'"
    ).fetchall():
        con.execute(f"DROP {row['type']} {row['name']}")
    for statement in (*_PLANS, _STEP):
        con.execute(statement)
    kept = ", ".join(f'"{name}"' for name in columns(con, "step_14") if name != "plan_id")
    con.execute(f"INSERT INTO step_14(plan_id, {kept}) SELECT event_id, {kept} FROM step")
    for statement in _STEPS:
        con.execute(statement)
    for statement in requested.sql():
        con.execute(statement)
    proofs.lay(con)
    proofs.recount(con)
