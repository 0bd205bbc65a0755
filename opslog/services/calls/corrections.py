"""What the move of an event leaves to be put right, and that it was: posts that name another date,
people who know of another one. Who was asked by a call since is told by that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.calls.corrections import (
    GONE,
    OTHERS,
    PERSON,
    POST,
    STOP_OTHERS,
    Correction,
    Said,
)
from opslog.domain.calls.outcomes import INSTEAD, REMINDER, Outcome
from opslog.domain.calls.retries import FOR_THE_TIME
from opslog.domain.dates.wording import spoken_moment
from opslog.domain.events import texts
from opslog.domain.events.events import CHANNEL_LABELS, DONE, EventCard, PlanLine
from opslog.domain.events.kinds import ROADSHOW
from opslog.domain.events.moves import Move, date_said, named_in_post, publishes
from opslog.domain.events.stops import Stop
from opslog.domain.people.card import called
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events, message_texts
from opslog.store.calls import attendance, told
from opslog.store.calls.attendance import Answered
from opslog.store.events import moves as moves_store
from opslog.store.events import stops as stops_store


def of(book: Book, event_id: int, starts_at: datetime | None = None) -> list[Correction]:
    """What is to be put right, posts first; of an event to come. ``starts_at``: as it would be
    once the event is moved there."""
    event = events.get(book, event_id)
    date = starts_at or event.row.starts_at
    by = date - event.row.starts_at
    ends = event.row.ends_at + by if event.row.kind == ROADSHOW else date
    if event.row.cancelled_at is not None or ends <= book.now():
        return []
    stops = [_moved(book, one, by) for one in stops_store.of(book.con, event_id)]
    moves = _with(book, moves_store.of(book.con, event_id), event.row.starts_at, by)
    whole = _Day(_said(book, event, date, date), moves, date)
    found = [*_posts(book, event, date, stops), *_people(book, event, whole)]
    for stop in stops:
        if stop.open and stop.now > book.now():
            said = whole.said._replace(place=stop.stop.where)
            found += _people(book, event, _Day(said, stop.moves, stop.now, stop.stop))
        elif not stop.open and stop.stop.starts_at > book.now():
            found += _fallen_away(book, event, stop.stop, stops)
    return found


class _Stop(NamedTuple):
    """A stop, when it is (``now``), and its moves."""

    stop: Stop
    now: datetime
    moves: Sequence[Move]

    @property
    def open(self) -> bool:
        return self.stop.open


class _Day(NamedTuple):
    """What people of one list know of: the whole event, or a stop of it."""

    said: Said
    moves: Sequence[Move]
    date: datetime
    stop: Stop | None = None


def _with(book: Book, moves: list[Move], was: datetime, by: timedelta) -> list[Move]:
    return [*moves, moves_store.newest(book.con, was)._replace(at=book.now())] if by else moves


def _moved(book: Book, stop: Stop, by: timedelta) -> _Stop:
    moves = moves_store.of(book.con, stop.event_id, stop.id)
    return _Stop(stop, stop.starts_at + by, _with(book, moves, stop.starts_at, by))


def _said(book: Book, event: EventCard, was: datetime, now: datetime) -> Said:
    zone = book.clock.zone
    return Said(event.name, spoken_moment(was, zone), spoken_moment(now, zone), event.row.place)


def _posts(
    book: Book, event: EventCard, date: datetime, stops: Sequence[_Stop]
) -> Iterable[Correction]:
    """What was published of the whole, and of each stop."""
    by_id = {one.stop.id: one for one in stops}
    gone = told.rows(book.con, POST + GONE)  # posts of dropped stops of which it was said
    for line in events.plan(book, event.id):
        if line.state != DONE or not publishes(line):
            continue
        channel = msg(CHANNEL_LABELS.get(line.channel, line.channel))
        one = by_id.get(line.stop_id or 0)
        if one is not None and not one.open:
            if line.id not in gone:
                was = line.published_for or one.stop.starts_at
                text = (
                    _own(book, event, texts.OFF, one.stop, was, was, channel=line.channel)
                    or _said(book, event, was, was)._replace(place=one.stop.where).cancelled()
                )
                yield Correction(POST, line.id, line.label, channel, was, was, text, off=True)
            continue
        to = date if one is None else one.now
        was = line.published_for or (event.row if one is None else one.stop).starts_at
        said = _said(book, event, was, to)
        if one is not None:
            said = said._replace(place=one.stop.where)
        parts: list[Msg] = []
        if was != to:
            stop = None if one is None else one.stop
            mine = _own(book, event, texts.MOVED, stop, was, to, channel=line.channel)
            parts.append(mine or said.post(line.channel))
        if one is None and (route := _route(book, line, stops, to - was)):
            parts.append(said.route(route))
        if parts:
            text = parts[0] if len(parts) == 1 else listed(parts, "{first} {second}")
            yield Correction(POST, line.id, line.label, channel, was, to, text)


def _route(book: Book, line: PlanLine, stops: Sequence[_Stop], by: timedelta) -> list[Msg]:
    """The stops that are not on the days which a post of the whole named, though it moves ``by``;
    one called off is no more."""
    assert line.done_at is not None
    zone, newest = book.clock.zone, told.newest(book.con, POST, line.id)
    found = []
    for one in stops:
        was = named_in_post(one.moves, line.done_at, newest)
        if was is None:
            continue
        values = {"place": one.stop.place, "was": spoken_moment(was, zone)}
        if not one.open:
            found.append(msg(N_("{place} on {was} does not take place"), **values))
        elif one.now - was != by:
            now = spoken_moment(one.now, zone)
            found.append(msg(N_("{place} moves from {was} to {now}"), **values, now=now))
    return found


def _people(book: Book, event: EventCard, day: _Day) -> Iterable[Correction]:
    """Who said that they come, who declined for the time, and at once everybody else who signed
    up for another date."""
    if not day.moves:
        return
    stop_id = None if day.stop is None else day.stop.id
    outcomes = own_kinds.outcomes(book)
    others, zone = 0, book.clock.zone
    for one, outcome in _answered(book, event, stop_id):
        coming = _comes(outcome)
        if not coming and one.reason not in FOR_THE_TIME:
            others += outcome is None or not outcome.ends
            continue
        was = date_said(day.moves, day.date, touch=one.touch, told=one.told)
        if was == day.date or outcome is None:
            continue
        who = called(one.person_id, one.person, one.company, one.phone)
        said = day.said._replace(was=spoken_moment(was, zone), now=spoken_moment(day.date, zone))
        use = texts.COMING if coming else texts.DECLINED
        mine = _own(book, event, use, day.stop, was, day.date, name=one.person or who)
        text = mine or said.personal(one.person or who, coming=coming)
        why = outcomes.reason(one.reason) if one.reason else outcome.title.message
        named = Msg("{text}", {"text": who})
        yield Correction(PERSON, one.card_id, named, why, was, day.date, text, one.person_id)
    table, ref = (OTHERS, event.id) if stop_id is None else (STOP_OTHERS, stop_id)
    was = date_said(day.moves, day.date, told=told.newest(book.con, table, ref))
    if others and was != day.date:
        said = day.said._replace(was=spoken_moment(was, zone), now=spoken_moment(day.date, zone))
        text = _own(book, event, texts.MOVED, day.stop, was, day.date) or said.post()
        name = _others(others, day.stop)
        yield Correction(table, ref, name, _AT_ONCE, was, day.date, text)


def _fallen_away(
    book: Book, event: EventCard, stop: Stop, stops: Sequence[_Stop]
) -> Iterable[Correction]:
    """Who signed up for a stop that was called off, whoever said that they come by name: each is
    told, and offered the next stop."""
    to_come = [one for one in stops if one.open and one.now > book.now()]
    later = [one for one in to_come if one.now > stop.starts_at] or to_come
    said = _said(book, event, stop.starts_at, stop.starts_at)._replace(place=stop.where)
    following = None
    if later:
        near = min(later, key=lambda one: one.now)
        following = said._replace(
            now=spoken_moment(near.now, book.clock.zone), place=near.stop.where
        )
    at, others = stop.starts_at, 0
    knows = told.rows(book.con, PERSON + GONE)
    for one, outcome in _answered(book, event, stop.id):
        if outcome is None or not _comes(outcome):
            others += outcome is None or not outcome.ends
        elif one.card_id not in knows:
            who = called(one.person_id, one.person, one.company, one.phone)
            text, named = (
                said.falls_away(one.person or who, following),
                Msg("{text}", {"text": who}),
            )
            why = outcome.title.message
            yield Correction(PERSON, one.card_id, named, why, at, at, text, one.person_id, off=True)
    if others and stop.id not in told.rows(book.con, STOP_OTHERS + GONE):
        mine, name = _off(book, event, stop, following), _others(others, stop)
        text = mine or said.falls_away("", following)
        yield Correction(STOP_OTHERS, stop.id, name, _AT_ONCE, at, at, text, off=True)


def _own(
    book: Book,
    event: EventCard,
    use: str,
    stop: Stop | None,
    was: datetime,
    now: datetime,
    *,
    channel: str = "",
    **more: Msg | str,
) -> Msg | None:
    """The operator's own text; None where opslog's is said."""
    if not own_kinds.texts(book).texts:
        return None
    found = message_texts.values(book, event, stop, channel, now)
    found["was"] = spoken_moment(was, book.clock.zone)
    return message_texts.own(book, use, channel, {**found, **more})


def _off(
    book: Book, event: EventCard, stop: Stop, following: Said | None, name: str = ""
) -> Msg | None:
    near = "" if following is None else msg("{now} {place}", **following._asdict())
    at = stop.starts_at
    return _own(book, event, texts.OFF, stop, at, at, name=name, next=near)


def _others(number: int, stop: Stop | None) -> Msg:
    name = nmsg(N_("{n} more who signed up"), N_("{n} more who signed up"), number)
    return name if stop is None else bracketed(name, stop.place)


def _answered(
    book: Book, event: EventCard, stop_id: int | None
) -> Iterable[tuple[Answered, Outcome | None]]:
    """Who is expected on a list, with what they said to the newest reminder that reached them."""
    outcomes = own_kinds.outcomes(book)
    known = [one for lane in outcomes.sets.values() for one in lane.all]
    codes = {one.code for one in known if one.answered}
    for one in attendance.answered(book.con, event.id, codes, stop_id):
        yield one, outcomes.outcome(REMINDER, one.lane, one.outcome) if one.touch else None


def _comes(outcome: Outcome | None) -> bool:
    return outcome is not None and (outcome.confirms or outcome.ask == INSTEAD)


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
            table = one.table + GONE if one.off else one.table
            told.put(book.con, table, one.ref, "" if one.person_id else str(one.why), at)
            if one.table == POST and not one.off:
                moves_store.publish(book.con, [one.ref], one.now)
        people = [one.person_id for one in told_now if one.person_id is not None]
        auto_lines.write(book, label, source="told", event_id=event_id, person_ids=people)
    return change


def said(found: Sequence[Correction]) -> Msg | None:
    """How much there is to put right, in a sentence; None where there is nothing."""
    posts = sum(one.table == POST for one in found)
    people = sum(one.table == PERSON and not one.off for one in found)
    off = sum(one.table == PERSON and one.off for one in found)
    others = [one.name for one in found if one.table in (OTHERS, STOP_OTHERS)]
    parts: list[Msg] = []
    if posts:
        parts.append(nmsg(N_("{n} post to correct"), N_("{n} posts to correct"), posts))
    if people:
        parts.append(nmsg(N_("{n} person to ask again"), N_("{n} people to ask again"), people))
    if off:
        parts.append(
            nmsg(
                N_("{n} person whose stop falls away"), N_("{n} people whose stop falls away"), off
            )
        )
    parts += [msg(N_("{who} to tell"), who=name) for name in others]
    return listed(parts) if parts else None


_NAMED = 3
_AT_ONCE = msg(N_("all at once"))
