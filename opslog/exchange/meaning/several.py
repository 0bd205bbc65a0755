"""What each column means where several may mean one thing: by headings, and by what cells hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from opslog.domain.people.naming.name_kinds import PERSON
from opslog.domain.rosters.rosters import SEVERAL, Columns
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.known import Candidate
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning.column_cells import ColumnCells, kind_of_names

_MIDDLE = frozenset({"middlename", "middleinitial", "additionalname", "secondname"})
_REACHED = (
    "phone",
    "email",
    "note",
    "barred",
)  # a part of a heading is enough for a further column
_OF_THE_ROW = ("note", "barred", "status")  # whoever is named before such a column
_STANDS_BACK = 10  # the rank of a heading that its cells speak against, divided


def mapping(
    columns: Sequence[str], rows: Iterable[Row], taken: Collection[int] = ()
) -> dict[str, Columns]:
    """Field -> its columns, the best first; a column means one field. ``taken`` ones mean none."""
    cells = ColumnCells(rows)
    named = ["" if index in taken else heading for index, heading in enumerate(columns)]
    ranked = sorted(_weighed(heading_known.candidates(named), named, cells))
    best = heading_known.one_each(ranked, named)
    found: dict[str, Columns] = {field: (index,) for field, index in best.items()}
    used = {*best.values(), *taken}
    begins = _somebody_else(ranked, best, named)
    owners = heading_known.owners(columns)
    for one in ranked:
        if one.column in used or one.field not in SEVERAL or one.field not in found:
            continue
        if not one.known and one.field not in _REACHED:
            continue
        own, other = owners[found[one.field][0]], owners[one.column]
        another = own.buyer != other.buyer or own.buyers != other.buyers or other.others
        if one.field not in _OF_THE_ROW and (another or one.column >= begins):
            continue
        if cells.speak_against(one.column, one.field):
            continue
        found[one.field] += (one.column,)
        used.add(one.column)
    add_middle_name(found, named)
    return {field: _in_order(field, at) for field, at in found.items()}


def add_middle_name(found: dict[str, Columns], columns: Sequence[str]) -> None:
    """Middle names belong to first names, and are joined to them."""
    if "given_name" not in found:
        return
    folded = [heading_known.fold(heading) for heading in columns]
    used = {index for at in found.values() for index in at}
    middle = [i for i, one in enumerate(folded) if one in _MIDDLE and i not in used]
    found["given_name"] = (*found["given_name"][:1], *middle)


def _in_order(field: str, columns: Columns) -> Columns:
    """What is joined stands as in the file; else the likeliest column comes first."""
    return tuple(sorted(columns)) if field in ("note", "barred") else columns


def _weighed(
    candidates: Iterable[Candidate], columns: Sequence[str], cells: ColumnCells
) -> Iterable[Candidate]:
    """The candidates with what their cells say of them."""
    candidates = list(candidates)
    for one in candidates:
        heading = columns[one.column]
        if heading_known.may_be_either(heading):
            if one.field == _side(one, candidates, columns, cells):
                yield one
        elif not cells.speak_against(one.column, one.field):
            yield one
        elif one.known and one.field != "status":
            yield one._replace(rank=one.rank // _STANDS_BACK)


def _side(
    one: Candidate, candidates: Iterable[Candidate], columns: Sequence[str], cells: ColumnCells
) -> str:
    """Whether 客户名称 is a name or a company: its cells say, else what other columns there are."""
    kind = kind_of_names(cells, one.column)
    if kind:
        return "name" if kind == PERSON else "company"
    others = {
        other.field
        for other in candidates
        if not heading_known.may_be_either(columns[other.column])
    }
    if "company" in others:
        return "name"
    return "company"


def _somebody_else(
    ranked: Iterable[Candidate], best: dict[str, int], columns: Sequence[str]
) -> int:
    """From which column on a second person is named, whose numbers are not the first one's."""
    if "name" not in best:
        return len(columns)
    reached = [best[field] for field in ("phone", "email") if field in best]
    after = max(best["name"], min(reached, default=len(columns)))
    return min(
        (
            one.column
            for one in ranked
            if one.field == "name" and one.column > after and _a_full_name(columns[one.column])
        ),
        default=len(columns),
    )


def _a_full_name(heading: str) -> bool:
    folded = heading_known.fold(heading)
    return "姓名" in folded or folded in ("name", "fullname", "联系人", "attendeename")
