"""The first rows of a file as they would stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.locale import _, ngettext
from opslog.tui.widgets.text import Line, clean, line, pad, width

NARROWEST = 12  # cells of a column that is cut
GAP = 2  # between columns


def table_lines(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    number: int | None,
    cells: int,
    room: int,
) -> list[Line]:
    """Headings and rows in ``room`` lines of ``cells``: as many columns as fit whole; those left
    and, of the ``number`` there are, the rows left are counted."""
    if not rows:
        return [line((_("No row: only the headings would be written."), "muted"))]
    shown = [[clean(" ".join(cell.split())) for cell in row] for row in (headings, *rows)]
    most = max(cells // 5, NARROWEST)
    widths = [min(max(map(width, column)), most) for column in zip(*shown, strict=True)]
    more = ngettext("{n} more", "{n} more", len(widths)).format(n=len(widths))
    fits, used = 0, 0
    for at, wide in enumerate(widths):
        last = at == len(widths) - 1
        if used + wide + (0 if last else GAP + width(more)) > cells and at:
            break
        fits, used = at + 1, used + wide + GAP
    left = len(widths) - fits
    heading, *body = (
        " ".join(pad(cell, wide + GAP - 1) for cell, wide in zip(row, widths[:fits], strict=False))
        for row in shown
    )
    more = ngettext("{n} more", "{n} more", left).format(n=left) if left else ""
    lines = [line((f"{heading} ", "title"), (more, "muted")), *(line(row) for row in body)]
    if len(lines) <= room and number in (None, len(rows)):
        return lines
    lines = lines[: room - 1]
    below = (number or len(rows)) - len(lines) + 1
    text = ngettext("and {n} more row", "and {n} more rows", below).format(n=f"{below:,}")
    return [*lines, line((text, "muted"))]
