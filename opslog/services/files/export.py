"""Files out: the one verb that writes them, and how such a file would begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.daybook.lines import LogFilter
from opslog.domain.people.list import View
from opslog.domain.people.masking import masked
from opslog.exchange.writing.calendars import Appointment, write_calendar
from opslog.exchange.writing.cells import Cell, plain
from opslog.exchange.writing.tables import Column, Table, write_table
from opslog.exchange.writing.vcards import Contact, reachable, write_contacts
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import TO_CALL, UNREACHED, Scope
from opslog.services.book.export_cells import masked_cell
from opslog.services.calls import export as calls
from opslog.services.calls import outsiders
from opslog.services.daybook import lines as log_lines
from opslog.services.files.kinds import EXPORTS, PLAIN, Style, check, check_scope, title
from opslog.services.people import list as people_list
from opslog.services.segments import groups
from opslog.store.events import basics
from opslog.store.screening import export as roster_store

Row = TypeVar("Row")
Progress = Callable[[int], None]
Said = Callable[[Msg], None]
ALL = Scope()
EVERYBODY = 1 << 40  # more people than there can be
NAMED = 5  # of those left out, so many are named
LOOKED_AT = 1_000  # rows of a long list, for the first of them
STEP = 250  # rows between two calls of a progress function


def export(
    book: Book,
    what: str,
    path: Path,
    scope: Scope = ALL,
    *,
    columns: Sequence[str] = (),
    force: bool = False,
    progress: Progress | None = None,
    said: Said | None = None,
    style: Style = PLAIN,
) -> Path:
    """Write ``what`` (a key of EXPORTS) to ``path``, in the form its ending names; the full path.

    ``columns`` are those wanted, in their order, each by its name or heading; none: all.
    ``progress`` is told the rows written so far and may raise
    to give up; ``said`` is told whom the file leaves out and why. Raises Refused for what
    can't be exported or narrowed so, an ending, style or column that there is not, signs that an
    encoding has not, and a file that
    exists (without ``force``). The file is written whole or not at all, and holds what stood in
    the database at one moment. What was written is remembered, for an erasure.
    """
    ending = check(what, path, scope, columns, style, force=force)
    written = _written(book, what, ending, path, scope, columns, style, force, progress, said)
    book.remember_copy(written, "export", what=what, event=scope.event_id)
    return written


def _written(
    book: Book,
    what: str,
    ending: str,
    path: Path,
    scope: Scope,
    columns: Sequence[str],
    style: Style,
    force: bool,
    progress: Progress | None,
    said: Said | None,
) -> Path:
    found = EXPORTS[what]
    tell = _told(progress)
    if ending == "ics" and found.appointments is not None:
        with book.replay():  # what calendars are told is kept, and is no change
            name = str(title(what, _event_name(book, scope.event_id)))
            entries = tell(found.appointments(book, scope.event_id))
            if style.mask:
                entries = map(_masked_appointment, entries)
            return write_calendar(name, entries, book.now(), book.clock.zone, path, force=force)
    with book.one_moment():
        scope = _resolved(book, what, scope)
        if ending == "vcf" and found.contacts is not None:
            left_out: list[Contact] = []
            kept = tell(_reachable(found.contacts(book, scope), left_out))
            written = write_contacts(kept, path, version=style.vcard, force=force)
            if said is not None:
                for sentence in _left_out(left_out):
                    said(sentence)
            return written
        table = _picked(found.table(book, scope), columns, mask=style.mask)
        name = str(title(what, _event_name(book, scope.event_id) or table.title))
        table = replace(table, title=name, rows=tell(table.rows))
        written = write_table(table, path, encoding=style.encoding, force=force)
        if said is not None and found.left_out is not None:
            for sentence in found.left_out(book, scope):
                said(sentence)
        return written


class Preview(NamedTuple):
    """How a file would begin. ``columns`` are all there are, ``headings`` those wanted, with the
    first rows as people read them."""

    columns: Sequence[Column]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def preview(
    book: Book,
    what: str,
    scope: Scope = ALL,
    *,
    columns: Sequence[str] = (),
    mask: bool = False,
    limit: int = 50,
) -> Preview:
    """The first rows of what ``export`` would write into a table; raises Refused as it does."""
    check_scope(what, "", scope)
    with book.one_moment():
        scope = _resolved(book, what, scope)
        if scope.keys is not None and scope.people is None and not (scope.since or scope.until):
            scope = scope._replace(keys=scope.keys[:LOOKED_AT])
        table = EXPORTS[what].table(book, scope)
        picked = _picked(table, columns, mask=mask)
        rows = [[plain(cell) for cell in row] for row in islice(picked.rows, limit)]
    return Preview(table.columns, [one.heading for one in picked.columns], rows)


def count(
    book: Book, what: str, ending: str, scope: Scope = ALL, progress: Progress | None = None
) -> int:
    """How many rows ``export`` would write; ``progress`` may raise to give up."""
    found = EXPORTS[what]
    check_scope(what, ending, scope)
    with book.one_moment():
        scope = _resolved(book, what, scope)
        if ending != "vcf" and found.number is not None and scope.people is None:
            return found.number(book, scope)
        rows: Iterable[object] = found.table(book, scope).rows
        if ending == "vcf" and found.contacts is not None:
            rows = _reachable(found.contacts(book, scope), [])
        return sum(1 for _row in _told(progress)(rows))


def _picked(table: Table, wanted: Sequence[str], *, mask: bool) -> Table:
    """The table with these columns, in this order (none: all), phones half hidden where asked.

    Raises Refused for a column that there is not.
    """
    rows: Iterable[Sequence[Cell]] = table.rows
    columns = table.columns
    if wanted:
        places = list(dict.fromkeys(_place(columns, name) for name in wanted))  # each once
        columns = [columns[at] for at in places]
        rows = ([row[at] for at in places] for row in rows)
    if mask:
        rows = ([masked_cell(cell) for cell in row] for row in rows)
    return replace(table, columns=columns, rows=rows)


def _place(columns: Sequence[Column], wanted: str) -> int:
    for at, column in enumerate(columns):
        if wanted == column.name or wanted.casefold() == column.heading.casefold():
            return at
    raise Refused(
        msg(
            N_("There is no column “{column}”; there are {all}"),
            column=wanted,
            all=listed(_called(column) for column in columns),
        )
    )


def _called(column: Column) -> Msg | str:
    """A column as it may be asked for: its name, and its heading where that is another."""
    if column.heading.casefold() == column.name.casefold():
        return column.name
    return msg(N_("{name} ({company})"), name=column.name, company=column.heading)


def _resolved(book: Book, what: str, scope: Scope) -> Scope:
    """``find``, ``only`` and ``roster_id`` as the rows, or people, that they come to."""
    if scope.find and what == "log":
        keys = log_lines.found(book, LogFilter(storable(scope.find)))
        if scope.keys is not None:
            among = set(keys)
            keys = [key for key in scope.keys if key in among]
        return scope._replace(keys=keys)
    some = [scope.people] if scope.people is not None else []
    if scope.find:
        people_list.check(book, scope.find)
        found = people_list.found(book, View(scope.find), EVERYBODY)
        some.append(frozenset() if found.near else frozenset(found.ids))
    if scope.only == TO_CALL:
        some.append(calls.to_call(book, scope.event_id))
    of_list = scope.roster_id is not None and what != "roster"
    if of_list or scope.only not in ("", TO_CALL):
        code = "" if scope.only == TO_CALL else scope.only
        lists = _lists(book, scope)
        found_there = groups.only(book, code, lists)
        if code == UNREACHED and EXPORTS[what].left_out is None:  # which tells of them besides
            of_one = lists[0] if len(lists) == 1 else None
            found_there = frozenset(outsiders.fit(book, sorted(found_there), of_one)[0])
        some.append(found_there)
    return scope._replace(people=frozenset.intersection(*some)) if some else scope


def _lists(book: Book, scope: Scope) -> list[int]:
    """The list asked for; else those of the sign-ups for an event, or for all."""
    if scope.roster_id is not None:
        return [scope.roster_id]
    return [row["id"] for row in roster_store.rosters(book.con, scope.event_id)]


def _masked_appointment(one: Appointment) -> Appointment:
    return replace(one, title=masked(one.title), note=masked(one.note), place=masked(one.place))


def _reachable(contacts: Iterable[Contact], left_out: list[Contact]) -> Iterator[Contact]:
    """Those of use in an address book; the others are put into ``left_out``."""
    for contact in contacts:
        if reachable(contact) and not contact.barred:
            yield contact
        else:
            left_out.append(contact)


def _left_out(contacts: Sequence[Contact]) -> Iterator[Msg]:
    """Whom an address book leaves out, and why."""
    barred = [contact.name or contact.company for contact in contacts if contact.barred]
    called = [contact.name or contact.company for contact in contacts if not contact.barred]
    names = [name for name in called if name]
    for some, text in (
        (barred, N_("Left out, asked not to be called: {n} ({names})")),
        (names, N_("Left out, no phone and no e-mail: {n} ({names})")),
    ):
        if some:
            more = ["…"] if len(some) > NAMED else []
            yield msg(text, n=len(some), names=listed([*filter(None, some[:NAMED]), *more]))
    if len(names) < len(called):
        yield msg(N_("Left out, no name, no phone and no e-mail: {n}"), n=len(called) - len(names))


def left_out(book: Book, what: str, scope: Scope) -> Sequence[Msg]:
    """Whom a table of these rows would leave out, and why."""
    found = EXPORTS[what].left_out
    return [*found(book, _resolved(book, what, scope))] if found else ()


def columns(book: Book, what: str, scope: Scope = ALL) -> Sequence[Column]:
    """All columns that a table of it can have."""
    return EXPORTS[what].table(book, _resolved(book, what, scope)).columns


def _event_name(book: Book, event_id: int | None) -> str:
    """The name of an event, '' for none."""
    event = basics.of(book.con, event_id)
    return event.name if event else ""


def _told(progress: Progress | None) -> Callable[[Iterable[Row]], Iterable[Row]]:
    """Has somebody told how many of some rows were written."""

    def tell(rows: Iterable[Row]) -> Iterator[Row]:
        done = 0
        for row in rows:
            yield row
            done += 1
            if progress is not None and done % STEP == 0:
                progress(done)
        if progress is not None:
            progress(done)

    return tell
