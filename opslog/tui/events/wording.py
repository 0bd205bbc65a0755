"""How events, steps and previews are worded on every screen that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from opslog.domain.base.money import yuan_text
from opslog.domain.base.sentences import bracketed
from opslog.domain.dates.wording import end_moment, short_moment
from opslog.domain.events import events as words
from opslog.domain.events import measures
from opslog.domain.events.events import (
    DROPPED,
    FLOATING,
    JOINED,
    LATE,
    MERGED,
    MISSED,
    EventCard,
    EventRow,
    PlanLine,
)
from opslog.domain.events.plans.replanning import Moved
from opslog.domain.events.plans.step_reasons import (
    explain,
    given_up_before,
    short_reason,
    unpublished_years,
)
from opslog.locale import Msg, _, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.services.events import events
from opslog.services.events.events import Preview
from opslog.tui.widgets.text import Line, flow, join, line


def moment(book: Book, instant: datetime) -> str:
    """“Fri 12-04 14:00”, with the year where it isn't this one."""
    return str(short_moment(instant, book.clock.zone, book.today()))


def copied(book: Book, name: str, one: PlanLine | None, plan: Iterable[PlanLine]) -> str:
    """What is put into the clipboard: a step with its words, or the plan with all its steps."""

    def said(step: PlanLine) -> str:
        return f"{moment(book, step.due_at)} {step.name}"

    if one is None:
        return "\n".join([name, *map(said, plan)])
    return "\n".join(filter(None, [said(one), one.words]))


def days_left(book: Book, row: EventRow) -> str:
    """How far away an event is, in days."""
    days = (row.starts_at.astimezone(book.clock.zone).date() - book.today()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)


def state(book: Book, step: PlanLine) -> tuple[str, str]:
    """A step's state as a word and its look; red only where it is late."""
    if step.late(book.clock.at(book.today())):
        return _("late"), "late"
    looks = {words.DONE: "good", words.MISSED: "warn", words.PINNED: "accent"}
    return _(words.STATE_LABELS[step.state]), looks.get(step.state, "")


def kind(row: EventRow) -> str:
    """The kind, and where somebody else hosts it, that."""
    label = _(words.KIND_LABELS.get(row.kind, row.kind))
    if row.host == "own":
        return label
    return _("{kind}, {host}").format(kind=label, host=_(words.HOST_LABELS.get(row.host, row.host)))


def preview_line(book: Book, step: PlanLine) -> Line:
    """A step of a plan not saved yet: they are all open, so only another state is named."""
    word, look = state(book, step)
    why = _why(book, step)
    return (
        *line(moment(book, step.due_at), "  "),
        *join([step.name, ("" if step.open else word, look), (str(why or ""), "muted")]),
    )


def _why(book: Book, step: PlanLine) -> Msg | None:
    """Why a step lies where it lies. Where it goes to stands before it already: of what the rules
    moved it is enough where it was to be."""
    moved = step.state == FLOATING and step.planned_at is not None
    say = short_reason if moved else explain
    return say(step, book.clock.zone, own_kinds.workdays(book))


def plan_summary(book: Book, lines: Sequence[PlanLine]) -> list[Line]:
    """What has to be known of a plan before its steps are read."""
    missed = sum(step.state == MISSED for step in lines)
    late = sum(LATE in step.why and step.open for step in lines)
    merged = sum(step.state == DROPPED and MERGED in step.why for step in lines)
    steps = sum(step.state != DROPPED for step in lines)
    parts: list[Line | tuple[str, str] | str] = [
        ngettext("{n} step", "{n} steps", steps).format(n=steps)
    ]
    if late:
        text = ngettext(
            "{n} past due, from today on in turn", "{n} past due, from today on in turn", late
        ).format(n=late)
        parts.append((text, "warn"))
    if missed:
        text = ngettext("{n} no longer possible", "{n} no longer possible", missed).format(n=missed)
        parts.append((text, "warn"))
    if merged:
        text = ngettext("{n} round for two", "{n} rounds for two", merged).format(n=merged)
        parts.append((text, "muted"))
    left_out = sum(step.state == DROPPED and JOINED in step.why for step in lines)
    if left_out:
        text = ngettext(
            "{n} step from before is left out", "{n} steps from before are left out", left_out
        ).format(n=left_out)
        parts.append((text, "muted"))
    as_before = given_up_before(lines)
    said = [line((str(as_before), "muted"))] if as_before else []
    return [join(parts), *said, *unpublished(book, lines)]


def unpublished(book: Book, lines: Sequence[PlanLine]) -> list[Line]:
    """One line a year whose holidays nobody knows yet."""
    text = _("The holidays of {year} are not published; its fixed ones are kept free")
    return [
        line((text.format(year=year), "warn")) for year in unpublished_years(lines, book.clock.zone)
    ]


def move_lines(book: Book, preview: Preview) -> list[Line]:
    """What a move or a change does to a plan, group by group."""
    plan = preview.plan
    groups: list[tuple[str, Sequence[Moved], str]] = [
        (_("shifted"), plan.shifted, ""),
        (_("no longer possible: missed"), plan.missed, "warn"),
        (_("pinned, left alone"), plan.pinned, "accent"),
        (_("done, left alone"), plan.done, "good"),
        (_("given up"), plan.dropped, "muted"),
        (_("stay where they are"), plan.unchanged, "muted"),
    ]
    counts: list[Line | tuple[str, str] | str] = [
        (f"{title} {len(moves)}", look) for title, moves, look in groups if moves
    ]
    if plan.added:
        counts.append((f"{_('added')} {len(plan.added)}", "good"))
    if plan.removed:
        counts.append((f"{_('taken out')} {len(plan.removed)}", "warn"))
    after = [*(move.after for move in plan.all), *plan.added]
    found: list[Line] = [join(counts), *unpublished(book, after)]
    if said := corrections.said(corrections.of(book, preview.event.id, preview.new.start)):
        found.insert(1, line((str(said), "warn")))
    found += [line((str(said), "warn")) for said in events.move_warnings(book, preview)]
    for title, moves, look in groups:
        if moves:
            found.append(line((str(bracketed(title, len(moves))), look or "strong")))
            found += [_moved_line(book, move) for move in moves]
    for title, steps in ((_("added"), plan.added), (_("taken out"), plan.removed)):
        if steps:
            found.append(line((str(bracketed(title, len(steps))), "strong")))
            found += [line("  ") + preview_line(book, step) for step in steps]
    return found


def _moved_line(book: Book, move: Moved) -> Line:
    before, after = move.before, move.after
    dates = moment(book, after.due_at)
    if before.due_at != after.due_at:
        dates = _("{old} to {new}").format(old=moment(book, before.due_at), new=dates)
    why = _why(book, after)
    return (*line(f"  {dates}  "), *join([after.name, (str(why or ""), "muted")]))


def how_far(plan: Sequence[PlanLine]) -> str:
    """How many steps of a plan are done, of as many as the list of events counts; what was given
    up is none of them, and said beside."""
    dropped = sum(step.state == words.DROPPED for step in plan)
    done = sum(step.state == words.DONE for step in plan)
    said = _("{n} of {total} done").format(n=done, total=len(plan) - dropped)
    more = ngettext("– {n} given up", "– {n} given up", dropped).format(n=dropped)
    return f"{said}  {more}" if dropped else said


def card_lines(book: Book, card: EventCard) -> list[Line]:
    """The facts of an event, a line each."""
    return [join(parts) for parts in card_facts(book, card)]


def wrapped_facts(book: Book, card: EventCard, cells: int) -> list[Line]:
    """The same in as many rows as they need; none is broken before or after its dot."""
    return [row for parts in card_facts(book, card) for row in flow(parts, cells)]


def card_facts(book: Book, card: EventCard) -> list[list[Line]]:
    """What there is to know of an event, part by part of each line."""
    row = card.row
    when = [
        line((span(book, card), "strong")),
        line((days_left(book, row), "accent")),
        line((_("cancelled"), "warn")) if row.cancelled_at else (),
    ]
    what = [
        kind(row),
        _(words.LIST_LABELS.get(row.list, row.list)),
        card.segment or _(words.AUDIENCE_LABELS.get(row.audience, row.audience)),
        row.place,
        f"#{row.tag}" if row.tag else "",
    ]
    numbers = [f"{measure(name)} {value:,.15g}" for name, value in card.targets.items()]
    if numbers:
        numbers[0] = _("targets {first}").format(first=numbers[0])
    if card.budget_cents is not None:
        numbers.append(_("budget {amount}").format(amount=yuan_text(card.budget_cents)))
    if card.people:
        numbers.append(
            ngettext("{n} on its list", "{n} on its list", card.people).format(n=card.people)
        )
    figures = {"reach": card.reached, "views": card.views, "shares": card.shares}
    numbers += [f"{measure(k)} {v:,}" for k, v in figures.items() if v is not None]
    notes = [line(card.theme), line((card.note, "muted"))]
    warned = [[line((str(said), "warn"))] for said in events.warnings(book, card)]
    facts = [[line(text) for text in what], [line(text) for text in numbers]]
    found = [when, *warned, *facts, notes]  # where rows are few, the last give way
    return [shown for parts in found if (shown := [p for p in parts if any(t for t, _l in p)])]


def span(book: Book, card: EventCard) -> str:
    """“Fri 11-27 14:00–17:00”."""
    return f"{moment(book, card.row.starts_at)}–{until(book, card.row.starts_at, card.row.ends_at)}"


def measure(name: str) -> str:
    return str(measures.label(name))


def until(book: Book, starts_at: datetime, ends_at: datetime) -> str:
    """The end of a span whose beginning is said."""
    return str(end_moment(starts_at, ends_at, book.clock.zone, book.today()))
