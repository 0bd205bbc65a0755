"""An import taken back long after: what it brought goes, what was worked on since stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.imports.row_reading import PERSON_FIELDS
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people import fields
from opslog.store.rosters.withdrawal.held import hand_on
from opslog.store.rosters.withdrawal.since import edited, find_taken, later, made, rests, since

_CARD = (
    *("signed_up_at", "attended", "state", "minutes", "guests", "guests_more", "way"),
    *("channel_id", "came_at", "stop_id"),
)
_REQUEST = (
    "asked_on",
    "who",
    "shown",
    "verdict",
    "reason",
    "medium",
    "watermark",
    "address",
    "use",
)
_OF_CARD = ("decision", "touch", "material_request", "handover")
_OF_PERSON = (
    *("person_tag", "follow_up", "log_person", "touch", "handover"),
    *("enrolment", "not_now", "answer", "source", "field_value"),
)
_IDLE = "(SELECT id FROM temp.named WHERE id NOT IN (SELECT person_id FROM temp.worked))"

# Whether a tag is that of an event whose list they are on.
_OF_EVENT = (
    "EXISTS (SELECT 1 FROM card c JOIN signup s ON s.id=c.roster_id JOIN event e ON e.id=s.event_id"
    " WHERE c.person_id=person_tag.person_id AND trim(e.tag)=person_tag.tag)"
)


def change_of(con: sqlite3.Connection, file_id: int) -> int:
    """The change that brought a file in; 0 where the journal no longer knows."""
    row = con.execute(
        "SELECT change_id FROM change_range WHERE tbl='roster_file' AND ?1 BETWEEN low AND high"
        " UNION SELECT change_id FROM change_row WHERE tbl='roster_file' AND row_id=?1 AND op='I'"
        " LIMIT 1",
        (file_id,),
    ).fetchone()
    return 0 if row is None else int(row[0])


class File(NamedTuple):
    """A file of a list, and the event it is of."""

    file: str
    withdrawn: bool
    event_id: int
    event: str
    roster_id: int


def file(con: sqlite3.Connection, file_id: int) -> File | None:
    """None where there is no such file."""
    row = con.execute(
        "SELECT f.file, f.withdrawn_at, e.id, e.name, f.roster_id FROM roster_file f"
        " JOIN roster r ON r.id=f.roster_id JOIN event e ON e.id=r.event_id WHERE f.id=?",
        (file_id,),
    ).fetchone()
    return None if row is None else File(row[0], bool(row[1]), *row[2:])


def put_withdrawn(con: sqlite3.Connection, file_id: int, at: datetime) -> None:
    con.execute("UPDATE roster_file SET withdrawn_at=? WHERE id=?", (instant_text(at), file_id))


class Value(NamedTuple):
    """What a field of the operator's own is called, of whom, and whose: an id, or a company."""

    of: str
    name: str
    whose: int | str


class Staying(NamedTuple):
    """Whom a file named that is taken back, who stay, and on whom nobody worked since.

    ``left``: whom lists that were withdrawn brought, and who stay by other rows: person -> (card,
    whether they brought that too). ``filled``: whom they did not bring, and of whom the file filled
    something; ``cards``: those of which it did. ``values``: the fields it leaves without one;
    ``tags``: what it took off whom.
    """

    people: list[int]
    left: dict[int, list[tuple[int, bool]]]
    filled: list[int]
    cards: list[int]
    values: frozenset[Value]
    tags: frozenset[tuple[int, str]]


class TakenBack(NamedTuple):
    """Rows gone, rows kept, people gone; people whom nothing tells of any more as added on WeCom,
    who leave a programme that they were in for it alone; numbers and addresses that it barred and
    that stay barred; whose tags it took along."""

    rows: int
    kept: int
    people: int
    added: int
    left_programmes: int
    barred: int
    untagged: list[int]


class Withdrawing:
    """One file as it is taken back, inside the change in hand and after ``put_withdrawn``: what it
    brought goes (``take_back``), lists that came after it say once more what they say of the same
    people, and what hung on this one alone goes at last (``finish``).

    Worked on since, and so kept: a card with a later verdict, call, request of materials or edit,
    a person edited, tagged, handed over, in a programme or named in a line since, a row that was
    mended.
    """

    def __init__(self, con: sqlite3.Connection, file_id: int) -> None:
        self._con, self._file = con, file_id
        change_id = change_of(con, file_id)
        self._of = {"file": file_id, "change": change_id}
        find_taken(con, change_id)
        con.execute("CREATE TEMP TABLE named(id INTEGER PRIMARY KEY)")
        con.execute(
            "INSERT INTO temp.named SELECT DISTINCT c.person_id FROM roster_row r"
            " JOIN card c ON c.id=r.card_id WHERE r.file_id=:file",
            self._of,
        )
        self._before = _rows(con, file_id)

    def programmes(self) -> list[str]:
        """Those that people whom it named are in by a rule."""
        rows = self._con.execute(
            "SELECT DISTINCT programme FROM enrolment WHERE entered_by='rule'"
            " AND person_id IN (SELECT id FROM temp.named)"
        )
        return [row[0] for row in rows]

    def take_back(self, accepting: Iterable[str]) -> Staying:
        """Delete what the file brought. ``accepting``: the programmes that somebody enters for
        having accepted on WeCom."""
        con, of = self._con, self._of
        _find_hung(con, accepting)
        _find_worked_on(con, of)
        hand_on(con, self._file)
        con.execute(
            "DELETE FROM roster_row WHERE file_id=:file AND mended=''"
            " AND (card_id IS NULL OR card_id NOT IN (SELECT id FROM temp.worked))",
            of,
        )
        con.execute(
            f"DELETE FROM decision WHERE {made('decision')} AND NOT {rests('decision')}"
            f" AND card_id IN (SELECT id FROM card WHERE person_id IN {_IDLE})"
            " AND card_id NOT IN (SELECT id FROM temp.worked)",
        )
        con.execute(
            f"DELETE FROM material_request WHERE {made('material_request')}"
            f" AND card_id IN (SELECT id FROM card WHERE person_id IN {_IDLE})",
        )
        con.execute("CREATE TEMP TABLE accepted(id INTEGER PRIMARY KEY)")
        con.execute(
            "INSERT OR IGNORE INTO temp.accepted SELECT person_id FROM touch"
            f" WHERE {made('touch')} AND person_id IN {_IDLE}"
        )
        con.execute(f"DELETE FROM touch WHERE {made('touch')} AND person_id IN {_IDLE}")
        con.execute(
            f"DELETE FROM card WHERE {made('card')} AND person_id IN {_IDLE}"
            " AND NOT EXISTS (SELECT 1 FROM roster_row r WHERE r.card_id=card.id)"
            + "".join(
                f" AND NOT EXISTS (SELECT 1 FROM {t} WHERE card_id=card.id)" for t in _OF_CARD
            )
        )
        _restore(con, of, "card", _CARD, f"person_id IN {_IDLE}")
        _restore(con, of, "person", PERSON_FIELDS, f"id IN {_IDLE}")
        of_card = f"card_id IN (SELECT id FROM card WHERE person_id IN {_IDLE})"
        _restore(con, of, "material_request", _REQUEST, of_card)
        self._values = fields.take_back(con, self._file, of["change"], _IDLE)
        con.execute(f"DELETE FROM past_contact WHERE file_id=:file AND person_id IN {_IDLE}", of)
        self._tags = self._untag(f"NOT {_OF_EVENT}")
        return self._staying()

    def _staying(self) -> Staying:
        con, of = self._con, self._of
        people = con.execute(f"SELECT id FROM person WHERE id IN {_IDLE} ORDER BY id").fetchall()
        left: dict[int, list[tuple[int, bool]]] = {}
        cards: list[int] = []
        for row in con.execute(
            f"SELECT c.person_id, c.id, {made('card', 'c.id')} AS made,"
            f" {made('person', 'c.person_id')} AS brought, EXISTS (SELECT 1 FROM change_row x"
            "  WHERE x.change_id=:change AND x.tbl='card' AND x.row_id=c.id) AS altered"
            f" FROM card c WHERE c.person_id IN {_IDLE}"
            f" AND NOT {edited('person', 'c.person_id')} AND NOT {edited('card', 'c.id')}"
            " ORDER BY c.id",
            of,
        ):
            if row["brought"]:
                left.setdefault(row["person_id"], []).append((row["id"], bool(row["made"])))
            elif row["altered"]:
                cards.append(row["id"])
        filled = con.execute(
            f"SELECT p.id FROM person p WHERE p.id IN {_IDLE} AND NOT {made('person', 'p.id')}"
            f" AND NOT {edited('person', 'p.id')} AND EXISTS (SELECT 1 FROM change_row x"
            "  WHERE x.change_id=:change AND x.tbl='person' AND x.row_id=p.id) ORDER BY p.id",
            of,
        ).fetchall()
        values = frozenset(Value(*one[1:]) for one in self._values)
        tags = frozenset(self._tags)
        return Staying(
            [row[0] for row in people], left, [row[0] for row in filled], cards, values, tags
        )

    def finish(self) -> TakenBack:
        """What hung on the file alone goes, now that later lists have said what they say."""
        con, of = self._con, self._of
        untold = (
            "person_id IN (SELECT id FROM temp.accepted) AND person_id NOT IN"
            " (SELECT person_id FROM touch WHERE outcome='accepted')"
        )
        programmes = con.execute(
            f"DELETE FROM enrolment WHERE id IN (SELECT id FROM temp.hung) AND {untold}"
        ).rowcount
        added = con.execute(
            "SELECT count(*) FROM temp.accepted WHERE id NOT IN"
            " (SELECT person_id FROM touch WHERE outcome='accepted')"
        ).fetchone()[0]
        fields.drop_unused(con, {one[0] for one in self._values})
        con.execute(  # made for the file alone
            f"DELETE FROM channel WHERE {made('channel')} AND NOT {edited('channel')}"
            " AND NOT EXISTS (SELECT 1 FROM card c WHERE c.channel_id=channel.id)",
            of,
        )
        con.execute(
            f"DELETE FROM round WHERE {made('round')} AND NOT {edited('round')}"
            " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.round_id=round.id)",
            of,
        )
        coming = f"{_OF_EVENT[:-1]} AND c.state IN ('coming', 'unknown'))"
        self._tags += self._untag(f"{_OF_EVENT} AND NOT {coming}")
        people = self._delete_people()
        barred = con.execute(
            "SELECT count(DISTINCT value) FROM suppressed"
            f" WHERE {made('suppressed', by=':change')} AND kind<>'person'"
            f" AND NOT {rests('suppressed')}",
            of,
        ).fetchone()[0]
        for table in ("worked", "named", "taken", "hung", "accepted"):
            con.execute(f"DROP TABLE temp.{table}")
        kept = _rows(con, self._file)
        tagged = sorted({person_id for person_id, _tag in self._tags})
        return TakenBack(self._before - kept, kept, people, added, programmes, barred, tagged)

    def _untag(self, which: str) -> list[tuple[int, str]]:
        """Take off tags that it put on people, those ``which``; what of whom."""
        tags = (
            f"FROM person_tag WHERE {made('person_tag')} AND person_id IN {_IDLE}"
            f" AND NOT {rests('person_tag')} AND {which}"
        )
        rows = self._con.execute(f"SELECT person_id, tag {tags}").fetchall()
        self._con.execute(f"DELETE {tags}")
        return [(row[0], row[1]) for row in rows]

    def _delete_people(self) -> int:
        """People it brought, who are on no list now and whom nothing else names."""
        con = self._con
        named = ("card", "past_contact", *_OF_PERSON)
        gone = (
            f"SELECT id FROM person p WHERE {made('person', 'p.id')} AND p.id IN {_IDLE}"
            f" AND NOT {edited('person', 'p.id')}"
            + "".join(f" AND NOT EXISTS (SELECT 1 FROM {t} WHERE person_id=p.id)" for t in named)
            + " AND NOT EXISTS (SELECT 1 FROM person WHERE merged_into=p.id)"
        )
        con.execute("CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)")
        con.execute(f"INSERT INTO temp.gone {gone}", self._of)
        con.execute(
            "DELETE FROM pair WHERE kind='person' AND (CAST(one AS INTEGER) IN (SELECT id FROM"
            " temp.gone) OR CAST(other AS INTEGER) IN (SELECT id FROM temp.gone))"
        )
        con.execute(
            "DELETE FROM suppressed WHERE kind='person'"
            " AND CAST(value AS INTEGER) IN (SELECT id FROM temp.gone)"
        )
        number = con.execute("DELETE FROM person WHERE id IN (SELECT id FROM temp.gone)").rowcount
        con.execute("DROP TABLE temp.gone")
        return number


def _find_hung(con: sqlite3.Connection, accepting: Iterable[str]) -> None:
    """``temp.hung``: of who entered a programme for having accepted, as the file told it, and got
    nothing yet, and nobody altered anything of that since."""
    con.execute("CREATE TEMP TABLE hung(id INTEGER PRIMARY KEY)")
    con.execute(
        "INSERT INTO temp.hung SELECT e.id FROM enrolment e WHERE e.entered_by='rule'"
        f" AND e.programme {IN_LIST.replace('?', ':codes')} AND e.state='active'"
        " AND e.from_roster_id IS NULL AND e.person_id IN (SELECT id FROM temp.named)"
        " AND NOT EXISTS (SELECT 1 FROM sending s WHERE s.enrolment_id=e.id)"
        " AND NOT EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        "  WHERE y.tbl='enrolment' AND y.row_id=e.id AND y.op='U' AND k.state='done')"
        " AND EXISTS (SELECT 1 FROM touch t WHERE t.person_id=e.person_id"
        "  AND t.outcome='accepted' AND t.event_id IS e.from_event_id"
        f"  AND {made('touch', 't.id')})",
        {"codes": listed(accepting)},
    )


def _find_worked_on(con: sqlite3.Connection, of: dict[str, int]) -> None:
    """``temp.worked``: cards of people it named that somebody worked on since."""
    con.execute("CREATE TEMP TABLE worked(id INTEGER PRIMARY KEY, person_id INTEGER)")
    only = {
        "field_value": " AND n.source='operator'",
        "enrolment": " AND n.id NOT IN (SELECT id FROM temp.hung)",
    }
    whose = [(table, "card_id=c.id") for table in _OF_CARD]
    whose += [(table, "person_id=c.person_id") for table in _OF_PERSON]
    said = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} n WHERE n.{one}{only.get(table, '')}"
        f" AND {since(table, 'n.id')})"
        for table, one in whose
    )
    con.execute(
        "INSERT INTO temp.worked SELECT c.id, c.person_id FROM card c WHERE ("
        " c.id IN (SELECT card_id FROM roster_row WHERE file_id=:file)"
        f" AND ({said}"
        # Entered by hand besides, or replaced by somebody at the door.
        " OR EXISTS (SELECT 1 FROM card h WHERE h.person_id=c.person_id AND h.way<>'file'"
        "  AND NOT (h.way='door' AND EXISTS (SELECT 1 FROM roster_row w WHERE w.card_id=h.id)))"
        " OR EXISTS (SELECT 1 FROM card s WHERE s.instead_of=c.id)"
        f" OR {edited('card', 'c.id')} OR {edited('person', 'c.person_id')}))",
        of,
    )


def _restore(
    con: sqlite3.Connection, of: dict[str, int], table: str, names: tuple[str, ...], idle: str
) -> None:
    """What the import filled on rows that were there before it, blank again, but what another list
    has altered since. ``idle``: which of them nobody worked on since."""
    sets = ", ".join(
        f"{name}=CASE WHEN {table}.{name} IS json_extract(coalesce(r.after,"
        f" json_object('{name}', {table}.{name})), '$.{name}')"
        f" THEN json_extract(r.image, '$.{name}') ELSE {table}.{name} END"
        for name in names
    )
    after = later(table, "b.row_id")
    con.execute(
        f"UPDATE {table} SET {sets} FROM (SELECT b.row_id, b.image, {after} AS after"
        f" FROM change_row b WHERE b.change_id=:change AND b.tbl='{table}' AND b.op='U') r"
        f" WHERE r.row_id={table}.id"
        f" AND NOT {made(table)} AND NOT {edited(table)}"
        f" AND {table}.{idle}",
        of,
    )


def _rows(con: sqlite3.Connection, file_id: int) -> int:
    row = con.execute(
        "SELECT count(*) FROM roster_row WHERE file_id=? AND result<>'also'", (file_id,)
    ).fetchone()
    return int(row[0])
