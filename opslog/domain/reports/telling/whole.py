"""What a report of more than a day says of the whole: against the days before, the plan and the
targets, and by channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from opslog.domain.base.rates import Rate
from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import LANE_TITLES, WECOM
from opslog.domain.events.events import CHANNEL_LABELS
from opslog.domain.events.measures import MEASURE_LABELS
from opslog.domain.reports.brought import Measured, against_targets
from opslog.domain.reports.contacts import by
from opslog.domain.reports.ledger import StepLine
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling.phrases import Wording, named, numbers, plain, step
from opslog.locale import N_, Msg, msg, nmsg

PROMOTING = CHANNEL_LABELS.keys() - {"phone"}


def told(sums: Sums, before: Sums | None, words: Wording) -> Iterator[Msg]:
    if sums.held:
        names = named([plain(one.event.name) for one in sums.held])
        yield nmsg(
            N_("{n} event held: {names}."),
            N_("{n} events held: {names}."),
            len(sums.held),
            names=names,
        )
    yield from _compared(sums, before, words)
    targets = [of_target(one) for one in against_targets(sums.held)]
    if targets:
        yield msg(N_("Targets: {what}."), what=listed(targets))
    to_come = [one for one in sums.events if one not in sums.held]
    wanted = [
        msg(N_("{what} {n}"), what=msg(MEASURE_LABELS[one.measure]), n=round(one.target))
        for one in against_targets(to_come)
    ]
    if wanted:
        yield nmsg(
            N_("Still to come: {n} event; the targets are {what}."),
            N_("Still to come: {n} events; the targets are {what}."),
            len(to_come),
            what=listed(wanted),
        )
    yield from _channels(sums)
    yield from _plan(sums, words)


def of_target(one: Measured) -> Msg:
    """“sign-ups 128 of 200 (64%)”, “leads 3 of 4”; “attended – of 80 (nobody is marked as there or
    not)”, as the review says it."""
    what = msg(MEASURE_LABELS[one.measure])
    if one.why is not None:
        text = N_("{what} – of {of} ({detail})")
        return msg(text, what=what, of=f"{round(one.target):,}", detail=one.why)
    rate = Rate(one.number, round(one.against))
    counts = {"what": what, "n": f"{one.number:,}", "of": f"{rate.of:,}"}
    more = [plain(rate.said)] if rate.speaks else []
    if one.unknown:
        more.append(nmsg(N_("of {n} event not known"), N_("of {n} events not known"), one.unknown))
    if not more:
        return msg(N_("{what} {n} of {of}"), **counts)
    return msg(N_("{what} {n} of {of} ({detail})"), **counts, detail=listed(more))


def _compared(sums: Sums, before: Sums | None, words: Wording) -> Iterator[Msg]:
    """The few numbers that a week is judged by, beside those of the one before."""
    parts: list[Msg] = []
    before = before or None  # where nothing was done then, there is nothing to hold it against

    def beside(now: Msg, was: object) -> None:
        said = now if before is None else msg(N_("{what} (was {before})"), what=now, before=was)
        parts.append(said)

    now, was = _numbers(sums), _numbers(before) if before else {}
    for label, number in now.items():
        if number or was.get(label):
            beside(_COUNTED[label](number), was.get(label, 0))
        if label == "calls" and number:
            beside(*_reached(sums, before))
    if not parts:
        return
    if not before:
        yield msg(N_("{what}."), what=listed(parts))
    else:
        days = before.stretch.title(words.today)
        yield msg(N_("With {days}: {what}."), days=days, what=listed(parts))


def _numbers(sums: Sums) -> dict[str, int]:
    return {
        "calls": len(sums.calls),
        "coming": len(sums.coming),
        "screened": sums.rows_screened,
        "handed over": len(sums.handed_over),
        "steps": len(sums.steps.done),
    }


_COUNTED: Mapping[str, Callable[[int], Msg]] = {
    "calls": lambda n: nmsg(N_("{n} call made"), N_("{n} calls made"), n),
    "coming": lambda n: nmsg(N_("{n} person coming"), N_("{n} people coming"), n),
    "screened": lambda n: nmsg(N_("{n} row screened"), N_("{n} rows screened"), n),
    "handed over": lambda n: nmsg(N_("{n} lead handed over"), N_("{n} leads handed over"), n),
    "steps": lambda n: nmsg(N_("{n} step done these days"), N_("{n} steps done these days"), n),
}


def _reached(sums: Sums, before: Sums | None) -> tuple[Msg, object]:
    """A share where both have enough calls, else how many."""
    now = Rate(len(sums.reached), len(sums.calls))
    was = Rate(len(before.reached), len(before.calls)) if before else now
    if now.speaks and was.speaks:
        return msg(N_("reached {n}"), n=now.alone), was.alone
    return nmsg(N_("{n} of them reached"), N_("{n} of them reached"), now.part), was.part


def _channels(sums: Sums) -> Iterator[Msg]:
    """Where people were reached: by phone and in writing, and by rounds of promotion."""
    said = []
    if sums.calls:
        said.append(
            nmsg(
                N_("{n} call, reached {reached}"),
                N_("{n} calls, reached {reached}"),
                len(sums.calls),
                reached=Rate(len(sums.reached), len(sums.calls)).counted,
            )
        )
    answered = {one.id for one in sums.replied}
    for lane, sent in by(sums.messages, lambda one: one.lane).items():
        replied = Rate(sum(one.id in answered for one in sent), len(sent)).counted
        said.append(
            nmsg(
                N_("{n} message on WeCom, replied {replied}"),
                N_("{n} messages on WeCom, replied {replied}"),
                len(sent),
                replied=replied,
            )
            if lane == WECOM
            else nmsg(
                N_("{n} message by {lane}, replied {replied}"),
                N_("{n} messages by {lane}, replied {replied}"),
                len(sent),
                lane=msg(LANE_TITLES[lane]),
                replied=replied,
            )
        )
    if len(sums.messages) > (0 if sums.calls else len(sums.programmed)):
        yield msg(N_("Contacts: {what}."), what=named(said))
    if programmed := sums.programmed:
        back = sum(one.id in answered for one in programmed)
        parts = [msg(N_("replied {n}"), n=Rate(back, len(programmed)).counted)]
        if leads := len({one.lead_id for one in sums.of_programmes}):
            parts.append(nmsg(N_("{n} lead of them"), N_("{n} leads of them"), leads))
        yield nmsg(
            N_("Programmes: {n} message, {what}."),
            N_("Programmes: {n} messages, {what}."),
            len(programmed),
            what=listed(parts),
        )
    rounds = promoted(sums)
    if rounds:
        counts = numbers((msg(CHANNEL_LABELS[one]), n) for one, n in rounds.most_common())
        yield msg(N_("Promotion: {what}."), what=counts)


def promoted(sums: Sums) -> Counter[str]:
    """How many steps were done on each channel; calls are counted as calls."""
    return Counter(one.channel for one in sums.steps.done if one.channel in PROMOTING)


def _plan(sums: Sums, words: Wording) -> Iterator[Msg]:
    """What was due, and what of it was late, by how much."""
    steps, zone = sums.steps, words.zone
    due = len(steps.due_done) + len(steps.open) + len(steps.missed)
    if due:
        ahead = sum(_done_on(one, zone) < sums.stretch.first for one in steps.due_done)
        after = sum(_done_on(one, zone) > sums.stretch.last for one in steps.due_done)
        done: Msg = msg(N_("{n} done"), n=len(steps.due_done))
        when = [msg(N_("{n} of them before these days"), n=ahead)] if ahead else []
        when += [msg(N_("{n} of them after these days"), n=after)] if after else []
        if when:
            done = msg(N_("{first} ({detail})"), first=done, detail=listed(when))
        parts = [done]
        parts += [msg(N_("{n} still open"), n=len(steps.open))] if steps.open else []
        parts += [msg(N_("{n} missed"), n=len(steps.missed))] if steps.missed else []
        yield nmsg(
            N_("Plan: of {n} step due in these days, {what}."),
            N_("Plan: of {n} steps due in these days, {what}."),
            due,
            what=listed(parts),
        )
    late = [one for one in steps.done if one.days_late(words.until, zone) > 0]
    late.sort(key=lambda one: -one.days_late(words.until, zone))
    if late:
        yield nmsg(
            N_("{n} step was done after its day: {names}."),
            N_("{n} steps were done after their day: {names}."),
            len(late),
            names=named([step(one, words) for one in late]),
        )


def _done_on(one: StepLine, zone: ZoneInfo) -> date:
    """The day a step was done; its own where that is not known."""
    return (one.done_at or one.due).astimezone(zone).date()
