"""What happens to the columns of people, and of what belongs to a person or a company."""

from __future__ import annotations

from opslog.store.db.declaration import (
    BLANK,
    DELETE,
    ID,
    KEEP,
    SCRUB,
    Column,
    fill,
    filled_with,
    follows,
    further,
    largest,
    lines,
    move,
    same,
    smallest,
    typed,
)

_PERSON = "person.id"

COLUMNS = {
    "person": {
        "id": ID,
        "name": Column(BLANK, fill, search=True, export=True),
        "company": Column(BLANK, fill, search=True, export=True),
        "company_key": Column(BLANK, filled_with("company")),
        "title": Column(BLANK, fill, search=True, export=True),
        "phone": Column(BLANK, fill, search=True, export=True),
        "email": Column(BLANK, fill, search=True, export=True),
        "city": Column(BLANK, fill, search=True, export=True),
        "industry": Column(BLANK, fill, search=True, export=True),
        "wecom": Column(BLANK, fill, export=True),
        "note": Column(BLANK, lines, search=True, export=True),
        "search": Column(BLANK),  # made anew of the others
        "created_at": Column(KEEP, smallest),
        "phones": Column(BLANK, further("phone"), search=True, export=True),
        "emails": Column(BLANK, further("email"), search=True, export=True),
        "city_guess": Column(BLANK, fill),
        "last_contact_at": Column(BLANK, largest),
        "merged_into": Column(KEEP, move, of=_PERSON),
        "erased_at": Column(KEEP),
    },
    "person_tag": {
        "id": ID,
        "person_id": Column(DELETE, move, of=_PERSON),
        "tag": Column(SCRUB, same, search=True, export=True),
    },
    "person_block": {"block": Column(KEEP), "people": Column(KEEP)},
    "suppressed": {
        "id": ID,
        "kind": Column(KEEP),
        # Whoever asked not to be called stays uncalled, in whatever list the number comes back:
        # it is all that is kept, and without anything that says whose it was.
        "value": Column(KEEP, of="person.phone person.phones person.email person.emails"),
        "scope": Column(KEEP),
        "since": Column(KEEP),
        "by": Column(SCRUB),
        "why": Column(BLANK),
    },
    "erased": {"fingerprint": Column(KEEP), "at": Column(KEEP)},
    "field": {
        "id": ID,
        "of": Column(KEEP),
        "name": Column(SCRUB),
        "type": Column(KEEP),
        "choices": Column(SCRUB),
        "on_card": Column(KEEP),
        "weight": Column(KEEP),
    },
    "field_value": {
        "id": ID,
        "field_id": Column(KEEP, same),
        "person_id": Column(DELETE, move, of=_PERSON),
        "company_key": Column(SCRUB, move, of="company.key"),
        "value": Column(BLANK, typed),
        "source": Column(KEEP, typed),
    },
    "source": {
        "id": ID,
        "person_id": Column(DELETE, move, of=_PERSON),
        "column": Column(KEEP, follows),
        "file_id": Column(KEEP),
    },
}
