"""How it stands with each person of a list who is to be called: for the queue, for Today, and for
the step of the plan that is done with the last of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from opslog.domain.base.clock import instant_text
from opslog.domain.calls.outcomes import PHONE, REMINDER, WRONG_NUMBER
from opslog.domain.calls.retries import (
    SETTLED,
    Attempt,
    Standing,
    Window,
    in_call,
    standing,
)
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.queue import left_out
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import evidence
from opslog.store.people import suppressed
from opslog.store.rosters.states import came_since


def standings(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> list[tuple[Candidate, Standing]]:
    """Everybody on a list who is to be called in ``window``, in the order they came in, and who
    was called before they were left out; ``only`` of these cards."""
    return next(iter(in_windows(book, one, [window], only)))


def in_windows(
    book: Book, one: CallList, windows: Sequence[Window], only: Collection[int] | None = None
) -> Iterator[list[tuple[Candidate, Standing]]]:
    """As ``standings``, for several windows of the same purpose."""
    reminder = windows[0].purpose == REMINDER
    cards = on_lists.each_candidate(book.con, one.cards, only, reminder=reminder)
    called = left_out.sift(book, cards, reminder=reminder)[0]
    attempts = calls_store.attempts(book.con, one.cards, only)
    rules = _Rules(book)
    for window in windows:
        stands, late = _Stands(rules, window), _late(book, one, window, only)
        yield [
            (card, stands.of(card, attempts.get(card.card_id, ())))
            for card in called
            if card.card_id not in late and window.of(card.card_id, rules.now)
        ] + _were_called(book, window, attempts, {card.card_id for card in called})


def _were_called(
    book: Book, window: Window, attempts: Mapping[int, Sequence[Attempt]], called: Collection[int]
) -> list[tuple[Candidate, Standing]]:
    """Whoever is left out by now, and was called in ``window`` before: a number was wrong, say.
    They are through."""
    made = {id: in_call(tried, window) for id, tried in attempts.items() if id not in called}
    cards = evidence.counted(book.con, [id for id, mine in made.items() if mine], window.purpose)
    if not cards:
        return []
    return [
        (card, Standing(SETTLED, PHONE, None, len(made[card.card_id]), last=made[card.card_id][-1]))
        for card in on_lists.candidates(book.con, cards)
    ]


def _late(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> Collection[int]:
    """Of a window that is over, who came onto the list since it closed, or at the door: nobody
    could remind them. ``only`` of these cards."""
    if window.closes is None or window.closes > book.now():
        return ()
    return came_since(book.con, one.roster_id, window.closes, only)


def all_through(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> bool | None:
    """Whether no further call waits for anybody of a list; None where nobody is to be called.

    ``only``: the cards to look at. As long as somebody was not tried yet a long list is not gone
    through: whom nobody else on it is like is enough.
    """
    con, reminder = book.con, window.purpose == REMINDER
    stands = _Stands(_Rules(book), window)
    now = book.now()

    def through(card: Candidate) -> bool:
        tried = calls_store.attempts(con, one.cards, [card.card_id])
        return stands.of(card, tried.get(card.card_id, ())).through

    if only is None:
        cards = on_lists.untried(con, one.cards, window.since, window.purpose, reminder=reminder)
        for card in left_out.called(book, cards, reminder=reminder):
            if not window.of(card.card_id, now) or through(card):
                continue
            if len(evidence.alike(con, [card.card_id])) > 1:
                continue
            if card.card_id not in _late(book, one, window, [card.card_id]):
                return False
    found, late = None, _late(book, one, window, only)
    cards = on_lists.each_candidate(con, one.cards, only, reminder=reminder)
    for card in left_out.called(book, cards, reminder=reminder):
        if card.card_id in late or not window.of(card.card_id, now):
            continue
        if not through(card):
            return False
        found = True
    if found is None and only is None:
        attempts = calls_store.attempts(con, one.cards)
        return bool(_were_called(book, window, attempts, ())) or None
    return found


def untouched(book: Book, one: CallList, *, reminder: bool) -> Candidate | None:
    """Somebody on a list whom nobody called or wrote to for it yet, and whom nobody else on it is
    like; None where there is nobody."""
    cards = on_lists.untried(book.con, one.cards, reminder=reminder)
    for card in left_out.called(book, cards, reminder=reminder):
        if reminder and card.attended:
            continue
        if len(evidence.alike(book.con, [card.card_id])) == 1:
            return card
    return None


class _Rules:
    """What decides for everybody."""

    def __init__(self, book: Book) -> None:
        self.now, self.outcomes, self._book = book.now(), own_kinds.outcomes(book), book

    @cached_property
    def wrong(self) -> frozenset[str]:
        """When numbers were found to be wrong: with another number such an attempt does not count.
        Few have another one, so it is rarely asked for."""
        return suppressed.told_wrong(self._book.con)


class _Stands:
    """How it stands with each, in one window."""

    def __init__(self, rules: _Rules, window: Window) -> None:
        self._rules, self._window = rules, window
        self._untried: dict[tuple[bool | None, bool], Standing] = {}  # most are

    def of(self, card: Candidate, tried: Sequence[Attempt]) -> Standing:
        if card.attended and self._window.purpose == REMINDER:  # who is there needs none
            last = tried[-1] if tried else None
            return Standing(SETTLED, PHONE, None, len(tried), last=last)
        if tried:
            if card.phone:
                tried = [one for one in tried if not self._of_another_number(one)]
            return self._standing(card, tried)
        if self._window.dates is not None:
            return self._standing(card, ())
        lanes = (card.wecom, bool(card.phone))
        if lanes not in self._untried:
            self._untried[lanes] = self._standing(card, ())
        return self._untried[lanes]

    def _standing(self, card: Candidate, tried: Sequence[Attempt]) -> Standing:
        rules = self._rules
        window = self._window.of(card.card_id, rules.now) or self._window
        return standing(
            *(tried, window, rules.outcomes, rules.now),
            wecom=card.wecom,
            number=bool(card.phone),
        )

    def _of_another_number(self, attempt: Attempt) -> bool:
        return attempt.outcome == WRONG_NUMBER and instant_text(attempt.at) in self._rules.wrong
