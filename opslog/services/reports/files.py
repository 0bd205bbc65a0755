"""A report into a file: to be read (text, Markdown, HTML), or its numbers (CSV, XLSX, JSON)."""

from __future__ import annotations

from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import labelled, listed
from opslog.domain.reports.figures import Figure, minutes_text
from opslog.exchange.writing.files import write_whole
from opslog.exchange.writing.pages import FORMATS as PAGES
from opslog.exchange.writing.pages import Page
from opslog.exchange.writing.tables import FORMATS as TABLES
from opslog.exchange.writing.tables import Table, write_table
from opslog.locale import N_, _, msg
from opslog.services.book.book import Book
from opslog.services.book.export_cells import columns
from opslog.services.events.plans import routines
from opslog.services.reports.reports import Report

ENDINGS = tuple(dict.fromkeys((*PAGES, *TABLES)))
DOTTED = tuple(f".{one}" for one in ENDINGS)


def checked_ending(path: Path) -> str:
    """Raises Refused for a file whose ending says no form there is."""
    ending = path.suffix.lower().removeprefix(".")
    if ending in ENDINGS:
        return ending
    raise Refused(
        msg(
            N_("A report is written as {endings}; name the file with one of these endings"),
            endings=listed(DOTTED),
        )
    )


def write(
    book: Book, report: Report, path: Path, *, own_text: str = "", force: bool = False
) -> Path:
    """The full path. ``own_text``: the words that stand in for those of the report. What was
    written is remembered, for an erasure. Raises Refused as ``write_whole``."""
    ending = checked_ending(path)
    if ending in PAGES:
        page = _page(report, own_text)
        written = write_whole(path, lambda file: PAGES[ending](page, file), force=force)
    else:
        written = write_table(_table(report), path, force=force)
    book.remember_copy(written, "export", what="report")
    routines.prove(book, f"report-{report.stretch.kind}")
    return written


def _page(report: Report, own_text: str) -> Page:
    title = str(report.heading())
    parts = [(str(one.heading), one.said) for one in report.sections()]
    if own_text:
        first, *rest = own_text.split("\n")
        title, parts = first, [("", [line for line in rest if line.strip()])]
    if not parts:
        parts = [("", [_("Nothing is in the log of these days.")])]
    numbers = [
        (str(labelled(_(one.group), one.label)), value_text(one)) for one in report.figures()
    ]
    return Page(title, parts, numbers, str(report.made()))


def value_text(figure: Figure) -> str:
    if figure.minutes is not None:
        return str(minutes_text(figure.minutes))
    return f"{figure.value} / {figure.of}" if figure.of else str(figure.value)


def _table(report: Report) -> Table:
    heads = columns(
        ("from", N_("From")),
        ("to", N_("To")),
        ("group", N_("Group")),
        ("figure", N_("Figure")),
        ("label", N_("What")),
        ("value", N_("How many")),
        ("of", N_("Out of")),
        ("minutes", N_("Minutes")),
    )
    days = report.stretch
    rows = (
        (
            days.first,
            days.last,
            _(one.group),
            one.key,
            str(one.label),
            len(one.rows),
            one.of or None,
            one.minutes,
        )
        for one in report.figures()
    )
    return Table(str(report.heading()), heads, rows)
