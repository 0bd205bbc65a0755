"""What people answered, and how often each answer was given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from opslog.domain.answers.questions import SCALE, Question, Said
from opslog.domain.base.rates import Rate
from opslog.locale import Msg


class Answer(NamedTuple):
    """An answer that holds. ``question`` is as it was asked; ``person`` is '' of one erased."""

    id: int
    question: Question
    said: Said
    person_id: int
    person: str
    company: str
    title: str
    event_id: int | None
    event: str
    at: datetime

    @property
    def text(self) -> Msg:
        """What was said; blank of somebody erased, who said it in words."""
        return self.question.said(self.said)


class Choice(NamedTuple):
    """How many of ``of`` answers were this one."""

    title: Msg
    number: int
    of: int

    @property
    def share(self) -> str:
        """``43% (3/7)``; of many answers ``43%``."""
        return Rate(self.number, self.of).share


class Counted(NamedTuple):
    """A question in its newest wording; ``answers`` people answered it, some in words."""

    question: Question
    answers: int
    choices: tuple[Choice, ...]
    in_words: tuple[Answer, ...]

    @property
    def mean(self) -> float | None:
        """Of a scale; None of anything else."""
        if self.question.kind != SCALE:
            return None
        return sum(int(str(one.title)) * one.number for one in self.choices) / self.answers


def counted(answers: Iterable[Answer]) -> list[Counted]:
    """By question, in the order they were first answered. One that was worded anew is counted
    with its earlier wordings, options that it no longer has last."""
    by_key: dict[str, list[Answer]] = {}
    for one in answers:
        by_key.setdefault(one.question.key, []).append(one)
    return [_counted(of_one) for of_one in by_key.values()]


def _counted(answers: list[Answer]) -> Counted:
    newest = answers[-1].question
    titles = dict(zip(newest.values, newest.choices, strict=True))
    numbers = dict.fromkeys(titles, 0)
    for one in answers:
        if value := one.said.value:
            titles.setdefault(value, one.text)
            numbers[value] = numbers.get(value, 0) + 1
    return Counted(
        newest,
        len(answers),
        tuple(Choice(titles[value], number, len(answers)) for value, number in numbers.items()),
        tuple(one for one in answers if one.said.words),
    )
