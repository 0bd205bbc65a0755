"""Full-text search: what is indexed, and how a query is put.

SQLite's tokenizer takes a run of Chinese for one word, so each character is indexed as a word
of its own, and a run of them asked for as a phrase. Latin words are found by their beginning.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby

from opslog.store.db import connection, wal

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
REACH = "reach_fts"  # any three digits of any number of a person
INDEXES = (*(f"{table}_fts" for table in SEARCHED), REACH)
TOKENIZER = "unicode61 remove_diacritics 2"


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script written without spaces."""
    code = ord(character)
    return code >= 0x2E80 and any(code in block for block in _UNSPACED)


class _Spaced(dict[int, str]):
    """For ``str.translate``: a space on each side of a character of an unspaced script."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f" {character} " if is_unspaced(character) else character
        return self[code]


_spaced = _Spaced({0: " "})


def index_text(*parts: str) -> str:
    """What goes into a ``search`` column: the parts, one space between Chinese characters."""
    return " ".join([spaced(part) for part in parts if part])


def spaced(text: str) -> str:
    """One text with a space between the characters of an unspaced script."""
    if not text:
        return ""
    if min(text) >= "\u4e00" and max(text) <= "\u9fff":
        return " ".join(text)  # most names and companies: nothing but Chinese characters
    return text.translate(_spaced).replace("  ", " ").strip()


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


def index_sql(table: str) -> list[str]:
    """The index of one table and the triggers that keep it true; people have their own."""
    fts = f"{table}_fts"
    drop = f"INSERT INTO {fts}({fts}, rowid, search) VALUES ('delete', OLD.id, OLD.search);"
    put = f"INSERT INTO {fts}(rowid, search) VALUES (NEW.id, NEW.search);"
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5(search, content='{table}', content_rowid='id',"
        f" tokenize='{TOKENIZER}')",
        with_room(fts),
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF search ON {table}"
        f" WHEN OLD.search IS NOT NEW.search BEGIN {drop} {put} END",
    ]


def with_room(index: str) -> str:
    """An index gathers 16 MB of words before it writes them out, so that it merges less."""
    return f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', {16 << 20})"


def check(con: sqlite3.Connection) -> list[str]:
    """The indexes that do not say what their rows say. Raises sqlite3.Error where they can't be
    asked, since another program writes."""
    wrong = []
    for index in INDEXES:
        try:
            with wal.alone(con):
                con.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if connection.is_in_the_way(error):
                raise
            connection.flaw_of(error)
            wrong.append(index.removesuffix("_fts"))
    return wrong


def rebuild(con: sqlite3.Connection) -> None:
    for index in INDEXES:
        con.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
