"""Which sheet of a workbook is the list."""

from __future__ import annotations

from itertools import islice

from opslog.domain.rosters.rosters import SheetUnclear
from opslog.exchange.headings import known as heading_known
from opslog.exchange.reading import workbooks
from opslog.locale import N_, msg


def likeliest(book: workbooks.Book) -> str:
    """The visible sheet that looks most like a list; a hidden one is never taken silently."""
    visible = [name for name in book.visible if not book.is_empty(name)]
    if not visible:
        hidden = [name for name in book.names if not book.is_empty(name)]
        if hidden and not book.visible:
            raise SheetUnclear(
                msg(
                    N_("{file}: every sheet is hidden; name one with --sheet: {names}"),
                    file=book.path.name,
                    names=", ".join(hidden),
                ),
                book.filled(),
            )
        if hidden:
            raise SheetUnclear(
                msg(
                    N_("{file}: only hidden sheets hold anything; name one with --sheet: {names}"),
                    file=book.path.name,
                    names=", ".join(hidden),
                ),
                book.filled(),
            )
        return (book.visible or book.names)[0]
    if len(visible) == 1:
        return visible[0]

    def likeness(name: str) -> int:
        rows = [row for row in islice(book.rows(name), heading_known.SEARCHED) if not row.blank]
        found = heading_known.find_row(rows)
        return 0 if found is None else len(heading_known.guess(rows[found].cells))

    return max(visible, key=likeness)
