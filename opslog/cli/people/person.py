"""``opslog person add``: somebody by hand."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.services.people.by_hand import Known

FIELDS = ("name", "phone", "company", "title", "email", "note")


def _arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help=_("somebody by hand, compared with who is known"))
    add.add_argument(
        "text",
        nargs="*",
        metavar="TEXT",
        help=_(
            "name, phone, company, title and @event in any order; - or nothing reads a business "
            "card, a signature or an introduction from standard input"
        ),
    )
    for name in FIELDS:
        add.add_argument(f"--{name}", metavar=name[0].upper(), default="")
    add.add_argument(
        "--event", metavar="EVENT", default="", help=_("puts them on the list of this event")
    )
    add.add_argument("--guests", type=int, metavar="N", default=0, help=_("whom they bring along"))
    which = add.add_mutually_exclusive_group()
    which.add_argument(
        "--same",
        nargs="?",
        type=int,
        const=0,
        metavar="NUMBER",
        help=_("add to whoever is known already; the number where several could be meant"),
    )
    which.add_argument("--new", action="store_true", help=_("enter somebody else all the same"))


def _person(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events
    from opslog.services.people import by_hand
    from opslog.services.people import card as person_card
    from opslog.services.rosters import by_hand as on_lists

    fields = {name: value for name in FIELDS if (value := getattr(args, name))}
    said = by_hand.read(_text(args.text, asked=not fields))
    values = by_hand.given({**said.fields, **fields})
    book = io.book()
    event = args.event or said.event
    event_id = events.resolve(book, event) if event else None
    same = None
    if not args.new:
        same = _same(by_hand.known(book, values), args.same)
    change = on_lists.add(
        book, values, event_id=event_id, same=same, guests=args.guests or said.guests
    )
    if io.json_wanted:
        person = person_card.get(book, change.made)
        io.json(
            {
                "id": person.id,
                "name": person.name,
                "company": person.company,
                "title": person.title,
                "phone": person.phone,
                "event": event_id,
                "known": same is not None,
                "change": change.id,
            }
        )
    else:
        io.done(change)
    return 0


def _text(words: list[str], *, asked: bool) -> str:
    """What was typed, or stands in the input where nothing else says who it is."""
    if words and words != ["-"]:
        return " ".join(words)
    return sys.stdin.read() if words or asked else ""


def _same(known: Known, wanted: int | None) -> int | None:
    """Whom to add to; Refused where that is not told, and where nobody is known."""
    from opslog.domain.people import phones

    if known.erased_on and wanted is None:
        text = N_("somebody with this number or address was erased on {day}; --new lets them in")
        raise Refused(msg(text, day=known.erased_on))
    people = known.people
    if wanted is None and not people:
        return None
    if wanted == 0 and len(people) == 1:
        return people[0].id
    if wanted and any(one.id == wanted for one in people):
        return wanted
    if not people:
        raise Refused(msg(N_("nobody known is like that; leave --same out")))
    said = (
        (str(one.id), one.name, one.company, phones.display(one.phone) if one.phone else "")
        for one in people
    )
    who = in_turn(" ".join(filter(None, one)) for one in said)
    if wanted is not None:
        raise Refused(msg(N_("could be any of: {who}; give the number after --same"), who=who))
    text = N_("already known: {who}; --same adds to that person, --new enters somebody else")
    raise Refused(msg(text, who=who))


COMMANDS = {
    "person": Command(
        N_("somebody by hand: a line, a business card, a signature"), _arguments, _person
    )
}
