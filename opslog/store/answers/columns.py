"""What happens to the columns of questions and answers. What was chosen stays for the counts;
what was said in words goes with the person who said it."""

from __future__ import annotations

from opslog.store.db.declaration import BLANK, ID, KEEP, SCRUB, Column, move

COLUMNS = {
    "question": {
        "id": ID,
        "key": Column(KEEP, export=True),
        "version": Column(KEEP),
        "text": Column(SCRUB, export=True),
        "text_en": Column(SCRUB, export=True),
        "kind": Column(KEEP, codes=("scale", "choice", "yes_no", "words")),
        "options": Column(KEEP, json=True),
        "options_en": Column(KEEP, json=True),
        "other": Column(KEEP),
        "concerns": Column(KEEP, export=True),
        "fills": Column(KEEP),
    },
    "answer": {
        "id": ID,
        "question_id": Column(KEEP, of="question.id"),
        "person_id": Column(KEEP, move, of="person.id"),
        "event_id": Column(KEEP, of="event.id"),
        "touch_id": Column(KEEP),
        "value": Column(KEEP, export=True),
        "words": Column(BLANK, export=True),
        "at": Column(KEEP, export=True),
    },
}
