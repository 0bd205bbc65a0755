"""A programme as text, changed in the app: what is wrong is named by line and key."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.programmes import programmes
from opslog.tui.widgets.asking.editor import Words
from opslog.tui.widgets.asking.typed import Typed
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import clean, line


class ProgrammeText(Typed[Change]):
    """F10 saves it as a text of one's own; nothing wrong is ever saved."""

    DEFAULT_CSS = """
    ProgrammeText > .dialog { width: 96%; max-width: 110; height: 94%; max-height: 94%; }
    ProgrammeText .title { height: 1; color: $text-muted; }
    ProgrammeText Words { height: 1fr; border: none; padding: 0; background: $surface;
                          scrollbar-size-vertical: 1; }
    ProgrammeText Words:focus { border: none; }
    ProgrammeText #wrong { height: auto; max-height: 6; color: $warning; }
    ProgrammeText LinesView { height: 1; }
    """
    BINDINGS = [Binding("f10,ctrl+s", "save_text", show=False)]

    def __init__(self, code: str) -> None:
        where = Place(f"over('programme_text','{code}')")
        super().__init__(msg(N_("Programme {code} as text"), code=code), where)
        self._code, self._found, self._warned = code, "", False

    def compose(self) -> ComposeResult:
        self._found = programmes.text(self.host.book, self._code)
        with Vertical(classes="dialog"):
            yield Static(clean(self.title_text), markup=False, classes="title")
            yield Words(
                self.take_up().get("", self._found),
                soft_wrap=True,
                show_line_numbers=True,
                highlight_cursor_line=False,
            )
            yield Static("", id="wrong", markup=False)
            yield LinesView()

    def on_mount(self) -> None:
        keys = line(("F10", "key"), " ", (_("save"), "muted"), "   ",
                    ("Esc", "key"), " ", (_("leave it as it was"), "muted"))  # fmt: skip
        self.query_one(LinesView).set_lines([keys])
        self.query_one(Words).focus()

    def typed(self) -> Mapping[str, str]:
        text = self.query_one(Words).text
        return {} if text == self._found else {"": text}

    def follow(self) -> Refused | None:
        before, words = self._found, self.query_one(Words)
        self._found = now = programmes.text(self.host.book, self._code)
        if words.text == before != now:
            words.text = now
        if now in (before, words.text):
            return None
        text = N_("This text was changed elsewhere meanwhile. F10 again saves yours in its place.")
        return Refused(msg(text))

    def say_refused(self, refusal: Refused) -> None:
        self.query_one("#wrong", Static).update("\n".join(map(clean, refusal.lines)))

    def action_save_text(self) -> None:
        text = self.query_one(Words).text
        self.save(lambda: programmes.put(self.host.book, self._code, text))

    def warn(self, key: str) -> bool:
        if key != "Esc" or self._warned or not self.typed():
            return False
        self._warned = True
        self.say_refused(
            Refused(msg(N_("Nothing is saved yet. Esc again leaves without saving, F10 saves.")))
        )
        return True
