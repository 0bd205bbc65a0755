"""What happens to the columns of reports: whoever is erased is taken out of their words."""

from __future__ import annotations

from opslog.store.db.declaration import ID, KEEP, SCRUB, Column

COLUMNS = {
    "report_text": {
        "id": ID,
        "first": Column(KEEP),
        "last": Column(KEEP),
        "text": Column(SCRUB),
        "made_from": Column(SCRUB),
        "at": Column(KEEP),
    },
}
