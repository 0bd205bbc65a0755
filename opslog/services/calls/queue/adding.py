"""To be added on WeCom by hand: whoever was kept on a list and is not on WeCom (operator's rule).

What came of asking is kept by person, so whoever was asked for one list is not asked for another,
and what was promised on a list stays as it is. Asking is no touch: it is never held back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import ADD, WECOM
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import Attempt, Standing, Window, standing
from opslog.domain.people.card import WRITE
from opslog.domain.screening.rounds import KEEP
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling
from opslog.services.calls.call_files import CallBooks, books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import left_out
from opslog.services.calls.queue.candidates import Found, placed, within
from opslog.services.calls.wording import called, gone
from opslog.services.daybook import auto_lines
from opslog.services.people import card as person_card
from opslog.store.calls import adding as store
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import not_now
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.people import card as people
from opslog.store.people import suppressed

RECENT = timedelta(days=90)  # after its event a list is no reason any more to ask


def queue(book: Book, event_id: int | None = None, *, later: bool = True) -> list[QueueLine]:
    """Everybody to be added, each once, for the newest list that they were kept on; ``later``
    False: without those who are to be asked again on another day."""
    return _lines(book, list(_lists(book, event_id)), None, later=later)


def number(book: Book, event_id: int | None = None) -> int:
    """How many are to be asked today, without ranking them."""
    lists = list(_lists(book, event_id))
    waiting = _waiting(book, books(book), Budget(book, books(book)), lists, None)
    today, zone = book.today(), book.clock.zone
    return sum(
        due.astimezone(zone).date() <= today
        for _one, some in waiting
        for _card, _state, due in some
    )


def line(
    book: Book, person_id: int, event_id: int | None = None, *, later: bool = True
) -> QueueLine | None:
    """One person's line, rank 1; None where they are not to be added."""
    mine = {card.roster_id: card for card in on_lists.cards_of(book.con, person_id)}
    lists = [one for one in _lists(book, event_id) if one.roster_id in mine]
    only = [mine[one.roster_id] for one in lists]
    return next(iter(_lines(book, lists, only, later=later)), None)


def _lists(book: Book, event_id: int | None) -> Iterator[CallList]:
    """Lists of events of late, the newest first."""
    now = book.now()
    for one in reversed(lists_store.lists(book.con, event_id=event_id)):
        if not one.cancelled and now - RECENT <= one.ends_at <= now:
            yield one


def _lines(
    book: Book, lists: Collection[CallList], only: Collection[Candidate] | None, *, later: bool
) -> list[QueueLine]:
    rules, found = books(book), list[Found]()
    for one, waiting in _waiting(book, rules, Budget(book, rules), lists, only):
        found += placed(book, one, _window(one), rules, waiting)
    today, zone = book.today(), book.clock.zone
    shown = [one for one in found if later or one.due.astimezone(zone).date() <= today]
    ranked = sorted(shown, key=lambda one: one.where.key)
    return [one.line(rank) for rank, one in enumerate(ranked, 1)]


def _waiting(
    book: Book,
    rules: CallBooks,
    budget: Budget,
    lists: Collection[CallList],
    only: Collection[Candidate] | None,
) -> Iterator[tuple[CallList, list[tuple[Candidate, Standing, datetime]]]]:
    """Of each list who is to be asked, everybody on one alone, and when."""
    seen = set[int]()
    for one in lists:
        cards = [
            card
            for card in _kept(book, one, only)
            if card.person_id not in seen and not card.wecom and card.phone
        ]
        seen |= {card.person_id for card in cards}
        asked = store.asked(book.con, [card.person_id for card in cards])
        waiting = []
        for card in cards:
            state = within(
                *(budget, card.person_id, _window(one)),
                _standing(book, rules, one, asked.get(card.person_id, ())),
                book.now(),
            )
            if not state.through and state.due is not None:
                waiting.append((card, state, state.due))
        yield one, waiting


def _kept(book: Book, one: CallList, only: Collection[Candidate] | None) -> list[Candidate]:
    con = book.con
    mine = None if only is None else [card.card_id for card in only]
    cards = on_lists.each_candidate(con, one.cards, mine, reminder=False)
    found = left_out.called(book, cards, reminder=False)
    kept = [card for card in found if card.verdict.startswith(KEEP)]
    asked_not_to = suppressed.among(con, [card.person_id for card in kept], WRITE)
    return [card for card in kept if card.person_id not in asked_not_to]


def _window(one: CallList) -> Window:
    return Window(ADD, one.ends_at)


def _standing(book: Book, rules: CallBooks, one: CallList, asked: Collection[Attempt]) -> Standing:
    return standing(list(asked), _window(one), rules.outcomes, book.now(), wecom=True)


def stands(
    book: Book, rules: CallBooks, one: CallList, card: Candidate
) -> tuple[Window, tuple[Attempt, ...], Standing]:
    """How it stands with one of a list."""
    asked = tuple(store.asked(book.con, [card.person_id]).get(card.person_id, ()))
    return _window(one), asked, _standing(book, rules, one, asked)


def log(
    book: Book,
    person_id: int,
    outcome: str,
    *,
    note: str = "",
    event_id: int | None = None,
    again: bool = False,
) -> Change:
    """What came of asking somebody who is to be added. Raises Refused where nobody is, and as
    ``record``; SaidAlready where the same is written and they are not to be asked again yet."""
    who = person_card.get(book, person_id).called
    wanted = line(book, person_id, event_id)
    if wanted is None:
        text = N_("{person} is not to be added on WeCom; opslog calls --purpose add lists who is")
        raise Refused(msg(text, person=who))
    outcome = books(book).outcomes.of(ADD, WECOM).meant(outcome)
    asked = store.asked(book.con, [person_id]).get(person_id)
    if asked and asked[-1].outcome == outcome and not (wanted.ready or again):
        raise calling.said_already(book, who, ADD, WECOM, outcome, asked[-1].at)
    return record(book, wanted.card_id, outcome, note=note)


def record(
    book: Book, card_id: int, outcome: str, *, note: str = "", when: datetime | None = None
) -> Change:
    """What came of asking. Whoever accepted is on WeCom from then on, and one undo takes back
    both. Raises Refused for a card that is gone, and an outcome that there is none of."""
    found = on_lists.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    calling.check_there(book, found.person_id)
    rules = books(book)
    chosen = calling.outcome_of(rules, ADD, WECOM, outcome)
    one = lists_store.list_of_card(book.con, found.card_id)
    now = book.now()
    attempt = Attempt(
        *(0, 0, ADD, WECOM, outcome, "", note.strip(), now),
        next_at=when or calling.retry_at(book, rules, chosen, ADD, now),
    )
    text = calling.said(rules, called(found), attempt, chosen, None)
    with book.change(text) as change:
        change.made = calls_store.add_touch(
            book.con,
            attempt,
            found.person_id,
            counts=chosen.touches(WECOM),
            event_id=one.event_id,
        )
        not_now.end(book.con, found.person_id)
        if chosen.on_wecom:
            people.update(book.con, found.person_id, {"wecom": True})
        auto_lines.write(
            book,
            calling.with_note(text, attempt.note),
            source="call",
            event_id=one.event_id,
            person_ids=[found.person_id],
        )
    return change
