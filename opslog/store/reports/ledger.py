"""The rows of a stretch of days that a report counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.answers.answers import Answer
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import spoken
from opslog.domain.reports.ledger import (
    Contact,
    LeadState,
    Line,
    StepLine,
    TakenIn,
    Task,
    Verdict,
    WalkIn,
)
from opslog.store.answers.answers import given
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.events.plans import GOES_ON, OCCASION

REMOVED = "Removed the step: {step}"  # the label of the change that takes a step out


class Wanted(NamedTuple):
    """From an instant to before another, and what it is kept to: 0 and '' for nothing."""

    start: datetime
    end: datetime
    event_id: int = 0
    person_id: int = 0
    tag: str = ""

    def values(self) -> dict[str, object]:
        return {
            "start": instant_text(self.start),
            "end": instant_text(self.end),
            "event": self.event_id,
            "person": self.person_id,
            "tag": self.tag,
        }

    @property
    def narrow(self) -> bool:
        """Whether it is kept to anything."""
        return bool(self.event_id or self.person_id or self.tag)

    def only(self, event: str, person: str = "", tag: str = "") -> str:
        """The condition, over the columns that hold the event and the person, if there is one;
        ``tag`` is what is met by a tag, else that of the event."""
        terms = []
        if self.event_id:
            terms.append(f"{event}=:event")
        if self.person_id:
            terms.append(f"{person}=:person" if person else "0")
        if self.tag:
            of_event = f"{event} IN (SELECT id FROM event WHERE tag=:tag COLLATE NOCASE)"
            of_person = (
                f"{person} IN (SELECT person_id FROM person_tag WHERE tag=:tag COLLATE NOCASE)"
            )
            terms.append(tag or (f"({of_event} OR {of_person})" if person else of_event))
        return "".join(f" AND {term}" for term in terms)


# Of whom neither name nor company is known, the number or address; of whom was erased nothing.
NAME = (
    "CASE WHEN p.name='' AND p.company='' THEN coalesce(nullif(p.phone, ''), p.email)"
    " ELSE p.name END AS name"
)
_CONTACT = (
    "SELECT t.id, {at} AS at, t.purpose, t.lane, t.direction, t.outcome, t.reason, t.note,"
    f" t.call_id, t.person_id, {NAME}, p.company, t.event_id, e.name AS event,"
    " c.guests, (SELECT to_whom FROM told WHERE tbl='touch' AND row_id=t.id LIMIT 1) AS told"
    " FROM {touches} JOIN person p ON p.id=t.person_id LEFT JOIN card c ON c.id=t.card_id"
    " LEFT JOIN event e ON e.id=t.event_id"
)


def contacts(con: sqlite3.Connection, wanted: Wanted) -> Iterator[Contact]:
    rows = con.execute(
        _CONTACT.format(at="t.at", touches="touch t")
        + f" WHERE t.at >= :start AND t.at < :end{wanted.only('t.event_id', 't.person_id')}"
        " ORDER BY t.at, t.id",
        wanted.values(),
    )
    return map(_contact, rows)


def of_lines(con: sqlite3.Connection, log_ids: Sequence[int]) -> Iterator[tuple[int, Contact]]:
    """The calls and messages that lines of the log tell of, each with its line, oldest first."""
    rows = con.execute(
        _CONTACT.format(
            at="l.id AS line, t.at",
            touches="log l JOIN log_person n ON n.log_id=l.id"
            " JOIN touch t ON t.person_id=n.person_id AND t.at=l.at",
        )
        + f" WHERE l.id {IN_LIST} ORDER BY t.at, t.id",
        [listed(log_ids)],
    )
    return ((row["line"], _contact(row)) for row in rows)


def promises(con: sqlite3.Connection, wanted: Wanted) -> Iterator[Contact]:
    """Calls that were agreed on and are not made yet, by the time agreed on."""
    rows = con.execute(
        _CONTACT.format(
            at="t.next_at", touches="call_promise o CROSS JOIN touch t ON t.id=o.touch_id"
        )
        + " WHERE p.erased_at IS NULL AND e.cancelled_at IS NULL AND t.next_at >= :start"
        f" AND t.next_at < :end{wanted.only('t.event_id', 't.person_id')} ORDER BY 2, 1",
        wanted.values(),
    )
    return map(_contact, rows)


def enrolments(con: sqlite3.Connection, wanted: Wanted, ids: Iterable[int]) -> set[int]:
    """Of people in programmes those it is kept to."""
    rows = con.execute(
        f"SELECT e.id FROM enrolment e WHERE e.id IN (SELECT value FROM json_each(:ids))"
        f"{wanted.only('e.from_event_id', 'e.person_id')}",
        {"ids": listed(ids), **wanted.values()},
    )
    return {row[0] for row in rows}


def _contact(row: sqlite3.Row) -> Contact:
    return Contact(
        row["id"],
        instant_of(row["at"]),
        row["purpose"],
        row["lane"],
        row["direction"],
        row["outcome"],
        row["reason"],
        row["note"],
        row["call_id"],
        row["person_id"],
        row["name"],
        row["company"],
        row["event_id"],
        row["event"] or "",
        row["guests"] or 0,
        row["told"] or "",
    )


def verdicts(con: sqlite3.Connection, wanted: Wanted) -> Iterator[Verdict]:
    only = wanted.only("r.event_id", "c.person_id")
    rows = con.execute(
        "SELECT d.id, d.at, r.id AS roster_id, n.number, d.card_id, d.verdict, d.reason,"
        " coalesce(e.name, r.name) AS list, r.event_id, n.closed_at IS NOT NULL AS closed"
        " FROM decision d JOIN round n ON n.id=d.round_id JOIN roster r ON r.id=n.roster_id"
        " JOIN card c ON c.id=d.card_id LEFT JOIN event e ON e.id=r.event_id"
        f" WHERE d.at >= :start AND d.at < :end{only} ORDER BY d.id",
        wanted.values(),
    )
    for row in rows:
        yield Verdict(row["id"], instant_of(row["at"]), *row[2:])


def lists(con: sqlite3.Connection, wanted: Wanted) -> Iterator[TakenIn]:
    rows = con.execute(
        "SELECT f.id, f.imported_at, f.file, f.kind, coalesce(e.name, r.name) AS list, r.event_id,"
        " f.read, f.new, f.updated, f.unchanged, f.duplicate, f.problem"
        " FROM roster_file f JOIN roster r ON r.id=f.roster_id LEFT JOIN event e ON e.id=r.event_id"
        " WHERE f.withdrawn_at IS NULL AND f.imported_at >= :start AND f.imported_at < :end"
        f"{wanted.only('r.event_id')} ORDER BY f.imported_at, f.id",
        wanted.values(),
    )
    for row in rows:
        yield TakenIn(row["id"], instant_of(row["imported_at"]), *row[2:])


def walk_ins(con: sqlite3.Connection, wanted: Wanted) -> Iterator[WalkIn]:
    at = "coalesce(c.signed_up_at, e.starts_at)"  # a file of who came doesn't say when they did
    rows = con.execute(
        f"SELECT c.id, {at} AS at, p.name, r.event_id, e.name AS event"
        " FROM card c JOIN roster r ON r.id=c.roster_id JOIN person p ON p.id=c.person_id"
        " LEFT JOIN event e ON e.id=r.event_id"
        f" WHERE c.way='door' AND c.attended=1 AND {at} >= :start AND {at} < :end"
        f"{wanted.only('r.event_id', 'c.person_id')} ORDER BY at, c.id",
        wanted.values(),
    )
    for row in rows:
        yield WalkIn(row["id"], instant_of(row["at"]), row["name"], row[3], row["event"] or "")


def answers(con: sqlite3.Connection, wanted: Wanted) -> tuple[Answer, ...]:
    """Those that hold, by when they were given."""
    tagged: set[int] | None = None
    if wanted.tag:
        rows = con.execute(
            "SELECT person_id FROM person_tag WHERE tag=? COLLATE NOCASE", (wanted.tag,)
        )
        tagged = {row[0] for row in rows}
    return tuple(
        one
        for one in given(con, wanted.event_id or None)
        if wanted.start <= one.at < wanted.end
        and wanted.person_id in (0, one.person_id)
        and (tagged is None or one.person_id in tagged)
    )


def leads(
    con: sqlite3.Connection, wanted: Wanted, people: Iterable[int] | None = None
) -> Iterator[LeadState]:
    """Each state a lead took; of these ``people``, where they alone are asked about."""
    whose = "" if people is None else " AND h.person_id IN (SELECT value FROM json_each(:people))"
    rows = con.execute(
        f"SELECT s.id, s.at, s.handover_id, s.state, h.to_whom, h.person_id, {NAME}, p.company,"
        " s.cents, coalesce(l.label, ''), h.by_whom"
        " FROM handover_state s JOIN handover h ON h.id=s.handover_id"
        " LEFT JOIN card c ON c.id=h.card_id LEFT JOIN channel l ON l.id=c.channel_id"
        " JOIN person p ON p.id=h.person_id WHERE s.at >= :start AND s.at < :end"
        f"{wanted.only('h.event_id', 'h.person_id')}{whose} ORDER BY s.id",
        {**wanted.values(), "people": listed(people or ())},
    )
    for row in rows:
        yield LeadState(row["id"], instant_of(row["at"]), *row[2:])


# -- steps -------------------------------------------------------------------------

_STEP = (
    "SELECT s.id, s.title, s.title_en, p.event_id, coalesce(e.name, r.name) AS event, s.due_at,"
    " s.done_at, s.channel,"
    " (SELECT count(*) FROM check_item WHERE step_id=s.id AND done_at IS NULL) AS items,"
    " s.evidence{more}"
    f" FROM {{steps}} {OCCASION}"
)
# When a step became impossible, as domain.events.closed has it.
_CLOSES = (
    "CASE WHEN s.phase='after'"
    " THEN max(s.closes_at, strftime('%Y-%m-%dT%H:%M:%SZ', s.due_at, '+1 day'))"
    " ELSE s.closes_at END"
)
_IMPOSSIBLE = (
    f"(s.state='missed' OR (s.state='floating' AND s.closes_at IS NOT NULL AND s.due_at < :now"
    f" AND {_CLOSES} < :now))"
)


def _steps(
    con: sqlite3.Connection,
    wanted: Wanted,
    condition: str,
    now: datetime,
    order: str,
) -> tuple[StepLine, ...]:
    rows = con.execute(
        _STEP.format(more="", steps="step_shown s")
        + f" WHERE {condition}{wanted.only('p.event_id')} ORDER BY {order}, s.id",
        {**wanted.values(), "now": instant_text(now)},
    )
    return tuple(map(_step, rows))


def steps_done(con: sqlite3.Connection, wanted: Wanted, now: datetime) -> tuple[StepLine, ...]:
    condition = "s.state='done' AND s.done_at >= :start AND s.done_at < :end"
    return _steps(con, wanted, condition, now, "s.done_at")


def steps_missed(con: sqlite3.Connection, wanted: Wanted, now: datetime) -> tuple[StepLine, ...]:
    """Those that became impossible; not what was so already when the event was entered, nor what
    an event that was cancelled no longer wants."""
    condition = (
        f"{_IMPOSSIBLE} AND {GOES_ON} AND {_CLOSES} >= :start AND {_CLOSES} < :end"
        f" AND {_CLOSES} >= coalesce(e.created_at, r.created_at)"
    )
    return _steps(con, wanted, condition, now, "s.due_at")


def steps_due(
    con: sqlite3.Connection, wanted: Wanted, now: datetime, *, past: bool
) -> tuple[StepLine, ...]:
    """Those of the stretch that are still to be done; ``past``: and were due by now."""
    condition = (
        f"s.state IN ('floating', 'pinned') AND {GOES_ON}"
        f" AND s.due_at >= :start AND s.due_at < :end AND NOT {_IMPOSSIBLE}"
    )
    if past:
        condition += " AND s.due_at <= :now"
    return _steps(con, wanted, condition, now, "s.due_at")


def steps_late(con: sqlite3.Connection, wanted: Wanted, now: datetime) -> tuple[StepLine, ...]:
    """Those that were due before the stretch, of which something is past, and are still open."""
    condition = (
        f"s.state IN ('floating', 'pinned') AND {GOES_ON}"
        f" AND s.due_at < :start AND :start <= :now AND NOT {_IMPOSSIBLE}"
    )
    return _steps(con, wanted, condition, now, "s.due_at")


def steps_due_done(con: sqlite3.Connection, wanted: Wanted, now: datetime) -> tuple[StepLine, ...]:
    """Those that were due in the stretch and are done, whenever."""
    condition = "s.state='done' AND s.due_at >= :start AND s.due_at < :end AND s.due_at <= :now"
    return _steps(con, wanted, condition, now, "s.due_at")


def steps_moved(con: sqlite3.Connection, wanted: Wanted) -> tuple[StepLine, ...]:
    """Those put elsewhere by hand in the stretch, with where they were due when it began; one that
    is back there was not moved."""
    rows = con.execute(
        _STEP.format(
            more=", h.before",
            steps="(SELECT r.row_id, json_extract(r.image, '$.due_at') AS before, min(r.change_id)"
            " FROM change c JOIN change_row r ON r.change_id=c.id"
            " WHERE c.state IN ('done', 'final') AND c.at >= :start AND c.at < :end"
            " AND r.tbl='step' AND r.op='U' GROUP BY r.row_id) h JOIN step s ON s.id=h.row_id",
        )
        + " WHERE instr(s.why, 'hand') AND h.before <> s.due_at"
        f"{wanted.only('p.event_id')} ORDER BY s.due_at, s.id",
        wanted.values(),
    )
    return tuple(_step(row)._replace(before=instant_of(row["before"])) for row in rows)


def steps_dropped(con: sqlite3.Connection, wanted: Wanted) -> tuple[StepLine, ...]:
    """Those taken out of their plan, as they were."""
    rows = con.execute(
        "SELECT s.id, s.title, s.title_en, p.event_id, coalesce(e.name, r.name) AS event,"
        " s.due_at, s.done_at,"
        " '' AS channel, 0 AS items, '' AS evidence FROM"
        " (SELECT r.row_id AS id, json_extract(r.image, '$.title') AS title,"
        "   json_extract(r.image, '$.title_en') AS title_en,"
        "   json_extract(r.image, '$.plan_id') AS plan_id,"
        "   json_extract(r.image, '$.due_at') AS due_at, NULL AS done_at"
        "  FROM change c JOIN change_row r ON r.change_id=c.id WHERE c.state IN ('done', 'final')"
        "  AND c.at >= :start AND c.at < :end AND c.label=:removed AND r.tbl='step' AND r.op='D') s"
        f" {OCCASION} WHERE 1{wanted.only('p.event_id')} ORDER BY s.id",
        {**wanted.values(), "removed": REMOVED},
    )
    return tuple(map(_step, rows))


def _step(row: sqlite3.Row) -> StepLine:
    done = row["done_at"]
    moments = instant_of(row["due_at"]), instant_of(done) if done else None
    return StepLine(
        *(row["id"], row["title"], row["title_en"], row["event_id"] or 0, row["event"], *moments),
        channel=row["channel"],
        left=row["items"],
        evidence=row["evidence"],
    )


# -- the log -----------------------------------------------------------------------


def tasks_done(con: sqlite3.Connection, wanted: Wanted) -> tuple[Task, ...]:
    return _tasks(con, wanted, "f.done_at >= :start AND f.done_at < :end", "f.done_at")


def tasks_due(con: sqlite3.Connection, wanted: Wanted) -> tuple[Task, ...]:
    condition = "f.done_at IS NULL AND f.due_at >= :start AND f.due_at < :end"
    return _tasks(con, wanted, condition, "f.due_at")


def _tasks(con: sqlite3.Connection, wanted: Wanted, condition: str, order: str) -> tuple[Task, ...]:
    by_tag = "f.log_id IN (SELECT log_id FROM log_tag WHERE tag=:tag COLLATE NOCASE)"
    rows = con.execute(
        "SELECT f.id, f.text, f.due_at, f.timed, f.event_id FROM follow_up f"
        f" WHERE {condition}{wanted.only('f.event_id', 'f.person_id', by_tag)}"
        f" ORDER BY {order}, f.id",
        wanted.values(),
    )
    return tuple(
        Task(row["id"], row["text"], instant_of(row["due_at"]), bool(row["timed"]), row["event_id"])
        for row in rows
    )


def lines(con: sqlite3.Connection, wanted: Wanted) -> Iterator[Line]:
    named = "l.id IN (SELECT log_id FROM log_person WHERE person_id=:person)"
    by_tag = "l.id IN (SELECT log_id FROM log_tag WHERE tag=:tag COLLATE NOCASE)"
    only = wanted._replace(person_id=0).only("l.event_id", "", by_tag)
    rows = con.execute(
        "SELECT l.id, l.at, l.text, l.label, l.args, l.minutes, l.source, l.event_id,"
        " (SELECT tag FROM log_tag WHERE log_id=l.id ORDER BY id LIMIT 1) AS tag"
        f" FROM log l WHERE l.at >= :start AND l.at < :end{only}"
        f" AND (:person=0 OR {named}) ORDER BY l.at, l.id",
        wanted.values(),
    )
    for row in rows:
        said = spoken(row["text"], row["label"], row["args"]) if row["source"] == "typed" else ""
        at, minutes, tag = instant_of(row["at"]), row["minutes"] or 0, row["tag"] or ""
        yield Line(row["id"], at, said, minutes, row["source"], tag, row["event_id"])
