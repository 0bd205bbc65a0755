"""What the operator's own data says about files: layouts saved, columns mapped last time."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from opslog import shipped
from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_text
from opslog.domain.base.own_files.toml_lines import quoted
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.mapping import restored, stored
from opslog.domain.rosters.rosters import Columns, Preview
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.simplified import simplified
from opslog.exchange.meaning import layouts
from opslog.locale import N_, msg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book
from opslog.store.rosters import column_memory

_OWN = "own"  # beside the fields of a remembered mapping: columns kept as own ones
_NO_FILE_NAME = frozenset('\\/:*?"<>|\0')


def known(book: Book) -> layouts.KnownLayouts:
    """Saved layouts and remembered columns."""
    memory = {}
    for headings, mapping in column_memory.every(book.con):
        columns = tuple(map(simplified, damaged.listed(headings)))
        memory[columns] = restored(damaged.mapping(mapping))
    return layouts.KnownLayouts(own_kinds.layouts(book), memory)


def named(book: Book, name: str) -> layouts.Profile | None:
    """The layout a file was read by, as it is called; None of one that is there no more, and of
    none."""
    every = (*own_kinds.layouts(book), *layouts.shipped()) if name else ()
    return next((one for one in every if one.name == name), None)


def remember(
    book: Book,
    columns: Sequence[str],
    mapping: Mapping[str, Columns],
    fields: Sequence[str] = (),
) -> None:
    """Map the same headings like this next time; inside the change in hand.

    ``fields``: the headings of the columns that are kept as fields of the operator's own.
    """
    kept = {**stored(mapping), _OWN: list(fields)} if fields else stored(mapping)
    column_memory.put(
        book.con,
        _remembered_by(columns),
        json.dumps(kept, ensure_ascii=False),
        instant_text(book.now()),
    )


def remembered_fields(book: Book, columns: Sequence[str]) -> list[str]:
    """The headings whose columns were kept as own fields when a file with these came last."""
    mapping = column_memory.mapping(book.con, _remembered_by(columns))
    return [] if mapping is None else list(damaged.mapping(mapping).get(_OWN, ()))


def _remembered_by(columns: Sequence[str]) -> str:
    return json.dumps([heading_known.fold(column) for column in columns], ensure_ascii=False)


@cache
def least_minutes() -> int:
    """From so many minutes on somebody attended, where nothing else is said."""
    return int(tomllib.loads(shipped.text("lists/attendance.toml"))["min_minutes"])


def save(book: Book, preview: Preview, name: str) -> Path:
    """Keep how this file was read as a layout of the operator's own; where it lies.

    Raises Refused for a file without headings, a name no file can have, and one that is taken.
    """
    if not preview.header_row:
        raise Refused(msg(N_("A layout is known by its headings, and this file has none")))
    name = " ".join(name.split())
    if not name or _NO_FILE_NAME & set(name) or name.startswith("."):
        raise Refused(msg(N_("“{name}” can't be the name of a file"), name=name))
    place = f"{own_kinds.LAYOUTS}/{name}.toml"
    if place in own_files.names(book, own_kinds.LAYOUTS):
        raise Refused(msg(N_("There is a layout “{name}” already; choose another name"), name=name))
    label = msg(N_("Saved the layout {name}"), name=name)
    own_files.put(book, place, _toml(preview, name), label)
    return book.home / place


def _toml(preview: Preview, name: str) -> str:
    lines = [
        f"name = {quoted(name)}",
        f"kind = {quoted(preview.kind)}",
        f"headings = [{', '.join(quoted(one) for one in preview.columns if one.strip())}]",
        "",
        "[columns]",
    ]
    told = {
        field: list(dict.fromkeys(name for at in columns if (name := heading(preview, at))))
        for field, columns in preview.mapping.items()
    }
    lines += [f"{field} = [{', '.join(map(quoted, names))}]" for field, names in told.items()]
    meant = {name for names in told.values() for name in names}
    rest = [one for one in preview.columns if one.strip() and one not in meant]
    lines.insert(3, f"ignore = [{', '.join(map(quoted, rest))}]")
    return "\n".join(lines) + "\n"


def heading(preview: Preview, index: int) -> str:
    """What stands over a column; '' where nothing does."""
    return preview.columns[index].strip() if index < len(preview.columns) else ""
