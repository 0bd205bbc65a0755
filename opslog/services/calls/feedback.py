"""What customers said, gathered for whom it concerns: to be passed on, and noted that it was.

Operator's rule: what is said about the event and the product is fed back to colleagues, to each
what concerns them. That they were told is a second fact, which takes it off what is to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from opslog.domain.answers.answers import Answer, counted
from opslog.domain.answers.questions import CONCERNED, PRODUCT, SALES, SPEAKER
from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.exchange.writing.cells import Cell
from opslog.exchange.writing.tables import Table
from opslog.locale import N_, msg, nmsg
from opslog.services.answers import answering
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import between, columns, moment, named
from opslog.services.daybook import auto_lines
from opslog.store.calls import told as told_store
from opslog.store.calls.told import ANSWER

PASSED_ON = (PRODUCT, SPEAKER, SALES)  # what concerns us stays with us


class Feedback(NamedTuple):
    """An answer, and who was told of it; '' nobody yet."""

    answer: Answer
    told: str


def gathered(
    book: Book, event_id: int | None = None, concerns: str | None = None, *, told: bool = True
) -> list[Feedback]:
    """What was said, by whom it concerns and by question; ``told`` False: of what nobody was told
    yet. Of somebody erased what was said in words is gone."""
    to_whom = told_store.to_whom(book.con, ANSWER)
    found = [
        Feedback(one, to_whom.get(one.id, ""))
        for one in answering.given(book, event_id, concerns)
        if one.question.concerns in PASSED_ON and (one.said.value or one.said.words)
    ]
    kept = [one for one in found if told or not one.told]
    order = {key: place for place, key in enumerate(PASSED_ON)}
    return sorted(
        kept,
        key=lambda one: (
            order[one.answer.question.concerns],
            one.answer.question.key,
            one.answer.id,
        ),
    )


def waiting(book: Book, event_id: int | None = None) -> dict[str, list[Feedback]]:
    """What nobody was told of yet, by whom it concerns."""
    found: dict[str, list[Feedback]] = {}
    for one in gathered(book, event_id, told=False):
        found.setdefault(one.answer.question.concerns, []).append(one)
    return found


def number_waiting(book: Book, event_id: int | None = None) -> dict[str, int]:
    """Of how many answers nobody was told yet, in the order of whom they concern."""
    found = told_store.untold(book.con, PASSED_ON, event_id)
    return {concerns: found[concerns] for concerns in PASSED_ON if concerns in found}


def text(said: Sequence[Feedback]) -> str:
    """To be pasted: for each who is concerned the questions with their counts, below them what was
    said in words, with who said it."""
    return "\n".join(_lines(said))


def _lines(said: Sequence[Feedback]) -> Iterator[str]:
    for concerns in PASSED_ON:
        answers = [one.answer for one in said if one.answer.question.concerns == concerns]
        if not answers:
            continue
        events = list(dict.fromkeys(one.event for one in answers if one.event))
        yield str(
            msg(N_("For {whom}: {events}"), whom=msg(CONCERNED[concerns]), events=listed(events))
        )
        for one in counted(answers):
            number = nmsg("{n} answer", "{n} answers", one.answers)
            yield str(bracketed(one.question.title, number))
            chosen = [f"{c.title} {c.number}" for c in one.choices if c.number]
            if chosen:
                yield "  " + " · ".join(chosen)
            for answer in one.in_words:
                who = listed(filter(None, (answer.person, answer.title, answer.company)))
                yield f"  - {bracketed(answer.said.words, who)}"


def tell(book: Book, said: Sequence[Feedback], to_whom: str) -> Change:
    """Somebody was told of these answers, with a line of the log. Refused for none."""
    if not said:
        raise Refused(msg(N_("Nothing is chosen that could be passed on")))
    number = len(said)
    label = nmsg(
        N_("Told {colleague} of {n} answer"),
        N_("Told {colleague} of {n} answers"),
        number,
        colleague=to_whom,
    )
    events = {one.answer.event_id for one in said}
    with book.change(label) as change:
        at = instant_text(book.now())
        for one in said:
            told_store.put(book.con, ANSWER, one.answer.id, to_whom, at)
        event_id = events.pop() if len(events) == 1 else None
        auto_lines.write(book, label, source="told", event_id=event_id)
    return change


def answers_table(book: Book, scope: Scope) -> Table:
    """An answer a row, by whom it concerns."""
    heads = columns(
        ("event", N_("Event")),
        ("name", N_("Name")),
        ("company", N_("Company")),
        ("title", N_("Title")),
        ("question", N_("Question")),
        ("answer", N_("Answer")),
        ("concerns", N_("Concerns")),
        ("told", N_("Told")),
        ("at", N_("Time")),
    )
    return Table("", heads, _rows(book, scope))


def _rows(book: Book, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    to_whom = told_store.to_whom(book.con, ANSWER)
    begin, end = between(book, scope)
    wanted = None if scope.keys is None else set(scope.keys)
    for one in answering.given(book, scope.event_id):
        at = instant_text(one.at)
        if at < begin or (end and at >= end) or not scope.holds(one.person_id):
            continue
        if wanted is not None and one.id not in wanted:
            continue
        yield (
            *(one.event or None, one.person or None, one.company or None, one.title or None),
            *(str(one.question.title), str(one.text)),
            named(one.question.concerns, CONCERNED),
            *(to_whom.get(one.id) or None, moment(book, at)),
        )


EXPORTS = {"answers": Export(N_("answers"), answers_table, listed=True, dated=True)}
