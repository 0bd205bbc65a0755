"""What collides, and the shifts out of it, each with what it would move."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.dates.wording import short_day
from opslog.domain.events.collisions import Collision, Shift
from opslog.domain.events.events import EventRow
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.events import collisions
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, cut, cut_line, line

MOST = 4  # steps named


def lines(book: Book, events: Mapping[int, EventRow], one: Collision, cells: int) -> list[Line]:
    """The day and what is wrong with it, the steps, and the keys that move one of them."""
    day = short_day(one.day, book.today())
    said = _("{day}: {what}").format(day=day, what=collisions.said(one, events))
    found = told(f"! {said}", cells, "warn")
    for step in one.steps[:MOST]:
        clock = f"{step.due_at.astimezone(book.clock.zone):%H:%M}"
        event = events.get(step.event_id)
        left = line("  ", (clock, "strong"), " ", step.name)
        room = max(cells // 3, 8)
        left = cut_line(left, cells - room - 2)
        found.append(left + line("  ", (cut(event.name if event else "", room), "dim")))
    if more := len(one.steps) - MOST:
        text = ngettext("and {n} step more", "and {n} steps more", more).format(n=more)
        found += [line("  ", (text, "dim"))] if more > 0 else []
    for number, shift in enumerate(one.shifts, 1):
        found += _offer(number, _moved(book, events, one, shift), cells)
    return found


def short(book: Book, events: Mapping[int, EventRow], one: Collision, cells: int) -> list[Line]:
    """The same in two lines, with the first shift."""
    found = [cut_line(line((f"! {collisions.said(one, events)}", "warn")), cells)]
    if one.shifts:
        text = _moved(book, events, one, one.shifts[0])
        found.append(line("  ", ("1", "key"), " ", cut(text, cells - 4)))
    return found


def _offer(number: int, text: str, cells: int) -> list[Line]:
    """One shift in a line, with its key."""
    if number > 1:
        key = (f" {number} ", "key")
        return [line("  ", key) + cut_line(line((text, "muted")), cells - 5)]
    return [line("  ") + button(str(number), cut(text, cells - 6))]


def _moved(book: Book, events: Mapping[int, EventRow], one: Collision, shift: Shift) -> str:
    """What goes where, and how many steps go along: the event, where those of several collide."""
    to = short_day(shift.to.astimezone(book.clock.zone).date(), book.today())
    along = len(shift.moves) - 1
    more = ngettext("(+{n} step)", "(+{n} steps)", along).format(n=along) if along else ""
    event = events.get(shift.step.event_id) if len(one.events) > 1 else None
    return _("to {day}{more}: {step}").format(
        day=to, more=f" {more}" if more else "", step=event.name if event else shift.step.name
    )
