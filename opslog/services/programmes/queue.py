"""Today's messages, and all that is wanted in sight for one of them.

What a day costs goes by what is shown and by what happened lately, not by how many people are in
programmes: those due are counted from an index, and only the first of each hour are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.contact_limits import Touched
from opslog.domain.dates.wording import spoken_day
from opslog.domain.programmes import contents as contents_rules
from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import Step, slot_title
from opslog.domain.programmes.queue import (
    Answered,
    Day,
    Held,
    MessageCard,
    MessageLine,
    Passed,
    Slot,
)
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.programmes import contents, groups
from opslog.services.programmes.held import LANES, Holding, holdings, kept, limited
from opslog.services.programmes.programmes import RATED
from opslog.services.programmes.sending import get
from opslog.services.programmes.timetable import Timetable
from opslog.services.programmes.words import Words
from opslog.store.events import basics
from opslog.store.programmes import answered as answers_store
from opslog.store.programmes import counts
from opslog.store.programmes import enrolments as store
from opslog.store.programmes import held as held_store
from opslog.store.programmes.enrolments import ACTIVE, SENT, SKIPPED, Enrolled
from opslog.store.rosters import occasions
from opslog.store.screening import rounds

_NEWEST = 1_000  # messages; more say nothing new about which programmes write
_SHOWN = 60  # people of a held group that are named


def day(book: Book, *, first: int = 60) -> Day:
    """Who is to be written to now; the ``first`` people of the first hour, and a third as many of
    each behind it."""
    with book.one_moment():
        table, words = Timetable(book), Words(book)
        held = holdings(book, table)
        slots, over = _slots(book, table, words, held, first)
        while over:  # by a limit that is looked at for those shown
            held |= over
            slots, over = _slots(book, table, words, held, first)
        midnight = instant_text(book.clock.at(table.today))
        until = instant_text(book.clock.at(table.today + timedelta(days=1)))
        since = instant_text(book.now() - RATED)
        sent = counts.sent(book.con, since, until)
        of = counts.sent_of(book.con, since, until, _NEWEST)
        aims = {code: p.target for code in of if (p := table.programme(code)) and p.target}
        return Day(
            table.today,
            sum(slot.number for slot in slots),
            counts.sent(book.con, midnight, until),
            counts.replied(book.con, midnight, until),
            counts.answered(book.con, midnight, until),
            tuple(slots),
            tuple(_answered(book)),
            (*_resting(book, table, held), *_held(held)),
            tuple(contents.stale(book)),
            (counts.answered(book.con, since, until), sent),
            (min(aims.values(), default=0.0), max(aims.values(), default=0.0)),
            sum(aim * of[code] for code, aim in aims.items()) * sent / (sum(of.values()) or 1),
        )


def still_due(book: Book, steps: Mapping[int, str]) -> set[int]:
    """Of enrolments and the step each was to get, those that are to get it still."""
    table = Timetable(book)
    return {
        one.id
        for one in store.by_ids(book.con, steps)
        if one.state == ACTIVE
        and one.next_on is not None
        and one.next_on <= table.today
        and (now := table.now(one)) is not None
        and now[0].id == steps[one.id]
    }


def _slots(
    book: Book, table: Timetable, words: Words, held: dict[int, Holding], first: int
) -> tuple[list[Slot], dict[int, Holding]]:
    """The hours of the day, and who of those shown is held by a limit all the same."""
    by_slot = groups.by_slot(table, held)
    shown: list[Enrolled] = []
    slots: list[Slot] = []
    for code in by_slot:
        lines: list[MessageLine] = []
        for group in sorted(by_slot[code], key=lambda g: (g.key[1], g.step.day, g.key[3])):
            for person in store.of_group(book.con, table.today, *group.key):
                if len(lines) >= (first if not slots else -(-first // 3)):
                    break
                if person.id not in held:
                    lines.append(_line(table, words, person, group.step))
                    shown.append(person)
        begins, ends = schedule.hours(code)
        slots.append(
            Slot(
                code,
                slot_title(code),
                book.clock.at(table.today, begins),
                book.clock.at(table.today, ends),
                sum(group.number for group in by_slot[code]),
                tuple(sorted(lines, key=lambda line: (line.programme, line.step, line.text_key))),
            )
        )
    return slots, limited(book, table, [kept(one, table.today) for one in shown])


def _line(table: Timetable, words: Words, one: Enrolled, step: Step) -> MessageLine:
    now = table.now(one)
    plan = table.plan(one.programme, one.started_on)
    passed = [plan[number].step for number in table.missed(one, now[1])] if now else []
    missed = tuple(each.named for each in passed)
    on = one.next_on
    if now and now[1].missed:  # whoever had these by a row that was merged is at this one's day
        on = plan[now[1].number].on
    late = on is not None and on < table.today and not missed
    return MessageLine(
        one.id,
        one.person_id,
        one.person,
        one.title,
        one.company,
        one.programme,
        step.id,
        step.named,
        step.stage,
        step.channel,
        words.key(one, step),
        step.by_hand,
        on if late else None,
        missed,
        all(each.by_hand for each in passed),
        not words.raw(one, step),
    )


def _answered(book: Book) -> Iterator[Answered]:
    for row in answers_store.waiting(book.con, instant_text(book.now() - answers_store.WAITS)):
        yield Answered(row["id"], row["person_id"], row["name"], row["note"], instant_of(row["at"]))


def _held(held: dict[int, Holding]) -> list[Held]:
    """The groups by reason and day; those who wait before those who left."""
    found: dict[tuple[date, str], list[Holding]] = {}
    for one in held.values():
        found.setdefault((one.until or date.max, str(one.why)), []).append(one)
    return [
        Held(
            them[0].why,
            len(them),
            them[0].until,
            tuple(one.kept.person_id for one in them[:_SHOWN]),
            them[0].until is None and bool(them[0].left),
        )
        for _key, them in sorted(found.items(), key=lambda item: item[0])
    ]


def _resting(book: Book, table: Timetable, held: dict[int, Holding]) -> Iterator[Held]:
    """Whom a day off makes wait."""
    found = groups.resting(table, held)
    if not found:
        return
    them = (one for group in found for one in store.of_group(book.con, table.today, *group.key))
    shown = islice((one.person_id for one in them if one.id not in held), _SHOWN)
    until = schedule.workday(table.today, table.workdays.is_workday)
    number = sum(group.number for group in found)
    yield Held(msg(N_("today is a day off")), number, until, tuple(shown))


def card(book: Book, enrolment_id: int) -> MessageCard:
    """Raises Refused for an enrolment that is gone, or whose programme is."""
    one, table, words = get(book, enrolment_id), Timetable(book), Words(book)
    plan = table.plan(one.programme, one.started_on)
    rules = table.programme(one.programme)
    now = table.now(one)
    place = now[1] if now else None
    step = now[0] if now else (plan[0].step if plan else None)
    if rules is None or step is None:
        said = N_("The programme “{code}” can't be read; opslog check says why")
        raise Refused(msg(said, code=one.programme))
    event, day = _event(book, one)
    text, blank = words.filled(one, step, event, day)
    piece = words.piece(one, step)
    after = table.following(one, place.number) if place else None
    week, left = _this_week(book, table, one, step)
    later = plan[place.number + 1 :] if place else []
    return MessageCard(
        _line(table, words, one, step),
        one.wecom,
        one.phone,
        one.email,
        str(rules.named),
        piece.id if piece else None,
        piece.label if piece else step.label,
        event,
        text,
        blank,
        piece.link if piece else "",
        tuple(_strip(book, one, table, words, step)),
        after.on if after else None,
        after.step.named if after else None,
        week,
        left,
        step.by_hand and not any(planned.step.by_hand for planned in later),
    )


def _event(book: Book, one: Enrolled) -> tuple[str, str]:
    """What they came by, and its day in words, of a road show that of their stop; '' of what has
    none."""
    event = basics.of(book.con, one.from_event_id)
    if event is not None:
        starts = occasions.starts(book.con, one.person_id).get(event.id, event.starts_at)
        day = starts.astimezone(book.clock.zone).date()
        return event.name, str(spoken_day(day))
    of_list = rounds.roster(book.con, one.from_roster_id) if one.from_roster_id else None
    return (of_list[0] if of_list else ""), ""


def _strip(
    book: Book, one: Enrolled, table: Timetable, words: Words, step: Step
) -> Iterator[Passed]:
    """Every step that runs, and what became of it."""
    done = store.sendings(book.con, one.id)
    answers = answers_store.of_person(book.con, one.person_id)
    plan = table.plan(one.programme, one.started_on)
    here = next((n for n, planned in enumerate(plan) if planned.step is step), 0)
    now = table.now(one)
    missed = table.missed(one, now[1]) if now else ()
    had = table.had.get(one.id, ())
    following = table.following(one, here)
    overdue = table.overdue_for(one) is not None
    for number, planned in enumerate(plan):
        made = done.get(planned.step.id)
        named = words.piece(one._replace(content_id=None), planned.step)
        label = named.label if named else planned.step.label
        said = (
            contents_rules.said(label)
            if label
            else msg(N_("as written") if planned.step.written else N_("own words"))
        )
        on = planned.on
        if made is not None:
            on = made.at.astimezone(book.clock.zone).date()
            after = [sent.at for sent in done.values() if sent.state == SENT and sent.at > made.at]
            until = min(after, default=None)
            state = made.state
            if state == SKIPPED and planned.step.id in had:
                state = SENT
            elif state == SENT and any(
                at >= made.at and (until is None or at < until) for at in answers
            ):
                state = "replied"
        elif number == here and one.state == "active":
            state = "missed" if overdue else "now"
        elif number < here:
            passed = SENT if planned.step.id in had else SKIPPED
            state = "missed" if number in missed else passed
        else:
            state = "ahead"
            if following is not None and number == here + 1:
                on = following.on
        yield Passed(planned.step.named, said, state, on)


def _this_week(book: Book, table: Timetable, one: Enrolled, step: Step) -> tuple[int, int | None]:
    """Touches in seven days, today among them, and how many more the limits allow in them."""
    clock, today = book.clock, table.today
    lane = LANES.get(step.channel, step.channel)
    since = clock.at(today - timedelta(days=6))
    touched = [
        Touched(instant_of(at).astimezone(clock.zone).date(), purpose, its_lane, bool(counts_too))
        for _person, at, purpose, its_lane, counts_too in held_store.touches(
            book.con, [one.person_id], since
        )
    ]
    had = sum(each.counts for each in touched)
    left = [
        cap.most - sum(each.counts and cap.covers(each.purpose, each.lane) for each in touched)
        for cap in own_kinds.contact_limits(book).caps
        if cap.days == 7 and cap.covers("message", lane)
    ]
    return had, max(min(left), 0) if left else None
