"""What a report says of the stretch before and of what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import near_moment, short_moment
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling.phrases import NAMED, Wording, cut, named, plain, step, who
from opslog.locale import N_, Msg, msg, nmsg, titled


def compared(sums: Sums, before: Sums | None, words: Wording) -> Iterator[Msg]:
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


def ahead_title(sums: Sums, words: Wording) -> Msg:
    days = sums.ahead_on
    if days is None:
        return msg(N_("Next"))
    if days.kind == DAY and (days.first - words.today).days == 1:
        return msg(N_("Tomorrow"))
    return msg(N_("Next: {days}"), days=days.title(words.today))


def ahead(sums: Sums, words: Wording) -> Iterator[Msg]:
    ahead, days = sums.ahead, sums.ahead_on
    if days is None:
        return
    moments: list[tuple[datetime, bool, Msg]] = [
        *((one.starts_at, True, titled(one.name, one.name)) for one in ahead.events),
        *((one.due, True, step(one)) for one in ahead.steps),
        *((one.due, one.timed, plain(cut(one.text))) for one in ahead.tasks),
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
        yield msg(N_("{what}."), what=named(said, 2 * NAMED))
    if ahead.promises:
        names = named([who(one) for one in ahead.promises])
        yield msg(N_("Calls promised to {names}."), names=names)
