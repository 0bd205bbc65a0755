"""What happens to the columns of events and plans: they are nobody's, but may name somebody."""

from __future__ import annotations

from opslog.store.db.declaration import ID, KEEP, SCRUB, Column

COLUMNS = {
    "event": {
        "id": ID,
        "name": Column(SCRUB, search=True, export=True),
        "kind": Column(KEEP),
        "host": Column(KEEP),
        "list": Column(KEEP),
        "starts_at": Column(KEEP, export=True),
        "ends_at": Column(KEEP, export=True),
        "audience": Column(KEEP),
        "segment": Column(SCRUB),
        "theme": Column(SCRUB, search=True),
        "place": Column(SCRUB, search=True, export=True),
        "tag": Column(SCRUB, search=True, export=True),
        "reach": Column(KEEP),
        "views": Column(KEEP),
        "shares": Column(KEEP),
        "note": Column(SCRUB, search=True, export=True),
        "cancelled_at": Column(KEEP, export=True),
        "search": Column(SCRUB),
        "created_at": Column(KEEP),
        "budget_cents": Column(KEEP),
    },
    "target": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "measure": Column(KEEP),
        "value": Column(KEEP),
    },
    "step": {
        "id": Column(KEEP, export=True),
        "event_id": Column(KEEP, of="event.id"),
        "key": Column(KEEP, export=True),
        "title": Column(SCRUB, export=True),
        "title_en": Column(SCRUB, export=True),
        "anchor": Column(KEEP, export=True),
        "offset": Column(KEEP, export=True),
        "offset_months": Column(KEEP, export=True),
        "clock": Column(KEEP),
        "channel": Column(KEEP, export=True),
        "phase": Column(KEEP),
        "due_at": Column(KEEP, export=True),
        "planned_at": Column(KEEP, export=True),
        "closes_at": Column(KEEP),
        "lead_days": Column(KEEP),
        "why": Column(KEEP, export=True),
        "state": Column(KEEP, export=True),
        "done_at": Column(KEEP, export=True),
        "snoozed_until": Column(KEEP),
        "note": Column(SCRUB, export=True),
    },
    "check_item": {
        "id": ID,
        "step_id": Column(KEEP, of="step.id"),
        "title": Column(SCRUB, export=True),
        "title_en": Column(SCRUB, export=True),
        "done_at": Column(KEEP, export=True),
    },
    "calendar_entry": {
        "uid": Column(KEEP),
        "event_id": Column(KEEP),  # which may be gone
        "starts_at": Column(KEEP),
        "ends_at": Column(KEEP),
        "sequence": Column(KEEP),
        "changed_at": Column(KEEP),
        "mark": Column(KEEP),  # a hash
    },
}
