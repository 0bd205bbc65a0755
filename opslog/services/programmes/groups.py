"""How many are to be written to today, by hour and step: counted, never one by one. Read for the
first screen at a start, so it imports little."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import EVENING, SLOTS, Step
from opslog.services.programmes.held import Holding
from opslog.services.programmes.timetable import Timetable


class Group(NamedTuple):
    """People due for the same step at the same hour, as ``store.groups`` counts them."""

    slot: str
    key: tuple[str, str, str, str, bool]  # as stored: slot, programme, step, started on, late
    step: Step
    number: int


def by_slot(table: Timetable, held: Mapping[int, Holding]) -> dict[str, list[Group]]:
    """The hours of the day in their order, with the groups of each that somebody is left of; on a
    day off those alone that the operator put there."""
    return _by_slot(table, held, resting=False)


def resting(table: Timetable, held: Mapping[int, Holding]) -> list[Group]:
    """What a day off leaves to the next working day."""
    if table.workdays.is_workday(table.today):
        return []
    return [group for some in _by_slot(table, held, resting=True).values() for group in some]


def _by_slot(
    table: Timetable, held: Mapping[int, Holding], *, resting: bool
) -> dict[str, list[Group]]:
    groups = _groups(table)
    for one in held.values():
        if (key := one.kept.key) in groups:
            groups[key] = groups[key]._replace(number=groups[key].number - 1)
    found: dict[str, list[Group]] = {}
    for group in sorted(groups.values(), key=lambda group: schedule.hours(group.slot)):
        if group.number > 0 and _rests(table, group) is resting:
            found.setdefault(group.slot, []).append(group)
    return found


def _rests(table: Timetable, group: Group) -> bool:
    """Nothing is written on a day off, but what was put off to an hour of this very day."""
    slot, _code, _step, _started_on, late = group.key
    if not late and slot not in SLOTS:
        return False
    return not table.workdays.is_workday(table.today)


def _groups(table: Timetable) -> dict[tuple[str, str, str, str, bool], Group]:
    """The groups due, at the step that is due now where earlier ones were missed."""
    found = {}
    for row in table.groups:
        slot, code, step_id, started_on, late, number = row
        now = table.at(code, date.fromisoformat(started_on), step_id, table.today)
        if now is None:
            continue  # those are held: see held.py
        step = now[0]
        if late and step.id != step_id:  # of one due today the hour may be one they were put off to
            slot = slot if slot == EVENING else table.slot(code, step, "")
        key = (row["slot"], code, step_id, started_on, bool(late))
        found[key] = Group(slot, key, step, number)
    return found
