"""At the door: who came unasked, who comes instead of somebody, whom they bring along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.domain.imports.guests import MOST, Brought
from opslog.domain.people.card import Person
from opslog.domain.rosters.rosters import DOOR, HAND
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.calls.wording import called, gone
from opslog.services.people import by_hand
from opslog.services.rosters import brought
from opslog.services.rosters.by_hand import event_for_list, put_on
from opslog.store.calls import attendance as store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls.candidates import Candidate
from opslog.store.rosters import cards


class Substitute(NamedTuple):
    """Who comes instead: what was said of them, who known they are (None: nobody), whom they
    bring along."""

    fields: Mapping[str, str]
    same: int | None = None
    guests: int = 0


def walk_in(
    book: Book,
    event_id: int,
    fields: Mapping[str, str],
    *,
    same: int | None = None,
    guests: int = 0,
) -> Change:
    """Somebody who came without signing up: person, card and mark in one change; ``made`` is the
    card. Whoever is on the list after all is marked. Refused as by ``by_hand.add``."""
    event, name = event_for_list(book, event_id), by_hand.name_of(book, fields, same)
    with book.change(msg(N_("{name} came to {event}"), name=name, event=event)) as change:
        person_id = by_hand.add(book, fields, same=same).made
        change.made = put_on(book, person_id, event_id, way=DOOR, guests=guests)
        cards.put_came(book.con, change.made)
        store.arrive(book.con, change.made, book.now())
    return change


def on_list(book: Book, event_id: int, values: Mapping[str, str]) -> Person | None:
    """Who of the list is meant by what is typed of a walk-in (as ``by_hand.given``): the same
    person by the rule that joins people, or the only one on it of this name whom neither company
    nor number tells apart. Refused where several are.
    """
    known = by_hand.known(book, values)
    there = store.on_list(book.con, event_id, [one.id for one in known.people])
    phone = values.get("phone", "")
    meant = [
        one
        for one in known.people
        if one.id in there and (one == known.sure or not phone or phone in (one.phone, *one.phones))
    ]
    if len(meant) > 1:
        who = in_turn(" ".join(filter(None, (one.called, one.company))) for one in meant)
        several = N_("several on this list could be meant: {who}; type the company or the number")
        raise Refused(msg(several, who=who))
    return meant[0] if meant else None


def stand_in(
    book: Book,
    card_id: int,
    fields: Mapping[str, str],
    same: int | None = None,
    guests: int = 0,
    *,
    came: bool,
) -> Change:
    """Somebody comes instead of the one of this card, who then does not; ``made`` is the card of
    the substitute. ``came``: they are at the door already.

    Refused for whoever is to stand in for themselves, and for one who came, or for whom somebody
    stands in.
    """
    replaced = _there(book, card_id)
    event_id = cards.event_of(book.con, card_id)
    name = by_hand.name_of(book, fields, same)
    person = called(replaced)
    label = msg(N_("{name} comes instead of {person}"), name=name, person=person)
    if replaced.attended:
        raise Refused(msg(N_("{person} came; 0 takes the mark off"), person=person))
    if cards.replaced(book.con, card_id):
        raise Refused(msg(N_("Somebody comes instead of {person} already"), person=person))
    with book.change(label) as change:
        person_id = by_hand.add(book, fields, same=same).made
        if person_id == replaced.person_id:
            raise Refused(msg(N_("That is {person}; who comes instead?"), person=person))
        change.made = put_on(book, person_id, event_id, way=HAND, guests=guests, like=card_id)
        cards.put_instead(book.con, change.made, card_id, came=came)
        store.arrive(book.con, change.made, book.now())
        cards.put_replaced(book.con, card_id, came=came)
    return change


def set_guests(book: Book, card_id: int, brings: Brought) -> Change:
    """How many somebody brings along. Refused for a number that can't be one."""
    found = _there(book, card_id)
    if not 0 <= brings.number <= MOST:
        raise Refused(msg(N_("from 0 to {most} can come along"), most=MOST))
    with book.change(brought.said(called(found), brings)) as change:
        brought.put(book, card_id, brings)
    return change


def _there(book: Book, card_id: int) -> Candidate:
    found = on_lists.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    return found
