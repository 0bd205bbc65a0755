"""What about the columns of a list should be said, and when it is better asked about than taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from opslog.domain.imports.mapping import meanings
from opslog.domain.people.naming.name_kinds import ORGANISATION, PERSON
from opslog.domain.rosters.rosters import Columns, Left
from opslog.exchange.headings import known as heading_known
from opslog.exchange.meaning.column_cells import ColumnCells
from opslog.locale import N_, Msg, msg

_NAMES = ("name", "given_name", "family_name")
_REACHED = ("phone", "email")
_MOST_NAMED = 12  # columns in a sentence
_LONGEST_NAMED = 30  # characters of a heading in one
_FIGURES = re.compile(
    r"(?:人数|次数|数量|总数|人次|场次|时长|占比|比例|[率量数])$|点赞|曝光|浏览|访客|涨粉"
    r"|\b(?:views?|viewers|clicks|impressions|sessions|bounces?|rate|count|total|visits|visitors|reach)\b|%"
    r"|^(?:pv|uv|ip)$",
    re.IGNORECASE,
)
_FEWEST_FIGURES = 2
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{2}")
_LABEL = re.compile(r"(?:手机|电话|座机|办公|固话|住宅|家庭|工作|微信|同号|分机|号码?|[转:：])+")


def left_out(
    columns: Sequence[str],
    mapping: Mapping[str, Columns],
    cells: ColumnCells,
    ignored: Collection[str] = (),
) -> tuple[Left, ...]:
    """Columns that mean nothing, though numbers, addresses or names stand in them.

    What a layout says to leave (``ignored``, folded), and what a heading gives to somebody else, is
    left on purpose.
    """
    used = meanings(mapping)
    owners = heading_known.owners(columns)
    found = []
    for index in range(max(len(columns), cells.width)):
        heading = columns[index] if index < len(columns) else ""
        known = heading_known.fold(heading) in ignored
        if index in used or known or (index < len(owners) and owners[index].elsewhere):
            continue
        holds = cells.holds(index)
        if holds and not (holds == "name" and _NAMES[0] in mapping and not heading):
            found.append(Left(index, holds))
    return tuple(found)


def doubt(
    place: Msg | str,
    columns: Sequence[str],
    mapping: Mapping[str, Columns],
    cells: ColumnCells,
    told: Collection[str],
) -> Msg | None:
    """Why the list should be asked about: its rows would be nobody by name, or are not people.

    None where it is plain, or where the operator said which column holds names, or that none does.
    """
    if "name" in told or not heading_known.holds_people(mapping):
        return None
    named = ", ".join(_short(name) for name in list(filter(None, columns))[:_MOST_NAMED])
    if _may_have_missed_names(columns, mapping, cells):
        return msg(
            N_(
                "{place}: no column is known to hold the names of people (there are: {columns}). "
                "Say which one does (in the shell: --map name=COLUMN), or that the rows have no "
                "names (--map name=)"
            ),
            place=place,
            columns=named or str(cells.width),
        )
    column = mapping["name"][0] if "name" in mapping else -1
    if column >= 0 and "company" not in mapping and _organisations(column, cells):
        return msg(
            N_(
                "{place}: “{column}” holds organisations, not people (there are: {columns}). Say "
                "which column holds names (in the shell: --map name=COLUMN), or that this one is "
                "the company (--map company={column} name=)"
            ),
            place=place,
            column=columns[column] if column < len(columns) else str(column + 1),
            columns=named,
        )
    reached = any(field in mapping for field in _REACHED)
    if not reached and (_are_figures(columns, mapping) or _hold_figures(columns, mapping, cells)):
        return msg(
            N_(
                "{place}: this looks like figures, not like a list of people (there are: "
                "{columns}). If it is one, say which column holds names (in the shell: "
                "--map name=COLUMN)"
            ),
            place=place,
            columns=named or str(cells.width),
        )
    return None


def _may_have_missed_names(
    columns: Sequence[str], mapping: Mapping[str, Columns], cells: ColumnCells
) -> bool:
    """Whether rows would be nameless: another column may hold the names, or firms are listed."""
    named = [index for field in _NAMES for index in mapping.get(field, ())]
    if any(cells[index] for index in named):
        return False
    used = meanings(mapping)
    rest = [index for index in range(max(len(columns), cells.width)) if index not in used]
    if any(cells.share(index, PERSON) >= 0.5 for index in rest):
        return True
    if not named and any(_words_beside(cells[at]) for at in mapping.get("phone", ())):
        return True
    return not named and ("company" in mapping or any(_whole_words(cells[at]) for at in rest))


def _words_beside(cells: Sequence[str]) -> bool:
    """Whether most numbers stand in a cell with words, which are somebody's name, or a firm's."""
    beside = [cell for cell in cells if _HAN_WORD.search(_LABEL.sub("", cell))]
    return len(beside) * 2 > len(cells)


def _whole_words(cells: Sequence[str]) -> bool:
    """Whether a column is text that differs from row to row, as names do: Ann Example, Lily."""
    words = [cell for cell in cells if cell.replace(" ", "").isalpha() and 1 < len(cell) <= 30]
    return len(words) >= 0.8 * len(cells) > 0 and len(set(words)) >= 0.8 * len(cells)


def _organisations(index: int, cells: ColumnCells) -> bool:
    return cells.share(index, ORGANISATION) > 0.5


def _are_figures(columns: Sequence[str], mapping: Mapping[str, Columns]) -> bool:
    used = meanings(mapping)
    figures = [
        name for at, name in enumerate(columns) if at not in used and _FIGURES.search(name.strip())
    ]
    return len(figures) >= _FEWEST_FIGURES and len(figures) * 3 >= len(columns)


def _hold_figures(
    columns: Sequence[str], mapping: Mapping[str, Columns], cells: ColumnCells
) -> bool:
    """Whether, without headings, columns of numbers stand beside what may be names."""
    used = meanings(mapping)
    rest = [cells[index] for index in range(cells.width) if index not in used]
    figures = [
        some for some in rest if sum(any(map(str.isdigit, c)) for c in some) * 2 >= len(some)
    ]
    return not any(columns) and len(figures) >= _FEWEST_FIGURES


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST_NAMED else heading[: _LONGEST_NAMED - 1] + "…"
