"""The thing under Today's cursor, open beside the list: what it is, why now, what to begin with.

Each area draws its own things; they are imported when one of theirs is first selected.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from opslog.domain.base.due import Due
from opslog.domain.dates.wording import short_moment
from opslog.domain.today.priority import Ranked
from opslog.domain.today.wording import label, reasons
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.tui.widgets.drawing import button, chips, progress
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, in_rows, join, line

# kind -> the module whose ``lines(book, ref, cells)`` shows it.
OF_KIND = {
    "step": "opslog.tui.events.plans.step_pane",
    "roster": "opslog.tui.rosters.pane",
    "reminder": "opslog.tui.calls.pane",
    "correction": "opslog.tui.events.telling.pane",
}
PERSON = "opslog.tui.people.pane"


def lines(book: Book, place: Ranked, cells: int, *, key: str, points: bool) -> list[Line]:
    """The pane for one thing that is due; ``key`` opens it; ``points``: with the sum behind its
    rank.
    """
    item = place.item
    shown = told(label(item), cells, "focal")
    shown += [row for row in (_event(book, item),) if row]
    if item.of:
        bar = progress(item.done, item.of, max(cells - 10, 10))
        shown += [(), (*bar, ("  ", ""), *line((f"{item.done}/{item.of}", "strong")))]
    shown += [(), *in_rows(chips(reasons(place)), cells, "")]
    if points:
        shown += [(), *told(f"#{place.rank}  {place.sum}", cells, "muted")]
    shown += [(), line(*button(key, _("Start")))]
    return [*shown, *_details(book, item, cells)]


def _event(book: Book, item: Due) -> Line:
    name = item.event if item.event != label(item) else ""
    if item.event_at is None:
        return line((name, "muted"))
    when = short_moment(item.event_at, book.clock.zone, book.today())
    return join([(name, "muted"), (str(when), "muted")], "  ")


def _details(book: Book, item: Due, cells: int) -> list[Line]:
    if item.kind in OF_KIND:
        return _of(OF_KIND[item.kind])(book, item.ref, cells)
    if item.person_id is not None:
        return _of(PERSON)(book, item.person_id, cells)
    return []


def _of(module: str) -> Callable[[Book, int, int], list[Line]]:
    found: Callable[[Book, int, int], list[Line]] = import_module(module).lines
    return found
