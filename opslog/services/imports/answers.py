"""是否参会 on a list of before the event is an answer to an invitation, and no presence yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from opslog.domain.rosters.rosters import Columns
from opslog.exchange.headings import known as heading_known
from opslog.exchange.meaning.list_file import OpenList

_ASKS = frozenset({"是否参会", "是否出席", "出席", "是否到场", "attendance", "attending"})


def read_as_states(source: OpenList, starts_at: datetime, now: datetime) -> None:
    """Have such columns say how sign-ups stand, where the event has not begun."""
    if now >= starts_at:
        return
    for number, part in enumerate(source.parts):
        mapping = _answered(part.columns, dict(part.mapping))
        source.parts[number] = replace(part, mapping=mapping)
        if number == source.main:
            source.mapping = mapping


def _answered(columns: tuple[str, ...], mapping: dict[str, Columns]) -> dict[str, Columns]:
    at = mapping.get("attended", ())
    asked = tuple(i for i in at if i < len(columns) and heading_known.fold(columns[i]) in _ASKS)
    if asked:
        mapping["status"] = (*mapping.get("status", ()), *asked)
        mapping["attended"] = tuple(i for i in at if i not in asked)
        mapping = {field: columns for field, columns in mapping.items() if columns}
    return mapping
