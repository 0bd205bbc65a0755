"""A report or a review into a file: where to, and whether over one that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.locale import Msg, _
from opslog.tui.widgets.asking.prompt import Confirm, Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

LAST_FOLDER = "export.folder"


async def save(
    app: Host,
    title: Msg,
    name: str,
    check: Callable[[Path], object],
    write: Callable[[Path, bool], Path],
) -> None:
    """By its ending, in the folder of the last export; one that exists is asked about first.
    ``write`` gets whether it may go over a file. Only inside a worker."""
    folder = Path(app.book.setting(LAST_FOLDER) or Path.home())
    path = await app.ask(
        Prompt(
            title,
            str(folder / name),
            saves=lambda text: Path(text.strip()).expanduser(),
            check=lambda text: check(Path(text.strip())),
            where=None,
        )
    )
    if path is None:
        return
    force = path.exists()
    over = _("{file} exists already. Overwrite it?").format(file=path.name)
    if force and not await app.ask(Confirm(over, yes=_("Overwrite"))):
        return
    written = write(path, force)
    app.book.set_setting(LAST_FOLDER, str(written.parent))
    app.say(_("Written: {file}").format(file=written), "good")
