"""Files out: what can be exported, in which forms, and the one verb that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.files.titles import NAMES, event_name, title

if TYPE_CHECKING:
    from opslog.exchange.writing.tables import Table

Row = TypeVar("Row")
Progress = Callable[[int], None]
STEP = 250  # rows between two calls of a progress function

TABLES = ("csv", "xlsx", "md", "html", "json")
FORMS = {
    "log": TABLES,
    "plan": (*TABLES, "ics"),
    "calendar": (*TABLES, "ics"),
    "roster": TABLES,
    "calls": TABLES,
    "people": (*TABLES, "vcf"),
}
"""What can be exported, and the endings each can have."""


def export(
    book: Book,
    what: str,
    path: Path,
    event_id: int | None = None,
    force: bool = False,
    *,
    progress: Progress | None = None,
) -> Path:
    """Write ``what`` (a key of FORMS) to ``path``, in the form its ending names; the full path.

    ``event_id`` keeps to one event. ``progress`` is told the rows written so far and may raise
    to give up. Raises Refused for what can't be exported, an ending that is not possible, and a
    file that exists (without ``force``). The file is written whole or not at all, and holds what
    stood in the database at one moment.
    """
    ending = checked_ending(what, path)
    from opslog.exchange.writing.files import check_place

    check_place(path, force=force)
    with _one_moment(book):
        if ending == "ics":
            return _write_calendar(book, what, path, event_id, force)
        if ending == "vcf":
            return _write_contacts(book, path, event_id, force, progress)
        from opslog.exchange.writing.tables import write_table

        return write_table(_table(book, what, event_id, progress), path, force=force)


def checked_ending(what: str, path: Path) -> str:
    """The ending of ``path`` if ``what`` can be written so; Refused with the list otherwise."""
    if what not in FORMS:
        raise Refused(
            msg(N_("“{what}” can't be exported; {all} can"), what=what, all=", ".join(FORMS))
        )
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMS[what]:
        possible = ", ".join(f".{form}" for form in FORMS[what])
        text = (
            msg(
                N_("{what} can't be written as .{ending}; possible are {possible}"),
                what=msg(NAMES[what]),
                ending=ending,
                possible=possible,
            )
            if ending
            else msg(
                N_("{file}: the ending of the name says the form; possible are {possible}"),
                file=path.name,
                possible=possible,
            )
        )
        raise Refused(text)
    return ending


def file_name(book: Book, what: str, event: str = "", ending: str = "xlsx") -> str:
    """A name to propose: what, event and day, without what a file system forbids."""
    kept = "".join(
        "" if letter in '<>:"/\\|?*' or not letter.isprintable() else letter for letter in event
    )
    parts = [
        str(title(what)).replace(" ", "-"),
        "-".join(kept.split())[:40].strip(".-"),
        book.today().isoformat(),
    ]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def _table(book: Book, what: str, event_id: int | None, progress: Progress | None) -> Table:
    from dataclasses import replace

    if what == "roster":
        from opslog.services.files.rosters import roster_table

        table = roster_table(book, event_id)
    elif what == "calls":
        from opslog.services.files.calls import calls_table

        table = calls_table(book, event_id)
    else:
        from opslog.services.files import tables as export_tables

        table = getattr(export_tables, f"{what}_table")(book, event_id)
    if progress is None:
        return table
    return replace(table, rows=_told(iter(table.rows), progress))


def _told(rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
    """The same rows, with somebody told how many there were."""
    done = 0
    for row in rows:
        yield row
        done += 1
        if done % STEP == 0:
            progress(done)
    progress(done)


@contextmanager
def _one_moment(book: Book) -> Iterator[None]:
    """Everything read inside is from one moment, whoever writes meanwhile."""
    if book.con.in_transaction:
        yield
        return
    book.con.execute("BEGIN")
    try:
        yield
    finally:
        book.con.execute("ROLLBACK")


def _write_calendar(book: Book, what: str, path: Path, event_id: int | None, force: bool) -> Path:
    from opslog.exchange.writing.calendars import write_calendar
    from opslog.services.files.tables import appointments

    name = title(what, event_name(book, event_id))
    entries = list(appointments(book, event_id))
    return write_calendar(str(name), entries, book.now(), path, force=force)


def _write_contacts(
    book: Book, path: Path, event_id: int | None, force: bool, progress: Progress | None
) -> Path:
    from opslog.exchange.writing.vcards import write_contacts
    from opslog.services.files.tables import contacts

    rows = contacts(book, event_id)
    return write_contacts(_told(rows, progress) if progress else rows, path, force=force)
