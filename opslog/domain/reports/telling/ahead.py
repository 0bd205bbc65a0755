"""What a report says of what comes: of a day event by event with its hours, of more in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from opslog.domain.dates.wording import near_moment, short_moment
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling.phrases import NAMED, Wording, cut, named, plain, step_title, who
from opslog.locale import N_, Msg, msg, nmsg, titled


def title(sums: Sums, words: Wording) -> Msg:
    days = sums.ahead_on
    if days is None:
        return msg(N_("Next"))
    if days.kind == DAY and (days.first - words.today).days == 1:
        return msg(N_("Tomorrow"))
    return msg(N_("Next: {days}"), days=days.title(words.today))


def told(sums: Sums, words: Wording) -> Iterator[Msg]:
    days = sums.ahead_on
    if days is None:
        return
    if days.kind == DAY:
        yield from _day(sums, words)
        return
    for event in sums.ahead.events[:NAMED]:
        when = short_moment(event.starts_at, words.zone, words.today)
        yield msg(N_("{when} {what}"), when=when, what=titled(event.name, event.name))
    more = len(sums.ahead.events) - NAMED
    if more > 0:
        yield nmsg(N_("and {n} more"), N_("and {n} more"), more)
    if sums.ahead.steps:
        number = len(sums.ahead.steps)
        yield nmsg(N_("{n} step of plans."), N_("{n} steps of plans."), number)


def _day(sums: Sums, words: Wording) -> Iterator[Msg]:
    """An event a line with what is to be done for it, then what is of none."""
    ahead, days = sums.ahead, sums.ahead_on
    assert days is not None

    def at(moment: datetime, what: Msg) -> Msg:
        clock = near_moment(moment, words.zone, days.first)
        return msg(N_("{when} {what}"), when=clock, what=what)

    groups: dict[int, list[tuple[datetime, Msg]]] = {}
    names = {one.event_id: one.event for one in ahead.steps}
    begins = {one.id: one.starts_at for one in ahead.events}
    names |= {one.id: one.name for one in ahead.events}
    for one in ahead.steps:
        groups.setdefault(one.event_id, []).append((one.due, at(one.due, step_title(one))))
    for event in ahead.events:
        groups.setdefault(event.id, [])
    for id, items in sorted(
        groups.items(), key=lambda group: begins.get(group[0]) or group[1][0][0]
    ):
        event_name = titled(names[id], names[id])
        heading = at(begins[id], event_name) if id in begins else event_name
        if not items:
            yield msg(N_("{what}."), what=heading)
            continue
        to_do = named([what for _moment, what in sorted(items, key=lambda item: item[0])])
        yield msg(N_("{event}: {what}."), event=heading, what=to_do)
    tasks = [at(one.due, plain(cut(one.text))) for one in ahead.tasks if one.timed]
    tasks += [plain(cut(one.text)) for one in ahead.tasks if not one.timed]
    if tasks:
        yield msg(N_("{what}."), what=named(tasks))
    if ahead.promises:
        names_at = named([at(one.at, who(one)) for one in ahead.promises])
        yield msg(N_("Calls promised to {names}."), names=names_at)
