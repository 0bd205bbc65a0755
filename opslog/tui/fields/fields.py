"""The fields of the operator's own: which there are, which a card shows, what they weigh."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.people.fields import COMPANY, OF, PERSON, TYPES, OwnField
from opslog.locale import N_, _, msg
from opslog.services.book.drafts import Place
from opslog.services.fields import fields
from opslog.tui.fields.actions import FIELDS
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.form import Field, Form
from opslog.tui.widgets.asking.prompt import Choice
from opslog.tui.widgets.drawing import amount
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import titled
from opslog.tui.widgets.text import Line, cut, line, pad, width

_KEYS = ("item.new", "item.edit", *FIELDS, "item.delete")
_OF = {PERSON: N_("person"), COMPANY: N_("company")}
_TYPES = {"text": N_("text"), "number": N_("number"), "choice": N_("choice")}


class FieldsScreen(Base[None]):
    """The heaviest first."""

    HELP = N_(
        "Fields of your own: kept of a list when it was taken in, or made here with n. Space shows "
        "one on the card of a call, where it is asked as long as it is blank; its points raise "
        "whoever has it in the queue. Delete takes a field out with all it holds; u brings it back."
    )
    BINDINGS = bind(*_KEYS, "item.open", show=_KEYS)

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Field"), flex=3),
                    Column(_("Of"), width=9),
                    Column(_("Kind"), flex=3),
                    Column(_("On the card"), width=11),
                    Column(_("Points"), width=7, right=True),
                    Column(_("Known"), width=7, right=True),
                ],
                header=True,
                empty=[
                    line((_("No fields of your own yet."), "strong")),
                    line(("n", "key"), "  ", _("makes one: 员工数, budget, product in use …")),
                    line(("F5", "key"), " ", _("a list taken in may bring its own columns along")),
                ],
                id="fields",
            )
            yield Pane(self._holds)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#fields", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> FieldsScreen:
        return FieldsScreen()

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not {"field", "field_value"} & touched.keys():
            return
        found = fields.everything(self.book, counted=True)
        self.rows.set_rows([Row(one.id, _cells(one)) for one in found])
        self._moved()

    @on(WindowList.Selected)
    def _moved(self) -> None:
        for view in self.query(Pane):
            view.rebuild()

    def _holds(self, cells: int, rows: int) -> list[Line]:
        """What the selected field says, and of how many."""
        one = self._selected()
        if one is None:
            return []
        said = fields.counts(self.book, one.id, max(rows - 2, 1))
        most = max((number for _value, number in said), default=0)
        widest = min(max((width(value) for value, _n in said), default=0), cells // 2)
        lines = [
            line(pad(cut(value, widest), widest), "  ")
            + amount(number, most, max(cells - widest - 8, 4))
            + line((f" {number}", "muted"))
            for value, number in said
        ]
        return titled(_("What it says, and of how many"), lines)

    def keys_of(self, table: str, id: int) -> int | None:
        return id if table == "field" else None

    def _selected(self) -> OwnField | None:
        key = self.rows.selected
        return fields.get(self.book, key) if isinstance(key, int) else None

    def action_on_card(self) -> None:
        if one := self._selected():
            shown = one._replace(on_card=not one.on_card)
            self.host.do(lambda: fields.change(self.book, shown))

    def action_delete(self) -> None:
        if one := self._selected():
            self.host.do(lambda: fields.remove(self.book, one.id))

    @work(group="ask")
    async def action_new(self) -> None:
        await self._form(OwnField(0, PERSON, "", on_card=True))

    @work(group="ask")
    async def action_edit(self) -> None:
        if one := self._selected():
            await self._form(one)

    @work(group="ask")
    async def action_open(self) -> None:
        if one := self._selected():
            await self._form(one)

    async def _form(self, one: OwnField) -> None:
        title = msg(N_("Field {name}"), name=one.name) if one.id else msg(N_("New field"))
        answers = [Choice("yes", _("yes")), Choice("no", _("no"))]
        every = [Choice(of, _(_OF[of])) for of in OF]
        kinds = [Choice(kind, _(_TYPES[kind])) for kind in TYPES]

        def asked() -> list[Field]:
            now = fields.get(self.book, one.id) if one.id else one
            shown = "yes" if now.on_card else "no"
            return [
                Field("name", _("Name"), now.name, _("员工数, budget, product in use …")),
                Field("of", _("Of"), now.of, choices=every),
                Field("type", _("Kind"), now.type, choices=kinds),
                Field("choices", _("Choices"), ", ".join(now.choices), _("of a choice: a, b")),
                Field("on_card", _("On the card"), shown, choices=answers),
                Field("weight", _("Points"), str(now.weight or ""), _("in the queue; 0")),
            ]

        await self.host.ask(
            Form(
                title,
                asked,
                lambda values: (
                    fields.change(self.book, fields.read(values, one.id))
                    if one.id
                    else fields.add(self.book, fields.read(values))
                ),
                lambda values: [line(fields.read(values, one.id).name)],
                where=Place("fields", "people"),
            )
        )


def _cells(one: OwnField) -> tuple[Cell, ...]:
    kind = " · ".join(one.choices) or _(_TYPES.get(one.type, one.type))
    return (
        one.name,
        line((_(_OF[one.of]), "muted")),
        line((kind, "muted")),
        line(("✓", "good")) if one.on_card else "",
        f"{one.weight:+}" if one.weight else "",
        str(one.known) if one.known else "",
    )
