"""What a person said about columns: field by field, by heading, letter or number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import FIELDS, Columns
from opslog.exchange.headings import known as heading_known
from opslog.locale import N_, Msg, msg

_COMMA = re.compile("[,，]")


def headings_told(told: Mapping[str, str]) -> list[frozenset[str]]:
    """The headings a person named, folded: with each text as one, and with its commas between.

    A number or a letter is left out: it may stand in any row of data.
    """
    whole = [text.strip() for text in told.values()]
    listed = [one for text in told.values() for one in _listed_columns(text)]
    ways = (
        frozenset(heading_known.fold(one) for one in way if _is_heading(one))
        for way in (whole, listed)
    )
    return list(dict.fromkeys(filter(None, ways)))


def _is_heading(text: str) -> bool:
    if not text or text.lstrip("#").isdecimal():
        return False
    return not (text.isascii() and len(text) < 3)


def as_told(
    mapping: Mapping[str, Columns],
    told: Mapping[str, str],
    columns: tuple[str, ...],
    first_column: int,
    place: Msg | str,
) -> dict[str, Columns]:
    """The mapping with what the operator said about it; a column told about means only that.

    Raises Refused for a field or column there is not, and for a column told to mean two things.
    """
    result = dict(mapping)
    said: dict[int, str] = {}
    for words, column in told.items():
        name = codes.named(words, FIELDS, {})
        if not name:
            text = N_("There is no field “{field}”; the fields are {fields}")
            raise Refused(msg(text, field=words, fields=codes.known(FIELDS)))
        result.pop(name, None)
        at = _columns(column, columns, first_column, place)
        for index in at:
            if said.setdefault(index, name) != name:
                raise Refused(
                    msg(
                        N_("Column “{column}” means one thing: {field} or {other}"),
                        column=columns[index] if index < len(columns) else index + 1,
                        field=msg(FIELDS[said[index]]),
                        other=msg(FIELDS[name]),
                    )
                )
        if at:
            result[name] = at
    result = {
        field: tuple(index for index in at if said.get(index, field) == field)
        for field, at in result.items()
    }
    result = {field: at for field, at in result.items() if at}
    if "name" in result and {"given_name", "family_name"} & told.keys() and "name" not in told:
        del result["name"]
    if "name" in told and told["name"].strip():
        halves = {"given_name", "family_name"} - told.keys()
        result = {field: at for field, at in result.items() if field not in halves}
    return result


def _listed_columns(text: str) -> list[str]:
    """The columns named with commas between."""
    return [one for one in map(str.strip, _COMMA.split(text)) if one]


def _columns(wanted: str, columns: tuple[str, ...], first_column: int, place: Msg | str) -> Columns:
    """The columns a person means; a heading may itself hold a comma."""
    whole = heading_known.fold(wanted)
    if not wanted.strip():
        return ()
    if whole and whole in map(heading_known.fold, columns):
        return (_column(wanted, columns, first_column, place),)
    found = (_column(one, columns, first_column, place) for one in _listed_columns(wanted))
    return tuple(dict.fromkeys(found))


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
