"""What was answered about an event: how often each choice, under whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from opslog.domain.answers.questions import CONCERNED, CONCERNS, SCALE, WORDS, Question, Said
from opslog.domain.base.sentences import listed
from opslog.domain.reviews.counts.counting import Counts, Rows
from opslog.domain.reviews.numbers import ANSWER
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg, nmsg


def in_order(questions: Sequence[Question]) -> list[Question]:
    """By whom they concern."""
    order = {concerns: place for place, concerns in enumerate(CONCERNS)}
    return sorted(questions, key=lambda one: order.get(one.concerns, len(order)))


def concerned(question: Question) -> Msg:
    return msg(N_("for {whom}"), whom=msg(CONCERNED.get(question.concerns, question.concerns)))


def counted(
    counts: Counts,
    question: Question,
    given: Sequence[tuple[str, int]],
    opens: Callable[[str], Rows],
) -> Bars | None:
    """How often each choice was given, those it has no longer last, then what was said in words.
    ``given``: value ('' in words) and how many. None of a question answered in words alone."""
    if question.kind == WORDS:
        return None
    numbers = dict(given)
    titles = dict(zip(question.values, question.choices, strict=True))
    for value in numbers:
        if value:
            titles.setdefault(value, question.said(Said(value)))
    whole = sum(numbers.values())
    label = msg(N_("all answers"))
    bars = []
    for place, (value, title) in enumerate([*titles.items(), ("", msg(N_("in other words")))]):
        number = numbers.get(value, 0)
        if value or number:
            name = f"answers.{question.key}.{place + 1 if value else 'words'}"
            bars.append(
                Bar(
                    counts.rows(name, title, ANSWER, number, opens(value), of=whole, of_label=label)
                )
            )
    said = [concerned(question), nmsg(N_("{n} answer"), N_("{n} answers"), whole)]
    chosen = [(value, n) for value, n in numbers.items() if value.isdecimal()]
    if question.kind == SCALE and chosen:
        number = sum(n for _value, n in chosen)
        mean = sum(int(value) * n for value, n in chosen) / number
        said.append(msg(N_("{mean} on average"), mean=f"{mean:.1f}"))
    return Bars(f"answers.{question.key}", question.title, tuple(bars), listed(said))
