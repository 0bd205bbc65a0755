"""What was answered to the lines of checklists, read for where it is used."""

from __future__ import annotations

import sqlite3


def last_answer(con: sqlite3.Connection, item_id: int) -> str:
    """To the line of the same title, in the same step of the last event of the kind before."""
    row = con.execute(
        "SELECT i.answer FROM check_item mine JOIN step s ON s.id=mine.step_id"
        " JOIN plan p ON p.id=s.plan_id JOIN event e ON e.id=p.event_id"
        " JOIN event o ON o.kind=e.kind AND o.id<>e.id AND o.starts_at<e.starts_at"
        " JOIN plan q ON q.event_id=o.id"
        " JOIN step t ON t.plan_id=q.id AND t.key=s.key AND s.key<>''"
        " JOIN check_item i ON i.step_id=t.id AND i.title=mine.title AND i.answer<>''"
        " WHERE mine.id=? ORDER BY o.starts_at DESC, i.id DESC LIMIT 1",
        (item_id,),
    ).fetchone()
    return "" if row is None else str(row[0])


def answers(con: sqlite3.Connection, event_id: int) -> tuple[str, dict[tuple[str, str], str]]:
    """The event's kind, and what was answered by the key of the step and the line's title."""
    rows = con.execute(
        "SELECT e.kind, s.key, i.title, i.answer FROM check_item i JOIN step s ON s.id=i.step_id"
        " JOIN plan p ON p.id=s.plan_id JOIN event e ON e.id=p.event_id WHERE e.id=?"
        " AND i.answer<>'' AND i.kind IN ('words', 'link')",
        (event_id,),
    ).fetchall()
    return rows[0]["kind"] if rows else "", {(row[1], row[2]): row[3] for row in rows}
