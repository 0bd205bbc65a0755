"""``opslog today``: the agenda, ranked, with reasons."""

from __future__ import annotations

import argparse
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.today.priority import Ranked
    from opslog.services.book.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--points", action="store_true", help=_("the points behind each rank, added up")
    )


def _today(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.today import agenda

    book = io.book()
    ranked = agenda.today(book)
    if io.json_wanted:
        io.json([_object(book, place) for place in ranked])
        return 0
    if ranked:
        _print(book, ranked, io, points=args.points)
    else:
        io.line(_("Nothing is due. opslog event add puts an event in, and its plan follows"))
    _count(book, ranked, io)
    return 0


def _object(book: Book, place: Ranked) -> dict[str, object]:
    item = place.item
    due = item.due.astimezone(book.clock.zone)
    return {
        "kind": item.kind,
        "title": item.title_en or item.title,
        "due": due.isoformat() if item.timed else due.date().isoformat(),
        "rank": place.rank,
        "why": place.why.english(),
        "event": item.event or None,
        "person": item.person or None,
        "group": place.group,
        "score": place.score,
        "flagged": item.flagged,
        "ref": item.ref,
        "done": item.done if item.of else None,
        "of": item.of or None,
    }


def _print(book: Book, ranked: list[Ranked], io: Io, *, points: bool) -> None:
    from opslog.domain.base.widths import pad, width
    from opslog.domain.today.wording import GROUP_TITLES, when_text

    now = book.clock.local()
    wide = max(width(when_text(place.item, now)) for place in ranked)
    for group, places in groupby(ranked, key=attrgetter("group")):
        if group != ranked[0].group:
            io.line()
        io.heading(_(GROUP_TITLES[group]))
        rows = [
            (
                f"{place.rank:3} {'!' if place.item.flagged else ' '}",
                pad(when_text(place.item, now), wide),
                [_what(place, now), place.sum if points else place.why],
            )
            for place in places
        ]
        if io.terminal:
            io.table([], rows)
            continue
        for rank, when, (text, why) in rows:
            io.line(f"{rank} {when}  {text}")
            io.line(f"{'':{wide + 8}}{why}")


def _count(book: Book, ranked: list[Ranked], io: Io) -> None:
    """How many there are to call, as Calls has them."""
    from opslog.services.calls.queue import workload

    if said := workload.today(book, [place.item for place in ranked]).said:
        io.line()
        io.line(_("{what}: opslog calls lists them").format(what=_(", ").join(map(str, said))))


def _what(place: Ranked, now: datetime) -> str:
    from opslog.domain.today.wording import label, original_text

    item = place.item
    person = item.person if item.person not in label(item) else ""
    far = f"{item.done}/{item.of}" if item.of else ""
    what = f"{label(item)} {far}" if far else label(item)
    parts = (what, item.event, person, original_text(item, now))
    return " · ".join(part for part in parts if part)


COMMANDS = {"today": Command(N_("what is due, ranked, with reasons"), _arguments, _today)}
