"""What a report says of the plan and the log: done besides, not done, written, time spent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import short_day
from opslog.domain.reports.figures import minutes_text, time_title
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling.phrases import (
    QUOTED,
    WORST,
    Wording,
    and_more,
    cut,
    named,
    numbers,
    plain,
    step,
    step_title,
    who,
)
from opslog.locale import N_, Msg, msg, nmsg


def done(sums: Sums) -> Iterator[Msg]:
    if sums.tasks_done:
        yield nmsg(
            N_("{n} follow-up: {names}."),
            N_("{n} follow-ups: {names}."),
            len(sums.tasks_done),
            names=named([plain(cut(one.text)) for one in sums.tasks_done]),
        )
    if sums.steps.dropped:
        names = named(
            [
                msg(N_("{step} ({event})"), step=step_title(one), event=one.event)
                for one in sums.steps.dropped
            ]
        )
        yield msg(N_("Dropped from the plan: {names}."), names=names)


def _missed(sums: Sums, words: Wording) -> list[Msg]:
    """Each by its day where the same step of one plan stands there for several turns."""
    same = Counter((one.title, one.event) for one in sums.steps.missed)
    found = []
    for one in sums.steps.missed:
        of = plain(one.event)
        if same[one.title, one.event] > 1:
            of = listed([of, short_day(one.due.astimezone(words.zone).date(), words.today)])
        found.append(msg(N_("{step} ({event})"), step=step_title(one), event=of))
    return found


def not_done(sums: Sums, words: Wording) -> Iterator[Msg]:
    if sums.steps.open:
        late = sorted(sums.steps.open, key=lambda one: one.due)
        names = named([step(one, words) for one in late])
        yield msg(N_("Still open: {names}."), names=names)
    if sums.steps.late:
        some = sums.steps.late
        yield nmsg(
            N_("Late from before: {n} step, {names}."),
            N_("Late from before: {n} steps, {names}."),
            len(some),
            names=named([step(one, words) for one in some], WORST),
        )
    if sums.steps.missed:
        yield msg(N_("Too late for: {names}."), names=named(_missed(sums, words)))
    waiting = sums.waiting
    if waiting.promises:
        names = named([who(one) for one in waiting.promises])
        yield msg(N_("Calls promised and not made: {names}."), names=names)
    if waiting.tasks:
        names = named([plain(cut(one.text)) for one in waiting.tasks])
        yield msg(N_("Follow-ups not done: {names}."), names=names)
    if waiting.leads:
        names = named([who(one) for one in waiting.leads])
        yield msg(N_("Leads to ask about or take up again: {names}."), names=names)
    if waiting.messages:
        text = N_("{name}, {steps}")
        names = named(
            [msg(text, name=who(one), steps=listed(one.steps)) for one in waiting.messages]
        )
        yield nmsg(
            N_("{n} person was not written to on the day: {names}."),
            N_("{n} people were not written to on the day: {names}."),
            len(waiting.messages),
            names=names,
        )


def also(sums: Sums) -> Iterator[Msg]:
    """What the operator wrote; of more than a day how much about what, where that is told by
    tags."""
    lines = [line for line in sums.lines if line.text]
    if sums.stretch.kind != DAY and any(line.tag for line in lines):
        tags = Counter(line.tag for line in lines)
        about = [(time_title(tag, "typed"), n) for tag, n in tags.most_common()]
        yield nmsg(
            N_("{n} line in the log: {what}."),
            N_("{n} lines in the log: {what}."),
            len(lines),
            what=numbers(about),
        )
        return
    for line in lines[:QUOTED]:
        yield plain(cut(line.text))
    yield from and_more(len(lines) - QUOTED)


def time(sums: Sums) -> Iterator[Msg]:
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
