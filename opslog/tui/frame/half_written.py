"""What was typed and not entered when a window ended: named at the start, taken up or dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, _, msg
from opslog.services.book import drafts
from opslog.services.book.drafts import Draft
from opslog.tui.frame.navigation import MAIN, open_main, open_thing, screen_class
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import cut, line, wrap

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

MOST_ROWS, TEXT_ROWS = 8, 4


def offer(app: Host) -> None:
    """At the start: say what waits."""
    if waiting := _waiting(app):
        said = _("{key} takes up or drops what was half-written: {title} “{text}”")
        key = app.key_text("half_written", "H")
        text = cut(waiting[0].text, 40)
        app.say(said.format(key=key, title=waiting[0].title, text=text), "warn")


def show(app: Host) -> None:
    """The list of them, from any screen."""
    if isinstance(app.screen, Dialog):
        return
    if not (waiting := _waiting(app)):
        app.say(_("Nothing is half-written"), passing=True)
        return

    async def chosen(draft: Draft | None) -> None:
        if draft is not None:
            await take_up(app, draft)

    app.push_screen(HalfWritten(waiting), chosen)


def _waiting(app: Host) -> list[Draft]:
    with suppress(Refused):  # the file can't be written yet; the side file waits for it
        drafts.take_in(app.book)
    return drafts.waiting(app.book)


async def take_up(app: Host, draft: Draft) -> None:
    """Open what it was typed into, with all of it; the line into the log, where that is gone."""
    place, book = draft.place, app.book
    if draft.key != place.key:
        drafts.put_first(book, draft)
    if not drafts.still_there(book, place):
        screen_class("capture").over(app, instead_of=draft)
        raise Refused(msg(N_("What this was about is gone; here it can go into the log")))
    screens = app.screen.app
    if not place.kind:
        await screens.run_action(place.action)
        return
    if place.kind in MAIN:
        await open_main(screens, place.kind)
    else:
        await open_thing(screens, place.kind, place.ref)
    front = app.screen
    front.call_after_refresh(screens.run_action, place.action, front)


class HalfWritten(Dialog[Draft]):
    """Gives the one to take up."""

    DEFAULT_CSS = """
    HalfWritten > .dialog { width: 76; }
    HalfWritten WindowList { height: auto; }
    HalfWritten LinesView { height: auto; }
    HalfWritten #text { color: $text-muted; margin: 1 0; }
    """
    BINDINGS = [
        Binding("enter", "take_up", show=False),
        Binding("delete", "drop", show=False),
    ]

    def __init__(self, waiting: list[Draft]) -> None:
        super().__init__()
        self._waiting = {draft.key: draft for draft in waiting}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(_("Typed and not entered"), markup=False)
            yield WindowList([Column(flex=3), Column(flex=3), Column(width=15, right=True)])
            yield LinesView(id="text")
            yield LinesView(id="keys")

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        keys = line(
            *(("Enter", "key"), " ", _("take it up"), "   "),
            *(("Delete", "key"), " ", _("drop it"), "   ", ("Esc", "key"), " ", _("leave it")),
        )
        self.query_one("#keys", LinesView).set_lines([keys])
        self.rows.focus()
        self._fill()

    def _fill(self) -> None:
        book = self.host.book
        self.rows.styles.height = min(len(self._waiting), MOST_ROWS)
        self.rows.set_rows(
            [
                Row(
                    draft.key,
                    (
                        line((draft.title or _("(no title)"), "strong")),
                        draft.text,
                        line((str(short_moment(draft.at, book.clock.zone, book.today())), "muted")),
                    ),
                )
                for draft in self._waiting.values()
            ]
        )
        self._show()

    def _selected(self) -> Draft | None:
        return self._waiting.get(str(self.rows.selected))

    @on(WindowList.Selected)
    def _show(self) -> None:
        draft, text = self._selected(), self.query_one("#text", LinesView)
        lines = [line(row) for row in wrap(draft.text, 70)[:TEXT_ROWS]] if draft else []
        text.set_lines(lines)
        text.styles.height = len(lines)

    @on(WindowList.Opened)
    def action_take_up(self) -> None:
        self.dismiss(self._selected())

    def action_drop(self) -> None:
        draft = self._selected()
        if draft is None:
            return
        drafts.drop(self.host.book, draft)
        del self._waiting[draft.key]
        if self._waiting:
            self._fill()
        else:
            self.dismiss(None)
