"""What happens to the columns of lists: a card is a person's, and a line its card's."""

from __future__ import annotations

from opslog.domain.rosters.rosters import STATES
from opslog.store.db.declaration import (
    BLANK,
    CELLS,
    DELETE,
    ID,
    KEEP,
    SCRUB,
    Column,
    first_of,
    largest,
    move,
    same,
    smallest,
    total,
)

COLUMNS = {
    "roster": {
        "id": ID,
        "event_id": Column(KEEP, of="event.id"),
        "name": Column(SCRUB),
        "created_at": Column(KEEP),
    },
    "roster_file": {
        "id": ID,
        "roster_id": Column(KEEP, of="roster.id"),
        "file": Column(SCRUB, export=True),
        "sheet": Column(SCRUB, export=True),
        "encoding": Column(KEEP),
        "header_row": Column(KEEP),
        "columns": Column(SCRUB, export=True, json=True),
        "mapping": Column(KEEP, json=True),
        "read": Column(KEEP),
        "new": Column(KEEP),
        "updated": Column(KEEP),
        "unchanged": Column(KEEP),
        "duplicate": Column(KEEP),
        "problem": Column(KEEP),
        "imported_at": Column(KEEP),
        "kind": Column(KEEP),
        "profile": Column(SCRUB),
        "withdrawn_at": Column(KEEP),
        "sections": Column(SCRUB, export=True, json=True),
        "min_minutes": Column(KEEP),
    },
    "card": {
        "id": ID,
        "roster_id": Column(KEEP, same),
        "person_id": Column(KEEP, move, of="person.id"),
        "signed_up_at": Column(KEEP, smallest, export=True),
        "attended": Column(KEEP, largest, export=True),  # seen once is there
        "minutes": Column(KEEP, total),
        "state": Column(KEEP, first_of(STATES), export=True),
        "guests": Column(KEEP, largest),
    },
    "roster_row": {
        "id": ID,
        "roster_id": Column(KEEP),
        "file_id": Column(KEEP),
        "card_id": Column(KEEP, move, of="card.id"),
        "line": Column(KEEP, export=True),
        "cells": Column(CELLS, export=True, json=True),
        "result": Column(KEEP, export=True),
        "problems": Column(KEEP, export=True, json=True),
        "mended": Column(BLANK, json=True),
    },
    "past_contact": {
        "id": ID,
        "person_id": Column(DELETE, move, of="person.id"),
        "at": Column(KEEP, same),
        "text": Column(SCRUB, same),
        "file_id": Column(KEEP),
    },
    "column_memory": {
        "id": ID,
        "headings": Column(SCRUB, json=True),
        "mapping": Column(KEEP, json=True),
        "used_at": Column(KEEP),
    },
}
