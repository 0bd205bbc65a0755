"""What a report says of one event: how it went, its list, its calls, its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opslog.domain.base.rates import Rate
from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import LANE_TITLES, PHONE, REMINDER, WECOM, purpose_title
from opslog.domain.dates.wording import short_day
from opslog.domain.reports.brought import Brought
from opslog.domain.reports.contacts import Talks
from opslog.domain.reports.figures import minutes_text
from opslog.domain.reports.ledger import Contact, Expected, TakenIn
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Screened, Sums
from opslog.domain.reports.telling.phrases import (
    NAMED,
    Wording,
    and_more,
    named,
    numbers,
    plain,
    step_title,
)
from opslog.domain.reports.telling.whole import of_target
from opslog.domain.screening.rounds import round_name
from opslog.locale import N_, Msg, msg, nmsg


def told(sums: Sums, event_id: int, words: Wording) -> Iterator[Msg]:
    for one in sums.held:
        if one.event.id == event_id:
            yield from _held(one)
    yield from (_taken_in(one) for one in sums.lists if one.event_id == event_id)
    for talk in sums.talks:
        if talk.event_id == event_id:
            yield from talk_told(talk, words)
    yield from (_expected(one) for one in sums.expected if one.event_id == event_id)
    yield from _walk_ins(sum(one.event_id == event_id for one in sums.walk_ins))
    yield from (_screened(one, words) for one in sums.screened if one.event_id == event_id)
    yield from _steps(sums, event_id, words)


def _held(one: Brought) -> Iterator[Msg]:
    """How many came of those who signed up, and what was wanted of the event."""
    if one.marked and one.signed_up:
        rate = Rate(one.came, one.signed_up)
        yield msg(
            N_("Held: {came} of {n} who signed up came ({rate})."),
            came=one.came,
            n=one.signed_up,
            rate=listed(filter(None, (rate.said, rate.between))),
        )
    elif one.signed_up:
        yield nmsg(N_("Held: {n} signed up."), N_("Held: {n} signed up."), one.signed_up)
    targets = [of_target(measured) for measured in one.measures if measured.target]
    if targets:
        yield msg(N_("Targets: {what}."), what=listed(targets))


def _expected(one: Expected) -> Msg:
    likely = msg(N_("{low}–{high} are likely to come"), low=one.low, high=one.high)
    if one.low == one.high:
        likely = nmsg(N_("{n} is likely to come"), N_("{n} are likely to come"), one.low)
    if one.wanted:
        return msg(N_("{what}; the target is {n}."), what=likely, n=one.wanted)
    return msg(N_("{what}."), what=likely)


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


def talk_told(talk: Talks, words: Wording) -> Iterator[Msg]:
    """One sentence of counts, and who of those not coming was passed on."""
    said = [_outcome(talk, code, rows, words) for code, rows in talk.outcomes.items()]
    if len(talk.reached) == len(talk.people) and any(one.lane == PHONE for one in talk.people):
        yield nmsg(
            N_("{purpose}: {n} person, reached; {what}."),
            N_("{purpose}: {n} people, all reached; {what}."),
            len(talk.people),
            purpose=purpose_title(talk.purpose),
            what=listed(said),
        )
    elif any(one.lane == PHONE for one in talk.people):
        yield nmsg(
            N_("{purpose}: {n} person, reached {reached}; {what}."),
            N_("{purpose}: {n} people, reached {reached}; {what}."),
            len(talk.people),
            purpose=purpose_title(talk.purpose),
            reached=Rate(len(talk.reached), len(talk.people)).counted,
            what=listed(said),
        )
    elif any(one.lane != WECOM for one in talk.people):
        lanes = dict.fromkeys(one.lane for one in talk.people)
        yield nmsg(
            N_("{purpose} by {lanes}: {n} person; {what}."),
            N_("{purpose} by {lanes}: {n} people; {what}."),
            len(talk.people),
            purpose=purpose_title(talk.purpose),
            lanes=listed(msg(LANE_TITLES[lane]) for lane in lanes),
            what=listed(said),
        )
    else:  # all in writing: what came of it says it
        yield nmsg(
            N_("{purpose} on WeCom: {n} person; {what}."),
            N_("{purpose} on WeCom: {n} people; {what}."),
            len(talk.people),
            purpose=purpose_title(talk.purpose),
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
        whom = listed(plain(name) for name in dict.fromkeys(one.told for one in declined))
        yield msg(N_("Those not coming were passed on to {whom}."), whom=whom)
    elif waiting:
        yield nmsg(
            N_("{n} of those not coming is still to be passed on."),
            N_("{n} of those not coming are still to be passed on."),
            waiting,
        )


def _outcome(talk: Talks, code: str, rows: Sequence[Contact], words: Wording) -> Msg:
    said = msg(
        N_("{what} {n}"),
        what=words.outcomes.title(talk.purpose, rows[0].lane, code),
        n=len(rows),
    )
    reasons = [(words.outcomes.reason(why), n) for why, n in _counts(rows) if why]
    if reasons:
        return msg(N_("{first} ({detail})"), first=said, detail=numbers(reasons))
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
        dropped = msg(N_("{first} ({detail})"), first=dropped, detail=numbers(why))
    parts = [msg(N_("{n} kept"), n=len(one.kept)), dropped]
    if one.parked:
        parts.append(msg(N_("{n} parked"), n=len(one.parked)))
    if one.minutes:
        parts.append(msg(N_("took {minutes}"), minutes=minutes_text(one.minutes)))
    if one.closed:
        return nmsg(
            N_("{round} finished: {n} row, {what}."),
            N_("{round} finished: {n} rows, {what}."),
            len(one.rows),
            round=round_name(one.number),
            what=listed(parts),
        )
    return nmsg(
        N_("{round}: {n} row, {what}."),
        N_("{round}: {n} rows, {what}."),
        len(one.rows),
        round=round_name(one.number),
        what=listed(parts),
    )


def _steps(sums: Sums, event_id: int, words: Wording) -> Iterator[Msg]:
    """What was done for an event; of more than a day the number, and what was late."""
    steps, zone = sums.steps, words.zone
    done = [one for one in steps.done if one.event_id == event_id]
    if done and sums.stretch.kind == DAY:
        names = named([step_title(one) for one in done])
        yield nmsg(
            N_("{n} step done: {names}."), N_("{n} steps done: {names}."), len(done), names=names
        )
    elif done:
        yield nmsg(N_("{n} step done."), N_("{n} steps done."), len(done))
    late = [one for one in done if one.days_late(words.until, zone) > 0]
    if late and sums.stretch.kind == DAY:
        worst = max(late, key=lambda one: one.days_late(words.until, zone))
        yield nmsg(
            N_("{n} of them was late: {step} by {days}."),
            N_("{n} of them were late, most of all {step} by {days}."),
            len(late),
            step=step_title(worst),
            days=nmsg(N_("{n} day"), N_("{n} days"), worst.days_late(words.until, zone)),
        )
    moved = [one for one in steps.moved if one.event_id == event_id]
    for one in moved[:NAMED]:
        when = short_day(one.due.astimezone(zone).date(), words.today)
        yield msg(N_("Moved: {step} to {when}."), step=step_title(one), when=when)
    yield from and_more(len(moved) - NAMED)
