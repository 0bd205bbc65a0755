"""``opslog event``: add, list, show, move, plan, cancel."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.events import corrections as event_corrections
from opslog.cli.events import entry as event_entry
from opslog.cli.events import invite as event_invite
from opslog.cli.events import numbers as event_numbers
from opslog.cli.events import owners as event_owners
from opslog.cli.events import steps as event_steps
from opslog.cli.events import stops as event_stops
from opslog.cli.events.json import (
    card_object,
    event_object,
    figures,
    move_object,
    plan_object,
    progress_object,
    to_tell_object,
)
from opslog.cli.events.plan import moment, print_plan, what_the_plan_says
from opslog.domain.base.money import yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, labelled
from opslog.locale import N_, _, msg, nmsg

if TYPE_CHECKING:
    from opslog.domain.events.events import EventCard
    from opslog.domain.events.plans.replanning import Moved
    from opslog.services.book.book import Book
    from opslog.services.events.events import Preview


def _arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    event_entry.arguments(verbs)
    verbs.add_parser("list", help=_("all events, the next first"))
    show = verbs.add_parser("show", help=_("one event"))
    plan = verbs.add_parser("plan", help=_("its steps, with dates and reasons"))
    plan.add_argument("--checklist", action="store_true", help=_("with the checklists"))
    step = verbs.add_parser("step", help=_("one step: change it, give it up"))
    move = verbs.add_parser("move", help=_("to another date; open steps go along"))
    cancel = verbs.add_parser("cancel", help=_("it does not take place"))
    event_corrections.arguments(verbs)
    event_owners.arguments(verbs)
    event_invite.arguments(verbs)
    event_stops.arguments(verbs)
    event_numbers.arguments(verbs)
    for verb in (show, plan, step, move, cancel):
        verb.add_argument("event", metavar="EVENT", help=_("name, part of it, or number"))
    event_steps.arguments(step)
    move.add_argument("when", metavar="WHEN")
    move.add_argument("--past", action="store_true", help=_("though that day is past"))
    move.add_argument("--force", action="store_true", help=_("though people came to it"))
    move.add_argument("--dry-run", action="store_true", help=_("show what would happen"))


def _run(args: argparse.Namespace, io: Io) -> int:
    verbs = {
        "add": event_entry.add,
        "clone": event_entry.clone,
        "list": _list,
        "show": _show,
        "plan": _plan,
        "step": event_steps.run,
        "move": _move,
        "cancel": _cancel,
        "corrections": event_corrections.run,
        "owners": event_owners.run,
        "invite": event_invite.run,
        **event_stops.VERBS,
        **event_numbers.VERBS,
        **{f"{name}s": verb for name, verb in event_numbers.VERBS.items()},
    }
    return verbs[args.verb](args, io)


def _list(_args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.events import KIND_LABELS
    from opslog.services.events import events

    book = io.book()
    rows = events.listing(book)
    if io.json_wanted:
        io.json([event_object(book, row) for row in rows])
        return 0
    if not rows:
        io.line(_("No events yet. opslog event add NAME --kind salon --on +12d puts one in"))
        return 0
    io.table(
        [_("no."), _("date"), _("kind"), _("done"), _("late"), _("event")],
        [
            (
                row.id,
                moment(book, row.starts_at),
                _(KIND_LABELS.get(row.kind, row.kind)),
                f"{row.done}/{row.steps}",
                row.late or "",
                row.name + (_(" (cancelled)") if row.cancelled_at else ""),
            )
            for row in rows
        ],
    )
    return 0


def _show(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events import events as words
    from opslog.domain.events import measures
    from opslog.services.cards import step_progress
    from opslog.services.events import events

    book = io.book()
    card = events.get(book, events.resolve(book, args.event))
    lines = events.plan(book, card.id)
    far = step_progress.of_event(book, card.id)
    if io.json_wanted:
        io.json({**card_object(book, card, lines), "progress": progress_object(far)})
        return 0
    row = card.row
    facts: list[tuple[str, object]] = [
        (_("event"), bracketed(row.name, row.id)),
        (_("kind"), _(words.KIND_LABELS.get(row.kind, row.kind))),
        (_("starts"), moment(book, row.starts_at)),
        (_("ends"), moment(book, row.ends_at)),
        (_("host"), _(words.HOST_LABELS.get(row.host, row.host))),
        (_("list"), _(words.LIST_LABELS.get(row.list, row.list))),
        (_("audience"), card.segment or _(words.AUDIENCE_LABELS.get(row.audience, row.audience))),
        (_("theme"), card.theme),
        (_("place"), row.place),
        (_("tag"), row.tag),
        (_("budget"), "" if card.budget_cents is None else yuan_text(card.budget_cents)),
        *(
            (str(labelled(msg(N_("target")), measures.label(k))), words.quantity_text(v))
            for k, v in card.targets.items()
        ),
        (_("people on its list"), _people(book, card)),
        *(
            (str(measures.label(name)), words.quantity_text(value))
            for name, value in figures(card).items()
            if value is not None
        ),
        *(
            (line.name, f"{one.done}/{one.of}")
            for line in lines
            if (one := far.get(line.proof)) is not None
        ),
        (_("note"), card.note),
        (_("cancelled"), moment(book, row.cancelled_at) if row.cancelled_at else ""),
    ]
    io.table([_("what"), ""], [fact for fact in facts if fact[1] != ""], whole=True)
    for text in what_the_plan_says(book, card, lines):
        io.line(text)
    return 0


def _people(book: Book, card: EventCard) -> str:
    """Everybody on its list, and how many of them never signed up."""
    from opslog.services.calls.attendance import guests

    walk_ins = guests.show_up(book, card.id).walk_ins if card.people else 0
    door = _("{n} at the door").format(n=walk_ins) if walk_ins else ""
    return _(", ").join(filter(None, (str(card.people or ""), door)))


def _plan(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.cards import step_progress
    from opslog.services.events import events
    from opslog.services.reviews import owed

    book = io.book()
    event_id = events.resolve(book, args.event)
    lines = events.plan(book, event_id)
    if io.json_wanted:
        io.json(plan_object(book, event_id, lines))
        return 0
    far = step_progress.of_event(book, event_id)
    print_plan(book, lines, io, far, checklist=args.checklist)
    for one in owed.of_event(book, event_id):
        io.line(one.said)
    return 0


def _move(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.calls import corrections
    from opslog.services.events import events, past_moves

    book = io.book()
    event_id = events.resolve(book, args.event)
    row = events.get(book, event_id).row
    old, starts_at = row.starts_at, past_moves.read(book, row, args.when)
    past = None if args.past or args.dry_run else past_moves.said(book, row, args.when, starts_at)
    if past is not None:
        raise Refused(
            msg(
                N_("{event} was not moved: {past}; --past moves it there all the same"),
                event=row.name,
                past=past,
            )
        )
    preview = events.preview_move(book, event_id, starts_at)
    wrong = corrections.of(book, event_id, starts_at)
    came = events.came(book, event_id)
    if came and not args.force and not args.dry_run:
        raise Refused(
            nmsg(
                N_("{event} was held on {when}, and 1 came; --force moves it all the same"),
                N_("{event} was held on {when}, and {n} came; --force moves it all the same"),
                came,
                event=preview.event.name,
                when=moment(book, old),
            )
        )
    if not args.dry_run:
        events.move(book, event_id, starts_at)
    if io.json_wanted:
        told = {"corrections": [event_corrections.as_object(book, one) for one in wrong]}
        io.json({**move_object(book, preview, dry_run=args.dry_run), **told})
        return 0
    said = (
        _("Would move: {event}, {old} to {new}")
        if args.dry_run
        else _("Moved: {event}, {old} to {new}")
    )
    io.line(
        said.format(event=preview.event.name, old=moment(book, old), new=moment(book, starts_at))
    )
    if to_do := corrections.said(wrong):
        io.line(_("{what}: opslog event corrections {event}").format(what=to_do, event=event_id))
    _print_moves(book, preview, io)
    return 0


def _print_moves(book: Book, preview: Preview, io: Io) -> None:
    from opslog.domain.events.plans.step_reasons import unpublished_years
    from opslog.services.events import events

    plan = preview.plan
    for title, moves in (
        (_("shifted"), plan.shifted),
        (_("stay where they are"), plan.unchanged),
        (_("pinned, left alone"), plan.pinned),
        (_("done, left alone"), plan.done),
        (_("no longer possible: missed"), plan.missed),
        (_("given up"), plan.dropped),
    ):
        if not moves:
            continue
        io.line(bracketed(title, len(moves)))
        io.table([], [_move_row(book, move) for move in moves], whole=True)
    for said in events.move_warnings(book, preview):
        io.line(said)
    for year in unpublished_years([move.after for move in plan.all], book.clock.zone):
        io.line(
            _("The holidays of {year} are not published; its fixed ones are kept free").format(
                year=year
            )
        )


def _move_row(book: Book, move: Moved) -> tuple[object, ...]:
    from opslog.domain.events.plans.step_reasons import explain
    from opslog.services.book import own_kinds

    before, after = move.before, move.after
    why = explain(after, book.clock.zone, own_kinds.workdays(book))
    dates = moment(book, after.due_at)
    if before.due_at != after.due_at:
        dates = _("{old} to {new}").format(old=moment(book, before.due_at), new=dates)
    return "  " + dates, f"{after.name}  - {why}" if why else after.name


def _cancel(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.calls.attendance.coming import to_tell
    from opslog.services.events import events

    book = io.book()
    event_id = events.resolve(book, args.event)
    promised, expected = to_tell(book, event_id)
    change = events.cancel(book, event_id)
    if io.json_wanted:
        row = events.get(book, event_id).row
        io.json({**event_object(book, row), **to_tell_object(book, promised, expected)})
        return 0
    io.line(change.label if change else _("It is cancelled already"))
    if promised and change:
        io.line(_("They were promised a call that is not due then; tell them:"))
        io.table([], [[f"  {moment(book, when)}", who] for who, when in promised])
    if expected and change:
        said = _("They said that they come; tell them that it is off:")
        io.line(f"{said} {len(expected)}")
        io.line("  " + _(", ").join(map(str, expected)))
    return 0


COMMANDS = {
    "event": Command(
        N_(
            "events: add, clone, list, show, plan, step, move, corrections, "
            "owners, stop, stops, tally, cancel, invite, cost, figure, channel, target"
        ),
        _arguments,
        _run,
    )
}
