"""Lists come in: looked at, tried out, taken in as one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from opslog.domain.base.clock import instant_text
from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.imports.mapping import stored
from opslog.domain.imports.report import ImportReport, Unclear
from opslog.domain.materials.requests import MATERIALS
from opslog.domain.rosters import extras
from opslog.domain.rosters.own_columns import OwnColumn, chosen
from opslog.domain.rosters.rosters import (
    WAITING,
    WITHDRAWN,
    ImportOptions,
    Preview,
    TextSample,
)
from opslog.exchange.meaning.layouts import KnownLayouts
from opslog.exchange.meaning.list_file import SAMPLE_LINES, OpenList
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import encoding
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.imports import answers, arrivals, gone, of_stops, own_fields, renewing, taking
from opslog.services.imports.loading import Loader
from opslog.services.imports.reading import reading as roster_reading
from opslog.services.imports.reading.reading import Batch
from opslog.services.imports.reading.reading_thread import beforehand, side_by_side
from opslog.services.imports.taking import Beside, Taken
from opslog.services.rosters import event_tag
from opslog.services.rosters import layouts as roster_layouts
from opslog.services.rosters.by_hand import list_of
from opslog.store.events import basics
from opslog.store.rosters import rosters as rosters_store
from opslog.store.rosters import writing as roster_writing
from opslog.store.rosters.sections import Section
from opslog.store.rosters.withdrawal import held

# Hears how many rows have been read and how much of the file that is, 0 to 1. What it raises
# stops the import, which then leaves nothing behind.
Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class Loaded(ImportReport):
    """The report of an import that was carried out."""

    change: Change = field(kw_only=True)


def inspect(
    path: Path, options: ImportOptions | None = None, known: KnownLayouts | None = None
) -> Preview:
    """How a file would be read, and its first rows; needs no database.

    ``known`` is what ``roster_layouts.known`` gave. Raises Refused for what is no list (see
    opslog.exchange).
    """
    return open_list(path, options, known).preview()


def readings(preview: Preview) -> tuple[TextSample, ...]:
    """The encodings a text file could be in, each with the same lines read that way."""
    return preview.readings or encoding.readings(preview.path, preview.encodings, SAMPLE_LINES)


def preview(
    book: Book,
    path: Path,
    event_id: int,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    beside: Sequence[Beside] = (),
) -> ImportReport:
    """What an import would do, row by row, without doing it (``--dry-run``)."""
    told = extras.checked(options.take if options else ())
    event, roster_id, starts_at = list_of(book, event_id, options.stop if options else None)
    source = _open(book, path, event_id, starts_at, options)
    own = _own(book, source, options)
    below = _below(book, roster_id, source, options)
    loader = _loader(book, roster_id, source, options)
    batches = roster_reading.batches(source, book.clock.zone, searched=False)
    batches = of_stops.noted(book, event_id, source, batches)
    _feed(loader, batches, instant_text(book.now()), progress)
    report = _report(
        book, loader, source, event_id, event, roster_id, options, own, below, starts_at
    )
    renewable = renewing.untyped(book, loader.otherwise)
    if options is not None and options.renew:
        report = replace(report, lines=renewing.shown(report.lines, renewable.values()))
    return replace(
        report,
        offered=taking.offered(source.extras, beside, told),
        renewable=len(renewable),
        unmarked=bool(below and options and options.unmark),
    )


def load(
    book: Book,
    path: Path,
    event_id: int,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    beside: Sequence[Beside] = (),
) -> Loaded:
    """Take a list into the event's roster: one change, undone by one key, whole or not at all.

    The same file again changes nothing. ``beside``: what areas above take of it. Raises Refused
    for a file that is no list, an unclear encoding, a missing column, and an event that has no
    sign-up list.
    """
    stop_id = options.stop if options else None
    event, _before, starts_at = list_of(book, event_id, stop_id)
    at = instant_text(book.now())
    label = msg(N_("Imported {file} into {event}"), file=path.name, event=event)
    told, renew = extras.checked(options.take if options else ()), bool(options and options.renew)
    source = _open(book, path, event_id, starts_at, options)
    own = _own(book, source, options)
    wanted = taking.wanted(source.extras, beside, told)
    with book.change(label, bulk=True) as change:
        before = list_of(book, event_id, stop_id)[1]  # another window may have made it meanwhile
        roster_id = before or roster_writing.put_roster(book.con, event_id, event, at, stop_id)
        below = _below(book, roster_id, source, options)
        loader = _loader(
            book,
            roster_id,
            source,
            options,
            _read_as(source, options),
            collect=bool(own or wanted or source.extras.arrived),
        )
        batches = roster_reading.batches(source, book.clock.zone, searched=True)
        batches = of_stops.noted(book, event_id, source, batches)
        _feed(loader, batches, at, progress)
        report = _report(
            book, loader, source, event_id, event, roster_id, options, own, below, starts_at
        )
        came = loader.finish([Section(p.header_row, p.columns, p.mapping) for p in source.parts])
        loader.barring.put(book.con, at)
        event_tag.put(book, event_id)
        unmarked = _unmark(book, roster_id, below, options)
        if unmarked:
            report = replace(report, below=unmarked, unmarked=True)
        report = replace(
            report,
            offered=taking.offered(source.extras, beside, told),
            renewed=renewing.renew(book, loader.otherwise, loader.file_id) if renew else 0,
        )
        arrivals.take(book, event_id, source.extras.arrived, loader.met)
        if own or wanted:
            file_id = loader.file_id or rosters_store.newest_file(
                book.con, roster_id, source.columns
            )
            taken = Taken(
                *(event_id, roster_id, source.extras, loader.met, path.name, file_id),
                *(loader.first_card, book.now(), came),
            )
            if came and told:
                held.put_taken(book.con, loader.file_id, told)
            report = replace(
                report,
                values=own_fields.keep(book, own, loader.met, file_id, renew=renew) if own else 0,
                taken=taking.counts(book, taken, wanted),
            )
        mapped = options is not None and (options.columns or options.fields is not None)
        if mapped and source.header_row and (came or own):
            names = [one.name for one in own]
            roster_layouts.remember(book, source.columns, source.mapping, names)
        if came or report.unmarked:
            _log(book, report)
        change.label = nmsg(
            N_("Imported 1 row of {file} into {event}"),
            N_("Imported {n} rows of {file} into {event}"),
            report.read,
            file=report.file,
            event=event,
        )
        change.label = report.with_unmarked(change.label)
        change.made = roster_id
    return Loaded(**{**vars(report), "change_id": change.id}, change=change)


def _open(
    book: Book, path: Path, event_id: int, starts_at: datetime, options: ImportOptions | None
) -> OpenList:
    source = open_list(path, options, roster_layouts.known(book))
    if options is None or "attended" not in options.columns:
        answers.read_as_states(source, starts_at, book.now())
    event = basics.of(book.con, event_id)
    if event is None or event.kind != MATERIALS:
        source.extras = source.extras._replace(request=())
    of_stops.settle(book, event_id, options.stop if options else None, source)
    source.require_certainty()
    source.require_people()
    return source


def _loader(
    book: Book,
    roster_id: int,
    source: OpenList,
    options: ImportOptions | None,
    read_as: dict[str, object] | None = None,
    *,
    collect: bool = False,
) -> Loader:
    return Loader(
        book.con,
        roster_id,
        kind=source.kind,
        own=source.extras.own,
        least_minutes=_least_minutes(options),
        read_as=read_as,
        collect=collect,
        renew=bool(options and options.renew),
        erased_too=bool(options and options.erased_too),
    )


def _own(book: Book, source: OpenList, options: ImportOptions | None) -> tuple[OwnColumn, ...]:
    """The columns that are kept as fields of the operator's own."""
    remembered = roster_layouts.remembered_fields(book, source.columns)
    if source.extras.own:  # its columns of fields are headed by their names
        remembered = [*remembered, *own_fields.names(book)]
    return chosen(source.own, options.fields if options else None, remembered)


def _least_minutes(options: ImportOptions | None) -> int:
    told = options.min_minutes if options is not None else None
    return roster_layouts.least_minutes() if told is None else told


def _below(
    book: Book, roster_id: int, source: OpenList, options: ImportOptions | None
) -> dict[int, str]:
    """Who was marked as having come, and by this minimum would not be: no mark goes unsaid.

    Asked before the list is read: who came by its own word is no question.
    """
    if source.kind != ATTENDANCE:
        return {}
    return roster_writing.there_for_less(book.con, roster_id, _least_minutes(options))


def _unmark(
    book: Book, roster_id: int, below: Mapping[int, str], options: ImportOptions | None
) -> tuple[str, ...]:
    """Take the marks off those of ``below`` who were not there for long enough by this list
    either, where the operator said so; what to call them."""
    if not below or options is None or not options.unmark:
        return ()
    least = _least_minutes(options)
    still = roster_writing.there_for_less(book.con, roster_id, least)
    cards = [card for card in below if card in still]
    roster_writing.unmark(book.con, roster_id, cards, least)
    return tuple(below[card] for card in cards)


def _read_as(source: OpenList, options: ImportOptions | None) -> dict[str, object]:
    return {
        "file": source.path.name,
        "sheet": source.sheet,
        "encoding": source.encoding,
        "header_row": source.header_row,
        "columns": source.columns,
        "mapping": stored(source.mapping),
        "kind": source.kind,
        "profile": source.profile,
        "min_minutes": _least_minutes(options) if source.kind == ATTENDANCE else None,
    }


def _feed(loader: Loader, batches: Iterator[Batch], at: str, progress: Progress | None) -> None:
    with side_by_side(), beforehand(loader.turns(batches, at)) as turns:
        for turn in turns:
            turn.take()
            if progress is not None:
                progress(loader.counts["read"], loader.share)
    if progress is not None:
        progress(loader.counts["read"], 1.0)


def _report(
    book: Book,
    loader: Loader,
    source: OpenList,
    event_id: int,
    event: str,
    roster_id: int,
    options: ImportOptions | None,
    own: Sequence[OwnColumn],
    below: Mapping[int, str],
    starts_at: datetime,
) -> ImportReport:
    counts, starts = loader.counts, starts_at.astimezone(book.clock.zone)
    stands = Counter(loader.stands.values())
    return ImportReport(
        roster=roster_id,
        event_id=event_id,
        event=event,
        file=source.path.name,
        sheet=source.sheet,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header_row=source.header_row,
        columns=source.columns,
        mapping=dict(source.mapping),
        marks=dict(loader.marks),
        lines=tuple(loader.lines),
        kind=source.kind,
        profile=source.profile,
        left=source.left,
        remark=source.remark,
        own=tuple(one.name for one in own),
        unknown=tuple(
            one.name
            for one in source.own
            if not (one in own or one.blank or one.at in source.extras.told_besides)
        ),
        gone=gone.names(book, roster_id, source, loader),
        min_minutes=_least_minutes(options),
        below=tuple(below.values()),
        came=loader.came,
        walk_ins=loader.walk_ins,
        attended=loader.attended,
        to_come=f"{starts:%Y-%m-%d %H:%M}" if starts.date() > book.today() else "",
        withdrawn=stands[WITHDRAWN],
        waiting=stands[WAITING],
        barred=loader.barring.lines(),
        unclear=tuple(Unclear(*what, tuple(lines)) for what, lines in loader.unclear.items()),
        read=counts["read"],
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        duplicate=counts["duplicate"],
        problem=counts["problem"],
    )


def _log(book: Book, report: ImportReport) -> None:
    """The line in the day's log."""
    auto_lines.write(
        book,
        msg(
            N_("Imported {file} into {event}: {summary}"),
            file=report.file,
            event=report.event,
            summary=report.with_unmarked(report.told()),
        ),
        source="import",
        event_id=report.event_id,
    )
