"""What to do about a file that is gone, damaged or another one: on any screen, or at start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import rescue
from opslog.services.book.rescue import Kept
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.theme import DARK, themes

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

OPEN = "open"  # the answer that opens what lies there now; the others are copies to bring back
MOST = 9  # as many have a digit


def question(path: Path, why: Msg, kept: Kept | None = None, *, again: bool = False) -> Choose:
    """What happened, what was kept, and the ways out. ``again``: there may be a file to open."""
    if kept is not None:
        more = [str(msg(N_("What this window has is kept: {path}"), path=kept.path))]
        more += [str(kept.missing)] if kept.missing is not None else []
    else:
        more = [_("What this window had could not be read any more")] if again else []
    choices = []
    if again and path.exists():
        choices.append(Choice(OPEN, _("Open the file that is there now")))
    mine = kept.path if kept else None
    copies = [*([mine] if mine else []), *(c for c in rescue.backups(path) if c != mine)]
    for copy in copies[: MOST - len(choices)]:
        detail = _("what this window has") if copy == mine else ""
        choices.append(Choice(str(copy), copy.name, detail))
    if copies:
        more.append(_("A copy chosen here is brought back:"))
    return Choose(str(why), choices, more=more, unasked=again)


async def ask(app: Host, why: Msg) -> None:
    """The file under the screens is another one: what is left of it is kept at once."""
    book = app.book
    kept = Kept(book.file.kept) if book.file.kept else None
    kept = kept or rescue.keep(book.file, book.path, book.clock.local())
    answer = await app.ask(question(book.path, why, kept, again=True))
    if answer is not None:
        app.next = answer
        app.exit()


class Offer(App[str]):
    """At start, where the file can't be opened: which backup to bring back."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, path: Path, refusal: Refused) -> None:
        super().__init__()
        self._path, self._why = path, refusal.message
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.theme = DARK

    def on_mount(self) -> None:
        self.push_screen(question(self._path, self._why), self._answered)

    def _answered(self, answer: Any) -> None:
        self.exit(answer)
