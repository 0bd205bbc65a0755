"""What a person said about columns: field by field, by heading, letter or number."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import FIELDS
from opslog.exchange.headings import known as heading_known
from opslog.locale import N_, Msg, msg


def headings_told(told: Mapping[str, str]) -> list[str]:
    """Columns named by their heading; a number or a letter may stand in any row of data."""
    return [
        text
        for text in map(str.strip, told.values())
        if text and not text.lstrip("#").isdecimal() and not (text.isascii() and len(text) < 3)
    ]


def as_told(
    mapping: Mapping[str, int],
    told: Mapping[str, str],
    columns: tuple[str, ...],
    first_column: int,
    place: Msg | str,
) -> dict[str, int]:
    """The mapping with what the operator said about it; a column told about means only that."""
    result = dict(mapping)
    for name, column in told.items():
        if name not in FIELDS:
            raise Refused(
                msg(
                    N_("There is no field “{field}”; the fields are {fields}"),
                    field=name,
                    fields=", ".join(FIELDS),
                )
            )
        result.pop(name, None)
        if not column.strip():
            continue
        index = _column(column, columns, first_column, place)
        result = {f: i for f, i in result.items() if i != index or f in told}
        result[name] = index
    if "name" in result and {"given_name", "family_name"} & told.keys() and "name" not in told:
        del result["name"]
    if "name" in told and told["name"].strip():
        result = {f: i for f, i in result.items() if f not in ("given_name", "family_name")}
    return result


def _column(wanted: str, columns: tuple[str, ...], first_column: int, place: Msg | str) -> int:
    """The column a person means: its heading, its letter, or its number from 1."""
    by_number = wanted.strip().removeprefix("#") if wanted.strip().startswith("#") else ""
    for fold in (str.strip, heading_known.fold) if not by_number else ():
        folded = fold(wanted)
        for index, heading in enumerate(columns):
            if heading and fold(heading) == folded:
                return index
    index = -1
    if (by_number or wanted.strip()).isdecimal():
        index = int(by_number or wanted) - 1
    elif wanted.strip().isascii() and wanted.strip().isalpha() and len(wanted.strip()) <= 3:
        number = 0
        for letter in wanted.strip().upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        index = number - 1 - first_column
    if 0 <= index < max(len(columns), 1):
        return index
    raise Refused(
        msg(
            N_("{place}: there is no column “{column}”; the columns are {columns}"),
            place=place,
            column=wanted,
            columns=", ".join(filter(None, columns)) or str(len(columns)),
        )
    )
