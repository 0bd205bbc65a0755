"""Full-text search: what is indexed, and how a query is put.

SQLite's tokenizer takes a run of Chinese for one word, so each character is indexed as a word
of its own, and a run of them asked for as a phrase. Latin words are found by their beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

# Han (with extensions and the rare planes), kana, hangul: scripts written without spaces.
# Tests of numbers, not a pattern: to compile one takes longer than to write a log line.
_UNSPACED = (
    range(0x2E80, 0x2FE0),
    range(0x3005, 0x3008),
    range(0x3040, 0x3100),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xAC00, 0xD7B0),
    range(0xF900, 0xFB00),
    range(0x20000, 0x40000),
)
SEARCHED = ("person", "event", "log")

# Facets stand in the index of people as words of their own: a private character that nobody can
# type, then the value's bytes, so that any value is one word and can be read back. Each person
# has one word a facet; the last contact is known to the hour.
CITY, INDUSTRY, TITLE, WECOM, CONTACT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_HELD_OF_PERSON = (
    *("search", "city", "industry", "title", "wecom", "last_contact_at"),
    *("merged_into", "erased_at"),
)


def shown_sql(row: str = "person") -> str:
    """The condition that a row of people is a person of their own: not merged, not erased."""
    return f"{row}.merged_into IS NULL AND {row}.erased_at IS NULL"


def _held_of_person(row: str) -> str:
    """What the index holds of a person: the words and the facets, nothing where hidden."""
    return (
        f"CASE WHEN {shown_sql(row)} THEN {row}.search"
        f" || ' ' || char(57345) || hex({row}.city) || ' ' || char(57346) || hex({row}.industry)"
        f" || ' ' || char(57347) || hex({row}.title)"
        f" || ' ' || char(57348) || coalesce({row}.wecom, 'x') || ' ' || char(57349) ||"
        f" coalesce(replace(replace(substr({row}.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x')"
        " ELSE '' END"
    )


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script written without spaces."""
    code = ord(character)
    return code >= 0x2E80 and any(code in block for block in _UNSPACED)


class _Spaced(dict[int, str]):
    """For ``str.translate``: one space around each character of an unspaced script."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f" {character} " if is_unspaced(character) else character
        return self[code]


_spaced = _Spaced({0: " "})


def index_text(*parts: str) -> str:
    """What goes into a ``search`` column: the parts, one space around each Chinese character."""
    return " ".join([part.translate(_spaced) for part in parts if part])


def match_expression(query: str) -> str:
    """The FTS5 expression for what a person typed; '' where it holds nothing to look for."""
    terms = []
    for kind, characters in groupby(query, kind_of):
        if kind == "unspaced":
            terms.append('"' + " ".join(characters) + '"')
        elif kind == "word":
            terms.append('"' + "".join(characters) + '" *')
    return " ".join(terms)


def kind_of(character: str) -> str:
    """``unspaced``, ``word``, or '' for what separates words."""
    if is_unspaced(character):
        return "unspaced"
    return "word" if character.isalnum() or character == "_" else ""


def find(con: sqlite3.Connection, table: str, query: str, limit: int = 100) -> list[int]:
    """Ids of the rows of ``table`` that hold every word of ``query``, newest first."""
    if table not in SEARCHED:
        raise ValueError(table)
    expression = match_expression(query)
    if not expression:
        return []
    rows = con.execute(
        f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
        (expression, limit),
    )
    return [row[0] for row in rows]


# A bulk change indexes the people it makes at its end, all at once (see JournalNow.fresh): one
# statement a row makes the index write out what it holds at each.
_ROW_BY_ROW = "(SELECT fresh IS NULL FROM journal_now)"
_HELD_NOW = "(SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now)"


def _with_room(index: str) -> str:
    """An index gathers 16 MB of words before it writes them out, so that it merges less."""
    return f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', {16 << 20})"


def index_sql(table: str) -> list[str]:
    """The index of one table and the triggers that keep it true."""
    fts, content, of = f"{table}_fts", table, "search"
    before, after, statements = "OLD.search", "NEW.search", []
    if table == "person":
        before, after = _held_of_person("OLD"), _held_of_person("NEW")
        content, of = "person_found", ", ".join(_HELD_OF_PERSON)
        held = _held_of_person("person")
        statements = [f"CREATE VIEW person_found AS SELECT id, {held} AS search FROM person"]
    drop = f"INSERT INTO {fts}({fts}, rowid, search) VALUES ('delete', OLD.id, {before});"
    put = f"INSERT INTO {fts}(rowid, search) VALUES (NEW.id, {after});"
    new = held_now = ""
    if table == "person":
        new, held_now = f" WHEN {_ROW_BY_ROW}", f" WHEN {_HELD_NOW}"
    held_and = f"{_HELD_NOW} AND " if table == "person" else ""
    return [
        *statements,
        f"CREATE VIRTUAL TABLE {fts} USING fts5(search, content='{content}', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2')",
        _with_room(fts),
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table}{new} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table}{held_now} BEGIN {drop} END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF {of} ON {table}"
        f" WHEN {held_and}{before} IS NOT {after} BEGIN {drop} {put} END",
    ]


REACH = "reach_fts"  # any three digits of any number of a person
# index, the columns it holds, what it holds them from
_PEOPLE_INDEXES = (
    ("person_fts", "search", "person_found"),
    (REACH, "phone, phones", "person"),
)


def reach_sql() -> list[str]:
    """The index of phone numbers by any run of their digits, and its triggers."""
    drop = (
        f"INSERT INTO {REACH}({REACH}, rowid, phone, phones)"
        " VALUES ('delete', OLD.id, OLD.phone, OLD.phones);"
    )
    put = f"INSERT INTO {REACH}(rowid, phone, phones) VALUES (NEW.id, NEW.phone, NEW.phones);"
    return [
        f"CREATE VIRTUAL TABLE {REACH} USING fts5(phone, phones, content='person',"
        " content_rowid='id', tokenize='trigram')",
        _with_room(REACH),
        f"CREATE TRIGGER {REACH}_insert AFTER INSERT ON person WHEN {_ROW_BY_ROW} BEGIN {put} END",
        f"CREATE TRIGGER {REACH}_delete AFTER DELETE ON person WHEN {_HELD_NOW} BEGIN {drop} END",
        f"CREATE TRIGGER {REACH}_update AFTER UPDATE OF phone, phones ON person WHEN {_HELD_NOW}"
        f" AND (OLD.phone IS NOT NEW.phone OR OLD.phones IS NOT NEW.phones) BEGIN {drop} {put} END",
    ]


def put_off(con: sqlite3.Connection) -> None:
    """From now on, until ``catch_up``, people made are left out of the indexes."""
    con.execute("UPDATE journal_now SET fresh=(SELECT coalesce(max(id), 0) FROM person)")


def catch_up(con: sqlite3.Connection) -> None:
    """Put the people left out into the indexes, and keep these row by row again."""
    _put(con, "id > (SELECT fresh FROM journal_now)", ())
    con.execute("UPDATE journal_now SET fresh=NULL")


@contextmanager
def moving(con: sqlite3.Connection, which: str, values: Sequence[object]) -> Iterator[None]:
    """People ``WHERE which`` leave the indexes before what is done within, and those that are
    there afterwards enter them: undo and redo of a whole list of people."""
    for index, columns, source in _PEOPLE_INDEXES:
        con.execute(
            f"INSERT INTO {index}({index}, rowid, {columns})"
            f" SELECT 'delete', id, {columns} FROM {source} WHERE {which}",
            values,
        )
    con.execute("UPDATE journal_now SET fresh=-1")
    yield
    _put(con, which, values)
    con.execute("UPDATE journal_now SET fresh=NULL")


def _put(con: sqlite3.Connection, which: str, values: Sequence[object]) -> None:
    for index, columns, source in _PEOPLE_INDEXES:
        con.execute(
            f"INSERT INTO {index}(rowid, {columns}) SELECT id, {columns} FROM {source}"
            f" WHERE {which}",
            values,
        )


def _indexes() -> list[str]:
    return [*(f"{table}_fts" for table in SEARCHED), REACH]


def check(con: sqlite3.Connection) -> list[str]:
    """The indexes that do not say what their rows say."""
    wrong = []
    for index in _indexes():
        try:
            con.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            wrong.append(index.removesuffix("_fts"))
    return wrong


def rebuild(con: sqlite3.Connection) -> None:
    for index in _indexes():
        con.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
