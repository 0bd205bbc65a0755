"""A report or a review into a file: where to, and a second Enter over one that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.locale import N_, Msg, _, msg
from opslog.tui.widgets.asking.prompt import Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

LAST_FOLDER = "export.folder"
EXISTS = N_("{file} exists already. Overwrite it?")


async def save(
    app: Host,
    title: Msg,
    name: str,
    check: Callable[[Path], object],
    write: Callable[[Path, bool], Path],
) -> None:
    """By its ending, in the folder of the last export. ``write`` gets whether it may go over a
    file; where it is refused, the path stays to be mended. Only inside a worker."""
    folder = Path(app.book.setting(LAST_FOLDER) or Path.home())

    def path(text: str) -> Path:
        return Path(text.strip()).expanduser()

    def there(text: str) -> list[Msg]:
        return [msg(EXISTS, file=path(text).name)] if path(text).exists() else []

    written = await app.ask(
        Prompt(
            title,
            str(folder / name),
            saves=lambda text: write(path(text), bool(there(text))),
            check=lambda text: check(path(text)),
            warns=there,
            where=None,
        )
    )
    if written is None:
        return
    app.book.set_setting(LAST_FOLDER, str(written.parent))
    app.say(_("Written: {file}").format(file=written), "good")
