"""What happens to the columns of what may be one; what was said of a pair is handed over apart
(``pairs.hand_over``), since it holds for others."""

from __future__ import annotations

from opslog.store.db.declaration import DELETE, ID, KEEP, SCRUB, Column

_HALF = Column(DELETE, of="person.id", only="kind='person'")

COLUMNS = {
    "pair": {
        "id": ID,
        "kind": Column(KEEP),
        "one": _HALF,
        "other": _HALF,
        "score": Column(KEEP),
        "reasons": Column(KEEP, json=True),
        "verdict": Column(KEEP),
        "created_at": Column(KEEP),
        "decided_at": Column(KEEP),
    },
    "company_link": {
        "id": ID,
        "company_key": Column(SCRUB),
        "to_key": Column(SCRUB),
        "relation": Column(KEEP),
    },
    "likeness": {"key": Column(KEEP), "ref": Column(DELETE, of="person.id")},
}
