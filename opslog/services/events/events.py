"""Events: entered, changed, moved, cancelled, found. The verbs of their steps are in steps.py.

Entering an event writes a red-flagged line into the log the moment its date is known, moving it
another (operator's rule 标红: so that it can't be missed).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from opslog.domain.base.meant import Choice, meant
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.dates.wording import short_day, short_moment
from opslog.domain.events.events import (
    KIND_LABELS,
    EventCard,
    EventDraft,
    EventPlace,
    EventRow,
    PlanLine,
)
from opslog.domain.events.moves import publishes
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import days_off
from opslog.services.events.plans import stop_plans
from opslog.services.events.plans.checks import checked
from opslog.services.events.plans.steps import (
    card_of,
    midnight,
    span_of,
    write_replan,
)
from opslog.store.events import changing
from opslog.store.events import events as events_store
from opslog.store.events import moves as moves_store
from opslog.store.events import schedule as schedule_store
from opslog.store.events import targets as targets_store

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Span
    from opslog.domain.events.plans.replanning import Replan

FIGURES = ("reach", "views", "shares")
_CANDIDATES = 6  # named in a refusal


@dataclass(frozen=True)
class Preview:
    """What a change of an event would make of its plan, before anything is kept."""

    event: EventCard
    draft: EventDraft  # the event as it would be, its end filled in
    old: Span
    new: Span
    plan: Replan
    by: timedelta = timedelta()  # so much later its stops are


def listing(book: Book) -> list[EventRow]:
    """To come by date, then over (the last first), then cancelled."""
    return some(book, [place.id for place in order(book)])


def order(book: Book) -> list[EventPlace]:
    """As ``listing``, without a look at the plans."""
    return events_store.order(book.con, book.now())


def some(book: Book, event_ids: Sequence[int]) -> list[EventRow]:
    """These events in this order; one that is gone is passed over."""
    return events_store.rows(book.con, event_ids, book.now(), midnight(book))


def get(book: Book, event_id: int) -> EventCard:
    """Raises Refused where it is gone."""
    return card_of(book, event_id)


def plan(book: Book, event_id: int) -> list[PlanLine]:
    """The event's steps in order of time, with their checklists."""
    return events_store.lines(book.con, event_id, book.now())


def warnings(book: Book, card: EventCard, lines: Sequence[PlanLine] | None = None) -> list[Msg]:
    """What of it falls on days off, and what of the questions before an event speaks against it,
    while it is ahead; whose days off nobody knows."""
    from opslog.domain.events import preflight

    if card.row.cancelled_at is not None:
        return []
    lines = plan(book, card.id) if lines is None else lines
    found = [
        *days_off.of_event(book, card.row),
        *preflight.warnings(lines, card.row.starts_at, book.now()),
    ]
    if card.row.ends_at >= book.now():
        names = regions_unknown(book, [card.row], {card.row.starts_at.year})
        found += [msg(REGIONS_UNKNOWN, names=listed(names))] if names else []
    return found


REGIONS_UNKNOWN = N_(
    "The days off of {names} are not known; [[region]] in workdays.toml tells them"
)


def regions_unknown(book: Book, rows: Collection[EventRow], years: Collection[int]) -> list[str]:
    """The regions these events are for whose days off nobody knows for one of the years."""
    from opslog.domain.dates import regions

    segments, stops = schedule_store.aims(book.con, [row.id for row in rows])
    texts = [*(row.place for row in rows), *segments.values(), *stops.values()]
    return regions.unknown(texts, own_kinds.workdays(book).regions, years)


def resolve(book: Book, words: str) -> int:
    """The event a person means: its number, name, or any part only it has in name or tag.

    One that was cancelled stands back where another fits. Raises Refused naming the candidates.
    """
    if not words.strip():
        raise Refused(msg(N_("Which event? Name it, or give its number")))
    known = events_store.names(book.con)
    found = meant(
        words, (Choice(row[0], (row[1],), (row[2],), row[3] is not None) for row in known)
    )
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(
            msg(
                N_("“{words}” could be any of: {events}; give the number"),
                words=words,
                events=in_turn(f"{one.id} {one.names[0]}" for one in found[:_CANDIDATES]),
            )
        )
    raise Refused(
        msg(N_("No event has “{words}” in its name; see them with: opslog event list"), words=words)
    )


def preview_plan(
    book: Book, draft: EventDraft, late: str = "all", stops: Mapping[int, Span] | None = None
) -> list[PlanLine]:
    """The plan an event would get, and these stops of it; ``late``: see ``domain.events.joining``.

    Raises Refused for a draft or playbook that can't be used.
    """
    from opslog.domain.events.plans import planning
    from opslog.services.events.plans import playbooks

    draft, ends_at = checked(book, draft)
    return planning.plan(
        playbooks.playbook(book, draft.kind),
        draft.traits,
        planning.Span(draft.starts_at, ends_at),
        playbooks.present(book),
        late,
        stops or {},
    )


def create(book: Book, draft: EventDraft, late: str = "all") -> Change:
    """A new event with its plan; ``made`` is its id. One in the past is taken; what is past of
    its plan is caught up or given up as ``late`` says, else missed.

    Raises Refused for a draft or a playbook that can't be used.
    """
    return enter(book, draft, preview_plan(book, draft, late))


def enter(book: Book, draft: EventDraft, lines: Sequence[PlanLine]) -> Change:
    """A new event with this plan."""
    draft, ends_at = checked(book, draft)
    with book.change(msg(N_("New event: {event}"), event=draft.name)) as change:
        event_id = events_store.insert(book.con, draft, ends_at, book.now())
        for line in lines:
            events_store.insert_line(book.con, event_id, line)
        auto_lines.write(
            book,
            msg(
                N_("Event {event}: {when} ({kind})"),
                event=draft.name,
                when=_when(book, draft.starts_at),
                kind=msg(KIND_LABELS[draft.kind]),
            ),
            source="event",
            event_id=event_id,
            flagged=True,
        )
        change.made = event_id
    return change


def preview_edit(
    book: Book, event_id: int, draft: EventDraft, by: timedelta | None = None
) -> Preview:
    """What a changed event would make of its plan. ``by``: so much later its stops are, None as it
    is moved itself. Raises Refused as ``edit`` does."""
    from opslog.domain.events.plans import planning, replanning
    from opslog.services.events.plans import playbooks

    event = card_of(book, event_id)
    draft, ends_at = checked(book, draft)
    draft = draft._replace(ends_at=ends_at)
    old, new = span_of(event), planning.Span(draft.starts_at, ends_at)
    every = events_store.lines(book.con, event_id, book.now(), ticked=True)
    by = stop_plans.shift(old, new) if by is None else by
    other_plan = (event.row.kind, event.draft.traits) != (draft.kind, draft.traits)
    stays = [
        line
        for line in every
        if stop_plans.overdue(line, midnight(book))
        and (not by if line.stop_id else not other_plan and _at_rest(line, old, new))
    ]
    goes = [line for line in every if line not in stays]
    lines = [line for line in goes if line.stop_id is None]
    of_stops = stop_plans.parts(book, event_id, goes, by)
    present, playbook = playbooks.present(book), playbooks.playbook(book, draft.kind)
    if other_plan:
        made = replanning.rederive(lines, playbook, draft.traits, old, new, present, of_stops)
    elif old != new:
        whole = replanning.Part(lines, old, new)
        made = replanning.replan_parts([whole, *of_stops], present, playbook.pace)
    else:
        made = replanning.untouched(goes)
    plan = replanning.together([made, replanning.untouched(stays)])
    return Preview(event, draft, old, new, plan, by)


def _at_rest(line: PlanLine, old: Span, new: Span) -> bool:
    """Whether what it hangs on is where it was: an event that only gets longer, say."""
    return old.anchor(line.anchor) == new.anchor(line.anchor)


def move_warnings(book: Book, preview: Preview) -> list[Msg]:
    """What speaks against a move: a day that is past, days off, and of the steps pinned by hand
    those that their event has moved away from."""
    from opslog.domain.events.plans.step_moves import step_move_warning
    from opslog.services.events.plans import playbooks

    present = playbooks.present(book)
    said = []
    if preview.old.start != preview.new.start < book.now():
        day = short_day(preview.new.start.astimezone(book.clock.zone).date(), book.today())
        said.append(msg(N_("{when} is past"), when=day))
    if preview.old != preview.new:
        new = preview.new
        row = preview.event.row._replace(starts_at=new.start, ends_at=new.end)
        said += days_off.of_event(book, row._replace(place=preview.draft.place), preview.by)
    for move in preview.plan.pinned:
        before, after = (
            step_move_warning(move.after, span, move.after.due_at, present)
            for span in (preview.old, preview.new)
        )
        if after is not None and after != before:
            said.append(msg(N_("“{title}”: {why}"), title=move.after.name, why=after))
    return said


def edit(book: Book, event_id: int, draft: EventDraft) -> Change:
    """Change an event; its plan follows where date, kind, host, list or audience changed.

    Raises Refused for a draft that can't be used.
    """
    with book.change(msg(N_("Changed: {event}"), event=draft.name.strip())) as change:
        preview = preview_edit(book, event_id, draft)
        _write(book, preview)
        change.made = event_id
    return change


def preview_move(book: Book, event_id: int, starts_at: datetime) -> Preview:
    """What moving an event would make of its plan; it lasts as long as before."""
    event = card_of(book, event_id)
    lasts = event.row.ends_at - event.row.starts_at
    draft = event.draft._replace(starts_at=starts_at, ends_at=starts_at + lasts)
    return preview_edit(book, event_id, draft)


def came(book: Book, event_id: int) -> int:
    """How many are marked as having come to an event that has begun; 0 for one to come."""
    if get(book, event_id).row.starts_at > book.now():
        return 0
    return events_store.came(book.con, event_id)


def move(book: Book, event_id: int, starts_at: datetime) -> Change:
    """To another date. Only open steps move; missed ones whose new date lies ahead open again."""
    event = card_of(book, event_id)
    label = msg(N_("Moved: {event}, {when}"), event=event.name, when=_when(book, starts_at))
    with book.change(label) as change:
        _write(book, preview_move(book, event_id, starts_at))
        change.made = event_id
    return change


def write_dates(book: Book, event_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Inside an open change: it begins and ends so; its stops stay where they are."""
    draft = card_of(book, event_id).draft._replace(starts_at=starts_at, ends_at=ends_at)
    _write(book, preview_edit(book, event_id, draft, timedelta()))


def cancel(book: Book, event_id: int) -> Change:
    """It doesn't take place: nothing of it is due any more. Undo brings it back."""
    event = card_of(book, event_id)
    label = msg(N_("Cancelled: {event}"), event=event.name)
    with book.change(label) as change:
        if event.row.cancelled_at is None:
            changing.cancel(book.con, event_id, book.now())
            auto_lines.write(book, label, source="event", event_id=event_id, flagged=True)
    return change


def set_figures(book: Book, event_id: int, figures: Mapping[str, int | None]) -> Change:
    """Reach, views and shares of an event without a list, typed in; None is not known.

    All three prove the step that asks for them. Raises Refused for a figure
    below zero.
    """
    event = card_of(book, event_id)
    before = {"reach": event.reach, "views": event.views, "shares": event.shares}
    values = {**before, **figures}
    for name, value in values.items():
        if name not in FIGURES or (value is not None and not 0 <= value < 2**53):
            raise Refused(msg(N_("{name} must be a number from 0 up"), name=name))
    with book.change(msg(N_("Figures of {event}"), event=event.name)) as change:
        if values == before:
            return change
        changing.figures(book.con, event_id, values)
        auto_lines.write(
            book,
            msg(
                N_("Figures of {event}: reach {reach}, views {views}, shares {shares}"),
                event=event.name,
                **{name: "-" if values[name] is None else values[name] for name in FIGURES},
            ),
            source="event",
            event_id=event_id,
        )
    return change


def _write(book: Book, preview: Preview) -> None:
    """Inside an open change: the event as previewed, its plan, and the line that says so."""
    event, draft = preview.event, preview.draft
    if draft != event.draft:
        events_store.update(book.con, event.id, draft, preview.new.end)
        targets_store.write_targets(book.con, event.id, draft.targets)
    write_replan(book, event.id, preview.plan)
    if preview.old.start != preview.new.start:
        stop_plans.write_shift(book, event.id, preview.by)
        moves_store.put(book.con, event.id, preview.old.start, book.now())
        before = (one.before for one in preview.plan.done)
        unsaid = [x.id for x in before if publishes(x) and x.published_for is None]
        moves_store.publish(book.con, unsaid, preview.old.start)
        auto_lines.write(
            book,
            msg(
                N_("Event {event} moved: {old} to {new}"),
                event=draft.name,
                old=_when(book, preview.old.start),
                new=_when(book, preview.new.start),
            ),
            source="event",
            event_id=event.id,
            flagged=True,
        )


def _when(book: Book, instant: datetime) -> Msg:
    """With the year where it isn't this one."""
    return short_moment(instant, book.clock.zone, book.today())
