"""``opslog request``: who asked for materials, whether they get them, and that they were sent."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.materials.requests import Request
    from opslog.services.book.book import Book, Change


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.materials.requests import (
        MEDIUM_TITLES,
        SHOWN_TITLES,
        STATE_TITLES,
        STATES,
        WHO_TITLES,
    )

    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    shown = verbs.add_parser("list", help=_("who asked, and how it stands with each"))
    shown.add_argument("event", nargs="?", metavar="EVENT", help=_("of one release; else of all"))
    shown.add_argument("--state", **one_of(STATE_TITLES, STATES), help=_("only those"))
    add = verbs.add_parser("add", help=_("somebody who asks, in a line"))
    add.add_argument("event", metavar="EVENT")
    add.add_argument("text", metavar="TEXT", help=_("Li Wei 13800138000 Blue Sea Ltd"))
    note = verbs.add_parser("note", help=_("what is known of a request"))
    allow = verbs.add_parser("allow", help=_("they get it"))
    refuse = verbs.add_parser("refuse", help=_("they do not get it"))
    sent = verbs.add_parser("sent", help=_("it went out"))
    for verb in (note, allow, refuse, sent):
        verb.add_argument("person", metavar="PERSON", help=_("number, name, phone or e-mail"))
        verb.add_argument("--event", metavar="EVENT", help=_("where they asked for several"))
    refuse.add_argument("--reason", metavar="TEXT", default="")
    sent.add_argument("--by", metavar="TEXT", default="", help=_("e-mail, courier and number"))
    for verb in (add, note):
        verb.add_argument("--who", **one_of(WHO_TITLES))
        verb.add_argument("--shown", **one_of(SHOWN_TITLES), help=_("shown by what"))
        verb.add_argument("--medium", **one_of(MEDIUM_TITLES))
        verb.add_argument("--watermark", metavar="TEXT")
        verb.add_argument("--address", metavar="TEXT")
        verb.add_argument("--use", metavar="TEXT", help=_("what they want it for"))
        verb.add_argument("--asked-on", metavar="DAY")


def _request(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.materials.requests import COLUMNS
    from opslog.services.events import events
    from opslog.services.materials import requests
    from opslog.services.people import by_hand, named

    book = io.book()
    event_id = events.resolve(book, args.event) if args.event else None
    if args.verb == "list":
        return _list(book, event_id, args.state, io)
    said = {name: text for name in COLUMNS if (text := getattr(args, name, None)) is not None}
    if args.verb == "add":
        assert event_id is not None
        fields = by_hand.read(args.text).fields
        sure = by_hand.known(book, by_hand.given(fields)).sure
        change = requests.add(book, event_id, fields, said, same=sure.id if sure else None)
        return _done(book, change, requests.of_person(book, change.made, event_id), io)
    one = requests.of_person(book, named.one(book, args.person).id, event_id)
    if args.verb == "note":
        change = requests.note(book, one.card_id, said)
    elif args.verb == "allow":
        change = requests.allow(book, [one.card_id])
    elif args.verb == "refuse":
        change = requests.refuse(book, [one.card_id], args.reason)
    else:
        change = requests.send(book, [one.card_id], args.by)
    return _done(book, change, requests.get(book, one.card_id), io)


def _list(book: Book, event_id: int | None, state: str | None, io: Io) -> int:
    from opslog.domain.materials.requests import STATE_TITLES, WHO_TITLES, title
    from opslog.services.materials import requests

    found = [one for one in requests.of_event(book, event_id) if state in (None, one.state)]
    if io.json_wanted:
        io.json([_object(book, one) for one in found])
        return 0
    for one in found:
        who = str(title(WHO_TITLES, one.who))
        parts = (requests.name(one), one.company, _(STATE_TITLES[one.state]), who, one.event)
        io.line(" · ".join(part for part in parts if part))
    if not found:
        io.line(_("Nobody asked; opslog request add EVENT TEXT enters somebody"))
    return 0


def _done(book: Book, change: Change, one: Request, io: Io) -> int:
    if io.json_wanted:
        left = [said.english() for said in change.left]
        io.json({**_object(book, one), "change": change.id, "left": left})
        return 0
    io.done(change)
    for said in change.left:
        io.line(f"  {said}")
    return 0


def _object(book: Book, one: Request) -> dict[str, object]:
    return {
        "card": one.card_id,
        "person": one.person,
        "person_id": one.person_id,
        "company": one.company,
        "event": one.event,
        "asked_on": one.asked.isoformat(),
        "state": one.state,
        **{name: getattr(one, name) or None for name in ("who", "shown", "medium", "reason")},
        **{name: getattr(one, name) or None for name in ("watermark", "address", "use", "sent_by")},
        "known": one.known or None,
        "sent_at": one.sent_at and one.sent_at.astimezone(book.clock.zone).isoformat(),
    }


COMMANDS = {
    "request": Command(
        N_("materials: who asks, allow, refuse, sent"),
        _arguments,
        _request,
    )
}
