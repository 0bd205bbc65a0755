"""Calls and messages of before, as a screening card lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.domain.calls.outcomes import purpose_title
from opslog.domain.screening.card import Attempt
from opslog.locale import msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.calls import attempts as store
from opslog.store.calls import attendance

_ANSWERED = frozenset({"answered", "interested", "replied", "hand_over", "coming", "not_coming"})


def attempts_on(book: Book, card_ids: Sequence[int]) -> dict[int, list[Attempt]]:
    """The attempts on each card, oldest first."""
    rows = store.on_cards(book.con, card_ids)
    if not rows:
        return {}
    outcomes = own_kinds.outcomes(book)
    found: dict[int, list[Attempt]] = {}
    for row in rows:
        known = outcomes.outcome(row["purpose"], row["lane"], row["outcome"])
        attempt = Attempt(
            purpose_title(row["purpose"]),
            known.title.message if known else msg("{text}", text=row["outcome"]),
            known.answered if known else row["outcome"] in _ANSWERED,
            instant_of(row["at"]),
        )
        found.setdefault(row["card_id"], []).append(attempt)
    return found


class SignUps(NamedTuple):
    """``signed_up`` as the show-up rate counts them; ``walk_ins`` came by the door without."""

    signed_up: int
    walk_ins: int


def sign_ups(book: Book, roster_id: int) -> SignUps:
    """Whom a list has: those who signed up, and those who are on it since they came."""
    return SignUps(*attendance.sign_ups(book.con, roster_id))


def called_on(book: Book, roster_id: int) -> int:
    """How many people of a list were called or written to for it."""
    return store.called_on(book.con, roster_id)
