"""``opslog event owners``: what colleagues owe, the words to remind them, and that they were."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.cli.events.json import iso, step_object
from opslog.cli.events.plan import moment
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.events.owing import Owner
    from opslog.services.book.book import Book


def arguments(verbs: argparse._SubParsersAction[Any]) -> None:
    parser = verbs.add_parser("owners", help=_("what colleagues owe, late first"))
    parser.add_argument(
        "event", metavar="EVENT", nargs="?", help=_("without one: all events, and your own plans")
    )
    parser.add_argument("--owner", metavar="NAME", help=_("one of them, with the words to send"))
    parser.add_argument("--told", action="store_true", help=_("they were reminded just now"))


def run(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.calls import owners
    from opslog.services.events import events

    book = io.book()
    event_id = events.resolve(book, args.event) if args.event else None
    if args.told and not args.owner:
        raise Refused(msg(N_("Who was reminded? Name one with --owner")))
    found = (
        [owners.named(book, args.owner, event_id)] if args.owner else owners.owners(book, event_id)
    )
    if args.told:
        change = owners.remind(book, found[0])
        if not io.json_wanted:
            io.done(change)
            return 0
        found = [owners.named(book, args.owner, event_id)]
    if io.json_wanted:
        io.json([_object(book, one) for one in found])
        return 0
    if not found:
        io.line(_("Nobody owes anything that is open"))
    for one in found:
        _print(book, one, io, words=bool(args.owner))
    return 0


def _print(book: Book, one: Owner, io: Io, *, words: bool) -> None:
    from opslog.services.calls import owners

    midnight = book.clock.at(book.today())
    told = _("reminded {when}").format(when=moment(book, one.told)) if one.told else ""
    io.line(f"{one.name}  {told}".rstrip())
    rows = [
        (
            _("late") if line.late(midnight) else "",
            moment(book, line.due_at),
            f"{line.name} · {plan.name}",
        )
        for plan in one.plans
        for line in plan.lines
    ]
    io.table([], rows)
    if words:
        io.line(owners.text(book, one))


def _object(book: Book, one: Owner) -> dict[str, object]:
    from opslog.services.calls import owners

    midnight = book.clock.at(book.today())
    return {
        "owner": one.key,
        "name": one.name.english(),
        "late": one.late(midnight),
        "told_at": iso(book, one.told),
        "text": str(owners.text(book, one)),
        "steps": [
            {"event": plan.name, "event_id": plan.event_id or None, **step_object(book, line)}
            for plan in one.plans
            for line in plan.lines
        ],
    }
