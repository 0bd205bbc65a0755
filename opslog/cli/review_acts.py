"""What was learned, from the command line: verbs of ``opslog review EVENT``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Io
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.reviews.review import Proposal
    from opslog.services.book.book import Book


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_mutually_exclusive_group()
    verbs.add_argument(
        "--accept",
        type=int,
        metavar="N",
        help=_("proposal N holds for the next events of the kind; about a step: in their plan"),
    )
    verbs.add_argument(
        "--dismiss", type=int, metavar="N", help=_("proposal N is not offered for this event again")
    )
    verbs.add_argument(
        "--note",
        nargs=2,
        metavar=("PART", "TEXT"),
        help=_("your own words on aim, plan, do, check or act; empty ones take them out"),
    )
    verbs.add_argument("--act", metavar="TEXT", help=_("what to do otherwise, in your own words"))
    parser.add_argument(
        "--step", metavar="ID", default="", help=_("with --act: a line on the checklist of a step")
    )


def decided(args: argparse.Namespace, io: Io) -> bool:
    """Carry out the verb that was given; False where none was."""
    from opslog.services.events import events
    from opslog.services.reviews import acts

    if args.step and args.act is None:
        raise Refused(msg(N_("--step goes with --act TEXT")))
    if all(one is None for one in (args.accept, args.dismiss, args.note, args.act)):
        return False
    if args.output:
        raise Refused(msg(N_("Decide first, then write the review: two commands")))
    book, shown, told = io.book(), "", None
    event_id = events.resolve(book, args.event)
    if args.note is not None:
        change = acts.note(book, event_id, *args.note)
    elif args.act is not None:
        typed = acts.typed(book, event_id, args.act, args.step)
        shown, told = typed.change, typed.told
        change = acts.add(book, event_id, args.act, args.step)
    elif args.accept is not None:
        proposal = _numbered(book, event_id, args.accept)
        change = acts.accept(book, event_id, proposal)
        shown, told = proposal.change, proposal.told
    else:
        change = acts.dismiss(book, event_id, _numbered(book, event_id, args.dismiss))
    if io.json_wanted:
        io.json({"done": change.label.english(), "act": change.made or None, "change": shown})
        return True
    io.line(change.label if change else _("It says so already"))
    if told is not None:
        io.line(f"  {told}")
    elif change and not shown and args.accept is not None:
        io.line("  " + _("Nothing of the plan changes by itself; it stands with the review."))
    for row in shown.splitlines():
        io.line(f"  {row}")
    return True


def _numbered(book: Book, event_id: int, number: int) -> Proposal:
    """The proposal as ``opslog review EVENT`` numbers it."""
    from opslog.services.reviews import reviews

    found = reviews.review(book, event_id).proposals
    if not 1 <= number <= len(found):
        raise Refused(
            msg(
                N_("There is no proposal {n}; this review has {of}, see: opslog review EVENT"),
                n=number,
                of=len(found),
            )
        )
    return found[number - 1]
