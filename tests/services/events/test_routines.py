"""Plans of the operator's own: entered, done, paused, ended, undone; the next turn by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DONE, DROPPED, FLOATING, LATE, MISSED, PINNED
from opslog.domain.events.plans.step_reasons import short_reason
from opslog.domain.reports import stretches
from opslog.services.book import backup, history, own_kinds
from opslog.services.book.book import Book
from opslog.services.events import due
from opslog.services.events.plans import routines, schedule, step_changes, steps
from opslog.services.files import export as files_out
from opslog.services.reports import files as report_files
from opslog.services.reports import reports
from opslog.services.today import agenda
from tests.conftest import StandingClock


def add(book: Book, **fields: str) -> int:
    return routines.add(book, routines.read_draft(book, fields)).made


def on(book: Book, clock: StandingClock, day: str, at: str = "09:00") -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=book.clock.zone))


def named(book: Book) -> list[str]:
    """What Today has of plans of one's own."""
    return [one.event for one in due.due(book) if one.event_id is None]


def log(book: Book) -> list[str]:
    return [row["text"] for row in book.con.execute("SELECT text FROM log ORDER BY id")]


def states(book: Book, routine_id: int) -> list[tuple[str, str]]:
    zone = book.clock.zone
    return [
        (f"{x.due_at.astimezone(zone):%m-%d}", x.state) for x in routines.plan(book, routine_id)
    ]


def test_a_weekly_report_comes_each_friday_by_itself(book: Book, clock: StandingClock) -> None:
    weekly = add(book, playbook="周报")
    assert states(book, weekly) == [("11-27", "floating")]
    assert named(book) == []
    on(book, clock, "2026-11-27")
    (ranked,) = [one for one in agenda.today(book) if one.item.kind == "step"]
    assert ranked.item.event == "Weekly report"
    agenda.done(book, ranked.item)
    assert "Done: Weekly report: F8 opens it, y copies it (Weekly report)" in log(book)
    on(book, clock, "2026-12-04")
    assert named(book) == ["Weekly report"]
    assert states(book, weekly) == [("11-27", DONE), ("12-04", "floating")]
    assert named(book) == ["Weekly report"]  # made once


def test_a_missed_turn_is_said_once_and_only_the_newest_is_made(
    book: Book, clock: StandingClock
) -> None:
    weekly = add(book, playbook="weekly_report")
    steps.move_step(book, routines.plan(book, weekly)[0].id, clock.at(date(2026, 11, 26)))
    on(book, clock, "2026-12-18")
    assert named(book) == ["Weekly report"]
    assert states(book, weekly) == [("11-26", MISSED), ("12-18", "floating")]
    said = "Weekly report: 2 turns were missed, Fri 12-04 to Fri 12-11"
    assert log(book).count(said) == 1
    assert routines.get(book, weekly).routine.turn.missed == 2  # type: ignore[union-attr]
    due.due(book)
    assert log(book).count(said) == 1


def test_undo_takes_back_what_somebody_did_and_a_turn_only_by_its_number(
    book: Book, clock: StandingClock
) -> None:
    weekly = add(book, playbook="weekly_report")
    on(book, clock, "2026-12-04")
    due.due(book)
    turn = next(e for e in history.changes(book) if "Next turn" in str(e.label))
    book.session = "the next day"
    with pytest.raises(Refused, match="Next turn"):
        history.undo(book)  # the plan itself, which the turn hangs on
    history.undo(book, turn.id)
    assert states(book, weekly) == [("11-27", MISSED)]
    due.due(book)
    assert states(book, weekly) == [("11-27", MISSED)]  # it is not made again
    on(book, clock, "2026-12-11")
    due.due(book)
    assert states(book, weekly) == [("11-27", MISSED), ("12-11", "floating")]
    assert not any("missed" in text for text in log(book))


def test_creation_is_undone_to_nothing(book: Book) -> None:
    add(book, playbook="new_colleague", name="小王")
    history.undo(book)
    for table in ("routine", "plan", "step", "check_item"):
        assert book.con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    history.redo(book)
    assert [row.routine.name for row in routines.listing(book)] == ["小王"]


def test_paused_it_rests_and_goes_on_without_a_heap(book: Book, clock: StandingClock) -> None:
    weekly = add(book, playbook="weekly_report")
    on(book, clock, "2026-11-27")
    assert named(book) == ["Weekly report"]
    routines.pause(book, weekly)
    assert named(book) == []
    on(book, clock, "2026-12-11")
    assert named(book) == []
    routines.resume(book, weekly)
    assert states(book, weekly)[-1] == ("12-11", "floating")
    assert routines.get(book, weekly).routine.turn.missed == 0  # type: ignore[union-attr]
    assert named(book) == ["Weekly report"]
    routines.end(book, weekly)
    assert named(book) == []
    on(book, clock, "2026-12-18")
    assert (named(book), len(states(book, weekly))) == ([], 2)
    history.undo(book)
    assert named(book) == ["Weekly report"]
    with pytest.raises(Refused, match="going on already"):
        routines.resume(book, weekly)


def test_what_went_on_again_between_two_turns_says_the_next_one(
    book: Book, clock: StandingClock
) -> None:
    weekly = add(book, playbook="weekly_report")
    routines.pause(book, weekly)
    on(book, clock, "2026-12-08")
    routines.resume(book, weekly)
    turn = routines.get(book, weekly).routine.turn
    assert turn is not None
    assert (str(turn.anchor), str(turn.next_on)) == ("2026-11-27", "2026-12-11")
    on(book, clock, "2026-12-11")
    assert named(book) == ["Weekly report"]
    assert states(book, weekly)[-1] == ("12-11", "floating")


def test_steps_have_the_verbs_of_every_plan(book: Book) -> None:
    plan = add(book, playbook="new_colleague", name="小王")
    first, second, third, *_ = routines.plan(book, plan)
    steps.tick_step(book, first.id)
    steps.move_step(book, second.id, second.due_at + timedelta(days=5))
    step_changes.give_up(book, third.id, "已经会了")
    made = routines.add_step(book, plan, "请他吃饭", second.due_at).made
    by_id = {line.id: line for line in routines.plan(book, plan)}
    assert by_id[second.id].state == PINNED
    assert by_id[made].title == "请他吃饭"
    row = routines.get(book, plan)
    assert (row.done, row.steps) == (1, 7)
    steps.unpin_step(book, second.id)
    steps.unpin_step(book, third.id)
    again = {line.id: line.due_at for line in routines.plan(book, plan)}
    assert (again[second.id], again[third.id]) == (second.due_at, third.due_at)
    assert str(steps.move_warning(book, first.id, book.clock.at(date(2026, 11, 28)))) == (
        "Sat 11-28 is a day off"
    )


def test_an_untouched_turn_moves_with_its_plan_and_a_touched_one_stays(book: Book) -> None:
    plan = add(book, playbook="weekly_report")
    fields = routines.written(routines.get(book, plan).routine)
    routines.edit(book, plan, routines.read_draft(book, {**fields, "on": "2026-11-26"}))
    assert states(book, plan) == [("11-26", "floating")]
    steps.tick_step(book, routines.plan(book, plan)[0].id)
    fields |= {"on": "2026-11-30", "every": "month"}
    routines.edit(book, plan, routines.read_draft(book, fields))
    turn = routines.get(book, plan).routine.turn
    assert (states(book, plan), turn.next_on) == ([("11-26", DONE)], date(2026, 11, 30))  # type: ignore[union-attr]
    history.undo(book)
    assert routines.get(book, plan).routine.every == "week"


def test_a_report_or_a_backup_ticks_the_step_that_waits(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    weekly = add(book, playbook="weekly_report")
    monthly = add(book, playbook="backup", on="2026-11-27")
    report = reports.report(book, stretches.of("week", book.today()))
    report_files.write(book, report, tmp_path / "early.md")
    assert states(book, weekly) == [("11-27", "floating")]  # it is not due yet
    on(book, clock, "2026-11-27", "16:00")
    report_files.write(book, report, tmp_path / "weekly.md")
    assert states(book, weekly) == [("11-27", DONE)]
    assert states(book, monthly) == [("11-27", "floating")]
    backup.backup(book)
    assert routines.prove(book, "backup") is not None
    assert states(book, monthly) == [("11-27", DONE)]
    history.undo(book)
    assert states(book, monthly) == [("11-27", "floating")]


def test_its_steps_stand_in_reports_and_go_out(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    plan = add(book, playbook="moments", on="2026-11-23")
    steps.tick_step(book, routines.plan(book, plan)[0].id)
    text = reports.report(book, stretches.of("day", book.today())).text()
    assert "Post something useful" in text
    files_out.export(book, "plan", tmp_path / "plan.json")
    rows = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert len(rows) == 3
    files_out.export(book, "calendar", tmp_path / "all.ics")
    told = (tmp_path / "all.ics").read_text(encoding="utf-8")
    assert told.count("BEGIN:VEVENT") == 3
    routines.end(book, plan)
    files_out.export(book, "calendar", tmp_path / "off.ics")
    assert (tmp_path / "off.ics").read_text(encoding="utf-8").count("STATUS:CANCELLED") == 3


def test_a_broken_text_of_ones_own_leaves_what_ships_and_is_named(book: Book) -> None:
    folder = book.home / "routines"
    folder.mkdir()
    (folder / "weekly_report.toml").write_text('kind = "own"\nbad = 1\n', encoding="utf-8")
    weekly = add(book, playbook="weekly_report")
    assert len(routines.plan(book, weekly)) == 1
    faults = [str(fault) for fault in book.faults["routines/weekly_report.toml"]]
    assert any("line 2: “bad” is not known here" in fault for fault in faults)


def test_a_text_of_ones_own_is_a_further_plan(book: Book, clock: StandingClock) -> None:
    folder = book.home / "routines"
    folder.mkdir()
    text = 'kind="own"\nzh="订阅"\nen="Renewals"\n[[step]]\nid="a"\nzh="查"\nen="Look"\n'
    (folder / "renewals.toml").write_text(text, encoding="utf-8")
    plan = add(book, playbook="订阅", every="30 days", on="2026-11-23")
    assert routines.get(book, plan).routine.turn.version == 1  # type: ignore[union-attr]
    (folder / "renewals.toml").unlink()
    on(book, clock, "2026-12-23")
    assert named(book) == []  # nothing tells what the next turn would be
    assert routines.get(book, plan).routine.playbook == "renewals"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"playbook": "nope"}, "no playbook of your own plans"),
        ({"playbook": "backup", "every": "fortnight"}, "says no interval"),
        ({"playbook": "backup", "on": "2026-02-30"}, "02-30"),
        ({"playbook": "backup", "on": "2026-12-28", "until": "2026-12-01"}, "end before it begins"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_kept(
    book: Book, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        add(book, **fields)
    assert routines.listing(book) == []


def test_a_turn_made_anew_never_falls_on_or_before_one_that_was_done(
    book: Book, clock: StandingClock
) -> None:
    twice = add(book, playbook="周报", on="2026-11-23", every="2 days")
    steps.tick_step(book, routines.plan(book, twice)[0].id)
    before = states(book, twice)
    on(book, clock, "2026-11-25")
    assert named(book) == ["Weekly report"]
    fields = {"playbook": "周报", "on": "2026-11-23", "every": "week"}
    routines.edit(book, twice, routines.read_draft(book, fields))
    assert states(book, twice) == before
    on(book, clock, "2026-11-30")
    assert named(book) == ["Weekly report"]
    assert len(states(book, twice)) == 2


def test_a_report_tells_turns_that_were_missed_apart_by_their_days(
    book: Book, clock: StandingClock
) -> None:
    add(book, playbook="weekly_report")
    for day in ("2026-11-27", "2026-12-04", "2026-12-11"):
        on(book, clock, day)
        assert named(book) == ["Weekly report"]
    stretch = stretches.of(stretches.MONTH, date(2026, 12, 1))
    said = reports.report(book, stretch).text()
    assert "(Weekly report, Fri 11-27)" in said
    assert "(Weekly report, Fri 12-04)" in said


def missed_of(book: Book, month: int) -> list[str]:
    """What the report of a month, and the days of it, say was missed."""
    stretch = stretches.of(stretches.MONTH, date(2026, month, 1))
    said = [line.title for line in reports.report(book, stretch).sums.steps.missed]
    shown = schedule.between(book, date(2026, month, 1), 31).days
    return said + [x.title for one in shown for x in one.steps if x.state == MISSED]


@pytest.mark.parametrize("stops", [routines.pause, routines.end])
def test_a_turn_that_is_open_rests_with_its_plan_and_is_never_missed(
    book: Book, clock: StandingClock, stops: Callable[[Book, int], object]
) -> None:
    weekly = add(book, playbook="weekly_report")
    stops(book, weekly)
    (step,) = routines.plan(book, weekly)
    zone, days = book.clock.zone, own_kinds.workdays(book)
    assert (step.state, str(short_reason(step, zone, days))) == (DROPPED, "rests with its plan")
    on(book, clock, "2026-12-16")
    assert states(book, weekly) == [("11-27", DROPPED)]
    assert routines.get(book, weekly).missed == 0
    routines.resume(book, weekly)
    on(book, clock, "2026-12-17")
    assert states(book, weekly) == [("11-27", DROPPED)]
    on(book, clock, "2026-12-18")
    assert named(book) == ["Weekly report"]
    assert missed_of(book, 11) == missed_of(book, 12) == []


def test_what_rested_is_as_before_where_its_plan_goes_on_at_once(
    book: Book, clock: StandingClock
) -> None:
    plan = add(book, playbook="new_colleague", name="小王")
    first, second, third, *_ = routines.plan(book, plan)
    steps.tick_step(book, first.id)
    steps.move_step(book, second.id, second.due_at + timedelta(days=5))
    step_changes.give_up(book, third.id, "已经会了")
    before = routines.plan(book, plan)
    routines.pause(book, plan)
    assert {x.state for x in routines.plan(book, plan)} == {DONE, DROPPED}
    routines.resume(book, plan)
    assert routines.plan(book, plan) == before


def test_what_was_to_be_done_meanwhile_is_still_due_where_it_is_possible(
    book: Book, clock: StandingClock
) -> None:
    plan = add(book, playbook="new_colleague", name="小王")
    before = {x.id: x for x in routines.plan(book, plan)}
    routines.pause(book, plan)
    on(book, clock, "2026-12-02")
    routines.resume(book, plan)
    after = {x.id: x for x in routines.plan(book, plan)}
    midnight = book.clock.at(book.today())
    for id, old in before.items():
        if old.due_at >= midnight:
            assert after[id].due_at >= old.due_at
        else:
            assert after[id].due_at >= book.now() or after[id].state == DROPPED
    assert any(LATE in x.why and x.state == FLOATING for x in after.values())
    assert MISSED not in {x.state for x in after.values()}


def test_a_turn_left_open_by_an_older_version_is_not_missed_either(
    book: Book, clock: StandingClock
) -> None:
    weekly = add(book, playbook="weekly_report")
    routines.pause(book, weekly)
    book.con.execute("UPDATE step SET state='floating', why=''")
    on(book, clock, "2026-12-16")
    routines.resume(book, weekly)
    assert states(book, weekly)[0] == ("11-27", DROPPED)
    assert missed_of(book, 11) == missed_of(book, 12) == []


def test_a_plan_changed_while_it_rests_goes_on_resting(book: Book, clock: StandingClock) -> None:
    weekly = add(book, playbook="weekly_report")
    routines.pause(book, weekly)
    fields = {**routines.written(routines.get(book, weekly).routine), "on": "2026-12-02"}
    routines.edit(book, weekly, routines.read_draft(book, fields))
    assert states(book, weekly) == [("12-02", DROPPED)]
    on(book, clock, "2026-12-01")
    routines.resume(book, weekly)
    assert states(book, weekly) == [("12-02", FLOATING)]


def test_the_export_says_that_a_step_rests(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    weekly = add(book, playbook="weekly_report")
    routines.pause(book, weekly)
    on(book, clock, "2026-12-16")
    routines.resume(book, weekly)
    files_out.export(book, "plan", tmp_path / "plan.csv")
    assert "given up" in (said := (tmp_path / "plan.csv").read_text(encoding="utf-8-sig"))
    assert "rests with its plan" in said
