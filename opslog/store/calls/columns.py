"""What happens to the columns of attempts: they are a person's."""

from __future__ import annotations

from opslog.store.db.declaration import BLANK, DELETE, ID, KEEP, SCRUB, Column, move

COLUMNS = {
    "touch": {
        "id": ID,
        "card_id": Column(KEEP, move, of="card.id"),
        "purpose": Column(KEEP, export=True),
        "lane": Column(KEEP, export=True),
        "outcome": Column(KEEP, export=True),
        "reason": Column(SCRUB, export=True),
        "note": Column(BLANK, export=True),
        "next_at": Column(KEEP, export=True),
        "promised": Column(KEEP, export=True),
        "at": Column(KEEP, export=True),
        "person_id": Column(KEEP, move, of="person.id"),
        "event_id": Column(KEEP, of="event.id"),
        "direction": Column(KEEP, export=True, codes=("out", "in")),
        "seconds": Column(KEEP),
        "counts": Column(KEEP),
        "call_id": Column(KEEP),
    },
    "told": {
        "id": ID,
        "tbl": Column(KEEP),
        "row_id": Column(KEEP),
        "to_whom": Column(SCRUB),
        "at": Column(KEEP),
    },
    "not_now": {
        "id": ID,
        "person_id": Column(DELETE, move, of="person.id"),
        "until": Column(KEEP),
    },
    "call_promise": {"card_id": Column(KEEP), "touch_id": Column(KEEP)},
    "call_settled": {"roster_id": Column(KEEP), "rules": Column(KEEP)},
}
