"""``opslog demo``: the screens on a throw-away copy of the sample."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from opslog.cli.base.io import Command, Io
from opslog.disk import temporary
from opslog.locale import N_, _

# What a closed window or a shutdown sends; Windows knows no SIGHUP.
_ENDING = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help=_("make the sample there and keep it, without opening the screens"),
    )


def _run(args: argparse.Namespace, io: Io) -> int:
    keep: Path | None = args.keep
    if keep is not None:
        return _keep(keep.expanduser(), io)
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        io.error(_("opslog needs a terminal; opslog --help lists the commands for scripts"))
        return 1
    from opslog.services.demo import demo

    print(_("Making the sample …"), end="", flush=True)
    with _passing_folder() as folder:
        book = demo.build(folder)
        print("\r", end="")
        try:
            from opslog.cli.screens import show

            return show(book, demo=True).return_code or 0
        finally:
            book.close()


@contextmanager
def _passing_folder() -> Iterator[Path]:
    """A folder that is gone with the process, also where its terminal is closed."""
    with temporary.folder() as folder, _removed_by_signals(folder):
        yield folder


@contextmanager
def _removed_by_signals(folder: Path) -> Iterator[None]:
    def ended(number: int, _frame: FrameType | None) -> None:
        temporary.remove(folder)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # and end by it, as without us

    before = {number: signal.signal(number, ended) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep(folder: Path, io: Io) -> int:
    """Only the database, for a look by other commands: ``opslog --db FOLDER/opslog.db today``."""
    from opslog.domain.base.refusal import Refused
    from opslog.locale import msg
    from opslog.services.demo import demo

    if folder.exists() and any(folder.iterdir()):
        raise Refused(msg(N_("{path} is not empty; name a new folder"), path=folder))
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    book = demo.build(folder)
    book.close()
    if io.json_wanted:
        io.json({"path": str(book.path)})
    else:
        io.line(_("The sample is made: {path}").format(path=book.path))
    return 0


COMMANDS = {
    "demo": Command(
        help=N_("the UI on a throw-away copy of the sample data"), arguments=_arguments, run=_run
    )
}
