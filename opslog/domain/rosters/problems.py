"""A row worth a look: what it said, what was understood, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opslog.domain.rosters.rosters import WHO, Columns

# What may be typed in place of a cell, in the order forms show it.
FIELDS_MENDED = ("name", "phone", "email", "company", "title", "city")


@dataclass(frozen=True, slots=True)
class Problem:
    """``values`` are the fields as they stand; ``person_id`` None where nobody came of the row.
    ``marked``: the columns, counted from 0, that what is wrong is about."""

    id: int
    roster_id: int
    event: str
    file: str
    sheet: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    problems: tuple[str, ...]
    person_id: int | None
    values: Mapping[str, str]
    marked: frozenset[int] = frozenset()


_ABOUT = {
    **{f"phone_{what}": ("phone",) for what in ("damaged", "unreadable", "no_area_code")},
    "more_phones": ("phone",),
    "email_unreadable": ("email",),
    "date_unreadable": ("signed_up_at",),
    "no_name": ("name", "given_name", "family_name"),
    "more_people": ("name",),
    "namesakes": ("name", "phone", "company"),
    "staff": ("status",),
    "nobody": WHO,
}
_HELD = {"formula_error": "#", "bad_bytes": "\N{REPLACEMENT CHARACTER}", "stray_quote": '"'}
_WHOLE = ("totals", "remark", "heading", "stray_text", "cut_off")  # the row says it at its start


def offending(
    problems: Sequence[str],
    mapping: Mapping[str, Columns],
    cells: Sequence[str],
    columns: int,
) -> frozenset[int]:
    """Which cells of a row what is wrong with it is about; ``columns`` have a heading."""
    found: set[int] = set()
    for code in problems:
        for field in _ABOUT.get(code, ()):
            found.update(mapping.get(field, ()))
        if code in _HELD:
            found.update(at for at, cell in enumerate(cells) if _HELD[code] in cell)
        if code in _WHOLE:
            found.update([at for at, cell in enumerate(cells) if cell.strip()][:1])
        if code == "more_cells":
            found.update(range(columns, len(cells)))
    return frozenset(found)
