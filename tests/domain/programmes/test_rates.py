"""What came of a programme's messages, and what is said of it."""

from __future__ import annotations

import pytest

from opslog.domain.programmes import rates
from opslog.domain.programmes.rates import Counted, Counts
from opslog.locale import Msg

WEEK, MONTH, STEP = Msg("week one"), Msg("a month"), Msg("day 3")


def _row(step: str, sent: int, replied: int, version: int = 1) -> Counted:
    return Counted(step, "功能 03", version, "wecom", Counts(sent, 0, replied, 0))


@pytest.mark.parametrize(
    ("sent", "replied", "target", "said"),
    [
        (60, 18, 8, "week one: 18 of 60 answered: a month is worth it"),
        (60, 2, 15, "week one: 2 of 60 answered; wanted 15%: not worth more; revise day 3 first"),
        (60, 3, 8, "week one: 3 of 60 answered; wanted 8%: not clear yet"),
        (19, 9, 8, "week one: 9 of 19 answered; too few to say, 20 are wanted at least"),
        (25, 2, 8, "week one: 2 of 25 answered: a month is worth it"),  # as wanted, to the point
    ],
)
def test_advice_on_growing(sent: int, replied: int, target: int, said: str) -> None:
    counts = Counts(sent, 0, replied, 0)
    assert str(rates.advice(counts, target, now=WEEK, then=MONTH, first=STEP)) == said


def test_a_weak_step_is_pointed_at_and_few_are_not_judged() -> None:
    rows = [
        _row("day-1", 100, 20),
        _row("day-2", 60, 1),
        _row("day-2", 20, 0, 2),
        _row("day-3", 19, 0),
    ]
    steps, programme = rates.of_steps(rows), rates.total(rows)
    assert steps["day-2"] == Counts(80, 0, 1, 0)
    assert rates.weakest(rows, 8) == "day-2"
    said = {step: str(rates.verdict(one, programme, 8)) for step, one in steps.items()}
    assert said == {
        "day-1": "as wanted",
        "day-2": "weak: 1 of 80 answered, of the rest 20 of 119; wanted 8%",
        "day-3": "too few to say",
    }


def test_a_step_that_is_only_a_little_worse_is_not_weak() -> None:
    rows = [_row("day-1", 100, 10), _row("day-2", 40, 3)]
    assert rates.weakest(rows, 8) is None
    assert (
        str(rates.verdict(rates.of_steps(rows)["day-2"], rates.total(rows), 8)) == "not clear yet"
    )


def test_nothing_sent_is_nothing_to_judge() -> None:
    assert rates.total([]) == Counts()
    assert rates.weakest([], 8) is None
