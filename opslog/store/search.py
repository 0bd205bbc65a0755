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


def check(con: sqlite3.Connection) -> list[str]:
    """The tables whose index does not say what their rows say."""
    wrong = []
    for table in SEARCHED:
        try:
            con.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            wrong.append(table)
    return wrong


def rebuild(con: sqlite3.Connection) -> None:
    for table in SEARCHED:
        con.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
