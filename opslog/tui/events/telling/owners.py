"""What colleagues owe to the plans, by whom; their reminder is one key."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.events.events import PlanLine
from opslog.domain.events.owing import OfPlan, Owner
from opslog.locale import N_, _, ngettext
from opslog.services.calls import owners
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.tui.events.wording import moment
from opslog.tui.frame.navigation import open_thing
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column, Ends, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line

_KEYS = ("item.open", "item.copy", "item.done")


class OwnersScreen(Base[None]):
    """Of one event, or of all plans: each colleague with their open steps, who is late first."""

    CSS_PATH = "telling.tcss"
    HELP = N_(
        "What colleagues owe, late first. y copies the text that reminds the one under the cursor "
        "of all they owe, and notes that they were told; undo takes the note back. d ticks a step "
        "off, Enter opens it in its plan."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self, event_id: int | None = None) -> None:
        super().__init__()
        self._event_id = event_id
        self._owners: dict[str, Owner] = {}
        self._of: dict[int, str] = {}  # step -> who owes it

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [Column()],
                empty=[
                    line((_("No colleague owes anything that is open."), "strong")),
                    line(
                        (self.host.key_text("item.edit", "e"), "key"),
                        "  ",
                        _("on a step of a plan says who owes it"),
                    ),
                ],
                id="owners",
            )
            yield Pane(self._beside)
        yield ToldLines(self._beside, id="text")

    @property
    def rows(self) -> WindowList:
        return self.query_one("#owners", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> OwnersScreen:
        return OwnersScreen(self._event_id)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "step" else None

    def refresh_rows(self, touched: Touched) -> None:
        if self._event_id is not None and not events.some(self.book, [self._event_id]):
            self.leave()
            return
        found = owners.owners(self.book, self._event_id)
        self._owners = {one.key: one for one in found}
        self._of = {step.id: one.key for one in found for step in one.lines}
        self.rows.set_rows([row for one in found for row in self._rows(one)])
        self._tell()

    def _rows(self, one: Owner) -> Iterable[Row]:
        late = one.late(self.book.clock.at(self.book.today()))
        number = len(one.lines)
        said = [
            line((ngettext("{n} step", "{n} steps", number).format(n=number), "muted")),
            line((_("{n} late").format(n=late) if late else "", "late")),
            line((self._told(one), "good")),
        ]
        heading = (*line(" ", (str(one.name), "title"), "  "), *join(said))
        yield Row(("owner", one.key), heading=lambda _cells: heading)
        for plan in one.plans:
            for step in plan.lines:
                yield Row(step.id, (self._step(plan, step),))

    def _step(self, plan: OfPlan, step: PlanLine) -> Ends:
        late = step.late(self.book.clock.at(self.book.today()))
        sign = ("▲ ", "late") if late else ("○ ", "muted")
        when = (moment(self.book, step.due_at) + "  ", "late" if late else "strong")
        name = plan.name if plan.event_id else f"↻ {plan.name}"
        name = name if self._event_id is None else ""
        return Ends(line("   ", when, sign, step.name), line((name, "dim"), " "))

    def _told(self, one: Owner) -> str:
        return _("reminded {when}").format(when=moment(self.book, one.told)) if one.told else ""

    @property
    def _owner(self) -> Owner | None:
        key = self.rows.selected
        return self._owners.get(self._of.get(key, "")) if isinstance(key, int) else None

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()
        self.query_one("#text", ToldLines).rebuild()

    def _beside(self, cells: int, rows: int) -> list[Line]:
        if (owner := self._owner) is None:
            return []
        text = told(str(owners.text(self.book, owner)), cells, most=max(rows - 3, 1))
        return [*told(str(owner.name), cells, "focal"), *titled(_("To send"), text, "y")]

    def action_copy(self) -> None:
        if (owner := self._owner) is None:
            self.say(_("Nothing to copy"))
            return
        self.app.copy_to_clipboard(str(owners.text(self.book, owner)))
        self.host.do(lambda: owners.remind(self.book, owner))

    def action_done(self) -> None:
        key = self.rows.selected
        if isinstance(key, int):
            self.host.do(lambda: steps.tick_step(self.book, key))

    @on(WindowList.Opened)
    async def action_open(self) -> None:
        key = self.rows.selected
        if isinstance(key, int):
            await open_thing(self.app, "step", key)
