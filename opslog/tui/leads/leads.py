"""Leads: who is with sales, who came back, who is not ripe yet; the card that goes with each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import partial

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.money import yuan_text
from opslog.domain.dates.wording import past_moment
from opslog.domain.leads.leads import LEAD, MQL, RETURNED, SQL, TITLES, WITH_SALES, Lead
from opslog.locale import N_, _, ngettext
from opslog.services.book.contributions import Scope
from opslog.services.cards import handover_card
from opslog.services.leads import leads
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.leads.actions import LEADS
from opslog.tui.leads.forms import ask_lead
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, line

_GROUPS: dict[str, tuple[str, ...]] = {
    N_("With sales"): WITH_SALES,
    N_("Returned"): (RETURNED,),
    N_("Not handed over yet"): (LEAD, MQL, SQL),
}
_OVER = N_("Won and lost")
_KEYS = ("item.open", *LEADS, "item.mark", "item.copy")


class LeadsScreen(Base[None]):
    """By how they stand, the one that changed last first in each group."""

    HELP = N_(
        "Leads by how they stand: with sales, returned, not handed over yet, over. J says how one "
        "stands now, forwards or backwards, and hands over; y copies the hand-over card as text, "
        "Y as Markdown; x writes a table. Who was not accepted in time comes to Today."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._leads: dict[int, Lead] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Name"), flex=2),
                    Column(_("Company"), flex=4),
                    Column(_("State"), flex=3),
                    Column(_("To whom"), flex=2),
                    Column(_("Since"), width=11),
                ],
                header=True,
                empty=[
                    line((_("No leads yet."), "strong")),
                    line(
                        (self.host.key_text("lead.hand_over", "J"), "key"),
                        "  ",
                        _("on a person's card, or 8 in a call-back, hands somebody over"),
                    ),
                ],
                id="leads",
            )
            yield Pane(self._opened_beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#leads", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> LeadsScreen:
        return LeadsScreen()

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "handover" else None

    def export_shown(self) -> Shown:
        return Shown("handover", Scope(keys=[*self._leads]), self.rows.marked_in_order())

    def refresh_rows(self, touched: Touched) -> None:
        found = leads.leads(self.book)
        self._leads = {one.id: one for one in found}
        rows: list[Row] = []
        for title, states in _GROUPS.items():
            rows += self._group(title, [one for one in found if one.state in states])
        rows += self._group(_OVER, [one for one in found if one.over])
        self.rows.set_rows(rows)
        self._tell()

    def _group(self, title: str, some: Sequence[Lead]) -> list[Row]:
        if not some:
            return []
        head = line(" ", (_(title), "title"), " ", (str(len(some)), "muted"))
        return [Row(("heading", title), heading=head), *(Row(o.id, self._cells(o)) for o in some)]

    def _cells(self, one: Lead) -> tuple[Cell, ...]:
        inside = leads.in_programme(self.book, one) if one.state == RETURNED else None
        state = str(inside or _(TITLES[one.state]))  # the group says that it came back
        state += f" {yuan_text(one.cents)}" if one.cents else ""
        when = past_moment(one.at, self.book.clock.zone, self.book.today())
        return (
            leads.name(one),
            line((one.company, "muted")),
            state,
            one.to_whom,
            line((when, "muted")),
        )

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        """The card that goes to sales."""
        lead = self._selected()
        if lead is None:
            return self.beside_empty(cells)
        first, *more = handover_card.text(self.book, lead).splitlines()
        rest = [row for one in more for row in told(one, cells)]
        return [*told(first, cells, "focal"), (), *rest]

    def _selected(self) -> Lead | None:
        key = self.rows.selected
        return self._leads.get(key) if isinstance(key, int) else None

    def _chosen(self) -> list[Lead]:
        return [self._leads[key] for key in self.rows.chosen() if key in self._leads]

    # -- keys ---------------------------------------------------------------------------

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if lead := self._selected():
            open_screen(self.app, "person", lead.person_id)

    @work(group="ask")
    async def action_hand_over(self) -> None:
        if lead := self._selected():
            await ask_lead(self.host, lead.person_id)

    def action_copy(self, markdown: bool = False) -> None:
        """The cards of the marked ones, or of this one."""
        card = partial(handover_card.text, self.book, markdown=markdown)
        texts = [card(one) for one in self._chosen()]
        if not texts:
            self.say(_("Nobody to copy"))
            return
        self.app.copy_to_clipboard("\n\n".join(texts))
        said = ngettext("Copied {n} hand-over card", "Copied {n} hand-over cards", len(texts))
        self.say(said.format(n=len(texts)))

    def action_copy_markdown(self) -> None:
        self.action_copy(markdown=True)
