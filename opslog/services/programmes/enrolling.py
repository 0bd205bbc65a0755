"""Who enters a programme, who leaves it, who waits and who comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from opslog.domain.base import codes
from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_day
from opslog.domain.people.card import called
from opslog.domain.programmes import schedule
from opslog.domain.programmes.entering import ALL, LATE, LATE_LABELS, NONE, Candidate
from opslog.domain.programmes.programme import Programme
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.programmes import entering
from opslog.services.programmes.held import HAND
from opslog.services.programmes.members import next_of
from opslog.services.programmes.programmes import programme as get_programme
from opslog.services.programmes.sending import get, gone, name, settle
from opslog.services.programmes.timetable import Timetable
from opslog.store.people import card as people
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import ACTIVE, FINISHED, MISSED, PAUSED, Enrolled
from opslog.store.programmes.enrolments import LEFT as LEFT_STATE
from opslog.store.programmes.entering import Met

_LONGEST_WHY = 200  # signs


def of_person(book: Book, person_id: int) -> list[Enrolled]:
    """Every programme somebody is or was in, the oldest first."""
    return store.of_person(book.con, person_id)


def elsewhere(book: Book, person_id: int, code: str) -> Msg | None:
    """Another programme that somebody is in, and that keeps them out of this one."""
    inside = [one for one in of_person(book, person_id) if one.state in (ACTIVE, PAUSED)]
    if not inside or any(one.programme == code for one in inside):
        return None
    rules = Timetable(book).programme(inside[0].programme)
    return rules.named if rules else Msg("{text}", {"text": inside[0].programme})


def candidates(book: Book, programme: str) -> Sequence[Candidate]:
    """Whom the programme's rules name and who did not enter since, each once, by the first rule
    that does; those who can't are among them and say why."""
    return entering.of_rules(book, get_programme(book, programme))


def enter(
    book: Book,
    programme: str,
    person_ids: Iterable[int],
    *,
    step: str = "",
    late: str = "newest",
    beside: bool = False,
) -> Change:
    """People into a programme, at its beginning or at a ``step`` of it, which is then due now.

    Somebody whom a rule names is counted from their own date; of what lies behind already they
    get the ``newest`` step, ``all`` from the beginning, or ``none``. ``beside``: though they are in
    another. Whoever can't enter is named in ``left``; Refused where that is everybody, for a
    programme, a step or a ``late`` that there is none of.
    """
    rules = checked(book, programme, step=step, late=late)
    with book.change(msg(N_("Programmes"))) as change:
        ids = [*dict.fromkeys(people.living(book.con, one) for one in person_ids)]
        persons = {one.id: one for one in people.many(book.con, ids)}
        table = Timetable(book)
        overdue = settle(book, table)
        out = entering.left_out(book, rules, ids, beside=beside)
        own = {one.person_id: one for one in candidates(book, programme)} if not step else {}
        met = entering.met_at(book, rules, [id for id in ids if id not in own])
        entered: list[str] = []
        last = 0
        for person in (persons[id] for id in ids if id in persons):
            who = called(person.id, person.name, person.company, person.phone)
            why = msg(N_("erased")) if person.erased else out.get(person.id)
            if why is None:
                one = own.get(person.id), met.get(person.id)
                why = _enter(book, table, rules, person.id, person.title, one, step, late, beside)
            if why is not None:
                change.left.append(msg(N_("{person}: {why}"), person=who, why=why))
                continue
            entered.append(who)
            last = person.id
        if not entered:
            raise Refused(change.left[0] if change.left else msg(N_("Nobody was named")))
        years = {table.today.year, table.today.year + 1}
        change.left += [*_unpublished(table, rules, years), *overdue]
        change.label = (
            _with_next(
                book,
                table,
                msg(N_("{person} into “{programme}”"), person=entered[0], programme=rules.named),
                max(one.id for one in store.of_person(book.con, last)),
            )
            if len(entered) == 1
            else nmsg(
                "{n} person into “{programme}”",
                "{n} people into “{programme}”",
                len(entered),
                programme=rules.named,
            )
        )
    return change


def late_meant(words: str) -> str:
    """The ``late`` that its code or the word for it means; the words where that is none."""
    return codes.code_of(words, LATE_LABELS) or words


def checked(book: Book, programme: str, *, step: str = "", late: str = "newest") -> Programme:
    """The programme; Refused where there is none, or no such ``step`` or ``late``."""
    rules = get_programme(book, programme)
    if late not in LATE:
        known = codes.known(LATE_LABELS)
        raise Refused(msg(N_("“{late}” is not known; known: {known}"), late=late, known=known))
    if step and rules.step(step) not in rules.running:
        known = listed(one.id for one in rules.running)
        said = N_("“{step}” is no step that runs now; known: {known}")
        raise Refused(msg(said, step=step, known=known))
    return rules


def _unpublished(table: Timetable, rules: Programme, years: set[int]) -> list[Msg]:
    """That days of a year may still move, where the programme reaches into it."""
    last = schedule.wanted(rules.running[-1], table.today)
    text = N_("The days off of {year} are not published yet; messages then may move")
    return [
        msg(text, year=year)
        for year in sorted(years)
        if year <= last.year and not table.workdays.published(year)
    ]


def _enter(
    book: Book,
    table: Timetable,
    rules: Programme,
    person_id: int,
    title: str,
    by: tuple[Candidate | None, Met | None],
    step: str,
    late: str,
    beside: bool,
) -> Msg | None:
    """Write one; what stands against it instead. ``by``: the rule that names them, else the event
    they were met at."""
    today, (candidate, met) = table.today, by
    source = candidate or met
    chosen = rules.step(step) if step else None
    start = today
    if chosen is not None:
        start = schedule.start_for(chosen, today)
    elif candidate is not None and late != ALL:
        start = candidate.on
    plan = table.plan(rules.code, start)
    first = next((n for n, one in enumerate(plan) if one.step == chosen), 0)
    if chosen is None:
        soonest = schedule.workday(today, table.workdays.is_workday)  # a step of that day is newer
        passed = [n for n, one in enumerate(plan) if one.on <= soonest]
        first = max(passed, default=0)
        if late == NONE and passed and plan[first].on < today:
            first += 1
    if first >= len(plan):
        return msg(N_("every step lies behind"))
    # A step that was chosen is due now, though days off would have moved those before it.
    day = today if chosen is not None else max(plan[first].on, today)
    on = schedule.workday(day, table.workdays.is_workday)
    now = instant_text(book.now())
    store.add(
        book.con,
        person_id=person_id,
        programme=rules.code,
        version=rules.version,
        started_on=start.isoformat(),
        entered_at=now,
        next_step=plan[first].step.id,
        next_on=on.isoformat(),
        slot=table.slot(rules.code, plan[first].step, title),
        state=ACTIVE,
        state_at=now,
        beside=beside,
        from_event_id=source and source.event_id,
        from_roster_id=source and source.roster_id,
        entered_by="rule" if candidate else "",
    )
    return None


def leave(book: Book, enrolment_ids: Iterable[int], why: str = HAND) -> Change:
    """Out of the programme for good; the place stays written. ``why``: a code of held.LEFT, or
    words of one's own."""
    why = storable(" ".join(why.split()))[:_LONGEST_WHY] or HAND

    def write(one: Enrolled, _table: Timetable) -> Msg | None:
        if one.state not in (ACTIVE, PAUSED):
            return msg(N_("in no programme now"))
        store.end(book.con, one.id, LEFT_STATE, why, book.now())
        return None

    one = N_("{person} out of “{programme}”")
    return _many(
        *(book, enrolment_ids, write, one),
        lambda n: nmsg("{n} person out of a programme", "{n} people out of a programme", n),
    )


def pause(book: Book, enrolment_ids: Iterable[int]) -> Change:
    """Nothing goes out until it goes on; what is left of the programme is kept."""

    def write(one: Enrolled, _table: Timetable) -> Msg | None:
        if one.state == PAUSED:
            return msg(N_("waits already"))
        if one.state != ACTIVE:
            return msg(N_("in no programme now"))
        store.end(book.con, one.id, PAUSED, "", book.now())
        return None

    one = N_("{person}: “{programme}” waits")
    return _many(
        *(book, enrolment_ids, write, one),
        lambda n: nmsg("A programme waits for {n} person", "A programme waits for {n} people", n),
    )


def resume(book: Book, enrolment_ids: Iterable[int]) -> Change:
    """The steps that are left come as many days later as it waited."""

    def write(one: Enrolled, table: Timetable) -> Msg | None:
        if one.state != PAUSED:
            return msg(N_("nothing waits"))
        since = one.state_at.astimezone(book.clock.zone).date()
        start = one.started_on + max(table.today - since, timedelta())
        plan = table.plan(one.programme, start)
        place = next((p for p in plan if p.step.id == one.next_step), None)
        if place is None:
            return msg(N_("the programme has no such step any more"))
        on = schedule.workday(max(place.on, table.today), table.workdays.is_workday)
        store.change(
            book.con,
            one.id,
            state=ACTIVE,
            state_at=instant_text(book.now()),
            started_on=start.isoformat(),
            next_on=on.isoformat(),
        )
        return None

    one = N_("{person}: “{programme}” goes on")
    return _many(
        *(book, enrolment_ids, write, one),
        lambda n: nmsg(
            "A programme goes on for {n} person", "A programme goes on for {n} people", n
        ),
    )


def move(book: Book, enrolment_ids: Iterable[int], step: str) -> Change:
    """Another step comes next, on the next working day, and those behind it keep their distance;
    who was paused goes on, as does who came to the end by missing the last one. Nobody gets a step
    twice; one that was missed they get."""

    def write(one: Enrolled, table: Timetable) -> Msg | None:
        became = store.sendings(book.con, one.id)
        missed = {id for id, made in became.items() if made.state == MISSED}
        ended = one.state == FINISHED and one.next_step in missed
        if ended and (other := elsewhere(book, one.person_id, one.programme)) is not None:
            return msg(N_("in “{programme}” already"), programme=other)
        if one.state not in (ACTIVE, PAUSED) and not ended:
            return msg(N_("in no programme now"))
        rules = table.programme(one.programme)
        wanted = next((s for s in rules.running if s.id == step), None) if rules else None
        if wanted is None:
            return msg(N_("the programme has no such step any more"))
        behind = {id: table.step(one.programme, id) for id in became}
        past = {id for id, each in behind.items() if each is not None and each.day >= wanted.day}
        if past - missed:
            return msg(N_("they are past that step"))
        store.not_missed(book.con, one.id, past)
        on = schedule.workday(table.today, table.workdays.is_workday)
        slot = table.slot(one.programme, wanted, one.title)
        store.go_on(book.con, one.id, step, on, slot)
        start = schedule.start_for(wanted, on)
        now = instant_text(book.now())
        store.change(book.con, one.id, state=ACTIVE, state_at=now, started_on=start.isoformat())
        return None

    one = N_("{person}: another step of “{programme}”")
    return _many(
        *(book, enrolment_ids, write, one),
        lambda n: nmsg("Another step for {n} person", "Another step for {n} people", n),
    )


def _many(
    book: Book,
    ids: Iterable[int],
    write: Callable[[Enrolled, Timetable], Msg | None],
    label: str,
    of_many: Callable[[int], Msg],
) -> Change:
    """One change for all; those for whom ``write`` says why not are named in ``left``."""
    with book.change(msg(N_("Programmes"))) as change:
        table = Timetable(book)
        done: list[Enrolled] = []
        for one in store.by_ids(book.con, dict.fromkeys(ids)):
            why = write(one, table)
            if why is None:
                done.append(one)
            else:
                change.left.append(msg(N_("{person}: {why}"), person=name(one), why=why))
        if not done:
            raise Refused(change.left[0]) if change.left else gone()
        inside = table.programme(done[0].programme)
        title: object = inside.named if inside else done[0].programme
        if len(done) > 1:
            change.label = of_many(len(done))
            return change
        change.label = msg(label, person=name(done[0]), programme=title)
        if get(book, done[0].id).state == ACTIVE:
            change.label = _with_next(book, table, change.label, done[0].id)
    return change


def _with_next(book: Book, table: Timetable, label: Msg, enrolment_id: int) -> Msg:
    """What was done to somebody, and what they get next, when; or that nothing is left."""
    one = get(book, enrolment_id)
    code, on = next_of(table, one)
    step = table.step(one.programme, code)
    if step is None or on is None:
        return msg(N_("{text}; nothing is left to be sent"), text=label)
    day = short_day(max(on, table.today), table.today)
    return msg(N_("{text}: {step}, {day}"), text=label, step=step.named, day=day)
