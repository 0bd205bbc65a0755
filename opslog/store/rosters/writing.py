"""The statements of an import: look-ups by the set, rows by the batch, ids given beforehand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from opslog.domain.imports.row_reading import PERSON_FIELDS
from opslog.domain.rosters.rosters import COMING, FILE
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.card import search_text
from opslog.store.rosters.sections import Section, in_json

# Rows in one statement, where SQLite takes so many values. One statement a row would have the
# search index write itself out after each (it does at every savepoint): three times as long.
_AT_ONCE = 2_500

_PERSON_COLUMNS = ", ".join(PERSON_FIELDS)


class Someone:
    """A person as rows of an import meet them.

    ``said``: the values of ``PERSON_FIELDS``, as a row gave them or as they stand in the file;
    ``search`` what the index holds of somebody new, where that is known already. ``card_id`` is 0
    while the person is not on the roster. ``fresh``: not in the file yet, so that a fill is still
    part of the insert. ``aka``: names of rows that were merged into this person.
    """

    # What few people have stands here, so that to make one takes no longer than it must.
    attended: bool | None = None
    state = COMING
    minutes: int | None = None
    guests, guests_more = 0, False
    way = FILE
    filled: tuple[str, ...] = ()
    aka: tuple[str, ...] = ()
    _values: dict[str, object] | None = None

    def __init__(
        self, id: int, said: Sequence[object], search: str = "", *, fresh: bool = False
    ) -> None:
        self.id, self.name, self.card_id, self.signed_up_at = id, str(said[0]), 0, ""
        self.fresh, self._said, self._search = fresh, said, search

    @property
    def values(self) -> dict[str, object]:
        """By the names of ``PERSON_FIELDS``; made when asked for, as most people never change."""
        if self._values is None:
            self._values = dict(zip(PERSON_FIELDS, self._said, strict=True))
        return self._values

    def put(self, name: str, value: object) -> None:
        """Write a value where there was none, which the search text then has to say too."""
        self.values[name] = value
        self.filled += (name,)
        self._search = ""
        if name == "name":
            self.name = str(value)

    def columns(self) -> list[object]:
        """What a new person's row holds: the id, ``PERSON_FIELDS`` and the search text."""
        if self._values is None and self._search:
            return [self.id, *self._said, self._search]
        return [self.id, *self.values.values(), search_text(self.values)]

    def card(self) -> Card:
        """The card of this person on the roster, as it stands now."""
        return Card(
            self.card_id,
            self.id,
            self.signed_up_at or None,
            self.attended,
            self.minutes,
            self.state,
            self.guests,
            self.guests_more,
            self.way,
        )

    def fills(self) -> Fill:
        """What was filled since the last time."""
        signed_up_at = self.signed_up_at if "signed_up_at" in self.filled else ""
        said = dict(self.values) if set(self.filled) - {"signed_up_at"} else None
        return Fill(self.id, self.card_id, signed_up_at, said)


class Card(NamedTuple):
    """A card as it is written; see ``tables.Card``."""

    id: int
    person_id: int
    signed_up_at: str | None
    attended: bool | None
    minutes: int | None
    state: str
    guests: int
    guests_more: bool
    way: str


_OF_PLAIN, _PLAIN = (
    3,
    (None, None, COMING, 0, False, FILE),
)  # fields a card always has; what the others say else


class Fill(NamedTuple):
    """What a row filled: of the person (None: nothing), and when they signed up ('': nothing)."""

    person_id: int
    card_id: int
    signed_up_at: str
    values: dict[str, object] | None


def next_id(con: sqlite3.Connection, table: str) -> int:
    """The id the next row of a table gets; ids are never used twice."""
    row = con.execute("SELECT seq FROM sqlite_sequence WHERE name=?", (table,)).fetchone()
    return 1 if row is None else int(row[0]) + 1


def further_numbers(con: sqlite3.Connection) -> dict[str, list[int]]:
    """Who has a number or address besides the first one: few, so they are held whole."""
    found: dict[str, list[int]] = {}
    for row in con.execute("SELECT id, phones, emails FROM person WHERE phones<>'' OR emails<>''"):
        for number in (*row["phones"].split(), *row["emails"].split()):
            found.setdefault(number, []).append(row["id"])
    return found


def people_by(
    con: sqlite3.Connection,
    roster_id: int,
    phones: Iterable[str],
    emails: Iterable[str],
    ids: Iterable[int] = (),
) -> list[Someone]:
    """Everybody with one of these phones, e-mails or ids, with the card on this roster.

    A row that was merged stands for the person it went into. The answer is one value: of many
    rows each would have to wait for a thread that computes.
    """
    fields = ", ".join(f"p.{name}" for name in PERSON_FIELDS)
    (found,) = con.execute(
        f"SELECT json_group_array(json_array(p.id, json_array({fields}), c.id, c.signed_up_at,"
        " c.attended, c.minutes, c.state, c.guests, c.guests_more, c.way,"
        " (SELECT json_group_array(m.name)"
        "  FROM (SELECT name FROM person WHERE merged_into=p.id ORDER BY id) m)))"
        " FROM (SELECT * FROM person WHERE id IN"
        " (SELECT coalesce(merged_into, id) FROM person"
        f"   WHERE phone {IN_LIST}"
        "  UNION SELECT coalesce(merged_into, id) FROM person"
        f"   WHERE email {IN_LIST}"
        "  UNION SELECT coalesce(merged_into, id) FROM person"
        f"   WHERE id {IN_LIST}) ORDER BY id) p"
        " LEFT JOIN card c ON c.roster_id=? AND c.person_id=p.id",
        (
            listed(phones),
            listed(emails),
            listed(ids),
            roster_id,
        ),
    ).fetchone()
    people = []
    for id, said, card_id, signed_up_at, attended, minutes, state, *brings, aka in json.loads(
        found
    ):
        person = Someone(id, said)
        person.card_id, person.signed_up_at = card_id or 0, signed_up_at or ""
        person.attended = None if attended is None else bool(attended)
        person.minutes, person.state = minutes, state or COMING
        person.guests, person.guests_more = brings[0] or 0, bool(brings[1])
        person.way = brings[2] or FILE
        person.aka = tuple(aka)
        people.append(person)
    return people


def by_line(con: sqlite3.Connection, roster_id: int, lines: Iterable[int]) -> dict[int, list[int]]:
    """The people of a roster by the lines they came in on, of any of its files."""
    found: dict[int, list[int]] = {}
    for line, person_id in con.execute(
        "SELECT DISTINCT r.line, c.person_id FROM roster_row r JOIN card c ON c.id=r.card_id"
        f" WHERE r.roster_id=? AND r.line {IN_LIST}",
        (roster_id, listed(lines)),
    ):
        found.setdefault(line, []).append(person_id)
    return found


def on_list(con: sqlite3.Connection, roster_id: int) -> list[tuple[str, int, str]]:
    """Name, id and number of everybody on a roster who has a name."""
    return con.execute(
        "SELECT p.name, p.id, p.phone FROM card c JOIN person p ON p.id=c.person_id"
        " WHERE c.roster_id=? AND p.name<>'' ORDER BY c.id",
        (roster_id,),
    ).fetchall()


def by_name(
    con: sqlite3.Connection, names: Iterable[str], companies: Iterable[str]
) -> dict[str, list[int]]:
    """The people of these companies (folded, '' none known) who are called so, by name."""
    found: dict[str, list[int]] = {}
    for name, person_id in con.execute(
        f"SELECT name, id FROM person_shown WHERE company_key {IN_LIST} AND name {IN_LIST}"
        " ORDER BY id",
        (listed(companies), listed(names)),
    ):
        found.setdefault(name, []).append(person_id)
    return found


def held_cells(con: sqlite3.Connection, roster_id: int, kind: str) -> Iterator[tuple[int, str]]:
    """Every row the roster holds from files of this kind: its id, and the cells as they stand
    there."""
    for row in con.execute(
        "SELECT r.id, r.cells FROM roster_row r JOIN roster_file f ON f.id=r.file_id"
        " WHERE r.roster_id=? AND f.kind=?",
        (roster_id, kind),
    ):
        yield row[0], row[1]


def problem_lines(con: sqlite3.Connection, roster_id: int) -> frozenset[int]:
    """The lines of a roster that became nobody."""
    rows = con.execute(
        "SELECT line FROM roster_row WHERE roster_id=? AND result='problem'", (roster_id,)
    )
    return frozenset(row[0] for row in rows)


def put_roster(
    con: sqlite3.Connection, event_id: int, name: str, at: str, stop_id: int | None = None
) -> int:
    cursor = con.execute(
        "INSERT INTO roster(event_id, name, created_at, stop_id) VALUES (?,?,?,?)",
        (event_id, name, at, stop_id),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def put_people(con: sqlite3.Connection, people: Sequence[Sequence[object]], at: str) -> None:
    """People as ``Someone.columns`` gives them, all made at this instant."""
    _put(con, f"person(created_at, id, {_PERSON_COLUMNS}, search)", people, at)


def put_cards(con: sqlite3.Connection, roster_id: int, cards: Sequence[Card]) -> None:
    # Most lists say nothing of who came.
    width = _OF_PLAIN if all(card[_OF_PLAIN:] == _PLAIN for card in cards) else len(Card._fields)
    columns = ", ".join(Card._fields[:width])
    _put(con, f"card(roster_id, {columns})", [card[:width] for card in cards], roster_id)


def mark_cards(con: sqlite3.Connection, cards: Iterable[Card]) -> None:
    """Write who came, for how long, with whom, and who withdrew, on cards that are there."""
    con.executemany(
        "UPDATE card SET attended=?, minutes=?, state=?, guests=?, guests_more=?, way=? WHERE id=?",
        [(*one[3:], one.id) for one in cards],
    )


def lower_minimum(
    con: sqlite3.Connection, roster_id: int, minutes: int, rows: Iterable[tuple[int, str]]
) -> None:
    """The files with these rows (card id, cells) were read with a lower minimum once more."""
    con.executemany(
        "UPDATE roster_file SET min_minutes=?2 WHERE roster_id=?1 AND min_minutes > ?2"
        " AND id IN (SELECT file_id FROM roster_row WHERE card_id=?3 AND cells=?4)",
        [(roster_id, minutes, *row) for row in rows],
    )


def there_for_less(con: sqlite3.Connection, roster_id: int, minutes: int) -> dict[int, str]:
    """Who is marked as having come, and was there for fewer minutes: card, what to call them."""
    rows = con.execute(
        "SELECT c.id, coalesce(nullif(p.name, ''), nullif(p.company, ''), p.phone) FROM card c"
        " JOIN person p ON p.id=c.person_id"
        " WHERE c.roster_id=? AND c.attended=1 AND c.minutes < ? ORDER BY c.id",
        (roster_id, minutes),
    )
    return {row[0]: str(row[1]) for row in rows}


def unmark(con: sqlite3.Connection, roster_id: int, cards: Iterable[int], minutes: int) -> None:
    """Take the mark of having come off these cards; the files of the list count from ``minutes``
    on, so that a withdrawal of one of them marks nobody again."""
    con.execute(f"UPDATE card SET attended=NULL, came_at=NULL WHERE id {IN_LIST}", (listed(cards),))
    con.execute(
        "UPDATE roster_file SET min_minutes=?2 WHERE roster_id=?1 AND min_minutes < ?2",
        (roster_id, minutes),
    )


def put_stop(con: sqlite3.Connection, stop_id: int, cards: Iterable[int]) -> None:
    """These come to this stop of a road show."""
    con.execute(
        f"UPDATE card SET stop_id=? WHERE id {IN_LIST} AND stop_id IS NOT ?",
        (stop_id, listed(cards), stop_id),
    )


def put_arrivals(con: sqlite3.Connection, at: Mapping[int, str]) -> None:
    """When these came, by card: of those who did, the earliest moment that is known."""
    con.executemany(
        "UPDATE card SET came_at=?2 WHERE id=?1 AND attended=1"
        " AND (came_at IS NULL OR came_at > ?2)",
        at.items(),
    )


def put_rows(
    con: sqlite3.Connection,
    roster_id: int,
    file_id: int,
    rows: Sequence[tuple[int | None, int, str, str, str]],
) -> None:
    """Rows of (card id, line, cells, result, problems)."""
    _put(
        con,
        "roster_row(roster_id, file_id, card_id, line, cells, result, problems)",
        rows,
        *(roster_id, file_id),
    )


def fill_people(con: sqlite3.Connection, fills: Sequence[Fill]) -> None:
    """Write what was blank, and the search text that follows from it."""
    said = {one.person_id: one.values for one in fills if one.values is not None}
    tags: dict[int, list[str]] = {}
    for row in con.execute(
        f"SELECT person_id, tag FROM person_tag WHERE person_id {IN_LIST} ORDER BY id",
        (listed(said),),
    ):
        tags.setdefault(row["person_id"], []).append(row["tag"])
    rows = [
        (id, *values.values(), search_text(values, tags.get(id, ()))) for id, values in said.items()
    ]
    sets = ", ".join(
        f"{name}=json_extract(f.value, '$[{at}]')"
        for at, name in enumerate((*PERSON_FIELDS, "search"), 1)
    )
    con.execute(
        f"UPDATE person SET {sets} FROM json_each(?) f"
        " WHERE person.id=json_extract(f.value, '$[0]')",
        (json.dumps(rows, ensure_ascii=False),),
    )
    con.executemany(
        "UPDATE card SET signed_up_at=? WHERE id=?",
        [(one.signed_up_at, one.card_id) for one in fills if one.signed_up_at],
    )


def _put(
    con: sqlite3.Connection, into: str, rows: Sequence[Sequence[object]], *same: object
) -> None:
    """Insert rows, many a statement. ``same``: the first columns, which all rows share."""
    if not rows:
        return
    values = con.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) - len(same)
    at_once = max(1, min(_AT_ONCE, values // len(rows[0])))
    start = 0
    while start < len(rows):
        # The rest goes by powers of two: each length is a statement of its own, which stays
        # compiled with its values, and a hundred lengths would hold a hundred megabytes.
        left = len(rows) - start
        part = rows[start : start + (at_once if left >= at_once else 1 << left.bit_length() - 1)]
        start += len(part)
        holes = [f"?{number}" for number in range(1, len(same) + 1)] + ["?"] * len(part[0])
        row = f"({','.join(holes)})"
        con.execute(
            f"INSERT INTO {into} VALUES {','.join([row] * len(part))}",
            [*same, *chain.from_iterable(part)],
        )


def put_file(
    con: sqlite3.Connection, roster_id: int, read_as: Mapping[str, object], at: str
) -> int:
    """How a file is read (file, sheet, encoding, header_row, columns, mapping, kind, profile,
    min_minutes); its id.

    It goes in before its rows: with a reference left open, SQLite would look for the rows
    pointing at each person and card that is put in, and take hours.
    """
    cursor = con.execute(
        "INSERT INTO roster_file(roster_id, file, sheet, encoding, header_row, columns,"
        " mapping, read, new, updated, unchanged, duplicate, problem, imported_at, kind, profile,"
        " min_minutes) VALUES (?,?,?,?,?,?,?,0,0,0,0,0,0,?,?,?,?)",
        (
            roster_id,
            read_as["file"],
            read_as["sheet"],
            read_as["encoding"],
            read_as["header_row"],
            json.dumps(read_as["columns"], ensure_ascii=False),
            json.dumps(read_as["mapping"], ensure_ascii=False),
            at,
            read_as["kind"],
            read_as["profile"],
            read_as["min_minutes"],
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def put_sum(
    con: sqlite3.Connection, file_id: int, counts: Mapping[str, int], sections: Sequence[Section]
) -> None:
    """What became of the rows of a file (read, and the five classes), and the lists it held."""
    names = ("read", "new", "updated", "unchanged", "duplicate", "problem")
    con.execute(
        f"UPDATE roster_file SET {', '.join(name + '=?' for name in names)}, sections=? WHERE id=?",
        (*(counts[name] for name in names), in_json(sections), file_id),
    )


def people_of(con: sqlite3.Connection, file_id: int) -> Iterator[int]:
    """The people a file names; asked when they are asked for."""
    sql = "SELECT DISTINCT person_id FROM roster_row r JOIN card c ON c.id=r.card_id"
    for row in con.execute(f"{sql} WHERE r.file_id=?", (file_id,)):
        yield row[0]
