"""Full-text search: what is indexed, and how a query is put.

SQLite's tokenizer takes a run of Chinese for one word, so each character is indexed as a word
of its own, and a run of them asked for as a phrase. Latin words are found by their beginning.
"""

from __future__ import annotations

import sqlite3
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


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and any(code in block for block in _UNSPACED)


class _Spaced(dict[int, str]):
    """For ``str.translate``: one space around each character of an unspaced script."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f" {character} " if _is_unspaced(character) else character
        return self[code]


_spaced = _Spaced({0: " "})


def index_text(*parts: str) -> str:
    """What goes into a ``search`` column: the parts, one space around each Chinese character."""
    return " ".join([part.translate(_spaced) for part in parts if part])


def match_expression(query: str) -> str:
    """The FTS5 expression for what a person typed; '' where it holds nothing to look for."""
    terms = []
    for kind, characters in groupby(query, _kind):
        if kind == "unspaced":
            terms.append('"' + " ".join(characters) + '"')
        elif kind == "word":
            terms.append('"' + "".join(characters) + '" *')
    return " ".join(terms)


def _kind(character: str) -> str:
    if _is_unspaced(character):
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


def index_sql(table: str) -> list[str]:
    """The index of one table and the triggers that keep it true."""
    fts = f"{table}_fts"
    drop = f"INSERT INTO {fts}({fts}, rowid, search) VALUES ('delete', OLD.id, OLD.search);"
    put = f"INSERT INTO {fts}(rowid, search) VALUES (NEW.id, NEW.search);"
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5(search, content='{table}', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF search ON {table}"
        f" WHEN OLD.search IS NOT NEW.search BEGIN {drop} {put} END",
    ]


REACH = "reach_fts"  # any three digits of any number of a person


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
        f"CREATE TRIGGER {REACH}_insert AFTER INSERT ON person BEGIN {put} END",
        f"CREATE TRIGGER {REACH}_delete AFTER DELETE ON person BEGIN {drop} END",
        f"CREATE TRIGGER {REACH}_update AFTER UPDATE OF phone, phones ON person"
        f" WHEN OLD.phone IS NOT NEW.phone OR OLD.phones IS NOT NEW.phones BEGIN {drop} {put} END",
    ]


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
