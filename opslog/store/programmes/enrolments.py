"""Who is in which programme, and what was sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.store.db.listed import IN_LIST, listed

ACTIVE, PAUSED, LEFT, FINISHED = "active", "paused", "left", "finished"
SENT, SKIPPED, MISSED = "sent", "skipped", "missed"
# Due on a day; named parameter ``today``.
DUE = "e.state='active' AND e.next_on>'' AND e.next_on<=:today"


class Enrolled(NamedTuple):
    """Somebody in a programme, with who they are."""

    id: int
    person_id: int
    person: str
    title: str
    company: str
    phone: str
    email: str
    wecom: bool | None
    programme: str
    started_on: date
    entered_at: datetime
    next_step: str
    next_on: date | None
    slot: str
    state: str
    left_why: str
    state_at: datetime
    from_event_id: int | None
    from_roster_id: int | None
    content_id: int | None
    words: str


class Standing(NamedTuple):
    """What of an enrolment says which step comes next."""

    programme: str
    started_on: date
    next_step: str
    next_on: date | None
    state: str
    state_at: datetime


class Sent(NamedTuple):
    """What became of a step."""

    step: str
    due_on: date
    at: datetime
    state: str
    content_id: int | None
    text: str
    touch_id: int | None
    opened_at: datetime | None


_ENROLLED = (
    "SELECT e.*, p.name, p.title, p.company, p.phone, p.email, p.wecom"
    " FROM enrolment e JOIN person p ON p.id=e.person_id"
)


def enrolled(con: sqlite3.Connection, condition: str, *values: object) -> list[Enrolled]:
    """Those for which an SQL condition holds, the oldest first."""
    return [*map(_enrolled, con.execute(f"{_ENROLLED} WHERE {condition} ORDER BY e.id", values))]


def by_ids(con: sqlite3.Connection, ids: Iterable[int]) -> list[Enrolled]:
    return enrolled(con, f"e.id {IN_LIST}", listed(ids))


def of_person(con: sqlite3.Connection, person_id: int) -> list[Enrolled]:
    return enrolled(con, "e.person_id=?", person_id)


def standing(row: sqlite3.Row) -> Standing:
    """Of a row that holds these columns."""
    return Standing(
        row["programme"],
        date.fromisoformat(row["started_on"]),
        row["next_step"],
        date.fromisoformat(row["next_on"]) if row["next_on"] else None,
        row["state"],
        instant_of(row["state_at"]),
    )


def _enrolled(row: sqlite3.Row) -> Enrolled:
    return Enrolled(
        row["id"],
        row["person_id"],
        row["name"],
        row["title"],
        row["company"],
        row["phone"],
        row["email"],
        None if row["wecom"] is None else bool(row["wecom"]),
        row["programme"],
        date.fromisoformat(row["started_on"]),
        instant_of(row["entered_at"]),
        row["next_step"],
        date.fromisoformat(row["next_on"]) if row["next_on"] else None,
        row["slot"],
        row["state"],
        row["left_why"],
        instant_of(row["state_at"]),
        row["from_event_id"],
        row["from_roster_id"],
        row["content_id"],
        row["words"],
    )


def groups(con: sqlite3.Connection, today: date) -> list[sqlite3.Row]:
    """How many are due, by slot, programme, step, the day they started and whether they were due
    before today: counted along the index."""
    by = "e.slot, e.programme, e.next_step, e.started_on"
    return con.execute(
        f"SELECT slot, programme, next_step, started_on, next_on<:today AS late, sum(n) AS n"
        f" FROM (SELECT {by}, e.next_on, count(*) AS n FROM enrolment e WHERE {DUE}"
        f" GROUP BY e.next_on, {by}) GROUP BY 1, 2, 3, 4, 5",
        {"today": today.isoformat()},
    ).fetchall()


def of_group(
    con: sqlite3.Connection,
    today: date,
    slot: str,
    programme: str,
    step: str,
    started_on: str,
    late: bool,
) -> Iterator[Enrolled]:
    """The people of one of ``groups``, one after the other."""
    when = "e.next_on<:today" if late else "e.next_on=:today"
    rows = con.execute(
        f"{_ENROLLED} WHERE e.state='active' AND e.next_on>'' AND {when} AND e.slot=:slot"
        " AND e.programme=:programme AND e.next_step=:step AND e.started_on=:start"
        " ORDER BY e.next_on, e.id",
        {
            "today": today.isoformat(),
            "start": started_on,
            "slot": slot,
            "programme": programme,
            "step": step,
        },
    )
    return map(_enrolled, rows)


def sendings(con: sqlite3.Connection, enrolment_id: int) -> dict[str, Sent]:
    """Step → what became of it."""
    return {
        row["step"]: Sent(
            row["step"],
            date.fromisoformat(row["due_on"]),
            instant_of(row["at"]),
            row["state"],
            row["content_id"],
            row["text"],
            row["touch_id"],
            instant_of(row["opened_at"]) if row["opened_at"] else None,
        )
        for row in con.execute(
            "SELECT * FROM sending WHERE enrolment_id=? ORDER BY id", (enrolment_id,)
        )
    }


def sent_between(
    con: sqlite3.Connection, begins: str, ends: str
) -> list[tuple[int, str, datetime]]:
    """Enrolment, step and moment of what was sent from one instant to before another."""
    rows = con.execute(
        "SELECT enrolment_id, step, at FROM sending WHERE state='sent' AND at>=? AND at<?"
        " ORDER BY at, id",
        (begins, ends),
    )
    return [(row[0], row[1], instant_of(row[2])) for row in rows]


def opened(con: sqlite3.Connection, enrolment_id: int, at: datetime) -> bool:
    """Their newest message was read, first at an instant; False where none was sent."""
    found = con.execute(
        "UPDATE sending SET opened_at=coalesce(opened_at, ?) WHERE id=(SELECT max(id)"
        " FROM sending WHERE enrolment_id=? AND state='sent')",
        (instant_text(at), enrolment_id),
    )
    return bool(found.rowcount)


def wrote_last(con: sqlite3.Connection, person_id: int) -> int | None:
    """The enrolment by which somebody got their newest message."""
    row = con.execute(
        "SELECT e.id FROM enrolment e JOIN sending s ON s.enrolment_id=e.id AND s.state='sent'"
        " WHERE e.person_id=? ORDER BY s.id DESC LIMIT 1",
        (person_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def sent_to(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every message that went to somebody, oldest first; ``programme`` NULL of an answer."""
    return con.execute(
        "SELECT t.at, t.lane, t.note, s.step, s.text, s.opened_at, e.programme, c.label"
        " FROM touch t LEFT JOIN sending s ON s.touch_id=t.id"
        " LEFT JOIN enrolment e ON e.id=s.enrolment_id LEFT JOIN content c ON c.id=s.content_id"
        " WHERE t.person_id=? AND t.purpose='message' AND t.direction='out' ORDER BY t.id",
        (person_id,),
    ).fetchall()


def sent_before_merging(con: sqlite3.Connection) -> dict[int, set[str]]:
    """Enrolment → the steps that somebody got by a row of theirs that was merged: read from the
    few that were, as the planner would begin with everything sent."""
    found: dict[int, set[str]] = {}
    for id, step in con.execute(
        "SELECT e.id, s.step FROM enrolment m INDEXED BY enrolment_merged"
        " CROSS JOIN enrolment e ON e.person_id=m.person_id AND +e.programme=m.programme"
        " AND e.id<>m.id"
        " CROSS JOIN sending s ON s.enrolment_id=m.id AND s.state='sent'"
        " WHERE m.left_why='merged'"
    ):
        found.setdefault(id, set()).add(step)
    return found


def add(con: sqlite3.Connection, **values: object) -> int:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = con.execute(f"INSERT INTO enrolment({names}) VALUES ({marks})", (*values.values(),))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def change(con: sqlite3.Connection, enrolment_id: int, **values: object) -> None:
    sets = ", ".join(f"{name}=?" for name in values)
    con.execute(f"UPDATE enrolment SET {sets} WHERE id=?", (*values.values(), enrolment_id))


def go_on(
    con: sqlite3.Connection, enrolment_id: int, step: str, on: date | None, slot: str
) -> None:
    """The next step and its day; what was chosen for the one before is used up."""
    day = on.isoformat() if on else ""
    change(con, enrolment_id, next_step=step, next_on=day, slot=slot, content_id=None, words="")


def end(con: sqlite3.Connection, enrolment_id: int, state: str, why: str, at: datetime) -> None:
    """Out of the queue; the step stays written, so that the place is not lost."""
    change(con, enrolment_id, state=state, left_why=why, next_on="", state_at=instant_text(at))


def not_missed(con: sqlite3.Connection, enrolment_id: int, steps: Iterable[str]) -> None:
    """Steps that were missed are to come once more."""
    con.execute(
        f"DELETE FROM sending WHERE enrolment_id=? AND state='missed' AND step {IN_LIST}",
        (enrolment_id, listed(steps)),
    )


def add_sending(con: sqlite3.Connection, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    con.execute(f"INSERT INTO sending({names}) VALUES ({marks})", (*values.values(),))
