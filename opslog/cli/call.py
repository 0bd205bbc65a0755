"""``opslog call``: what came of one call or message, made or taken."""

from __future__ import annotations

import argparse

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help=_("number, name, phone or e-mail"))
    parser.add_argument(
        "outcome",
        metavar="OUTCOME",
        help=_("a code of the set: coming, not_coming, no_answer, call_back, interested …"),
    )
    parser.add_argument("--note", metavar="TEXT", default="", help=_("what was said"))
    parser.add_argument("--at", metavar="WHEN", help=_("when it was, where that is not now"))
    parser.add_argument("--next", metavar="WHEN", help=_("the time promised, of a call_back"))
    parser.add_argument(
        "--event", metavar="EVENT", help=_("a name, any unambiguous part of it, or a number")
    )
    parser.add_argument("--lane", choices=("phone", "wecom"), default="phone", help=_("by what"))
    parser.add_argument("--in", dest="came_in", action="store_true", help=_("they called"))


def _run(arguments: argparse.Namespace, io: Io) -> int:
    from opslog.domain.calls.retries import IN, OUT
    from opslog.services.calls import calling, off_list
    from opslog.services.calls.purposes import PURPOSE
    from opslog.services.events.form import read_moment
    from opslog.services.people import erasing

    book = io.book()
    event_id = None
    if arguments.event is not None:
        from opslog.services.events import events

        event_id = events.resolve(book, arguments.event)
    lane, code, then = arguments.lane, arguments.outcome, None
    if arguments.next is not None:
        then = calling.read_promise(book, None, PURPOSE, lane, code, arguments.next).at
    change = off_list.log(
        *(book, erasing.one(book, arguments.person).id, code),
        lane=lane,
        note=arguments.note,
        when=then,
        event_id=event_id,
        direction=IN if arguments.came_in else OUT,
        at=read_moment(book, arguments.at, book.now(), past=True) if arguments.at else None,
    )
    if io.json_wanted:
        io.json({"id": change.made, "change": change.id, "label": change.label.english()})
    else:
        io.line(str(change.label))
    return 0


COMMANDS = {"call": Command(N_("log one call or message, with anybody"), _arguments, _run)}
