"""Where nobody is found one slip is forgiven: a letter wrong, a name written as it sounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.domain.people import list as people_list
from opslog.domain.people.naming import pinyin
from opslog.store.db import search
from opslog.store.people.finding import TRIGRAM, term, words_of

_MOST_NEAR = 40  # spellings tried where nothing is found
_MOST_CANDIDATES = 2_000
_SHORT_NAME = 2


def near_words(con: sqlite3.Connection, words: str) -> dict[str, list[str]]:
    """For each typed word that nobody has: the words one slip away that somebody has.

    A Latin word with one letter wrong, a Chinese name written as it sounds or with one character
    wrong. Empty where no word can be mended.
    """
    near: dict[str, list[str]] = {}
    for word in words_of(people_list.sought(words).text):
        if _somebody_has(con, word):
            continue
        others = _near_chinese(con, word) if search.is_unspaced(word[0]) else _near_latin(con, word)
        if not others:
            return {}
        near[word] = others
    return near


def _near_latin(con: sqlite3.Connection, word: str) -> list[str]:
    if len(word) <= TRIGRAM or word.isdigit():
        return []
    return _held(con, people_list.one_letter_off(word))


def _near_chinese(con: sqlite3.Connection, word: str) -> list[str]:
    if not 1 < len(word) <= 8:
        return []
    same_sound = [sound for sound in pinyin.sounds_of(word) if _somebody_has(con, sound)]
    return same_sound or _one_wrong(con, word)


def _somebody_has(con: sqlite3.Connection, word: str) -> bool:
    row = con.execute(
        "SELECT 1 FROM person_fts WHERE person_fts MATCH ? LIMIT 1", (term(word),)
    ).fetchone()
    return row is not None


def _held(con: sqlite3.Connection, words: Sequence[str] | set[str]) -> list[str]:
    """Those words that are in the index, the most frequent first."""
    con.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.person_terms"
        " USING fts5vocab('main', 'person_fts', 'row')"
    )
    found = []
    for word in words:
        row = con.execute("SELECT doc FROM temp.person_terms WHERE term=?", (word,)).fetchone()
        if row is not None:
            found.append((row[0], word))
    return [word for _count, word in sorted(found, reverse=True)[:_MOST_NEAR]]


def _one_wrong(con: sqlite3.Connection, word: str) -> list[str]:
    """What stands in names and companies where one character of ``word`` is another."""
    found: dict[str, None] = {}
    for wrong in range(len(word)):
        parts = [part for part in (word[:wrong], word[wrong + 1 :]) if part]
        expression = " AND ".join(term(part) for part in parts)
        rows = con.execute(
            "SELECT name, company FROM person WHERE id IN (SELECT rowid FROM person_fts"
            " WHERE person_fts MATCH ? ORDER BY rowid DESC LIMIT ?)",
            (expression, _MOST_CANDIDATES // len(word)),
        )
        texts = [text.casefold() for row in rows for text in row if text]
        if len(word) == _SHORT_NAME:  # every second name holds one of its characters
            texts = [text for text in texts if len(text) == _SHORT_NAME]
        for text in texts:
            for at in range(len(text) - len(word) + 1):
                stretch = text[at : at + len(word)]
                if stretch not in found and people_list.one_character_off(stretch, word):
                    found[stretch] = None
    return [text for text in found if all(map(search.is_unspaced, text))][:_MOST_NEAR]
