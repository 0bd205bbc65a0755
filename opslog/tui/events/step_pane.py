"""One step of a plan, open beside a list: its checklist and its note."""

from __future__ import annotations

from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.events import steps
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, line


def lines(book: Book, step_id: int, cells: int) -> list[Line]:
    """What is known of a step besides its time. Refused where it is gone."""
    step = steps.step(book, step_id)
    items = [
        line(("✓ ", "good"), (item.name, "muted"))
        if item.done_at is not None
        else line(("○ ", "muted"), item.name)
        for item in step.items
    ]
    done = sum(item.done_at is not None for item in step.items)
    return [
        *titled(_("Checklist"), items, f"{done}/{len(items)}"),
        *titled(_("Note"), told(step.note, cells) if step.note else []),
    ]
