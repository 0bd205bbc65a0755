"""What is asked on a call, and what was said: each answer one change, the ledger only grows.

Operator's rule: answers are kept by person, event and question, counted, and shown on the card
the next time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from opslog.domain.answers.answers import Answer, Counted, counted
from opslog.domain.answers.questions import GUESTS, PARTY, Question, Said
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.guests import answered
from opslog.locale import N_, Msg, msg
from opslog.services.answers import profile
from opslog.services.answers.asked import Asked
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.people import card as people
from opslog.services.rosters import brought
from opslog.store.answers import answers as store
from opslog.store.rosters import rosters as rosters_store


def asked(
    book: Book,
    questions: Sequence[Question],
    person_id: int,
    event_id: int | None,
    also: Collection[str] = (),
) -> list[Asked]:
    """The questions with the answers that hold, then what of the profile is wanted and blank.
    ``also``: keys of what is listed however much is known of it."""
    person_id = people.living(book, person_id)
    person = people.get(book, person_id)
    held = {
        one.question.key: one.said
        for one in store.of_person(book.con, person_id)
        if one.event_id == event_id
    }
    found = [
        Asked(question, held.get(question.key))
        for question in questions
        if question.key in held or question.key in also or not profile.known(question, person)
    ]
    return [*found, *profile.asked(book, person_id, also)]


def keep(book: Book, one: Asked, person_id: int, event_id: int | None, typed: str) -> Change:
    """What was typed, as an answer or into the field that was asked for."""
    if not one.field:
        return answer(book, one.question, person_id, event_id, typed)
    said = one.question.read(typed)
    return profile.fill(book, one.field, person_id, said.value or said.words)


def drop(book: Book, one: Asked, person_id: int, event_id: int | None) -> Change:
    """Take back what was said, or empty the field."""
    if not one.field:
        return take_back(book, one.question, person_id, event_id)
    return profile.fill(book, one.field, person_id, "")


def answer(
    book: Book, question: Question, person_id: int, event_id: int | None, typed: str
) -> Change:
    """Keep what was typed as the answer; the one before stays in the ledger. Refused for what is
    no answer, and where the person is gone."""
    said = question.read(typed)
    return _keep(book, question, person_id, event_id, said)


def take_back(book: Book, question: Question, person_id: int, event_id: int | None) -> Change:
    """It is not answered after all. Refused where it was not."""
    held = asked(book, [question], person_id, event_id)[0].said
    if held is None:
        raise Refused(msg(N_("“{question}” has no answer to take back"), question=question.title))
    return _keep(book, question, person_id, event_id, Said(None))


def _keep(
    book: Book, question: Question, person_id: int, event_id: int | None, said: Said
) -> Change:
    person_id = people.living(book, person_id)  # who was merged away is counted nowhere
    person = people.get(book, person_id)
    if person.erased:
        raise Refused(msg(N_("{name} was erased and answers nothing"), name=person.called))
    named = {"person": person.called, "question": question.title}
    if not said.given:
        label = msg(N_("{person}: {question} Open again"), **named)
    elif said.value:
        label = msg(N_("{person}: {question} {answer}"), **named, answer=question.said(said))
    else:  # words are in the answer alone, where erasing finds them
        label = msg(N_("{person}: {question} Noted"), **named)
    with book.change(label) as change:
        written = own_kinds.tracks(book).question(question.key) or question
        store.add(
            book.con,
            store.question(book.con, written),
            person_id,
            event_id,
            said,
            book.now(),
        )
        if said.given and written.answers in (GUESTS, PARTY):
            change.label = _with_guests(book, written, person_id, event_id, said, change.label)
        if question.fills and said.given:
            field = profile.field_of(book, question.fills)
            profile.fill(book, field, person_id, str(question.said(said)))
    return change


def _with_guests(
    book: Book, question: Question, person_id: int, event_id: int | None, said: Said, text: Msg
) -> Msg:
    """``text``, and whom they bring along by this answer, which is put on their card of the event;
    where it is not clear, that it is not. Inside a change."""
    card_id = None if event_id is None else rosters_store.card_of(book.con, person_id, event_id)
    if card_id is None:
        return text
    words = said.words or said.value or ""
    brings = answered(words, whole=question.answers == PARTY)
    if brings is None:
        unclear = N_("{text}; how many come along is not clear from that, + says it")
        return msg(unclear, text=text)
    brought.put(book, card_id, brings)
    return msg(N_("{text} · +{n}"), text=text, n=str(brings))


def said_to(book: Book, person_id: int) -> list[Answer]:
    """What holds of what somebody answered, oldest first."""
    return store.of_person(book.con, person_id)


def given(book: Book, event_id: int | None = None, concerns: str | None = None) -> list[Answer]:
    """What holds of everybody's answers, about one event or all, oldest first."""
    return store.given(book.con, event_id, concerns)


def counts(book: Book, event_id: int | None = None, concerns: str | None = None) -> list[Counted]:
    """How often each answer was given, by question; erased people are counted still."""
    return counted(given(book, event_id, concerns))
