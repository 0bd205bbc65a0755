"""Columns of an export that the operator chose, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opslog.domain.base.own_files import column_sets
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import Scope
from opslog.services.files.export import ALL, columns


def of(book: Book, what: str) -> Mapping[str, Sequence[str]]:
    """The sets for one kind of export: name -> columns in their order."""
    return own_kinds.columns(book).get(what, {})


def save(book: Book, what: str, name: str, chosen: Sequence[str]) -> Change:
    """Keep these columns under a name, in place of what it stood for.

    Raises Refused for a name of blanks, and for no column at all.
    """
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise Refused(msg(N_("Give the columns a name")), field="name")
    if not chosen:
        raise Refused(msg(N_("Choose at least one column")))
    sets = {**own_kinds.columns(book)}
    sets[what] = {**sets.get(what, {}), name: chosen}
    return _put(book, sets, msg(N_("Saved the columns {name}"), name=name))


def forget(book: Book, what: str, name: str) -> Change:
    """Take a set away; undo brings it back."""
    sets = {**own_kinds.columns(book)}
    sets[what] = {one: some for one, some in sets.get(what, {}).items() if one != name}
    return _put(book, sets, msg(N_("Forgot the columns {name}"), name=name))


def meant(book: Book, what: str, told: str, scope: Scope = ALL) -> Sequence[str]:
    """``a,b,c`` as columns, or the name of a set as those of it that there are this time: a list
    has the columns of its rounds and of its file."""
    kept = of(book, what).get(told.strip())
    if kept is None:
        return [one.strip() for one in told.replace("，", ",").split(",") if one.strip()]
    there = {column.name for column in columns(book, what, scope)}
    return [name for name in kept if name in there]


def _put(book: Book, sets: column_sets.Sets, label: Msg) -> Change:
    return own_files.put(book, own_kinds.COLUMNS.place, column_sets.written(sets), label)
