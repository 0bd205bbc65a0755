"""``opslog call``: what came of one call or message, made or taken."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import ADD, LANE_TITLES, PHONE, WECOM
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.services.book.book import Book, Change


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help=_("number, name, phone or e-mail"))
    parser.add_argument(
        "outcome",
        metavar="OUTCOME",
        help=_("a code of the set or its title: coming, not_coming, no_answer, call_back …"),
    )
    parser.add_argument("--note", metavar="TEXT", default="", help=_("what was said"))
    parser.add_argument(
        "--reason", metavar="TEXT", default="", help=_("why not, of somebody who is not coming")
    )
    parser.add_argument("--at", metavar="WHEN", help=_("when it was, where that is not now"))
    parser.add_argument("--next", metavar="WHEN", help=_("the time promised, of a call_back"))
    parser.add_argument(
        "--event", metavar="EVENT", help=_("a name, any unambiguous part of it, or a number")
    )
    parser.add_argument(
        "--lane",
        **one_of({PHONE: LANE_TITLES[PHONE], WECOM: LANE_TITLES[WECOM], ADD: N_("add on WeCom")}),
        default="phone",
        help=_("by what; add: asked to be added on WeCom"),
    )
    parser.add_argument("--in", dest="came_in", action="store_true", help=_("they called"))
    parser.add_argument(
        "--again", action="store_true", help=_("though the same was written of this call")
    )


def _run(arguments: argparse.Namespace, io: Io) -> int:
    from opslog.domain.calls.retries import IN, OUT
    from opslog.services.calls import calling, off_list
    from opslog.services.calls.queue import adding
    from opslog.services.events.form import read_moment
    from opslog.services.people import named

    book = io.book()
    event_id = None
    if arguments.event is not None:
        from opslog.services.events import events

        event_id = events.resolve(book, arguments.event)
    person_id = named.one(book, arguments.person).id
    lane, code = arguments.lane, arguments.outcome
    said = {"note": arguments.note, "event_id": event_id, "again": arguments.again}
    try:
        if lane == ADD:
            return _say(book, adding.log(book, person_id, code, **said), io)
        change = off_list.log(
            *(book, person_id, code),
            lane=lane,
            reason=arguments.reason,
            when=arguments.next,
            direction=IN if arguments.came_in else OUT,
            at=read_moment(book, arguments.at, book.now(), past=True) if arguments.at else None,
            **said,
        )
    except calling.SaidAlready as already:
        way = _("opslog undo takes that back, --again writes it once more")
        raise Refused(msg("{already}; {way}", already=already.message, way=way)) from None
    return _say(book, change, io)


def _say(book: Book, change: Change, io: Io) -> int:
    """What was written, and what the same call is for besides."""
    from opslog.domain.calls.outcomes import purpose_title
    from opslog.services.calls import off_list

    more = off_list.remains(book, change.made)
    if io.json_wanted:
        remains = [{"event": part.event, "purpose": part.purpose} for part in more]
        label = change.label.english()
        io.json({"id": change.made, "change": change.id, "label": label, "remains": remains})
        return 0
    io.done(change)
    for part in more:
        text = _("The same call is also for: {purpose}, {event}")
        io.line(text.format(purpose=purpose_title(part.purpose), event=part.event))
    return 0


COMMANDS = {"call": Command(N_("log one call or message, with anybody"), _arguments, _run)}
