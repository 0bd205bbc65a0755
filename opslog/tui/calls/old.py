"""Call-backs that nobody touched for long, by list or stop: taken up, ended, or gone through."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.calls.outcomes import purpose_title
from opslog.domain.people.naming.names import short_company
from opslog.locale import N_, _, ngettext, nmsg
from opslog.services.book import own_kinds
from opslog.services.calls.queue import old
from opslog.services.calls.queue.old import OldCalls
from opslog.services.cards import ticking
from opslog.tui.calls.actions import TAKE_UP
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, cut_line, line

_KEYS = ("item.open", "item.mark", TAKE_UP, "item.done")
_Key = tuple[int, bool, int, str]


class OldScreen(Base[OldCalls | None]):
    """The latest event first. Gives the list that was opened."""

    HELP = N_(
        "Call-backs that nobody touched for long, by list, of a road show by stop; they are not "
        "among the day's calls. Enter shows the people of a row in the queue, b has all of them "
        "called again as if they were new, d ends them: the step of the plan is closed by hand, "
        "with your reason; of one stop while others wait a step of its own. u takes either back."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._lists: dict[_Key, OldCalls] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Event"), flex=4),
                    Column(_("For"), flex=3),
                    Column(_("Since"), width=11),
                    Column(_("Waiting"), width=8, right=True),
                ],
                header=True,
                empty=[line((_("No old call-back waits."), "strong"))],
                id="lists",
            )
            yield Pane(self._beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#lists", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> OldScreen:
        return OldScreen()

    def refresh_rows(self, touched: Touched) -> None:
        self._lists = {_key(one): one for one in old.lists(self.book)}
        self.rows.set_rows([Row(key, self._cells(one)) for key, one in self._lists.items()])
        self._moved()

    def _cells(self, one: OldCalls) -> tuple[Cell, ...]:
        return (
            one.event,
            line((str(purpose_title(one.purpose)), "muted")),
            line((one.opened.astimezone(self.book.clock.zone).date().isoformat(), "muted")),
            f"{one.number:,}",
        )

    def _beside(self, cells: int, rows: int) -> list[Line]:
        """The people of the list under the cursor, as many as there is room for."""
        key = self.rows.selected
        if not isinstance(key, tuple) or key not in self._lists:
            return []
        people = old.of_list(self.book, self._lists[key])
        shown = people if len(people) <= rows else people[: rows - 1]
        told = [cut_line(_named(one.person, one.company), cells) for one in shown]
        more = len(people) - len(shown)
        rest = ngettext("and {n} more", "and {n} more", more).format(n=more)
        return [*told, line((rest, "muted"))] if more else told

    @on(WindowList.Selected, "#lists")
    def _moved(self) -> None:
        for pane in self.query(Pane):
            pane.rebuild()

    def _chosen(self) -> list[OldCalls]:
        return [self._lists[key] for key in self.rows.chosen() if key in self._lists]

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @on(WindowList.Opened, "#lists")
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        key = self.rows.selected
        if isinstance(key, tuple) and (one := self._lists.get(key)):
            self.dismiss(one)

    def action_take_up(self) -> None:
        some = self._chosen()
        if not some:
            self.say(_("No old call-back waits."), "warn")
            return
        self.rows.marked.clear()
        self.host.do(lambda: old.take_up(self.book, some))

    @work(group="ask")
    async def action_done(self) -> None:
        some = self._chosen()
        if not some:
            self.say(_("No old call-back waits."), "warn")
            return
        number = sum(one.number for one in some)
        title = nmsg(
            N_("End {n} call-back of {event}: why?"),
            N_("End {n} call-backs of {event}: why?"),
            number,
            event=old.said(some),
        )

        def ends(why: str) -> None:
            self.rows.marked.clear()
            self.host.do(lambda: ticking.end_calls(self.book, some, why))

        await self.host.ask(
            Prompt(
                title,
                str(self._reason()),
                saves=ends,
                where=None,
                proposed=True,
                placeholder=_("a word on the step of the plan; Esc leaves them waiting"),
            )
        )

    def _reason(self) -> str:
        after = own_kinds.contact_limits(self.book).old_after
        return ngettext(
            "nobody touched them for {n} day", "nobody touched them for {n} days", after
        ).format(n=after)


def _key(one: OldCalls) -> _Key:
    return one.cards.roster_id, one.cards.apart, one.cards.stop_id or 0, one.purpose


def _named(person: str, company: str) -> Line:
    return line(person or _("(no name)"), "  ", (short_company(company), "muted"))
