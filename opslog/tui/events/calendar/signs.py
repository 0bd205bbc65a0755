"""The signs of the calendar: how many steps stand how, and a day under the words of its date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opslog.domain.events.calendar_days import Counts, Day
from opslog.domain.events.events import DONE, MISSED, PlanLine
from opslog.locale import _, ngettext
from opslog.tui.widgets.text import Line, Span, join, line, line_width

LATE, OPEN, DONE_SIGN, CROWDED, OWED, EVENT, OWN = "▲", "○", "✓", "!", "◇", "●", "↻"


def counted(
    counts: Counts, *, crowded: bool = False, words: bool = True, short: bool = False
) -> Line:
    """“▲ 1 ○ 3”: how many steps of a day stand how; one kind alone says what it counts, where
    there is room for ``words``. What is done is counted only where nothing else is left."""
    kinds = [(LATE, "late", counts.late), (OPEN, "", counts.open), (CROWDED, "warn", counts.missed)]
    there = [(sign, look, n) for sign, look, n in kinds if n]
    if not there and counts.done:
        there = [(DONE_SIGN, "good", counts.done)]
    if crowded:
        there = [(CROWDED, "warn", counts.late + counts.open)]
    if short:
        return tuple(span for sign, look, n in there for span in ((sign, look), (f"{n}", "")))
    if len(there) == 1 and words:
        ((sign, look, n),) = there
        return (
            _sign(sign, look),
            _steps(n, "muted" if sign == DONE_SIGN else "warn" if crowded else ""),
        )
    return tuple(span for sign, look, n in there for span in (_sign(sign, look), (f"{n} ", "")))


def _sign(sign: str, look: str) -> Span:
    return f"{sign} ", look


def _steps(number: int, look: str) -> Span:
    return ngettext("{n} step", "{n} steps", number).format(n=number), look


def of_step(step: PlanLine, today: date, due: date) -> Span:
    """The sign of one step: ``due`` is its local day."""
    if step.state == DONE:
        return DONE_SIGN, "good"
    if step.state == MISSED:
        return CROWDED, "warn"
    if due < today:
        return LATE, "late"
    return (OWED, "warn") if step.owner else (OPEN, "")


def ground(day: Day, selected: bool) -> str:
    """What a day lies on."""
    if selected:
        return "cursor"
    return "holiday" if day.holiday else "rest" if day.off else ""


def laid(spans: Line, ground: str) -> Line:
    """The line on a ground; a button, which has its own, as a key."""
    if not ground:
        return spans
    return tuple(
        (text, f"{'key' if look == 'button' else look}+{ground}" if look else ground)
        for text, look in spans
    )


def legend(days: Iterable[Day], cells: int) -> Line:
    """What the signs mean; that of turns to come where these days have any, and there is room."""
    parts = [
        (EVENT, "late", _("event")),
        (OPEN, "", _("to do")),
        (DONE_SIGN, "good", _("done")),
        (LATE, "late", _("late")),
        (OWED, "warn", _("a colleague owes it")),
        (CROWDED, "warn", _("wants a look")),
    ]
    if any(day.coming for day in days):
        parts.append((OWN, "dim", _("to come")))
    said = [line((sign, look), (f" {word}", "dim")) for sign, look, word in parts]
    told = join(said, "  ")
    return told if line_width(told) <= cells else join(said[: len(parts) - 1], "  ")
