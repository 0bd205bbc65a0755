"""People who came onto a list without a file: entered by hand, or met at the door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import DOOR, HAND, Cards
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.people import by_hand
from opslog.services.rosters import event_tag
from opslog.store.events import basics
from opslog.store.events import stops as stops_store
from opslog.store.events.basics import Basics
from opslog.store.rosters import cards, occasions, writing
from opslog.store.rosters import rosters as rosters_store

_DAY = timedelta(days=1)


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
    return _for_list(book, event_id).name


def _for_list(book: Book, event_id: int) -> Basics:
    event = basics.of(book.con, event_id)
    if event is None:
        raise Refused(
            msg(N_("There is no event {id}; see them with: opslog event list"), id=event_id)
        )
    if event.list != "form":
        raise Refused(
            msg(
                N_(
                    "{event} has no sign-up list (its stream asks for none), so no list can be "
                    "taken in; its reach is typed in instead"
                ),
                event=event.name,
            )
        )
    return event


def list_of(book: Book, event_id: int, stop_id: int | None = None) -> tuple[str, int, datetime]:
    """What a sign-up list is of, the roster (0: none yet), and when that begins. Raises Refused
    where the event takes none, or has no such stop."""
    event = _for_list(book, event_id)
    roster_id = rosters_store.of_event(book.con, event_id, stop_id)
    if stop_id is None:
        return event.name, roster_id, event.starts_at
    stop = stops_store.get(book.con, stop_id)
    if stop is None or stop.event_id != event_id:
        raise Refused(msg(N_("This stop is gone; undo may bring it back")))
    return f"{event.name} · {stop.place}", roster_id, stop.starts_at


def put_on(
    book: Book, person_id: int, event_id: int, *, way: str, guests: int = 0, like: int = 0
) -> int:
    """The card of a person on the list of an event, made where there is none yet, and the list
    too; of a road show at the door on that of the stop that is on, or on that of the whole as
    somebody of this stop, and of whoever is on either already the one they have. Somebody who
    withdrew, and is entered again, is coming. ``like``: the card of another, on whose list, and of
    whose stop, theirs is. Inside a change."""
    con, at = book.con, instant_text(book.now())
    where = occasions.of_card(con, like) if like else _at_the_door(book, event_id, way)
    if where is None:
        name, roster_id, _starts = list_of(book, event_id)
        where = Cards(roster_id or writing.put_roster(con, event_id, name, at, None))
    at_stop = occasions.card_at(con, where.stop_id, person_id) if where.stop_id else 0
    card_id = at_stop or cards.of_person(con, where.roster_id, person_id)
    if card_id:
        cards.put_coming(con, card_id, guests)
    else:
        card_id = cards.insert(con, where.roster_id, person_id, at, way, guests)
    if where.apart and not at_stop and where.stop_id and not cards.came(con, card_id):
        writing.put_stop(con, where.stop_id, [card_id])
    event_tag.put(book, event_id)
    return card_id


def _at_the_door(book: Book, event_id: int, way: str) -> Cards | None:
    """Where whoever comes without having signed up is put, where a stop is on now; its list is
    made where it has none."""
    con, day = book.con, book.clock.at(book.today())
    stop_id = stops_store.on(con, event_id, day, day + _DAY) if way == DOOR else None
    if stop_id is None:
        return None
    name, _roster, _starts = list_of(book, event_id, stop_id)
    known = occasions.cards_of(con, event_id, stop_id)
    if known is not None:
        return known
    return Cards(writing.put_roster(con, event_id, name, instant_text(book.now()), stop_id))
