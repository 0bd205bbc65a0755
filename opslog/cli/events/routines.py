"""``opslog plan``: plans of the operator's own, on any day, once or again and again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.events import steps as event_steps
from opslog.cli.events.json import step_object
from opslog.cli.events.plan import print_plan
from opslog.domain.base.sentences import listed
from opslog.locale import N_, _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from opslog.services.book.book import Book
    from opslog.services.events.plans.routines import Row


def _arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help=_("a plan on a day: weekly report, care of the lists …"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--playbook", default="", metavar="P", help=_("else NAME says it"))
    add.add_argument("--on", default="", metavar="DATE", help=_("its first day"))
    add.add_argument(
        "--every", nargs="+", metavar="N", help=_("week, month, quarter, year, 14 days, once")
    )
    add.add_argument("--until", default="", metavar="DATE", help=_("none begins after it"))
    add.add_argument("--dry-run", action="store_true", help=_("show the plan, keep nothing"))
    verbs.add_parser("list", help=_("all of them, what comes next first"))
    verbs.add_parser("playbooks", help=_("those there are, with what they propose"))
    show = verbs.add_parser("show", help=_("its steps, with dates and reasons"))
    step = verbs.add_parser("step", help=_("one step: change it, give it up"))
    pause = verbs.add_parser("pause", help=_("nothing of it is due until it goes on"))
    resume = verbs.add_parser("resume", help=_("it goes on from today"))
    stop = verbs.add_parser("stop", help=_("it is over"))
    for verb in (show, step, pause, resume, stop):
        verb.add_argument("plan", metavar="PLAN", help=_("name, part of it, or number"))
    event_steps.arguments(step)


def _run(args: argparse.Namespace, io: Io) -> int:
    verbs = {"add": _add, "list": _list, "playbooks": _playbooks, "show": _show, "step": _step}
    return verbs.get(args.verb, _set)(args, io)


def _add(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.plans.routines import said_every
    from opslog.services.events.plans import routines

    book = io.book()
    fields = {"name": args.name, "playbook": args.playbook or args.name}
    fields |= {"on": args.on, "until": args.until}
    if args.every is not None:
        fields["every"] = " ".join(args.every)
    draft = routines.read_draft(book, fields)
    made = routines.preview(book, draft)
    if args.dry_run:
        if io.json_wanted:
            io.json([step_object(book, line) for line in made.lines])
        else:
            print_plan(book, made.lines, io, checklist=False)
        return 0
    change = routines.add(book, draft)
    if io.json_wanted:
        io.json(_object(book, routines.get(book, change.made), steps=True))
        return 0
    io.line(f"{change.made}  {listed([change.label, said_every(draft.every)])}")
    print_plan(book, routines.plan(book, change.made), io, checklist=False)
    return 0


def _list(_args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.plans.routines import said_every
    from opslog.services.events.plans import routines

    book = io.book()
    rows = routines.listing(book)
    if io.json_wanted:
        io.json([_object(book, row, steps=False) for row in rows])
        return 0
    if not rows:
        io.line(_("No plan of your own yet. opslog plan add 周报 puts the weekly report in"))
        return 0
    io.table(
        [_("no."), _("next"), _("how often"), _("done"), _("late"), _("plan")],
        [
            (
                row.id,
                _next(book, row),
                str(said_every(row.routine.every)),
                f"{row.done}/{row.steps}",
                row.late or "",
                row.routine.name,
            )
            for row in rows
        ],
    )
    return 0


def _next(book: Book, row: Row) -> str:
    from opslog.domain.dates.wording import short_day

    if row.routine.ended_at:
        return _("ended")
    if row.routine.paused_at:
        return _("paused")
    day = _next_day(book, row)
    return "" if day is None else str(short_day(day, book.today()))


def _next_day(book: Book, row: Row) -> date | None:
    """Of its next step, or of the turn that is made next."""
    if row.next_step is not None:
        return row.next_step.due_at.astimezone(book.clock.zone).date()
    return row.routine.turn.next_on if row.routine.turn else None


def _playbooks(_args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.plans.routines import said_every
    from opslog.services.book import own_kinds

    known = own_kinds.routines(io.book())
    if io.json_wanted:
        io.json(
            [
                {
                    "playbook": code,
                    "name": one.title_en,
                    "every": one.every,
                    "on": one.on,
                    "steps": len(one.steps),
                }
                for code, one in known.items()
            ]
        )
        return 0
    io.table(
        [_("playbook"), _("how often"), _("steps"), _("plan")],
        [
            (code, str(said_every(one.every)), len(one.steps), str(one.label))
            for code, one in known.items()
        ],
    )
    return 0


def _show(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.plans.routines import said_every
    from opslog.domain.events.plans.step_reasons import unpublished_years
    from opslog.services.events.plans import routines

    book = io.book()
    row = routines.get(book, routines.resolve(book, args.plan))
    if io.json_wanted:
        io.json(_object(book, row, steps=True))
        return 0
    lines = routines.plan(book, row.id)
    io.line(f"{row.routine.name}  {said_every(row.routine.every)}  {_next(book, row)}".rstrip())
    if row.routine.turn and row.routine.turn.missed:
        missed = row.routine.turn.missed
        io.line(ngettext("{n} turn missed", "{n} turns missed", missed).format(n=missed))
    print_plan(book, lines, io, checklist=True)
    if years := unpublished_years(lines, book.clock.zone):
        text = _("The holidays of {year} are not published; its fixed ones are kept free")
        io.line(text.format(year=listed(map(str, years))))
    return 0


def _step(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events.plans import routines

    book = io.book()
    return event_steps.of_plan(args, io, routines.plan(book, routines.resolve(book, args.plan)))


def _set(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events.plans import routines

    verbs = {"pause": routines.pause, "resume": routines.resume, "stop": routines.end}
    book = io.book()
    routine_id = routines.resolve(book, args.plan)
    change = verbs[args.verb](book, routine_id)
    if io.json_wanted:
        io.json(_object(book, routines.get(book, routine_id), steps=False))
    else:
        io.done(change)
    return 0


def _object(book: Book, row: Row, *, steps: bool) -> dict[str, object]:
    from opslog.services.events.plans import routines

    routine, turn = row.routine, row.routine.turn
    state = "ended" if routine.ended_at else "paused" if routine.paused_at else "on"
    day = _next_day(book, row) if routine.goes_on else None
    found: dict[str, object] = {
        "id": routine.id,
        "name": routine.name,
        "playbook": routine.playbook,
        "on": routine.starts_on.isoformat(),
        "every": routine.every,
        "until": routine.until.isoformat() if routine.until else None,
        "state": state,
        "turn": turn.anchor.isoformat() if turn else None,
        "next": day.isoformat() if day else None,
        "missed_turns": turn.missed if turn else 0,
        "version": turn.version if turn else 0,
        "steps": row.steps,
        "done": row.done,
        "late": row.late,
        "missed": row.missed,
    }
    if steps:
        found["plan"] = [step_object(book, line) for line in routines.plan(book, routine.id)]
    return found


COMMANDS = {
    "plan": Command(N_("plans of your own: on any day, once or again and again"), _arguments, _run)
}
