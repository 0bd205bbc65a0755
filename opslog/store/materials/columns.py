"""What happens to the columns of requests: they belong to whose card it is."""

from __future__ import annotations

from opslog.domain.materials.requests import MEDIA, SHOWN, VERDICTS, WHO
from opslog.store.db.declaration import BLANK, ID, KEEP, SCRUB, Column, fill, move, same, smallest

COLUMNS = {
    "material_request": {
        "id": ID,
        "card_id": Column(KEEP, move, of="card.id"),
        "event_id": Column(KEEP, same),
        "asked_on": Column(KEEP, fill, export=True),
        "who": Column(KEEP, fill, export=True, codes=("", *WHO)),
        "shown": Column(KEEP, fill, export=True, codes=("", *SHOWN)),
        "verdict": Column(KEEP, fill, export=True, codes=("", *VERDICTS)),
        "reason": Column(SCRUB, fill, export=True),
        "medium": Column(KEEP, fill, export=True, codes=("", *MEDIA)),
        "watermark": Column(BLANK, fill, export=True),
        "address": Column(BLANK, fill, export=True),
        "use": Column(BLANK, fill, export=True),
        "sent_at": Column(KEEP, smallest, export=True),
        "sent_by": Column(BLANK, fill, export=True),
    },
}
