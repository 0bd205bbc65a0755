"""One screening card: the row as imported, who it is, what is known, what the rules say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from opslog.domain.base.clock import instant_of
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import Person
from opslog.domain.screening.card import Attempt, CompanyHistory, EarlierEvent, Marks, ScreeningCard
from opslog.domain.screening.rounds import DROP, NONE_YET, Decision, Verdict
from opslog.domain.screening.suggestions import (
    ABOUT_COMPANY,
    CompanyVerdict,
    EarlierVerdict,
    KnownOfRow,
    Namesake,
    Subject,
    Suggestion,
    suggest,
)
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.people import card as people
from opslog.store.rosters import states
from opslog.store.screening import rounds as screening_store

MOST_EVENTS = 20  # other lists shown on a card; the person's own card shows all
# The calls and messages on each of some cards, oldest first: what the area above knows.
AttemptsOn = Callable[[Book, Sequence[int]], Mapping[int, Sequence[Attempt]]]


def card(book: Book, round_id: int, card_id: int, attempts_on: AttemptsOn) -> ScreeningCard:
    """Everything shown of one row. Refused where the row is gone.

    Where the operator's rules are broken, it says so below what the others suggest.
    """
    con = book.con
    rules = own_kinds.rules(book)
    faults = book.faults.get(own_kinds.RULES.place)
    row = screening_store.card(con, card_id)
    found = screening_store.round_of(con, round_id)
    person = people.get(con, row["person_id"]) if row else None
    if row is None or found is None or person is None:
        raise Refused(msg(N_("this row is no longer on the list; the import may have been undone")))
    ledger = screening_store.decisions_of(con, card_id)
    others = screening_store.other_cards(con, person.id, card_id, MOST_EVENTS)
    attempts = attempts_on(book, [card_id, *(other["id"] for other in others)])
    events = tuple(_event(con, other, attempts) for other in others)
    mine = tuple(attempts.get(card_id, ()))
    company = screening_store.company_history(con, person.company_key, person.id)
    known = _known(book, con, card_id, events, company)
    return ScreeningCard(
        round_id=round_id,
        card_id=card_id,
        person=person,
        signed_up_at=states.instant(row["signed_up_at"]),
        attended=None if row["attended"] is None else bool(row["attended"]),
        minutes=row["minutes"],
        state=row["state"],
        rows=screening_store.imported(con, card_id),
        verdict=_holds(ledger, found.number),
        decisions=ledger,
        attempts=mine,
        events=events,
        company=company,
        marks=_marks(person, mine, events),
        suggestions=tuple(suggest(rules, _subject(person), known)),
        fault=Faulty(faults).message if faults else None,
    )


def suggestions(book: Book, round_id: int, card_id: int) -> tuple[Suggestion, ...]:
    """What the rules and earlier verdicts propose."""
    return card(book, round_id, card_id, lambda _book, _ids: {}).suggestions


def _holds(ledger: tuple[Decision, ...], number: int) -> Verdict:
    for entry in reversed(ledger):
        if entry.round == number:
            return Verdict(entry.verdict, entry.reason)
    return NONE_YET


def _subject(person: Person) -> Subject:
    return Subject(
        person.name,
        person.company,
        person.title,
        person.phone,
        person.email,
        person.wecom,
        person.note,
        person.do_not_call,
    )


def _event(
    con: sqlite3.Connection, row: sqlite3.Row, attempts: Mapping[int, Sequence[Attempt]]
) -> EarlierEvent:
    ledger = [
        entry
        for entry in screening_store.decisions_of(con, row["id"])
        if entry.verdict != "undecided"
    ]
    return EarlierEvent(
        row["event_id"],
        row["event"],
        instant_of(row["starts_at"]),
        None if row["attended"] is None else bool(row["attended"]),
        ledger[-1] if ledger else None,
        tuple(attempts.get(row["id"], ())),
    )


def _known(
    book: Book,
    con: sqlite3.Connection,
    card_id: int,
    events: tuple[EarlierEvent, ...],
    company: CompanyHistory | None,
) -> KnownOfRow:
    """What speaks for a verdict, from the ledger."""
    titles = own_kinds.reasons(book)
    earlier = next(
        (
            EarlierVerdict(
                event.verdict.reason,
                titles.title(event.verdict.reason),
                event.event,
                event.verdict.at.astimezone(book.clock.zone).date(),
            )
            for event in events
            if event.verdict and event.verdict.verdict == DROP
        ),
        None,
    )
    mates = next(
        (
            CompanyVerdict(reason, titles.title(reason), number)
            for reason, number in (company.dropped if company else ())
            if reason in ABOUT_COMPANY
        ),
        None,
    )
    line = screening_store.namesake_line(con, card_id)
    return KnownOfRow(earlier, mates, None if line is None else Namesake(line or None))


def _marks(person: Person, mine: tuple[Attempt, ...], events: tuple[EarlierEvent, ...]) -> Marks:
    spoke = any(attempt.answered for attempt in mine) or any(
        attempt.answered for event in events for attempt in event.attempts
    )
    return Marks(bool(person.wecom), spoke, any(event.attended for event in events))
