"""``x``: write what is on the screen to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.locale import _
from opslog.tui.anywhere.export_form import LAST_FOLDER, ExportForm
from opslog.tui.anywhere.export_writing import ExportWriting, rows_said
from opslog.tui.frame.shown import Exports, Shown
from opslog.tui.widgets.asking.prompt import Confirm
from opslog.tui.widgets.text import line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


def shown(app: Host) -> Shown:
    """What ``x`` means where the operator is; where no screen says so, what is due."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, Exports):
            return screen.export_shown()
    return Shown("today")


def begin(app: Host) -> None:
    """Ask what goes into which file, then write it beside the keys."""
    try:
        what = shown(app)
    except Refused as refusal:
        app.refuse(refusal)
    else:
        app.run_worker(ask_export(app, what), group="export", exclusive=True)


async def ask_export(app: Host, what: Shown) -> None:
    """Ask and write. Where it can't be written the question comes again, as it was answered. Only
    inside a worker."""
    values: Mapping[str, str] = {}
    problem = ""
    while True:
        job = await app.ask(ExportForm(app.book, what, values, problem))
        if job is None:
            return
        values, problem = job.values, ""
        force = job.path.exists()
        if force and not await app.ask(
            Confirm(
                _("{file} exists already. Overwrite it?").format(file=job.path.name),
                [line((str(job.path.absolute()), "muted"))],
                yes=_("Overwrite"),
            )
        ):
            continue
        writing = ExportWriting(app.book, job, force=force)
        result = await app.ask(writing)
        if isinstance(result, Refused):
            problem = str(result)
            continue
        break
    if isinstance(result, Path):
        app.book.set_setting(LAST_FOLDER, str(result.parent))
        said = _("Written: {rows} in {file}, {folder}").format(
            file=result.name, folder=result.parent, rows=rows_said(writing.rows)
        )
        if writing.left_out:  # first in the line, which may be cut
            app.say("  ".join([*map(str, writing.left_out), said]), "warn")
        else:
            app.say(said, "good")
    else:
        app.say(_("Nothing was written"))
