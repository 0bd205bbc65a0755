"""What is due with somebody: the next thing on a band of its own, at the top of their card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opslog.domain.calls.outcomes import purpose_title
from opslog.domain.calls.queue import QueueLine
from opslog.domain.dates.wording import short_moment
from opslog.domain.people.card import FOLLOW_UP, Moment
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.text import Line, capital, cut_line, line, line_width

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Waiting:
    """One thing to do; ``now``: it may be done at once."""

    at: datetime
    text: str
    now: bool
    promised: bool


def waiting(queued: QueueLine | None, moments: Sequence[Moment], now: datetime) -> list[Waiting]:
    """What waits, what is first due first."""
    found = [
        Waiting(moment.at, str(moment.text), moment.at <= now, False)
        for moment in moments
        if moment.kind == FOLLOW_UP and moment.open
    ]
    for part in queued.parts if queued else ():
        text = f"{capital(str(purpose_title(part.purpose)))} · {part.event}"
        found.append(Waiting(part.due, text, part.ready, part.promised))
    return sorted(found, key=lambda one: (not one.now, one.at))


def band(book: Book, due: Sequence[Waiting], keys: Line, cells: int) -> list[Line]:
    """One row: what is first, when, and the keys for it; said small where nothing is due."""
    if not due:
        return [line(" ", (_("No call and no follow-up is due with this person."), "dim"))]
    first, *more = due
    zone, today = book.clock.zone, book.today()
    when = _("now") if first.now else str(short_moment(first.at, zone, today))
    late = first.now and first.at.astimezone(zone).date() < today and not first.promised
    sign = ("▲ ", "late") if late else ("◷ ", "accent") if first.promised else ("○ ", "muted")
    left = line(sign, (when, "late" if late else "accent"), "  ", (first.text, "focal"))
    if more:
        text = ngettext("and {n} more", "and {n} more", len(more)).format(n=len(more))
        left = (*left, *line("  ", (text, "dim")))
    right = line((_in(first.at - book.now()), "muted"), "   ") + keys if not first.now else keys
    room = cells - 4 - line_width(right)
    return [line(("▌", "accent"), *spread(cut_line(left, room), right, cells - 2))]


def _in(left: timedelta) -> str:
    """How long it is until then, where that is today."""
    if left > SOON:
        return ""
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    return _("in {hours} h {minutes} min").format(hours=hours, minutes=minutes)
