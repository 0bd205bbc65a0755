"""What y copies of a plan: a correction, the reminder of whoever owes a step, or the step."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.calls.corrections import POST, Correction
from opslog.domain.events.events import EventCard, PlanLine
from opslog.domain.events.owing import Owner
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.calls import owners
from opslog.services.events import promoting
from opslog.services.events.plans import routines
from opslog.tui.events.wording import copied, moment
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line


def text(
    book: Book,
    event: EventCard,
    at: tuple[str, int],
    step: PlanLine | None,
    plan: Sequence[PlanLine],
    wrong: Sequence[Correction],
) -> tuple[str, Owner | None]:
    """The text, and who is reminded by it, where it is a reminder."""
    kind, ref = at
    if kind == "post":
        return str(next(one for one in wrong if one.key == (POST, ref)).text), None
    owner = None if step is None else owners.of_step(book, step)
    if owner is not None:
        return str(owners.text(book, owner)), owner
    sent = None if step is None else promoting.text(book, event, step)
    return (str(sent) if sent else copied(book, event.name, step, plan)), None


def of_own(book: Book, row: routines.Row, step: PlanLine | None) -> tuple[str, Owner | None]:
    """The same of a plan of the operator's own, or one step of it."""
    owner = None if step is None else owners.of_step(book, step)
    if owner is not None:
        return str(owners.text(book, owner)), owner
    return copied(book, row.routine.name, step, routines.of_turn(book, row.routine)), None


def to_send(book: Book, step: PlanLine, cells: int, key: str) -> list[Line]:
    """Beside an open step that a colleague owes: the words to remind them, and when they were."""
    owner = owners.of_step(book, step)
    if owner is None:
        return []
    rows = told(str(owners.text(book, owner)), cells)
    if owner.told is not None:
        when = moment(book, owner.told)
        rows += told(_("reminded {when}").format(when=when), cells, "good")
    return titled(_("Send to {name}").format(name=owner.name), rows, key)
