"""The log's runs of calls, in words: counted as a report counts them."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.daybook.folds import Fold
from opslog.domain.reports import folded
from opslog.domain.reports.ledger import Contact
from opslog.locale import Msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.reports import ledger as store


def told(book: Book, folds: Sequence[Fold]) -> list[Msg]:
    """A sentence each."""
    if not folds:
        return []
    outcomes = own_kinds.outcomes(book)
    contacts = _contacts(book, folds)
    return [
        folded.told(contacts[fold.key], len(fold.ids), fold.first, fold.last, outcomes)
        for fold in folds
    ]


def came(book: Book, fold: Fold) -> Msg:
    """What came of them, purpose by purpose."""
    return folded.came(_contacts(book, [fold])[fold.key], own_kinds.outcomes(book))


def _contacts(book: Book, folds: Sequence[Fold]) -> dict[int, list[Contact]]:
    """By the keys of the folds; each once, however many lines tell of it."""
    fold_of = {id: fold.key for fold in folds for id in fold.ids}
    found: dict[int, dict[int, Contact]] = {fold.key: {} for fold in folds}
    for line, one in store.of_lines(book.con, list(fold_of)):
        found[fold_of[line]][one.id] = one
    return {key: list(some.values()) for key, some in found.items()}
