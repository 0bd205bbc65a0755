"""Who is found: people by words, digits of a number, tags and facets, newest first.

Everything is asked of the indexes: the full-text index holds words and facets, the index of
trigrams the numbers. They give ids in order, so the newest come without the rest being read.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from opslog.domain.base.clock import Clock, instant_text
from opslog.domain.people import list as people_list
from opslog.domain.people.list import BEFORE, RANGE, Sought, View
from opslog.domain.people.naming import pinyin
from opslog.store.db import search
from opslog.store.db.connection import tuples
from opslog.store.db.listed import listed
from opslog.store.db.person_index import CITY, CONTACT, INDUSTRY, TITLE, WECOM
from opslog.store.people import fields, met

_MARKS = {"city": CITY, "industry": INDUSTRY, "title": TITLE, "wecom": WECOM, "contact": CONTACT}
SHORT = 2  # Latin letters that are looked for as they stand, not as a beginning
TRIGRAM = 3  # digits the index of numbers needs
_RARE = 6  # digits few numbers hold, wherever they stand
_FEW_DIGITS_FOUND = 1_000
_CHUNK = 4_000  # ids read in one go, about a millisecond
_HIGHEST = "\U0010ffff"


@dataclass(frozen=True)
class Select:
    """SQL that gives ids (``id``), each once, without an order of its own."""

    sql: str
    values: tuple[object, ...]


def select(
    con: sqlite3.Connection,
    view: View,
    clock: Clock,
    near: Mapping[str, Sequence[str]] | None = None,
) -> Select:
    """How a view's people are asked for. ``near`` puts other words in the place of typed ones."""
    sought = people_list.sought(view.words)
    narrow = _facet_expression(view, clock)
    sets, set_values = _sets(con, view, sought, clock)
    if near:
        return _by_words(_text_expression(sought.text, near), narrow, sets, set_values)
    if not sought.text:
        return _by_words("", narrow, sets, set_values)
    text = _by_words(_text_expression(sought.text), narrow, sets, set_values)
    number = _by_number(sought, narrow, sets, set_values)
    if number is None:
        return text
    return Select(f"{text.sql} UNION {number.sql}", (*text.values, *number.values))


def newest(con: sqlite3.Connection, wanted: Select, limit: int) -> list[int]:
    """The newest ids, at most ``limit``."""
    rows = con.execute(f"{wanted.sql} ORDER BY 1 DESC LIMIT ?", (*wanted.values, limit))
    return [row[0] for row in rows]


def every(con: sqlite3.Connection, wanted: Select) -> Iterator[array[int]]:
    """All ids, newest first, some thousands at a time: for a thread beside the screen."""
    cursor = tuples(con).execute(f"{wanted.sql} ORDER BY 1 DESC", wanted.values)
    while rows := cursor.fetchmany(_CHUNK):
        yield array("q", [row[0] for row in rows])


def in_order(
    con: sqlite3.Connection,
    view: View,
    clock: Clock,
    progress: Callable[[int], None],
    near: Mapping[str, Sequence[str]] | None = None,
) -> tuple[array[int], int]:
    """All ids of a view in its order, and how many of them have a value to sort by.

    Those without one come last. ``progress`` hears how many were looked at; what it raises ends
    the work. Sorts by a file, not in memory.
    """
    looked_at = 0

    def key(text: str | int | None) -> str | int | None:
        nonlocal looked_at
        looked_at += 1
        if looked_at % _CHUNK == 0:
            progress(looked_at)
        return pinyin.order_key(text) if isinstance(text, str) else text

    con.execute("PRAGMA temp_store=FILE")
    con.create_function("order_key", 1, key)
    column = (
        f"p.{view.sort}"
        if view.sort in people_list.SORTS and view.sort != people_list.ADDED
        else "p.id"
    )
    source, values = "person_shown p WHERE true", tuple[object, ...]()
    if view.narrowed:
        wanted = select(con, view, clock, near)
        source, values = f"({wanted.sql}) f JOIN person p ON p.id=f.id", wanted.values
    blank = f"coalesce({column}, '')=''"
    cursor = tuples(con).execute(
        f"SELECT p.id, {blank} AS blank FROM {source} ORDER BY blank, order_key({column}),"
        " p.id DESC",
        values,
    )
    ids, filled = array("q"), 0
    while rows := cursor.fetchmany(_CHUNK):
        ids.extend([row[0] for row in rows])
        filled += sum(not row[1] for row in rows)
    return ids, filled


# -- expressions ---------------------------------------------------------------


def _text_expression(text: str, near: Mapping[str, Sequence[str]] | None = None) -> str:
    """The FTS5 expression for typed words: '' where they hold nothing to look for."""
    terms = []
    for word in words_of(text):
        if near and word in near:
            terms.append("(" + " OR ".join(term(other) for other in near[word]) + ")")
        else:
            terms.append(term(word))
    return " AND ".join(terms)


def words_of(text: str) -> list[str]:
    """Typed text as runs of Chinese characters and Latin words."""
    return ["".join(run) for kind, run in groupby(text.casefold(), search.kind_of) if kind]


def term(word: str) -> str:
    if search.is_unspaced(word[0]):
        return '"' + " ".join(word) + '"'
    return f'"{word}"' if len(word) <= SHORT else f'"{word}" *'


def _facet_expression(view: View, clock: Clock) -> str:
    """The facets as one FTS5 expression; '' for none."""
    wanted, not_wanted = [], ""
    for facet, value in view.facets:
        if facet in ("company", "tag", "field", *met.FACETS) or value.startswith(BEFORE):
            continue
        if facet != "contact":
            code = value if facet == "wecom" else value.encode().hex()
            wanted.append(f'"{_MARKS[facet]}{code}"')
        elif value == "never":
            wanted.append(f'"{CONTACT}x"')
        elif value == "longer":
            wanted.append(f'"{CONTACT}2" *')
            not_wanted = _contact_expression("quarter", clock)
        else:
            wanted.append(_contact_expression(value, clock))
    expression = " AND ".join(wanted)
    return f"({expression}) NOT {not_wanted}" if not_wanted else expression


def _contact_expression(value: str, clock: Clock) -> str:
    hours = people_list.hours_since(people_list.contact_since(value, clock), clock.now())
    return "(" + " OR ".join(f'"{CONTACT}{hour}" *' for hour in hours) + ")"


def _sets(
    con: sqlite3.Connection, view: View, sought: Sought, clock: Clock
) -> tuple[list[str], list[object]]:
    """Conditions on an id that other indexes answer: tags, companies, own fields."""
    sets, values = list[str](), list[object]()
    for facet, value in view.facets:
        if facet == "tag":
            sets.append("IN (SELECT person_id FROM person_tag WHERE tag=?)")
            values.append(value)
        elif facet == "company":
            sets.append("IN (SELECT id FROM person WHERE company_key=?)")
            values.append(value)
        elif facet == "field":
            in_range = people_list.sought(value.removeprefix(RANGE)).ranges
            said = fields.said_within(con, in_range[0]) if value.startswith(RANGE) else [value]
            sets.append(fields.SAYING)
            values.append(listed(said))
        elif facet in met.FACETS:
            one, wanted = met.condition(facet, value, None if facet == "event" else view.event)
            sets.append(one)
            values += wanted
        elif facet == "contact" and value.startswith(BEFORE):
            sets.append("IN (SELECT id FROM person WHERE coalesce(last_contact_at, '') < ?)")
            values.append(instant_text(clock.at(date.fromisoformat(value.removeprefix(BEFORE)))))
    for one_range in sought.ranges:
        sets.append(fields.SAYING)
        values.append(listed(fields.said_within(con, one_range)))
    for tag in sought.tags:
        sets.append("IN (SELECT person_id FROM person_tag WHERE tag >= ? AND tag < ?)")
        values += [tag, tag + _HIGHEST]
    return sets, values


def _by_words(expression: str, narrow: str, sets: list[str], values: list[object]) -> Select:
    match = " AND ".join(f"({part})" for part in (expression, narrow) if part)
    if match:
        # The plus: the words are gone through in order, not looked up for each of the set.
        also = "".join(f" AND +rowid {condition}" for condition in sets)
        return Select(
            f"SELECT rowid AS id FROM person_fts WHERE person_fts MATCH ?{also}", (match, *values)
        )
    if not sets:
        return Select("SELECT id FROM person WHERE 0", ())
    also = "".join(f" AND id {condition}" for condition in sets)
    return Select(f"SELECT id FROM person_shown WHERE true{also}", tuple(values))


def _by_number(
    sought: Sought, narrow: str, sets: list[str], set_values: list[object]
) -> Select | None:
    """People with these digits in one of their numbers, and the other words typed."""
    if not sought.digits:
        return None
    match = " AND ".join(f"({p})" for p in (_text_expression(sought.others), narrow) if p)
    part = f"%{sought.digits}%"
    if len(sought.digits) >= _RARE or (len(sought.digits) >= TRIGRAM and not match):
        also, values = "", list[object]()
        if match:
            also += " AND EXISTS (SELECT 1 FROM person_fts WHERE person_fts MATCH ? AND rowid=p.id)"
            values.append(match)
        also += "".join(f" AND +r.rowid {condition}" for condition in sets)
        return Select(
            f"SELECT r.rowid AS id FROM {search.REACH} r CROSS JOIN person_shown p ON p.id=r.rowid"
            f" WHERE {search.REACH} MATCH ?{also}",
            (f'"{sought.digits}"', *values, *set_values),
        )
    also = "".join(f" AND +f.rowid {condition}" for condition in sets)
    if len(sought.digits) >= TRIGRAM:
        return Select(
            "SELECT f.rowid AS id FROM person_fts f WHERE person_fts MATCH ? AND +f.rowid IN"
            f" (SELECT rowid FROM {search.REACH} WHERE {search.REACH} MATCH ?){also}",
            (match, f'"{sought.digits}"', *set_values),
        )
    if match:
        return Select(
            "SELECT f.rowid AS id FROM person_fts f CROSS JOIN person p ON p.id=f.rowid"
            f" WHERE person_fts MATCH ? AND (p.phone LIKE ? OR p.phones LIKE ?){also}",
            (match, part, part, *set_values),
        )
    # Two digits are in a tenth of all numbers: the newest of them are soon found.
    also = "".join(f" AND p.id {condition}" for condition in sets)
    return Select(
        "SELECT id FROM (SELECT p.id FROM person_shown p WHERE (p.phone LIKE ? OR p.phones LIKE ?)"
        f"{also} ORDER BY p.id DESC LIMIT {_FEW_DIGITS_FOUND})",
        (part, part, *set_values),
    )


# -- facets ----------------------------------------------------------------------------


def facet_counts(
    con: sqlite3.Connection, view: View, clock: Clock, facet: str, typed: str, limit: int
) -> list[tuple[str, int]]:
    """Values of a facet and how many of the view have each, the most frequent first.

    ``typed`` narrows them. '' is no value. For a thread: it counts through what the view finds.
    """
    others = view.having(facet, None)
    if facet == "contact":
        before = [typed] if typed.startswith(BEFORE) else []
        return [
            (value, _count(con, select(con, others.having(facet, value), clock)))
            for value in before or people_list.CONTACT
        ]
    if facet == "wecom":
        return [
            (value, _count(con, select(con, others.having(facet, value), clock)))
            for value in people_list.WECOM
        ]
    like = "%" + typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    everybody = Select("SELECT id FROM person_shown", ())
    among = select(con, others, clock) if others.narrowed else everybody
    if facet in met.FACETS:
        return met.counts(con, among.sql, among.values, facet, view.event)
    if facet == "field" and people_list.sought(typed).ranges:
        value = f"{RANGE}{typed}"
        number = _count(con, select(con, others.having(facet, value), clock))
        return [(value, number)] if number else []
    if facet == "field":
        return fields.counts(con, among.sql, among.values, like, limit)
    if others.narrowed:
        wanted = select(con, others, clock)
        column = {"tag": "t.tag", "company": "p.company_key"}.get(facet, f"p.{facet}")
        join = " JOIN person_tag t ON t.person_id=f.id" if facet == "tag" else ""
        rows = con.execute(
            f"SELECT {column} AS value, count(*) FROM ({wanted.sql}) f"
            f" JOIN person p ON p.id=f.id{join} WHERE value<>'' AND value LIKE ? ESCAPE '\\'"
            " GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?",
            (*wanted.values, like, limit),
        )
        return [(row[0], row[1]) for row in rows]
    if facet in ("tag", "company"):
        table, column = ("person_tag", "tag") if facet == "tag" else ("person", "company_key")
        rows = con.execute(
            f"SELECT {column}, count(*) FROM {table} WHERE {column}<>''"
            f" AND {column} LIKE ? ESCAPE '\\' GROUP BY {column} ORDER BY 2 DESC, 1 LIMIT ?",
            (like, limit),
        )
        return [(row[0], row[1]) for row in rows]
    return _indexed_counts(con, _MARKS[facet], typed, limit)


def _indexed_counts(
    con: sqlite3.Connection, mark: str, typed: str, limit: int
) -> list[tuple[str, int]]:
    """Every value of a facet and its people, as the index itself knows them."""
    con.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.person_terms"
        " USING fts5vocab('main', 'person_fts', 'row')"
    )
    rows = con.execute(
        "SELECT term, doc FROM temp.person_terms WHERE term > ? AND term < ? ORDER BY doc DESC",
        (mark, chr(ord(mark) + 1)),
    )
    found: list[tuple[str, int]] = []
    for term, count in rows:
        value = bytes.fromhex(term[1:]).decode()
        if typed.casefold() in value.casefold():
            found.append((value, count))
            if len(found) == limit:
                break
    return found


def _count(con: sqlite3.Connection, wanted: Select) -> int:
    return int(con.execute(f"SELECT count(*) FROM ({wanted.sql})", wanted.values).fetchone()[0])


def company_label(con: sqlite3.Connection, key: str) -> str:
    """The name a company goes by: as most of its newest people wrote it."""
    row = con.execute(
        "SELECT company FROM (SELECT company FROM person WHERE company_key=? LIMIT 50)"
        " GROUP BY company ORDER BY count(*) DESC LIMIT 1",
        (key,),
    ).fetchone()
    return key if row is None else str(row[0])


def parent_key(con: sqlite3.Connection, key: str) -> str:
    """The key of the company this one was decided to be a branch of; '' for none."""
    row = con.execute(
        "SELECT to_key FROM company_link WHERE company_key=? AND relation='branch'", (key,)
    ).fetchone()
    return "" if row is None else str(row[0])
