"""Fifty of one text: the words copied once, the names to pick in WeCom, one confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.sentences import listed
from opslog.domain.people.naming.names import short_company
from opslog.domain.people.naming.pinyin import order_key
from opslog.domain.programmes.queue import MessageLine
from opslog.locale import N_, _, ngettext
from opslog.services.programmes import queue
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import inside, titled, told
from opslog.tui.widgets.text import Line, join, line

_KEYS = ("messages.send", "item.mark", "messages.together", "item.copy")
_SHOWN = {"enrolment", "sending"}  # tables that tell who still gets it
_NAMES, _NAMED = 12, 3  # names of those left out, and lines of them


class TogetherScreen(Base["list[int] | None"]):
    """Closes with the enrolments of those who stand ticked; with None where nothing was sent."""

    CSS_PATH = "together.tcss"
    HELP = N_(
        "Everybody who gets the same words, in the order in which WeCom lists names. The words "
        "are on the clipboard; y copies the names instead. Space takes off who is not to get it; "
        "Enter notes it as sent to the others. Whose hour has not come stays out until 5 takes "
        "them in."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(
        self, people: Sequence[MessageLine], text: str, later: Mapping[int, datetime], *, all: bool
    ) -> None:
        """``later``: of whom the hour has not come, and when it does; ``all``: they are taken in
        from the beginning."""
        super().__init__()
        # WeCom sorts names by their pinyin, Latin letters among them.
        self._every = sorted(people, key=lambda one: order_key(one.person))
        ids = {one.enrolment_id for one in people}
        self._later = {id: at for id, at in later.items() if id in ids}
        self._text, self._all = text, all

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList([Column(flex=2), Column(flex=2), Column(flex=3)], id="names")
            yield ToldLines(self._told, id="words")

    def refresh_rows(self, touched: Touched) -> None:
        """Who has had it meanwhile, from another window, or left, is not picked a second time."""
        if touched and not _SHOWN & touched.keys():
            return
        due = queue.still_due(self.book, {one.enrolment_id: one.step for one in self._every})
        gone = [one for one in self._every if one.enrolment_id not in due]
        if not gone:
            return
        self._every = [one for one in self._every if one.enrolment_id in due]
        self._later = {id: at for id, at in self._later.items() if id in due}
        self.names.marked &= due
        self._show_names()
        self.query_one("#words", ToldLines).rebuild()
        said = ngettext(
            "{n} person was written to or has left meanwhile, and is off these names",
            "{n} people were written to or have left meanwhile, and are off these names",
            len(gone),
        )
        self.say(said.format(n=f"{len(gone):,}"), "warn")

    @property
    def names(self) -> WindowList:
        return self.query_one("#names", WindowList)

    def on_mount(self) -> None:
        self.names.focus()
        self.names.marked = {one.enrolment_id for one in self._people}
        self._show_names()
        self.app.copy_to_clipboard(self._text)
        self.say(_("The words are copied: paste them in WeCom, pick these names there"))

    @property
    def _people(self) -> Sequence[MessageLine]:
        """Those who stand there."""
        if self._all:
            return self._every
        return [one for one in self._every if one.enrolment_id not in self._later]

    def _show_names(self) -> None:
        self.names.set_rows([
            Row(one.enrolment_id, (one.person, line((one.title, "muted")), self._company(one)))
            for one in self._people
        ])  # fmt: skip

    def _company(self, one: MessageLine) -> Line:
        when = self._later.get(one.enrolment_id)
        mark = (_("from {time}").format(time=self._hour(when)), "warn") if when else ""
        return join([line(mark), line((short_company(one.company), "muted"))], "  ")

    def _hour(self, at: datetime) -> str:
        return f"{at.astimezone(self.book.clock.zone):%H:%M}"

    def _told_later(self, cells: int) -> list[Line]:
        """Whose hour has not come, and the key that takes them in or leaves them out."""
        if not self._later:
            return []
        key = self.host.key_text("messages.together", "5")
        if self._all:
            return [line((key, "key"), "  ", (_("leave out whose hour has not come"), "muted"))]
        people = [one.person for one in self._every if one.enrolment_id in self._later]
        names = listed([*people[:_NAMES], *["…"][: len(people) > _NAMES]])
        n = len(self._later)
        said = ngettext(
            "{n} more, from {time} on, is left out: {names}",
            "{n} more, from {time} on, are left out: {names}",
            n,
        ).format(n=f"{n:,}", time=self._hour(min(self._later.values())), names=names)
        return [
            *told(said, cells, "warn")[:_NAMED],
            line((key, "key"), "  ", (_("take them in, too"), "muted")),
        ]

    def _ticked(self) -> list[MessageLine]:
        return [one for one in self._people if one.enrolment_id in self.names.marked]

    def _told(self, cells: int, _rows: int) -> list[Line]:
        number, all = len(self._ticked()), len(self._people)
        left = all - number
        yes = (_("sent to these {n}") if left else _("sent to all {n}")).format(n=number)
        rest = ngettext("{n} stays for later", "{n} stay for later", left).format(n=left)
        room = cells - 4
        return inside([
            button(self.host.key_text("messages.send", "enter"), yes),
            line((rest, "warn")) if left else (),
            line((self.host.key_text("item.mark", "space"), "key"), "  ",
                 (_("takes somebody off, or puts them on again"), "muted")),
            line((self.host.key_text("item.copy", "y"), "key"), "  ",
                 (_("copy the names, as WeCom sorts them"), "muted")),
            *self._told_later(room),
            line(("Esc", "key"), "  ", (_("nothing was sent"), "muted")),
            *titled(_("What to send"), told(self._text, room)),
        ])  # fmt: skip

    def action_mark(self) -> None:
        self.names.toggle_mark()
        self.query_one("#words", ToldLines).rebuild()

    def action_together(self) -> None:
        """Those whose hour has not come, in or out; who was taken off stays so."""
        if not self._later:
            self.say(_("Nobody is left out: the hour of all of them has come"))
            return
        self._all = not self._all
        self.names.marked = (
            self.names.marked | self._later.keys()
            if self._all
            else {id for id in self.names.marked if id not in self._later}
        )
        self._show_names()
        self.query_one("#words", ToldLines).rebuild()

    def action_copy(self) -> None:
        """The ticked names; the words go back to the clipboard with the next press."""
        self.app.copy_to_clipboard("\n".join(one.person for one in self._ticked()))
        said = ngettext("Copied {n} name", "Copied {n} names", len(self._ticked()))
        self.say(said.format(n=len(self._ticked())))

    def action_send(self) -> None:
        ids = [one.enrolment_id for one in self._ticked()]
        if not ids:
            self.say(_("Nobody is ticked: space ticks somebody, Esc leaves"), "warn")
            return
        self.dismiss(ids)
