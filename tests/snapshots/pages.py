"""The review of the sample's conference as files to send, kept beside the screens."""

from __future__ import annotations

from pathlib import Path

from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.reviews import files, reviews

NAME = "review-page"
ENDINGS = ("html", "md")


def page(book: Book, ending: str, folder: Path) -> str:
    """A tag a line of what is HTML, so that a difference is a line."""
    found = reviews.review(book, events.resolve(book, "大会"))
    written = files.write(book, found, folder / f"page.{ending}")
    text = written.read_text(encoding="utf-8")
    return text.replace("><", ">\n<") if ending == "html" else text


def kept(language: str, ending: str) -> Path:
    return Path(__file__).parent / NAME / f"{language}.{ending}"
