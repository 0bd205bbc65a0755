"""The plain copy being written: in a thread, with a connection of its own."""

from __future__ import annotations

import threading
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.locale import Msg, _
from opslog.services.book.book import Book
from opslog.services.files.plain import copy
from opslog.tui.anywhere.export_writing import SHOW_AFTER, reading
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.text import clean


class CopyWriting(Dialog["Path | Refused"]):
    """Esc gives up and leaves nothing behind."""

    DEFAULT_CSS = """
    CopyWriting > .dialog { visibility: hidden; width: 60; }
    """

    class _GivenUp(Exception):
        """Raised between two files, so that the folder is never given its name."""

    def __init__(self, book: Book, folder: Path) -> None:
        super().__init__()
        self._book, self._folder = book, folder
        self._give_up = threading.Event()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(_("Writing {file}").format(file=self._folder.name)), markup=False)
            yield Static("", id="done", markup=False)
            yield Static(_("Esc stops; nothing is left behind"), markup=False)

    def on_mount(self) -> None:
        self.set_timer(SHOW_AFTER, self._appear)
        self._write()

    def _appear(self) -> None:
        self.query_one(".dialog").styles.visibility = "visible"

    def let_go(self) -> None:
        self._give_up.set()

    def action_back(self) -> None:
        self.let_go()
        self.query_one("#done", Static).update(_("stopping …"))

    @work(thread=True, group="copy-write", exit_on_error=False)
    def _write(self) -> None:
        result: Path | Refused | None
        try:
            with reading(self._book) as book:
                result = copy.write(book, self._folder, self._told)
        except Refused as refusal:
            result = refusal
        except self._GivenUp:
            result = None
        self.app.call_from_thread(self.dismiss, result)

    def _told(self, text: Msg, share: float) -> None:
        if self._give_up.is_set():
            raise self._GivenUp
        self.app.call_from_thread(self._show, f"{share:4.0%}  {text}")

    def _show(self, text: str) -> None:
        if not self._give_up.is_set():
            self.query_one("#done", Static).update(clean(text))
