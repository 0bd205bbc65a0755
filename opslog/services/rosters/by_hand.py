"""People who came onto a list without a file: entered by hand, or met at the door."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import HAND
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.people import by_hand
from opslog.services.rosters import event_tag
from opslog.store.rosters import rosters as rosters_store
from opslog.store.rosters import writing


def add(
    book: Book,
    fields: Mapping[str, str],
    *,
    event_id: int | None = None,
    same: int | None = None,
    guests: int = 0,
) -> Change:
    """Somebody by hand, with a card on the list of an event where one is named; ``made`` is the
    person. Refused as by ``services.people.by_hand.add``, and where the event is gone.
    """
    if event_id is None:
        return by_hand.add(book, fields, same=same)
    event, name = event_for_list(book, event_id), by_hand.name_of(book, fields, same)
    with book.change(msg(N_("{name} is on the list of {event}"), name=name, event=event)) as change:
        change.made = by_hand.add(book, fields, same=same).made
        put_on(book, change.made, event_id, way=HAND, guests=guests)
    return change


def event_for_list(book: Book, event_id: int) -> str:
    """The event's name. Raises Refused where it is gone, or takes no sign-ups."""
    row = book.con.execute("SELECT name, list FROM event WHERE id=?", (event_id,)).fetchone()
    if row is None:
        raise Refused(
            msg(N_("There is no event {id}; see them with: opslog event list"), id=event_id)
        )
    if row["list"] != "form":
        raise Refused(
            msg(
                N_(
                    "{event} has no sign-up list (its stream asks for none), so no list can be "
                    "taken in; its reach is typed in instead"
                ),
                event=row["name"],
            )
        )
    return str(row["name"])


def put_on(book: Book, person_id: int, event_id: int, *, way: str, guests: int = 0) -> int:
    """The card of a person on the list of an event, made where there is none yet, and the list
    too. Somebody who withdrew, and is entered again, is coming. Inside a change."""
    con, at = book.con, instant_text(book.now())
    roster_id = rosters_store.of_event(con, event_id)
    if not roster_id:
        roster_id = writing.put_roster(con, event_id, event_for_list(book, event_id), at)
    row = con.execute(
        "SELECT id FROM card WHERE roster_id=? AND person_id=?", (roster_id, person_id)
    ).fetchone()
    if row is None:
        made = con.execute(
            "INSERT INTO card(roster_id, person_id, signed_up_at, way, guests) VALUES (?,?,?,?,?)",
            (roster_id, person_id, at, way, guests),
        ).lastrowid
        assert made is not None
        event_tag.put(book, event_id)
        return made
    card_id = int(row["id"])
    con.execute(
        "UPDATE card SET state='coming', guests=max(guests, ?2) WHERE id=?1"
        " AND (state<>'coming' OR guests<?2)",
        (card_id, guests),
    )
    event_tag.put(book, event_id)
    return card_id
