"""What is under the cursor of a plan, opened beside the list or told below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import EventCard, EventRow, PlanItem, PlanLine
from opslog.domain.events.plans.evidence import HowFar
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.events import promoting
from opslog.tui.events import collided, event_pane
from opslog.tui.events.plans import checklist, step_pane
from opslog.tui.events.telling import plan_copy
from opslog.tui.events.wording import card_lines
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, cut_line, join, line, wrap_line


class At(NamedTuple):
    """A week, a step with how far it is, a line of its checklist; else the event itself."""

    card: EventCard
    step: PlanLine | None
    item: PlanItem | None
    far: HowFar | None
    week: bool
    met: Collision | None = None  # in which it is
    others: Mapping[int, EventRow] = {}  # the events it collides with


def about(book: Book, at: At, cells: int, rows: int) -> list[Line]:
    """Below the list, where no pane stands beside it: why the step lies there."""
    room = cells - 2
    if at.week:
        return [line(" ", (_("Space opens what is done of the week, or folds it"), "muted"))]
    if at.step is None:
        facts = card_lines(book, at.card)[1:]
        return [line(" ") + cut_line(fact, room) for fact in facts[:rows]]
    if at.item is not None:
        said = line(at.item.said, "  ", (checklist.keys(at.item), "muted"))
        return [line(" ") + row for row in wrap_line(said, room, rows)]
    said = join([(text, look) for text, look in step_pane.about(book, at.step, at.far)])
    said = join([said, (at.step.note, "muted")])
    met = collided.short(book, at.others, at.met, room)[:rows] if at.met else []
    left = rows - len(met)
    shown = [*met, *(wrap_line(said, room, left) if left else [])]
    return [line(" ") + row for row in shown]


def opened(book: Book, at: At, cells: int, rows: int, done_key: str) -> list[Line]:
    """A step with its checklist, or the event with its facts."""
    if at.step is None:
        return event_pane.of_card(book, at.card, cells, rows)
    shown = step_pane.head(book, at.step, at.far, cells)
    if at.met:
        shown += [(), *collided.lines(book, at.others, at.met, cells)]
    if at.item is not None:
        shown += [(), *checklist.asked(at.item, cells)]
    elif at.step.open and at.met and at.met.shifts:  # one button is enough: the shift
        shown += [(), line((done_key, "key"), " ", (_("Done"), "muted"))]
    elif at.step.open:
        shown += [(), button(done_key, _("Done"))]
    shown += step_pane.below(at.step, cells)
    shown += plan_copy.to_send(book, at.step, cells, "y")
    if at.step.open and (sent := promoting.text(book, at.card, at.step)):
        shown += titled(_("To send"), told(str(sent), cells), "y")
    return [*shown, *event_pane.facts(book, at.card, cells)]
