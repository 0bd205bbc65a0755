"""Which file comes in: asked for until there is one that can be read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions, Preview, SheetUnclear
from opslog.locale import _
from opslog.services.imports import imports
from opslog.services.rosters import layouts as roster_layouts
from opslog.tui.imports.files import PickFile
from opslog.tui.imports.questions import sheet_choices
from opslog.tui.widgets.prompt import Choose

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class Unfinished(NamedTuple):
    """An import as it was left: the file, how it is read, and of which event it is."""

    preview: Preview
    options: ImportOptions
    event_id: int | None


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
