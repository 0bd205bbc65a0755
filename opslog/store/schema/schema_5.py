"""From schema 4 to 5: where values came from, what may not be used, who is coming."""

from __future__ import annotations

import sqlite3

from opslog.store.db import person_index

_TABLES = """
CREATE TABLE suppressed (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	since VARCHAR NOT NULL,
	"by" VARCHAR DEFAULT '' NOT NULL,
	why VARCHAR DEFAULT '' NOT NULL,
	UNIQUE (kind, value, scope)
);
CREATE TABLE erased (
	fingerprint VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (fingerprint)
);
CREATE TABLE field (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	"of" VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	type VARCHAR DEFAULT 'text' NOT NULL,
	choices VARCHAR DEFAULT '' NOT NULL,
	on_card BOOLEAN DEFAULT 0 NOT NULL,
	weight INTEGER DEFAULT 0 NOT NULL,
	UNIQUE ("of", name)
);
CREATE TABLE field_value (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	field_id INTEGER NOT NULL,
	person_id INTEGER,
	company_key VARCHAR,
	value VARCHAR NOT NULL,
	source VARCHAR DEFAULT 'operator' NOT NULL,
	UNIQUE (field_id, person_id),
	UNIQUE (field_id, company_key),
	CHECK ((person_id IS NULL) <> (company_key IS NULL)),
	FOREIGN KEY(field_id) REFERENCES field (id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX field_value_company ON field_value (company_key);
CREATE INDEX field_value_person ON field_value (person_id);
CREATE TABLE source (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	"column" VARCHAR NOT NULL,
	file_id INTEGER,
	UNIQUE (person_id, "column"),
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(file_id) REFERENCES roster_file (id)
);
CREATE INDEX source_file ON source (file_id) WHERE file_id IS NOT NULL;
CREATE TABLE file_identity (
	id VARCHAR NOT NULL,
	secret VARCHAR NOT NULL,
	last_token VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE draft (
	place VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (place)
);
CREATE TABLE copy (
	path VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	held VARCHAR DEFAULT '' NOT NULL,
	sha VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (path)
);
"""
_STATE = "CASE WHEN {withdrawn} THEN 'withdrawn' ELSE 'coming' END"
_IN_IMAGE = "json_extract(image, '$.withdrawn')"
_CHANGES = [
    "INSERT INTO file_identity(id, secret)"
    " VALUES (lower(hex(randomblob(16))), lower(hex(randomblob(32))))",
    "ALTER TABLE card ADD COLUMN state VARCHAR DEFAULT 'coming' NOT NULL",
    "ALTER TABLE card ADD COLUMN guests INTEGER DEFAULT 0 NOT NULL",
    f"UPDATE card SET state={_STATE.format(withdrawn='withdrawn')}",
    "ALTER TABLE card DROP COLUMN withdrawn",
    "UPDATE change_row SET image=json_set(json_remove(image, '$.withdrawn'), '$.state',"
    f" {_STATE.format(withdrawn=_IN_IMAGE)})"
    " WHERE tbl='card' AND image IS NOT NULL",
]


def run(con: sqlite3.Connection) -> None:
    """Add the tables; whether somebody withdrew becomes one of the states of a card."""
    for statement in _TABLES.split(";"):
        if statement.strip():
            con.execute(statement)
    for change in (*_CHANGES, *person_index.VIEWS):
        con.execute(change)
