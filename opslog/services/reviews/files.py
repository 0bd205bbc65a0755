"""The review as a file: to send (HTML), to go on with (XLSX), to paste (Markdown, text), for a
program (JSON). Each draws the parts of the review; none counts anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.reviews.review import Review
from opslog.exchange.writing.files import write_whole
from opslog.exchange.writing.reviews import document as documents
from opslog.exchange.writing.reviews.markdown import write_markdown
from opslog.exchange.writing.reviews.page import write_page
from opslog.exchange.writing.reviews.text import text_lines
from opslog.exchange.writing.reviews.workbook import write_workbook
from opslog.locale import N_, msg
from opslog.services.book.book import Book


def _write_text(review: Review, zone: ZoneInfo, file: BinaryIO) -> None:
    file.write("".join(f"{line}\n" for line in text_lines(review, zone)).encode())


_FORMATS: dict[str, Callable[[Review, ZoneInfo, BinaryIO], None]] = {
    "html": write_page,
    "xlsx": write_workbook,
    "md": write_markdown,
    "txt": _write_text,
    "json": documents.write_document,
}
ENDINGS = tuple(_FORMATS)


def checked_ending(path: Path) -> str:
    """Raises Refused for a file whose ending says no form there is."""
    ending = path.suffix.lower().removeprefix(".")
    if ending in _FORMATS:
        return ending
    raise Refused(
        msg(
            N_("A review is written as {endings}; name the file with one of these endings"),
            endings=listed(f".{one}" for one in ENDINGS),
        )
    )


def write(book: Book, review: Review, path: Path, *, force: bool = False) -> Path:
    """The full path. What was written is remembered, for an erasure: of anybody, since notes and
    acts may name whom they like. Raises Refused for an ending that there is not, and as
    ``write_whole``."""
    draw = _FORMATS[checked_ending(path)]
    written = write_whole(path, lambda file: draw(review, book.clock.zone, file), force=force)
    book.remember_copy(written, "export", what="review")
    return written


def lines(book: Book, review: Review) -> Iterator[str]:
    """As text for a terminal of 80 columns."""
    return text_lines(review, book.clock.zone)


def document(book: Book, review: Review) -> dict[str, object]:
    """As one object for ``--json``."""
    return documents.document(review, book.clock.zone)
