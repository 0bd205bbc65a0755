"""``opslog event step``: one step of one plan, shown, changed, done, given up, taken up again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from opslog.cli.base.io import Io
from opslog.cli.events.json import step_object
from opslog.locale import Msg, _

if TYPE_CHECKING:
    from opslog.domain.events.events import PlanLine
    from opslog.services.book.book import Book, Change

_FIELDS = ("title", "note", "words", "channel", "owner")


def arguments(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "step", metavar="STEP", help=_("its number in the plan, or part of its title")
    )
    step.add_argument("--title", metavar="TEXT")
    step.add_argument("--on", metavar="WHEN", help=_("another moment: it is pinned there"))
    step.add_argument("--words", metavar="TEXT", help=_("what goes out by it"))
    step.add_argument("--channel", metavar="NAME")
    step.add_argument("--owner", metavar="NAME", help=_("a colleague; empty: yourself"))
    step.add_argument("--lead", type=int, metavar="DAYS", help=_("days ahead on Today"))
    step.add_argument("--note", metavar="TEXT")
    verb = step.add_mutually_exclusive_group()
    verb.add_argument("--done", action="store_true", help=_("done"))
    verb.add_argument("--give-up", default=None, metavar="WHY", help=_("not to be done"))
    verb.add_argument("--back", action="store_true", help=_("to where the event's date puts it"))


def run(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events

    book = io.book()
    return of_plan(args, io, events.plan(book, events.resolve(book, args.event)))


def of_plan(args: argparse.Namespace, io: Io, plan: Sequence[PlanLine]) -> int:
    """One step of a plan, an event's or one of the operator's own."""
    from opslog.services.cards import ticking
    from opslog.services.events.plans import step_changes, steps

    book = io.book()
    step_id = step_changes.resolve(plan, args.step)
    warned = _warned(args, book, step_id)
    changes = [_changed(args, book, step_id)]
    if args.done:
        changes.append(ticking.tick_step(book, step_id))
    elif args.give_up is not None:
        changes.append(step_changes.give_up(book, step_id, args.give_up))
    elif args.back:
        changes.append(steps.unpin_step(book, step_id))
    line = steps.step(book, step_id)
    if io.json_wanted:
        io.json(step_object(book, line))
        return 0
    said = [str(change.label) for change in changes if change]
    said += [str(warned)] if warned else []
    for text in said or _facts(book, line):
        io.line(text)
    return 0


def _warned(args: argparse.Namespace, book: Book, step_id: int) -> Msg | None:
    """What speaks against the moment it is put to."""
    from opslog.services.events import form
    from opslog.services.events.plans import steps

    if not args.on:
        return None
    line = steps.step(book, step_id)
    return steps.move_warning(
        book, step_id, form.read_moment(book, args.on, line.due_at, near=line.due_at)
    )


def _changed(args: argparse.Namespace, book: Book, step_id: int) -> Change | None:
    """The change that the options ask for; None where they ask for none."""
    from opslog.services.events import form
    from opslog.services.events.plans import step_changes, steps

    line = steps.step(book, step_id)
    draft = step_changes.draft_of(line)
    given = {name: getattr(args, name) for name in _FIELDS if getattr(args, name) is not None}
    if args.on:
        given["due_at"] = form.read_moment(book, args.on, line.due_at, near=line.due_at)
    if args.lead is not None:
        given["lead_days"] = args.lead
    return step_changes.change(book, step_id, draft._replace(**given)) if given else None


def _facts(book: Book, line: PlanLine) -> list[str]:
    from opslog.domain.dates.wording import short_moment
    from opslog.domain.events.events import STATE_LABELS
    from opslog.domain.events.plans.step_reasons import explain
    from opslog.services.book import own_kinds

    when = short_moment(line.due_at, book.clock.zone, book.today())
    why = explain(line, book.clock.zone, own_kinds.workdays(book))
    return [
        f"{line.id}  {when}  {line.name}  ({_(STATE_LABELS[line.state])})",
        *([str(why)] if why else []),
        *([_("owed by {name}").format(name=line.owed_by)] if line.owed_by else []),
        *([line.words] if line.words else []),
        *(f"[{'x' if item.done_at else ' '}] {item.said}" for item in line.items),
        *([line.note] if line.note else []),
    ]
