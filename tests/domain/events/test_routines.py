"""Plans of the operator's own: on which days their turns begin, and where the steps come to lie."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import opslog
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events.events import LATE, UNPUBLISHED
from opslog.domain.events.plans import routines
from opslog.domain.events.plans.planning import Present
from opslog.domain.events.plans.playbooks import Playbook, read_own
from opslog.domain.events.plans.routines import Made, Routine, Turn

SHANGHAI = ZoneInfo("Asia/Shanghai")

SHIPPED = Path(opslog.__file__).parent / "shipped" / "routines"
ONE = """kind = "own"
zh = "周报"
en = "Report"
[[step]]
id = "one"
zh = "写"
en = "Write"
"""


def present(day: str, clock: str = "09:00") -> Present:
    now = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)
    return Present(now.astimezone(UTC), MAINLAND, SHANGHAI)


def own(text: str = ONE) -> Playbook:
    return read_own(text, "one.toml", "one")


def routine(on: str, every: str = "", until: str = "") -> Routine:
    day = date.fromisoformat(on)
    last = date.fromisoformat(until) if until else None
    return Routine(1, "周报", "one", day, every, last, day, None, None, None)


def made(one: Routine, playbook: Playbook, day: str, clock: str = "09:00") -> Made:
    found = routines.turn(one, playbook, present(day, clock))
    assert found is not None
    return found


def days(one: Routine, playbook: Playbook, first: str, number: int) -> list[str]:
    """The days on which turns begin while opslog is looked at each day."""
    found = []
    start = date.fromisoformat(first)
    for offset in range(number):
        at = present((start + timedelta(days=offset)).isoformat())
        if turn := routines.turn(one, playbook, at):
            found.append(turn.anchor.isoformat())
            assert not turn.missed
            one = one._replace(turn=Turn(1, turn.anchor, turn.next_on, 0, 0))
    return found


@pytest.mark.parametrize(
    ("on", "every", "until", "expected"),
    [
        ("2026-01-31", "month", "", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2024-02-29", "year", "2028-12-31", [f"{y}-02-{29 if y % 4 == 0 else 28}"
                                              for y in range(2024, 2029)]),
        ("2026-11-27", "week", "2026-12-11", ["2026-11-27", "2026-12-04", "2026-12-11"]),
        ("2026-11-30", "quarter", "2027-06-01", ["2026-11-30", "2027-02-28", "2027-05-30"]),
        ("2026-12-20", "10", "2027-01-10", ["2026-12-20", "2026-12-30", "2027-01-09"]),
        ("2026-12-20", "", "", ["2026-12-20"]),
    ],
)  # fmt: skip
def test_turns_begin_on_their_days(on: str, every: str, until: str, expected: list[str]) -> None:
    number = (date.fromisoformat(expected[-1]) - date.fromisoformat(on)).days + 20
    assert days(routine(on, every, until), own(), on, number)[: len(expected)] == expected


def test_a_turn_that_nobody_saw_is_missed_and_only_the_newest_made() -> None:
    weekly, playbook = routine("2026-11-27", "week"), own()
    first = made(weekly, playbook, "2026-11-27")
    weekly = weekly._replace(turn=Turn(1, first.anchor, first.next_on, 0, 0))
    later = made(weekly, playbook, "2026-12-23")
    assert [day.isoformat() for day in later.missed] == ["2026-12-04", "2026-12-11"]
    assert (later.anchor, later.next_on) == (date(2026, 12, 18), date(2026, 12, 24))
    (step,) = later.lines
    assert step.due_at.astimezone(SHANGHAI).date() == date(2026, 12, 23)
    assert LATE in step.why
    assert step.closes_at == present("2026-12-24", "00:00").now


@pytest.mark.parametrize(
    ("rest", "due"), [("before", "2026-09-30"), ("after", "2026-10-08"), ("none", "2026-10-02")]
)
def test_a_step_on_a_day_off_goes_where_its_rule_says(rest: str, due: str) -> None:
    playbook = own(f'{ONE}rest = "{rest}"\n')
    (step,) = made(routine("2026-10-02", "week"), playbook, "2026-09-21").lines
    assert step.due_at.astimezone(SHANGHAI).date().isoformat() == due


def test_a_turn_is_made_before_the_day_off_moves_its_step_into_the_past() -> None:
    playbook = own(f'{ONE}rest = "before"\nlead = 0\n')
    weekly = routine("2026-09-25", "week")
    first = made(weekly, playbook, "2026-09-24")  # 25 September is Mid-Autumn
    assert first.next_on == date(2026, 9, 30)


def test_a_year_whose_holidays_nobody_knows_says_so() -> None:
    (step,) = made(routine("2030-03-01"), own(), "2026-11-23").lines
    assert UNPUBLISHED in step.why


def test_midnight_belongs_to_the_day_that_begins() -> None:
    weekly, playbook = routine("2026-11-23", "week"), own(f"{ONE}lead = 0\n")
    first = made(weekly, playbook, "2026-11-23")
    weekly = weekly._replace(turn=Turn(1, first.anchor, first.next_on, 0, 0))
    assert routines.turn(weekly, playbook, present("2026-11-29", "23:59")) is None
    assert made(weekly, playbook, "2026-11-30", "00:00").anchor == date(2026, 11, 30)


def test_what_is_late_is_done_in_turn_and_no_heap() -> None:
    text = (SHIPPED / "new_colleague.toml").read_text(encoding="utf-8")
    lines = made(routine("2026-11-02"), own(text), "2026-11-27").lines
    per_day = [line.due_at.astimezone(SHANGHAI).date() for line in lines if line.open]
    assert len(per_day) == 7
    assert max(map(per_day.count, per_day)) < 7
    assert [line.key for line in lines] == [step.key for step in own(text).steps]


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.stem)
def test_what_ships_is_read_and_lies_on_working_days(file: Path) -> None:
    playbook = own(file.read_text(encoding="utf-8"))
    first = routines.first_day(playbook, date(2026, 9, 21))
    one = routine(first.isoformat(), playbook.every)
    for line in made(one, playbook, "2026-09-21").lines:
        assert MAINLAND.is_workday(line.due_at.astimezone(SHANGHAI).date())
        assert line.title
        assert line.title_en
        assert line.clock
        assert time(9) <= line.clock < time(18)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{ONE}dayz = 3\n", 'one.toml, line 8: “dayz”'),
        (f'{ONE}clock = "25:00"\n', "one.toml, line 8: “clock”"),
        (f"{ONE}days = 9999\n", "one.toml, line 8: “days”"),
        (f'{ONE}until = "end"\n', "one.toml, line 8: “until”"),
        (f'{ONE}evidence = "list"\n', "one.toml, line 8: “evidence”"),
        (f"{ONE}days = 1\nworkdays = 1\n", "one.toml, line 9, “workdays”: working days"),
        (ONE.replace("own", "salon"), "one.toml, line 1: “kind” must be one of: own"),
        (ONE.replace('en = "Report"', 'every = "fortnight"'), "one.toml, line 3: “every”"),
        (ONE + "".join(f'[[step]]\nid = "s{n}"\nzh = "写"\nen = "x"\n' for n in range(1000)),
         "one.toml, line 805, “id”: 1001 steps are too many for a plan; 200 are the most"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_key(text: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        own(text)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [("week", "week"), ("every month", "month"), ("每季度", "quarter"), ("14 days", "14"),
     ("每 10 天", "10"), ("1d", "1"), ("once", ""), ("一次", "")],
)  # fmt: skip
def test_how_often_is_read_in_both_languages(text: str, code: str) -> None:
    assert routines.read_every(text) == code
    assert str(routines.said_every(code))


@pytest.mark.parametrize("text", ["fortnight", "0 days", "367", "-1", "每", "3 weeks"])
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        routines.read_every(text)


def coming(one: Routine, first: str, last: str, now: str = "2026-11-27") -> list[tuple[str, str]]:
    """Begin and day of the steps that turns still to be made have between two days."""
    spans = date.fromisoformat(first), date.fromisoformat(last)
    return [
        (f"{begins:%m-%d}", f"{line.due_at.astimezone(SHANGHAI):%m-%d}")
        for begins, lines in routines.to_come(one, own(), *spans, present(now))
        for line in lines
    ]


def test_turns_that_are_not_made_yet_are_known_and_lie_on_working_days() -> None:
    weekly = routine("2026-11-27", "week")._replace(
        turn=Turn(1, date(2026, 11, 27), date(2026, 12, 3), 0, 0)
    )
    assert coming(weekly, "2026-11-23", "2026-12-20") == [
        ("12-04", "12-04"),
        ("12-11", "12-11"),
        (
            "12-18",
            "12-18",
        ),
    ]
    assert coming(weekly, "2027-01-01", "2027-01-03") == []  # New Year's Day is off
    assert coming(weekly, "2026-12-28", "2027-01-04") == [("01-01", "01-04")]
    assert coming(weekly._replace(until=date(2026, 12, 10)), "2026-11-23", "2026-12-20") == [
        ("12-04", "12-04")
    ]


def test_what_rests_is_over_or_was_taken_back_has_none_to_come() -> None:
    turn = Turn(1, date(2026, 11, 27), date(2026, 12, 3), 0, 0)
    weekly = routine("2026-11-27", "week")._replace(turn=turn)
    month = "2026-12-01", "2026-12-31"
    assert coming(weekly, *month)
    now = present("2026-11-27").now
    assert coming(weekly._replace(paused_at=now), *month) == []
    assert coming(weekly._replace(ended_at=now), *month) == []
    assert coming(weekly._replace(turn=None), *month) == []
    once = turn._replace(next_on=None)
    assert coming(weekly._replace(turn=once), *month) == []
    later = turn._replace(next_on=date(2026, 12, 10))  # that of the 4th was made and undone
    assert coming(weekly._replace(turn=later), *month)[0] == ("12-11", "12-11")
