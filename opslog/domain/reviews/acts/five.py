"""The five questions that were asked before an event, and what its numbers say to them.

DOMAIN: five mistakes of a real case: the form did not fit, no named targets, no warm-up, the
partner was chosen for price, no plan for what went wrong on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opslog.domain.base.sentences import bracketed, labelled
from opslog.domain.events import preflight
from opslog.domain.events.events import NO, YES, PlanItem
from opslog.domain.reviews.acts.lateness import WarmUp
from opslog.locale import N_, Msg, msg, nmsg

GOOD, BAD, OPEN = "✓", "!", "?"


class Question(NamedTuple):
    """One of the five, known by the ``words`` its line in the plan begins with; ``yes`` and ``no``
    are what an answer means."""

    words: str
    name: str
    yes: str
    no: str


FORM = Question(
    "Does the form fit",
    N_("form and audience"),
    N_("the form fits the audience"),
    N_("the form does not fit the audience"),
)
TARGETS = Question(
    preflight.TARGETS,
    N_("named targets"),
    N_("there is a list of named targets"),
    N_("no list of named targets"),
)
WARM_UP = Question(
    preflight.WARM_UP, N_("warm-up"), N_("warm-up early enough"), N_("warm-up too late")
)
PARTNER = Question(
    "Was the partner chosen",
    N_("the partner"),
    N_("the partner was chosen for fit"),
    N_("the partner was chosen for price"),
)
FALLBACK = Question(
    "Is there a plan for what happens",
    N_("plan for the day"),
    N_("a plan for what goes wrong on the day"),
    N_("no plan for what goes wrong on the day"),
)
QUESTIONS = (FORM, TARGETS, WARM_UP, PARTNER, FALLBACK)


def five(
    items: Iterable[PlanItem],
    warm_up: WarmUp | None,
    targets: int,
    came: int,
    *,
    afterwards: bool = False,
) -> Iterator[tuple[str, Msg]]:
    """Each question with a sign (GOOD, BAD, OPEN) before what is known: its answer, or what the
    numbers say and the answer behind it. ``targets``: people on the lists of whom the event was
    for, ``came`` of them; ``afterwards``: the event was entered once it had begun."""
    open_ = msg(N_("before it was entered, no record") if afterwards else N_("not answered"))
    for item in items:
        question = next((one for one in QUESTIONS if item.title_en.startswith(one.words)), None)
        shown = None
        if question == WARM_UP and warm_up is not None:
            shown = _of_warm_up(warm_up)
        elif question == TARGETS and targets:
            shown = _of_targets(targets, came)
        if shown is not None:
            said = item.told_message if item.answer else open_
            yield shown[0], bracketed(shown[1], msg(N_("before: {answer}"), answer=said))
        else:
            yield _answered(question, item, open_)


def _of_warm_up(found: WarmUp) -> tuple[str, Msg]:
    if found.went is None:
        return BAD, msg(N_("no warm-up was done"))
    if found.late:
        return BAD, nmsg(
            N_("warm-up {n} working day late"), N_("warm-up {n} working days late"), found.late
        )
    return GOOD, msg(N_("warm-up as early as planned"))


def _of_targets(targets: int, came: int) -> tuple[str, Msg]:
    return GOOD if came else BAD, nmsg(
        N_("{n} named target, {came} came"),
        N_("{n} named targets, {came} came"),
        targets,
        came=came,
    )


def _answered(question: Question | None, item: PlanItem, open_: Msg) -> tuple[str, Msg]:
    name = msg(question.name) if question else item.label
    if not item.answer:
        return OPEN, labelled(name, open_)
    if question is None or item.answer not in (YES, NO):
        return BAD if item.answer == NO else GOOD, labelled(name, item.told_message)
    return (GOOD, msg(question.yes)) if item.answer == YES else (BAD, msg(question.no))
