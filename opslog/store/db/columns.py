"""What happens to the file's own columns; a copy's path is kept, since it says where to look."""

from __future__ import annotations

from opslog.store.db.declaration import DELETE, ID, KEEP, SCRUB, Column

COLUMNS = {
    "own_file": {
        "id": ID,
        "name": Column(KEEP),  # the name of the file beside
        "text": Column(SCRUB),
        "version": Column(KEEP),
        "at": Column(KEEP),
    },
    "change": {
        "id": ID,
        "at": Column(KEEP),
        "session": Column(KEEP),
        "label": Column(KEEP),
        "args": Column(SCRUB, json=True),
        "state": Column(KEEP, codes=("done", "undone", "dropped", "final")),
        "undone_order": Column(KEEP),
    },
    "change_row": {
        "change_id": Column(KEEP),
        "tbl": Column(KEEP),
        "row_id": Column(KEEP),
        "op": Column(KEEP, codes=("I", "U", "D", "E")),
        "image": Column(SCRUB, json=True),  # and, of the person's rows, what the columns say
    },
    "change_range": {
        "change_id": Column(KEEP),
        "tbl": Column(KEEP),
        "low": Column(KEEP),
        "high": Column(KEEP),
    },
    "journal_now": {
        "id": ID,
        "change_id": Column(KEEP),
        "bulk": Column(KEEP),
        "fresh": Column(KEEP),
    },
    "setting": {"key": Column(KEEP), "value": Column(SCRUB)},
    "migration": {"number": Column(KEEP), "name": Column(KEEP), "at": Column(KEEP)},
    "file_identity": {"id": ID, "secret": Column(KEEP), "last_token": Column(KEEP)},
    "draft": {
        "id": ID,
        "place": Column(KEEP),
        "text": Column(SCRUB),
        "at": Column(KEEP),
        "person_id": Column(DELETE, of="person.id"),
    },
    "copy": {
        "path": Column(KEEP),
        "at": Column(KEEP),
        "kind": Column(KEEP),
        "held": Column(KEEP),
        "sha": Column(KEEP),
    },
}
