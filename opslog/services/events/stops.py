"""The stops of a road show: entered, moved, dropped, done otherwise; what each brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from opslog.domain.base.meant import Choice, meant
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, in_turn, labelled, listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_day, short_moment
from opslog.domain.events import stop_tallies
from opslog.domain.events.events import (
    DONE,
    DROPPED,
    FLOATING,
    HAND,
    EventCard,
    EventDraft,
    PlanLine,
)
from opslog.domain.events.plans.planning import Span, lines_of_stop
from opslog.domain.events.plans.replanning import replan
from opslog.domain.events.stop_lines import Typed, typed
from opslog.domain.events.stops import DROPPED as STOP_DROPPED
from opslog.domain.events.stops import FALLBACK, OPEN, Stop
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events, form, past_moves
from opslog.services.events.plans import playbooks, stop_plans
from opslog.services.events.plans.steps import card_of, write_moves
from opslog.store.events import events as events_store
from opslog.store.events import moves as moves_store
from opslog.store.events import stops as store


def of(book: Book, event_id: int) -> list[Stop]:
    """In order of time, the dropped among them."""
    return store.of(book.con, event_id)


def resolve(book: Book, event_id: int, words: str) -> Stop:
    """The stop a person means: its number, place or a part only it has. Raises Refused."""
    known = {one.id: one for one in of(book, event_id)}
    found = meant(words, [Choice(x.id, (x.place,), (), not x.open) for x in known.values()])
    if len(found) != 1:
        names = in_turn(f"{one.id} {one.place}" for one in known.values())
        text = N_("“{words}” is no one stop of this event; there are: {stops}")
        if not known:
            text = N_("This event has no stops; opslog event stops EVENT 杭州 11-01 11-02 adds one")
        raise Refused(msg(text, words=words, stops=names))
    return known[found[0].id]


def read(book: Book, event_id: int, text: str, like: Stop | None = None) -> list[Stop]:
    """Stops as typed or pasted (``domain.events.stop_lines.typed``), where no times are said at
    the hours of the event, or of the stop they are ``like``; a day without a year is the one
    nearest to its days. Raises Refused, naming the place, for a day that does not exist or lies
    before the first."""
    row = card_of(book, event_id).row
    hours = like.span if like else Span(row.starts_at, row.ends_at)
    return [_read(book, event_id, hours, one) for one in typed(storable(text))]


def _read(book: Book, event_id: int, hours: Span, one: Typed) -> Stop:
    middle = hours.start + (hours.end - hours.start) / 2  # whence both ends are as far away
    try:
        starts_at = form.read_moment(book, one.first, hours.start, near=middle)
        ends_at = form.read_moment(book, one.last, hours.end, near=starts_at)
    except Refused as refusal:
        said = msg(N_("{place}: {why}"), place=one.place, why=refusal.message)
        if one.line:
            said = msg(N_("line {n}: {why}"), n=one.line, why=said)
        raise Refused(said) from refusal
    first, last = (at.astimezone(book.clock.zone).date() for at in (starts_at, ends_at))
    if first == last and ends_at <= starts_at:
        ends_at = starts_at + timedelta(hours=8)
    if ends_at <= starts_at:
        text = N_("{place} ends {last}, before it begins {first}; check the two")
        raise Refused(msg(text, place=one.place, first=short_day(first), last=short_day(last)))
    return Stop(0, event_id, one.place, starts_at, ends_at, venue=one.venue)


def add(book: Book, event_id: int, found: Sequence[Stop]) -> Change:
    """These stops, each with its steps; the event lasts as long as they do. A place that is there
    on the same days is not entered twice. Raises Refused where none is new, and where one would
    stand beside another at the same place on the same day."""
    event, there = card_of(book, event_id), of(book, event_id)
    known = {(one.place, one.starts_at) for one in there}
    new = [one for one in dict.fromkeys(found) if (one.place, one.starts_at) not in known]
    if found and not new:
        text = N_("These stops stand already: {stops}")
        raise Refused(msg(text, stops=listed(_named(book, one) for one in found)))
    if not new:
        raise Refused(msg(N_("No new stop: give a place and its days, 杭州 11-01 11-02")))
    for one in new:
        if (other := next((x for x in there if _same_stop(book, one, x)), None)) is not None:
            text = N_("{old} stands already; change that one, or say where else {new} is")
            said = msg(text, old=_named(book, other), new=_named(book, one))
            raise Refused(said)
    label = nmsg(
        N_("{n} stop of {event}: {places}"),
        N_("{n} stops of {event}: {places}"),
        len(new),
        event=event.name,
        places=listed(one.place for one in new),
    )
    with book.change(_with_move(book, event_id, label, new)) as change:
        for one in new:
            made = one._replace(id=store.insert(book.con, one))
            for line in _steps_of(book, event.draft, made):
                events_store.insert_line(book.con, event_id, line)
        _fit(book, event_id)
        auto_lines.write(book, label, source="event", event_id=event_id, flagged=True)
    return change


def _same_stop(book: Book, new: Stop, old: Stop) -> bool:
    """Whether both are at one place on one day; two halls or districts of it are two."""
    (first, last), (begins, ends) = (_days(book, one) for one in (new, old))
    apart = new.venue and old.venue and new.venue != old.venue
    return old.open and new.place == old.place and first <= ends and begins <= last and not apart


def _days(book: Book, one: Stop) -> tuple[date, date]:
    first, last = (at.astimezone(book.clock.zone).date() for at in (one.starts_at, one.ends_at))
    return first, last


def _named(book: Book, one: Stop) -> Msg:
    """“郑州 Fri 11-06 – Sat 11-07”."""
    said = [short_day(day, book.today()) for day in dict.fromkeys(_days(book, one))]
    return listed([one.where, listed(said, N_("{first} – {second}"))], N_("{first} {second}"))


def _steps_of(book: Book, draft: EventDraft, stop: Stop) -> list[PlanLine]:
    """What its playbook asks of a stop of an event, each step for itself."""
    playbook, present = playbooks.playbook(book, draft.kind), playbooks.present(book)
    lines = lines_of_stop(playbook, draft.traits, stop.id, stop.span, present)
    return [named_after(stop, line) for line in lines]


def named_after(stop: Stop, line: PlanLine) -> PlanLine:
    """A step of a stop, with its place in the title."""
    title, title_en = _titles(stop.place, line.title, line.title_en)
    return line._replace(title=title, title_en=title_en)


def add_step_of(book: Book, line: PlanLine, stop_id: int) -> int:
    """Inside an open change: a step of the whole once more, for one stop; its number."""
    title, title_en = _titles(get(book, stop_id).place, line.title, line.title_en)
    own = line._replace(key="", title=title, title_en=title_en, stop_id=stop_id, items=())
    return events_store.insert_line(book.con, line.event_id, own)


def _titles(place: str, title: str, title_en: str) -> tuple[str, str]:
    return f"{place}：{title}", f"{place}: {title_en}" if title_en else ""


def _fit(book: Book, event_id: int) -> None:
    """Inside an open change: the event begins with its first stop and ends with its last; what
    this leaves no time for is spread."""
    event, days = card_of(book, event_id), _lasts(of(book, event_id))
    if days and days != (event.row.starts_at, event.row.ends_at):
        events.write_dates(book, event_id, *days)
    stop_plans.lay_out(book, event_id)


def _lasts(found: Iterable[Stop]) -> tuple[datetime, datetime] | None:
    """From the first stop to the last; None where none takes place."""
    held = [one for one in found if one.open]
    return (min(x.starts_at for x in held), max(x.ends_at for x in held)) if held else None


def event_moves(book: Book, event_id: int, changed: Iterable[Stop]) -> Msg | None:
    """To when these stops, new or changed, move the event; None where it begins as before."""
    was = card_of(book, event_id).row.starts_at
    known = {one.id: one for one in of(book, event_id)}
    new = [one for one in changed if not one.id]
    days = _lasts([*{**known, **{one.id: one for one in changed if one.id}}.values(), *new])
    if days is None or days[0] == was:
        return None
    old, to = (short_moment(at, book.clock.zone, book.today()) for at in (was, days[0]))
    return msg(N_("the event moves: {old} to {new}"), old=old, new=to)


def _with_move(book: Book, event_id: int, label: Msg, changed: Sequence[Stop]) -> Msg:
    moved = event_moves(book, event_id, changed)
    return in_turn([label, moved]) if moved else label


def into_the_past(book: Book, event_id: int, changed: Sequence[Stop]) -> Msg | None:
    """Which of these stops, new or changed, would stand on a day that is past though what they
    belong to lies ahead; None where none does. A show that runs, or is over, may have had them."""
    today = book.today()
    for one in changed:
        was = get(book, one.id).starts_at if one.id else card_of(book, event_id).row.starts_at
        day = one.starts_at.astimezone(book.clock.zone).date()
        if was >= book.now() and one.starts_at != was and day < today:
            return msg(
                N_("{place}: {when} is past"), place=one.place, when=past_moves.whole_day(day)
            )
    return None


def move(book: Book, stop_id: int, new: Stop) -> Change:
    """Another place, other days or another note; its steps go along. Raises Refused for other days
    of one that was called off."""
    old = get(book, stop_id)
    if not old.open and new.span != old.span:
        text = N_("“{place}” was called off ({why}); take it up again first")
        raise Refused(msg(text, place=old.place, why=old.why))
    event = card_of(book, old.event_id)
    place = storable(" ".join(new.place.split()))
    if not place:
        raise Refused(msg(N_("A stop needs a place")))
    new = new._replace(id=old.id, event_id=old.event_id, place=place, note=storable(new.note))
    new = new._replace(venue=storable(" ".join(new.venue.split())))
    local = (at.astimezone(book.clock.zone).date() for at in (new.starts_at, new.ends_at))
    days = [short_day(day, book.today()) for day in local]
    label = msg(
        N_("Stop of {event}: {place}, {first} to {last}"),
        event=event.name,
        place=place,
        first=days[0],
        last=days[1],
    )
    with book.change(_with_move(book, event.id, label, [new])) as change:
        if new == old:
            return change
        store.update(book.con, new)
        lines = _lines(book, old)
        pace = playbooks.playbook(book, event.row.kind).pace
        if new.span != old.span:
            plan = replan(lines, old.span, new.span, playbooks.present(book), pace)
            write_moves(book, plan.all)
        if new.starts_at != old.starts_at:
            moves_store.put(book.con, event.id, old.starts_at, book.now(), old.id)
        if new.place != old.place:
            store.rename(book.con, old, new)
        _fit(book, event.id)
        auto_lines.write(book, label, source="event", event_id=event.id, flagged=True)
    return change


def _lines(book: Book, stop: Stop) -> list[PlanLine]:
    every = events_store.lines(book.con, stop.event_id, book.now(), ticked=True)
    return [line for line in every if line.stop_id == stop.id]


def drop(book: Book, stop_id: int, why: str) -> Change:
    """It does not take place, for a reason; what is open of its steps is given up. It stays."""
    old = get(book, stop_id)
    event, why = card_of(book, old.event_id), _reason(why)
    label = msg(
        N_("Stop dropped: {place} ({event}), {why}"), place=old.place, event=event.name, why=why
    )
    dropped = old._replace(state=STOP_DROPPED, why=why)
    with book.change(_with_move(book, event.id, label, [dropped])) as change:
        store.update(book.con, dropped)
        moves_store.put(book.con, event.id, old.starts_at, book.now(), old.id)  # posts named it
        for line in _lines(book, old):
            if line.state not in (DONE, DROPPED):
                given_up = line._replace(state=DROPPED, why=(HAND,), dropped_why=why)
                events_store.update_line(book.con, given_up._replace(snoozed_until=None))
        _fit(book, event.id)
        auto_lines.write(book, label, source="event", event_id=event.id, flagged=True)
    return change


def take_up(book: Book, stop_id: int) -> Change:
    """It takes place after all, as it was planned: what of its steps was given up with it is open
    again. Raises Refused where it does anyway."""
    old = get(book, stop_id)
    event = card_of(book, old.event_id)
    if old.open and not old.fallback:
        raise Refused(msg(N_("“{place}” takes place as it was planned"), place=old.place))
    label = msg(N_("Taken up again: {step}"), step=bracketed(old.place, event.name))
    again = old._replace(state=OPEN, fallback="", why="")
    with book.change(_with_move(book, event.id, label, [again])) as change:
        _write_again(book, event, old, again)
        auto_lines.write(book, label, source="event", event_id=event.id, flagged=True)
    return change


def _write_again(book: Book, event: EventCard, old: Stop, again: Stop) -> None:
    """Inside an open change: a stop as it is from now on, with its steps where it was dropped."""
    store.update(book.con, again)
    if old.open:
        return
    given_up = {x.id for x in _lines(book, old) if x.state == DROPPED and x.dropped_why == old.why}
    lines = [
        line._replace(state=FLOATING, why=(), dropped_why="") if line.id in given_up else line
        for line in _lines(book, old)
    ]
    pace = playbooks.playbook(book, event.row.kind).pace
    plan = replan(lines, again.span, again.span, playbooks.present(book), pace)
    for moved in plan.all:
        if moved.after.id in given_up:
            events_store.update_line(book.con, moved.after)
    _fit(book, event.id)


def fall_back(book: Book, stop_id: int, instead: str, why: str) -> Change:
    """Something else is done there than was planned: a decision, with its reason."""
    old = get(book, stop_id)
    event, why = card_of(book, old.event_id), _reason(why)
    instead = storable(" ".join(instead.split()))
    if not instead:
        raise Refused(msg(N_("What is done instead? A few words")))
    label = msg(
        N_("{place}: {instead} instead, {why} ({event})"),
        place=old.place,
        instead=instead,
        why=why,
        event=event.name,
    )
    with book.change(label) as change:
        _write_again(book, event, old, old._replace(state=FALLBACK, fallback=instead, why=why))
        auto_lines.write(book, label, source="event", event_id=event.id, flagged=True)
    return change


def _reason(why: str) -> str:
    why = storable(" ".join(why.split()))
    if not why:
        raise Refused(msg(N_("For what reason? A few words, for the review")))
    return why


def get(book: Book, stop_id: int) -> Stop:
    """Raises Refused where it is gone."""
    found = store.get(book.con, stop_id)
    if found is None:
        raise Refused(msg(N_("This stop is gone; undo may bring it back")))
    return found


def tally(book: Book, stop_id: int, values: Mapping[str, float | None]) -> Change:
    """What a stop brought and cost, by measure (cost in cents); None takes a number out."""
    stop = get(book, stop_id)
    said = [
        labelled(stop_tallies.label(name), stop_tallies.said(name, value))
        for name, value in values.items()
        if value is not None
    ]
    label: Msg = msg(N_("Tally of {place}"), place=stop.place)
    with book.change(bracketed(label, listed(said)) if said else label) as change:
        for name, value in values.items():
            store.put_tally(book.con, stop_id, name, value)
    return change


def tallies(book: Book, event_id: int) -> dict[int, dict[str, float]]:
    """Stop -> what it brought, by measure."""
    return store.tallies(book.con, event_id)
