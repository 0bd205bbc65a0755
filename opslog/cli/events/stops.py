"""``opslog event stop``, ``stops``, ``tally``: where a road show goes, what each stop brought."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.cli.events.json import iso
from opslog.cli.events.plan import moment
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.events.stops import Stop
    from opslog.services.book.book import Book, Change


def arguments(verbs: argparse._SubParsersAction[Any]) -> None:
    stop = verbs.add_parser("stop", help=_("one stop: enter it, move it, drop it"))
    stops = verbs.add_parser("stops", help=_("all stops, or several at once"))
    tally = verbs.add_parser("tally", help=_("what a stop brought and cost"))
    for verb in (stop, stops, tally):
        verb.add_argument("event", metavar="EVENT", help=_("name, part of it, or number"))
    stop.add_argument("place", metavar="PLACE", help=_("a place, or the number of a stop"))
    stop.add_argument("--from", dest="first", metavar="DAY")
    stop.add_argument("--to", dest="last", metavar="DAY", help=_("else it lasts as before"))
    stop.add_argument("--place", dest="renamed", metavar="NAME", help=_("another place"))
    for verb in (stop, stops):
        verb.add_argument("--past", action="store_true", help=_("though that day is past"))
    stop.add_argument("--venue", metavar="TEXT", help=_("where in that place"))
    stop.add_argument("--note", metavar="TEXT")
    which = stop.add_mutually_exclusive_group()
    which.add_argument("--drop", action="store_true", help=_("this stop is called off"))
    which.add_argument("--back", action="store_true", help=_("it takes place after all"))
    stop.add_argument("--fallback", metavar="TEXT", help=_("what is done instead"))
    stop.add_argument("--reason", default="", metavar="TEXT")
    stops.add_argument(
        "lines",
        nargs="*",
        metavar="FILE|LINE",
        help=_("a file, 杭州 11-01 11-02, or - for stdin"),
    )
    tally.add_argument("stop", metavar="STOP")
    tally.add_argument("values", nargs="+", metavar="MEASURE=N", help="reach=433 leads=9 cost=2万")


def stop(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events, stops

    book = io.book()
    event_id = events.resolve(book, args.event)
    known = {name for one in stops.of(book, event_id) for name in (one.place, str(one.id))}
    if args.place not in known and args.first:
        text = f"{args.place.replace(' ', '')} {args.first} {args.last or args.first}"
        text = f"{text} {args.venue or ''}"
        new = stops.read(book, event_id, text)
        _ahead(book, event_id, new, args)
        return _said(book, event_id, stops.add(book, event_id, new), io, new)
    old, new = stops.resolve(book, event_id, args.place), []
    if args.drop:
        change = stops.drop(book, old.id, args.reason)
    elif args.back:
        change = stops.take_up(book, old.id)
    elif args.fallback:
        change = stops.fall_back(book, old.id, args.fallback, args.reason)
    else:
        new = [_changed(book, old, args)]
        _ahead(book, event_id, new, args)
        change = stops.move(book, old.id, new[0])
    return _said(book, event_id, change, io, new)


def _ahead(book: Book, event_id: int, found: list[Stop], args: argparse.Namespace) -> None:
    """Raises Refused for stops on days that are past, unless that is meant."""
    from opslog.services.events import stops

    if not args.past and (past := stops.into_the_past(book, event_id, found)) is not None:
        text = N_("{past}; nothing was changed, --past puts it there all the same")
        raise Refused(msg(text, past=past))


def _changed(book: Book, old: Stop, args: argparse.Namespace) -> Stop:
    from opslog.services.events import form

    starts, ends = old.starts_at, old.ends_at
    if args.first:
        starts = form.read_moment(book, args.first, old.starts_at, near=old.starts_at)
        ends += starts - old.starts_at
    if args.last:
        ends = form.read_moment(book, args.last, old.ends_at, near=starts)
    if ends <= starts:
        raise Refused(msg(N_("{place} would end before it begins; check the two"), place=old.place))
    venue = old.venue if args.venue is None else args.venue
    new = old._replace(starts_at=starts, ends_at=ends, place=args.renamed or old.place, venue=venue)
    return new if args.note is None else new._replace(note=args.note)


def stops(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events, stops

    book = io.book()
    event_id = events.resolve(book, args.event)
    if not args.lines:
        return _said(book, event_id, None, io)
    found = stops.read(book, event_id, _text(args.lines, io))
    _ahead(book, event_id, found, args)
    return _said(book, event_id, stops.add(book, event_id, found), io, found)


def _text(lines: list[str], io: Io) -> str:
    import sys

    if lines == ["-"]:
        return sys.stdin.read()
    if len(lines) == 1 and Path(lines[0]).is_file():
        data = Path(lines[0]).read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:  # as a Chinese spreadsheet writes it
            return data.decode("gb18030", errors="replace")
    if len(lines) == 1 and lines[0].lower().endswith((".txt", ".csv", ".md")):
        raise Refused(msg(N_("There is no file “{path}”"), path=lines[0]))
    if not any(len(line.split()) > 1 or "," in line for line in lines):  # typed without quotes
        return " ".join(lines)
    return "\n".join(lines)


def tally(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events import stop_tallies
    from opslog.services.events import events, stops

    book = io.book()
    event_id = events.resolve(book, args.event)
    one = stops.resolve(book, event_id, args.stop)
    change = stops.tally(book, one.id, stop_tallies.read(args.values))
    return _said(book, event_id, change, io)


def _said(
    book: Book, event_id: int, change: Change | None, io: Io, changed: Sequence[Stop] = ()
) -> int:
    """What was changed, and what of it falls on days off; without a change the list."""
    from opslog.domain.events.stops import STOP_LABELS
    from opslog.services.events import days_off, events, stops

    found, brought = stops.of(book, event_id), stops.tallies(book, event_id)
    if io.json_wanted:
        io.json([_object(book, one, brought.get(one.id, {})) for one in found])
        return 0
    if change is not None:
        io.done(change)
        for said in days_off.of_stops(book, events.get(book, event_id).row, changed):
            io.line(said)
        return 0
    if not found:
        io.line(_("No stops yet. opslog event stops EVENT 杭州 11-01 11-02 adds one"))
        return 0
    headings = [_("no."), _("place"), _("starts"), _("ends"), _("state"), ""]
    rows = [
        (
            *(one.id, one.where, moment(book, one.starts_at), moment(book, one.ends_at)),
            *(_(STOP_LABELS[one.state]) if STOP_LABELS[one.state] else "",),
            " · ".join(part for part in (one.fallback, one.why, one.note) if part),
        )
        for one in found
    ]
    io.table(headings, rows)
    return 0


def _object(book: Book, one: Stop, brought: dict[str, float]) -> dict[str, object]:
    """``brought`` by measure, cost in yuan."""
    values = {name: value / 100 if name == "cost" else value for name, value in brought.items()}
    return {
        "id": one.id,
        "place": one.place,
        "venue": one.venue,
        "starts_at": iso(book, one.starts_at),
        "ends_at": iso(book, one.ends_at),
        "state": one.state,
        "why": one.why,
        "fallback": one.fallback,
        "note": one.note,
        "tally": values,
    }


VERBS = {"stop": stop, "stops": stops, "tally": tally}
