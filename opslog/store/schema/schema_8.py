"""From schema 7 to 8: half a line was a setting; what is half typed has its place and person.
What is past costs nothing: what was found of old lists is noted, and more is looked up by index.
"""

from __future__ import annotations

import sqlite3

from opslog.store.calls import proofs, settled
from opslog.store.daybook import days

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
    "CREATE INDEX card_apart ON card (roster_id, state) WHERE state<>'coming'",
    "CREATE INDEX touch_outcome ON touch (outcome)",
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


# One call for several purposes: an attempt for each, counted once.
_ONE_CALL = ("ALTER TABLE touch ADD COLUMN call_id INTEGER REFERENCES touch (id)",)

# A line that opslog wrote speaks either language; a task of one's own has what a line would have.
_LINES = (
    "ALTER TABLE log ADD COLUMN label VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE log ADD COLUMN args VARCHAR DEFAULT '' NOT NULL",
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


def run(con: sqlite3.Connection) -> None:
    """The table anew (nothing was ever written into it), and the lines that waited as settings."""
    for statement in (*_DRAFT, *_PAST, *_PAST_CONTACT, *_ONE_CALL, *_LINES, *_PROOFS):
        con.execute(statement)
    days.lay(con)
    settled.lay(con)
    proofs.lay(con)
