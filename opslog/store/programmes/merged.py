"""Two people in programmes become one: who comes stays in theirs, the other's ends as merged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.domain.programmes.merging import Place
from opslog.store.db.listed import IN_LIST, listed


def sql() -> list[str]:
    """The trigger; what it writes is journalled with the merge, and undone with it. Of the same
    programme one goes on, whether beside another or not."""
    return [
        "CREATE TRIGGER enrolment_merged BEFORE UPDATE OF person_id ON enrolment"
        " WHEN NEW.person_id<>OLD.person_id AND NEW.state IN ('active', 'paused')"
        " BEGIN UPDATE enrolment SET state='left', left_why='merged', next_on=''"
        " WHERE person_id=NEW.person_id AND id<>NEW.id AND state IN ('active', 'paused')"
        " AND (programme=NEW.programme OR (NOT beside AND NOT NEW.beside)); END"
    ]


def places(con: sqlite3.Connection, person_id: int) -> list[Place]:
    """Every place of somebody, the oldest first."""
    rows = con.execute(
        "SELECT id, programme, state, beside, EXISTS (SELECT 1 FROM sending"
        "  WHERE enrolment_id=enrolment.id AND state='sent')"
        " FROM enrolment WHERE person_id=? ORDER BY id",
        (person_id,),
    )
    return [Place(row[0], row[1], row[2], bool(row[3]), bool(row[4])) for row in rows]


def end(con: sqlite3.Connection, those: Iterable[Place]) -> None:
    """They end as the trigger ends them; what was sent by them counts for the one that goes on."""
    con.execute(
        f"UPDATE enrolment SET state='left', left_why='merged', next_on='' WHERE id {IN_LIST}",
        (listed(one.id for one in those),),
    )
