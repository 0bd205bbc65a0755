"""Writing a log line, or changing one, over whatever screen is in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.moments import When
from opslog.domain.daybook.lines import Understood
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book import drafts
from opslog.services.book.book import Change
from opslog.services.book.drafts import CAPTURE, Draft, Place
from opslog.services.daybook import lines as log_lines
from opslog.services.daybook import reading
from opslog.tui.daybook.capture_input import CaptureInput
from opslog.tui.daybook.capture_line import CaptureLine
from opslog.tui.frame.navigation import Shows
from opslog.tui.widgets.asking.prompt import Confirm
from opslog.tui.widgets.asking.typed import Typed, changed_meanwhile
from opslog.tui.widgets.text import clean, cut, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


MOST_PASTED = 15  # lines shown in the question


class CaptureScreen(Typed[int]):
    """Gives the id of the line written. Nothing typed is lost: Esc keeps it for the next time."""

    CSS_PATH = "capture.tcss"
    TASK = False
    NEW, CHANGE = N_("Log a line"), N_("Change of a line")
    KEPT = N_("Not written; a brings it back")

    def __init__(self, before: str = "", *, log_id: int | None = None, more: str = "") -> None:
        """``before`` is what leaving it unchanged means; ``more`` text to begin with."""
        super().__init__(msg(self.NEW if log_id is None else self.CHANGE), self._where(log_id))
        self._start, self._before, self._more, self._log_id = before, before, more, log_id
        self._warned = False
        self._stood: object = None  # what is changed here, as it was found

    def compose(self) -> ComposeResult:
        book = self.host.book
        self._start = " ".join(filter(None, (self.take_up().get(""), self._more))) or self._before
        standing, self._stood = self._standing(), self._stands()
        with Vertical(classes="dialog"):
            yield CaptureLine(
                self._start,
                book.clock,
                lambda text: reading.read(book, text, standing),
                self._understand,
                lambda sigil, prefix: reading.completions(book, sigil, prefix),
                task=self.TASK,
            )
            yield Static("", id="hint", markup=False)

    @staticmethod
    def _where(log_id: int | None) -> Place:
        return CAPTURE if log_id is None else Place("edit", "log", log_id)

    def _standing(self) -> list[When]:
        return [] if self.TASK else log_lines.standing(self.host.book, self._log_id)

    def _stands(self) -> object:
        return None if self._log_id is None else log_lines.get(self.host.book, self._log_id)

    def _composed(self, log_id: int) -> str:
        return log_lines.composed(self.host.book, log_id)

    def follow(self) -> Refused | None:
        if self._log_id is None or (now := self._stands()) == self._stood:
            return None
        untouched, self._stood = self.line.text == self._before, now
        self._before = self._composed(self._log_id)
        if not untouched:
            return changed_meanwhile(self._before)
        self.line.input.value = self._before
        return None

    def _understand(self, text: str) -> Understood:
        return reading.understand(self.host.book, text, self._standing())

    def _verb(self, text: str) -> Change:
        if self._log_id is None:
            return log_lines.add(self.host.book, text)
        return log_lines.edit(self.host.book, self._log_id, text)

    @property
    def line(self) -> CaptureLine:
        return self.query_one(CaptureLine)

    def on_mount(self) -> None:
        self.line.input.focus()
        kept = self._start != self._before
        self._hint(_("This was typed before and not written yet.") if kept else "")

    def _hint(self, note: str = "") -> None:
        hint = self.query_one("#hint", Static)
        # With a note there is room in 80 cells for the first key only.
        keys = _("Enter writes it.") if note else _("Enter write · Tab complete · Esc leave")
        title = clean(self.title_text) if self.TASK else ""  # it looks as a line does
        hint.update(f"{note or title}  {keys}".strip())
        hint.set_class(bool(note), "noted")

    @on(CaptureLine.Typed)
    def _typed(self) -> None:
        if self._warned:
            self._warned = False
            self._hint()

    @on(CaptureInput.LinesPasted)
    @work(group="ask")
    async def _pasted(self, event: CaptureInput.LinesPasted) -> None:
        """Several lines are several entries, after one question; else they stay one line."""
        if self._log_id is not None or self.TASK:
            return
        app, texts = self.host, event.lines
        n = len(texts)
        question = Confirm(
            ngettext("{n} line pasted", "{n} lines pasted", n).format(n=n),
            [line(cut(text, 60)) for text in texts[:MOST_PASTED]],
            yes=ngettext("write {n} entry", "write {n} entries", n).format(n=n),
            no=_("one line"),
        )
        if not await app.ask(question):
            return
        change = app.do(lambda: log_lines.add_all(app.book, texts))
        if change is not None:
            self.forget_typed()
            self.dismiss(change.made)

    @on(CaptureLine.Submitted)
    def _write(self, event: CaptureLine.Submitted) -> None:
        self.look_again()
        if self.gone or self.clashes():
            return
        change = self.host.do(lambda: self._verb(event.text))
        if change is not None:
            self.forget_typed()
            self.dismiss(change.made)

    def action_back(self) -> None:
        if self.line.close_completions():
            return
        if self.warn("Esc"):
            return
        if self._changed:
            self.keep_typed()
            self.host.say(_(self.KEPT))
        else:
            self.forget_typed()
        self.dismiss(None)

    @property
    def _changed(self) -> bool:
        return bool(self.line.text.strip()) and self.line.text != self._before

    def warn(self, key: str) -> bool:
        if self._warned or not self._changed or self.line.text == self._start:
            return False
        self._warned = True
        self._hint(_("Not written yet. {key} again keeps it for later.").format(key=key))
        return True

    def say_refused(self, refusal: Refused) -> None:
        self._hint(clean(refusal))

    def typed(self) -> Mapping[str, str]:
        return {"": self.line.text} if self._changed else {}

    @classmethod
    def over(cls, app: Host, log_id: int | None = None, *, instead_of: Draft | None = None) -> None:
        """Ask for a line over the screen in front; the log, if it is that, then shows it.
        ``instead_of``: what was typed for something that is gone; here it can still be used."""
        if isinstance(app.screen, cls):
            return
        before = log_lines.composed(app.book, log_id) if log_id is not None else ""

        async def written(made: int | None) -> None:
            if made and instead_of is not None:
                drafts.drop(app.book, instead_of)
            if made and app.current_mode == "log" and isinstance(app.screen, Shows):
                await app.screen.show("log", made)

        more = instead_of.text if instead_of else ""
        app.push_screen(cls(before, log_id=log_id, more=more), written)
