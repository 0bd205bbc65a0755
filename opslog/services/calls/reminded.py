"""Who was called to be reminded of an event that has begun: it stands as it was then.

What is decided of somebody since (dropped when the list was tidied, marked as come or not) neither
takes a call back that was made, nor makes one that was not; who was called once counts as called,
for no other call waits.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import Attempt, Window, in_call, standing
from opslog.domain.screening.reasons import INVALID
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.queue import left_out
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import evidence
from opslog.store.rosters.states import came_since

_INVALID = {f"drop {reason}" for reason in INVALID}


def over(book: Book, window: Window) -> bool:
    """Whether nobody can be reminded any more."""
    return window.purpose == REMINDER and window.ends is not None and window.ends <= book.now()


def called(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> dict[int, bool]:
    """The cards of whom was to be called, and whether they were; ``only`` of these cards."""
    assert window.ends is not None
    outcomes, now, ends = own_kinds.outcomes(book), book.now(), window.ends
    attempts = {
        card_id: [attempt for attempt in tried if attempt.at < ends]
        for card_id, tried in calls_store.attempts(book.con, one.cards, only).items()
    }
    late = came_since(book.con, one.roster_id, window.closes or ends, only)

    def through(card: Candidate, tried: list[Attempt]) -> bool:
        if in_call(tried, window):
            return True
        return bool(tried) and standing(tried, window, outcomes, now, wecom=card.wecom).through

    found = {
        card.card_id: through(card, attempts.get(card.card_id, []))
        for card in _then(book, one, window, only)
        if card.card_id not in late
    }
    made = [id for id, tried in attempts.items() if id not in found and in_call(tried, window)]
    return found | dict.fromkeys(evidence.called(book.con, made), True)


def last_call(book: Book, one: CallList, window: Window) -> datetime | None:
    """When the last reminder was made; None where none was."""
    each = calls_store.attempts(book.con, one.cards).values()
    made = [one.at for tried in each for one in in_call(tried, window)]
    return max((at for at in made if window.ends is None or at < window.ends), default=None)


def all_called(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> bool | None:
    """Whether everybody was; None where nobody was, or was to be. A long list is not gone through
    where somebody on it was not tried at all."""
    assert window.ends is not None
    if not evidence.reminded(book.con, one.cards, window.ends):
        return None  # the list came after the event, say
    if only is None:
        untried = on_lists.untried(book.con, one.cards, window.since, REMINDER, reminder=True)
        late = came_since(book.con, one.roster_id, window.closes or window.ends, None)
        for card in left_out.called(book, untried, reminder=True):
            if card.card_id in late or len(evidence.alike(book.con, [card.card_id])) > 1:
                continue
            if not all(called(book, one, window, [card.card_id]).values()):
                return False
    found = called(book, one, window, only)
    return all(found.values()) if found else None


def _then(
    book: Book, one: CallList, window: Window, only: Collection[int] | None
) -> list[Candidate]:
    """Whoever is called now, or would be but for what was decided since the event began."""
    assert window.ends is not None
    cards = [
        *on_lists.each_candidate(book.con, one.cards, only, reminder=True),
        *(
            card
            for card, barred in on_lists.left_out(book.con, one.cards, only, reminder=True)
            if not barred
        ),
    ]
    verdicts = evidence.verdicts(book.con, one.roster_id, window.ends, only)
    then = [
        card._replace(verdict=verdicts.get(card.card_id, ""))
        for card in sorted(cards, key=lambda card: card.card_id)
    ]
    then = [card for card in then if card.verdict not in _INVALID]
    return left_out.sift(book, then, reminder=True)[0]
