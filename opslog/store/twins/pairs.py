"""Pairs that may be one: found by keys they have in common, kept with what was decided.

Nobody is compared with everybody. Each person and company has a few keys (domain.likeness), and
only those who share one that few have are compared; so a list of a thousand costs the same in a
book of a thousand as in one of a million.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from opslog.domain.base import damaged
from opslog.domain.people import phones
from opslog.domain.twins.likeness import Sketch
from opslog.domain.twins.pairs import COMPANY, LATER, OPEN, PERSON, Pair
from opslog.store.db.listed import IN_LIST, listed

# More people than this with one key, and the key says nothing about any two of them.
MOST_IN_BLOCK = 40
_SPELLINGS_READ = 200  # people of a company whose spelling of its name is looked at
# Both are there still, each for themselves.
_LIVE = (
    " AND (p.kind='company' OR (EXISTS (SELECT 1 FROM person_shown x"
    " WHERE x.id=CAST(p.one AS INTEGER)) AND EXISTS (SELECT 1 FROM person_shown y"
    " WHERE y.id=CAST(p.other AS INTEGER))))"
    " AND (p.kind='person' OR (EXISTS (SELECT 1 FROM person x WHERE x.company_key=p.one)"
    " AND EXISTS (SELECT 1 FROM person y WHERE y.company_key=p.other)))"
)


# -- whom to look at --------------------------------------------------------------


def new_ids(con: sqlite3.Connection, after: int, limit: int) -> list[int]:
    """The next people by number."""
    rows = con.execute("SELECT id FROM person WHERE id>? ORDER BY id LIMIT ?", (after, limit))
    return [row[0] for row in rows]


def left(con: sqlite3.Connection, after: int) -> int:
    return int(con.execute("SELECT count(*) FROM person WHERE id>?", (after,)).fetchone()[0])


def changed_ids(con: sqlite3.Connection, since: int, upto: int) -> list[int]:
    """People numbered up to ``upto`` that changes after ``since`` touched."""
    rows = con.execute(
        "SELECT DISTINCT row_id FROM change_row WHERE change_id>? AND tbl='person' AND row_id<=?",
        (since, upto),
    )
    return [row[0] for row in rows]


def sketches(con: sqlite3.Connection, ids: Iterable[int]) -> list[Sketch]:
    """Those of these people who stand for themselves, as far as likeness goes."""
    ids = list(ids)
    local = _local_numbers(con, ids)
    rows = con.execute(
        "SELECT id, name, company, company_key, title, phone, email, phones, emails"
        f" FROM person_shown WHERE id {IN_LIST} ORDER BY id",
        (listed(ids),),
    )
    return [
        Sketch(
            row["id"],
            row["name"],
            row["company"],
            row["company_key"],
            row["title"],
            all_of(row["phone"], row["phones"]),
            all_of(row["email"], row["emails"]),
            local.get(row["id"], ()),
        )
        for row in rows
    ]


def _local_numbers(con: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """By person, the landlines that lists gave without an area code: no number to call, but some
    evidence of who it is. They stand in the rows alone."""
    found: dict[int, tuple[str, ...]] = {}
    for row in con.execute(
        "SELECT c.person_id, r.cells FROM card c JOIN roster_row r ON r.card_id=c.id"
        f" WHERE c.person_id {IN_LIST} AND r.problems LIKE '%phone_no_area_code%' AND r.mended=''",
        (listed(ids),),
    ):
        numbers = filter(None, map(phones.local_digits, damaged.listed(row["cells"])))
        found[row[0]] = tuple(dict.fromkeys([*found.get(row[0], ()), *numbers]))
    return found


def all_of(main: str, further: str) -> tuple[str, ...]:
    """A person's numbers or addresses, the main one first."""
    return tuple(dict.fromkeys([*([main] if main else []), *further.split()]))


# -- keys ---------------------------------------------------------------------------


def put_keys(con: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Rows of (key, ref); in their order, since a tree is filled faster from left to right."""
    con.executemany(
        "INSERT INTO likeness(key, ref) VALUES (?,?) ON CONFLICT DO NOTHING", sorted(rows)
    )


def blocks(con: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[str]]:
    """Who has these keys, by key; of those that many have, an empty list."""
    wanted = json.dumps(list(keys))
    found: dict[int, list[str]] = {}
    few: list[int] = []
    for row in con.execute(
        "SELECT key, count(*) AS n FROM likeness"
        f" WHERE key {IN_LIST} GROUP BY key HAVING count(*) > 1",
        (wanted,),
    ):
        found[row["key"]] = []
        if row["n"] <= MOST_IN_BLOCK:
            few.append(row["key"])
    for row in con.execute(
        f"SELECT key, ref FROM likeness WHERE key {IN_LIST}",
        (listed(few),),
    ):
        found[row["key"]].append(row["ref"])
    return found


# -- companies ------------------------------------------------------------------------


def known_keys(con: sqlite3.Connection, markers: Mapping[int, str]) -> set[str]:
    """Those of the company keys that have been looked at before, by their marker."""
    rows = con.execute(
        f"SELECT ref FROM likeness WHERE key {IN_LIST}",
        (listed(markers),),
    )
    return {row[0] for row in rows}


def fullest(con: sqlite3.Connection, company_keys: Iterable[str]) -> dict[str, str]:
    """The fullest way people write each company's name; '' where nobody is there any more."""
    rows = con.execute(
        "SELECT value, (SELECT company FROM"
        "  (SELECT company FROM person WHERE company_key=value LIMIT ?)"
        "  ORDER BY length(company) DESC, company LIMIT 1) FROM json_each(?)",
        (_SPELLINGS_READ, listed(company_keys)),
    )
    return {row[0]: row[1] or "" for row in rows}


def spelling(con: sqlite3.Connection, company_key: str) -> str:
    """The fullest way people write one company's name."""
    return fullest(con, [company_key])[company_key]


def spellings(con: sqlite3.Connection, company_key: str) -> list[tuple[str, int]]:
    """How people write a company's name, each with their number, the commonest first."""
    rows = con.execute(
        "SELECT company, count(*) AS n FROM person_shown WHERE company_key=?"
        " GROUP BY company ORDER BY n DESC, company",
        (company_key,),
    )
    return [(row["company"], row["n"]) for row in rows]


def some_people(con: sqlite3.Connection, company_key: str, limit: int) -> list[sqlite3.Row]:
    return con.execute(
        "SELECT id, name, city FROM person_shown WHERE company_key=? ORDER BY id DESC LIMIT ?",
        (company_key, limit),
    ).fetchall()


def folded(con: sqlite3.Connection, company_keys: Iterable[str]) -> dict[str, str]:
    """What company keys were decided to mean; those nothing was decided about are left out."""
    rows = con.execute(
        "SELECT company_key, to_key FROM company_link WHERE relation='same'"
        f" AND company_key {IN_LIST}",
        (listed(company_keys),),
    )
    return {row["company_key"]: row["to_key"] for row in rows}


def put_link(con: sqlite3.Connection, company_key: str, to_key: str, relation: str) -> None:
    """Remember what a company key means. What led to it leads on to ``to_key``."""
    con.execute(
        "DELETE FROM company_link WHERE company_key=?1 OR (company_key=?2 AND to_key=?1)",
        (company_key, to_key),
    )
    con.execute(
        "INSERT INTO company_link(company_key, to_key, relation) VALUES (?,?,?)",
        (company_key, to_key, relation),
    )
    if relation == "same":
        con.execute(
            "UPDATE company_link SET to_key=? WHERE to_key=? AND company_key<>?",
            (to_key, company_key, to_key),
        )


def parent(con: sqlite3.Connection, company_key: str) -> str:
    """The company a branch belongs to, by its key; '' where it is no branch."""
    row = con.execute(
        "SELECT to_key FROM company_link WHERE company_key=? AND relation='branch'",
        (company_key,),
    ).fetchone()
    return "" if row is None else str(row[0])


def fold_company(con: sqlite3.Connection, company_key: str, to_key: str) -> int:
    """Everybody of one company becomes one of the other; their number."""
    return con.execute(
        "UPDATE person SET company_key=? WHERE company_key=?", (to_key, company_key)
    ).rowcount


# -- pairs ------------------------------------------------------------------------------


def put_pairs(
    con: sqlite3.Connection,
    kind: str,
    found: Iterable[tuple[str, str, int, tuple[str, ...]]],
    at: str,
) -> int:
    """Pairs of (one, other, score, reasons); those that were decided stay as they are.

    How many are new.
    """
    before = con.total_changes
    rows = [
        (kind, one, other, score, json.dumps(reasons), at) for one, other, score, reasons in found
    ]
    con.executemany(
        "INSERT INTO pair(kind, one, other, score, reasons, created_at) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT(kind, one, other) DO NOTHING",
        rows,
    )
    made = con.total_changes - before
    con.executemany(
        "UPDATE pair SET score=?4, reasons=?5 WHERE kind=?1 AND one=?2 AND other=?3"
        " AND verdict IN ('open', 'later') AND (score<>?4 OR reasons<>?5)",
        [row[:5] for row in rows],
    )
    return made


def waiting_with(con: sqlite3.Connection, ids: Iterable[int]) -> set[tuple[int, int]]:
    """The undecided pairs of people that name one of these."""
    wanted = set(ids)
    rows = con.execute(
        "SELECT one, other FROM pair WHERE kind='person' AND verdict IN ('open', 'later')"
    )
    pairs = {(int(row["one"]), int(row["other"])) for row in rows}
    return {pair for pair in pairs if pair[0] in wanted or pair[1] in wanted}


def forget(con: sqlite3.Connection, gone: Iterable[tuple[int, int]]) -> None:
    """Undecided pairs that are not alike any more ask nothing; they are found again if they are."""
    con.executemany(
        "UPDATE pair SET score=0 WHERE kind='person' AND one=? AND other=?"
        " AND verdict IN ('open', 'later')",
        [(str(one), str(other)) for one, other in gone],
    )


def waiting(con: sqlite3.Connection, kind: str) -> list[Pair]:
    """The pairs to be decided, the likeliest first; those put off come last."""
    rows = con.execute(
        "SELECT p.* FROM pair p WHERE p.kind=? AND p.verdict IN ('open', 'later') AND p.score>0"
        f"{_LIVE} ORDER BY p.verdict='later', p.score DESC, p.id",
        (kind,),
    )
    return [_pair(row) for row in rows]


def counts(con: sqlite3.Connection) -> dict[str, int]:
    """How many pairs wait, by kind, without those put off."""
    rows = con.execute(
        "SELECT p.kind, count(*) AS n FROM pair p WHERE p.kind IN (?, ?) AND p.verdict=?"
        f" AND p.score>0{_LIVE} GROUP BY p.kind",
        (PERSON, COMPANY, OPEN),
    )
    return {PERSON: 0, COMPANY: 0} | {row["kind"]: row["n"] for row in rows}


def get(con: sqlite3.Connection, pair_id: int) -> Pair | None:
    row = con.execute("SELECT * FROM pair WHERE id=?", (pair_id,)).fetchone()
    return None if row is None else _pair(row)


def find(con: sqlite3.Connection, kind: str, one: str, other: str) -> Pair | None:
    row = con.execute(
        "SELECT * FROM pair WHERE kind=? AND one=? AND other=?", (kind, one, other)
    ).fetchone()
    return None if row is None else _pair(row)


def set_verdict(con: sqlite3.Connection, pair_id: int, verdict: str, at: str) -> None:
    con.execute(
        "UPDATE pair SET verdict=?, decided_at=? WHERE id=?",
        (verdict, None if verdict in (OPEN, LATER) else at, pair_id),
    )


def put_verdict(
    con: sqlite3.Connection, kind: str, one: str, other: str, verdict: str, at: str
) -> None:
    """What was decided about two, whether they had been proposed or not."""
    known = find(con, kind, one, other)
    if known is not None:
        set_verdict(con, known.id, verdict, at)
        return
    con.execute(
        "INSERT INTO pair(kind, one, other, score, reasons, verdict, created_at, decided_at)"
        " VALUES (?,?,?,0,'[]',?,?,?)",
        (kind, one, other, verdict, at, at),
    )


def hand_over(con: sqlite3.Connection, kind: str, gone: str, to: str, at: str) -> None:
    """What was said of ``gone`` and others holds for ``to`` and them: no question comes twice."""
    rows = con.execute(
        "SELECT * FROM pair WHERE kind=? AND (one=? OR other=?)", (kind, gone, gone)
    ).fetchall()
    for pair in map(_pair, rows):
        third = pair.other if pair.one == gone else pair.one
        if third == to:
            continue
        one, other = in_order(kind, to, third)
        known = find(con, kind, one, other)
        decided = pair.verdict not in (OPEN, LATER)
        if known is None:
            con.execute(
                "INSERT INTO pair(kind, one, other, score, reasons, verdict, created_at,"
                " decided_at) VALUES (?,?,?,?,?,?,?,?)",
                (
                    *(kind, one, other, pair.score, json.dumps(pair.reasons), pair.verdict),
                    *(at, at if decided else None),
                ),
            )
        elif decided and known.verdict in (OPEN, LATER):
            set_verdict(con, known.id, pair.verdict, at)


def history(con: sqlite3.Connection, person_id: int) -> tuple[tuple[str, ...], int, int]:
    """The events a person was on the list of, the latest first; how many verdicts, how many
    calls and messages."""
    events = con.execute(
        "SELECT e.name FROM card c JOIN roster r ON r.id=c.roster_id"
        " JOIN event e ON e.id=r.event_id"
        " WHERE c.person_id=? ORDER BY e.starts_at DESC, c.id DESC",
        (person_id,),
    )
    counts = [
        con.execute(f"SELECT count(*) FROM {rows} WHERE person_id=?", (person_id,)).fetchone()[0]
        for rows in ("decision d JOIN card c ON c.id=d.card_id", "touch")
    ]
    return tuple(row[0] for row in events), counts[0], counts[1]


def people_of(con: sqlite3.Connection, companies: Sequence[str]) -> list[int]:
    """Everybody of these companies (their keys), company after company."""
    rows = con.execute(
        "SELECT p.id FROM json_each(?) k JOIN person_shown p ON p.company_key=k.value"
        " ORDER BY k.key, p.id",
        (listed(companies),),
    )
    return [row[0] for row in rows]


def in_order(kind: str, one: str, other: str) -> tuple[str, str]:
    """Two keys as a pair is kept."""
    if kind == PERSON:
        return (one, other) if int(one) < int(other) else (other, one)
    return (one, other) if one < other else (other, one)


def _pair(row: sqlite3.Row) -> Pair:
    return Pair(
        row["id"],
        row["kind"],
        row["one"],
        row["other"],
        row["score"],
        tuple(damaged.listed(row["reasons"])),
        row["verdict"],
    )
