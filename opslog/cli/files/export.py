"""``opslog export WHAT [--event EVENT] [--find Q] [--only …] … -o FILE [--force]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from opslog.cli.base.io import Command, Io
from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.locale import N_, Msg, _, msg, ngettext

REVIEW = "review"


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.services.book.contributions import ONLY
    from opslog.services.files.kinds import ENCODINGS, EXPORTS, UTF8, VCARDS

    parser.add_argument("what", metavar="WHAT", help=str(listed([*EXPORTS, REVIEW])))
    parser.add_argument("--event", help=_("name, part of the name, or number of one event"))
    parser.add_argument(
        "--find", default="", metavar="Q", help=_("only lines or people with these words")
    )
    parser.add_argument("--list", metavar="ROSTER", help=_("who is on this roster or call list"))
    parser.add_argument(
        "--only",
        metavar="WHO",
        default="",
        help=_("of a list: {all}, or declined:REASON").format(all=", ".join(ONLY)),
    )
    parser.add_argument("--from", dest="since", default="", metavar="D", help=_("the first day"))
    parser.add_argument("--to", dest="until", default="", metavar="D", help=_("the last day"))
    parser.add_argument(
        "--columns",
        default="",
        metavar="A,B,…",
        help=_("these columns in this order, or the name of a set that you saved"),
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=_("the ending says the form: csv xlsx md html json, ics for plans, vcf for people"),
    )
    parser.add_argument(
        "--vcard", choices=VCARDS, default=VCARDS[0], help=_("version of a .vcf file")
    )
    parser.add_argument(
        "--encoding",
        type=str.lower,
        choices=list(ENCODINGS),
        default=UTF8,
        help=_("of a .csv file: gb18030 for programs that take nothing else"),
    )
    parser.add_argument(
        "--mask", action="store_true", help=_("half hide telephone numbers: 138****8000")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))


def _review(args: argparse.Namespace, io: Io) -> int:
    """The review of an event is no table: nothing narrows it."""
    from opslog.cli import reviews

    narrowed = (args.find, args.list, args.only, args.since, args.until, args.columns, args.mask)
    if any(narrowed):
        raise Refused(msg(N_("A review is written whole, of one event")))
    if not args.event:
        raise Refused(msg(N_("Of which event? Name it with --event")))
    return reviews.show(io, args.event, reviews.LAST, args.output, force=args.force)


def _export(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book.contributions import Scope
    from opslog.services.files import export as files_out
    from opslog.services.files import kinds

    path, args.what = Path(args.output), kinds.meant(args.what)
    if REVIEW in (args.what, codes.code_of(args.what, {REVIEW: N_("Review")})):
        return _review(args, io)
    kinds.checked_ending(args.what, path)  # before the database is opened
    book = io.book()
    event_id: int | None = None
    if args.event:
        from opslog.services.events import events

        event_id = events.resolve(book, args.event)
    from opslog.services.daybook import lines as log_lines
    from opslog.services.files import column_sets

    roster_id = None
    if args.list:
        from opslog.services.rosters import rosters

        roster_id = rosters.resolve(book, args.list)
    since, until = log_lines.span(book, args.since, args.until)
    scope = Scope(
        event_id,
        only=kinds.only_meant(args.only),
        find=args.find.strip(),
        since=since,
        until=until,
        roster_id=roster_id,
    )
    rows = 0

    def count(done: int) -> None:
        nonlocal rows
        rows = done
        work.tell(ngettext("{n} row", "{n} rows", done).format(n=f"{done:,}"))

    left_out: list[Msg] = []
    with io.work(_("Writing {file} …").format(file=io.clean(path.name))) as work:
        written = files_out.export(
            book,
            args.what,
            path,
            scope,
            columns=column_sets.meant(book, args.what, args.columns, scope),
            force=args.force,
            progress=count,
            said=left_out.append,
            style=kinds.Style(args.encoding, args.vcard, args.mask),
        )
    for sentence in left_out:
        io.error(str(sentence))
    if io.json_wanted:
        io.json({"file": str(written), "what": args.what, "rows": rows})
    else:
        number = ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")
        io.line(_("Written: {file} ({rows})").format(file=written, rows=number))
    return 0


COMMANDS = {
    "export": Command(
        N_("write log, plan, calendar, roster, calls, people or a review to a file"),
        _arguments,
        _export,
    )
}
