"""What an event's move left to be told, beside a list; no screen is imported, so that Today can
draw it before Textual is there."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.calls.corrections import POST, Correction
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join


def lines(book: Book, event_id: int, cells: int) -> list[Line]:
    """What is to be told, beside a list that names the event."""
    rows = [
        join([(str(one.name), ""), (str(one.why), "muted")])
        for one in corrections.of(book, event_id)
    ]
    return titled(_("To be told of the new date"), rows)


def corrected(found: Sequence[Correction], at: tuple[str, int], cells: int) -> list[Line]:
    """Beside a row of a plan: the text that corrects a post, or who else is to be told."""
    if at[0] == "post":
        return one_of(next(one for one in found if one.key == (POST, at[1])), cells)
    rows = [join([(str(one.name), ""), (str(one.why), "muted")]) for one in found]
    return titled(_("To be told of the new date"), rows)


def one_of(found: Correction, cells: int) -> list[Line]:
    """One, with its text."""
    return [*told(str(found.name), cells, "focal"), (), *told(str(found.text), cells)]
