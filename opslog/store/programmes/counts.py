"""How many are in programmes, are due, got messages and answered."""

from __future__ import annotations

import sqlite3


def states(con: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Programme and state → people; who was erased in the middle of it has left."""
    rows = con.execute(
        "SELECT programme, CASE WHEN state='active' AND next_on='' THEN 'left' ELSE state END,"
        " count(*) FROM enrolment GROUP BY 1, 2"
    )
    return {(row[0], row[1]): row[2] for row in rows}


def rates(con: sqlite3.Connection, since: str) -> dict[str, tuple[int, int]]:
    """Programme → answers and messages since an instant; an answer is to the newest message."""
    rows = con.execute(
        "SELECT e.programme, count(*) AS sent, sum(EXISTS (SELECT 1 FROM touch t"
        "  WHERE t.person_id=e.person_id AND t.direction='in' AND t.at>=s.at"
        "  AND NOT EXISTS (SELECT 1 FROM sending n WHERE n.enrolment_id=s.enrolment_id"
        "   AND n.state='sent' AND n.at>s.at AND n.at<=t.at))) AS answered"
        " FROM sending s JOIN enrolment e ON e.id=s.enrolment_id"
        " WHERE s.state='sent' AND s.at>=? GROUP BY 1",
        (since,),
    )
    return {row[0]: (row[2], row[1]) for row in rows}


def sent_of(con: sqlite3.Connection, since: str, until: str, most: int) -> dict[str, int]:
    """Programme → messages from one instant to before another, the ``most`` newest of them: each
    is looked for among the enrolments, of which there are as many."""
    rows = con.execute(
        "SELECT e.programme, count(*) FROM (SELECT enrolment_id FROM sending"
        "  WHERE state='sent' AND at>=? AND at<? ORDER BY at DESC LIMIT ?) s"
        " JOIN enrolment e ON e.id=s.enrolment_id GROUP BY 1",
        (since, until, most),
    )
    return {row[0]: row[1] for row in rows}


def sent(con: sqlite3.Connection, since: str, until: str) -> int:
    """Messages from one instant to before another: a clock may have been set back since."""
    row = con.execute(
        "SELECT count(*) FROM sending WHERE state='sent' AND at>=? AND at<?", (since, until)
    )
    return int(row.fetchone()[0])


def replied(con: sqlite3.Connection, since: str, until: str) -> int:
    """People who answered a message from one instant to before another."""
    row = con.execute(
        "SELECT count(DISTINCT person_id) FROM touch INDEXED BY touch_in"
        " WHERE direction='in' AND at>=? AND at<? AND purpose='message'",
        (since, until),
    )
    return int(row.fetchone()[0])


def answered(con: sqlite3.Connection, since: str, until: str) -> int:
    """People who answered what was sent to them from one instant to before another, in that time:
    whoever wrote unasked, or of an older message, is not among them."""
    row = con.execute(
        "SELECT count(DISTINCT t.person_id) FROM touch t INDEXED BY touch_in"
        " WHERE t.direction='in' AND t.at>=:since AND t.at<:until AND t.purpose='message'"
        " AND EXISTS (SELECT 1 FROM enrolment e JOIN sending s ON s.enrolment_id=e.id"
        "  WHERE e.person_id=t.person_id AND s.state='sent' AND s.at>=:since AND s.at<=t.at)",
        {"since": since, "until": until},
    )
    return int(row.fetchone()[0])


def elsewhere(con: sqlite3.Connection, person_id: int) -> bool:
    """Whether somebody is in a programme now."""
    row = con.execute(
        "SELECT 1 FROM enrolment WHERE person_id=? AND state IN ('active', 'paused') LIMIT 1",
        (person_id,),
    )
    return row.fetchone() is not None


def steps(con: sqlite3.Connection, programme: str) -> dict[str, int]:
    """Step → people in a programme who get it next."""
    rows = con.execute(
        "SELECT next_step, count(*) FROM enrolment WHERE programme=? AND state IN"
        " ('active', 'paused') GROUP BY 1 ORDER BY 1",
        (programme,),
    )
    return {row[0]: row[1] for row in rows}


def used(con: sqlite3.Connection) -> list[str]:
    """The programmes that somebody is or was in."""
    rows = con.execute("SELECT DISTINCT programme FROM enrolment ORDER BY 1")
    return [row[0] for row in rows]
