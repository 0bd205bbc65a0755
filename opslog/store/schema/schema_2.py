"""From schema 1 to 2: what lists of any size and people met more than once need."""

from __future__ import annotations

import sqlite3

from opslog.domain.people.naming import pinyin
from opslog.store.db import person_index

_COLUMNS = [
    "person ADD COLUMN phones VARCHAR DEFAULT '' NOT NULL",
    "person ADD COLUMN emails VARCHAR DEFAULT '' NOT NULL",
    "person ADD COLUMN city_guess VARCHAR DEFAULT '' NOT NULL",
    "person ADD COLUMN last_contact_at VARCHAR",
    "person ADD COLUMN merged_into INTEGER REFERENCES person (id)",
    "person ADD COLUMN erased_at VARCHAR",
    "card ADD COLUMN minutes INTEGER",
    "roster_file ADD COLUMN kind VARCHAR DEFAULT 'signup' NOT NULL",
    "roster_file ADD COLUMN profile VARCHAR DEFAULT '' NOT NULL",
    "roster_file ADD COLUMN withdrawn_at VARCHAR",
    "journal_now ADD COLUMN fresh INTEGER",
    "roster_row ADD COLUMN mended VARCHAR DEFAULT '' NOT NULL",
]

_TABLES = """
CREATE TABLE column_memory (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	headings VARCHAR NOT NULL,
	mapping VARCHAR NOT NULL,
	used_at VARCHAR NOT NULL,
	UNIQUE (headings)
);
CREATE TABLE company_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	company_key VARCHAR NOT NULL,
	to_key VARCHAR NOT NULL,
	relation VARCHAR NOT NULL,
	UNIQUE (company_key)
);
CREATE INDEX company_link_to ON company_link (to_key);
CREATE TABLE likeness (
	"key" INTEGER NOT NULL,
	ref VARCHAR NOT NULL,
	PRIMARY KEY ("key", ref)
)
 WITHOUT ROWID;
CREATE TABLE pair (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind VARCHAR NOT NULL,
	one VARCHAR NOT NULL,
	other VARCHAR NOT NULL,
	score INTEGER NOT NULL,
	reasons VARCHAR NOT NULL,
	verdict VARCHAR DEFAULT 'open' NOT NULL,
	created_at VARCHAR NOT NULL,
	decided_at VARCHAR,
	UNIQUE (kind, one, other)
);
CREATE INDEX pair_verdict ON pair (kind, verdict);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE person_block (
	block INTEGER NOT NULL PRIMARY KEY,
	people INTEGER NOT NULL
);
"""


def run(con: sqlite3.Connection) -> None:
    """Add the columns and tables, and the index of numbers by any of their digits."""
    for change in _COLUMNS:
        con.execute(f"ALTER TABLE {change}")
    for statement in _TABLES.split(";"):
        if statement.strip():
            con.execute(statement)
    con.execute(
        "UPDATE person SET last_contact_at=(SELECT max(t.at) FROM touch t JOIN card c"
        " ON c.id=t.card_id WHERE c.person_id=person.id)"
    )
    _index_people(con)


def _index_people(con: sqlite3.Connection) -> None:
    """Lay the index of people anew, with pinyin, in the rows and in the images undo goes by."""
    con.create_function("pinyin_of", 2, _pinyin_of, deterministic=True)
    for name in ("insert", "delete", "update"):  # laid anew below
        con.execute(f"DROP TRIGGER person_fts_{name}")
    con.execute("UPDATE person SET search=search || pinyin_of(name, company_key)")
    con.execute(
        "UPDATE change_row SET image=json_set(image, '$.search', json_extract(image, '$.search')"
        " || pinyin_of(json_extract(image, '$.name'), json_extract(image, '$.company_key')))"
        " WHERE tbl='person' AND image IS NOT NULL"
    )
    person_index.lay(con)


def _pinyin_of(name: str, company_key: str) -> str:
    words = f"{pinyin.name_words(name)} {pinyin.company_words(company_key)}".strip()
    return f" {words}" if words else ""
