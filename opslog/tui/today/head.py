"""The head of Today: the day in a sentence with its counts, and which event comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from opslog.domain.dates.wording import short_moment
from opslog.domain.today.priority import NEXT, NOW, OVERDUE, REMIND, TODAY, Ranked
from opslog.locale import N_, Msg, _, ngettext
from opslog.services.today.agenda import NextEvent
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.text import Line, Span, cut_line, join, line, line_width

COUNTS = (
    (NOW, N_("◷ {n} promised now"), "accent"),
    (OVERDUE, N_("▲ {n} overdue"), "late"),
    (TODAY, N_("○ {n} today"), "strong"),
    (NEXT, N_("{n} next days"), "muted"),
)


def day_line(ranked: Sequence[Ranked], note: Msg | None, cells: int) -> Line:
    """What the day asks for; ``note``: what is special about it."""
    groups = Counter(TODAY if place.group == REMIND else place.group for place in ranked)
    counts: list[Span] = [
        (_(text).format(n=groups[group]), look) for group, text, look in COUNTS if groups[group]
    ]
    special = line((str(note), "warn")) if note is not None else ()
    left = line(" ", *join([line((_sentence(ranked), "focal")), special], "  "))
    while counts and line_width(left) + line_width(join(counts, "   ")) + 4 > cells:
        counts.pop()  # what is furthest off is left out first
    return spread(left, (*join(counts, "   "), (" ", "")), cells)


def calls_due(ranked: Sequence[Ranked]) -> int:
    """People to call by the end of today, each once; call-backs that are open besides wait on
    Calls."""
    return len(frozenset[int]().union(*(p.item.whom for p in ranked if p.group != NEXT)))


def _sentence(ranked: Sequence[Ranked]) -> str:
    """What the day asks for, as somebody would say it."""
    items = [place.item for place in ranked if place.group != NEXT]
    calls = calls_due(ranked)
    rows = sum(item.people for item in items if item.kind == "roster")
    rest = sum(item.kind not in ("reminder", "promise", "roster") for item in items)
    parts = [
        ngettext("{n} person to call", "{n} people to call", calls).format(n=calls)
        if calls
        else "",
        ngettext("{n} row to screen", "{n} rows to screen", rows).format(n=rows) if rows else "",
        ngettext("{n} thing to do", "{n} things to do", rest).format(n=rest) if rest else "",
    ]
    said = _(", ").join(part for part in parts if part)
    return _("Today: {what}").format(what=said or _("nothing due"))


def event_line(
    event: NextEvent | None,
    zone: ZoneInfo,
    today: date,
    cells: int,
    *,
    takes: str = "",
    again: str = "",
    back: str = "",
    to_add: int = 0,
    key: str = "",
) -> Line:
    """The event that is on or comes next, and when; how long the calls of the day take, where
    there is room; in words how many are asked ``again`` since their event was moved, and called
    ``back`` besides; how many are ``to_add`` on WeCom, and the key that opens them."""
    comes = _event(event, zone, today)
    add = _("{n} to add").format(n=to_add) if to_add else ""

    def said(*waits: str) -> Line:
        waiting = " ".join(filter(None, waits))
        return line((waiting, "muted"), " ", (key, "key")) if waiting else line()

    long = line((takes, "muted")) if takes else line()
    every = [join([part for part in (long, said(again, back, add)) if part], "   ")]
    # The event is never cut for what is counted after it stood there.
    every += [said(again, back, add), said(again, back), said(again), said(back), said(add), long]
    right = next((one for one in every if line_width(comes) + line_width(one) + 3 <= cells), line())
    room = cells - line_width(right) - 3
    return spread(cut_line(comes, room), (*right, (" ", "")), cells)


def _event(event: NextEvent | None, zone: ZoneInfo, today: date) -> Line:
    if event is None:
        return line(" ", (_("No event is planned"), "muted"))
    days = (event.starts_at.astimezone(zone).date() - today).days
    if days <= 0:
        when = _("today") if days == 0 else _("on now")
    elif days == 1:
        when = _("tomorrow")
    else:
        when = ngettext("in {n} day", "in {n} days", days).format(n=days)
    moment = str(short_moment(event.starts_at, zone, today))
    return line(
        " ",
        (_("Next event"), "muted"),
        "  ",
        event.name,
        ("  " + _("{moment}, {when}").format(moment=moment, when=when), "muted"),
    )
