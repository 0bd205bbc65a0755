"""What happens to the columns of leads: they are a person's."""

from __future__ import annotations

from opslog.domain.leads.leads import STATES
from opslog.store.db.declaration import BLANK, ID, KEEP, SCRUB, Column, move

COLUMNS = {
    "handover": {
        "id": ID,
        "person_id": Column(KEEP, move, of="person.id"),
        "card_id": Column(KEEP, move, of="card.id"),
        "event_id": Column(KEEP, of="event.id"),
        "budget": Column(BLANK, export=True),
        "need": Column(BLANK, export=True),
        "team": Column(BLANK, export=True),
        "timing": Column(BLANK, export=True),
        "to_whom": Column(SCRUB, export=True),
        "community": Column(SCRUB, export=True),
        "by_whom": Column(SCRUB, export=True),
    },
    "handover_state": {
        "id": ID,
        "handover_id": Column(KEEP, of="handover.id"),
        "state": Column(KEEP, export=True, codes=STATES),
        "at": Column(KEEP, export=True),
        "reason": Column(BLANK, export=True),
        "cents": Column(KEEP, export=True),
        "next_on": Column(KEEP),
    },
}
