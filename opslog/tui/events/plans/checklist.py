"""The checklist of a step: its lines with their answers, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.sentences import listed
from opslog.domain.events.events import DONE, YES_NO, PlanItem, PlanLine
from opslog.domain.events.plans import evidence
from opslog.domain.events.plans.evidence import HowFar
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.cards import step_progress
from opslog.services.events.plans import steps
from opslog.tui.widgets.lists.rows import Row
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, clean, line, width, wrap_line


def item_line(item: PlanItem) -> Line:
    """Done or not, what it says, and what was answered."""
    said = line((" → ", "dim"), (item.told, "strong")) if item.answer else ()
    if item.done_at is None:
        return line(("○ ", "muted"), item.name, *said)
    return line(("✓ ", "good"), (item.name, "muted"), *said)


def told_item(item: PlanItem, cells: int) -> list[Line]:
    """The same in as many rows as it needs, those below the first set in."""
    sign, *said = item_line(item)
    first, *more = wrap_line(tuple(said), cells - width(sign[0]))
    return [(sign, *first), *(line(" " * width(sign[0]), *row) for row in more)]


def rows(step: PlanLine, indent: int) -> list[Row]:
    """A row a line, to stand below its step."""
    return [Row(("item", item.id), (line(" " * indent, *item_line(item)),)) for item in step.items]


def asked(item: PlanItem, cells: int) -> list[Line]:
    """The line under the cursor, and how it is answered."""
    return [*told(item.said, cells, "strong"), line((keys(item), "accent"))]


def keys(item: PlanItem) -> str:
    """Which keys answer it."""
    if item.kind == YES_NO:
        return _("1 yes · 2 no · Enter in words")
    return _("Enter takes the answer") if item.kind else _("Enter ticks it off")


def open_said(shown: Sequence[tuple[PlanLine, HowFar | None]], key: str) -> str:
    """What of these is open, said before they are closed by hand; '' where nothing is."""
    found: list[str] = []
    for step, far in shown:
        if step.state == DONE:
            continue
        if far is not None and far.open:
            text = _("{n} of {of} of “{step}”")
            if (proof := evidence.read(step.evidence)) and proof.kind in evidence.CALLS:
                text = _("{n} of {of} of “{step}”, who are not called any more then")
            found.append(text.format(n=far.open, of=far.of, step=clean(step.name)))
        found += [clean(item.name) for item in step.items if item.done_at is None]
    if not found:
        return ""
    text = _("{key} again closes it all the same; still open: {items}")
    return text.format(items=listed(found), key=key)


def still_open(book: Book, step_ids: Sequence[int], key: str) -> str:
    """The same of steps by their ids."""
    found = [steps.step(book, id) for id in step_ids]
    far = {id: step_progress.of_event(book, id) for id in {step.event_id for step in found}}
    return open_said([(step, far[step.event_id].get(step.proof)) for step in found], key)
