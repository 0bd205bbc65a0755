"""What the import wizard asks about a file; an answer is the options to read it with from now on.

None where nothing was answered, or what stands already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.events import EventRow
from opslog.domain.imports.mapping import meanings
from opslog.domain.rosters.rosters import FIELDS, SEVERAL, ImportOptions, Preview, SheetInfo
from opslog.locale import N_, _, msg, ngettext
from opslog.services.events import events, stops
from opslog.services.imports import imports
from opslog.services.rosters import layouts as roster_layouts
from opslog.tui.imports import lines as import_lines
from opslog.tui.imports.encodings import PickReading
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

Question = Callable[["Host", Preview, ImportOptions], Coroutine[None, None, ImportOptions | None]]
NOTHING = "-"  # the choice of no field at all


async def which_event(app: Host, selected: int | None) -> int | None:
    """Another event that the list may belong to."""
    zone = app.book.clock.zone
    choices = [
        Choice(str(row.id), row.name, f"{row.starts_at.astimezone(zone):%Y-%m-%d}")
        for row in takers(app)
    ]
    if not choices:
        app.refuse(Refused(msg(N_("No event takes a list yet; F4 and n make one"))))
        return None
    standing = str(selected or "")
    chosen = await app.ask(Choose(_("Which event?"), choices, selected=standing))
    return None if chosen in (None, standing) else int(chosen)


async def which_stop(app: Host, event_id: int, options: ImportOptions) -> ImportOptions | None:
    """Of a road show: the stop whose list it is, or the whole."""
    whole = Choice(NOTHING, _("the whole event"))
    zone = app.book.clock.zone
    choices = [
        Choice(str(one.id), one.place, f"{one.starts_at.astimezone(zone):%m-%d} {one.venue}")
        for one in stops.of(app.book, event_id)
        if one.open
    ]
    chosen = await app.ask(
        Choose(_("Which stop?"), [*choices, whole], selected=str(options.stop or NOTHING))
    )
    if chosen is None:
        return None
    return options._replace(stop=None if chosen == NOTHING else int(chosen))


def stop_named(app: Host, event_id: int, text: str) -> int | None:
    """The only stop of an event whose place a text has."""
    found = [one.id for one in stops.of(app.book, event_id) if one.open and one.place in text]
    return found[0] if len(found) == 1 else None


def stop_said(app: Host, event_id: int | None, stop_id: int | None) -> str:
    """What is said of whose list it is; '' of an event without stops."""
    known = {one.id: one.place for one in stops.of(app.book, event_id)} if event_id else {}
    return known.get(stop_id or 0, _("the whole event")) if known else ""


def takers(app: Host) -> list[EventRow]:
    """The events that take a list."""
    return [
        row for row in events.listing(app.book) if row.list == "form" and row.cancelled_at is None
    ]


async def which_field(
    app: Host, preview: Preview, options: ImportOptions, index: int
) -> ImportOptions | None:
    """What a column means."""
    now = meanings(preview.mapping).get(index, NOTHING)
    chosen = await app.ask(
        Choose(
            _("What does column {n} mean? {heading}").format(
                n=index + 1, heading=_heading(preview, index)
            ),
            [
                *(Choice(field, _(name), _taken(preview, field)) for field, name in FIELDS.items()),
                Choice(NOTHING, _("nothing opslog knows"), _("kept with the row all the same")),
            ],
            selected=now,
        )
    )
    if chosen is None or chosen == now:
        return None
    columns = dict(options.columns)
    if now != NOTHING:
        columns[now] = _numbered(at for at in preview.mapping[now] if at != index)
    if chosen != NOTHING:
        before = preview.mapping.get(chosen, ()) if chosen in SEVERAL else ()
        columns[chosen] = _numbered((*before, index))
    return options._replace(columns=columns)


def _numbered(columns: Iterable[int]) -> str:
    return ",".join(f"#{index + 1}" for index in columns)


async def which_names(app: Host, preview: Preview, options: ImportOptions) -> ImportOptions | None:
    """Which column holds names, where the list would otherwise be nobody's; or that none does."""
    width = max([len(preview.columns), *(len(row.cells) for row in preview.rows[:1])])
    choices = [
        Choice(
            str(index),
            _heading(preview, index) or _("column {n}").format(n=index + 1),
            import_lines.samples(preview, index),
        )
        for index in range(width)
    ]
    nobody = Choice(
        NOTHING, _("Nobody is named here"), _("the rows come in by phone or e-mail alone")
    )
    chosen = await app.ask(Choose(_("Which column holds the names?"), [*choices, nobody]))
    if chosen is None:
        return None
    told = "" if chosen == NOTHING else _numbered([int(chosen)])
    return options._replace(columns={**options.columns, "name": told})


def _taken(preview: Preview, field: str) -> str:
    columns = preview.mapping.get(field, ())
    if not columns:
        return ""
    if len(columns) > 1:
        return _("now columns {columns}").format(columns=listed(str(at + 1) for at in columns))
    index = columns[0]
    return _("now column {n} {heading}").format(n=index + 1, heading=_heading(preview, index))


def _heading(preview: Preview, index: int) -> str:
    return preview.columns[index] if index < len(preview.columns) else ""


async def which_encoding(
    app: Host, preview: Preview, options: ImportOptions
) -> ImportOptions | None:
    """How the bytes are read, the readings side by side."""
    readings = await asyncio.to_thread(imports.readings, preview)
    chosen = await app.ask(PickReading(preview.path.name, readings, selected=preview.encoding))
    return None if chosen is None else _anew(options)._replace(encoding=chosen)


async def which_sheet(app: Host, preview: Preview, options: ImportOptions) -> ImportOptions | None:
    """Another sheet of the workbook."""
    chosen = await app.ask(
        Choose(_("Which sheet?"), sheet_choices(preview.sheets), selected=preview.sheet)
    )
    if chosen is None or chosen == preview.sheet:
        return None
    return _anew(options)._replace(sheet=chosen)


def sheet_choices(sheets: Iterable[SheetInfo]) -> list[Choice]:
    return [
        Choice(
            sheet.name,
            sheet.name,
            ngettext("{n} row", "{n} rows", sheet.rows).format(n=sheet.rows)
            + (_(", hidden") if sheet.hidden else ""),
        )
        for sheet in sheets
    ]


async def which_delimiter(
    app: Host, preview: Preview, options: ImportOptions
) -> ImportOptions | None:
    """What stands between the cells."""
    if preview.separations:
        answer = await app.ask(
            PickReading(
                preview.path.name, preview.separations, called=import_lines.delimiter_called
            )
        )
        return None if answer is None else _anew(options)._replace(delimiter=answer)
    choices = [
        Choice(name, import_lines.delimiter_name(sign))
        for sign, name in import_lines.DELIMITER_NAMES.items()
    ]
    selected = import_lines.DELIMITER_NAMES.get(preview.delimiter, "")
    chosen = await app.ask(Choose(_("What stands between the cells?"), choices, selected=selected))
    if chosen is None or chosen == selected:
        return None
    return _anew(options)._replace(delimiter=chosen)


async def which_header(app: Host, preview: Preview, options: ImportOptions) -> ImportOptions | None:
    """The line with the headings."""
    typed = await app.ask(
        Prompt(
            msg(N_("Which line holds the headings? 0 for none")),
            str(preview.header_row),
            check=_checked_line,
            saves=str,
            where=None,
        )
    )
    if typed is None or not typed.strip().isdecimal():
        return None
    return _anew(options)._replace(header_row=int(typed))


def _anew(options: ImportOptions) -> ImportOptions:
    """Other cells: what was said about columns and headings was said about those before."""
    return options._replace(columns={}, header_row=None)


async def which_kind(app: Host, preview: Preview, options: ImportOptions) -> ImportOptions | None:
    """Who signed up, or who came; then from how many minutes on."""
    chosen = await app.ask(
        Choose(
            _("What does this file say?"),
            [
                Choice("attendance", _("who came"), _("marks them as attended")),
                Choice("signup", _("who signed up"), _("a sign-up list")),
            ],
            selected=preview.kind,
        )
    )
    if chosen is None:
        return None
    least = options.min_minutes
    if chosen == "attendance" and "minutes" in preview.mapping:
        standing = roster_layouts.least_minutes() if least is None else least
        typed = await app.ask(
            Prompt(
                msg(N_("From how many minutes on did they attend?")),
                str(standing),
                check=_minutes,
                saves=str,
                where=None,
            )
        )
        if typed is None or not typed.strip().isdecimal():
            return None
        least = int(typed)
    return options._replace(attendance=chosen == "attendance", min_minutes=least)


async def keep_layout(app: Host, preview: Preview) -> Path | None:
    """Ask what a layout of the operator's own is called; where it was written."""
    path: Path | None = await app.ask(
        Prompt(
            msg(N_("Save this layout as")),
            saves=lambda name: (
                roster_layouts.save(app.book, preview, name) if name.strip() else None
            ),
            where=None,
            placeholder=_("a name, such as: our CRM"),
        )
    )
    return path


def _minutes(text: str) -> str:
    if not text.strip().isdecimal():
        raise Refused(msg(N_("A number of minutes, 0 or more")))
    return ""


def _checked_line(text: str) -> str:
    if not text.strip().isdecimal():
        raise Refused(msg(N_("A line is a number, counted from 1; 0 for none")))
    return ""
