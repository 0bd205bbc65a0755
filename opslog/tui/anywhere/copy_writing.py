"""The plain copy being written."""

from __future__ import annotations

from pathlib import Path

from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.files.plain import copy
from opslog.tui.anywhere.writing import Writing


class CopyWriting(Writing):
    """It can be stopped between two files."""

    def write(self, book: Book) -> Path:
        return copy.write(book, self._path, self._far)

    def _far(self, text: Msg, share: float) -> None:
        self.told(f"{share:4.0%}  {text}")
