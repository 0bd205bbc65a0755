"""Columns without a meaning of opslog's, which the operator may keep as fields of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from opslog import shipped
from opslog.domain.imports.mapping import meanings
from opslog.domain.people.fields import COMPANY, PERSON
from opslog.domain.rosters.own_columns import OwnColumn
from opslog.domain.rosters.rosters import Columns
from opslog.exchange.headings import known as heading_known

LONGEST = 60  # characters of a value: a longer one is a remark or an answer, not a field


class _Words(NamedTuple):
    company: tuple[str, ...]
    skip: frozenset[str]
    keep: frozenset[str]


@cache
def _words() -> _Words:
    told = tomllib.loads(shipped.text("lists/own_fields.toml"))
    return _Words(
        tuple(map(heading_known.fold, told["company"])),
        frozenset(map(heading_known.fold, told["skip"])),
        frozenset(map(heading_known.fold, told["keep"])),
    )


def find(
    columns: Sequence[str],
    mapping: Mapping[str, Columns],
    rows: Sequence[Sequence[str]],
    ignored: Collection[str] = (),
    extras: Collection[int] = (),
) -> tuple[OwnColumn, ...]:
    """The columns that could be kept, by the first rows: with a heading that no other has, and
    short values. What a layout says to leave (``ignored``, folded) is left, and so is what has a
    meaning besides (``extras``)."""
    used = meanings(mapping).keys() | set(extras)
    words = _words()
    found: dict[str, OwnColumn] = {}
    for at, column in enumerate(columns):
        name = " ".join(column.split())
        folded = heading_known.fold(name)
        if not folded or at in used or folded in words.skip or name in found:
            continue
        kept = folded in words.keep
        if folded in ignored and not kept:
            continue
        values = [text for row in rows if at < len(row) and (text := row[at].strip())]
        if max(map(len, values), default=0) <= LONGEST:
            of = COMPANY if any(word in folded for word in words.company) else PERSON
            found[name] = OwnColumn(at, name, of, blank=not values, kept=kept)
    return tuple(found.values())
