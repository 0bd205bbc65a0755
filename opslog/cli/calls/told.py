"""``opslog told``: who is still to be passed on to colleagues, and that somebody was told."""

from __future__ import annotations

import argparse

from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "people", nargs="*", metavar="PERSON", help=_("who; without one, all who wait are listed")
    )
    parser.add_argument("--to", metavar="WHOM", default="", help=_("who was told of them"))
    parser.add_argument(
        "--event", metavar="EVENT", help=_("a name, any unambiguous part of it, or a number")
    )


def _told(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.calls.attendance import guests
    from opslog.services.events import events
    from opslog.services.people import named

    book = io.book()
    waits = guests.pass_on(book, events.resolve(book, args.event) if args.event else None)
    if args.people or args.to:
        wanted = {named.one(book, who).id for who in args.people}
        chosen = [one for one in waits if not wanted or one.person_id in wanted]
        if not chosen or wanted - {one.person_id for one in chosen}:
            raise Refused(msg(N_("not waiting to be passed on; opslog told lists who is")))
        name = guests.colleague(args.to, guests.told_before(book))
        change = guests.tell(book, chosen, name)
        if io.json_wanted:
            io.json({"change": change.id, "label": change.label.english()})
        else:
            io.done(change)
        return 0
    if io.json_wanted:
        io.json(
            [
                {
                    "person": one.person,
                    "person_id": one.person_id,
                    "company": one.company,
                    "phone": one.phone,
                    "outcome": one.outcome.english(),
                    "reason": one.reason.english(),
                    "note": one.note,
                    "event": one.event,
                    "at": one.at.astimezone(book.clock.zone).isoformat(),
                }
                for one in waits
            ]
        )
        return 0
    for one in waits:
        why = (one.outcome, one.reason, one.note, one.event)
        said = [one.person, one.company, one.phone, *map(str, why)]
        io.line(" · ".join(part for part in said if part))
    if not waits:
        io.line(_("Nobody is to be passed on"))
    return 0


COMMANDS = {"told": Command(N_("who is to be passed on; who was told of them"), _arguments, _told)}
