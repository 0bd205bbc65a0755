"""What a review counts beside people: rounds, answers, minutes, promotion."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from opslog.domain.calls.outcomes import PHONE
from opslog.domain.calls.retries import OUT
from opslog.domain.reviews.counts.arrivals import There
from opslog.domain.reviews.counts.people import Attempt
from opslog.domain.reviews.counts.work import VERDICTS
from opslog.store.calls.attendance import COUNTED
from opslog.store.events.plans import OF_EVENT
from opslog.store.rosters.occasions import once

# Who is marked on the list of their stop and on that of the whole came once.
_CAME = (
    "FROM signup r JOIN card c ON c.roster_id=r.id WHERE r.event_id=?1"
    f" AND {COUNTED} AND c.attended=1 AND {once(own='x.attended=1')}"
)


def attempts(con: sqlite3.Connection, event_id: int, width: int) -> list[Attempt]:
    """One's own calls by phone about the event, the oldest first; ``width``: as
    much of the instant as tells its hour."""
    rows = con.execute(
        "SELECT id, call_id, purpose, outcome, substr(at, 1, ?2) FROM touch"
        " WHERE event_id=?1 AND lane=?3 AND direction=?4 ORDER BY at, id",
        (event_id, width, PHONE, OUT),
    )
    return [Attempt(*row) for row in rows]


def there(con: sqlite3.Connection, event_id: int, until: str) -> There:
    """``until``: who came by then was in time."""
    row = con.execute(
        "SELECT coalesce(sum(c.guests), 0), count(c.came_at), coalesce(sum(c.came_at<=?2), 0),"
        f" count(c.minutes), coalesce(sum(c.minutes), 0) {_CAME}",
        (event_id, until),
    ).fetchone()
    return There(*row)


def in_time(con: sqlite3.Connection, event_id: int, until: str) -> list[int]:
    """Who of those who came was there by then."""
    rows = con.execute(f"SELECT c.person_id {_CAME} AND c.came_at<=?2", (event_id, until))
    return [row[0] for row in rows]


class Promoted(NamedTuple):
    """A step of promotion that was done; ``at`` as it stands in the file."""

    at: str
    channel: str


def promotion(con: sqlite3.Connection, event_id: int) -> list[Promoted]:
    """Steps before the event by a channel other than the phone that were done, oldest first."""
    rows = con.execute(
        f"SELECT done_at, channel FROM step_shown WHERE plan_id={OF_EVENT} AND phase='before'"
        " AND channel NOT IN ('', 'phone') AND state='done' AND done_at IS NOT NULL"
        " ORDER BY done_at, id",
        (event_id,),
    )
    return [Promoted(*row) for row in rows]


_ROUND = (
    "FROM signup r JOIN round n ON n.roster_id=r.id JOIN decision d ON d.round_id=n.id"
    " WHERE r.event_id=?1 AND d.verdict<>'undecided'"
)
# Of a round the newest entry of each card.
_NEWEST = (
    " AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.round_id=d.round_id"
    " AND e.card_id=d.card_id AND e.id>d.id)"
)


def rounds(con: sqlite3.Connection, event_id: int) -> dict[int, dict[str, int]]:
    """Number of a round -> verdict -> how many rows; in the order of the rounds."""
    # Where no row was decided twice, which is most lists, every entry is the newest.
    twice = con.execute(
        "SELECT 1 FROM decision WHERE round_id IN (SELECT n.id FROM signup r JOIN round n"
        " ON n.roster_id=r.id WHERE r.event_id=?) GROUP BY round_id, card_id"
        " HAVING count(*)>1 LIMIT 1",
        (event_id,),
    ).fetchone()
    each = ", ".join(f"sum(d.verdict='{verdict}')" for verdict in VERDICTS)
    rows = con.execute(
        f"SELECT n.number, {each} {_ROUND}{_NEWEST if twice else ''} GROUP BY n.id ORDER BY 1",
        (event_id,),
    ).fetchall()
    return {row[0]: dict(zip(VERDICTS, row[1:], strict=True)) for row in rows}


def decisions(con: sqlite3.Connection, event_id: int, number: int, verdict: str) -> list[int]:
    """The entries that hold of a round; of one verdict, '' any."""
    rows = con.execute(
        f"SELECT d.id {_ROUND}{_NEWEST} AND n.number=?2 AND ?3 IN ('', d.verdict)",
        (event_id, number, verdict),
    )
    return [row[0] for row in rows]


# The newest of each person and question about the event (store.answers: HOLDS).
_ANSWERS = (
    "FROM (SELECT max(a.id) AS id FROM answer a JOIN question q ON q.id=a.question_id"
    " WHERE a.event_id=?1 GROUP BY a.person_id, q.key) h JOIN answer a ON a.id=h.id"
    " JOIN question q ON q.id=a.question_id JOIN person p ON p.id=a.person_id"
    " WHERE a.value IS NOT NULL"
)


class Answered(NamedTuple):
    """How many gave an answer; ``question_id`` is its newest wording, ``value`` '' in words."""

    key: str
    question_id: int
    value: str
    number: int


def answers(con: sqlite3.Connection, event_id: int) -> list[Answered]:
    rows = con.execute(
        f"SELECT q.key, max(q.id), a.value, count(*) {_ANSWERS} GROUP BY q.key, a.value"
        " ORDER BY min(a.id)",
        (event_id,),
    )
    return [Answered(*row) for row in rows]


def answer_ids(con: sqlite3.Connection, event_id: int, key: str, value: str) -> list[int]:
    rows = con.execute(
        f"SELECT a.id {_ANSWERS} AND q.key=?2 AND a.value=?3", (event_id, key, value)
    )
    return [row[0] for row in rows]


def word_ids(con: sqlite3.Connection, event_id: int, key: str) -> list[int]:
    """What was said in words to a question, the oldest first."""
    rows = con.execute(
        f"SELECT a.id {_ANSWERS} AND q.key=?2 AND a.words<>'' ORDER BY a.id", (event_id, key)
    )
    return [row[0] for row in rows]


def in_words(con: sqlite3.Connection, event_id: int, key: str, most: int) -> list[sqlite3.Row]:
    """What was said in words to a question, the newest first: words, name, company, title."""
    return con.execute(
        f"SELECT a.words, p.name, p.company, p.title {_ANSWERS}"
        " AND q.key=?2 AND a.words<>'' ORDER BY a.id DESC LIMIT ?3",
        (event_id, key, most),
    ).fetchall()


_TIME = (
    "FROM (SELECT l.id, l.minutes, l.source, coalesce((SELECT tag FROM log_tag WHERE log_id=l.id"
    " ORDER BY id LIMIT 1), '') AS tag FROM log l WHERE l.event_id=?1 AND l.minutes>0)"
)
_OF_SOURCE = "CASE WHEN tag='' THEN source ELSE '' END"


def minutes(con: sqlite3.Connection, event_id: int) -> list[tuple[str, str, int]]:
    """First tag of a line, or else who wrote it; the minutes of all such lines, the most first."""
    rows = con.execute(
        f"SELECT tag, {_OF_SOURCE}, sum(minutes) {_TIME} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
        (event_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def lines(con: sqlite3.Connection, event_id: int, tag: str, source: str) -> list[int]:
    rows = con.execute(
        f"SELECT id {_TIME} WHERE tag=?2 AND {_OF_SOURCE}=?3", (event_id, tag, source)
    )
    return [row[0] for row in rows]
