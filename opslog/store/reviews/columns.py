"""What happens to the columns of reviews: they are nobody's, but their words may name somebody."""

from __future__ import annotations

from opslog.store.db.declaration import ID, KEEP, SCRUB, Column

COLUMNS = {
    "cost": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "item": Column(SCRUB, export=True),
        "planned_cents": Column(KEEP, export=True),
        "spent_cents": Column(KEEP, export=True),
    },
    "figure": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "measure": Column(SCRUB, export=True),
        "value": Column(KEEP, export=True),
        "against": Column(SCRUB, export=True),
        "change_percent": Column(KEEP, export=True),
        "change": Column(KEEP, export=True),
        "source": Column(SCRUB, export=True),
        "at": Column(KEEP),
    },
    "act": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "key": Column(KEEP),
        "text": Column(SCRUB, export=True),
        "reason": Column(SCRUB, export=True),
        "kind": Column(KEEP),
        "step": Column(KEEP),
        "change": Column(SCRUB, export=True),
        "state": Column(KEEP, export=True, codes=("accepted", "dismissed")),
        "at": Column(KEEP),
    },
    "review_note": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "part": Column(KEEP),
        "text": Column(SCRUB, export=True),
    },
}
