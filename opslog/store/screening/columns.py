"""What happens to the columns of rounds and verdicts: a verdict is of a card."""

from __future__ import annotations

from opslog.store.db.declaration import ID, KEEP, SCRUB, Column, move

COLUMNS = {
    "round": {
        "id": ID,
        "roster_id": Column(KEEP, of="roster.id"),
        "number": Column(KEEP, export=True),
        "opened_at": Column(KEEP),
        "closed_at": Column(KEEP),
    },
    "decision": {
        "id": ID,
        "round_id": Column(KEEP),
        "card_id": Column(KEEP, move, of="card.id"),
        "verdict": Column(KEEP, export=True),
        "reason": Column(KEEP, export=True),
        "decided_by": Column(SCRUB, export=True),
        "at": Column(KEEP, export=True),
    },
}
