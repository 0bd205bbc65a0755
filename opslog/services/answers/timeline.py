"""What the answers add to a person's time line."""

from __future__ import annotations

from opslog.domain.people.card import SAID, Moment
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.answers import answers as store


def moments(book: Book, person_id: int) -> list[Moment]:
    """Every answer that holds."""
    return [
        Moment(
            one.at,
            SAID,
            msg(N_("{question} {answer}"), question=one.question.title, answer=one.text),
            one.event_id,
            one.event,
        )
        for one in store.of_person(book.con, person_id)
    ]
