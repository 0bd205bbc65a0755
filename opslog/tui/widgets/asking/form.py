"""A form: fields one below the other, the outcome shown live, Esc warns before typing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from opslog.domain.base.refusal import Refused
from opslog.locale import Msg, _
from opslog.services.book.drafts import Place
from opslog.tui.widgets.asking.prompt import Choice
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.asking.typed import Typed, changed_meanwhile
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, clean, width

Result = TypeVar("Result")
Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """``choices`` makes it a field of fixed answers, turned through with ← →. ``same_row``: on one
    row with the field before it, where the terminal is wide enough. ``replaced``: what stands in it
    is a proposal, which typing replaces."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    choices: Sequence[Choice] = ()
    same_row: bool = False
    replaced: bool = False

    @property
    def found(self) -> str:
        """What stands in it before anything is typed."""
        keys = [choice.key for choice in self.choices]
        return self.value if not keys or self.value in keys else keys[0]

    @property
    def shown(self) -> str:
        """The same in words."""
        found = self.found
        return next((one.label for one in self.choices if one.key == found), found)


class ChoiceField(Static, can_focus=True):
    """Fixed answers: ← → or space turn to the next, a letter or digit jumps."""

    BINDINGS = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    class Changed(Message):
        """Another answer was turned to."""

        def __init__(self, field: ChoiceField) -> None:
            super().__init__()
            self.field = field

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(markup=False, id=f"field-{field.name}")
        self.choices = list(field.choices)
        keys = [choice.key for choice in self.choices]
        self.at = keys.index(value) if value in keys else 0

    @property
    def value(self) -> str:
        return self.choices[self.at].key

    def on_mount(self) -> None:
        self._draw()

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Other answers, or the same in other words, with this one turned to."""
        self.choices = list(choices)
        keys = [choice.key for choice in choices]
        self.at = keys.index(value) if value in keys else 0
        self._draw()

    def _draw(self) -> None:
        self.update(f"◂ {clean(self.choices[self.at].label)} ▸")

    def on_click(self) -> None:
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        self.at = (self.at + by) % len(self.choices)
        self._draw()
        self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isdecimal() and int(event.character):
            number = int(event.character) - 1
            if number < len(self.choices):
                self.at = number
                self.action_turn(0)
                event.stop()


class Form(Typed[Result], Generic[Result]):
    """``saves`` is the verb, run at Enter with name -> text; the form closes with what it returns,
    a change is told of. Where it raises Refused the form stays open as typed, the cursor in the
    field at fault. ``check`` gets the values at each key and returns lines to show below the fields
    (the preview), or raises Refused with what is wrong; then Enter does not save. ``tall`` is for
    long previews: the form takes the whole terminal. ``save`` is what Enter does in words,
    ``first`` the field to begin with. ``proposes`` gives choices by name that follow from the
    values. ``fields`` of what exists already are asked for again, as another window may change it
    meanwhile.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (72, "-wide")]
    DEFAULT_CSS = """
    Form > .dialog { width: 96%; max-width: 110; max-height: 96%; }
    Form.-tall-form > .dialog { height: 96%; }
    Form .fields { height: auto; max-height: 60%; }
    Form .row { height: auto; layout: vertical; }
    Form.-wide .row { height: 1; layout: horizontal; }
    Form .field { height: 1; width: 1fr; }
    Form .field > Static { width: 1fr; }
    Form .field > .label { color: $text-muted; width: 16; }
    Form.-wide .same-row > .label { padding-left: 2; }
    Form Input { background: $panel; width: 1fr; }
    Form Input:focus, Form ChoiceField:focus { background: $primary 30%; }
    Form .title { text-style: bold; height: 1; }
    Form #problem { height: auto; color: $warning; display: none; }
    Form #preview { height: auto; margin-top: 1; }
    Form.-tall-form #preview { height: 1fr; }
    Form .keys { height: 1; color: $text-muted; }
    """
    BINDINGS = [
        Binding("escape", "back", show=False),
        Binding("enter", "save", show=False),
        Binding("ctrl+o", "save", show=False, priority=True),
        # At once, before the next key is handed out: what is typed right after belongs there.
        Binding("down,tab", "app.focus_next", show=False, priority=True),
        Binding("up,shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("pagedown", "turn_page(1)", show=False),
        Binding("pageup", "turn_page(-1)", show=False),
    ]

    def __init__(
        self,
        title: Msg,
        fields: Sequence[Field] | Callable[[], Sequence[Field]],
        saves: Callable[[Values], Result],
        check: Callable[[Values], Sequence[Line]] | None = None,
        *,
        where: Place,
        tall: bool = False,
        save: str = "",
        first: str = "",
        proposes: Callable[[Values], Values] | None = None,
    ) -> None:
        super().__init__(title, where, classes="-tall-form" if tall else "")
        self._anew = fields if callable(fields) else None
        self._fields = list(fields() if callable(fields) else fields)
        self._check, self._saves = check, saves
        self._save = save or _("save")
        self._first = first
        self._at_fault = ""  # name of the field that was refused last
        self._warned = False
        self._proposes = proposes
        self._turned: set[str] = set()  # names of the choices that were made by hand
        self._shown: Values = {}  # what the preview was made of

    def compose(self) -> ComposeResult:
        typed = self.take_up()
        self._turned |= set(typed)
        with Vertical(classes="dialog"):
            yield Static(clean(self.title_text), classes="title", markup=False)
            with VerticalScroll(classes="fields", can_focus=False):
                for row in self._rows():
                    with Container(classes="row"):
                        for field in row:
                            yield self._field(field, typed.get(field.name, field.value))
            yield Static("", id="problem", markup=False)
            yield LinesView(id="preview")
            yield Static(self._keys(), classes="keys", markup=False)

    def _rows(self) -> list[list[Field]]:
        """The fields, those beside one another together."""
        rows: list[list[Field]] = []
        for field in self._fields:
            if field.same_row and rows:
                rows[-1].append(field)
            else:
                rows.append([field])
        return rows

    def _field(self, field: Field, value: str) -> Horizontal:
        label = Static(clean(field.label), classes="label", markup=False)
        column = [one for one in self._fields if one.same_row == field.same_row]
        gap = 4 if field.same_row else 2
        label.styles.width = max(width(one.label) for one in column) + gap
        answer = (
            ChoiceField(field, value)
            if field.choices
            else TextInput(
                value,
                compact=True,
                placeholder=field.placeholder,
                id=f"field-{field.name}",
                select_on_focus=field.replaced and value == field.value,
            )
        )
        return Horizontal(label, answer, classes="field same-row" if field.same_row else "field")

    def _keys(self) -> str:
        """Only the keys this form has a use for."""
        keys = [
            _("Enter {what}").format(what=self._save),
            _("Tab next field") if len(self._fields) > 1 else "",
            _("← → choose") if any(field.choices for field in self._fields) else "",
            _("PgDn more") if self.has_class("-tall-form") else "",
            _("Esc leave"),
        ]
        return " · ".join(key for key in keys if key)

    def on_mount(self) -> None:
        if self._review() and self.draft is not None:
            self._say(_("This was typed before and not saved yet."))
        if self._first:
            self.query_one(f"#field-{self._first}").focus()

    def values(self) -> dict[str, str]:
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            assert isinstance(widget, Input | ChoiceField)
            found[field.name] = widget.value
        return found

    def typed(self) -> Mapping[str, str]:
        values = self.values()
        return {f.name: values[f.name] for f in self._fields if values[f.name] != f.found}

    @on(ChoiceField.Changed)
    def _chosen(self, event: ChoiceField.Changed) -> None:
        self._turned.add((event.field.id or "").removeprefix("field-"))
        self._changed()

    @on(Input.Changed)
    def _changed(self) -> None:
        self._propose()
        if self.values() != self._shown:
            self._warned = False
            self._review()

    def _propose(self) -> None:
        """Choices follow what is typed until they are made by hand."""
        for name, value in self._proposes(self.values()).items() if self._proposes else ():
            field = self.query_one(f"#field-{name}", ChoiceField)
            if name not in self._turned and value != field.value:
                field.offer(field.choices, value)

    def _review(self) -> bool:
        self._shown = self.values()
        preview = self.query_one(LinesView)
        if self._check is None:
            self._say("")
            return True
        try:
            preview.set_lines(self._check(self._shown))
        except Refused as refusal:
            self._say(clean(refusal))
            self._at_fault = refusal.field
            preview.set_lines([])
            return False
        finally:
            if not self.has_class("-tall-form"):
                preview.display = bool(preview.lines)
                preview.styles.height = len(preview.lines)
        self._say("")
        return True

    def _say(self, text: str) -> None:
        """What is wrong, below the fields; no row is kept for it."""
        problem = self.query_one("#problem", Static)
        problem.update(text)
        problem.display = bool(text)

    def action_turn_page(self, by: int) -> None:
        preview = self.query_one(LinesView)
        preview.scroll_relative(y=by * max(preview.size.height - 1, 1), animate=False)

    @on(Input.Submitted)
    def action_save(self) -> None:
        if self._review():
            self.save(lambda: self._saves(self.values()))
        else:
            self._go_to_fault()

    def follow(self) -> Refused | None:
        clash, values = None, self.values()
        for place, now in enumerate(self._anew() if self._anew else ()):
            field = self._fields[place]
            if now.found == field.found:
                continue
            self._fields[place] = replace(field, value=now.value)
            if values[field.name] == field.found:
                self._put(now)
            elif values[field.name] != now.found:
                clash = clash or changed_meanwhile(now.shown, now.label, now.name)
        return clash

    def _put(self, field: Field) -> None:
        widget = self.query_one(f"#field-{field.name}")
        if isinstance(widget, ChoiceField):
            widget.offer(field.choices, field.value)
        elif isinstance(widget, Input):
            widget.value = field.value

    def say_refused(self, refusal: Refused) -> None:
        self._say(clean(refusal))
        self._at_fault = refusal.field
        self._go_to_fault()

    def _go_to_fault(self) -> None:
        if self._at_fault:
            self.query_one(f"#field-{self._at_fault}").focus()

    def warn(self, key: str) -> bool:
        if self._warned or not self.typed():
            return False
        self._warned = True
        text = (
            _("Nothing is saved yet. Esc again leaves without saving, Enter saves.")
            if key == "Esc"
            else _("Nothing is saved yet. {key} again closes and keeps what is typed.")
        )
        self._say(text.format(key=key))
        return True
