"""A file being written: in a thread, with a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book.book import Book, open_to_read
from opslog.services.book.contributions import Scope
from opslog.services.files import export as files_out
from opslog.services.files.kinds import Style
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.text import clean

SHOW_AFTER = 0.3  # seconds; a file written sooner needs no dialog


class Job(NamedTuple):
    """What is to be written, and ``values``, the fields it was asked for by."""

    what: str
    path: Path
    scope: Scope
    columns: Sequence[str]
    style: Style
    values: Mapping[str, str]


class Writing(Dialog["Path | Refused"]):
    """Esc gives up and leaves nothing behind."""

    DEFAULT_CSS = """
    Writing > .dialog { visibility: hidden; width: 50; }
    """

    class _GivenUp(Exception):
        """Raised between two rows, so that the file is never given its name."""

    def __init__(self, book: Book, job: Job, *, force: bool) -> None:
        super().__init__()
        self._book, self._job, self._force = book, job, force
        self._give_up = threading.Event()
        self.rows = 0
        self.left_out: list[Msg] = []  # whom the file leaves out and why

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(_("Writing {file}").format(file=self._job.path.name)), markup=False)
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

    @work(thread=True, group="export-write", exit_on_error=False)
    def _write(self) -> None:
        result: Path | Refused | None
        job = self._job
        try:
            with reading(self._book) as book:
                result = files_out.export(
                    book,
                    job.what,
                    job.path,
                    job.scope,
                    columns=job.columns,
                    force=self._force,
                    progress=self._progress,
                    said=self.left_out.append,
                    style=job.style,
                )
        except Refused as refusal:
            result = refusal
        except self._GivenUp:
            result = None
        except Exception as error:  # else the dialog would hold the keys for good
            told = N_("{file} could not be written: {error}. Nothing was left behind")
            result = Refused(
                msg(told, file=job.path.name, error=f"{type(error).__name__}: {error}")
            )
        self.app.call_from_thread(self.dismiss, result)

    def _progress(self, rows: int) -> None:
        if self._give_up.is_set():
            raise self._GivenUp
        self.rows = rows
        self.app.call_from_thread(self._show)

    def _show(self) -> None:
        if not self._give_up.is_set():
            self.query_one("#done", Static).update(rows_said(self.rows))


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


def rows_said(rows: int) -> str:
    return ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")
