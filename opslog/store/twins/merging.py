"""Two rows of one person become one: plain statements, which the journal takes back as a whole."""

from __future__ import annotations

import sqlite3

from opslog.domain.rosters.rosters import STATES
from opslog.store.people import card as person_card
from opslog.store.people import fields
from opslog.store.twins.pairs import all_of

_BLANKS = ("name", "title", "phone", "email", "city", "industry", "city_guess", "wecom")


def merge(con: sqlite3.Connection, keep: int, other: int) -> None:
    """All that ``other`` has goes to ``keep``; ``other`` stays as a row that points there.

    Nothing of ``keep`` is overwritten: blanks are filled, further numbers, addresses, tags and
    words of the note added. Where both are on one list their cards become one, with the rows,
    the ledger and the calls of both.
    """
    _cards(con, keep, other)
    con.execute(
        "DELETE FROM log_person WHERE person_id=? AND log_id IN"
        " (SELECT log_id FROM log_person WHERE person_id=?)",
        (other, keep),
    )
    con.execute("UPDATE log_person SET person_id=? WHERE person_id=?", (keep, other))
    con.execute("UPDATE follow_up SET person_id=? WHERE person_id=?", (keep, other))
    con.execute(
        "DELETE FROM person_tag WHERE person_id=? AND tag IN"
        " (SELECT tag FROM person_tag WHERE person_id=?)",
        (other, keep),
    )
    con.execute("UPDATE person_tag SET person_id=? WHERE person_id=?", (keep, other))
    fields.join(con, keep, other)
    _fields(con, keep, other)
    con.execute("UPDATE person SET merged_into=? WHERE merged_into=?", (keep, other))
    con.execute("UPDATE person SET merged_into=? WHERE id=?", (keep, other))
    person_card.reindex(con, [keep])


def _cards(con: sqlite3.Connection, keep: int, other: int) -> None:
    for card in con.execute("SELECT * FROM card WHERE person_id=?", (other,)).fetchall():
        kept = con.execute(
            "SELECT * FROM card WHERE roster_id=? AND person_id=?", (card["roster_id"], keep)
        ).fetchone()
        if kept is None:
            con.execute("UPDATE card SET person_id=? WHERE id=?", (keep, card["id"]))
            continue
        for table in ("roster_row", "decision", "touch"):
            con.execute(f"UPDATE {table} SET card_id=? WHERE card_id=?", (kept["id"], card["id"]))
        signed = [text for text in (kept["signed_up_at"], card["signed_up_at"]) if text]
        came = {kept["attended"], card["attended"]} - {None}
        minutes = [n for n in (kept["minutes"], card["minutes"]) if n is not None]
        con.execute(
            "UPDATE card SET signed_up_at=?, attended=?, state=?, minutes=?, guests=? WHERE id=?",
            (
                min(signed, default=None),
                max(came, default=None),  # seen once is there
                min(kept["state"], card["state"], key=STATES.index),
                sum(minutes) if minutes else None,
                max(kept["guests"], card["guests"]),
                kept["id"],
            ),
        )
        con.execute("DELETE FROM card WHERE id=?", (card["id"],))


def _fields(con: sqlite3.Connection, keep: int, other: int) -> None:
    rows = {
        row["id"]: row
        for row in con.execute("SELECT * FROM person WHERE id IN (?, ?)", (keep, other))
    }
    mine, theirs = rows[keep], rows[other]
    values: dict[str, object] = {
        name: theirs[name]
        for name in _BLANKS
        if mine[name] in ("", None) and theirs[name] not in ("", None)
    }
    if not mine["company"] and theirs["company"]:
        values |= {"company": theirs["company"], "company_key": theirs["company_key"]}
    for one, many in (("phone", "phones"), ("email", "emails")):
        main = str(values.get(one, mine[one]))
        every = [*all_of(mine[one], mine[many]), *all_of(theirs[one], theirs[many])]
        values[many] = " ".join(value for value in dict.fromkeys(every) if value != main)
    if theirs["note"] and theirs["note"] not in mine["note"]:
        values["note"] = "\n".join(filter(None, [mine["note"], theirs["note"]]))
    contacted = [row["last_contact_at"] for row in (mine, theirs) if row["last_contact_at"]]
    values |= {
        "do_not_call": mine["do_not_call"] or theirs["do_not_call"],
        "last_contact_at": max(contacted, default=None),
        "created_at": min(mine["created_at"], theirs["created_at"]),
    }
    person_card.update(con, keep, values)
