"""The steps of events' plans: done, moved, put off, added, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_day, short_moment
from opslog.domain.events.events import (
    DONE,
    DROPPED,
    FLOATING,
    HAND,
    PINNED,
    SPOKEN,
    YES_NO,
    EventCard,
    PlanItem,
    PlanLine,
)
from opslog.domain.events.moves import publishes
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.store.events import answers as answers_store
from opslog.store.events import changing
from opslog.store.events import events as events_store
from opslog.store.events import stops as stops_store

if TYPE_CHECKING:
    from opslog.domain.events.plans.evidence import HowFar
    from opslog.domain.events.plans.planning import Span
    from opslog.domain.events.plans.replanning import Moved, Replan

NO_WORDS = msg(N_("A step needs a few words that say what is to be done"))


def step(book: Book, step_id: int) -> PlanLine:
    """One step. Raises Refused where it is gone."""
    found = events_store.line(book.con, step_id, book.now())
    if found is None:
        raise Refused(msg(N_("Step {id} is not there any more"), id=step_id))
    return found


def tick_step(book: Book, step_id: int, far: HowFar | None = None) -> Change:
    """Done; also a missed one, that was done all the same. Writes a line into the log.

    ``far``: how far its evidence is, where that is less than complete; the line says so.
    """
    line, event = with_occasion(book, step_id)
    with book.change(_done(line, event, far)) as change:
        if line.state != DONE:
            write_done(book, step_id, far)
    return change


def _done(line: PlanLine, event: Occasion, far: HowFar | None) -> Msg:
    if far is None or not far.open:
        return msg(N_("Done: {step} ({event})"), step=line.label, event=event.name)
    return nmsg(
        N_("Closed by hand: {step}, {n} of {of} open ({event})"),
        N_("Closed by hand: {step}, {n} of {of} open ({event})"),
        far.open,
        of=far.of,
        step=line.label,
        event=event.name,
    )


def untick_step(book: Book, step_id: int) -> Change:
    """Not done after all: open again, pinned where its date was set by hand.

    Raises Refused for one that is proven by what was done.
    """
    line, event = with_occasion(book, step_id)
    if line.proven:
        raise Refused(
            msg(
                N_("“{step}” is done by what was done for it, and opens again where that does"),
                step=line.label,
            )
        )
    label = msg(N_("Open again: {step} ({event})"), step=line.label, event=event.name)
    with book.change(label) as change:
        if line.state == DONE:
            again = line._replace(state=_open_state(line), done_at=None, published_for=None)
            events_store.update_line(book.con, again)
            auto_lines.write(book, label, source="step", event_id=event.event_id)
    return change


def _open_state(line: PlanLine) -> str:
    return PINNED if HAND in line.why else FLOATING


def tick_item(book: Book, item_id: int) -> Change:
    """Check a line of a step's checklist off, or open it again where it is checked: then what was
    answered no longer holds."""
    item = _item(book, item_id)
    if item.answer:
        return answer_item(book, item_id, "")
    text = N_("Checked: {item}") if item.done_at is None else N_("Unchecked: {item}")
    with book.change(msg(text, item=item.label)) as change:
        changing.tick(book.con, item_id, book.now() if item.done_at is None else None)
    return change


def answer_item(book: Book, item_id: int, answer: str) -> Change:
    """The answer to a line of a checklist, which is then done; an empty one opens it again.

    Yes and no are understood in both languages where they are asked for; else it is what was
    typed. Raises Refused where the line is gone.
    """
    item = _item(book, item_id)
    answer = storable(" ".join(answer.split()))
    if item.kind == YES_NO:
        answer = SPOKEN.get(answer.casefold(), answer)
    answered = item._replace(answer=answer)
    label = (
        msg(N_("Answered: {item} → {answer}"), item=item.label, answer=answered.told_message)
        if answer
        else msg(N_("Open again: {item}"), item=item.label)
    )
    with book.change(label) as change:
        if answer != item.answer or (item.done_at is None) is bool(answer):
            changing.answer(book.con, item_id, answer, book.now() if answer else None)
    return change


def last_answer(book: Book, item_id: int) -> str:
    """What was answered to the same line at the last event of the kind; '' where nothing was."""
    return answers_store.last_answer(book.con, item_id)


def _item(book: Book, item_id: int) -> PlanItem:
    found = events_store.item(book.con, item_id)
    if found is None:
        raise Refused(msg(N_("This line of the checklist is not there any more")))
    return found[0]


def move_step(book: Book, step_id: int, when: datetime) -> Change:
    """To another moment: pinned there, so that a move of the event leaves it alone.

    Raises Refused for a step that is done.
    """
    line, _event = with_occasion(book, step_id)
    if line.state == DONE:
        raise Refused(msg(N_("“{step}” is done; open it again first"), step=line.label))
    with book.change(
        msg(
            N_("Rescheduled: {step}, {when}"),
            step=line.label,
            when=short_moment(when, book.clock.zone, book.today()),
        )
    ) as change:
        if (line.due_at, line.state) != (when, PINNED):
            events_store.update_line(book.con, pinned_at(line, when))
    return change


def pinned_at(line: PlanLine, when: datetime) -> PlanLine:
    """The step set by hand to another moment."""
    original = line.planned_at or line.due_at
    return line._replace(
        due_at=when,
        planned_at=original if original != when else None,
        why=(HAND,),
        state=PINNED,
        snoozed_until=None,
        dropped_why="",
    )


def move_warning(book: Book, step_id: int, when: datetime) -> Msg | None:
    """What speaks against moving a step there; None where nothing does."""
    from opslog.domain.events.plans.step_moves import day_off_warning, step_move_warning
    from opslog.services.events.plans import playbooks

    line, event = with_occasion(book, step_id)
    present = playbooks.present(book)
    if not event.kind:
        return day_off_warning(when, present)
    return step_move_warning(line, event.span, when, present)


def new_step_warning(book: Book, event_id: int, when: datetime) -> Msg | None:
    """What speaks against a new step there; None where nothing does."""
    from opslog.domain.events.plans.planning import line_by_hand
    from opslog.domain.events.plans.step_moves import new_step_warning
    from opslog.services.events.plans import playbooks

    span, present = span_of(card_of(book, event_id)), playbooks.present(book)
    return new_step_warning(line_by_hand("", when, span, present), span, present)


def unpin_step(book: Book, step_id: int) -> Change:
    """Back to where the event's date puts it: one pinned, or given up. What the rules would give
    up again stays, pinned where it was. Raises Refused for any other step."""
    from opslog.domain.events.plans.replanning import Part, replan_parts
    from opslog.domain.events.plans.short_notice import Pace
    from opslog.services.events.plans import playbooks, stop_plans

    line, event = with_occasion(book, step_id)
    if line.state not in (PINNED, DROPPED):
        raise Refused(msg(N_("“{step}” is neither pinned nor given up"), step=line.label))
    text = N_("Unpinned: {step}") if line.state == PINNED else N_("Taken up again: {step}")
    floating = line._replace(state=FLOATING, why=(), dropped_why="")
    every = events_store.plan_lines(book.con, "plan_id=?", line.plan_id, book.now(), ticked=True)
    lines = [floating if one.id == step_id else one for one in every]
    span = span_of(card_of(book, event.event_id)) if event.event_id else event.span
    parts = [Part([one for one in lines if one.stop_id is None], span, span)]
    if event.event_id:
        parts += stop_plans.parts(book, event.event_id, lines)
    pace = playbooks.playbook(book, event.kind).pace if event.kind else Pace()
    with book.change(msg(text, step=line.label)) as change:
        plan = replan_parts(parts, playbooks.present(book), pace)
        after = next(move.after for move in plan.all if move.after.id == step_id)
        if after.state == DROPPED:
            after = floating._replace(state=PINNED, why=(HAND,))
        events_store.update_line(book.con, after)
    return change


def add_step(book: Book, event_id: int, title: str, when: datetime) -> Change:
    """A step of the operator's own. It moves with the event, unless the rules would have put it
    elsewhere (on a day off, say): then it is pinned.

    Raises Refused where the title is empty or the event is gone.
    """
    from opslog.domain.events.plans.planning import line_by_hand
    from opslog.services.events.plans import playbooks

    event = card_of(book, event_id)
    title = storable(" ".join(title.split()))
    if not title:
        raise Refused(NO_WORDS)
    line = line_by_hand(title, when, span_of(event), playbooks.present(book))
    with book.change(msg(N_("New step: {step}"), step=title)) as change:
        change.made = events_store.insert_line(book.con, event_id, line)
    return change


def remove_step(book: Book, step_id: int) -> Change:
    """Take a step out of its plan; undo brings it back with its checklist."""
    line = step(book, step_id)
    with book.change(msg(N_("Removed the step: {step}"), step=line.label)) as change:
        events_store.delete_line(book.con, step_id)
    return change


def snooze_step(book: Book, step_id: int, until: datetime) -> Change:
    """Out of Today until a moment; when it is due stays as it was."""
    line = step(book, step_id)
    day = short_day(until.astimezone(book.clock.zone).date(), book.today())
    with book.change(msg(N_("Snoozed until {day}: {step}"), day=day, step=line.label)) as change:
        write_snoozed(book, step_id, until)
    return change


def write_snoozed(book: Book, step_id: int, until: datetime) -> None:
    """Inside an open change: a step stays out of Today until a moment."""
    changing.snooze(book.con, step_id, until)


def note_step(book: Book, step_id: int, note: str) -> Change:
    """Set a step's note; an empty one takes it off."""
    line = step(book, step_id)
    with book.change(msg(N_("Note on: {step}"), step=line.label)) as change:
        note = storable(note.strip())
        if note != line.note:
            changing.step(book.con, step_id, {"note": note})
    return change


def write_done(book: Book, step_id: int, far: HowFar | None = None) -> None:
    """Inside an open change: a step is done, and the log says so; ``far`` as in ``tick_step``."""
    line, event = with_occasion(book, step_id)
    told = event.span.start if event.event_id and publishes(line) else None
    done = line._replace(
        state=DONE, done_at=book.now(), snoozed_until=None, dropped_why="", published_for=told
    )
    if line.state == DROPPED:  # why it was not to be done is no word on its date
        done = done._replace(why=())
    events_store.update_line(book.con, done)
    auto_lines.write(book, _done(line, event, far), source="step", event_id=event.event_id)


def write_moves(book: Book, moves: Sequence[Moved]) -> None:
    """Inside an open change: only what a move really changes is written."""
    for move in moves:
        if move.after != move.before:
            events_store.update_line(book.con, move.after)


def write_replan(book: Book, event_id: int, plan: Replan) -> None:
    """Inside an open change: carry out what a preview showed."""
    write_moves(book, plan.all)
    for line in plan.removed:
        events_store.delete_line(book.con, line.id)
    for line in plan.added:
        events_store.insert_line(book.con, event_id, line)


def span_of(event: EventCard) -> Span:
    from opslog.domain.events.plans.planning import Span

    return Span(event.row.starts_at, event.row.ends_at)


def midnight(book: Book) -> datetime:
    """The instant today began."""
    return book.clock.at(book.today(), time())


def card_of(book: Book, event_id: int) -> EventCard:
    """One event. Raises Refused where it is gone."""
    found = events_store.card(book.con, event_id, book.now(), midnight(book))
    if found is None:
        raise Refused(
            msg(N_("There is no event {id}; see them with: opslog event list"), id=event_id)
        )
    return found


class Occasion(NamedTuple):
    """What a step hangs on: an event, a stop of one, or a turn of a plan of the operator's own,
    which has neither number nor ``kind``."""

    name: str
    event_id: int | None
    kind: str
    span: Span


def with_occasion(book: Book, step_id: int) -> tuple[PlanLine, Occasion]:
    """A step and what it hangs on. Raises Refused where it is gone."""
    line = step(book, step_id)
    if not line.event_id:
        return line, _turn(book, line.plan_id)
    event = card_of(book, line.event_id)
    stop = stops_store.get(book.con, line.stop_id) if line.stop_id is not None else None
    span = span_of(event) if stop is None else stop.span
    return line, Occasion(event.name, event.id, event.row.kind, span)


def _turn(book: Book, plan_id: int) -> Occasion:
    from opslog.domain.events.plans import routines
    from opslog.services.events.plans import playbooks
    from opslog.store.events import routines as store

    routine = store.of_plan(book.con, plan_id)
    assert routine is not None  # a plan is of an event or of a routine
    return Occasion(routine.name, None, "", routines.span(routine, playbooks.present(book)))
