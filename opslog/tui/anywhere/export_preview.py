"""The first rows of a file as they would stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.files import export as files_out
from opslog.services.files.export import Preview
from opslog.tui.anywhere.export_writing import Job
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.text import Line, clean, line, pad, width

NARROWEST = 12  # cells of a column that is cut
FIRST_ROWS = 60  # of the file, that may be seen before it is written
LEAST = 3  # lines that say something of a file
GAP = 2  # between columns


def table_lines(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    number: int | None,
    cells: int,
    room: int,
) -> list[Line]:
    """Headings and rows in ``room`` lines of ``cells``: as many columns as fit; those left
    and, of the ``number`` there are, the rows left are counted. Nothing where there is no room."""
    if room < LEAST:
        return []
    if not rows:
        return [line((_("No row: only the headings would be written."), "muted"))]
    shown = [[clean(" ".join(cell.split())) for cell in row] for row in (headings, *rows)]
    whole = [max(map(width, column)) for column in zip(*shown, strict=True)]
    widths = [min(wide, max(cells // 4, NARROWEST)) for wide in whole]
    more = ngettext("{n} more", "{n} more", len(widths)).format(n=len(widths))
    fits = used = spare = 0
    for at, wide in enumerate(widths):
        beside = 0 if at == len(widths) - 1 else GAP + width(more)
        if used + wide + beside > cells and at:
            break
        fits, used, spare = at + 1, used + wide + GAP, cells - used - wide - beside
    for at in range(fits):  # what is left goes to those that were cut
        given = min(whole[at] - widths[at], max(spare, 0))
        widths[at] += given
        spare -= given
    left = len(widths) - fits
    gap = " " * GAP
    heading, *body = (
        gap.join(pad(cell, wide) for cell, wide in zip(row, widths[:fits], strict=False))
        for row in shown
    )
    more = gap + ngettext("{n} more", "{n} more", left).format(n=left) if left else ""
    lines = [line((heading, "title"), (more, "muted")), *(line(row) for row in body)]
    if len(lines) <= room and number in (None, len(rows)):
        return lines
    lines = lines[: room - 1]
    below = (number or len(rows)) - len(lines) + 1
    text = ngettext("and {n} more row", "and {n} more rows", below).format(n=f"{below:,}")
    return [*lines, line((text, "muted"))]


def first_rows(book: Book, job: Job) -> Preview:
    return files_out.preview(
        book, job.what, job.scope, columns=job.columns, mask=job.style.mask, limit=FIRST_ROWS
    )


def go_line(job: Job | None, number: int | None, *, choosing: bool) -> Line:
    """What Enter does: nothing where there is no job; ``number`` rows, None not counted yet."""
    if choosing:
        return line(" ") + button("Enter", _("Choose columns"))
    if job is None:
        return ()
    text = _("Write")
    if number is not None:
        text = ngettext("Write {n} row", "Write {n} rows", number).format(n=f"{number:,}")
    exists = _("! the file exists; you will be asked before it goes") if job.path.exists() else ""
    return line(" ") + button("Enter", text) + line("  ", (exists, "warn"))
