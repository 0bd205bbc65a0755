"""Plans of the operator's own: entered, changed, paused, ended; their turns come by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.meant import Choice, meant
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_day
from opslog.domain.events.calendar_days import Coming, OwnPlan
from opslog.domain.events.events import FLOATING, HAND, MISSED, PINNED, RESTED, PlanLine
from opslog.domain.events.plans import routines as rules
from opslog.domain.events.plans.playbooks import Playbook
from opslog.domain.events.plans.routines import Made, Routine, Turn, said_every
from opslog.locale import LANGUAGES, N_, Msg, msg, nmsg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import form
from opslog.services.events.plans import playbooks
from opslog.services.events.plans.steps import NO_WORDS, midnight, step, write_done
from opslog.store.events import events as events_store
from opslog.store.events import routines as store

_TURNS = 8  # that are shown of one
_CANDIDATES = 6  # named in a refusal


class Draft(NamedTuple):
    """A plan of one's own as typed in."""

    name: str
    playbook: str
    starts_on: date
    every: str = ""
    until: date | None = None


class Row(NamedTuple):
    """One of them with how its newest turn stands."""

    routine: Routine
    steps: int
    done: int
    late: int
    missed: int
    next_step: PlanLine | None

    @property
    def id(self) -> int:
        return self.routine.id


def listing(book: Book) -> list[Row]:
    """Those that go on by what comes next, then paused ones, then those that are over."""
    make_due(book)
    return [_row(book, routine) for routine in store.every(book.con)]


def get(book: Book, routine_id: int) -> Row:
    """Raises Refused where it is gone."""
    return _row(book, _get(book, routine_id))


def there(book: Book, routine_id: int) -> bool:
    return store.get(book.con, routine_id) is not None


def of_step(book: Book, line: PlanLine) -> int:
    """Whose step it is, of one that is no event's."""
    routine = store.of_plan(book.con, line.plan_id)
    assert routine is not None  # a plan is of an event or of a routine
    return routine.id


def plan(book: Book, routine_id: int) -> list[PlanLine]:
    """The steps of its newest turns, in order of time."""
    which = (
        f"plan_id IN (SELECT id FROM plan WHERE routine_id=? ORDER BY anchor DESC LIMIT {_TURNS})"
    )
    return events_store.plan_lines(book.con, which, routine_id, book.now())


def of_turn(book: Book, routine: Routine) -> list[PlanLine]:
    """The steps of its newest turn, in order of time."""
    if routine.turn is None:
        return []
    return events_store.plan_lines(book.con, "plan_id=?", routine.turn.id, book.now())


def resolve(book: Book, words: str) -> int:
    """The one a person means, as of events. Raises Refused naming the candidates."""
    make_due(book)
    every = store.every(book.con)
    found = meant(words, (Choice(r.id, (r.name,), (r.playbook,), not r.goes_on) for r in every))
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(
            msg(
                N_("“{words}” could be any of: {plans}; give the number"),
                words=words,
                plans=in_turn(f"{one.id} {one.names[0]}" for one in found[:_CANDIDATES]),
            )
        )
    text = N_("No plan of your own is called “{words}”; see them with: opslog plan list")
    raise Refused(msg(text, words=words))


# -- entered and changed ----------------------------------------------------------------------


def read_draft(book: Book, fields: Mapping[str, str]) -> Draft:
    """Name, playbook, on, every, until as they are typed; what is left out the playbook says.

    Raises Refused for a playbook that there is not, and what is no day or interval.
    """
    known = own_kinds.routines(book)
    code = _playbook(known, fields.get("playbook", ""))
    playbook, today = known[code], book.today()
    on, every, until = (fields.get(key, "").strip() for key in ("on", "every", "until"))
    day = _day(book, on, today) if on else rules.first_day(playbook, today)
    ends = _day(book, until, day) if until else None
    if ends is not None and ends < day:
        raise Refused(msg(N_("It would end before it begins; check the two days")))
    name = storable(" ".join(fields.get("name", "").split())) or str(playbook.label)
    how_often = rules.read_every(every) if every else playbook.every
    return Draft(name, code, day, how_often, ends)


def written(routine: Routine) -> dict[str, str]:
    """The fields as one would type them to get it."""
    return {
        "name": routine.name,
        "playbook": routine.playbook,
        "on": routine.starts_on.isoformat(),
        "every": routine.every or "once",
        "until": "" if routine.until is None else routine.until.isoformat(),
    }


def preview(book: Book, draft: Draft) -> Made:
    """The first turn it would have. Raises Refused where there is none."""
    made = rules.turn(_of(draft, draft.starts_on), _text_of(book, draft), playbooks.present(book))
    if made is None:
        raise Refused(msg(N_("No turn of it would begin; check the two days")))
    return made


def add(book: Book, draft: Draft) -> Change:
    """A new one with its first turn, or where that is past the newest; ``made`` is its id."""
    made = preview(book, draft)
    with book.change(msg(N_("New plan: {plan}"), plan=draft.name)) as change:
        routine = _of(draft, draft.starts_on)
        change.made = store.insert(book.con, routine, book.now())
        _put(book, change.made, routine.playbook, made, 0)
        text = N_("Plan {plan}: {day}, {every}")
        day = short_day(made.anchor, book.today())
        line = msg(text, plan=draft.name, day=day, every=said_every(draft.every))
        auto_lines.write(book, line, source="step")
    return change


def edit(book: Book, routine_id: int, draft: Draft) -> Change:
    """Another name, day, interval or playbook. The newest turn is made anew where nothing of it
    was touched; else it stays, and the next is the first by the new rule."""
    old = _get(book, routine_id)
    changed = _of(draft, old.since)._replace(
        id=old.id, paused_at=old.paused_at, ended_at=old.ended_at, turn=old.turn
    )
    same = changed._replace(name=old.name) == old
    with book.change(msg(N_("Changed: {plan}"), plan=draft.name)) as change:
        change.made = old.id
        if same:
            if changed != old:
                store.update(book.con, changed)
            return change
        first = (
            min(draft.starts_on, book.today()) if old.starts_on != draft.starts_on else old.since
        )
        changed = changed._replace(since=max(first, draft.starts_on))
        if old.turn is not None and _untouched(book, old.turn):
            store.delete_turn(book.con, old.turn.id)
            changed = changed._replace(turn=None)
        store.update(book.con, changed)
        left = _get(book, old.id)
        if not _make(book, changed) and left.turn is not None:
            playbook = _text_of(book, draft)
            after = rules.next_on(left, playbook, playbooks.present(book))
            store.set_next(book.con, left.turn.id, after)
        if changed.rests_since is not None:
            _rest(book, changed.id, changed.rests_since)
    return change


def pause(book: Book, routine_id: int) -> Change:
    """Nothing of it is due or missed, and no turn comes, until it is taken up again."""
    routine = _get(book, routine_id)
    return _set(book, routine, N_("Paused: {plan}"), routine._replace(paused_at=book.now()))


def resume(book: Book, routine_id: int) -> Change:
    """It goes on from today; turns of the time between are not missed, and what rested is open
    again where it can be done still."""
    routine, since = _get(book, routine_id), _get(book, routine_id).rests_since
    if since is None:
        raise Refused(msg(N_("“{plan}” is going on already"), plan=routine.name))
    with book.change(msg(N_("Goes on: {plan}"), plan=routine.name)) as change:
        _rest(book, routine_id, since)
        again = routine._replace(paused_at=None, ended_at=None, since=_since(routine, book.today()))
        store.update(book.con, again)
        playbook = own_kinds.routines(book).get(again.playbook)
        if not _make(book, again) and again.turn is not None and playbook is not None:
            present = playbooks.present(book)
            store.set_next(book.con, again.turn.id, rules.next_on(again, playbook, present))
            lines = events_store.plan_lines(
                book.con, "plan_id=?", again.turn.id, book.now(), ticked=True
            )
            whole = rules.span(_get(book, routine_id), present)
            _write(book, lines, rules.taken_up(lines, since, whole, present, playbook))
    return change


def _rest(book: Book, routine_id: int, since: datetime) -> None:
    """Inside an open change: what was open of it by then rests with it."""
    which = "plan_id IN (SELECT id FROM plan WHERE routine_id=?)"
    lines = events_store.plan_lines(book.con, which, routine_id, book.now(), ticked=True)
    _write(book, lines, [rules.at_rest(line, since) for line in lines])


def _write(book: Book, before: Sequence[PlanLine], after: Sequence[PlanLine]) -> None:
    for old, new in zip(before, after, strict=True):
        if new != old:
            events_store.update_line(book.con, new)


def _since(routine: Routine, today: date) -> date:
    return max(routine.since, today) if routine.every else routine.since


def end(book: Book, routine_id: int) -> Change:
    """It is over: nothing of it is due any more. Undo brings it back, and so does ``resume``."""
    routine = _get(book, routine_id)
    return _set(book, routine, N_("Ended: {plan}"), routine._replace(ended_at=book.now()))


def _set(book: Book, routine: Routine, text: str, new: Routine) -> Change:
    label = msg(text, plan=routine.name)
    with book.change(label) as change:
        if new.goes_on != routine.goes_on or (routine.ended_at is None) != (new.ended_at is None):
            store.update(book.con, new)
            _rest(book, routine.id, book.now())
            auto_lines.write(book, label, source="step")
    return change


def add_step(book: Book, routine_id: int, title: str, when: datetime) -> Change:
    """A step of the newest turn alone. Raises Refused where the title is empty."""
    routine = _get(book, routine_id)
    title = storable(" ".join(title.split()))
    if not title or routine.turn is None:
        raise Refused(NO_WORDS)
    span = rules.span(routine, playbooks.present(book))
    local = when.astimezone(book.clock.zone)
    line = PlanLine(
        *(0, 0, "", title, "", "start", (local.date() - routine.turn.anchor).days, 0),
        clock=local.time().replace(second=0),
        channel="",
        phase="day",
        due_at=when,
        planned_at=None,
        closes_at=max(span.end, when + timedelta(days=1)),
        lead_days=1,
        why=(HAND,),
        state=PINNED,
    )
    with book.change(msg(N_("New step: {step}"), step=title)) as change:
        change.made = events_store.insert_into(book.con, routine.turn.id, line)
    return change


# -- what ticks them off ------------------------------------------------------------------------


def waiting_for(book: Book, evidence: str) -> list[int]:
    """Steps on Today, or late, that this act ticks off."""
    today = book.today()

    def now(line: PlanLine) -> bool:
        day = line.due_at.astimezone(book.clock.zone).date()
        return line.open and day - timedelta(days=line.lead_days) <= today

    return [
        line.id
        for row in listing(book)
        if row.routine.goes_on
        for line in plan(book, row.id)
        if line.evidence == evidence and now(line)
    ]


def prove(book: Book, evidence: str) -> Change | None:
    """What was just made ticks these off; None where none waited, or the file can't be written."""
    with own_files.in_passing(book) as may:
        ids = waiting_for(book, evidence) if may else []
        if ids:
            label = msg(N_("Done: {step}"), step=in_turn(step(book, id).label for id in ids))
            with book.change(label) as change:
                for step_id in ids:
                    write_done(book, step_id)
            return change
    return None


def to_come(book: Book, first: date, last: date) -> list[Coming]:
    """What turns that are not made yet will have to do between two days, in order of time; nothing
    of the past, and nothing is made."""
    first = max(first, book.today())
    if first > last:
        return []
    found, present = [], playbooks.present(book)
    for routine in store.every(book.con):
        if not routine.goes_on or routine.turn is None or routine.turn.next_on is None:
            continue
        playbook = own_kinds.routines(book).get(routine.playbook)
        if playbook is None:
            continue
        whose = OwnPlan(routine.id, routine.name, routine.every)
        for begins, lines in rules.to_come(routine, playbook, first, last, present):
            found += [Coming(whose, begins, line) for line in lines]
    return sorted(found, key=lambda one: (one.line.due_at, one.plan.id))


# -- turns ------------------------------------------------------------------------------------


def make_due(book: Book) -> None:
    """The turns whose day has come, each one change of its own that nobody pressed a key for. They
    wait where the file can't be written just now."""
    if not events_store.turn_due(book.con, book.today().isoformat()):
        return
    with own_files.in_passing(book) as may:
        for routine in store.every(book.con) if may else ():
            turn = routine.turn
            if not routine.goes_on or turn is None or turn.next_on is None:
                continue
            if turn.next_on <= book.today():
                label = msg(N_("Next turn: {plan}"), plan=routine.name)
                with book.change(label, by_itself=True):
                    _make(book, routine)


def _make(book: Book, routine: Routine) -> bool:
    """Inside an open change: the turn that is to be made now; whether there is one. What an older
    one left open is missed."""
    playbook = own_kinds.routines(book).get(routine.playbook)
    if playbook is None:
        return False
    made = rules.turn(routine, playbook, playbooks.present(book))
    if made is None:
        return False
    newest = _get(book, routine.id).turn  # an older one, where the newest is made anew
    if newest is not None and made.anchor <= newest.anchor:
        return False
    if store.undone(book.con, routine.id, made.anchor):  # whoever took it back does not want it
        if routine.turn is not None:
            store.set_next(book.con, routine.turn.id, made.next_on)
        return False
    for line in plan(book, routine.id):
        if line.state == PINNED and line.due_at < midnight(book):
            events_store.update_line(book.con, line._replace(state=MISSED))
    missed = tuple(
        day
        for day in made.missed
        if routine.turn is not None and not store.undone(book.con, routine.id, day)
    )
    _put(book, routine.id, routine.playbook, made, len(missed))
    if missed:
        auto_lines.write(book, _missed(book, routine, missed), source="step")
    return True


def _missed(book: Book, routine: Routine, days: tuple[date, ...]) -> Msg:
    first, last = (short_day(day, book.today()) for day in (days[0], days[-1]))
    return nmsg(
        N_("{plan}: the turn of {first} was missed"),
        N_("{plan}: {n} turns were missed, {first} to {last}"),
        len(days),
        plan=routine.name,
        first=first,
        last=last,
    )


def _put(book: Book, routine_id: int, name: str, made: Made, missed: int) -> None:
    version = own_kinds.routine_version(book, name)
    turn = Turn(0, made.anchor, made.next_on, missed, version)
    store.insert_turn(book.con, routine_id, turn, made.lines)


def _untouched(book: Book, turn: Turn) -> bool:
    """Whether nothing of a turn was done, moved, given up, added or said."""
    lines = events_store.plan_lines(book.con, "plan_id=?", turn.id, book.now(), ticked=True)
    return all(
        (line.state in (FLOATING, MISSED) or RESTED in line.why)
        and line.key
        and not (line.note or line.words or any(item.done_at for item in line.items))
        for line in lines
    )


# -- pieces -----------------------------------------------------------------------------------


def _get(book: Book, routine_id: int) -> Routine:
    found = store.get(book.con, routine_id)
    if found is None:
        text = N_("There is no plan {id} of your own; see them with: opslog plan list")
        raise Refused(msg(text, id=routine_id))
    return found


def _row(book: Book, routine: Routine) -> Row:
    lines = [
        line
        for line in of_turn(book, routine)
        if line.state != "dropped" or (RESTED in line.why and not routine.goes_on)
    ]
    today = midnight(book)
    return Row(
        routine,
        len(lines),
        sum(line.state == "done" for line in lines),
        sum(line.late(today) for line in lines) if routine.goes_on else 0,
        sum(line.state == MISSED for line in lines),
        next((line for line in lines if line.open), None) if routine.goes_on else None,
    )


def _of(draft: Draft, since: date) -> Routine:
    return Routine(0, *draft, since, None, None, None)


def _text_of(book: Book, draft: Draft) -> Playbook:
    known = own_kinds.routines(book)
    return known[_playbook(known, draft.playbook)]


def _playbook(known: Mapping[str, Playbook], words: str) -> str:
    """Its name, or what it is called in either language. Raises Refused naming all there are."""
    said = words.strip().casefold()
    for code, one in known.items():
        called = {code, code.replace("_", " "), *(one.label.render(lang) for lang in LANGUAGES)}
        if said in {name.casefold() for name in called}:
            return code
    raise Refused(
        msg(
            N_("“{words}” is no playbook of your own plans; there are: {names}"),
            words=words,
            names=listed(known),
        )
    )


def _day(book: Book, text: str, usual: date) -> date:
    moment = form.read_moment(book, text, book.clock.at(usual))
    return moment.astimezone(book.clock.zone).date()
