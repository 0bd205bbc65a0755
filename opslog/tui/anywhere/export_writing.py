"""A file being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from opslog.locale import Msg, ngettext
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.files import export as files_out
from opslog.services.files.kinds import Style
from opslog.tui.anywhere.writing import Writing


class Job(NamedTuple):
    """What is to be written, and ``values``, the fields it was asked for by."""

    what: str
    path: Path
    scope: Scope
    columns: Sequence[str]
    style: Style
    values: Mapping[str, str]


class ExportWriting(Writing):
    """It can be stopped between two rows."""

    def __init__(self, book: Book, job: Job, *, force: bool) -> None:
        super().__init__(book, job.path)
        self._job, self._force = job, force
        self.rows = 0
        self.left_out: list[Msg] = []  # whom the file leaves out and why

    def write(self, book: Book) -> Path:
        job = self._job
        return files_out.export(
            book,
            job.what,
            job.path,
            job.scope,
            columns=job.columns,
            force=self._force,
            progress=self._far,
            said=self.left_out.append,
            style=job.style,
        )

    def _far(self, rows: int) -> None:
        self.rows = rows
        self.told(rows_said(rows))


def rows_said(rows: int) -> str:
    return ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")
