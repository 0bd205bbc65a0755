"""What a column declares: whose row it makes, and what erasing, merging, searching, exporting do.

Each area declares its columns in ``columns.py``, beside its ``tables.py`` and without sqlmodel;
``store/schema/columns.py`` gathers them. Erasing and merging know no table by name: they go by
what is declared, so that a new table is respected as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

Values = Mapping[str, Any]
# From the row that stays, the one that goes and the column's name: what it holds afterwards.
Merge = Callable[[Values, Values, str], object]


class Erase(Enum):
    """What erasing a person does with a column."""

    KEEP = "keep"  # a number, a code, a moment: it does not say who somebody is
    SCRUB = "scrub"  # free text: what names the person is taken out, in whoever's row
    BLANK = "blank"  # says who it is: emptied in the person's rows, scrubbed in all others
    CELLS = "cells"  # as BLANK; a JSON list stays as long as it was
    DELETE = "delete"  # where it leads to the person the row goes


KEEP, SCRUB, BLANK, CELLS, DELETE = Erase


# -- merging: of two rows that become one ------------------------------------------------


def stays(kept: Values, gone: Values, name: str) -> object:
    """The value of the row that stays."""
    return kept[name]


def move(kept: Values, gone: Values, name: str) -> object:
    """A reference: what led to the row that goes leads to the one that stays."""
    return kept[name]


def same(kept: Values, gone: Values, name: str) -> object:
    """Of one person there is one row of a kind: two that say the same here become one."""
    return kept[name]


def follows(kept: Values, gone: Values, name: str) -> object:
    """The name of a column of the owner: the row goes where that column's value came from."""
    return kept[name]


def fill(kept: Values, gone: Values, name: str) -> object:
    """A blank is filled, nothing is overwritten."""
    return gone[name] if kept[name] in ("", None) else kept[name]


def filled_with(other: str) -> Merge:
    """Goes with another column: taken over where that one is filled."""

    def merged(kept: Values, gone: Values, name: str) -> object:
        return gone[name] if kept[other] in ("", None) and gone[other] else kept[name]

    return merged


def further(main: str) -> Merge:
    """All words of both rows and of column ``main``, but the one that stands there."""

    def merged(kept: Values, gone: Values, name: str) -> object:
        words = f"{kept[main]} {kept[name]} {gone[main]} {gone[name]}".split()
        return " ".join(word for word in dict.fromkeys(words) if word != fill(kept, gone, main))

    return merged


def lines(kept: Values, gone: Values, name: str) -> object:
    """Both texts, one under the other; one that is part of the other already is not repeated."""
    if gone[name] in kept[name]:
        return kept[name]
    return "\n".join(filter(None, [kept[name], gone[name]]))


def typed(kept: Values, gone: Values, name: str) -> object:
    """What the operator typed goes before what a list said; ``source`` tells them apart."""
    return (gone if gone["source"] == "operator" != kept["source"] else kept)[name]


def largest(kept: Values, gone: Values, name: str) -> object:
    """The larger number, the later moment, yes before no; of one that is known, that one."""
    return max(_known(kept, gone, name), default=None)


def smallest(kept: Values, gone: Values, name: str) -> object:
    """The smaller number, the earlier moment."""
    return min(_known(kept, gone, name), default=None)


def total(kept: Values, gone: Values, name: str) -> object:
    found = _known(kept, gone, name)
    return sum(found) if found else None


def first_of(order: Sequence[str]) -> Merge:
    """Whichever of the two is named first."""

    def merged(kept: Values, gone: Values, name: str) -> object:
        return min(kept[name], gone[name], key=order.index)

    return merged


def _known(kept: Values, gone: Values, name: str) -> list[Any]:
    return [row[name] for row in (kept, gone) if row[name] is not None]


# -- the declaration ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """``of`` says whose row it is: ``card.id`` where it belongs to whom that card belongs to;
    several apart by spaces, and a text there may hold several words. ``only`` is the condition
    (SQL) under which it does. ``leads_to``: a row that is somebody else's; where that is merged
    into another, it leads there. ``search``: what is typed into a search finds it; ``export``: it
    leaves in the files made for others. ``json``, ``codes``: the form that a check holds it to."""

    erase: Erase
    merge: Merge = stays
    of: str = ""
    only: str = ""
    leads_to: str = ""
    search: bool = False
    export: bool = False
    json: bool = False
    codes: tuple[str, ...] = ()

    @property
    def owners(self) -> list[tuple[str, str]]:
        """Table and column of each owner."""
        return [_row(text) for text in self.of.split()]


def _row(text: str) -> tuple[str, str]:
    table, _, column = text.partition(".")
    return table, column


Columns = Mapping[str, Column]
Tables = Mapping[str, Columns]

ID = Column(KEEP)


def owned_by(tables: Tables, owner: str) -> list[tuple[str, str, str]]:
    """Table, column, and the owner's column it is matched with, of all that belongs to rows of
    ``owner``."""
    return [
        (table, name, theirs)
        for table, columns in tables.items()
        for name, column in columns.items()
        for whose, theirs in column.owners
        if whose == owner
    ]


def leading_to(tables: Tables, owner: str) -> list[tuple[str, str, str]]:
    """The same of the columns that lead to rows of ``owner`` without being theirs."""
    return [
        (table, name, _row(column.leads_to)[1])
        for table, columns in tables.items()
        for name, column in columns.items()
        if column.leads_to.partition(".")[0] == owner
    ]


def with_erase(columns: Columns, *kinds: Erase) -> list[str]:
    """The columns with which erasing does one of these."""
    return [name for name, column in columns.items() if column.erase in kinds]
