"""What happens to the columns of programmes: who is in one and what was sent are a person's,
content is nobody's. An erased person has no next day, so no queue shows them; counts stay."""

from __future__ import annotations

from opslog.store.db.declaration import BLANK, ID, KEEP, SCRUB, Column, move

COLUMNS = {
    "content": {
        "id": ID,
        "kind": Column(KEEP, export=True),
        "label": Column(KEEP, export=True),
        "version": Column(KEEP, export=True),
        "state": Column(KEEP, export=True),
        "stage": Column(KEEP, export=True),
        "text_zh": Column(SCRUB, export=True),
        "text_en": Column(SCRUB, export=True),
        "link": Column(KEEP, export=True),
        "made_on": Column(KEEP, export=True),
        "revise_on": Column(KEEP, export=True),
        "writer": Column(SCRUB, export=True),
        "bait": Column(KEEP, export=True),
    },
    "publication": {
        "id": ID,
        "content_id": Column(KEEP, of="content.id"),
        "channel": Column(KEEP, export=True),
        "at": Column(KEEP, export=True),
        "link": Column(KEEP, export=True),
    },
    "enrolment": {
        "id": ID,
        "person_id": Column(KEEP, move, of="person.id"),
        "programme": Column(KEEP, export=True),
        "version": Column(KEEP),
        "started_on": Column(KEEP, export=True),
        "entered_at": Column(KEEP),
        "next_step": Column(KEEP, export=True),
        "next_on": Column(BLANK, export=True),
        "slot": Column(KEEP),
        "state": Column(KEEP, export=True, codes=("active", "paused", "left", "finished")),
        "left_why": Column(SCRUB, export=True),
        "state_at": Column(KEEP),
        "beside": Column(KEEP),
        "from_event_id": Column(KEEP),  # which may be gone, as the next
        "from_roster_id": Column(KEEP),
        "entered_by": Column(KEEP),
        "content_id": Column(KEEP),
        "words": Column(BLANK),
    },
    "sending": {
        "id": ID,
        "enrolment_id": Column(KEEP, of="enrolment.id"),
        "step": Column(KEEP, export=True),
        "due_on": Column(KEEP, export=True),
        "at": Column(KEEP, export=True),
        "state": Column(KEEP, export=True, codes=("sent", "skipped", "missed")),
        "content_id": Column(KEEP),
        "content_version": Column(KEEP, export=True),
        "text": Column(BLANK, export=True),
        "touch_id": Column(KEEP),
        "opened_at": Column(KEEP, export=True),
    },
}
