"""Which file comes in: asked for until there is one that can be read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.events.naming import named
from opslog.domain.rosters.rosters import ImportOptions, Preview, SheetUnclear
from opslog.locale import _
from opslog.services.imports import imports
from opslog.services.rosters import layouts as roster_layouts
from opslog.tui.imports.files import PickFile
from opslog.tui.imports.questions import sheet_choices, stop_named, takers
from opslog.tui.widgets.asking.prompt import Choose

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class Unfinished(NamedTuple):
    """An import as it was left: the file, how it is read, of which event it is, and from where
    that is known."""

    preview: Preview
    options: ImportOptions
    event_id: int | None
    known_from: str = ""


def meant(app: Host, preview: Preview, selected: int | None) -> tuple[int | None, str]:
    """The event a file is of, and from where that is known: what its name says, its sheet's or a
    title over the list, before what is ``selected``; None where these fit several."""
    events = takers(app)
    title = " ".join(cell for row in preview.above for cell in row.cells)
    for text, where in (
        (preview.path.stem, _("by the name of the file")),
        (preview.sheet, _("by the name of the sheet")),
        (title, _("by the title over the list")),
    ):
        if found := [event.id for event in named(text, events)]:
            if len(found) == 1 or selected in found:
                return (found[0] if len(found) == 1 else selected), where
            return None, where
    return selected, _("by the cursor") if selected else ""


def whose(
    app: Host, event_id: int | None, preview: Preview, options: ImportOptions
) -> tuple[int | None, str, int | None]:
    """The event meant, or the only one there is that takes lists, its name; and of a road show the
    stop that was chosen, or that the name of the file tells."""
    known = takers(app)
    found = [row for row in known if row.id == event_id] or known
    if len(found) != 1:
        return None, "", None
    stop_id = options.stop or stop_named(app, found[0].id, preview.path.stem)
    return found[0].id, found[0].name, stop_id


async def look_at(app: Host, path: Path, options: ImportOptions | None = None) -> Preview:
    """How the file would be read, beside the screen. Raises Refused for what is no list."""
    known = roster_layouts.known(app.book)
    return await asyncio.to_thread(imports.inspect, path, options, known)


async def open_file(app: Host, path: Path) -> tuple[Preview, ImportOptions]:
    """The file, and how it is read; which sheet is asked where none is to be seen.

    Raises Refused for what is no list.
    """
    options = ImportOptions()
    try:
        return await look_at(app, path), options
    except SheetUnclear as unclear:
        chosen = await app.ask(Choose(_("Which sheet?"), sheet_choices(unclear.sheets)))
        if chosen is None:
            raise
        options = options._replace(sheet=chosen)
    return await look_at(app, path, options), options


async def pick(app: Host, start: str = "") -> tuple[Preview, ImportOptions] | None:
    """Ask for a file until one can be read; what is wrong with one is said beside its name."""
    why = ""
    while (path := await app.ask(PickFile(start, why))) is not None:
        try:
            return await open_file(app, path)
        except Refused as refusal:
            start, why = str(path), str(refusal)
    return None
