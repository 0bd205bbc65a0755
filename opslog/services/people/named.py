"""Who is meant where the shell names a person: a number of theirs, a phone, an e-mail or a name."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.domain.base.text import shortened
from opslog.domain.people import emails, phones
from opslog.domain.people.card import Person
from opslog.domain.people.naming.names import fold
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.store.people import erasing as people_store

_LARGEST = 2**63 - 1  # a number of a row
_LISTED = 9  # of several people that could be meant


def find(book: Book, who: str, gone: Sequence[Person] = ()) -> list[Person]:
    """The people meant. ``gone``: who is no longer there and may be meant, too."""
    phone, email = phones.normalise(who).e164, emails.normalise(who).address
    if phone or email:
        ids = people_store.reached_by(book.con, phone or email)
        there = person_card.many(book, list(dict.fromkeys(ids)))
        return there + [one for one in gone if {phone, email} & _reach(one)]
    if who.strip().isdecimal():
        id = int(who)
        if id > _LARGEST:
            return []
        there = person_card.many(book, [person_card.living(book, id)])
        return there or [one for one in gone if one.id == id]
    there = person_card.find(book, who)
    named = [one for one in (*there, *gone) if fold(one.name) == fold(who)]
    return named or there


def one(book: Book, who: str, gone: Sequence[Person] = ()) -> Person:
    """The one person meant, as ``find``. Raises Refused, with a list, where it could be several."""
    found = find(book, who, gone)
    if len(found) == 1:
        return found[0]
    if not found:
        if who.strip().isdecimal() and int(who) <= _LARGEST:
            return person_card.get(book, int(who))
        raise Refused(
            msg(
                N_("Nobody is found by “{who}”; see their numbers with: opslog people --json"),
                who=shortened(who),
            )
        )
    named = [
        " ".join(filter(None, (str(one.id), shortened(one.called), shortened(one.company))))
        for one in found[:_LISTED]
    ]
    text = N_("“{who}” could be any of {n}: {people}; give the number")
    people = in_turn([*named, *(["…"] if len(found) > _LISTED else [])])
    raise Refused(msg(text, who=shortened(who), n=len(found), people=people))


def _reach(person: Person) -> set[str]:
    return {person.phone, *person.phones, person.email, *person.emails} - {""}
