"""A year's notice of holidays taken in by its file, after a look at what it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from opslog.locale import N_, _, msg, ngettext
from opslog.services.events import workday_notice
from opslog.services.events.workday_notice import Preview
from opslog.tui.events.wording import moment
from opslog.tui.widgets.asking.prompt import Confirm, Prompt
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

MOST = 10  # moved steps that are named


async def take_notice(host: Host) -> None:
    """Ask for the file, show what it says and which steps move, and take it in once confirmed."""

    def read(words: str) -> Preview:
        return workday_notice.preview(host.book, Path(words.strip().strip("'\"")).expanduser())

    title = msg(N_("The file with a year's holidays (holiday-cn's JSON, or .ics)"))
    seen: Preview | None = await host.ask(Prompt(title, "", saves=read, where=None))
    if seen is None:
        return
    shown: list[Line] = [line(str(workday_notice.told(notice))) for notice in seen.notices]
    number = len(seen.moves)
    text = ngettext("{n} open step gets another day", "{n} open steps get another day", number)
    shown.append(line((text.format(n=number), "strong")))
    for of, move in seen.moves[:MOST]:
        old, new = (moment(host.book, one.due_at) for one in (move.before, move.after))
        shown.append(line(f"  {old} → {new}  {move.after.name}", (f"  {of.name}", "dim")))
    if number > MOST:
        more = number - MOST
        text = ngettext("and {n} step more", "and {n} steps more", more).format(n=more)
        shown.append(line((f"  {text}", "dim")))
    sure = await host.ask(
        Confirm(_("Take these days in?"), shown, yes=_("take them in"), no=_("leave it"))
    )
    if sure:
        host.do(lambda: workday_notice.take(host.book, seen))
