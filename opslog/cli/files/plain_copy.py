"""``opslog copy``: everything as text, in a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help=_("a folder that is not there yet, or is empty")
    )


def _run(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.files.plain import copy

    folder: Path = args.folder
    book = io.book()
    try:
        with io.work(_("Writing the copy …")) as work:
            written = copy.write(book, folder, lambda text, share: work.tell(str(text), share))
    except KeyboardInterrupt:
        io.error(_("stopped; nothing was written"))
        return 130
    if io.json_wanted:
        io.json({"path": str(written)})
    else:
        io.line(_("Everything is written and verified: {path}").format(path=written))
        io.line(_("README.md in it says what each file is; opslog restore brings it back."))
    return 0


COMMANDS = {
    "copy": Command(
        help=N_("write everything as text into a folder anybody can read"),
        arguments=_arguments,
        run=_run,
    )
}
