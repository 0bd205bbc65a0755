"""``opslog history``, ``undo`` and ``redo``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.base.changes import Entry
    from opslog.services.book.book import Book, Change

STATES = {
    "done": "",
    "undone": N_("undone"),
    "dropped": N_("undone, not to be done again"),
    "final": N_("can't be undone"),
}


def _history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-n", "--limit", type=number, default=50, help=_("so many of the newest (50)")
    )
    parser.add_argument(
        "--before", type=number, metavar="ID", help=_("only what is older than this change")
    )


def number(text: str) -> int:
    """A change number; argparse calls it by this name when it refuses."""
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _history(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import history

    book = io.book()
    entries = history.changes(book, args.limit, args.before)
    if io.json_wanted:
        io.json([_object(book, entry) for entry in entries])
        return 0
    if not entries:
        io.line(_("Nothing was changed yet"))
        return 0
    io.table(
        [_("Number"), _("Time"), _("State"), _("Change")],
        [
            (
                entry.id,
                f"{entry.at.astimezone(book.clock.zone):%Y-%m-%d %H:%M}",
                _(STATES[entry.state]),
                entry.label,
            )
            for entry in entries
        ],
    )
    return 0


def _object(book: Book, entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.astimezone(book.clock.zone).isoformat(),
        "label": entry.label.english(),
        "undone": entry.undone,
        "state": entry.state,
    }


def _undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        nargs="?",
        type=number,
        metavar="ID",
        help=_("number of the change, as opslog history shows it; without it the newest"),
    )


def _undo(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import history

    book = io.book()
    with io.work(_("Taking it back …")):
        change = history.undo(book, args.id)
    _say(book, change, io, _("Undone: {label}"))
    return 0


def _redo(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import history

    book = io.book()
    with io.work(_("Doing it again …")):
        change = history.redo(book)
    _say(book, change, io, _("Done again: {label}"))
    return 0


def _say(book: Book, change: Change, io: Io, text: str) -> None:
    from opslog.services.book import history

    if io.json_wanted:
        (entry,) = history.changes(book, 1, change.id + 1)
        io.json(_object(book, entry))
    else:
        io.line(text.format(label=change.label))


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """``redo`` takes none."""


COMMANDS = {
    "history": Command(N_("every change, newest first"), _history_arguments, _history),
    "undo": Command(N_("take back the newest change, or the one named"), _undo_arguments, _undo),
    "redo": Command(N_("do again what was undone last"), _no_arguments, _redo),
}
