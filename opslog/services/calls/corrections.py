"""What the move of an event leaves to be put right, and that it was: posts that name another date,
people who know of another one. Who was asked by a call since is told by that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.calls.corrections import GONE, OTHERS, PERSON, POST, Correction, Said
from opslog.domain.calls.outcomes import INSTEAD, REMINDER
from opslog.domain.calls.retries import FOR_THE_TIME
from opslog.domain.dates.wording import spoken_moment
from opslog.domain.events.events import CHANNEL_LABELS, DONE, EventCard
from opslog.domain.events.moves import Move, date_said, publishes
from opslog.domain.people.card import called
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events
from opslog.store.calls import attendance, told
from opslog.store.events import moves as moves_store
from opslog.store.events import stops as stops_store


def of(book: Book, event_id: int, starts_at: datetime | None = None) -> list[Correction]:
    """What is to be put right, posts first; of an event to come. ``starts_at``: as it would be
    once the event is moved there."""
    event = events.get(book, event_id)
    moves, date = moves_store.of(book.con, event_id), event.row.starts_at
    if starts_at is not None and starts_at != date:
        moves, date = [*moves, moves_store.newest(book.con, date)], starts_at
    by = date - event.row.starts_at
    ends = event.row.ends_at + by if event.row.kind == "roadshow" else date
    if event.row.cancelled_at is not None or ends <= book.now():
        return []
    return [*_posts(book, event, date, by), *_people(book, event, moves, date)]


def _said(book: Book, event: EventCard, was: datetime, now: datetime) -> Said:
    zone = book.clock.zone
    return Said(event.name, spoken_moment(was, zone), spoken_moment(now, zone), event.row.place)


def _posts(book: Book, event: EventCard, date: datetime, by: timedelta) -> Iterable[Correction]:
    """What was published of the whole, and of each stop; ``by``: so much later these are."""
    stops = {one.id: one for one in stops_store.of(book.con, event.id)}
    gone = told.rows(book.con, GONE)  # posts of dropped stops of which it was said
    for line in events.plan(book, event.id):
        if line.state != DONE or not publishes(line):
            continue
        stop = stops.get(line.stop_id or 0)
        was = line.published_for or (stop or event.row).starts_at
        to = stop.starts_at + by if stop else date
        said = _said(book, event, was, to)
        if stop is not None:
            said = said._replace(place=stop.place)
        if stop is not None and not stop.open:
            if line.id in gone:
                continue
            text = said.cancelled()
            to = was
        elif was == to:
            continue
        else:
            text = said.post(line.channel)
        channel = msg(CHANNEL_LABELS.get(line.channel, line.channel))
        off = stop is not None and not stop.open
        yield Correction(POST, line.id, line.label, channel, was, to, text, off=off)


def _people(
    book: Book, event: EventCard, moves: Sequence[Move], date: datetime
) -> Iterable[Correction]:
    """Who said that they come, who declined for the time, and at once everybody else who signed
    up for another date."""
    outcomes = own_kinds.outcomes(book)
    known = [one for lane in outcomes.sets.values() for one in lane.all]
    asked = attendance.answered(book.con, event.id, {one.code for one in known if one.answered})
    others = 0
    for one in asked:
        outcome = outcomes.outcome(REMINDER, one.lane, one.outcome) if one.touch else None
        coming = outcome is not None and (outcome.confirms or outcome.ask == INSTEAD)
        if not coming and one.reason not in FOR_THE_TIME:
            others += outcome is None or not outcome.ends
            continue
        was = date_said(moves, date, touch=one.touch, told=one.told)
        if was == date or outcome is None:
            continue
        who = called(one.person_id, one.person, one.company, one.phone)
        said = _said(book, event, was, date)
        text = said.personal(one.person or who, coming=coming)
        why = outcomes.reason(one.reason) if one.reason else outcome.title.message
        named = Msg("{text}", {"text": who})
        yield Correction(PERSON, one.card_id, named, why, was, date, text, one.person_id)
    was = date_said(moves, date, told=told.newest(book.con, OTHERS, event.id))
    if others and was != date:
        name = nmsg(N_("{n} more who signed up"), N_("{n} more who signed up"), others)
        text = _said(book, event, was, date).post()
        yield Correction(OTHERS, event.id, name, msg(N_("all at once")), was, date, text)


def tell(book: Book, found: Sequence[Correction], event_id: int) -> Change:
    """These were put right, or told. Refused where there is none left of them."""
    event = events.get(book, event_id)
    waits = {one.key for one in of(book, event_id)}
    told_now = [one for one in found if one.key in waits]
    if not told_now:
        raise Refused(msg(N_("Nothing of this is left to correct for {event}"), event=event.name))
    names = listed([bracketed(one.name, one.why) for one in told_now[:_NAMED]])
    text = N_("Told of the new date: {who} ({event})")
    if more := len(told_now) - _NAMED:
        text = N_("Told of the new date: {who} and {n} more ({event})") if more > 0 else text
    label = msg(text, who=names, n=more, event=event.name)
    with book.change(label) as change:
        at = instant_text(book.now())
        for one in told_now:
            table = GONE if one.off else one.table
            told.put(book.con, table, one.ref, "" if one.person_id else str(one.why), at)
            if one.table == POST and not one.off:
                moves_store.publish(book.con, [one.ref], one.now)
        people = [one.person_id for one in told_now if one.person_id is not None]
        auto_lines.write(book, label, source="told", event_id=event_id, person_ids=people)
    return change


def said(found: Sequence[Correction]) -> Msg | None:
    """How much there is to put right, in a sentence; None where there is nothing."""
    posts = sum(one.table == POST for one in found)
    people = sum(one.table == PERSON for one in found)
    others = [one.name for one in found if one.table == OTHERS]
    parts: list[Msg] = []
    if posts:
        parts.append(nmsg(N_("{n} post to correct"), N_("{n} posts to correct"), posts))
    if people:
        parts.append(nmsg(N_("{n} person to ask again"), N_("{n} people to ask again"), people))
    parts += [msg(N_("{who} to tell"), who=name) for name in others]
    return listed(parts) if parts else None


_NAMED = 3
