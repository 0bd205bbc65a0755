"""What a report of more than a day says of the whole: against the days before, the plan and the
targets, and by channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from opslog.domain.base.rates import Rate
from opslog.domain.base.sentences import listed
from opslog.domain.events.events import CHANNEL_LABELS, MEASURE_LABELS
from opslog.domain.reports.brought import Measured, against_targets
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling.phrases import Wording, named, numbers, plain, step
from opslog.locale import N_, Msg, msg, nmsg


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
    """“sign-ups 128 of 200 (64%)”."""
    target = round(one.target)
    return msg(
        N_("{what} {n} of {of} ({detail})"),
        what=msg(MEASURE_LABELS[one.measure]),
        n=one.number,
        of=target,
        detail=plain(f"{Rate(one.number, target).percent}%"),
    )


def _compared(sums: Sums, before: Sums | None, words: Wording) -> Iterator[Msg]:
    """The few numbers that a week is judged by, beside those of the one before."""
    then = before if before else None
    pairs: list[tuple[str, Msg, Msg | None]] = []
    for label, now, was in (
        (N_("calls"), len(sums.calls), len(then.calls) if then else 0),
        (N_("coming"), len(sums.coming), len(then.coming) if then else 0),
        (N_("rows screened"), sums.rows_screened, then.rows_screened if then else 0),
        (N_("handed over"), len(sums.handed_over), len(then.handed_over) if then else 0),
        (N_("steps done"), len(sums.steps.done), len(then.steps.done) if then else 0),
    ):
        if now or was:
            pairs.append((label, plain(str(now)), plain(str(was)) if then else None))
        if label == "calls" and sums.calls:
            was_reached = Rate(len(then.reached), len(then.calls)).alone if then and was else None
            pairs.append(
                (N_("reached"), Rate(len(sums.reached), len(sums.calls)).alone, was_reached)
            )
    parts = [
        msg(N_("{what} {n}"), what=msg(label), n=now)
        if was_then is None
        else msg(N_("{what} {n} (was {before})"), what=msg(label), n=now, before=was_then)
        for label, now, was_then in pairs
    ]
    if not parts:
        return
    if then is None:
        yield msg(N_("{what}."), what=listed(parts))
    else:
        days = then.stretch.title(words.today)
        yield msg(N_("With {days}: {what}."), days=days, what=listed(parts))


def _channels(sums: Sums) -> Iterator[Msg]:
    """Where people were reached: by phone and WeCom, and by rounds of promotion."""
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
    if sums.messages:
        said.append(
            nmsg(
                N_("{n} message on WeCom, replied {replied}"),
                N_("{n} messages on WeCom, replied {replied}"),
                len(sums.messages),
                replied=Rate(len(sums.replied), len(sums.messages)).counted,
            )
        )
    if sums.messages and said:
        yield msg(N_("Contacts: {what}."), what=named(said))
    rounds = promoted(sums)
    if rounds:
        counts = numbers((msg(CHANNEL_LABELS[one]), n) for one, n in rounds.most_common())
        yield msg(N_("Promotion: {what}."), what=counts)


def promoted(sums: Sums) -> Counter[str]:
    """How many steps were done on each channel."""
    return Counter(one.channel for one in sums.steps.done if one.channel in CHANNEL_LABELS)


def _plan(sums: Sums, words: Wording) -> Iterator[Msg]:
    """What was due, and what of it was late, by how much."""
    steps, zone = sums.steps, words.zone
    due = len(steps.due_done) + len(steps.open) + len(steps.missed)
    if due:
        parts = [msg(N_("{n} done"), n=len(steps.due_done))]
        parts += [msg(N_("{n} still open"), n=len(steps.open))] if steps.open else []
        parts += [msg(N_("{n} missed"), n=len(steps.missed))] if steps.missed else []
        yield nmsg(
            N_("Plan: {n} step was due, {what}."),
            N_("Plan: {n} steps were due, {what}."),
            due,
            what=listed(parts),
        )
    late = [one for one in steps.done if one.days_late(words.today, zone) > 0]
    late.sort(key=lambda one: -one.days_late(words.today, zone))
    if late:
        yield nmsg(
            N_("{n} step was done after its day: {names}."),
            N_("{n} steps were done after their day: {names}."),
            len(late),
            names=named([step(one, words) for one in late]),
        )
