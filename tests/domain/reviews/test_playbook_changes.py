"""Changes of playbooks: the step says otherwise, every other line stands as it stood."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog import locale, shipped
from opslog.domain.base.refusal import Refused
from opslog.domain.events.kinds import KINDS
from opslog.domain.events.plans.playbooks import read_playbook
from opslog.domain.reviews.acts.playbook_changes import (
    ADD,
    DAYS,
    ITEM,
    LEAD,
    OUT,
    PlaybookChange,
    changed,
    difference,
    unpacked,
)
from opslog.domain.reviews.acts.proposals import told

ITEM_LINES = (("zh", "带“备用”投影"), ("en", 'A "spare" projector'))
STEP_LINES = (
    *(("id", "call-again"), ("zh", "再打一遍"), ("en", "Call again"), ("phase", "before")),
    *(("days", -2), ("clock", "10:00"), ("channel", "phone"), ("until", "start-12h")),
)

OWN = """\
# mine

minutes = 60

[[step]] # the first
id = "a"
zh = "甲"
en = "A"   # a step
phase = "before"
days = -10 # not later
items = [
  { zh = "一]", en = "one" }, # a bracket ] in it
  { zh = "二", en = "two" } # the last
]

# of the second
[[step]]
id = "b"
zh = "乙"
en = "B"
phase = "day"
items = [{ zh = "三", en = "three" }]"""


def apply(text: str, change: PlaybookChange) -> str:
    return changed(text, change, "own.toml", "salon")


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (PlaybookChange(DAYS, "a", -12), ["days = -10 # not later"], ["days = -12 # not later"]),
        (PlaybookChange(LEAD, "a", 4), [], ["lead = 4"]),
        (
            PlaybookChange(ITEM, "a", lines=ITEM_LINES),
            ['  { zh = "二", en = "two" } # the last'],
            [
                '  { zh = "二", en = "two" }, # the last',
                '  { zh = "带“备用”投影", en = "A \\"spare\\" projector" },',
            ],
        ),
        (
            PlaybookChange(ITEM, "b", lines=(("zh", "四"), ("en", "four"))),
            ['items = [{ zh = "三", en = "three" }]'],
            ['items = [{ zh = "三", en = "three" }, { zh = "四", en = "four" }]'],
        ),
        (
            PlaybookChange(OUT, "b"),
            OWN.splitlines()[-6:],
            [],
        ),
    ],
)
def test_only_the_lines_of_the_change_differ(
    change: PlaybookChange, gone: list[str], come: list[str]
) -> None:
    made = apply(OWN, change)
    left = made.splitlines()
    for line in OWN.splitlines():
        if line not in gone:
            left.remove(line)
    assert left == come
    assert apply(made, change) == made  # it says so already
    assert change == unpacked(change.packed())
    shown = difference(OWN, read_playbook(OWN, "", "salon").steps, change).splitlines()
    assert shown[0].endswith(f"@@ {change.step}")
    assert {line[1:] for line in shown if line[0] == "+"} >= set(come)


def test_a_step_is_added_behind_another() -> None:
    change = PlaybookChange(ADD, "a", lines=STEP_LINES)
    made = apply(OWN, change)
    steps = read_playbook(made, "", "salon").steps
    assert [step.key for step in steps] == ["a", "call-again", "b"]
    assert (steps[1].offset, steps[1].channel) == (-2, "phone")
    assert '# of the second\n[[step]]\nid = "b"' in made


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, PlaybookChange]:
    kind = draw(st.sampled_from(KINDS))
    text = shipped.text(f"playbooks/{kind}.toml")
    steps = read_playbook(text, "", kind).steps
    step = draw(st.sampled_from([one for one in steps if one.phase == "before"]))
    what = draw(st.sampled_from((DAYS, LEAD, ADD, OUT, ITEM)))
    lines = {ADD: STEP_LINES, ITEM: ITEM_LINES}.get(what, ())
    value = draw(st.integers(-60, -31)) if what == DAYS else draw(st.integers(0, 60))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    return text.replace("\n", newline), PlaybookChange(what, step.key, value, lines)


@given(changes())
@settings(max_examples=25)
def test_every_step_that_ships_can_be_changed(case: tuple[str, PlaybookChange]) -> None:
    text, change = case
    made = apply(text, change)
    before, after = (read_playbook(one, "", "salon").steps for one in (text, made))
    others = [step for step in before if step.key != change.step]
    assert [step for step in after if step.key not in (change.step, change.made)] == others
    step = next((step for step in after if step.key == change.made), None)
    assert (step is None) == (change.kind == OUT)
    if step is not None and change.kind == DAYS:
        assert step.offset == change.value
    if step is not None and change.kind == LEAD:
        assert step.lead_days == change.value
    if step is not None and change.kind == ITEM:
        assert step.items[-1].title_en == 'A "spare" projector'
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in made.splitlines() if line.startswith("#")] == comments
    if "\r\n" in text:
        assert made.count("\n") == made.count("\r\n")


def test_what_only_a_person_can_change_is_left_alone() -> None:
    inline = 'step = [{ id = "a", zh = "甲", en = "A", phase = "before", days = -3 }]\n'
    assert tomllib.loads(inline)
    with pytest.raises(Refused, match=r"own\.toml is written so that the step “a”"):
        apply(inline, PlaybookChange(DAYS, "a", -5))
    with pytest.raises(Refused, match="no step “c”"):
        apply(OWN, PlaybookChange(DAYS, "c", -5))
    with pytest.raises(Refused, match=r"own\.toml, line 10: “until” lies before"):
        apply(
            OWN.replace("days = -10", 'until = "start-9d"\ndays = -10'),
            PlaybookChange(DAYS, "a", -5),
        )
    with pytest.raises(Refused, match=r"own\.toml, line 3: “ninutes” is not known"):
        apply(OWN.replace("minutes", "ninutes"), PlaybookChange(DAYS, "a", -5))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (PlaybookChange(DAYS, "a", -12), "甲：T-10 → T-12"),
        (PlaybookChange(LEAD, "a", 7), "甲：提前 1 天 → 提前 7 天进“今天”"),
        (PlaybookChange(ADD, "a", lines=STEP_LINES), "在“甲”后面加一步：再打一遍，T-2 10:00"),
        (PlaybookChange(OUT, "a"), "排期里去掉“甲”"),
        (PlaybookChange(ITEM, "a", lines=ITEM_LINES), "甲：清单加一项“带“备用”投影”"),
    ],
)
def test_a_change_is_said_as_one_would_say_it(change: PlaybookChange, said: str) -> None:
    locale.set_language("zh_CN")
    assert str(told(change, read_playbook(OWN, "own.toml", "salon"))) == said
