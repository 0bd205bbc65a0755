"""Opening the import: of a new list, or of one that was left half set up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from opslog.tui.imports.start import Unfinished, list_or_event, meant, pick
from opslog.tui.imports.wizard import ImportWizard

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


def open_import_wizard(app: Host, event_id: int | None = None, path: Path | None = None) -> None:
    """Ask for the file where none is given, and show how it would come in."""
    app.run_worker(_open(app, event_id, path), group="import-open", exclusive=True)


async def _open(app: Host, event_id: int | None, path: Path | None) -> None:
    found = await (pick(app) if path is None else list_or_event(app, path))
    if found is not None:
        await go_on_with(app, Unfinished(*found, *meant(app, found[0], event_id)))


@runtime_checkable
class KeepsImport(Protocol):
    """The screen that offers to go on with an import that was left."""

    def left_import(self, left: Unfinished | None) -> None: ...


async def go_on_with(app: Host, unfinished: Unfinished) -> None:
    """The wizard; what is left of it by Esc can be gone on with from the lists."""
    below = app.screen

    def left(what: Unfinished | None) -> None:
        if isinstance(below, KeepsImport):
            below.left_import(what)

    await app.push_screen(ImportWizard(*unfinished), left)
