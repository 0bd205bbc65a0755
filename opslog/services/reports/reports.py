"""The report of a day, a week, a month or any days: what was done, true to the last row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.dates.wording import short_moment
from opslog.domain.events.measures import MEASURES
from opslog.domain.leads.leads import RETURNED, WITH_SALES
from opslog.domain.programmes.missed import Unsent
from opslog.domain.reports import sentences
from opslog.domain.reports.figures import Figure, figures
from opslog.domain.reports.ledger import Ahead, Expected, Held, Ledger, StepLine, Steps, Waiting
from opslog.domain.reports.sentences import Section
from opslog.domain.reports.stretches import DAY, SPAN, Stretch, of
from opslog.domain.reports.sums import Sums, ToCome, sums
from opslog.domain.reports.telling.phrases import NAMED, Wording
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import by_stop, promises
from opslog.services.leads import due as leads_due
from opslog.store.events import stops as stops_store
from opslog.store.programmes import counts
from opslog.store.reports import events as events_store
from opslog.store.reports import ledger as store
from opslog.store.reports.ledger import Wanted

FIRST = datetime(1970, 1, 1, tzinfo=UTC)  # before everything
BACK = (*WITH_SALES, RETURNED)  # leads that may come back to Today
LOOKED_AHEAD = 14  # days, for the next one with something to do
NOTHING = Ahead((), (), (), ())


class Only(NamedTuple):
    """What a report is kept to; nothing: everything."""

    event_id: int = 0
    person_id: int = 0
    tag: str = ""

    def __bool__(self) -> bool:
        return any(self)


EVERYTHING = Only()


class Report(NamedTuple):
    """One report as it stands. ``before``: what it is held against, None of a single event's or
    person's."""

    sums: Sums
    before: Sums | None
    words: Wording

    @property
    def stretch(self) -> Stretch:
        return self.sums.stretch

    def figures(self) -> list[Figure]:
        return figures(self.sums, self.words)

    def figures_before(self) -> list[Figure]:
        return figures(self.before, self.words) if self.before else []

    def made(self) -> Msg:
        """When: what was undone, merged or erased since is not in it."""
        moment = short_moment(self.sums.now, self.words.zone, self.words.today)
        return msg(N_("Made by opslog from the log as it stood {when}."), when=moment)

    def heading(self) -> Msg:
        return sentences.heading(self.sums, self.words)

    def sections(self) -> list[Section]:
        return sentences.sections(self.sums, self.before, self.words)

    def text(self) -> str:
        return sentences.text(self.sums, self.before, self.words)


def report(book: Book, stretch: Stretch, only: Only = EVERYTHING) -> Report:
    """All of it from one state of the file."""
    words = Wording(
        *(own_kinds.outcomes(book), own_kinds.reasons(book), book.clock.zone, book.today()),
        typed(book, only),
        min(stretch.last, book.today()),
    )
    ledger = _ledger(book, _wanted(book, stretch.compared(book.today()), only))
    before = sums(
        ledger, words.outcomes, stretch.compared(book.today()), book.now(), ToCome(NOTHING, None)
    )
    wanted = _wanted(book, stretch, only)
    ledger = _told(book, wanted, _ledger(book, wanted))
    ahead, on = _ahead(book, stretch, only)
    starts = events_store.starts(book.con, sorted(_named(ledger, ahead)))
    called = {one.event_id for one in ledger.contacts if one.purpose == REMINDER}
    soon = [id for id, at in starts.items() if id in called and at > book.now()]
    to_come = ToCome(ahead, on, _expected(book, soon), starts)
    return Report(sums(ledger, words.outcomes, stretch, book.now(), to_come), before, words)


def _expected(book: Book, event_ids: Sequence[int]) -> tuple[Expected, ...]:
    if not event_ids:
        return ()
    from opslog.services.reports import expected  # the call desk, which few reports need

    return tuple(expected.expected(book, id) for id in event_ids)


def typed(book: Book, only: Only) -> str:
    """What it is kept to, as one types it."""
    if not only:
        return ""
    from opslog.services.events import events
    from opslog.services.people import card as person_card

    parts = []
    if only.event_id:
        parts.append(f"@{events.get(book, only.event_id).name}")
    if only.person_id:
        parts.append(f"+{person_card.get(book, only.person_id).called}")
    if only.tag:
        parts.append(f"#{only.tag}")
    return " ".join(parts)


def _named(ledger: Ledger, ahead: Ahead) -> set[int]:
    """The events that a report names."""
    some = (
        *(ledger.contacts, ledger.verdicts, ledger.lists, ledger.walk_ins),
        *(*ledger.steps, ahead.steps, ahead.promises),
    )
    return {one.event_id for rows in some for one in rows if one.event_id is not None}


def _wanted(book: Book, days: Stretch, only: Only) -> Wanted:
    end = book.clock.at(days.last + timedelta(days=1))
    return Wanted(book.clock.at(days.first), end, *only)


def _ledger(book: Book, wanted: Wanted) -> Ledger:
    con, now = book.con, book.now()
    ended = _with_stops(book, events_store.events(con, wanted, ended=True))
    ids = [event.id for event in ended]
    return Ledger(
        contacts=tuple(store.contacts(con, wanted)),
        verdicts=tuple(store.verdicts(con, wanted)),
        lists=tuple(store.lists(con, wanted)),
        walk_ins=tuple(store.walk_ins(con, wanted)),
        steps=Steps(
            done=store.steps_done(con, wanted, now),
            moved=store.steps_moved(con, wanted),
            dropped=store.steps_dropped(con, wanted),
            missed=store.steps_missed(con, wanted, now),
            open=store.steps_due(con, wanted, now, past=True),
            late=store.steps_late(con, wanted, now),
            due_done=store.steps_due_done(con, wanted, now),
        ),
        tasks_done=store.tasks_done(con, wanted),
        lines=tuple(store.lines(con, wanted)),
        events=ended,
        invited=tuple(events_store.invited(con, ids)),
        event_leads=tuple(events_store.leads(con, ids)),
        answers=store.answers(con, wanted),
        leads=tuple(store.leads(con, wanted)),
    )


def _with_stops(book: Book, ended: Sequence[Held]) -> tuple[Held, ...]:
    """Of road shows with what was typed in at their stops, too."""
    shows = {stop.event_id for stop in stops_store.of_events(book.con, [one.id for one in ended])}
    return tuple(
        _with_typed(one, _at_stops(book, one.id)) if one.id in shows else one for one in ended
    )


def _with_typed(event: Held, at_stops: dict[str, int]) -> Held:
    return event._replace(
        typed={**event.typed, **at_stops}, added=frozenset(at_stops) - event.figures.keys()
    )


def _at_stops(book: Book, event_id: int) -> dict[str, int]:
    found = by_stop.typed(book, event_id)
    return {name: round(one.value) for name, one in found.items() if name in MEASURES}


def _told(book: Book, wanted: Wanted, ledger: Ledger) -> Ledger:
    """With how far the evidence of what is open is, and what else waits: of the stretch shown, no
    other tells it."""
    steps = ledger.steps
    open, late = _how_far(book, steps.open), _how_far(book, steps.late)
    steps = steps._replace(open=open, late=late)
    return ledger._replace(steps=steps, waiting=_waiting(book, wanted))


def _waiting(book: Book, wanted: Wanted) -> Waiting:
    """As Today has it; nothing of days to come."""
    until = min(wanted.end, book.now())
    if until < wanted.start:
        return Waiting()
    con, past = book.con, wanted._replace(start=FIRST, end=until)
    calls = {newest.attempt.id for newest, at in promises.waiting(book) if at < until}
    people = {one.ref for one in leads_due.due(book) if one.due < until}
    states = {one.lead_id: one for one in store.leads(con, past, people)} if people else {}
    return Waiting(
        tuple(one for one in store.promises(con, past) if one.id in calls) if calls else (),
        store.tasks_due(con, past),
        tuple(one for one in states.values() if one.person_id in people and one.state in BACK),
        _unsent(book, wanted),
    )


def _unsent(book: Book, wanted: Wanted) -> tuple[Unsent, ...]:
    """Messages of programmes; nothing is looked up where nobody ever was in one."""
    if not counts.used(book.con):
        return ()
    from opslog.services.programmes import missed

    zone = book.clock.zone
    last = (wanted.end - timedelta(minutes=1)).astimezone(zone).date()
    found = missed.unsent(book, wanted.start.astimezone(zone).date(), last)
    if wanted.narrow:
        meant = store.enrolments(book.con, wanted, [one.id for one in found])
        found = [one for one in found if one.id in meant]
    return tuple(found)


def _how_far(book: Book, steps: Sequence[StepLine]) -> tuple[StepLine, ...]:
    """Oldest first; of those that are named how far their evidence is."""
    named = [step for step in steps[:NAMED] if step.evidence]
    if not named:
        return tuple(steps)
    from opslog.services.cards.step_progress import Work  # the call desk, as above

    work = {id: Work(book, id) for id in {step.event_id for step in named}}
    far = {step.id: work[step.event_id].far(step.evidence) for step in named}
    return tuple(step._replace(far=far.get(step.id)) for step in steps)


def _ahead(book: Book, stretch: Stretch, only: Only) -> tuple[Ahead, Stretch | None]:
    """What stands for the next day with something to do, or for the week or month after; nothing
    where that is past."""
    after = stretch.beside(1)
    if after.last < book.today() or after.kind == SPAN:
        return NOTHING, None
    if stretch.kind != DAY:
        return _to_come(book, _wanted(book, after, only)), after
    days = after._replace(last=after.first + timedelta(days=LOOKED_AHEAD))
    found = _to_come(book, _wanted(book, days, only))
    moments: list[datetime] = [
        *(one.due for one in found.steps),
        *(one.due for one in found.tasks),
        *(one.at for one in found.promises),
        *(one.starts_at for one in found.events),
    ]
    if not moments:
        return NOTHING, None
    day = of(DAY, min(moments).astimezone(book.clock.zone).date())
    return _to_come(book, _wanted(book, day, only)), day


def _to_come(book: Book, wanted: Wanted) -> Ahead:
    con = book.con
    return Ahead(
        store.steps_due(con, wanted, book.now(), past=False),
        store.tasks_due(con, wanted),
        tuple(store.promises(con, wanted)),
        events_store.events(con, wanted, ended=False),
    )
