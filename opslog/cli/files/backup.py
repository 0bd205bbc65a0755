"""``opslog backup``, ``restore``, ``check`` and ``where``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli.base import access
from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg, ngettext

if TYPE_CHECKING:
    from opslog.services.book.backup import Restored
    from opslog.services.book.book import Book
    from opslog.services.book.check import Finding

_LISTED = 50  # flaws of one kind in the table


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_("where to write it (else the backups folder)"),
    )
    parser.add_argument(
        "--to",
        metavar="FOLDER",
        help=_("from now on each backup goes into this folder too, on another disk; - ends it"),
    )


def _backup(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.plans import evidence
    from opslog.services.book import backup
    from opslog.services.book.copies import second_folder
    from opslog.services.events.plans import routines

    file: Path | None = args.file
    book = io.book()
    if args.to == "-":
        second_folder.choose(book, None)
        io.json({"second": None}) if io.json_wanted else io.line(
            _("Backups go into {folder} alone.").format(folder=book.home / "backups")
        )
        return 0
    with io.work(_("Writing and verifying the copy …")):
        if args.to is not None:
            path = second_folder.choose(book, Path(args.to)) or Path()
        else:
            path = backup.backup(book, None if file is None else file.expanduser())
    routines.prove(book, evidence.BACKUP)
    away = second_folder.follow(book, path) if file is None and args.to is None else None
    if away is not None:
        io.error(str(away))
    second = second_folder.folder_of(book)
    if io.json_wanted:
        said = None if second is None else str(second)
        io.json({"path": str(path), "bytes": path.stat().st_size, "second": said})
        return 0
    io.line(_("Backup written and verified: {path}").format(path=path))
    if args.to is not None:
        io.line(_("From now on each backup goes there too: {folder}").format(folder=second))
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_(
            "the backup to bring back, or the folder of a plain copy; without it: which there are,"
            " and what each holds"
        ),
    )
    parser.add_argument("--open", action="store_true", help=_("open the screens after it"))


def _restore(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import backup

    file: Path | None = args.file
    if file is None:
        from opslog.cli.files import holdings

        return holdings.print_all(io)
    file = file.expanduser()
    if not io.json_wanted and not args.open:
        from opslog.cli.files import holdings

        holdings.print_both(io, file)
    try:
        with io.work(_("Bringing the backup back …")):
            done = backup.restore(io.path, file)
    except Refused as refusal:
        if not args.open or not io.path.is_file():
            raise
        return _go_on(io, [str(refusal)])
    if io.json_wanted:
        kept = None if done.kept is None else str(done.kept)
        aside = None if done.aside is None else str(done.aside)
        io.json(
            {"path": str(done.path), "source": str(done.source), "kept": kept}
            | {"damaged": done.damaged, "erased": done.erased}
            | {"changes": done.changes, "aside": aside}
        )
        return 0
    said = said_of(done)
    if args.open:
        return _go_on(io, said)
    for text in said:
        io.line(text)
    return 0


def _go_on(io: Io, said: list[str]) -> int:
    """The screens, with what was done, or why not."""
    from opslog.cli.screens import open_ui

    io.access = access.SCREENS
    return open_ui(io, said)


def said_of(done: Restored) -> list[str]:
    """What a restore did, a sentence each."""
    said = [_("{path} is now what {source} says.").format(path=done.path, source=done.source)]
    if done.changes:
        said.append(
            ngettext(
                "{n} change made since came with it.",
                "{n} changes made since came with it.",
                done.changes,
            ).format(n=done.changes)
        )
    if done.missing is not None:
        said.append(str(done.missing))
        said.append(_("What was noted of it is kept: {path}").format(path=done.aside))
    if done.kept is not None:
        kept = (
            _("The file before could not be read; it is kept as it was: {path}")
            if done.damaged
            else _("The file before is kept: {path}")
        )
        said.append(kept.format(path=done.kept))
    if done.erased:
        said.append(
            ngettext(
                "{n} person had been erased since, and was erased from it again; the backup"
                " itself still holds them.",
                "{n} people had been erased since, and were erased from it again; the backup"
                " itself still holds them.",
                done.erased,
            ).format(n=done.erased)
        )
    return said


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair",
        nargs="?",
        const="",
        metavar="OUT",
        help=_("save what can be saved into a new file; the damaged one stays as it is"),
    )


def _repair(out: str, io: Io) -> int:
    from opslog.services.book import repair

    try:
        with io.work(_("Saving what can be saved …")) as work:
            target, done = repair.repair(
                io.path,
                Path(out).expanduser() if out else None,
                told=lambda text: work.tell(str(text)),
            )
    except KeyboardInterrupt:
        io.error(_("stopped; nothing was written"))
        return 130
    if io.json_wanted:
        backup = None if done.backup is None else str(done.backup)
        lists = {"mended": done.mended, "missing": done.missing}
        io.json(
            {"path": str(target), "backup": backup, "saved": done.saved, "brought": done.brought}
            | lists
            | {"loose": done.loose}
        )
        return 0
    io.line(_("{count} rows saved: {path}").format(count=sum(done.saved.values()), path=target))
    for table, count in done.brought.items():
        text = _("{table}: {count} rows could not be read and stand as in the backup {file}")
        io.line(text.format(table=table, count=count, file=done.backup))
    for table, count in done.loose.items():
        text = _(
            "{table}: {count} rows stood on pages that nothing leads to any more; what was deleted "
            "may be among them"
        )
        io.line(text.format(table=table, count=count))
    for heading, lines in (
        (_("Values that could not be, and what stands there now:"), done.mended),
        (_("Missing in the damaged file:"), done.missing),
    ):
        if lines:
            io.heading(heading)
            for line in lines:
                io.line(f"  {line}")
    return 0


def _check(args: argparse.Namespace, io: Io) -> int:
    if args.repair is not None:
        return _repair(args.repair, io)
    from opslog.services.book import check

    book = io.book()
    try:
        with io.work(_("Looking the database over …")) as work:
            found = check.check(book, lambda text: work.tell(str(text)))
    except KeyboardInterrupt:
        io.error(_("the check was stopped; nothing was changed"))
        return 130
    findings = [_with_keys(book, one) for one in found]
    book.faults.clear()  # they are said here
    book.doubts.clear()
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
            rows += [("", f"  {flaw}") for flaw in finding.flaws[:_LISTED]]
            if len(finding.flaws) > _LISTED:
                more = _("  … and {count} more (--json lists all)")
                rows.append(("", more.format(count=len(finding.flaws) - _LISTED)))
        io.table([_("state"), _("what was looked at")], rows, whole=True)
    if any(finding.flaws and finding.grave for finding in findings):
        raise Refused(
            msg(
                N_(
                    "{path} is damaged; save what can be saved with: opslog check --repair, or "
                    "bring a backup back with: opslog restore FILE"
                ),
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
        sqlite = backup.sqlite()
        io.json(
            {code: str(path) for code, _text, path in places}
            | {"sqlite": sqlite.version, "wal_reset_fault": sqlite.touched}
        )
    else:
        paths = [(text, path) for _code, text, path in places]
        io.table([_("what it is"), _("path")], paths, whole=True)
        io.line(str(backup.sqlite().text))
    return 0


def _nothing(_parser: argparse.ArgumentParser) -> None:
    pass


COMMANDS = {
    "backup": Command(
        help=N_("write a verified copy of the database"), arguments=_backup_arguments, run=_backup
    ),
    "restore": Command(
        help=N_("bring a backup or a plain copy back, keeping the present file"),
        arguments=_restore_arguments,
        run=_restore,
    ),
    "check": Command(help=N_("look the database over"), arguments=_check_arguments, run=_check),
    "where": Command(help=N_("where the files are"), arguments=_nothing, run=_where),
}
