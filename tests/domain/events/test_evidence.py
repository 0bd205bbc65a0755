"""What proves a step: how it is named, when calls are complete, what a hand leaves open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog import shipped
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.events.events import DONE, FLOATING, PlanLine
from opslog.domain.events.kinds import KINDS, OFFLINE
from opslog.domain.events.plans import evidence
from opslog.domain.events.plans.evidence import Evidence, HowFar, calls_far, closed_by_hand
from opslog.domain.events.plans.playbooks import read_playbook

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("list", Evidence("list")),
        ("reminders-day-before", Evidence("reminders-day-before")),
        ("round-0", Evidence("round", 0)),
        ("callback-12", Evidence("callback", 12)),
        ("callback-0", None),
        ("round-01", None),
        ("List", None),
        ("", None),
    ],
)
def test_evidence_is_named(name: str, read: Evidence | None) -> None:
    assert evidence.read(name) == read


def test_what_proves_nothing_is_named_with_its_line() -> None:
    text = '[[step]]\nid = "a"\nzh = "一"\nen = "one"\nphase = "after"\nevidence = "calls"\n'
    with pytest.raises(Faulty, match=r"line 6.*“calls” proves nothing"):
        read_playbook(text, "salon.toml", "salon")


@pytest.mark.parametrize("kind", KINDS)
def test_what_ships_proves_what_opslog_sees(kind: str) -> None:
    plan = read_playbook(shipped.text(f"playbooks/{kind}.toml"), kind, kind)
    named = {step.key: step.evidence for step in plan.steps if step.evidence}
    assert named["handover"] == "list"
    assert (named["tidy"], named["round-2"], named["callback-1"]) == (
        "round-0",
        "round-2",
        "callback-1",
    )
    assert ("reminder-call-1" in named) == (kind in OFFLINE)


@given(st.lists(st.booleans()))
def test_calls_are_complete_when_somebody_and_nobody_is_left(through: list[bool]) -> None:
    far = calls_far(through)
    assert far == HowFar(through.count(True), len(through), bool(through) and False not in through)
    assert far.open == through.count(False)


@given(st.lists(st.booleans(), min_size=1))
def test_one_more_to_call_opens_it_again(through: list[bool]) -> None:
    assert not calls_far([*through, False]).proven
    assert calls_far([*through, True]).proven == calls_far(through).proven


def step(state: str = DONE, *, proven: bool = False, name: str = "callback-1") -> PlanLine:
    return PlanLine(
        *(1, 1, "x", "回访", "Calls", "end", 1, 0, None, "", "after", AT, None, None, 1, (), state),
        evidence=name,
        proven=proven,
    )


@pytest.mark.parametrize(
    ("line", "far", "said"),
    [
        (step(), HowFar(57, 65, False), "closed by hand · 8 of 65 open"),
        (step(), None, "closed by hand"),
        (step(proven=True), HowFar(65, 65, True), None),
        (step(FLOATING), HowFar(57, 65, False), None),
        (step(name=""), None, None),
    ],
)
def test_a_hand_says_what_it_left_open(
    line: PlanLine, far: HowFar | None, said: str | None
) -> None:
    found = closed_by_hand(line, far)
    assert (found and str(found)) == said
