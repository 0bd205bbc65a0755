"""``opslog backup``, ``restore``, ``check`` and ``where``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg, ngettext

if TYPE_CHECKING:
    from opslog.services.book.backup import Finding
    from opslog.services.book.book import Book


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_("where to write it (else the backups folder)"),
    )


def _backup(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import backup

    file: Path | None = args.file
    book = io.book()
    with io.work(_("Writing and verifying the copy …")):
        path = backup.backup(book, None if file is None else file.expanduser())
    if io.json_wanted:
        io.json({"path": str(path), "bytes": path.stat().st_size})
    else:
        io.line(_("Backup written and verified: {path}").format(path=path))
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the backup to bring back"))


def _restore(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import backup

    file: Path = args.file
    with io.work(_("Bringing the backup back …")):
        done = backup.restore(io.path, file.expanduser())
    if io.json_wanted:
        kept = None if done.kept is None else str(done.kept)
        io.json(
            {"path": str(done.path), "source": str(done.source), "kept": kept}
            | {"damaged": done.damaged, "erased": done.erased}
        )
        return 0
    io.line(_("{path} is now what {source} says.").format(path=done.path, source=done.source))
    if done.kept is not None:
        said = (
            _("The file before could not be read; it is kept as it was: {path}")
            if done.damaged
            else _("The file before is kept: {path}")
        )
        io.line(said.format(path=done.kept))
    if done.erased:
        io.line(
            ngettext(
                "{n} person had been erased since, and was erased from it again; the backup"
                " itself still holds them.",
                "{n} people had been erased since, and were erased from it again; the backup"
                " itself still holds them.",
                done.erased,
            ).format(n=done.erased)
        )
    return 0


def _check(_args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import backup

    book = io.book()
    with io.work(_("Looking the database over …")):
        findings = [_with_keys(book, one) for one in backup.check(book)]
    book.faults.clear()  # they are said here
    if io.json_wanted:
        io.json(
            [
                {"check": f.code, "text": str(f.text), "ok": not f.flaws, "grave": f.grave}
                | {"flaws": list(f.flaws)}
                for f in findings
            ]
        )
    else:
        rows: list[tuple[object, object]] = []
        for finding in findings:
            state = _("ok")
            if finding.flaws:
                state = _("WRONG") if finding.grave else _("risk")
            rows.append((state, finding.text))
            rows += [("", f"  {flaw}") for flaw in finding.flaws]
        io.table([_("state"), _("what was looked at")], rows, whole=True)
    if any(finding.flaws and finding.grave for finding in findings):
        raise Refused(
            msg(
                N_("{path} is damaged; bring a backup back with: opslog restore FILE"),
                path=io.book().path,
            )
        )
    return 0


def _with_keys(book: Book, finding: Finding) -> Finding:
    """What only the screens know: whether the keys wanted are free."""
    from opslog.services.book import own_kinds

    keys = own_kinds.keys(book) if finding.code == "own_files" else None
    if keys is None:
        return finding
    from opslog.tui.frame import keymap, navigation

    for name in navigation.SCREENS:
        navigation.screen_class(name)
    faults = (*keymap.usable(keys)[1], *keymap.unknown(keys))
    return replace(finding, flaws=(*finding.flaws, *map(str, faults)))


def _where(_args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import backup

    places = backup.where(io.path)
    if io.json_wanted:
        library = backup.library()
        io.json(
            {code: str(path) for code, _text, path in places}
            | {"sqlite": library.version, "wal_reset_fault": library.touched}
        )
    else:
        paths = [(text, path) for _code, text, path in places]
        io.table([_("what it is"), _("path")], paths, whole=True)
        io.line(str(backup.library().text))
    return 0


def _nothing(_parser: argparse.ArgumentParser) -> None:
    pass


COMMANDS = {
    "backup": Command(
        help=N_("write a verified copy of the database"), arguments=_backup_arguments, run=_backup
    ),
    "restore": Command(
        help=N_("bring a backup back, keeping the present file aside"),
        arguments=_restore_arguments,
        run=_restore,
    ),
    "check": Command(help=N_("look the database over"), arguments=_nothing, run=_check),
    "where": Command(help=N_("where the files are"), arguments=_nothing, run=_where),
}
