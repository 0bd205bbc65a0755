"""What colleagues owe to plans: who, what, how late, and the words to remind them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.dates.wording import spoken_day
from opslog.domain.events.events import OWNER_LABELS, PlanLine
from opslog.locale import N_, Msg, msg, nmsg, titled

_MOST = 6  # things named in one message
_AT_ONCE = timedelta(days=7)


class OfPlan(NamedTuple):
    """The open steps that somebody owes to one plan, late first: to that of an event, or to a turn
    of one of the operator's own, whose ``event_id`` is 0 and which begins on its day."""

    event_id: int
    name: str
    starts_at: datetime
    lines: tuple[PlanLine, ...]


class Owner(NamedTuple):
    """A colleague with what they owe; ``told`` is when they were last reminded of any of it."""

    key: str
    name: Msg
    plans: tuple[OfPlan, ...]
    told: datetime | None = None

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        return tuple(line for one in self.plans for line in one.lines)

    def late(self, midnight: datetime) -> int:
        return sum(line.late(midnight) for line in self.lines)

    def soon(self, today: date, zone: ZoneInfo) -> Owner:
        """The same with what one reminder may ask for at once: what is due in the week from today,
        or from its first day where that is later. What is due in spring is no matter of Friday."""
        days = {line.id: line.due_at.astimezone(zone).date() for line in self.lines}
        until = max(min(days.values()), today) + _AT_ONCE
        plans = [
            one._replace(lines=tuple(line for line in one.lines if days[line.id] <= until))
            for one in self.plans
        ]
        return self._replace(plans=tuple(one for one in plans if one.lines))

    def reminder(self, today: date, zone: ZoneInfo) -> Msg:
        """The text to send: what is missing for which event, and by when."""
        # A code has no name to greet by.
        text = N_("Hello {name}, {missing}. Can you let me have it by the end of {by}?")
        if self.key in OWNER_LABELS:
            text = N_("Hello, {missing}. Can you let me have it by the end of {by}?")
        return msg(text, **self.fields(today, zone))

    def fields(self, today: date, zone: ZoneInfo) -> dict[str, Msg]:
        """What a text to them may say: ``name``, ``missing``, ``by`` when, for which ``event``."""
        first = min(line.due_at for line in self.lines).astimezone(zone).date()
        return {
            "name": self.name,
            "event": listed(_text(one.name) for one in self.plans),
            "missing": in_turn([_missing(one, zone) for one in self.plans]),
            "by": msg(N_("today")) if first <= today else spoken_day(first),
        }


def things(lines: Sequence[PlanLine]) -> list[Msg]:
    """What is missing: the open lines of a step's checklist, else the step."""
    found: list[Msg] = []
    for line in lines:
        open_items = [item for item in line.items if item.done_at is None]
        found += [_plain(item.title_en, item.title) for item in open_items] or [line.label]
    return found


def _plain(english: str, chinese: str) -> Msg:
    return titled(*(" ".join(text.split()).rstrip("?？") for text in (english, chinese)))


def _missing(one: OfPlan, zone: ZoneInfo) -> Msg:
    found = things(one.lines)
    day = spoken_day(one.starts_at.astimezone(zone).date())
    named = listed(found[:_MOST], N_("{first} / {second}"))
    if len(found) > _MOST:
        named = msg(N_("{things} and more"), things=named)
    return nmsg(
        N_("for “{event}” on {day} {n} thing is still missing: {things}"),
        N_("for “{event}” on {day} {n} things are still missing: {things}"),
        len(found),
        event=one.name,
        day=day,
        things=named,
    )


def by_owner(found: Sequence[OfPlan]) -> list[Owner]:
    """Of the steps of plans those that colleagues owe, by whom; who is late first."""
    owners: dict[str, list[OfPlan]] = {}
    for one in found:
        for key in dict.fromkeys(line.owner for line in one.lines if line.owner and line.open):
            mine = [line for line in one.lines if line.owner == key and line.open]
            mine.sort(key=lambda line: line.due_at)
            owners.setdefault(key, []).append(one._replace(lines=tuple(mine)))
    made = [
        Owner(key, msg(OWNER_LABELS[key]) if key in OWNER_LABELS else _text(key), tuple(plans))
        for key, plans in owners.items()
    ]
    return sorted(made, key=lambda owner: min(line.due_at for line in owner.lines))


def _text(name: str) -> Msg:
    return Msg("{text}", {"text": name})
