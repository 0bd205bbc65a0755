"""A form: fields one below the other, the outcome shown live, Esc warns before typing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from opslog.domain.refusal import Refused
from opslog.locale import _
from opslog.tui.screens.base import Dialog
from opslog.tui.text import Line, clean, width
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.prompt import Choice

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """``choices`` makes it a field of fixed answers, turned through with ← →."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    choices: Sequence[Choice] = ()
    help: str = ""


class ChoiceField(Static, can_focus=True):
    """Fixed answers: ← → or space turn to the next, a letter or digit jumps."""

    BINDINGS = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    class Changed(Message):
        """Another answer was turned to."""

    def __init__(self, field: Field) -> None:
        super().__init__(markup=False, id=f"field-{field.name}")
        self.choices = list(field.choices)
        keys = [choice.key for choice in self.choices]
        self.at = keys.index(field.value) if field.value in keys else 0

    @property
    def value(self) -> str:
        return self.choices[self.at].key

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self.update(f"◂ {clean(self.choices[self.at].label)} ▸")

    def action_turn(self, by: int) -> None:
        self.at = (self.at + by) % len(self.choices)
        self._draw()
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isdecimal() and int(event.character):
            number = int(event.character) - 1
            if number < len(self.choices):
                self.at = number
                self.action_turn(0)
                event.stop()


class Form(Dialog[dict[str, str]]):
    """Returns name -> text. ``check`` gets the values and returns lines to show below the
    fields (the preview), or raises Refused with what is wrong; then Enter does not save.
    """

    DEFAULT_CSS = """
    Form > .dialog { width: 96%; max-width: 110; height: 90%; }
    Form .fields { height: auto; max-height: 60%; }
    Form .field { height: 1; }
    Form .field > Static { width: 1fr; }
    Form .field > .label { color: $text-muted; width: 16; }
    Form Input { background: $panel; width: 1fr; }
    Form Input:focus, Form ChoiceField:focus { background: $primary 30%; }
    Form .title { text-style: bold; height: 1; }
    Form #problem { height: auto; color: $error; }
    Form .keys { height: 1; color: $text-muted; }
    """
    BINDINGS = [
        Binding("escape", "back", show=False),
        Binding("enter", "save", show=False),
        Binding("ctrl+o", "save", show=False, priority=True),
        # At once, before the next key is handed out: what is typed right after belongs there.
        Binding("down,tab", "app.focus_next", show=False, priority=True),
        Binding("up,shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Callable[[Values], Sequence[Line]] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._fields, self._check = title, list(fields), check
        self._before: dict[str, str] = {}
        self._warned = False

    def compose(self) -> ComposeResult:
        label_width = max(width(field.label) for field in self._fields) + 2
        with Vertical(classes="dialog"):
            yield Static(clean(self._title), classes="title", markup=False)
            with VerticalScroll(classes="fields", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="field"):
                        label = Static(clean(field.label), classes="label", markup=False)
                        label.styles.width = label_width
                        yield label
                        if field.choices:
                            yield ChoiceField(field)
                        else:
                            yield Input(
                                field.value,
                                compact=True,
                                placeholder=field.placeholder,
                                id=f"field-{field.name}",
                                select_on_focus=False,
                            )
            yield Static("", id="problem", markup=False)
            yield LinesView(id="preview")
            yield Static(
                _("Enter save · Tab next field · ← → turn a choice · Esc leave"),
                classes="keys",
                markup=False,
            )

    def on_mount(self) -> None:
        self._before = self.values()
        self._review()

    def values(self) -> dict[str, str]:
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            assert isinstance(widget, Input | ChoiceField)
            found[field.name] = widget.value
        return found

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _changed(self) -> None:
        self._warned = False
        self._review()

    def _review(self) -> bool:
        problem, preview = self.query_one("#problem", Static), self.query_one(LinesView)
        if self._check is None:
            return True
        try:
            preview.set_lines(self._check(self.values()))
        except Refused as refusal:
            problem.update(clean(refusal))
            preview.set_lines([])
            return False
        problem.update("")
        return True

    @on(Input.Submitted)
    def action_save(self) -> None:
        if self._review():
            self.dismiss(self.values())

    def action_back(self) -> None:
        if self.values() != self._before and not self._warned:
            self._warned = True
            self.query_one("#problem", Static).update(
                _("Nothing is saved yet. Esc again leaves without saving, Enter saves.")
            )
            return
        self.dismiss(None)
