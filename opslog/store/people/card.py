"""People: reading them, their time line, and the few statements that change them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import SCOPES, Barred, Person
from opslog.domain.people.naming import pinyin
from opslog.domain.people.naming.names import company_key
from opslog.store.db import search
from opslog.store.people import fields, suppressed

_COLUMNS = (
    "id, name, company, company_key, title, phone, phones, email, emails, city, city_guess,"
    " industry, wecom, note, created_at, last_contact_at, merged_into, erased_at"
)
SEARCHED = ("name", "company", "title", "email", "emails", "city", "industry", "note")
_MOST_KEPT = 20_000
MOST_VARIABLES = 500  # ids in one statement; old SQLite takes 999


class _Kept(dict[str, str]):
    """Index text by the value it is made of, which comes again and again in a list."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[text] = self._make(text)
        return made


_words = _Kept(search.index_text)
_names, _names_spelt = _Kept(search.spaced), _Kept(pinyin.name_words)
_company_words = _Kept(
    lambda text: f"{search.index_text(text)} {pinyin.company_words(company_key(text))}".rstrip()
)


def search_text(person: Mapping[str, object], tags: Iterable[str] = ()) -> str:
    """What the full-text index holds of a person: words, tags, name and company in pinyin.

    Numbers have an index of their own. ``person`` needs a name; other fields may be left out.
    """
    said = [str(person.get(name, "")) for name in SEARCHED]
    return " ".join([search_words(*said), *map(search.index_text, tags)])


def search_words(
    name: str,
    company: str,
    title: str,
    email: str,
    emails: str,
    city: str,
    industry: str,
    note: str,
) -> str:
    """What ``person.search`` says of somebody without tags; the arguments are ``SEARCHED``."""
    words = _words
    return (
        f"{_names[name]} {_company_words[company]} {words[title]} {email} {emails} "
        f"{words[city]} {words[industry]} {words[note]} {_names_spelt[name]}"
    )


def get(con: sqlite3.Connection, person_id: int) -> Person | None:
    found = many(con, [person_id])
    return found[0] if found else None


_BARRED = " OR ".join(suppressed.barred("person", scope) for scope in SCOPES)


def many(con: sqlite3.Connection, ids: Sequence[int]) -> list[Person]:
    """The people of these ids, in their order; ids that are gone are left out."""
    rows: dict[int, sqlite3.Row] = {}
    tags: dict[int, list[str]] = {}
    own: dict[int, dict[str, str]] = {}
    bars: dict[int, tuple[Barred, ...]] = {}
    for start in range(0, len(ids), MOST_VARIABLES):
        part = list(ids[start : start + MOST_VARIABLES])
        holes = ",".join("?" * len(part))
        for row in con.execute(
            f"SELECT {_COLUMNS}, {_BARRED} AS barred FROM person WHERE id IN ({holes})",
            part,
        ):
            rows[row["id"]] = row
            if row["barred"]:
                bars[row["id"]] = suppressed.bars(con, row["id"])
        for row in con.execute(
            f"SELECT person_id, tag FROM person_tag WHERE person_id IN ({holes}) ORDER BY id", part
        ):
            tags.setdefault(row["person_id"], []).append(row["tag"])
        own |= fields.of_people(con, part)
    return [
        _person(rows[id], tags.get(id, ()), bars.get(id, ()), own.get(id, {}))
        for id in ids
        if id in rows
    ]


def _person(
    row: sqlite3.Row, tags: Iterable[str], bars: tuple[Barred, ...], own: Mapping[str, str]
) -> Person:
    wecom = row["wecom"]
    return Person(
        id=row["id"],
        name=row["name"],
        company=row["company"],
        company_key=row["company_key"],
        title=row["title"],
        phone=row["phone"],
        email=row["email"],
        city=row["city"],
        industry=row["industry"],
        wecom=None if wecom is None else bool(wecom),
        note=row["note"],
        created_at=instant_of(row["created_at"]),
        tags=tuple(tags),
        phones=tuple(row["phones"].split()),
        emails=tuple(row["emails"].split()),
        city_guess=row["city_guess"],
        last_contact_at=instant_of(row["last_contact_at"]) if row["last_contact_at"] else None,
        merged_into=row["merged_into"],
        erased=row["erased_at"] is not None,
        fields=own,
        bars=bars,
    )


def living(con: sqlite3.Connection, person_id: int) -> int:
    """The row that a merged one is part of; the row itself where it is not merged."""
    row = con.execute(
        "WITH RECURSIVE kept(id, next) AS (SELECT id, merged_into FROM person WHERE id=?"
        " UNION SELECT p.id, p.merged_into FROM kept JOIN person p ON p.id=kept.next)"
        " SELECT id FROM kept WHERE next IS NULL",
        (person_id,),
    ).fetchone()
    return person_id if row is None else int(row[0])


def note_contact(con: sqlite3.Connection, person_id: int, at: str) -> None:
    """A person was reached, or tried, at this instant."""
    con.execute(
        "UPDATE person SET last_contact_at=?"
        " WHERE id=? AND (last_contact_at IS NULL OR last_contact_at < ?)",
        (at, person_id, at),
    )


def insert(con: sqlite3.Connection, values: Mapping[str, object]) -> int:
    """Put a person in, whose index is still to be written; the id."""
    columns, holes = ", ".join(values), ", ".join("?" * len(values))
    cursor = con.execute(f"INSERT INTO person({columns}) VALUES ({holes})", (*values.values(),))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(con: sqlite3.Connection, person_id: int, values: Mapping[str, object]) -> None:
    """Set columns of a person."""
    sets = ", ".join(f"{name}=?" for name in values)
    con.execute(f"UPDATE person SET {sets} WHERE id=?", (*values.values(), person_id))


def note_typed(con: sqlite3.Connection, person_id: int, names: Iterable[str]) -> None:
    """These columns hold what the operator typed, which no list renews."""
    con.executemany(
        'INSERT INTO source(person_id, "column") VALUES (?1, ?2)'
        ' ON CONFLICT(person_id, "column") DO UPDATE SET file_id=NULL',
        [(person_id, name) for name in names],
    )


def put_tag(con: sqlite3.Connection, person_id: int, tag: str) -> None:
    con.execute(
        "INSERT INTO person_tag(person_id, tag) SELECT ?, ?"
        " WHERE NOT EXISTS (SELECT 1 FROM person_tag WHERE person_id=? AND tag=?)",
        (person_id, tag, person_id, tag),
    )


def drop_tag(con: sqlite3.Connection, person_id: int, tag: str) -> None:
    con.execute("DELETE FROM person_tag WHERE person_id=? AND tag=?", (person_id, tag))


def reindex(con: sqlite3.Connection, person_ids: Sequence[int]) -> None:
    """Write what the full-text index holds of these people anew, after a change of theirs."""
    for person in many(con, person_ids):
        fields = {name: getattr(person, name) for name in SEARCHED}
        fields["emails"] = " ".join(person.emails)
        text = search_text(fields, person.tags)
        con.execute("UPDATE person SET search=? WHERE id=? AND search<>?", (text, person.id, text))


def known_tags(con: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Tags of people that begin so, the most used first."""
    rows = con.execute(
        "SELECT tag FROM person_tag WHERE tag >= ? AND tag < ?"
        " GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ?",
        (prefix, prefix + "\U0010ffff", limit),
    )
    return [row[0] for row in rows]
