"""``opslog export WHAT [--event EVENT] -o FILE [--force]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, Msg, _, ngettext


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.services.files.export import EXPORTS, VCARDS

    parser.add_argument("what", metavar="WHAT", help=", ".join(EXPORTS))
    parser.add_argument("--event", help=_("name, part of the name, or number of one event"))
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
        "--mask", action="store_true", help=_("half hide telephone numbers: 138****8000")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))


def _export(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.files import export as files_out

    path = Path(args.output)
    files_out.checked_ending(args.what, path)  # before the database is opened
    book = io.book()
    event_id: int | None = None
    if args.event:
        from opslog.services.events import events

        event_id = events.resolve(book, args.event)
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
            event_id,
            args.force,
            progress=count,
            said=left_out.append,
            vcard=args.vcard,
            mask=args.mask,
        )
    for sentence in left_out:
        io.error(str(sentence))
    if io.json_wanted:
        io.json({"file": str(written), "what": args.what, "rows": rows})
    else:
        io.line(_("Written: {file}").format(file=written))
    return 0


COMMANDS = {
    "export": Command(
        N_("write log, plan, calendar, roster, calls or people to a file"), _arguments, _export
    )
}
