"""The values of one facet with their counts, to choose one; counted beside the keys."""

from __future__ import annotations

from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from opslog.domain.people.list import BEFORE, FACETS, FacetValue, View
from opslog.locale import _
from opslog.services.people import list as people_list
from opslog.tui.widgets.asking.picking import Picking
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import clean, line

MOST = 200  # values listed; typing narrows them
ANY = ""


class FacetValues(Picking):
    """Enter takes a value, ANY takes the facet off, Esc gives None."""

    DEFAULT_CSS = """
    FacetValues WindowList { height: 12; }
    """

    def __init__(self, view: View, facet: str) -> None:
        super().__init__()
        self._view, self._facet = view, facet
        self._reading: people_list.ViewReading | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(_(FACETS[self._facet])), markup=False)
            hint = _("type to narrow the list")
            if self._facet == "contact":
                hint = _("or a day: last contact before it (10-01, -30d)")
            if self._facet == "field":
                hint = _("or numbers: staff>=100, staff:100-500")
            yield TextInput(compact=True, placeholder=hint)
            yield WindowList(
                [Column(flex=1), Column(width=10, right=True)],
                empty=[line((_("counting …"), "muted"))],
            )

    def on_mount(self) -> None:
        self.query_one(WindowList).can_focus = False
        self._count("")

    def on_unmount(self) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    def _count(self, typed: str) -> None:
        self._stop()
        self._reading = people_list.ViewReading(self.host.book, self._view, {})
        before = people_list.contact_before(self.host.book, typed) if typed else None
        self._read(self._reading, before or typed if self._facet == "contact" else typed)

    @work(thread=True, group="facet")
    def _read(self, reading: people_list.ViewReading, typed: str) -> None:
        try:
            values = reading.facet(self._facet, typed, MOST)
        except people_list.Stopped:
            return
        if not get_current_worker().is_cancelled:
            self.call_later(self._show, reading, typed, values)

    def _show(self, reading: people_list.ViewReading, typed: str, values: list[FacetValue]) -> None:
        if reading is not self._reading or not self.is_mounted:
            return  # something else was typed meanwhile
        book = self.host.book
        named = [
            replace(value, label=str(people_list.value_name(book, self._facet, value.value)))
            if self._facet in people_list.NAMED
            else value
            for value in values
        ]
        rows = [
            Row(value.value, (value.label, line((f"{value.count:,}", "muted"))))
            for value in named
            if typed.casefold() in value.label.casefold()
            or self._facet == "company"
            or value.value.startswith(BEFORE)
        ]
        if self._facet in dict(self._view.facets) and not typed:
            rows.insert(0, Row(ANY, (line((_("any"), "accent")),)))
        shown = self.query_one(WindowList)
        none = _("Nothing matches “{text}”.").format(text=typed) if typed else _("Nobody has one.")
        shown.empty = [line((none, "muted"))]
        shown.set_rows(rows)
        shown.action_first()
        shown.refresh()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._count(event.value.strip())
