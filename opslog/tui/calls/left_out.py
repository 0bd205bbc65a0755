"""Who is on a list and not called: each with the reason, and the key that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import work
from textual.widget import Widget

from opslog.domain.calls.left_out import CHANGES, HELD, LeftOut, grouped
from opslog.domain.calls.outcomes import purpose_title
from opslog.domain.people.naming.names import short_company
from opslog.locale import N_, Msg, _, ngettext
from opslog.services.book.contributions import Scope
from opslog.services.calls.queue import left_out
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.rows import Cell, Column, Ends, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import line

_KEYS = ("item.open", "calls.all_the_same", "item.edit", "item.do_not_call")
Find = Callable[[], list[LeftOut]]


class LeftOutScreen(Base[None]):
    """By reason, the most frequent first. ``find`` asks for them anew."""

    HELP = N_(
        "People on the lists who are not called, and why. Enter shows the person; b keeps the row "
        "or lets the sign-up stand, and they are in the queue again; S takes off “do not call”."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find
        self._left: dict[tuple[int, str], LeftOut] = {}

    def body(self) -> Iterable[Widget]:
        yield WindowList(
            [
                Column(_("Name"), flex=2),
                Column(_("Company"), flex=3),
                Column(_("Why"), flex=3),
                Column(_("Event"), flex=3, least=100),
                Column(_("To change it"), flex=4),
            ],
            header=True,
            empty=[line((_("Nobody is left out."), "strong"))],
            id="people",
        )

    @property
    def rows(self) -> WindowList:
        return self.query_one("#people", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> LeftOutScreen:
        return LeftOutScreen(self._find)

    def export_shown(self) -> Shown:
        ids = dict.fromkeys(one.person_id for one in self._left.values())
        return Shown("people", Scope(keys=[*ids]))

    def refresh_rows(self, touched: Touched) -> None:
        groups = grouped(self._find())
        self._left = {
            (one.card_id, one.purpose): one for _why, _people, some in groups for one in some
        }
        rows = []
        for why, people, some in groups:
            rows.append(Row(("heading", why.id), heading=_heading(why, people, some)))
            same = _same_change(some)
            some.sort(key=lambda one: one.person_id)  # two rows of one person stand together
            rows += [Row((one.card_id, one.purpose), self._cells(one, same)) for one in some]
        self.rows.set_rows(rows)

    def _cells(self, one: LeftOut, same: str) -> tuple[Cell, ...]:
        if held := one.kind == HELD:
            why, change = one.why, str(one.more)
        else:
            why, change = one.more or one.why, "" if same else _(CHANGES[one.kind])
        return (
            one.person or _("(no name)"),
            line((short_company(one.company), "muted")),
            str(why),
            line((f"{one.event} · {purpose_title(one.purpose)}", "muted")),
            line((change, "muted" if held else "accent")),
        )

    @property
    def _selected(self) -> LeftOut | None:
        key = self.rows.selected
        return self._left.get(key) if isinstance(key, tuple) else None

    def action_open(self) -> None:
        if one := self._selected:
            open_screen(self.app, "person", one.person_id)

    def action_all_the_same(self) -> None:
        if one := self._selected:
            self.host.do(lambda: left_out.call_all_the_same(self.book, one))

    def action_do_not_call(self) -> None:
        from opslog.tui.people.forms import change_bars

        if one := self._selected:
            change_bars(self.host, one.person_id)

    @work(group="ask")
    async def action_edit(self) -> None:
        from opslog.tui.people.forms import ask_fields

        if one := self._selected:
            await ask_fields(self.host, one.person_id)


def _heading(why: Msg, people: int, some: Sequence[LeftOut]) -> Ends:
    """How many people, as they are counted below the queue; and of how many rows, where somebody
    is left out of several calls."""
    number = str(people)
    if len(some) > people:
        text = ngettext("{n} person, {rows} rows", "{n} people, {rows} rows", people)
        number = text.format(n=people, rows=len(some))
    title = line((f" {why}", "title"), "  ", (number, "muted"))
    return Ends(title, line((_same_change(some), "accent"), " "))


def _same_change(some: Sequence[LeftOut]) -> str:
    """What changes it for all of them, said once; '' where there are several ways."""
    changes = {_(CHANGES[one.kind]) for one in some if one.kind != HELD}
    return changes.pop() if len(changes) == 1 else ""
