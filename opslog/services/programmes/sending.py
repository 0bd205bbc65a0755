"""What becomes of today's messages: sent, skipped, put off, answered.

A person sends, opslog writes it down. Each verb looks inside its transaction at where somebody is
then, so that of two windows on one queue the second is told, and nothing goes out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.calls.outcomes import MESSAGE, PHONE
from opslog.domain.calls.retries import IN, OUT, Attempt
from opslog.domain.dates.wording import short_day
from opslog.domain.people.card import called
from opslog.domain.programmes import contents as contents_rules
from opslog.domain.programmes.programme import REPLY, Step
from opslog.domain.programmes.schedule import Place
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.calling import TouchedSince, made
from opslog.services.calls.wording import moment
from opslog.services.daybook import auto_lines
from opslog.services.programmes import contents
from opslog.services.programmes.held import HAD, LANES, LATE, holdings, kept, limited
from opslog.services.programmes.timetable import Timetable
from opslog.services.programmes.words import Words
from opslog.store.calls import not_now as put_off_store
from opslog.store.calls import touches
from opslog.store.people import card as people
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import (
    ACTIVE,
    FINISHED,
    LEFT,
    MISSED,
    PAUSED,
    SENT,
    SKIPPED,
    Enrolled,
)

LOG = "call"  # whence its lines of the log are
REPLIED, ANSWERED = "replied", "answered"


def name(one: Enrolled) -> str:
    return called(one.person_id, one.person, one.company, one.phone)


def get(book: Book, enrolment_id: int) -> Enrolled:
    """Raises Refused where it is gone."""
    found = store.by_ids(book.con, [enrolment_id])
    if not found:
        raise gone()
    return found[0]


def sent(book: Book, enrolment_ids: Sequence[int], text: str = "") -> Change:
    """Messages that went out: one change and one line of the log for all of them; ``text`` where
    other words went than those that were to. Who gets nothing now is named in ``left``; Refused
    where that is everybody, TouchedSince where somebody has the step already."""
    return _many(book, enrolment_ids, SENT, storable(text.strip()))


def skip(book: Book, *enrolment_ids: int) -> Change:
    """The step is passed over, and the programme goes on."""
    return _many(book, enrolment_ids, SKIPPED, "")


def _many(book: Book, ids: Iterable[int], state: str, text: str) -> Change:
    label = msg(N_("Messages sent"))
    with book.change(label) as change:
        table, words = Timetable(book), Words(book)
        people = store.by_ids(book.con, dict.fromkeys(ids))
        held = limited(book, table, [kept(one, table.today) for one in people])
        held |= holdings(book, table)
        done: list[tuple[Enrolled, Msg]] = []
        refused: list[Refused] = []
        for one in people:
            try:
                step, place = _at(book, table, one)
                if state == SENT and (why := held.get(one.id)):
                    raise Refused(msg(N_("{person}: {why}"), person=name(one), why=why.why))
                touch = _touch(book, table, one, step, place) if state == SENT else None
            except Refused as refusal:
                refused.append(refusal)
                continue
            _close(book, table, words, one, place, state, text, touch)
            done.append((one, step.named))
        if not done:
            raise refused[0] if refused else gone()
        change.left = [refusal.message for refusal in refused]
        one, step_named = done[0]
        if len(done) > 1 and state == SKIPPED:
            change.label = nmsg("Skipped {n} message", "Skipped {n} messages", len(done))
        elif len(done) > 1:
            change.label = nmsg("Sent {n} message", "Sent {n} messages", len(done))
        elif state == SENT:
            change.label = msg(
                N_("Sent {person} a message: {step}"), person=name(one), step=step_named
            )
        else:
            text_of = N_("Skipped a message to {person}: {step}")
            change.label = msg(text_of, person=name(one), step=step_named)
        if state == SENT:
            auto_lines.write(
                book, change.label, source=LOG, person_ids=[who.person_id for who, _step in done]
            )
        change.left += settle(book, table, {who.id for who, _step in done})
    return change


def gone() -> Refused:
    return Refused(msg(N_("Nobody is in a programme there any more; undo may bring it back")))


def _at(book: Book, table: Timetable, one: Enrolled) -> tuple[Step, Place]:
    """The step that is due for somebody. Raises Refused where none is."""
    who = name(one)
    if one.state != ACTIVE:
        raise _had_today(book, table, one) or _out(table, one)
    now = table.now(one)
    if now is None:
        raise Refused(
            msg(
                N_("{person}: the programme “{code}” has no such step"),
                person=who,
                code=one.programme,
            )
        )
    if one.next_on is None or one.next_on > table.today:
        if had := _had_today(book, table, one):
            raise had
        day = short_day(one.next_on, table.today) if one.next_on else msg(N_("never"))
        raise Refused(msg(N_("{person} gets the next message {day}"), person=who, day=day))
    return now


def _out(table: Timetable, one: Enrolled) -> Refused:
    """What to say of somebody who gets nothing more."""
    programme = table.programme(one.programme)
    if one.state == FINISHED and programme is not None:
        text = N_("{person} has had all of “{programme}”; nothing more is due")
        return Refused(msg(text, person=name(one), programme=programme.named))
    return Refused(msg(N_("{person} is in no programme now"), person=name(one)))


def _had_today(book: Book, table: Timetable, one: Enrolled) -> TouchedSince | None:
    """What to say of somebody who has had a step today, be it the last one; None of others."""
    last = next(reversed(store.sendings(book.con, one.id).values()), None)
    if last is None or last.at.astimezone(book.clock.zone).date() != table.today:
        return None
    programme = table.programme(one.programme)
    step = programme.step(last.step) if programme else None
    return TouchedSince(
        msg(
            N_("{person} had “{step}” already, at {when}"),
            person=name(one),
            step=step.named if step else last.step,
            when=moment(book, last.at),
        )
    )


def _touch(book: Book, table: Timetable, one: Enrolled, step: Step, place: Place) -> int:
    """A message as a touch; of a step that is a call, the call that was logged for it since it
    was due: not one of the days of steps that were missed before it."""
    lane = LANES.get(step.channel, step.channel)
    if lane == PHONE:
        last = touches.last_touch(book.con, one.person_id)
        planned = table.plan(one.programme, one.started_on)[place.number].on
        since = book.clock.at((planned if place.missed else one.next_on) or book.today())
        if last is None or last.lane != PHONE or last.at < since:
            raise Refused(
                msg(
                    N_("{person}: {step} is a call; log it, and the step is done"),
                    person=name(one),
                    step=step.named,
                )
            )
        return last.id
    return write_touch(book, one.person_id, lane, SENT, book.now())


def write_touch(
    book: Book,
    person_id: int,
    lane: str,
    outcome: str,
    at: datetime,
    *,
    note: str = "",
    direction: str = OUT,
) -> int:
    """One message, in or out, as a touch like any other."""
    people.note_contact(book.con, person_id, instant_text(at))
    put_off_store.end(book.con, person_id)
    attempt = Attempt(0, 0, MESSAGE, lane, outcome, "", note, at)
    return touches.add_touch(book.con, attempt, person_id, counts=True, direction=direction)


def _close(
    book: Book,
    table: Timetable,
    words: Words,
    one: Enrolled,
    place: Place,
    state: str,
    text: str = "",
    touch: int | None = None,
) -> None:
    """Write what became of the step, of those missed before it, and go on to the next."""
    plan = table.plan(one.programme, one.started_on)
    now = instant_text(book.now())
    had = table.had.get(one.id, ()) if place.missed else ()
    for number in place.missed:
        step, on = plan[number]
        store.add_sending(
            book.con,
            enrolment_id=one.id,
            step=step.id,
            due_on=on.isoformat(),
            at=now,
            state=SKIPPED if step.id in had else MISSED,
        )
    step, on = plan[place.number]
    piece = words.piece(one, step) if state == SENT else None
    store.add_sending(
        book.con,
        enrolment_id=one.id,
        step=step.id,
        due_on=on.isoformat(),
        at=now,
        state=state,
        content_id=piece.id if piece and piece.id > 0 else None,  # else it ships
        content_version=piece and piece.version,
        text=(text or one.words) if state == SENT else "",
        touch_id=touch,
    )
    go_on(book, table, one, place.number)


def go_on(book: Book, table: Timetable, one: Enrolled, number: int) -> None:
    """To the step behind; behind the last one the programme has run to its end."""
    after = table.following(one, number)
    if after is None:
        last = table.plan(one.programme, one.started_on)[number].step
        store.change(book.con, one.id, next_step=last.id)  # what it grows by comes behind this
        store.end(book.con, one.id, FINISHED, "", book.now())
        return
    slot = table.slot(one.programme, after.step, one.title)
    store.go_on(book.con, one.id, after.step.id, after.on, slot)


def settle(book: Book, table: Timetable, besides: Iterable[int] = ()) -> list[Msg]:
    """Write down who has left, by a cause of before today: what is said today may be undone
    today. Whoever had the step by a row that was merged goes on, as does whoever missed it; what
    comes back says how many did."""
    late = 0
    midnight, words = book.clock.at(table.today), Words(book)
    for held in holdings(book, table).values():
        if not held.left or held.kept.id in besides:
            continue
        one = get(book, held.kept.id)
        if held.left in (HAD, LATE):
            if (now := table.now(one)) is not None:
                _close(book, table, words, one, now[1], MISSED if held.left == LATE else SKIPPED)
                late += held.left == LATE
        elif held.kept.at < instant_text(midnight):
            store.end(book.con, one.id, LEFT, held.left, book.now())
    missed = nmsg(
        N_("{n} message missed: its day is long past"),
        N_("{n} messages missed: their day is long past"),
        late,
    )
    return [missed] if late else []


def replied(
    book: Book, enrolment_id: int, words: str = "", *, at: datetime | None = None
) -> Change:
    """Somebody wrote back, at an instant where that was not just now: they leave the programmes
    they are in, and those they had to the end, unless these say otherwise, and wait for an answer.
    Raises Refused for a time to come."""
    if at is not None and at > book.now():
        text = N_("{when} is to come; write when they answered")
        raise Refused(msg(text, when=moment(book, at)), field="at")
    one, when = get(book, enrolment_id), made(book, at)
    words = storable(" ".join(words.split()))
    label = msg(N_("{person} answered a message"), person=name(one))
    if words:
        label = msg(N_("{text}: {words}"), text=label, words=Msg("{text}", {"text": words}))
    with book.change(label) as change:
        one, table = get(book, enrolment_id), Timetable(book)
        lane = _lane(book, table, one)
        write_touch(book, one.person_id, lane, REPLIED, when, note=words, direction=IN)
        for each in store.of_person(book.con, one.person_id):
            _leaves(book, table, each)
        auto_lines.write(book, label, source=LOG, person_ids=[one.person_id], at=at)
    return change


def _leaves(book: Book, table: Timetable, one: Enrolled) -> None:
    programme = table.programme(one.programme)
    if one.state in (ACTIVE, PAUSED, FINISHED) and (programme is None or REPLY in programme.leave):
        store.end(book.con, one.id, LEFT, REPLY, book.now())


def answered(book: Book, enrolment_id: int, words: str = "") -> Change:
    """Somebody who wrote was answered."""
    one = get(book, enrolment_id)
    label = msg(N_("Answered {person}"), person=name(one))
    with book.change(label) as change:
        lane = _lane(book, Timetable(book), one)
        words = storable(words.strip())
        write_touch(book, one.person_id, lane, ANSWERED, book.now(), note=words)
        auto_lines.write(book, label, source=LOG, person_ids=[one.person_id])
    return change


def _lane(book: Book, table: Timetable, one: Enrolled) -> str:
    """By what somebody was written to last, and so answers; before that, by what they will be."""
    programme = table.programme(one.programme)
    sent = [id for id, made in store.sendings(book.con, one.id).items() if made.state == SENT]
    now = table.now(one)
    first = now[0] if now else None
    step = programme.step(sent[-1]) if programme and sent else first
    channel = step.channel if step else "wecom"
    return "wecom" if channel == "call" else channel


def opened(book: Book, enrolment_id: int) -> Change:
    """They read the newest message. Raises Refused where nothing was sent."""
    one = get(book, enrolment_id)
    label = msg(N_("{person} read the message"), person=name(one))
    with book.change(label) as change:
        if not store.opened(book.con, one.id, book.now()):
            raise Refused(msg(N_("{person} was sent nothing yet"), person=name(one)))
    return change


def all_not_now(book: Book, enrolment_ids: Sequence[int], until: datetime) -> Change:
    """``not_now`` for several as one change; whose next step comes first is named in ``left``.
    Refused where that is everybody."""
    if len(enrolment_ids) == 1:
        return not_now(book, enrolment_ids[0], until)
    with book.change(msg(N_("Message changed"))) as change:
        refused, number = list[Refused](), 0
        for id in enrolment_ids:
            try:
                not_now(book, id, until)
                number += 1
            except Refused as refusal:
                refused.append(refusal)
        if not number:
            raise refused[0] if refused else gone()
        change.left = [refusal.message for refusal in refused]
        change.label = nmsg("Put off {n} message", "Put off {n} messages", number)
    return change


def not_now(book: Book, enrolment_id: int, until: datetime) -> Change:
    """Later today, or on another day before the next step's. Raises Refused for a time past, and
    where that step comes first."""
    when = moment(book, until)
    if until <= book.now():
        raise Refused(msg(N_("{when} is past; write a later time"), when=when))

    def write(one: Enrolled, table: Timetable) -> Msg:
        _step, place = _at(book, table, one)
        local = until.astimezone(book.clock.zone)
        after = table.following(one, place.number)
        if after is not None and after.on <= local.date():
            said = N_("{person} gets the next message {day}; skip this one instead")
            day = short_day(after.on, table.today)
            raise Refused(msg(said, person=name(one), day=day))
        store.change(
            book.con, one.id, next_on=local.date().isoformat(), slot=local.strftime("%H:%M")
        )
        return msg(N_("No message now: {person}, from {when}"), person=name(one), when=when)

    return _of_one(book, enrolment_id, write)


def other_piece(book: Book, enrolment_id: int, content_id: int) -> Change:
    """Another piece of content for the next step. Raises Refused where there is none such."""

    def write(one: Enrolled, _table: Timetable) -> Msg:
        piece = contents.kept(book, content_id)
        store.change(book.con, one.id, content_id=piece.id, words="")
        label = contents_rules.said(piece.label)
        return msg(N_("{person} gets “{label}”"), person=name(one), label=label)

    return _of_one(book, enrolment_id, write)


def own_words(book: Book, enrolment_id: int, text: str) -> Change:
    """Words of one's own for the next step; '' takes those of the programme again."""

    def write(one: Enrolled, _table: Timetable) -> Msg:
        store.change(book.con, one.id, words=storable(text.strip()))
        return msg(N_("Own words for {person}"), person=name(one))

    return _of_one(book, enrolment_id, write)


def _of_one(book: Book, enrolment_id: int, write: Callable[[Enrolled, Timetable], Msg]) -> Change:
    with book.change(msg(N_("Message changed"))) as change:
        one = get(book, enrolment_id)
        table = Timetable(book)
        if one.state != ACTIVE:
            raise _out(table, one)
        change.label = write(one, table)
    return change
