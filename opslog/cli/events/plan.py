"""A plan as the shell prints it, and what has to be known of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from opslog.cli.base.io import Io
from opslog.domain.base.sentences import bracketed
from opslog.locale import _, ngettext

if TYPE_CHECKING:
    from opslog.domain.events.events import EventCard, PlanLine
    from opslog.domain.events.plans.evidence import HowFar
    from opslog.services.book.book import Book


def print_plan(
    book: Book,
    lines: Sequence[PlanLine],
    io: Io,
    far: Mapping[str, HowFar] = MappingProxyType({}),
    *,
    checklist: bool,
) -> None:
    from opslog.domain.events.events import STATE_LABELS
    from opslog.domain.events.plans.evidence import closed_by_hand
    from opslog.domain.events.plans.step_reasons import explain
    from opslog.services.book import own_kinds

    if not lines:
        io.line(_("This event has no plan"))
    rows: list[tuple[object, ...]] = []
    midnight, days = book.clock.at(book.today()), own_kinds.workdays(book)
    for line in lines:
        one = far.get(line.proof)
        why = closed_by_hand(line, one) or explain(line, book.clock.zone, days)
        channel = line.channel_beside
        title = str(bracketed(line.label, channel)) if channel else line.name
        title += f" {one.done}/{one.of}" if one else ""
        if line.open and line.owed_by:
            title += f" ◇ {line.owed_by}"
        state = _("late") if line.late(midnight) else _(STATE_LABELS[line.state])
        said = f"{title}  - {why}" if why else title
        rows.append((line.id, state, moment(book, line.due_at), said))
        if checklist:
            rows += [
                ("", "", "", f"  [{'x' if item.done_at else ' '}] {item.said}")
                for item in line.items
            ]
    kept = all(line.id for line in lines)  # a preview has no numbers
    headings = [_("no."), _("state"), _("due"), _("step")]
    first = 0 if kept else 1
    io.table(headings[first:], [row[first:] for row in rows], whole=True)


def what_the_plan_says(book: Book, card: EventCard, lines: Sequence[PlanLine]) -> Iterable[str]:
    """What has to be known of a plan at once: how long, what is late, what is not known."""
    from opslog.domain.events.events import DROPPED, JOINED, LATE, MERGED, MISSED
    from opslog.domain.events.plans.step_reasons import unpublished_years
    from opslog.services.events import events
    from opslog.services.reviews import owed

    steps = sum(line.state != DROPPED for line in lines)
    yield ngettext("{n} step in its plan", "{n} steps in its plan", steps).format(n=steps)
    yield from (str(one.said) for one in owed.of_event(book, card.id))
    yield from map(str, events.warnings(book, card, lines))
    missed = sum(line.state == MISSED for line in lines)
    late = sum(LATE in line.why and line.open for line in lines)
    merged = sum(line.state == DROPPED and MERGED in line.why for line in lines)
    left_out = sum(line.state == DROPPED and JOINED in line.why for line in lines)
    if card.row.cancelled_at is not None:
        return  # nothing of it is due
    if card.row.starts_at < book.now():
        yield _("The event is in the past.")
    if late:
        yield ngettext(
            "{n} step is past due and still possible: from today on, in its turn",
            "{n} steps are past due and still possible: from today on, in their order",
            late,
        ).format(n=late)
    if merged:
        yield ngettext(
            "{n} round is dropped: another on its channel stands for it",
            "{n} rounds are dropped: another on their channel stands for them",
            merged,
        ).format(n=merged)
    if left_out:
        yield ngettext(
            "{n} step from before is left out", "{n} steps from before are left out", left_out
        ).format(n=left_out)
    if missed:
        yield ngettext(
            "{n} step is no longer possible: missed",
            "{n} steps are no longer possible: missed",
            missed,
        ).format(n=missed)
    for year in unpublished_years(lines, book.clock.zone):
        yield _("The holidays of {year} are not published; its fixed ones are kept free").format(
            year=year
        )


def moment(book: Book, instant: datetime) -> str:
    from opslog.domain.dates.wording import short_moment

    return str(short_moment(instant, book.clock.zone, book.today()))
