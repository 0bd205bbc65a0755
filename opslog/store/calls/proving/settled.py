"""What keeps years of lists out of the way of today's calls.

Two small tables that follow from the rows of others, so neither is journalled. ``call_promise``
has the cards whose newest attempt promised another one, kept by triggers. ``call_settled`` has the
lists on which nobody is to be called any more, and those on which only old call-backs wait, with
how many: whoever looks through a list and finds it so notes it, and a trigger forgets that with the
first row that could change it. What decides beside the rows (the outcomes in force) is noted as
``rules``: with others a list is looked through again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.store.db.listed import IN_LIST, listed


def _forget(rosters: str) -> str:
    return f"DELETE FROM call_settled WHERE roster_id IN ({rosters});"


def _forget_own(row: str) -> str:
    """Of a row's own list: with IN, a table would be made for each card of an import."""
    return f"DELETE FROM call_settled WHERE roster_id={row}.roster_id;"


def _card(row: str) -> str:
    """What was noted about the card of an attempt or a decision."""
    return _forget(f"SELECT roster_id FROM card WHERE id={row}.card_id")


def _promise(row: str) -> str:
    return (
        f"DELETE FROM call_promise WHERE card_id={row}.card_id;"
        " INSERT INTO call_promise(card_id, touch_id) SELECT card_id, id FROM touch"
        f" WHERE id=(SELECT max(id) FROM touch WHERE card_id={row}.card_id)"
        " AND promised AND next_at IS NOT NULL;"
    )


def barred_lists(row: str) -> str:
    """Lists of those whose number or row it is; an address bars nobody from calls."""
    return (
        "SELECT c.roster_id FROM card c WHERE c.person_id IN ("
        f"SELECT CAST({row}.value AS INTEGER) WHERE {row}.kind='person'"
        f" UNION SELECT id FROM person WHERE {row}.kind='phone' AND phone={row}.value"
        f" UNION SELECT rowid FROM reach_fts WHERE {row}.kind='phone'"
        f" AND reach_fts MATCH '\"' || {row}.value || '\"')"
    )


_REACHED = ("phone", "phones", "wecom", "merged_into", "erased_at")
_TIMED = ("kind", "starts_at", "ends_at", "cancelled_at")


def _of(row: str) -> dict[str, str]:
    """Table -> what is done about its row NEW or OLD."""
    return {
        "touch": f"{_card(row)} {_promise(row)}",
        "decision": _forget(  # a verdict on one list counts on those made of people
            "SELECT o.roster_id FROM card k JOIN card o ON o.person_id=k.person_id"
            f" WHERE k.id={row}.card_id"
        ),
        "card": _forget_own(row),
        "round": _forget_own(row),
        "suppressed": _forget(barred_lists(row)),
    }


def sql() -> list[str]:
    """The triggers. An update is what it would be to delete the row and insert it again."""
    found = []
    for table, new in _of("NEW").items():
        old = _of("OLD")[table]
        for verb, body in (("insert", new), ("delete", old), ("update", f"{old} {new}")):
            found.append(
                f"CREATE TRIGGER settled_{table}_{verb} AFTER {verb.upper()} ON {table}"
                f" BEGIN {body} END"
            )
    for table, held, lists in (
        ("person", _REACHED, "SELECT roster_id FROM card WHERE person_id=NEW.id"),
        ("event", _TIMED, "SELECT id FROM roster WHERE event_id=NEW.id"),
    ):
        differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in held)
        found.append(
            f"CREATE TRIGGER settled_{table} AFTER UPDATE OF {', '.join(held)} ON {table}"
            f" WHEN {differs} BEGIN {_forget(lists)} END"
        )
    found.append(  # a call list's days and purpose
        f"CREATE TRIGGER settled_roster AFTER UPDATE ON roster BEGIN {_forget('SELECT NEW.id')} END"
    )
    return found


# A stop moved or called off is another day to call for. Apart: schema 8 has no stops yet.
OF_STOP = (
    "CREATE TRIGGER settled_stop AFTER UPDATE OF starts_at, ends_at, state ON stop"
    f" BEGIN {_forget('SELECT id FROM roster WHERE stop_id=NEW.id')} END"
)

# Every card whose newest attempt promised another one, looked for among all attempts.
PROMISES = (
    "SELECT card_id, id FROM touch t WHERE promised AND next_at IS NOT NULL AND card_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch n WHERE n.card_id=t.card_id AND n.id > t.id)"
)


def lay(con: sqlite3.Connection) -> None:
    """Make the triggers, and fill the table they keep."""
    for statement in sql():
        con.execute(statement)
    recount(con)


def recount(con: sqlite3.Connection) -> None:
    """Look all promises up anew, and all lists when they are asked for."""
    con.execute("DELETE FROM call_promise")
    con.execute(f"INSERT INTO call_promise(card_id, touch_id) {PROMISES}")
    con.execute("DELETE FROM call_settled")


def promised(con: sqlite3.Connection) -> set[int]:
    """The cards whose newest attempt promised another one."""
    return {row[0] for row in con.execute("SELECT card_id FROM call_promise")}


def flaws(con: sqlite3.Connection) -> list[str]:
    """Cards for which the table of promises does not say what the attempts say."""
    kept = "SELECT card_id, touch_id FROM call_promise"
    rows = con.execute(
        f"SELECT card_id FROM (SELECT * FROM ({PROMISES}) EXCEPT {kept}) UNION"
        f" SELECT card_id FROM ({kept} EXCEPT SELECT * FROM ({PROMISES})) ORDER BY 1"
    )
    return [f"call_promise {row[0]}" for row in rows]


# By which steps the calls of the list ``r`` were closed, and when: with others they are open again.
CLOSED = (
    "' closed ' || coalesce((SELECT group_concat(x.id || ' ' || x.done_at, ' ')"
    " FROM plan p JOIN step x ON x.plan_id=p.id WHERE p.event_id=r.event_id"
    " AND x.evidence<>'' AND x.state='done'), '')"
)


def note(
    con: sqlite3.Connection,
    roster_ids: Iterable[int],
    rules: str,
    data_version: int,
    *,
    closed: bool = False,
) -> None:
    """Nobody on these lists is to be called, as the file was at ``data_version``; where another
    program wrote meanwhile, nothing is noted. ``closed``: as long as the steps stay closed that
    are."""
    by = f"? || {CLOSED}" if closed else "?"
    con.execute(
        "INSERT OR REPLACE INTO call_settled(roster_id, rules)"
        f" SELECT r.id, {by} FROM roster r WHERE r.id {IN_LIST}"
        " AND (SELECT data_version FROM pragma_data_version)=?"
        # A stop that was called off may take place after all.
        " AND NOT EXISTS (SELECT 1 FROM stop s JOIN card c ON c.stop_id=s.id"
        " WHERE s.event_id=r.event_id AND s.state='dropped' AND c.roster_id=r.id)",
        (rules, listed(roster_ids), data_version),
    )


_WHEN, _NUMBER = len("YYYY-MM-DDTHH:MM:SSZ"), 9  # columns of a note of old call-backs


class Aside(NamedTuple):
    """What lists on which only old call-backs wait are noted by: ``rules`` and the ``days`` that
    make them old, not after ``now``, which a clock set back may be; but for those of whom somebody
    was taken up ``since``."""

    rules: str
    days: int
    now: datetime
    since: datetime

    @property
    def prefix(self) -> str:
        return f"{self.rules} old {self.days} "

    @property
    def condition(self) -> str:
        """That a list ``r`` is one of them, its calls closed by the steps that closed them then."""
        start = len(self.prefix)
        return (
            "(EXISTS (SELECT 1 FROM call_settled s WHERE s.roster_id=r.id"
            f" AND substr(s.rules, 1, {start})=? AND substr(s.rules, {start + 1}, {_WHEN})<=?"
            f" AND substr(s.rules, {start + 1 + _WHEN + _NUMBER})={CLOSED})"
            " AND r.id NOT IN (SELECT c.roster_id FROM not_now n CROSS JOIN card c"
            " ON c.person_id=n.person_id WHERE n.until>?))"
        )

    @property
    def values(self) -> tuple[object, ...]:
        return self.prefix, instant_text(self.now), instant_text(self.since)


def note_old(
    con: sqlite3.Connection, numbers: Mapping[int, int], aside: Aside, data_version: int
) -> None:
    """So many old call-backs wait on each of these lists and nobody else does, as ``note``."""
    con.executemany(
        f"INSERT OR REPLACE INTO call_settled(roster_id, rules) SELECT r.id, ? || {CLOSED}"
        " FROM roster r WHERE r.id=? AND (SELECT data_version FROM pragma_data_version)=?",
        [
            (f"{aside.prefix}{instant_text(aside.now)}{number:{_NUMBER}}", roster, data_version)
            for roster, number in numbers.items()
        ],
    )


def old(con: sqlite3.Connection, aside: Aside) -> dict[int, int]:
    """List → how many old call-backs were noted to wait on it, and nobody else."""
    start = len(aside.prefix) + _WHEN
    rows = con.execute(
        "SELECT k.roster_id, k.rules FROM call_settled k JOIN roster r ON r.id=k.roster_id"
        " JOIN occasion e ON e.roster_id=k.roster_id"
        f" WHERE e.cancelled_at IS NULL AND e.starts_at<=? AND {aside.condition}",
        (instant_text(aside.now), *aside.values),
    )
    return {row[0]: int(row[1][start : start + _NUMBER]) for row in rows}
