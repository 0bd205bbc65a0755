"""``opslog roster make``: a call list of people who are found, who were kept on another list, or
who did not come to an event."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Io
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, _, msg

if TYPE_CHECKING:
    from opslog.services.book.book import Book


def arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.services.segments import groups

    parser.add_argument("name", metavar="NAME", help=_("what the list is called"))
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--find", metavar="WORDS", help=_("whom People finds by these words"))
    whom.add_argument("--of", metavar="ROSTER", help=_("who was kept on this list"))
    whom.add_argument("--missed", metavar="EVENT", help=_("who did not come to this event"))
    parser.add_argument(
        "--only",
        metavar="WHO",
        default="",
        help=_("of --of: {all}, or declined:REASON; without it who was kept").format(
            all=", ".join(groups.CODES)
        ),
    )
    parser.add_argument(
        "--purpose", metavar="P", default="", help=_("callback-1, callback-2 …, invitation, none")
    )
    parser.add_argument(
        "--event",
        metavar="EVENT",
        default="",
        help=_("whom this event is for: who signs up is counted"),
    )
    parser.add_argument("--words", metavar="TEXT", default="", help=_("what to say to them"))
    parser.add_argument("--from", dest="opens", metavar="DAY", default="", help=_("first day"))
    parser.add_argument("--to", dest="closes", metavar="DAY", default="", help=_("last day"))


def make(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.calls.outcomes import purpose_of
    from opslog.services.calls import outsiders
    from opslog.services.segments import call_lists

    book = io.book()
    typed = {
        "name": args.name,
        "purpose": purpose_of(args.purpose),
        "event": args.event,
        "track": args.words,
        "opens": args.opens,
        "closes": args.closes,
    }
    wanted = call_lists.read(book, typed)
    everybody, made_from, roster_id = _whom(book, args)
    people, outside = outsiders.fit(book, everybody, roster_id)
    for sentence in outsiders.said(outside):
        io.error(str(sentence))
    change = call_lists.make(book, people, wanted, made_from)
    if io.json_wanted:
        io.json({"roster": change.made, "name": wanted.name, "purpose": wanted.purpose})
        return 0
    io.line(str(change.label))
    io.line(_("Whom to call now: opslog calls"))
    return 0


def close(args: argparse.Namespace, io: Io) -> int:
    """Call nobody of a list any more."""
    from opslog.services.rosters import rosters
    from opslog.services.segments import call_lists

    book = io.book()
    roster_id = rosters.resolve(book, args.roster)
    ending = call_lists.ending(book, roster_id)
    change = call_lists.end(book, roster_id)
    if io.json_wanted:
        io.json({"roster": None if ending.goes else roster_id, "change": change.id})
        return 0
    io.line(str(change.label))
    io.line(_("Bring it back with: opslog undo {id}").format(id=change.id))
    return 0


def _whom(book: Book, args: argparse.Namespace) -> tuple[list[int], Msg | str, int | None]:
    """Of whom, in words, and on which list they stand."""
    from opslog.services.book.contributions import MISSED
    from opslog.services.segments import groups

    if args.only and args.of is None:
        raise Refused(msg(N_("--only says who of a list: name the list with --of")))
    if args.find is not None:
        from opslog.domain.people.list import View
        from opslog.services.people import list as people_list

        people_list.check(book, args.find)
        everybody = max(people_list.count(book), 1)
        return people_list.found(book, View(args.find), everybody).ids, args.find, None
    from opslog.services.events import events
    from opslog.services.rosters import rosters

    if args.of is not None:
        roster_id = rosters.resolve(book, args.of)
        name = rosters.some(book, [roster_id])[0].event
        found = (
            groups.group(book, roster_id, args.only)
            if args.only
            else groups.still_in(book, roster_id)
        )
    else:
        event_id = events.resolve(book, args.missed)
        name = events.get(book, event_id).row.name
        roster_id = groups.sign_ups(book, event_id)
        found = groups.group(book, roster_id, MISSED)
    return [*found.people], msg(N_("{list} · {group}"), list=name, group=found.title), roster_id
