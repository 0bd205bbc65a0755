"""``opslog report event EVENT``, also ``opslog review EVENT``: what an event brought."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli import review_acts
from opslog.cli.base.io import Command, Io
from opslog.domain.base import codes
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.services.book.book import Book


LAST = "event"  # the last earlier event of the kind
NOTHING = "none"
_LABELS = {LAST: N_("the last event of its kind"), NOTHING: N_("Nothing")}
_ALSO = {"上一场": LAST, "上次": LAST, "不比": NOTHING}


def against_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--against",
        default=LAST,
        metavar="WHAT",
        help=_(
            "event (the last one of its kind), previous_month, same_month_last_year,"
            " half_year_before, half_year_after, another event, or none; with --stop: stops (the"
            " mean of the others) or the place of one"
        ),
    )


def stop_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stop", default="", metavar="STOP", help=_("of a road show: only of this stop")
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "event", metavar="EVENT", help=_("name, part of the name, or number of one event")
    )
    against_argument(parser)
    stop_argument(parser)
    parser.add_argument(
        "-o", "--output", default="", metavar="FILE", help=_("a file: .html .xlsx .md .txt .json")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))
    review_acts.arguments(parser)


def _review(args: argparse.Namespace, io: Io) -> int:
    if review_acts.decided(args, io):
        return 0
    return show(io, args.event, args.against, args.output, stop=args.stop, force=args.force)


def show(io: Io, event: str, against: str, output: str, *, stop: str = "", force: bool) -> int:
    """The review, printed or into the file ``output``; ``stop``: only of that."""
    from opslog.services.events import events, stops
    from opslog.services.reviews import files, reviews

    path = Path(output) if output else None
    if path is not None:
        files.checked_ending(path)  # before the database is opened
    book = io.book()
    event_id = events.resolve(book, event)
    stop_id = stops.resolve(book, event_id, stop).id if stop else None
    held = _against(book, against) if stop_id is None else _beside(book, event_id, against)
    found = reviews.review(book, event_id, held, stop_id=stop_id)
    if path is not None:
        written = files.write(book, found, path, force=force)
        if io.json_wanted:
            io.json({"file": str(written), "what": "review"})
        else:
            io.line(_("Written: {file}").format(file=written))
    elif io.json_wanted:
        io.json(files.document(book, found))
    else:
        for line in files.lines(book, found):
            io.line(line)
    return 0


def _against(book: Book, text: str) -> str | None:
    """What a review is asked to be held against: as ``reviews.review`` takes it."""
    from opslog.domain.reviews.measures import AGAINST_LABELS, known_against
    from opslog.services.events import events

    text = codes.named(text, _LABELS, _ALSO) or text
    if text == LAST:
        return None
    if text in ("", NOTHING):
        return ""
    months = known_against(text)
    return months if months in AGAINST_LABELS else str(events.resolve(book, text))


def _beside(book: Book, event_id: int, text: str) -> str:
    """The same of the review of one stop: another stop by its place, or the mean of the others."""
    from opslog.domain.reviews.measures import OTHER_STOPS, means_others, of_stop
    from opslog.services.events import stops

    text = codes.named(text, _LABELS, _ALSO) or text
    if text in ("", LAST, NOTHING):
        return ""
    if means_others(text):
        return OTHER_STOPS
    return of_stop(stops.resolve(book, event_id, text).id)


COMMANDS = {"review": Command(N_("what an event brought"), _arguments, _review)}
