"""Today's messages as rows: whom to write to by hour, who waits for an answer, who gets nothing
today and why, words that want a look."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from opslog.domain.base.clock import Clock
from opslog.domain.dates.wording import near_day
from opslog.domain.people.naming.names import short_company
from opslog.domain.programmes.queue import Answered, Day, Held, MessageLine, Slot, Stale
from opslog.locale import _, ngettext
from opslog.tui.programmes import words
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.text import Line, cut_line, line, line_width, pad

TO, MORE, SAID, HELD, STALE = "to", "more", "said", "held", "stale"
NAME, TITLE, STEP = 8, 12, 10  # cells
NAME_ROOMY = 14  # where the company stands beside it, or there is room
RIGHT = 11  # at the end of a row: what the words are of, and a sign
WITH_COMPANY = 66  # cells of a row from which the company stands on it


class Room(NamedTuple):
    """How many people the first group and each later one shows until it is unfolded (None: all of
    them), the codes of those that are; ``air`` between the groups."""

    folds: tuple[int | None, int | None]
    unfolded: Container[str]
    air: bool
    keys: Callable[[str, str], str]  # an action's key as a person reads it


def shown(slot: Slot, first: bool, room: Room) -> Sequence[MessageLine]:
    """Those of a group that have a row; one more stands in place of a row that says “1 more”."""
    most = room.folds[0 if first else 1]
    if most is None or slot.code in room.unfolded or slot.number <= most + 1:
        return slot.lines
    return slot.lines[:most]


def rows(day: Day, room: Room, clock: Clock) -> list[Row]:
    """All of the day. Keys are of what a row is, and its number."""
    groups: list[list[Row]] = []
    for at, slot in enumerate(day.slots):
        groups.append(_slot(slot, at == 0, room, clock))
        if at == 0:
            groups.append(_answered(day.answered, clock))
    if not day.slots:
        groups.append(_answered(day.answered, clock))
    groups += [_held(day.held, room, clock), _stale(day.stale)]
    found: list[Row] = []
    for group in filter(None, groups):
        if found and room.air:
            found.append(Row(("air", len(found)), heading=()))
        found += group
    return found


def _slot(slot: Slot, first: bool, room: Room, clock: Clock) -> list[Row]:
    now = slot.begins <= clock.now() < slot.ends
    zone = clock.zone
    begins = f"{slot.begins.astimezone(zone):%H:%M}"
    if now:
        when = line((f"{begins}–{slot.ends.astimezone(zone):%H:%M}", "accent"), " ")
        title = _("Now: {whom}").format(whom=slot.title)
    else:
        passed = slot.ends <= clock.now()
        said = _("since {time}") if passed else _("from {time}")
        when = line((said.format(time=begins), "muted"), " ")
        title = str(slot.title)
    head = line((f" {title}", "title"), " ", (f"{slot.number:,}", "muted"))
    lines = shown(slot, first, room)
    alike = _alike(lines)
    found = [Row(("slot", slot.code), heading=partial(_ends, head, when))]
    found += [Row((TO, one.enrolment_id), (partial(_person, one, alike[at]),))
              for at, one in enumerate(lines)]  # fmt: skip
    left = slot.number - len(lines)
    if left > 0:
        more = ngettext("{n} more of them", "{n} more of them", left).format(n=f"{left:,}")
        found.append(Row((MORE, slot.code), (line((more, "dim")),)))
    return found


def _alike(lines: Sequence[MessageLine]) -> list[bool]:
    """Of each whether the one above gets the same words."""
    keys = [one.text_key for one in lines]
    return [at > 0 and keys[at - 1] == key for at, key in enumerate(keys)]


def _ends(left: Line, right: Line, cells: int) -> Line:
    return spread(cut_line(left, cells - line_width(right) - 1), right, cells, 1)


def _person(one: MessageLine, alike: bool, cells: int) -> Ends:
    """Who, what they are, where they are in it; what the words are of, said once."""
    spare = cells - TITLE - STEP - RIGHT - 2
    name = pad(one.person or _("(no name)"), min(max(spare, NAME), NAME_ROOMY))
    told = line((name, "strong"), " ", (pad(one.title, TITLE), "muted"), " ")
    told = (*told, *line((pad(str(one.step_title), STEP), "")))
    if cells >= WITH_COMPANY:
        told = (*told, *line((short_company(one.company), "muted")))
    right = line((words.kind(one), "dim" if alike else "muted"), " ")
    if one.missed or one.since:
        look = "dim" if one.missed and one.skippable else "warn"
        right = line((_not_sent(one, cells >= WITH_COMPANY), look), " ", *right)
    return Ends(told, right)


def _not_sent(one: MessageLine, roomy: bool) -> str:
    """What was not sent on its day: a sign, and where there is room the step or the day."""
    if not roomy:
        return "✗" if one.missed else "!"
    if one.missed:
        return f"✗ {one.missed[-1]}" + (f" +{len(one.missed) - 1}" if len(one.missed) > 1 else "")
    return f"! {one.since:%m-%d}"


def _answered(found: Sequence[Answered], clock: Clock) -> list[Row]:
    if not found:
        return []
    head = line((" " + _("They replied, waiting for you"), "warn"), " ", (str(len(found)), "muted"))
    return [
        Row(("head", SAID), heading=head),
        *(Row((SAID, one.enrolment_id), (partial(_said, one, clock),)) for one in found),
    ]


def _said(one: Answered, clock: Clock, cells: int) -> Ends:
    local = one.at.astimezone(clock.zone)
    today = clock.today()
    when = f"{local:%H:%M}" if local.date() == today else str(near_day(local.date(), today))
    name = pad(one.person or _("(no name)"), NAME_ROOMY if cells >= WITH_COMPANY else NAME)
    told = line((name, "strong"), " ", one.words)
    return Ends(told, line((when, "muted"), " "))


def _held(found: Sequence[Held], room: Room, clock: Clock) -> list[Row]:
    if not found:
        return []
    number = str(sum(one.number for one in found))
    head = line((" " + _("Nothing today"), "title"), " ", (number, "muted"))
    key = line((room.keys("messages.held", "h"), "key"), " ", (_("why"), "muted"), " ")
    today = clock.today()
    return [
        Row(("head", HELD), heading=partial(_ends, head, key)),
        *(Row((HELD, str(one.why)), (_why(one, today),)) for one in found),
    ]


def _why(one: Held, today: date) -> Ends:
    told = line((pad(words.people(one.number), NAME), ""), " ", (str(one.why), "muted"))
    return Ends(told, line((until(one, today), "muted"), " "))


def until(one: Held, today: date) -> str:
    if one.until is None:
        return _("out of it") if one.out else _("waits for you")
    return _("from {day}").format(day=near_day(one.until, today))


def _stale(found: Sequence[Stale]) -> list[Row]:
    if not found:
        return []
    number = str(len(found))
    head = line((" " + _("Words that want a look"), "warn"), " ", (number, "muted"))
    return [
        Row(("head", STALE), heading=head),
        *(
            Row((STALE, one.content_id), (line(one.label, " ", (str(one.why), "muted")),))
            for one in found
        ),
    ]


def order(day: Day) -> list[Hashable]:
    """Whom to write to, one after the other."""
    return [(TO, one.enrolment_id) for slot in day.slots for one in slot.lines]
