"""``opslog event corrections``: what an event's move left to be told, and that it was."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.cli.events.json import iso
from opslog.cli.events.plan import moment
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.calls.corrections import Correction
    from opslog.services.book.book import Book


def arguments(verbs: argparse._SubParsersAction[Any]) -> None:
    parser = verbs.add_parser("corrections", help=_("who and what still names the old date"))
    parser.add_argument("event", metavar="EVENT", help=_("name, part of it, or number"))
    parser.add_argument(
        "--told", nargs="+", default=[], metavar="N", help=_("the lines that were told, or all")
    )


def run(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.calls import corrections
    from opslog.services.events import events

    book = io.book()
    event_id = events.resolve(book, args.event)
    found = corrections.of(book, event_id)
    if args.told:
        change = corrections.tell(book, _chosen(found, args.told), event_id)
        if io.json_wanted:
            io.json({"change": change.id, "label": change.label.english()})
        else:
            io.done(change)
        return 0
    if io.json_wanted:
        io.json([as_object(book, one) for one in found])
        return 0
    if not found:
        io.line(msg(N_("Nothing to correct: nobody was told of another date")))
    for number, one in enumerate(found, 1):
        was = moment(book, one.was)
        io.line(f"{number}. {one.name} · {one.why} · {was}")
        io.line(f"   {one.text}")
    return 0


def _chosen(found: list[Correction], told: list[str]) -> list[Correction]:
    """By the numbers of the list, or all."""
    if told == ["all"]:
        return found
    if not found:
        raise Refused(msg(N_("Nothing to correct: nobody was told of another date")))
    for text in told:
        if not (text.isdecimal() and 1 <= int(text) <= len(found)):
            raise Refused(
                msg(
                    N_("There is no line {n}: give a number from 1 to {last}, or all"),
                    n=text,
                    last=len(found),
                )
            )
    return [found[int(text) - 1] for text in dict.fromkeys(told)]


def as_object(book: Book, one: Correction) -> dict[str, object]:
    from opslog.domain.calls.corrections import OTHERS, PERSON, POST

    kinds = {POST: "post", PERSON: "person", OTHERS: "others"}
    return {
        "kind": kinds[one.table],
        "ref": one.ref,
        "name": one.name.english(),
        "why": one.why.english(),
        "was": iso(book, one.was),
        "person_id": one.person_id,
        "text": str(one.text),
    }
