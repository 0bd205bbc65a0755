"""A year's notice of public holidays and make-up days, as the operator's workdays.toml keeps it.

Published by the State Council each autumn for the year to come; days of December may stand in the
notice of the next year (2024-12-31 in that of 2025, say).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table, quoted
from opslog.locale import N_, Msg, msg

KEY = "notice"
_NATIONAL_DAY = (10, 1)


class Told(NamedTuple):
    """What a notice says of one day."""

    off: bool
    name: str


class Notice(NamedTuple):
    year: int
    days: Mapping[date, Told]


def fault(year: int, day: date) -> Msg | None:
    """What speaks against a day in the notice of a year; None where nothing does. A weekday may
    be said to be worked: 2020-02-03 was, when a holiday was made longer."""
    before = day.year == year - 1 and day.month == 12
    if day.year != year and not before:
        return msg(N_("{day} is no day of {year}"), day=day.isoformat(), year=year)
    return None


def whole(notice: Notice) -> Msg | None:
    """Why a notice can't be that of a whole year; None where it may be."""
    told = notice.days.get(date(notice.year, *_NATIONAL_DAY))
    if told is None or not told.off:
        return msg(
            N_("the notice of {year} has no National Day: it is not whole"), year=notice.year
        )
    return None


def text(notice: Notice) -> str:
    """The notice as a table of workdays.toml."""
    lines = [f"[{KEY}.{notice.year}]"]
    names: dict[str, dict[str, list[str]]] = {}
    for day, told in sorted(notice.days.items()):
        kinds = names.setdefault(told.name, {"off": [], "work": []})
        kinds["off" if told.off else "work"].append(day.isoformat())
    for name, kinds in names.items():
        said = ", ".join(f"{kind} = [{', '.join(days)}]" for kind, days in kinds.items() if days)
        lines.append(f"{quoted(name)} = {{ {said} }}")
    return "\n".join(lines) + "\n"


def put(file: str, notices: Iterable[Notice]) -> str:
    """The text of workdays.toml with these notices in it, each in place of an earlier one of its
    year; everything else in it stays as it is."""
    for notice in sorted(notices):
        head = re.compile(rf"^\[{KEY}\.{notice.year}\]\s*$\n?(?:(?!\s*\[).*\n?)*", re.MULTILINE)
        file = head.sub("", file).rstrip("\n")
        file = f"{file}\n\n{text(notice)}" if file else text(notice)
    return file


def read(table: Table) -> dict[int, dict[date, Told]]:
    """The notices of a workdays.toml by year; what is wrong is noted among its faults."""
    found: dict[int, dict[date, Told]] = {}
    years = table.data.get(KEY, {})
    if not isinstance(years, dict):
        table.fault(KEY, msg(N_("“{key}” must be written as [notice.2027]"), key=KEY))
        return found
    for year, names in years.items():
        if not re.fullmatch(r"\d{4}", year) or not isinstance(names, dict):
            table.fault(KEY, msg(N_("“{key}” must be written as [notice.2027]"), key=year))
            continue
        days = found.setdefault(int(year), {})
        for name, kinds in names.items():
            wrong = not isinstance(kinds, dict) or not all(
                kind in ("off", "work")
                and isinstance(listed, list)
                and all(type(day) is date for day in listed)
                for kind, listed in kinds.items()
            )
            if wrong:
                text = N_("“{key}” must say off = [days], work = [days]")
                table.fault(name, msg(text, key=name))
                continue
            for kind, listed in kinds.items():
                days |= {day: Told(kind == "off", name) for day in listed}
    return found
