"""Reading ``outcomes.toml``: the outcome sets as a person may write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from functools import cache

from opslog import shipped
from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.titles import Phrase
from opslog.domain.calls.outcomes import (
    ADD,
    ASKS,
    CALLBACK,
    ENDS,
    FILE,
    FOLLOWUP,
    LANES,
    LATER_SETS,
    REMINDER,
    SETS,
    Outcome,
    Outcomes,
    OutcomeSet,
    Part,
)
from opslog.locale import N_, msg

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_SPAN = re.compile(r"(\d{1,3})([mhd])")


def read(text: str, file: str = FILE) -> Outcomes:
    """Read the outcome sets. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("parts", "reminder_from", "forecast", REMINDER, CALLBACK, ADD, FOLLOWUP, "reasons")
    parts = _parts(table.section("parts"))
    opening = table.section("reminder_from")
    opening.only("day_before", "on_day")
    forecast = table.section("forecast")
    forecast.only("not_called")
    sets = {(kind, lane): _set(table, kind, lane, parts) for kind, lane in SETS}
    for kind, lane in LATER_SETS:
        own = lane in table.data.get(kind, {})
        sets[kind, lane] = _set(table, kind, lane, parts) if own else _shipped().of(kind, lane)
    reasons = table.section("reasons")
    found = Outcomes(
        sets=sets,
        parts=parts,
        reasons={code: _reason(reasons.section(code, "reasons.")) for code in reasons.data},
        day_before=_clock(opening, "day_before"),
        on_day=_clock(opening, "on_day"),
        not_called=_share(forecast, "not_called", 0.0) or 0.0,
    )
    table.settle()
    return found


@cache
def _shipped() -> Outcomes:
    return read(shipped.text("calls/outcomes.toml"))


def _set(table: Table, kind: str, lane: str, parts: Mapping[str, Part]) -> OutcomeSet:
    above = table.section(kind)
    above.only(*LANES)
    one = above.section(lane, f"{kind}.")
    outcomes: list[Outcome] = []
    for code in one.data:
        entry = one.section(code, f"{kind}.{lane}.")
        outcome = _outcome(code, entry, parts, reminder=kind == REMINDER)
        if outcome.digit and any(other.digit == outcome.digit for other in outcomes):
            entry.fault("digit", msg(N_("the digit {digit} is taken"), digit=outcome.digit))
        outcomes.append(outcome)
    if not any(outcome.digit for outcome in outcomes):
        one.fault("", msg(N_("no outcome here has a digit")))
    return OutcomeSet(kind, lane, outcomes)


def _outcome(code: str, table: Table, parts: Mapping[str, Part], *, reminder: bool) -> Outcome:
    if not _CODE.fullmatch(code):
        table.fault("", msg(N_("the code “{code}” may only hold a-z, 0-9 and _"), code=code))
    table.only(
        *("digit", "en", "zh", "ask", "ends", "retry", "at_most", "other_words", "parts"),
        *("contacted", "answered", "chance", "confirms", "pass_on", "on_wecom"),
    )
    ends = table.one_of("ends", ENDS, "")
    retry = _span(table, "retry")
    if bool(ends) == (retry is not None):
        table.fault(
            "ends", msg(N_("“{code}” needs one of “ends” and “retry”, not both"), code=code)
        )
    wanted = table.data.get("parts", list(parts))
    if not isinstance(wanted, list) or not wanted or any(name not in parts for name in wanted):
        table.fault("parts", msg(N_("“parts” is a list of: {known}"), known=", ".join(parts)))
        wanted = []
    return Outcome(
        code=code,
        digit=table.integer("digit", 0, 1, 8) if "digit" in table.data else None,
        title=_phrase(table),
        ask=table.one_of("ask", ASKS, ""),
        ends=ends,
        retry=retry,
        at_most=table.integer("at_most", 1, 1, 20),
        other_words=table.integer("other_words", 0, 0, 20),
        parts=tuple(wanted),
        contacted=table.yes("contacted"),
        answered=table.yes("answered"),
        chance=_share(table, "chance", None if not reminder else 0.0),
        confirms=table.yes("confirms"),
        pass_on=table.yes("pass_on"),
        on_wecom=table.yes("on_wecom"),
    )


def _phrase(table: Table) -> Phrase:
    return Phrase(table.text("en"), table.text("zh"))


def _reason(table: Table) -> Phrase:
    table.only("en", "zh")
    return _phrase(table)


def _parts(table: Table) -> dict[str, Part]:
    parts = {}
    for code in table.data:
        sides = table.text(code).replace("–", "-").split("-")
        try:
            start, until = (time.fromisoformat(side.strip()) for side in sides)
        except ValueError:
            start = until = time()
        if start >= until:
            table.fault(code, msg(N_("“{key}” must be written like 09:00-12:00"), key=code))
        parts[code] = Part(code, start, until)
    if not parts:
        table.fault("", msg(N_("[parts] must name at least one part of the day")))
    return parts


def _clock(table: Table, key: str) -> time:
    try:
        return time.fromisoformat(table.text(key))
    except ValueError:
        table.fault(key, msg(N_("“{key}” must be a time such as 09:30"), key=key))
        return time()


def _span(table: Table, key: str) -> timedelta | None:
    if key not in table.data:
        return None
    found = _SPAN.fullmatch(table.text(key))
    if not found or not int(found[1]):
        table.fault(key, msg(N_("“{key}” must be written like 30m, 2h or 1d"), key=key))
        return timedelta(hours=1)
    unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: int(found[1])})


def _share(table: Table, key: str, default: float | None) -> float | None:
    value = table.data.get(key, default)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        table.fault(key, msg(N_("“{key}” must be a number from 0 to 1"), key=key))
        return default
    return float(value)
