"""What of one's own is known of people and bears on the order of calls, fetched at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from opslog.domain.answers.questions import Question
from opslog.domain.calls.order import Weights
from opslog.domain.calls.own_order import Known
from opslog.services.book.book import Book
from opslog.store.answers import answers
from opslog.store.calls import known as store
from opslog.store.people import fields


def known(book: Book, weights: Weights, people: Sequence[int]) -> dict[int, Known]:
    """Of those of whom anything is. What was answered today raises nobody today."""
    own = weights.own
    asked = {name for rule in own.rules for name, _words in rule.conditions}
    heavy = {one.name: one.weight for one in fields.everything(book.con)}
    wanted = {*own.size_fields, *own.fields, *asked, *(n for n, points in heavy.items() if points)}
    values = fields.of_people(book.con, people) if wanted & heavy.keys() else {}
    today = book.clock.at(book.today())
    said = answers.newest(book.con, list(own.answers), people, today) if own.answers else {}
    parts = store.parts(book.con, people) if asked else {}
    text = cache(Question.said)  # few different ones are said by many
    mine: Iterable[int] = people if asked else {*values, *said}
    return {
        person: Known(
            tuple(
                (name, value, heavy.get(name, 0))
                for name, value in values.get(person, {}).items()
                if name in wanted
            ),
            {
                key: (answer.value or "", text(question, answer))
                for key, (question, answer) in said.get(person, {}).items()
            },
            parts.get(person, {}),
        )
        for person in mine
    }
