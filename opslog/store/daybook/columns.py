"""What happens to the columns of the day's lines: a line is whose name stands in it."""

from __future__ import annotations

from opslog.store.db.declaration import BLANK, ID, KEEP, SCRUB, Column, move, same

COLUMNS = {
    "log": {
        "id": Column(KEEP, of="log_person.log_id", export=True),
        "at": Column(KEEP, export=True),
        "text": Column(SCRUB, search=True, export=True),
        "event_id": Column(KEEP),
        "minutes": Column(KEEP, export=True),
        "flagged": Column(KEEP, export=True),
        "source": Column(KEEP, export=True),
        "search": Column(SCRUB),
        "created_at": Column(KEEP),
        "label": Column(KEEP),
        "args": Column(SCRUB, json=True),
    },
    "log_day": {"day": Column(KEEP), "lines": Column(KEEP)},
    "log_tag": {
        "id": ID,
        "log_id": Column(KEEP, of="log.id"),
        "tag": Column(SCRUB, search=True, export=True),
    },
    "log_person": {
        "id": ID,
        "log_id": Column(KEEP, same),
        "person_id": Column(KEEP, move, of="person.id"),
        "name": Column(BLANK, search=True, export=True),
    },
    "follow_up": {
        "id": ID,
        "log_id": Column(KEEP, of="log.id"),
        "text": Column(SCRUB),
        "due_at": Column(KEEP),
        "timed": Column(KEEP),
        "event_id": Column(KEEP),
        "person_id": Column(KEEP, move, of="person.id"),
        "done_at": Column(KEEP),
        "snoozed_until": Column(KEEP),
        "note": Column(SCRUB),
        "flagged": Column(KEEP),
    },
}
