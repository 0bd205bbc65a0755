"""A report as an operator would write it, to be pasted into a chat.

Sections with a heading and a line or a few each; what there is nothing of is not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.answers.answers import counted
from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import REMINDER, Outcomes, purpose_title
from opslog.domain.dates.wording import near_moment, short_day, short_moment
from opslog.domain.leads.leads import HANDED_OVER, TITLES
from opslog.domain.people.card import called
from opslog.domain.reports.figures import minutes_text, rate, time_title
from opslog.domain.reports.ledger import Contact, Held, LeadState, StepLine, TakenIn
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import ENOUGH, Screened, Sums, Talks
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import round_name
from opslog.locale import N_, Msg, msg, nmsg, titled

NAMED = 5  # of several, so many are named
QUOTED = 6  # of what people said
SHORT = 60  # characters of a line that is quoted


class Section(NamedTuple):
    heading: Msg
    lines: tuple[Msg, ...]

    @property
    def said(self) -> list[str]:
        """The lines in the language spoken."""
        said = [str(line) for line in self.lines]
        return [line[:1].upper() + line[1:] for line in said]


class Wording(NamedTuple):
    """What outcomes and reasons are called, and from when days are looked at."""

    outcomes: Outcomes
    reasons: Reasons
    zone: ZoneInfo
    today: date


def sections(sums: Sums, before: Sums | None, words: Wording) -> list[Section]:
    """``before``: what it is held against; None: nothing."""
    found = [
        *_of_events(sums, words),
        Section(msg(N_("Other calls")), tuple(_other_calls(sums, words))),
        Section(msg(N_("Leads")), tuple(_leads(sums))),
        Section(msg(N_("What people said")), tuple(_said(sums))),
        Section(msg(N_("Besides")), tuple(_done(sums))),
        Section(msg(N_("Not done")), tuple(_not_done(sums, words))),
        Section(msg(N_("Also")), tuple(_also(sums))),
        Section(msg(N_("Time")), tuple(_time(sums))),
        Section(msg(N_("Compared")), tuple(_compared(sums, before, words))),
        Section(_ahead_title(sums, words), tuple(_ahead(sums, words))),
    ]
    return [section for section in found if section.lines]


def text(sums: Sums, before: Sums | None, words: Wording) -> str:
    """All of it in the language spoken, as it is pasted."""
    found = [str(sums.stretch.heading(words.today))]
    for number, section in enumerate(sections(sums, before, words), 1):
        found += [
            "",
            f"{number}. {section.heading}",
            *(f"   {line}" for line in section.said),
        ]
    if len(found) == 1:
        found += ["", str(msg(N_("Nothing is in the log of these days.")))]
    return "\n".join(found)


# -- events --------------------------------------------------------------------------


def _of_events(sums: Sums, words: Wording) -> Iterator[Section]:
    """A section each, those held first, then by their first call or list."""
    names: dict[int, str] = {}
    for one in sums.held:
        names[one.id] = one.name
    for some in (sums.talks, sums.walk_ins, sums.steps.done, sums.steps.moved):
        names |= {one.event_id: one.event for one in some if one.event_id is not None}
    for rest in (sums.lists, sums.screened):
        names |= {one.event_id: one.list for one in rest if one.event_id is not None}
    for event_id, name in names.items():
        lines = (
            *(_held(one) for one in sums.held if one.id == event_id),
            *(_taken_in(one) for one in sums.lists if one.event_id == event_id),
            *(
                line
                for talk in sums.talks
                if talk.event_id == event_id
                for line in _talk(talk, words)
            ),
            *_walk_ins(sum(one.event_id == event_id for one in sums.walk_ins)),
            *(_screened(one, words) for one in sums.screened if one.event_id == event_id),
            *_steps(sums, event_id, words),
        )
        yield Section(titled(name, name), lines)


def _held(one: Held) -> Msg:
    text = nmsg(N_("Held: {n} signed up."), N_("Held: {n} signed up."), one.signed_up)
    if one.marked:
        text = msg(
            N_("Held: {came} of {n} who signed up came ({rate})."),
            came=one.came,
            n=one.signed_up,
            rate=rate(one.came, one.signed_up),
        )
    if one.wanted:
        return msg(N_("{first} The target was {n}."), first=text, n=one.wanted)
    return text


def _taken_in(one: TakenIn) -> Msg:
    parts = [
        msg(N_("{n} new"), n=one.new),
        *([msg(N_("{n} updated"), n=one.updated)] if one.updated else []),
        *([msg(N_("{n} unchanged"), n=one.unchanged)] if one.unchanged else []),
        *(
            [nmsg(N_("{n} duplicate"), N_("{n} duplicates"), one.duplicate)]
            if one.duplicate
            else []
        ),
        *([msg(N_("{n} with problems"), n=one.problem)] if one.problem else []),
    ]
    return nmsg(
        N_("List taken in: {file}, {n} row: {what}."),
        N_("List taken in: {file}, {n} rows: {what}."),
        one.read,
        file=one.file,
        what=listed(parts),
    )


def _talk(talk: Talks, words: Wording) -> Iterator[Msg]:
    """One sentence of counts, and who of those not coming was passed on."""
    said = [_outcome(talk, code, rows, words) for code, rows in talk.outcomes.items()]
    yield nmsg(
        N_("{purpose}: {n} person, {reached} reached; {what}."),
        N_("{purpose}: {n} people, {reached} reached; {what}."),
        len(talk.people),
        purpose=purpose_title(talk.purpose),
        reached=_share(len(talk.reached), len(talk.people)),
        what=listed(said),
    )
    if talk.purpose != REMINDER:
        return
    declined = [
        one
        for code, rows in talk.outcomes.items()
        for one in rows
        if (known := words.outcomes.outcome(REMINDER, one.lane, code)) and known.pass_on
    ]
    waiting = sum(not one.told for one in declined)
    if declined and not waiting:
        whom = listed(_text(name) for name in dict.fromkeys(one.told for one in declined))
        yield msg(N_("Those not coming were passed on to {whom}."), whom=whom)
    elif waiting:
        yield nmsg(
            N_("{n} of those not coming is still to be passed on."),
            N_("{n} of those not coming are still to be passed on."),
            waiting,
        )


def _share(part: int, of: int) -> Msg:
    """“45 (71%)”; of fewer than twenty the number alone."""
    if of < ENOUGH:
        return _text(str(part))
    return msg(N_("{first} ({detail})"), first=part, detail=rate(part, of))


def _outcome(talk: Talks, code: str, rows: Sequence[Contact], words: Wording) -> Msg:
    said = msg(
        N_("{what} {n}"),
        what=words.outcomes.title(talk.purpose, rows[0].lane, code),
        n=len(rows),
    )
    reasons = [(words.outcomes.reason(why), n) for why, n in _counts(rows) if why]
    if reasons:
        return msg(N_("{first} ({detail})"), first=said, detail=_numbers(reasons))
    known = words.outcomes.outcome(talk.purpose, rows[0].lane, code)
    guests = sum(one.guests for one in rows)
    if guests and known is not None and known.confirms:
        detail = nmsg(N_("with {n} more"), N_("with {n} more"), guests)
        return msg(N_("{first} ({detail})"), first=said, detail=detail)
    return said


def _counts(rows: Iterable[Contact]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for one in rows:
        counts[one.reason] = counts.get(one.reason, 0) + 1
    return sorted(counts.items(), key=lambda count: -count[1])


def _numbers(counts: Iterable[tuple[Msg, int]]) -> Msg:
    return listed(msg(N_("{what} {n}"), what=what, n=n) for what, n in counts)


def _walk_ins(number: int) -> Iterator[Msg]:
    if number:
        yield nmsg(
            N_("{n} person came without having signed up."),
            N_("{n} people came without having signed up."),
            number,
        )


def _screened(one: Screened, words: Wording) -> Msg:
    dropped: Msg = msg(N_("{n} dropped"), n=len(one.dropped))
    why = [(words.reasons.title(code), len(rows)) for code, rows in one.reasons.items() if code]
    if why:
        dropped = msg(N_("{first} ({detail})"), first=dropped, detail=_numbers(why))
    parts = [msg(N_("{n} kept"), n=len(one.kept)), dropped]
    if one.parked:
        parts.append(msg(N_("{n} parked"), n=len(one.parked)))
    if one.minutes:
        parts.append(msg(N_("took {minutes}"), minutes=minutes_text(one.minutes)))
    return nmsg(
        N_("{round}: {n} row, {what}."),
        N_("{round}: {n} rows, {what}."),
        len(one.rows),
        round=round_name(one.number),
        what=listed(parts),
    )


# -- people ----------------------------------------------------------------------------


def _other_calls(sums: Sums, words: Wording) -> Iterator[Msg]:
    for talk in sums.talks:
        if talk.event_id is None:
            yield from _talk(talk, words)
    number = len(sums.called_in)
    if number:
        yield nmsg(N_("{n} person called."), N_("{n} people called."), number)


def _leads(sums: Sums) -> Iterator[Msg]:
    """Who was handed over, to whom; of the other states who."""
    whom: dict[str, list[LeadState]] = {}
    for one in sums.handed_over:
        whom.setdefault(one.to_whom, []).append(one)
    for name, some in whom.items():
        names = _named([_who(one) for one in some])
        yield msg(N_("Handed over to {whom}: {names}."), whom=name, names=names)
    for state, rows in sums.leads.items():
        if state != HANDED_OVER:
            names = _named([_who(one) for one in rows])
            yield msg(N_("{what} {n}: {names}."), what=msg(TITLES[state]), n=len(rows), names=names)


def _said(sums: Sums) -> Iterator[Msg]:
    for asked in counted(sums.answers):
        given = [msg(N_("{what} {n}"), what=one.title, n=one.number) for one in asked.choices]
        own = [_text(f"“{_cut(one.said.words)}”") for one in asked.in_words[:QUOTED]]
        parts = [part for part in (*given, *own) if part.args.get("n") != 0]
        yield msg(N_("{person}: {text}"), person=asked.question.title, text=listed(parts))
    for one in sums.said[:QUOTED]:
        yield msg(N_("{person}: {text}"), person=_who(one), text=_cut(one.note))
    yield from _more(len(sums.said) - QUOTED)


def _who(one: Contact | LeadState) -> Msg:
    name = called(one.person_id, one.person, one.company)
    return (
        msg(N_("{name} ({company})"), name=name, company=one.company)
        if (one.person and one.company)
        else _text(name)
    )


# -- plan, log ----------------------------------------------------------------------------


def _steps(sums: Sums, event_id: int, words: Wording) -> Iterator[Msg]:
    """What was done for an event; of more than a day the number, and what was late."""
    steps, zone = sums.steps, words.zone
    done = [one for one in steps.done if one.event_id == event_id]
    if done and sums.stretch.kind == DAY:
        names = _named([step_title(one) for one in done])
        yield nmsg(
            N_("{n} step done: {names}."), N_("{n} steps done: {names}."), len(done), names=names
        )
    elif done:
        yield nmsg(N_("{n} step done."), N_("{n} steps done."), len(done))
    late = [one for one in done if _days_late(one, zone) > 0]
    if late:
        worst = max(late, key=lambda one: _days_late(one, zone))
        yield nmsg(
            N_("{n} of them was late: {step} by {days}."),
            N_("{n} of them were late, most of all {step} by {days}."),
            len(late),
            step=step_title(worst),
            days=nmsg(N_("{n} day"), N_("{n} days"), _days_late(worst, zone)),
        )
    moved = [one for one in steps.moved if one.event_id == event_id]
    for one in moved[:NAMED]:
        when = short_day(one.due.astimezone(zone).date(), words.today)
        yield msg(N_("Moved: {step} to {when}."), step=step_title(one), when=when)
    yield from _more(len(moved) - NAMED)


def _done(sums: Sums) -> Iterator[Msg]:
    if sums.tasks_done:
        yield nmsg(
            N_("{n} follow-up: {names}."),
            N_("{n} follow-ups: {names}."),
            len(sums.tasks_done),
            names=_named([_text(_cut(one.text)) for one in sums.tasks_done]),
        )
    if sums.steps.dropped:
        names = _named([_step(one) for one in sums.steps.dropped])
        yield msg(N_("Dropped from the plan: {names}."), names=names)


def _not_done(sums: Sums, words: Wording) -> Iterator[Msg]:
    if sums.steps.open:
        yield msg(N_("Still open: {names}."), names=_named([_step(one) for one in sums.steps.open]))
    if sums.steps.missed:
        names = _named([_step(one) for one in sums.steps.missed])
        yield msg(N_("Too late for: {names}."), names=names)


def step_title(one: StepLine) -> Msg:
    return titled(one.title_en or one.title, one.title)


def _step(one: StepLine) -> Msg:
    return msg(N_("{step} ({event})"), step=step_title(one), event=one.event)


def _days_late(one: StepLine, zone: ZoneInfo) -> int:
    assert one.done_at is not None
    return (one.done_at.astimezone(zone).date() - one.due.astimezone(zone).date()).days


def _also(sums: Sums) -> Iterator[Msg]:
    """What the operator wrote; of more than a day only how much."""
    lines = [line for line in sums.lines if line.text]
    if sums.stretch.kind != DAY:
        if lines:
            yield nmsg(N_("{n} line in the log."), N_("{n} lines in the log."), len(lines))
        return
    for line in lines[:QUOTED]:
        yield _text(_cut(line.text))
    yield from _more(len(lines) - QUOTED)


def _time(sums: Sums) -> Iterator[Msg]:
    total = sum(one.minutes for one in sums.time)
    if total:
        parts = [
            msg(
                N_("{what} {n}"),
                what=time_title(one.tag, one.source),
                n=minutes_text(one.minutes),
            )
            for one in sums.time
        ]
        yield msg(N_("{total} noted: {what}."), total=minutes_text(total), what=listed(parts))


# -- before and after -------------------------------------------------------------------


def _compared(sums: Sums, before: Sums | None, words: Wording) -> Iterator[Msg]:
    """The few numbers that a week is judged by, against those of the one before."""
    if before is None or not before:
        return
    pairs = (
        (N_("calls"), len(sums.calls), len(before.calls)),
        (N_("reached"), len(sums.reached), len(before.reached)),
        (N_("coming"), len(sums.coming), len(before.coming)),
        (N_("rows screened"), screened(sums), screened(before)),
        (N_("steps done"), len(sums.steps.done), len(before.steps.done)),
    )
    parts = [
        msg(N_("{what} {n} (was {before})"), what=msg(what), n=now, before=then)
        for what, now, then in pairs
        if now or then
    ]
    if parts:
        days = before.stretch.title(words.today)
        yield msg(N_("With {days}: {what}."), days=days, what=listed(parts))


def screened(sums: Sums) -> int:
    return sum(len(one.rows) for one in sums.screened)


def _ahead_title(sums: Sums, words: Wording) -> Msg:
    days = sums.ahead_on
    if days is None:
        return msg(N_("Next"))
    if days.kind == DAY and (days.first - words.today).days == 1:
        return msg(N_("Tomorrow"))
    return msg(N_("Next: {days}"), days=days.title(words.today))


def _ahead(sums: Sums, words: Wording) -> Iterator[Msg]:
    ahead, days = sums.ahead, sums.ahead_on
    if days is None:
        return
    moments: list[tuple[datetime, bool, Msg]] = [
        *((one.starts_at, True, titled(one.name, one.name)) for one in ahead.events),
        *((one.due, True, _step(one)) for one in ahead.steps),
        *((one.due, one.timed, _text(_cut(one.text))) for one in ahead.tasks),
    ]
    if days.kind != DAY:
        for event in ahead.events:
            when = short_moment(event.starts_at, words.zone, words.today)
            yield msg(N_("{when} {what}"), when=when, what=titled(event.name, event.name))
        if ahead.steps:
            yield nmsg(N_("{n} step of plans."), N_("{n} steps of plans."), len(ahead.steps))
        return
    moments.sort(key=lambda one: (not one[1], one[0]))
    said: list[Msg] = []
    for at, timed, what in moments:
        clock = near_moment(at, words.zone, days.first)
        said.append(msg(N_("{when} {what}"), when=clock, what=what) if timed else what)
    if said:
        yield msg(N_("{what}."), what=_named(said, 2 * NAMED))
    if ahead.promises:
        names = _named([_who(one) for one in ahead.promises])
        yield msg(N_("Calls promised to {names}."), names=names)


# -- words --------------------------------------------------------------------------------


def _named(parts: Sequence[Msg], most: int = NAMED) -> Msg:
    """The first of them, and how many more."""
    shown = parts[0]
    for part in parts[1:most]:
        shown = msg(N_("{first}; {second}"), first=shown, second=part)
    more = len(parts) - most
    if more <= 0:
        return shown
    return nmsg(N_("{first} and {n} more"), N_("{first} and {n} more"), more, first=shown)


def _more(number: int) -> Iterator[Msg]:
    if number > 0:
        yield nmsg(N_("and {n} more"), N_("and {n} more"), number)


def _text(text: str) -> Msg:
    return Msg("{text}", {"text": text})


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
