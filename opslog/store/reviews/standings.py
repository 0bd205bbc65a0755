"""How each person of an event stands: who is told apart, everybody else counted.

Of a list of a hundred thousand a few ten thousand were called or dropped. SQLite groups them by
what is known of them, as all its steps within one statement leave the screen alone; what comes out
is as few rows as there are ways to stand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from opslog.domain.calls.meaning import AT_THE_DOOR
from opslog.domain.reviews.counts.people import SILENT, Said, Standing, Talk
from opslog.domain.rosters.rosters import COMING, DOOR
from opslog.store.calls.attendance import OUTCOME, OUTCOME_UNMOVED
from opslog.store.db.connection import tuples
from opslog.store.people.met import PRESENT
from opslog.store.reviews.people import Lists, came_of, counted, of_list

_SIGNUPS = "(SELECT id FROM signup WHERE event_id=?1)"
_LEADS = "SELECT person_id FROM handover WHERE event_id=?1"
_INVITED = "FROM roster a JOIN card i ON i.roster_id=a.id WHERE a.kind='audience' AND a.event_id=?1"
# The verdict of who is dropped, and nothing of anybody else: few of a long list ever were. Where
# the newest entry of all is a drop it holds, which of most is quickly seen.
_DROPS = """(SELECT d.card_id FROM signup r JOIN round n ON n.roster_id=r.id
  JOIN decision d INDEXED BY decision_dropped ON d.round_id=n.id
  WHERE r.event_id=?1 AND d.verdict='drop')"""
_NEWEST = """(SELECT CASE d.verdict WHEN 'drop' THEN d.verdict || ' ' || d.reason END
  FROM decision d WHERE d.card_id=c.id ORDER BY d.id DESC LIMIT 1)"""
_DROPPED = f"CASE WHEN c.id IN {_DROPS} THEN coalesce({_NEWEST}, {PRESENT}) END"
# All that was said by each, oldest first as the index has it, and the newest reminder (the row of
# max() is that of card_id and outcome).
_BY = "\x1f"
_TALKS = f"""(SELECT person_id, group_concat(purpose, '{_BY}') AS purposes,
    group_concat(lane, '{_BY}') AS lanes, group_concat(outcome, '{_BY}') AS outcomes,
    group_concat(reason, '{_BY}') AS reasons, outcome, card_id,
    max(CASE WHEN purpose='reminder' AND card_id IS NOT NULL THEN id END) AS reminder
  FROM touch INDEXED BY touch_event WHERE event_id=?1 GROUP BY person_id)"""
_SILENT = "NOT EXISTS (SELECT 1 FROM touch h WHERE h.event_id=?1 AND h.person_id={person})"
# Cards of which more is known than whether they came.
_APART = f"""(SELECT card_id FROM {_DROPS}
  UNION ALL SELECT id FROM card WHERE roster_id IN {_SIGNUPS} AND state<>'{COMING}'
  UNION ALL SELECT id FROM card WHERE roster_id IN {_SIGNUPS} AND way='{DOOR}'
  UNION ALL SELECT id FROM card WHERE instead_of IS NOT NULL
  UNION ALL SELECT c.id FROM handover h JOIN card c ON c.person_id=h.person_id
    AND c.roster_id IN {_SIGNUPS} WHERE h.event_id=?1)"""


class Group(NamedTuple):
    """So many who stand alike. ``person``: of a lead, or where each was asked for."""

    stands: Standing
    number: int
    person: int | None


def told_apart(
    con: sqlite3.Connection,
    event_id: int,
    has: Lists,
    talk_of: Callable[[Iterator[Said]], Talk],
    *,
    each: bool = False,
) -> Iterator[Group]:
    """Of whom more is known than whether they came: who was talked to, was dropped, withdrew, came
    by the door, stands in for somebody, is a lead, or is of the audience and not on the list.
    ``talk_of`` says what some calls and messages came to, oldest first, and is asked once for all
    with whom they went alike. ``each``: one by one."""
    talks: dict[tuple[str, ...], Talk] = {(): SILENT}
    for statement in (_called(has, each), _not_called(has, each), _not_listed(has, each)):
        for row in tuples(con).execute(statement, (event_id,)):
            person, lead, number, invited, state, came, outcome, verdict, by, *said = row
            key = tuple(said)
            if key not in talks:
                columns = (text.split(_BY) for text in key)
                talks[key] = talk_of(Said(*one) for one in zip(*columns, strict=True))
            stands = Standing(
                *(bool(invited), state is not None, state or "", _flag(came), outcome or ""),
                *(verdict or "", by, talks[key], bool(lead and person is not None)),
            )
            yield Group(stands, number, person)


def _called(has: Lists, each: bool) -> str:
    """Who was called or written to, on the list or not."""
    outcome = OUTCOME
    if not has.moved:
        newest = "t.reminder IS NOT NULL AND t.card_id=c.id"
        outcome = f"CASE WHEN {newest} THEN t.outcome ELSE {OUTCOME_UNMOVED} END"
    return _grouped(
        "t.person_id",
        f"FROM {_TALKS} t LEFT JOIN card c ON c.person_id=t.person_id"
        f" AND c.roster_id IN {_SIGNUPS} AND {counted(has)}",
        _audience(has, "t.person_id"),
        [*_card(outcome, has), "t.purposes", "t.lanes", "t.outcomes", "t.reasons"],
        each,
    )


def _not_called(has: Lists, each: bool) -> str:
    """Who is on the list and was not, and is no common case."""
    return _grouped(
        "c.person_id",
        f"FROM card c WHERE c.id IN {_APART} AND c.roster_id IN {_SIGNUPS} AND {counted(has)}"
        f" AND {_SILENT.format(person='c.person_id')}",
        _audience(has, "c.person_id"),
        _card(OUTCOME if has.moved else OUTCOME_UNMOVED, has),
        each,
    )


def _not_listed(has: Lists, each: bool) -> str:
    """Who is a lead or of the audience, and nothing else."""
    return _grouped(
        "t.person_id",
        f"FROM ({_LEADS} UNION SELECT i.person_id {_INVITED}) t"
        f" WHERE {_SILENT.format(person='t.person_id')}"
        f" AND NOT EXISTS (SELECT 1 {of_list(has)} AND c.person_id=t.person_id)",
        _audience(has, "t.person_id"),
        ["NULL"] * 5,
        each,
    )


def _card(outcome: str, has: Lists) -> list[str]:
    """What is known of a card."""
    return ["c.state", came_of(has), outcome, _DROPPED, "c.channel_id"]


def _grouped(person: str, source: str, invited: str, known: Sequence[str], each: bool) -> str:
    """As ``told_apart`` reads it, those alike in one row, by what differs at all: sorting is what
    it costs."""
    lead = f"{person} IN ({_LEADS})"
    if each:
        return f"SELECT {person}, {lead}, 1, {invited}, {', '.join(known)} {source}"
    who = f"CASE WHEN {lead} THEN {person} END"
    columns = [who, "1", "count(*)", invited, *known]
    by = [str(place) for place, one in enumerate(columns, 1) if one not in _ALIKE]
    return f"SELECT {', '.join(columns)} {source} GROUP BY {', '.join(by)}"


_ALIKE = ("0", "1", "NULL", "count(*)")


def on_list(
    con: sqlite3.Connection, event_id: int, has: Lists, *, by_channel: bool
) -> dict[Standing, int]:
    """How many are on the list, as they stand where no more is known than whether they came."""
    found, came = dict[Standing, int](), came_of(has)
    channel = "c.channel_id" if by_channel else "NULL"
    alike = "" if has.audience or by_channel else " HAVING count(*)>0"
    groups = alike or " GROUP BY 1, 2"  # what needs no sorting is counted in half the time
    for invited, of, number, marked, there in tuples(con).execute(
        f"SELECT {_audience(has, 'c.person_id')}, {channel}, count(*), count({came}),"
        f" sum({came}) {of_list(has)}{groups}",
        (event_id,),
    ):
        there = there or 0
        found[_quiet(invited, None, of)] = number - marked
        found[_quiet(invited, False, of)] = marked - there
        found[_quiet(invited, True, of)] = there
    return found


def at_the_door(con: sqlite3.Connection, event_id: int, has: Lists) -> int:
    """How many of the list signed up nowhere but came to the door."""
    row = con.execute(
        f"SELECT count(*) FROM card c WHERE c.roster_id IN {_SIGNUPS} AND c.way='{DOOR}'"
        f" AND {counted(has)} AND {OUTCOME}='{AT_THE_DOOR}'",
        (event_id,),
    ).fetchone()
    return int(row[0])


def each_on_list(
    con: sqlite3.Connection, event_id: int, has: Lists
) -> Iterator[tuple[int, Standing]]:
    """The same people one by one."""
    for person, *stands in tuples(con).execute(
        f"SELECT c.person_id, {_audience(has, 'c.person_id')}, {came_of(has)}, c.channel_id"
        f" {of_list(has)}",
        (event_id,),
    ):
        yield person, _quiet(*stands)


def quiet(one: Standing) -> Standing:
    """As ``on_list`` has them."""
    return _quiet(one.audience, one.came, one.channel)


def _quiet(audience: int, came: int | None, channel: int | None) -> Standing:
    return Standing(bool(audience), True, COMING, _flag(came), "", "", channel, SILENT, False)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _audience(has: Lists, person: str) -> str:
    return f"EXISTS (SELECT 1 {_INVITED} AND i.person_id={person})" if has.audience else "0"
