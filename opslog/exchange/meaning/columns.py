"""What the columns of a list mean, and what the list itself says: who signed up, or who came."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.imports.attendance import ATTENDANCE, SIGNUP
from opslog.domain.rosters.rosters import Columns, ImportOptions
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning import layouts, several

# Who signed up but did not come stands in such a list too.
_SIGNUP_COLUMNS = {"attended", "status", "signed_up_at"}
SAY_WHO_CAME = {"attended", "status", "minutes", "arrived_at"}


def meanings(
    columns: tuple[str, ...],
    first: tuple[Row, ...],
    profile: layouts.Profile | None,
    known: layouts.KnownLayouts,
    *,
    headless: bool,
) -> dict[str, Columns]:
    """Field -> columns: as mapped last time, by the known layout, else by headings and cells."""
    before = None if headless else remembered(columns, known)
    if before is not None:
        return before
    if profile is not None:
        return profile.mapping(columns, first)
    mapping = {} if headless else several.mapping(columns, first)
    if heading_known.holds_people({f: i for f, i in mapping.items() if f != "name"}):
        return mapping
    best = {field: at[0] for field, at in mapping.items()}
    told = heading_known.guess_by_content(first, best, headless=headless)
    found: dict[str, Columns] = {field: (at,) for field, at in told.items()}
    return found | mapping


def remembered(columns: tuple[str, ...], known: layouts.KnownLayouts) -> dict[str, Columns] | None:
    """As a file with these headings was mapped last, by a person."""
    mapping = known.memory.get(tuple(map(heading_known.fold, columns)))
    if mapping is None:
        return None
    kept = {
        name: tuple(index for index in at if index < len(columns)) for name, at in mapping.items()
    }
    return {name: at for name, at in kept.items() if at}


def kind_of(
    options: ImportOptions, profile: layouts.Profile | None, mapping: Mapping[str, Columns]
) -> str:
    """Whether the file says who came: as told, by its layout, else by what columns it has."""
    if options.attendance is not None:
        return ATTENDANCE if options.attendance else SIGNUP
    if profile is not None:
        return profile.kind
    came = mapping.keys() & {"minutes", "arrived_at"}
    return ATTENDANCE if came and not mapping.keys() & _SIGNUP_COLUMNS else SIGNUP
