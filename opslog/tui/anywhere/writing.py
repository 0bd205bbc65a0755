"""Something being written aside: in a thread, with a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg
from opslog.services.book.book import Book, open_to_read
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.text import clean

SHOW_AFTER = 0.3  # seconds; what is written sooner needs no dialog


class Writing(Dialog["Path | Refused"]):
    """Esc gives up and leaves nothing behind."""

    DEFAULT_CSS = """
    Writing > .dialog { visibility: hidden; width: 60; }
    """

    class _GivenUp(Exception):
        """Raised where the work tells how far it is, so that nothing is given its name."""

    def __init__(self, book: Book, path: Path) -> None:
        super().__init__()
        self._book, self._path = book, path
        self._give_up = threading.Event()

    @abstractmethod
    def write(self, book: Book) -> Path:
        """In a thread; calls ``told`` now and then. Raises Refused."""

    def told(self, text: str) -> None:
        """How far it is."""
        if self._give_up.is_set():
            raise self._GivenUp
        self.app.call_from_thread(self._show, text)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(_("Writing {file}").format(file=self._path.name)), markup=False)
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

    @work(thread=True, group="writing", exit_on_error=False)
    def _write(self) -> None:
        result: Path | Refused | None
        try:
            with reading(self._book) as book:
                result = self.write(book)
        except Refused as refusal:
            result = refusal
        except self._GivenUp:
            result = None
        except Exception as error:  # else the dialog would hold the keys for good
            told = N_("{file} could not be written: {error}. Nothing was left behind")
            why = f"{type(error).__name__}: {error}"
            result = Refused(msg(told, file=self._path.name, error=why))
        self.app.call_from_thread(self.dismiss, result)

    def _show(self, text: str) -> None:
        if not self._give_up.is_set():
            self.query_one("#done", Static).update(clean(text))


@contextmanager
def reading(book: Book) -> Iterator[Book]:
    """The same file by a connection of its own, for a thread; what is wrong with it is Refused."""
    own = open_to_read(book.path, clock=book.clock, session=book.session)
    try:
        yield own
    except sqlite3.Error as error:
        raise own.explain(error) or error from error
    finally:
        own.close()
