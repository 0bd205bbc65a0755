"""Playbooks: what ships holds the operator's rules, what a person wrote is read with care."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

import opslog
from opslog.domain.base.refusal import Refused
from opslog.domain.events.kinds import (
    AUDIENCES,
    CHANNELS,
    HOSTS,
    KINDS,
    LISTS,
    OFFLINE,
    Traits,
    group_named,
)
from opslog.domain.events.plans.planning import plan
from opslog.domain.events.plans.playbooks import Playbook, read_playbook
from tests.domain.events.test_planning import ZONE, present, span

FOLDER = Path(opslog.__file__).parent / "shipped" / "playbooks"


def shipped(kind: str) -> Playbook:
    file = FOLDER / f"{kind}.toml"
    return read_playbook(file.read_text(encoding="utf-8"), file.name, kind)


def keys(kind: str, **traits: str) -> list[str]:
    return [step.key for step in shipped(kind).steps_for(Traits(**traits))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_what_a_plan_holds_at_least(kind: str) -> None:
    found = keys(kind)
    for key in ("theme", "tag", "qr-codes", "form", "confirmations", "interaction", "review"):
        assert key in found
    for key in ("handover", "tidy", "callback-1", "round-1", "round-2", "callback-2", "analysis"):
        assert key in found
    order = [found.index(key) for key in ("tidy", "callback-1", "round-1", "round-2", "callback-2")]
    assert order == sorted(order)
    assert any(key.startswith("remind-1") for key in found)
    assert any(key.startswith("remind-day") for key in found)
    assert any(key.startswith("recap") for key in found)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "materials"])
def test_promotion_starts_one_week_before(kind: str) -> None:
    first = [s for s in shipped(kind).steps_for(Traits()) if s.key.startswith("promo-")]
    assert min(step.offset for step in first) == -7


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_are_there_and_different(kind: str) -> None:
    for step in shipped(kind).steps:
        for text in (step.title, *(item.title for item in step.items)):
            assert any("\u4e00" <= character <= "\u9fff" for character in text)
        for text in (step.title_en, *(item.title_en for item in step.items)):
            assert text.isascii()


def test_a_segment_is_reached_by_mail_sms_and_private_messages() -> None:
    for kind in KINDS:
        steps = shipped(kind).steps_for(Traits(audience="segment"))
        used = {step.channel for step in steps if step.phase != "after"}
        assert {"edm", "sms", "private"} <= used
        assert not {"moments", "groups", "site", "sem"} & used
        broad = {step.channel for step in shipped(kind).steps_for(Traits())}
        assert {"moments", "groups", "edm", "site"} <= broad


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_list_there_is_no_list_work_but_figures(kind: str) -> None:
    with_list, without = keys(kind), keys(kind, list="none")
    assert "figures" in without
    assert "figures" not in with_list
    gone = {"form", "tidy", "callback-1", "round-1", "round-2", "callback-2", "analysis"}
    assert not gone & set(without)


def test_a_sponsored_event_leaves_out_what_its_host_does() -> None:
    for kind in ("webinar", "salon", "conference"):
        found = keys(kind, host="sponsored")
        assert not {"fix-date", "form", "interaction"} & set(found)
        assert "from-host" in found
        assert "tidy" in found
        assert "promo-1-moments" in found


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_ones_own_event_is_owed_by_who_leads_it(kind: str) -> None:
    """There is no organiser but of a sponsored event."""
    own = shipped(kind).steps_for(Traits(host="own"))
    assert {step.key: step.owner for step in own}["handover"] == "lead"
    assert "organiser" not in {step.owner for step in own}


def test_reminder_calls_are_for_offline_events_with_a_list() -> None:
    for kind in KINDS:
        steps = {step.key: step for step in shipped(kind).steps}
        assert ("reminder-call-1" in steps) is (kind in OFFLINE)
        of_stops = kind == "roadshow"  # each stop has its own
        assert ("reminder-call-1" in keys(kind)) is (kind in OFFLINE and not of_stops)
        assert "reminder-call-1" not in keys(kind, list="none")


def test_materials_as_the_operator_does_them() -> None:
    found = keys("materials")
    assert sum(key.startswith("confirm-") for key in found) == 3
    for round_ in ("preview", "release"):
        channels = {
            step.channel
            for step in shipped("materials").steps_for(Traits())
            if step.key.startswith(round_)
        }
        assert "internal" in channels
        assert len(channels) > 1
    months = [s.offset_months for s in shipped("materials").steps if s.key.startswith("follow-")]
    assert months == [3, 6, 12]
    assert "mailing" in found


def test_the_five_questions_are_a_checklist() -> None:
    step = shipped("conference").step("preflight")
    assert step is not None
    assert len(step.items) == 5


def test_no_combination_is_without_plan_and_channels_are_known() -> None:
    for kind in KINDS:
        for step in shipped(kind).steps:
            assert step.channel in ("", *CHANNELS)
        for host in HOSTS:
            for list_ in LISTS:
                for audience in AUDIENCES:
                    steps = shipped(kind).steps_for(Traits(host, list_, audience))
                    assert len(steps) > 10


STEP = '[[step]]\nid = "a"\nzh = "甲"\nen = "A"\nphase = "before"\ndays = -3\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "own.toml, line 1: a playbook needs at least one [[step]]"),
        ("minutes = \n", "own.toml, line 1: not readable as TOML"),
        (STEP + "\n\ncolour = 3\n", "own.toml, line 9: “colour” is not known here"),
        (STEP + 'clock = "25:00"\n', "own.toml, line 7: “clock” must be a time such as 09:30"),
        (STEP + STEP, "own.toml, line 8: the id “a” is used twice"),
        (STEP.replace("-3", "3"), "own.toml, line 6, “days”: a step before the event"),
        (STEP + 'until = "end"\n', "own.toml, line 7: “until” must be start or end"),
        (STEP + 'until = "start-4d"\n', "line 7: “until” lies before the step's own day"),
        (STEP + 'channel = "fax"\n', "own.toml, line 7: “channel” must be one of: moments"),
        (STEP.replace('zh = "甲"\n', ""), "own.toml, line 1: “zh” is missing"),
        (STEP + 'items = [\n { zh = "乙" },\n]\n', "own.toml, line 7: “en” is missing"),
        (STEP + "lead = -1\n", "own.toml, line 7: “lead” must be a whole number from 0 to 60"),
        ("step = 3\n", "own.toml, line 1: “step” must be written as [[step]]"),
    ],
)
def test_a_broken_playbook_names_file_and_line(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_playbook(text, "own.toml", "webinar")
    assert said in str(refused.value)


def test_a_time_at_night_is_said_by_line_and_key_and_holds() -> None:
    steps = STEP + 'clock = "03:00"\n' + STEP.replace('"a"', '"b"')
    steps += 'clock = { executives = "22:30", staff = "11:30", others = "07:00" }\n'
    book = read_playbook('clock = "05:30"\n' + steps, "own.toml", "salon")
    assert [str(one) for one in book.doubts] == [
        "own.toml, line 1: “clock” is 05:30, not between 07:00 and 22:00; it holds all the same",
        "own.toml, line 8: “clock” is 03:00, not between 07:00 and 22:00; it holds all the same",
        "own.toml, line 15: “executives” is 22:30, not between 07:00 and 22:00; it holds all the"
        " same",
    ]
    assert book.steps[0].clock == time(3)
    assert not any(shipped(kind).doubts for kind in KINDS)


def test_a_small_playbook_of_ones_own() -> None:
    playbook = read_playbook('minutes = 45\nclock = "19:30"\n' + STEP, "own.toml", "webinar")
    assert (playbook.minutes, f"{playbook.clock:%H:%M}") == (45, "19:30")
    assert [step.key for step in playbook.steps] == ["a"]


def made(*lines: str) -> Playbook:
    head = '[[step]]\nid = "a"\nzh = "甲"\nen = "A"\n'
    return read_playbook(head + "\n".join(lines), "own.toml", "salon")


def due(book: Playbook, on: str, **which: str) -> str:
    when = span(on, 48)
    (line,) = plan(book, Traits(**which), when, present("2026-01-01T09:00"))
    return f"{line.due_at.astimezone(ZONE):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (('phase = "before"', "weeks = -2", "days = -1"), "09-21 10:00"),
        (('phase = "before"', "workdays = -3"), "09-28 10:00"),  # National Day week is no work
        (('phase = "before"', "days = -30", 'rest = "after"'), "09-07 10:00"),
        (('phase = "before"', "days = -3", 'rest = "none"'), "10-03 10:00"),
        (('phase = "before"', "days = -5", 'rest = "nearest"'), "09-30 10:00"),
        (('phase = "before"', "days = -30", 'rest = "nearest"'), "09-07 10:00"),
        (('phase = "day"', "days = 1", 'clock = "08:00"'), "10-07 08:00"),
        (('phase = "after"', "workdays = 2"), "10-10 10:00"),
        (('phase = "after"', "months = 1"), "11-09 10:00"),
    ],
)
def test_offsets_count_in_what_is_said(lines: tuple[str, ...], expected: str) -> None:
    assert due(made(*lines), "2026-10-06T14:00") == expected


def test_executives_are_written_to_in_the_evening_and_staff_before_lunch() -> None:
    clock = 'clock = { executives = "19:30", staff = "11:30", others = "15:00" }'
    book = made('phase = "before"', "days = -1", clock)
    for segment, at in (("华东的总经理", "19:30"), ("开发者", "11:30"), ("老客户", "15:00")):
        group = group_named(segment)
        assert due(book, "2026-12-04T14:00", group=group) == f"12-03 {at}"


def test_a_step_of_another_kind_is_left_out() -> None:
    book = made('phase = "before"', 'kind = "webinar"')
    assert not book.steps_for(Traits(kind="salon"))
    assert book.steps_for(Traits(kind="webinar"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ('phase = "before"', "workdays = -3", "days = -1"),
            "own.toml, line 6, “workdays”: working days",
        ),
        (('phase = "before"', "weeks = 2"), "own.toml, line 6, “weeks”: a step before the event"),
        (('phase = "day"', "days = -1"), "own.toml, line 6: a step of the event's days can't"),
        (('phase = "after"', "workdays = -1"), "own.toml, line 6, “workdays”: a step after"),
        (('phase = "before"', 'rest = "never"'), "own.toml, line 6: “rest” must be one of"),
        (('phase = "before"', 'clock = { bosses = "10:00" }'), "own.toml, line 6: “bosses”"),
        (('phase = "before"', 'clock = { staff = "25:00" }'), "own.toml, line 6: “staff” must be"),
        (('phase = "before"', "days = -99999"), "own.toml, line 6: “days” must be"),
        (('phase = "before"', 'boss = "x"'), "own.toml, line 6: “boss” is not known"),
    ],
)
def test_what_a_step_can_not_say_is_named_by_its_line(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused) as refused:
        made(*lines)
    assert said in str(refused.value)
