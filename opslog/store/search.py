"""Full-text search: what is indexed, and how a query is put.

SQLite's tokenizer takes a run of Chinese for one word, so each character is indexed as a word
of its own, and a run of them asked for as a phrase. Latin words are found by their beginning.
"""

from __future__ import annotations

import re
import sqlite3

# Han (with extensions and the rare planes), kana, hangul: scripts written without spaces.
_UNSPACED = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_RUN = re.compile(
    "([\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]+)|(\\w+)"
)
SEARCHED = ("person", "event", "log")


def index_text(*parts: str) -> str:
    """What goes into a ``search`` column: the parts, one space around each Chinese character."""
    return " ".join(_UNSPACED.sub(r" \g<0> ", part) for part in parts if part).replace("\0", " ")


def match_expression(query: str) -> str:
    """The FTS5 expression for what a person typed; '' where it holds nothing to look for."""
    terms = []
    for unspaced, word in _RUN.findall(_UNSPACED.sub(lambda m: f"{m[0]}", query)):
        if unspaced:
            terms.append('"' + " ".join(unspaced) + '"')
        else:
            for piece in _split_word(word):
                terms.append(piece)
    return " ".join(terms)


def _split_word(word: str) -> list[str]:
    """``ABC王`` is one ``\\w`` run to Python but two kinds of word here."""
    pieces = []
    for piece in re.split(f"({_UNSPACED.pattern}+)", word):
        if not piece:
            continue
        if _UNSPACED.match(piece):
            pieces.append('"' + " ".join(piece) + '"')
        else:
            pieces.append(f'"{piece}" *')
    return pieces


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
