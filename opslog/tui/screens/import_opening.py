"""Which file comes in: asked for until there is one that can be read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.domain.refusal import Refused
from opslog.domain.rosters import ImportOptions, Preview
from opslog.services import roster_layouts, rosters
from opslog.tui.screens.import_file import PickFile

if TYPE_CHECKING:
    from opslog.tui.app import OpslogApp


async def look_at(app: OpslogApp, path: Path, options: ImportOptions | None = None) -> Preview:
    """How the file would be read, beside the screen. Raises Refused for what is no list."""
    known = roster_layouts.known(app.book)
    return await asyncio.to_thread(rosters.inspect, path, options, known)


async def pick(app: OpslogApp, start: str = "") -> Preview | None:
    """Ask for a file until one can be read; what is wrong with one is said beside its name."""
    why = ""
    while (path := await app.ask(PickFile(start, why))) is not None:
        try:
            return await look_at(app, path)
        except Refused as refusal:
            start, why = str(path), str(refusal)
    return None
