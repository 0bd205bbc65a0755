"""What leaves in files: whole tables read a row at a time, so that memory stays flat.

Rows come as ``sqlite3.Row``; the exporting service turns them into cells. Several values of one
row (tags, people) come as a JSON array.
"""

from __future__ import annotations

import sqlite3

from opslog.store.rosters.sections import section_of

Rows = sqlite3.Cursor

_PERSON = (
    "person.name, person.company, person.title, person.phone, person.email, person.city,"
    " person.industry, person.wecom, person.phones, person.emails,"
    " (SELECT json_group_array(tag) FROM"
    "  (SELECT tag FROM person_tag WHERE person_id=person.id ORDER BY tag)) AS tags"
)


def log_lines(con: sqlite3.Connection, event_id: int | None) -> Rows:
    return con.execute(
        "SELECT log.id, log.at, log.text, log.minutes, log.flagged, log.source,"
        " event.name AS event,"
        " (SELECT json_group_array(tag) FROM"
        "  (SELECT tag FROM log_tag WHERE log_id=log.id ORDER BY id)) AS tags,"
        " (SELECT json_group_array(name) FROM"
        "  (SELECT name FROM log_person WHERE log_id=log.id ORDER BY id)) AS people"
        " FROM log LEFT JOIN event ON event.id=log.event_id"
        " WHERE ?1 IS NULL OR log.event_id=?1 ORDER BY log.at, log.id",
        (event_id,),
    )


def steps(con: sqlite3.Connection, event_id: int | None) -> Rows:
    """The plan of one event, or of all that are not cancelled."""
    return con.execute(
        "SELECT step.*, event.name AS event,"
        " (SELECT json_group_array(json_object('title', title, 'title_en', title_en,"
        "   'done', done_at IS NOT NULL)) FROM"
        "  (SELECT * FROM check_item WHERE step_id=step.id ORDER BY id)) AS items"
        " FROM step JOIN event ON event.id=step.event_id"
        " WHERE step.event_id=?1 OR (?1 IS NULL AND event.cancelled_at IS NULL)"
        " ORDER BY event.starts_at, event.id, step.due_at, step.id",
        (event_id,),
    )


def events(con: sqlite3.Connection, event_id: int | None) -> Rows:
    return con.execute(
        "SELECT * FROM event WHERE ?1 IS NULL OR id=?1 ORDER BY starts_at, id", (event_id,)
    )


def rosters(con: sqlite3.Connection, event_id: int | None) -> Rows:
    return con.execute(
        "SELECT id, name FROM roster WHERE ?1 IS NULL OR event_id=?1 ORDER BY id", (event_id,)
    )


def sections(con: sqlite3.Connection, roster_id: int) -> dict[tuple[int, int], list[str]]:
    """The headings over the lines of a roster, by file and the line they stand on.

    Some lines have more cells than there are headings, so there are as many as the longest has.
    """
    rows = con.execute(
        "SELECT f.id, f.columns, f.mapping, f.sections, r.line,"
        " max(json_array_length(r.cells)) AS cells"
        " FROM roster_file f JOIN roster_row r ON r.file_id=f.id WHERE r.roster_id=?"
        " GROUP BY f.id, CASE WHEN f.sections='' THEN 0 ELSE r.line END",
        (roster_id,),
    )
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        section = section_of(row)
        headings = found.setdefault((row["id"], section.header_row), list(section.columns))
        headings += [""] * (row["cells"] - len(headings))
    return found


def rounds(con: sqlite3.Connection, roster_id: int) -> Rows:
    return con.execute(
        "SELECT id, number FROM round WHERE roster_id=? ORDER BY number", (roster_id,)
    )


def decisions(con: sqlite3.Connection, roster_id: int) -> Rows:
    """The ledger of a roster, oldest first."""
    return con.execute(
        "SELECT round.number, decision.card_id, decision.verdict, decision.reason,"
        " decision.decided_by, decision.at"
        " FROM decision JOIN round ON round.id=decision.round_id"
        " WHERE round.roster_id=? ORDER BY decision.id",
        (roster_id,),
    )


def roster_rows(con: sqlite3.Connection, roster_id: int) -> Rows:
    """Every line that came in, with whoever it was understood to be."""
    return con.execute(
        "SELECT roster_row.file_id, f.file, f.sheet, f.columns, f.mapping, f.sections,"
        " roster_row.line, roster_row.cells, roster_row.result,"
        " roster_row.problems, roster_row.card_id, card.signed_up_at, card.attended,"
        f" card.state='withdrawn' AS withdrawn, {_PERSON}"
        " FROM roster_row JOIN roster_file f ON f.id=roster_row.file_id"
        " LEFT JOIN card ON card.id=roster_row.card_id LEFT JOIN person ON person.id=card.person_id"
        " WHERE roster_row.roster_id=? ORDER BY roster_row.file_id, roster_row.line, roster_row.id",
        (roster_id,),
    )


def touches(con: sqlite3.Connection, event_id: int | None) -> Rows:
    """Every attempt to reach somebody, by person, oldest first."""
    return con.execute(
        "SELECT touch.*, roster.event_id, event.name AS event, card.person_id,"
        f" {_PERSON}"
        " FROM touch JOIN card ON card.id=touch.card_id JOIN roster ON roster.id=card.roster_id"
        " JOIN event ON event.id=roster.event_id JOIN person ON person.id=card.person_id"
        " WHERE ?1 IS NULL OR roster.event_id=?1"
        " ORDER BY event.starts_at, event.id, touch.card_id, touch.id",
        (event_id,),
    )


def people(con: sqlite3.Connection, event_id: int | None) -> Rows:
    """Everybody, or those on the list of one event; nobody twice and none who was erased."""
    return con.execute(
        f"SELECT person.id, person.do_not_call, person.note, {_PERSON},"
        " (SELECT json_group_array(name) FROM (SELECT event.name FROM card"
        "   JOIN roster ON roster.id=card.roster_id JOIN event ON event.id=roster.event_id"
        "   WHERE card.person_id=person.id ORDER BY event.starts_at, event.id)) AS events"
        " FROM person_shown AS person WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM card"
        "  JOIN roster ON roster.id=card.roster_id"
        "  WHERE card.person_id=person.id AND roster.event_id=?1))"
        " ORDER BY person.id",
        (event_id,),
    )
