"""What an event's move left to be told: posts to correct and people to ask again, each with its
text to copy and a key that says it was told."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.calls.corrections import Correction
from opslog.locale import N_, _, ngettext
from opslog.services.calls import corrections
from opslog.services.events import events
from opslog.tui.events.telling.pane import one_of
from opslog.tui.events.wording import moment
from opslog.tui.frame.navigation import open_thing
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, join, line

_KEYS = ("item.copy", "item.done", "item.mark", "item.open")


class CorrectionsScreen(Base[None]):
    """Posts first, then people; ``y`` copies a text, ``d`` says that it was told."""

    CSS_PATH = "telling.tcss"
    HELP = N_(
        "The event was moved: these posts name the old date, and these people know of it. y copies "
        "the text for the one under the cursor, or for all marked; d says that they were told, and "
        "takes them off; undo brings them back. Enter opens a person. Who is asked by a call is "
        "told by that, and goes off by itself."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self, event_id: int) -> None:
        super().__init__()
        self._event_id = event_id
        self._found: dict[tuple[str, int], Correction] = {}

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="facts")
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Who or what"), flex=3),
                    Column(_("Channel, or what they said"), flex=2),
                    Column(_("Old date"), width=17),
                ],
                header=True,
                empty=[line((_("Everybody knows the new date."), "strong"))],
                id="corrections",
            )
            yield Pane(self._text)
        yield ToldLines(self._text, id="text")

    @property
    def rows(self) -> WindowList:
        return self.query_one("#corrections", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> CorrectionsScreen:
        return CorrectionsScreen(self._event_id)

    def refresh_rows(self, touched: Touched) -> None:
        if not events.some(self.book, [self._event_id]):
            self.leave()
            return
        self._found = {one.key: one for one in corrections.of(self.book, self._event_id)}
        self.rows.set_rows([Row(key, self._cells(one)) for key, one in self._found.items()])
        self.query_one("#facts", ToldLines).rebuild()

    def _cells(self, one: Correction) -> tuple[Cell, ...]:
        return str(one.name), line((str(one.why), "muted")), moment(self.book, one.was)

    def _head(self, cells: int, rows: int) -> list[Line]:
        event = events.get(self.book, self._event_id)
        said = corrections.said(list(self._found.values()))
        now = moment(self.book, event.row.starts_at)
        return [
            line(" ") + join([(event.name, "focal"), (now, "strong")]),
            line(" ", (str(said or ""), "warn")),
        ]

    @on(WindowList.Selected)
    def _told(self) -> None:
        self.query_one(Pane).rebuild()
        self.query_one("#text", ToldLines).rebuild()

    def _text(self, cells: int, rows: int) -> list[Line]:
        key = self.rows.selected
        one = self._found.get(key) if isinstance(key, tuple) else None
        return [] if one is None else one_of(one, cells)

    def _chosen(self) -> list[Correction]:
        return [self._found[key] for key in self.rows.chosen() if key in self._found]

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    def action_copy(self) -> None:
        chosen = self._chosen()
        if not chosen:
            self.say(_("Nothing to copy"))
            return
        self.app.copy_to_clipboard("\n".join(dict.fromkeys(str(one.text) for one in chosen)))
        self.say(ngettext("Copied {n} text", "Copied {n} texts", len(chosen)).format(n=len(chosen)))

    def action_done(self) -> None:
        if chosen := self._chosen():
            self.host.do(lambda: corrections.tell(self.book, chosen, self._event_id))
        else:
            self.say(_("Nothing is left to tell"))

    @on(WindowList.Opened)
    async def action_open(self) -> None:
        if (chosen := self._chosen()) and chosen[0].person_id is not None:
            await open_thing(self.app, "person", chosen[0].person_id)
        elif chosen:
            self.say(_("y copies the text, d says that it was told"))
