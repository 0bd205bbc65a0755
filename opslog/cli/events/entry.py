"""``opslog event add`` and ``event clone``: an event entered, and what its plan says at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.cli.base.words import one_of
from opslog.cli.events.json import card_object, step_object
from opslog.cli.events.plan import moment, print_plan, what_the_plan_says
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.events.events import PlanLine
    from opslog.services.book.book import Book


def arguments(verbs: Any) -> None:
    from opslog.domain.events.events import (
        AUDIENCE_LABELS,
        HOST_LABELS,
        KIND_LABELS,
        LIST_LABELS,
    )
    from opslog.domain.events.plans.joining import ALL, LATE_ALSO, LATE_LABELS

    add = verbs.add_parser("add", help=_("enter an event; its plan is derived"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--kind", default="", **one_of(KIND_LABELS), help=_("else its name tells"))
    add.add_argument(
        "--on", required=True, metavar="WHEN", help=_("2026-12-05 14:00, +12d, next wed")
    )
    add.add_argument("--ends", default="", metavar="WHEN", help=_("17:00, or a date and time"))
    add.add_argument("--host", default="own", **one_of(HOST_LABELS))
    add.add_argument("--list", default="form", **one_of(LIST_LABELS), help=_("none: only reach"))
    add.add_argument("--audience", default="all", **one_of(AUDIENCE_LABELS))
    add.add_argument("--segment", default="", metavar="WHOM", help=_("whom, in words"))
    add.add_argument("--target", nargs="+", action="extend", default=[], metavar="MEASURE=N")
    add.add_argument("--budget", default="", metavar="N")
    add.add_argument("--theme", default="", metavar="TEXT")
    add.add_argument("--place", default="", metavar="TEXT")
    add.add_argument("--tag", default="", metavar="TEXT")
    add.add_argument("--note", default="", metavar="TEXT")
    clone = verbs.add_parser("clone", help=_("an event once more, with what its plan was given"))
    clone.add_argument("event", metavar="EVENT", help=_("name, part of it, or number"))
    clone.add_argument("--on", required=True, metavar="WHEN")
    clone.add_argument("--kind", **one_of(KIND_LABELS), help=_("else that of the old one"))
    clone.add_argument("--name", default="", help=_("else the old one with its date"))
    for verb in (add, clone):
        verb.add_argument("--dry-run", action="store_true", help=_("show the plan, keep nothing"))
        verb.add_argument(
            "--late",
            default=ALL,
            **one_of(LATE_LABELS, also=LATE_ALSO),
            help=_("what is past of its plan: all of it, the newest of each channel, none"),
        )


def add(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.base.codes import known
    from opslog.domain.events.events import KIND_LABELS
    from opslog.domain.events.kinds import kind_named
    from opslog.services.events import days_off, events
    from opslog.services.events import form as event_form

    book = io.book()
    fields = {name: getattr(args, name, "") for name in event_form.FIELDS}
    fields["kind"] = args.kind or kind_named(args.name)
    if not args.name.strip():
        raise Refused(msg(N_("An event needs a name")))
    if not fields["kind"]:
        raise Refused(
            msg(
                N_("The name does not tell the kind; add --kind: {kinds}"),
                kinds=known(KIND_LABELS),
            )
        )
    draft = event_form.read_draft(book, {**fields, "targets": " ".join(args.target)})
    if args.dry_run:
        _planned(book, events.preview_plan(book, draft, args.late), io)
        for said in () if io.json_wanted else days_off.of_draft(book, draft):
            io.line(said)
        return 0
    return _entered(book, events.create(book, draft, args.late).made, io)


def clone(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events
    from opslog.services.events import form as event_form
    from opslog.services.events.plans import cloning

    book = io.book()
    event_id = events.resolve(book, args.event)
    old = events.get(book, event_id).row.starts_at
    starts_at = event_form.read_moment(book, args.on, old)
    draft = cloning.draft_of(book, event_id, starts_at, args.name)
    if args.kind:
        draft = draft._replace(kind=args.kind)
    of_kind = [] if io.json_wanted or args.kind else cloning.kind_told(draft)
    if args.dry_run:
        of_stops = [] if io.json_wanted else cloning.stops_told(book, event_id, draft)
        for said in (*of_kind, *of_stops):
            io.line(said)
        return _planned(book, cloning.preview(book, event_id, draft, args.late), io)
    _entered(book, cloning.clone(book, event_id, draft, args.late).made, io)
    for said in of_kind:
        io.line(said)
    return 0


def _planned(book: Book, lines: Sequence[PlanLine], io: Io) -> int:
    if io.json_wanted:
        io.json([step_object(book, line) for line in lines])
    else:
        print_plan(book, lines, io, checklist=False)
    return 0


def _entered(book: Book, event_id: int | None, io: Io) -> int:
    from opslog.domain.events.plans.step_reasons import given_up_before
    from opslog.services.events import events

    assert event_id is not None
    card, lines = events.get(book, event_id), events.plan(book, event_id)
    if io.json_wanted:
        io.json(card_object(book, card, lines))
        return 0
    io.line(
        _("Event {id}: {event}, {when}").format(
            id=event_id, event=card.name, when=moment(book, card.row.starts_at)
        )
    )
    for text in what_the_plan_says(book, card, lines):
        io.line(text)
    if as_before := given_up_before(lines):
        io.line(as_before)
    return 0
