"""From schema 7 to 8: half a line was a setting; what is half typed has its place and person.
What is past costs nothing: what was found of old lists is noted, and more is looked up by index.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from opslog.store.calls.proving import proofs, settled
from opslog.store.daybook import days
from opslog.store.rosters.rosters import OCCASION_VIEW, SIGNUP_VIEW

_DRAFT = (
    "DROP TABLE draft",
    """
CREATE TABLE draft (
	id INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	person_id INTEGER,
	PRIMARY KEY (id),
	UNIQUE (place)
)
""",
    # Of a new line, and of the change of one: "17 its text".
    "INSERT INTO draft(place, text, at)"
    " SELECT 'capture', json_object('title', '', 'typed', json_object('', value)),"
    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM setting WHERE key='draft' AND value<>''",
    "INSERT INTO draft(place, text, at)"
    " SELECT 'edit log ' || CAST(value AS INTEGER), json_object('title', '', 'typed',"
    " json_object('', substr(value, instr(value, ' ') + 1))),"
    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM setting WHERE key='draft.change' AND value<>''",
    "DELETE FROM setting WHERE key IN ('draft', 'draft.change')",
)


_PAST = (
    """
CREATE TABLE call_promise (
	card_id INTEGER NOT NULL,
	touch_id INTEGER NOT NULL,
	PRIMARY KEY (card_id)
)
""",
    """
CREATE TABLE call_settled (
	roster_id INTEGER NOT NULL,
	rules VARCHAR NOT NULL,
	PRIMARY KEY (roster_id)
)
""",
    """
CREATE TABLE log_day (
	day VARCHAR NOT NULL,
	lines INTEGER NOT NULL,
	PRIMARY KEY (day)
)
""",
    "CREATE INDEX event_starts ON event (starts_at)",
    "CREATE INDEX event_ends ON event (ends_at)",
    "CREATE INDEX follow_up_event ON follow_up (event_id) WHERE event_id IS NOT NULL",
    "CREATE INDEX follow_up_person ON follow_up (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX roster_row_file ON roster_row (file_id)",
    "CREATE INDEX person_erased ON person (id) WHERE erased_at IS NOT NULL",
    "CREATE INDEX card_apart ON card (roster_id, state) WHERE state<>'coming'",
)

# What a list told of earlier contacts, with the list as its source.
_PAST_CONTACT = (
    """
CREATE TABLE past_contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	file_id INTEGER NOT NULL,
	UNIQUE (person_id, at, text),
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(file_id) REFERENCES roster_file (id)
)
""",
    "CREATE INDEX past_contact_file ON past_contact (file_id)",
)


# A touch is a person's, on a list or on none; one call for several purposes is an attempt for
# each. What nobody answered does not count, by the outcomes that ship.
_TOUCH = """
CREATE TABLE touch_8 (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	card_id INTEGER,
	purpose VARCHAR NOT NULL,
	lane VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	note VARCHAR DEFAULT '' NOT NULL,
	next_at VARCHAR,
	promised BOOLEAN DEFAULT 0 NOT NULL,
	at VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	event_id INTEGER,
	direction VARCHAR DEFAULT 'out' NOT NULL,
	seconds INTEGER,
	counts BOOLEAN DEFAULT 1 NOT NULL,
	call_id INTEGER,
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(card_id) REFERENCES card (id),
	FOREIGN KEY(event_id) REFERENCES event (id),
	FOREIGN KEY(call_id) REFERENCES touch (id)
)
"""
_NOT_COUNTED = ("no_answer", "line_busy", "wrong_number", "not_reachable")
_KEPT = "id, card_id, purpose, lane, outcome, reason, note, next_at, promised, at"
_TOUCHES = (
    f"INSERT INTO touch_8({_KEPT}, person_id, event_id, counts)"
    f" SELECT {', '.join('t.' + name for name in _KEPT.split(', '))}, c.person_id, r.event_id,"
    f" t.outcome NOT IN {_NOT_COUNTED}"
    " FROM touch t JOIN card c ON c.id=t.card_id JOIN roster r ON r.id=c.roster_id ORDER BY t.id",
)
_TOUCH_INDEXES = (
    "CREATE INDEX touch_at ON touch (at)",
    "CREATE INDEX touch_card ON touch (card_id, purpose)",
    "CREATE INDEX touch_next ON touch (next_at)",
    "CREATE INDEX touch_outcome ON touch (outcome)",
    "CREATE INDEX touch_person ON touch (person_id, at)",
)

# A list may be of no event, and an event may have a call list beside the one of its sign-ups.
_ROSTER = """
CREATE TABLE roster_8 (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER,
	name VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	kind VARCHAR DEFAULT 'signup' NOT NULL,
	made_from VARCHAR DEFAULT '' NOT NULL,
	purpose VARCHAR DEFAULT '' NOT NULL,
	track VARCHAR DEFAULT '' NOT NULL,
	opens_on VARCHAR DEFAULT '' NOT NULL,
	closes_on VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(event_id) REFERENCES event (id)
)
"""
_ROSTERS = (
    "INSERT INTO roster_8(id, event_id, name, created_at)"
    " SELECT id, event_id, name, created_at FROM roster ORDER BY id",
)
_ROSTER_INDEXES = (
    "CREATE INDEX roster_event ON roster (event_id)",
    "CREATE UNIQUE INDEX roster_signup ON roster (event_id) WHERE kind='signup'",
    SIGNUP_VIEW,
    OCCASION_VIEW,
)
_CARD = (
    "ALTER TABLE card ADD COLUMN way VARCHAR DEFAULT 'file' NOT NULL",
    "ALTER TABLE card ADD COLUMN instead_of INTEGER REFERENCES card (id)",
    "ALTER TABLE card ADD COLUMN guests_more BOOLEAN DEFAULT '0' NOT NULL",
    "CREATE INDEX card_instead ON card (instead_of) WHERE instead_of IS NOT NULL",
)

# Who was told of what.
_TOLD = (
    """
CREATE TABLE told (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	tbl VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	to_whom VARCHAR NOT NULL,
	at VARCHAR NOT NULL
)
""",
    "CREATE INDEX told_row ON told (tbl, row_id)",
)

# A report in the operator's words.
_REPORT_TEXT = (
    """
CREATE TABLE report_text (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	first VARCHAR NOT NULL,
	last VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	made_from VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	UNIQUE (first, last)
)
""",
)

# What was asked on calls, and what was answered.
_ANSWERS = (
    """
CREATE TABLE question (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	"key" VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	text_en VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	options VARCHAR DEFAULT '[]' NOT NULL,
	options_en VARCHAR DEFAULT '[]' NOT NULL,
	other BOOLEAN DEFAULT 0 NOT NULL,
	concerns VARCHAR DEFAULT '' NOT NULL,
	fills VARCHAR DEFAULT '' NOT NULL,
	UNIQUE ("key", version)
)
""",
    """
CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	question_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	event_id INTEGER,
	touch_id INTEGER,
	value VARCHAR,
	words VARCHAR DEFAULT '' NOT NULL,
	at VARCHAR NOT NULL,
	FOREIGN KEY(question_id) REFERENCES question (id),
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(event_id) REFERENCES event (id),
	FOREIGN KEY(touch_id) REFERENCES touch (id)
)
""",
    "CREATE INDEX answer_event ON answer (event_id)",
    "CREATE INDEX answer_person ON answer (person_id)",
    "CREATE INDEX answer_question ON answer (question_id)",
    "CREATE INDEX answer_touch ON answer (touch_id) WHERE touch_id IS NOT NULL",
)

# Who is put off, and until when.
_NOT_NOW = (
    """
CREATE TABLE not_now (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	until VARCHAR NOT NULL,
	FOREIGN KEY(person_id) REFERENCES person (id)
)
""",
    "CREATE INDEX not_now_person ON not_now (person_id)",
)

# A line that opslog wrote speaks either language; a task of one's own has what a line would have.
_LINES = (
    "ALTER TABLE log ADD COLUMN label VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE log ADD COLUMN args VARCHAR DEFAULT '' NOT NULL",
    "CREATE INDEX log_called ON log (at) WHERE source='call' AND NOT flagged",
    "ALTER TABLE follow_up ADD COLUMN note VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE follow_up ADD COLUMN flagged BOOLEAN DEFAULT 0 NOT NULL",
)
# A step names what proves it, a line of a checklist takes an answer.
_EVIDENCE = {
    "handover": "list",
    "reminder-call-1": "reminders-day-before",
    "reminder-call-day": "reminders-on-day",
    "attendance": "attendance",
    "tidy": "round-0",
    "round-1": "round-1",
    "round-2": "round-2",
    "callback-1": "callback-1",
    "callback-2": "callback-2",
    "figures": "figures",
}
_PROOFS = (
    "ALTER TABLE step ADD COLUMN evidence VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE step ADD COLUMN logged_at VARCHAR",
    "ALTER TABLE check_item ADD COLUMN kind VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE check_item ADD COLUMN answer VARCHAR DEFAULT '' NOT NULL",
    "CREATE TABLE step_proven (\n\tstep_id INTEGER NOT NULL,\n\tPRIMARY KEY (step_id)\n)",
    "CREATE TABLE step_doubt (\n\tevent_id INTEGER NOT NULL,\n\tcard_id INTEGER NOT NULL,"
    "\n\tPRIMARY KEY (event_id, card_id)\n)",
    *(f"UPDATE step SET evidence='{of}' WHERE key='{key}'" for key, of in _EVIDENCE.items()),
    # A step that was taken out, or is put back as it was, names it too.
    *(
        f"UPDATE change_row SET image=json_set(image, '$.evidence', '{of}')"
        f" WHERE tbl='step' AND json_extract(image, '$.key')='{key}'"
        for key, of in _EVIDENCE.items()
    ),
    # Rounds and figures ticked their steps off: what proves them is there still.
    "UPDATE step SET logged_at=done_at, done_at=NULL,"
    " state=CASE WHEN why LIKE '%hand%' THEN 'pinned' ELSE 'floating' END"
    " WHERE state='done' AND (evidence IN (SELECT 'round-' || n.number FROM round n"
    "   JOIN roster r ON r.id=n.roster_id WHERE r.event_id=step.event_id"
    "   AND n.closed_at IS NOT NULL)"
    "  OR evidence='figures' AND EXISTS (SELECT 1 FROM event e WHERE e.id=step.event_id"
    "   AND e.reach IS NOT NULL AND e.views IS NOT NULL AND e.shares IS NOT NULL))",
    "UPDATE check_item SET kind='yes_no' WHERE title LIKE '%？' OR title LIKE '%？（%'",
)


# Leads, with the ledger of how they stand.
_LEADS = (
    """
CREATE TABLE handover (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	card_id INTEGER,
	event_id INTEGER,
	budget VARCHAR DEFAULT '' NOT NULL,
	need VARCHAR DEFAULT '' NOT NULL,
	team VARCHAR DEFAULT '' NOT NULL,
	timing VARCHAR DEFAULT '' NOT NULL,
	to_whom VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(card_id) REFERENCES card (id),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    "CREATE INDEX handover_person ON handover (person_id)",
    """
CREATE TABLE handover_state (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	handover_id INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	cents INTEGER,
	next_on VARCHAR,
	FOREIGN KEY(handover_id) REFERENCES handover (id)
)
""",
    "CREATE INDEX handover_state_of ON handover_state (handover_id)",
)


def _anew(
    con: sqlite3.Connection, table: str, create: str, fill: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """A table whose columns may be empty now, with its numbers going on where they were."""
    con.execute(create)
    for statement in fill:
        con.execute(statement)
    con.execute(f"DROP TABLE {table}")
    con.execute(f"ALTER TABLE {table}_8 RENAME TO {table}")
    for statement in more:
        con.execute(statement)


def _touches_in_images(con: sqlite3.Connection) -> None:
    """What undo and redo know of attempts says whose each was, at that time: a card may have
    changed hands since, by a merge, and then its attempts do so as well."""
    for row in con.execute(
        "SELECT r.change_id, r.row_id, r.image, c.state FROM change_row r"
        " JOIN change c ON c.id=r.change_id WHERE r.tbl='touch' AND r.image IS NOT NULL"
        " AND c.state IN ('done', 'undone')"  # all that can be taken back or done again
    ).fetchall():
        image = json.loads(row["image"])
        card = _image(con, "card", image["card_id"], row["change_id"], row["state"])
        roster = _image(con, "roster", card["roster_id"], row["change_id"], row["state"])
        image |= {
            "person_id": card["person_id"],
            "event_id": roster["event_id"],
            "counts": int(image["outcome"] not in _NOT_COUNTED),
        }
        con.execute(
            "UPDATE change_row SET image=? WHERE change_id=? AND tbl='touch' AND row_id=?",
            (json.dumps(image, ensure_ascii=False), row["change_id"], row["row_id"]),
        )


def _moved_with_cards(con: sqlite3.Connection) -> None:
    """A change that gave a card to somebody else gave them its attempts as well: they are noted
    as changed by it, so that undo takes both back."""
    for row in con.execute(
        "SELECT r.change_id, r.row_id, c.state, json_extract(r.image, '$.person_id') AS person_id"
        " FROM change_row r JOIN change c ON c.id=r.change_id WHERE r.tbl='card' AND r.op='U'"
        " AND c.state IN ('done', 'undone') ORDER BY r.change_id DESC"
    ).fetchall():
        for (touch_id,) in con.execute(
            "SELECT id FROM touch WHERE card_id=?1 AND NOT EXISTS (SELECT 1 FROM change_row"
            " WHERE tbl='touch' AND row_id=touch.id AND (change_id=?2"
            " OR (op='I' AND change_id > ?2)))",
            (row["row_id"], row["change_id"]),
        ).fetchall():
            image = _image(con, "touch", touch_id, row["change_id"], row["state"])
            if image["person_id"] != row["person_id"]:
                con.execute(
                    "INSERT INTO change_row(change_id, tbl, row_id, op, image)"
                    " VALUES (?, 'touch', ?, 'U', ?)",
                    (
                        row["change_id"],
                        touch_id,
                        json.dumps(image | {"person_id": row["person_id"]}, ensure_ascii=False),
                    ),
                )


def _image(
    con: sqlite3.Connection, table: str, row_id: int, change_id: int, state: str
) -> dict[str, Any]:
    """A row as it was before a change, of one that is undone as it was after it."""
    before = "r.change_id >= ?3 ORDER BY r.change_id"
    after = "r.change_id <= ?3 ORDER BY r.change_id DESC"
    found = con.execute(
        "SELECT r.image FROM change_row r JOIN change c ON c.id=r.change_id WHERE r.tbl=?1"
        " AND r.row_id=?2 AND r.image IS NOT NULL AND c.state=?4"
        f" AND {after if state == 'undone' else before} LIMIT 1",
        (table, row_id, change_id, state),
    ).fetchone()
    if found is not None:
        image: dict[str, Any] = json.loads(found["image"])
        return image
    return dict(con.execute(f"SELECT * FROM {table} WHERE id=?", (row_id,)).fetchone())


def run(con: sqlite3.Connection) -> None:
    """Drafts have their own table (nothing was ever written into it), with the lines that waited as
    settings; touches and lists are made anew, since what they had to have they may lack now."""
    for statement in (*_DRAFT, *_PAST, *_PAST_CONTACT, *_LINES, *_CARD):
        con.execute(statement)
    _touches_in_images(con)
    _anew(con, "touch", _TOUCH, _TOUCHES, _TOUCH_INDEXES)
    _moved_with_cards(con)
    _anew(con, "roster", _ROSTER, _ROSTERS, _ROSTER_INDEXES)
    for statement in (*_TOLD, *_NOT_NOW, *_ANSWERS, *_LEADS, *_REPORT_TEXT, *_PROOFS):
        con.execute(statement)
    days.lay(con)
    settled.lay(con)
    proofs.lay(con)
