"""What a long queue takes long for: ranking everybody, and counting how far the calls are. Both are
asked of a book of a thread's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.queue import OfList, QueueLine
from opslog.services.book.book import Book
from opslog.services.calls import call_card
from opslog.tui.calls import progress
from opslog.tui.calls.progress import Far
from opslog.tui.calls.queue.which import Which

Counted = Mapping[OfList, Far]


class Ranked(NamedTuple):
    """``elsewhere``: by lane, whom the chosen one leaves out; ``left``: who is not called.
    ``far``: as much as was counted; ``to_add``: how many are to be added on WeCom, where that was;
    ``old``: how many call-backs stand apart.
    """

    lines: list[QueueLine]
    elsewhere: Mapping[str, int]
    left: list[LeftOut]
    far: Counted
    to_add: int | None = None
    old: int = 0


def first(which: Which, book: Book) -> Ranked:
    """What stands on screen until the whole queue is ranked."""
    return Ranked(which.first(book), {}, [], {})


def ranked(which: Which, book: Book) -> Ranked:
    lines, held, old = which.read(book)
    left = which.left_out(book, lines, held)
    return Ranked(lines, which.elsewhere(book), left, {}, old=old)


def ranked_and_counted(which: Which, book: Book) -> Ranked:
    found = ranked(which, book)
    firsts = {one.of_list: one for one in reversed(found.lines)}
    far = counted(firsts.values(), found.left, book)
    return found._replace(far=far, to_add=which.to_add(book))


def counted(firsts: Iterable[QueueLine], left: list[LeftOut], book: Book) -> Counted:
    """How far the calls are that these lines are of."""
    cards = (call_card.card(book, one.card_id, one.purpose) for one in firsts)
    return {card.of_list: progress.far(book, card, left) for card in cards}
