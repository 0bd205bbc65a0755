"""Two people in programmes become one: who comes stays in theirs, the other's ends as merged."""

from __future__ import annotations


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
