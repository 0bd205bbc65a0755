"""The demonstration is built by the product's own verbs and shows a day worth looking at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.clock import Clock
from opslog.services.book import check
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.daybook import lines as log_lines
from opslog.services.demo import demo
from opslog.services.events import events
from opslog.services.events.plans import routines
from opslog.services.leads import leads
from opslog.services.programmes import queue as messages
from opslog.services.reviews import channels, costs, figures
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.services.today import agenda

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KINDS = {"step", "follow_up", "reminder", "promise", "roster", "lead"}
KINDS |= {"message", "entering", "content", "material"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = demo.build(tmp_path_factory.mktemp("demo"), Clock(lambda: MONDAY))
    yield book
    book.close()


def test_four_events_around_today(sample: Book) -> None:
    days = {
        row.name: (row.starts_at.astimezone(sample.clock.zone).date() - sample.today()).days
        for row in events.listing(sample)
    }
    assert days == {
        "制造业老客户经营白皮书": -1,
        "上海老客户增长沙龙": 1,
        "用数据看懂线索直播": 7,
        "杭州制造业数字化大会": -6,
    }


def test_the_lists_came_in_through_the_import(sample: Book) -> None:
    files = {
        row["file"]: row
        for row in sample.con.execute("SELECT * FROM roster_file ORDER BY id").fetchall()
    }
    assert set(files) == {
        "conference_hangzhou_export.csv",
        "salon_shanghai_final2.xlsx",
        "webinar_signups.txt",
    }
    for row in files.values():
        parts = ("new", "updated", "unchanged", "duplicate", "problem")
        assert row["read"] == sum(row[part] for part in parts)
        assert row["problem"] < row["read"] / 10
    assert files["conference_hangzhou_export.csv"]["encoding"].lower() == "gb18030"
    assert files["conference_hangzhou_export.csv"]["duplicate"] >= 1
    assert files["salon_shanghai_final2.xlsx"]["header_row"] == 3
    assert len(rosters.listing(sample)) == 4


def test_people_at_two_events_are_one_person(sample: Book) -> None:
    shared = sample.con.execute(
        "SELECT count(*) FROM (SELECT person_id FROM card GROUP BY person_id HAVING count(*) > 1)"
    ).fetchone()[0]
    assert shared >= 20


def test_today_has_each_kind_of_thing_to_do(sample: Book) -> None:
    kinds = {ranked.item.kind for ranked in agenda.today(sample)}
    assert kinds == KINDS


def test_plans_are_done_up_to_now_but_for_what_was_left(sample: Book) -> None:
    late = [ranked.item for ranked in agenda.today(sample) if ranked.item.due < sample.now()]
    assert 2 <= len([item for item in late if item.kind == "step"]) <= 8
    for row in events.listing(sample):
        lines = events.plan(sample, row.id)
        assert any(line.state == "done" for line in lines)
        assert all(line.state != "done" for line in lines if line.due_at > sample.now())


def test_reminder_calls_wait_and_call_backs_are_under_way(sample: Book) -> None:
    salon = events.resolve(sample, "上海沙龙")
    conference = events.resolve(sample, "杭州大会")
    assert len(call_queue.queue(sample, "reminder", salon)) > 50
    assert call_queue.queue(sample, "callback-1", conference)
    touches = sample.con.execute("SELECT count(*) FROM touch").fetchone()[0]
    assert touches == 30  # of them three messages and an answer
    shown = guests.show_up(sample, conference)
    assert shown.attended > 60


def test_whoever_is_marked_as_come_signed_in(sample: Book) -> None:
    """By the sheet of the organiser, and nobody else."""
    rows = sample.con.execute(
        "SELECT c.attended, group_concat(r.cells) AS cells FROM card c"
        " JOIN roster_row r ON r.card_id=c.id JOIN signup s ON s.id=c.roster_id"
        " WHERE s.event_id=? GROUP BY c.id",
        (events.resolve(sample, "杭州大会"),),
    ).fetchall()
    assert len(rows) > 100
    assert [
        row["cells"] for row in rows if bool(row["attended"]) != ("已签到" in row["cells"])
    ] == []


def test_leads_stand_in_several_states(sample: Book) -> None:
    assert [lead.state for lead in sorted(leads.leads(sample))] == [
        *("accepted", "handed_over", "returned", "lead"),
    ]


def test_screening_is_half_way(sample: Book) -> None:
    roster = rosters.resolve(sample, "杭州")
    tidy, first = rounds.rounds_of(sample, roster)
    assert not tidy.open
    reasons = dict(rounds.counts(sample, tidy.id).reasons)
    assert reasons.keys() >= {"colleague", "competitor", "partner"}
    assert first.open
    counted = rounds.counts(sample, first.id)
    assert counted.kept + counted.dropped == 38
    assert counted.left > 40


def test_nothing_happened_in_the_future(sample: Book) -> None:
    for table, column in (
        ("log", "created_at"),
        ("touch", "at"),
        ("decision", "at"),
        ("change", "at"),
    ):
        newest = sample.con.execute(f'SELECT max("{column}") FROM "{table}"').fetchone()[0]
        assert datetime.fromisoformat(newest) <= sample.now()


def test_the_log_tells_the_weeks(sample: Book) -> None:
    lines = log_lines.lines(sample)
    assert {line.source for line in lines} == {
        "typed",
        "event",
        "step",
        "call",
        "round",
        "import",
        "lead",
        "material",
    }
    assert any(line.flagged for line in lines)


def test_the_file_passes_its_own_check(sample: Book) -> None:
    assert [f for f in check.check(sample) if f.flaws and f.grave] == []


def test_it_can_be_built_on_any_day_at_any_hour(tmp_path: Path) -> None:
    """Midnight before National Day week: a plan full of days off."""
    moment = datetime(2026, 9, 29, 16, 5, tzinfo=UTC)
    book = demo.build(tmp_path, Clock(lambda: moment))
    try:
        assert agenda.today(book)
        assert book.now() == moment
    finally:
        book.close()


def test_the_conference_has_what_its_review_is_made_of(sample: Book) -> None:
    event_id = events.resolve(sample, "杭州大会")
    assert sum(one.spent or 0 for one in costs.of(sample, event_id)) == 3_870_000
    people = channels.people(sample, event_id)
    known = [one.id for one in channels.of(sample, event_id)]
    assert len(known) == 5
    assert set(people) == set(known)
    assert {one.measure for one in figures.of(sample, event_id)} > {"reach", "followers"}
    starts = events.get(sample, event_id).row.starts_at
    at = sample.con.execute(
        "SELECT min(signed_up_at), max(signed_up_at) FROM card c JOIN signup s ON s.id=c.roster_id"
        " WHERE s.event_id=?",
        (event_id,),
    ).fetchone()
    first, last = (datetime.fromisoformat(one) for one in at)
    assert 14 <= (starts - first).days <= 16
    assert abs(starts - last).days == 0


def test_the_dates_of_its_list_move_along_with_the_event(tmp_path: Path) -> None:
    later = MONDAY + timedelta(days=400)
    book = demo.build(tmp_path, Clock(lambda: later))
    starts = events.get(book, events.resolve(book, "杭州大会")).row.starts_at
    first = book.con.execute("SELECT min(signed_up_at) FROM card WHERE roster_id=1").fetchone()[0]
    assert 14 <= (starts - datetime.fromisoformat(first)).days <= 16
    book.close()


def test_on_a_tuesday_too_messages_went_out_and_somebody_waits_for_an_answer(
    tmp_path: Path,
) -> None:
    """Behind it lie two days off."""
    tuesday = MONDAY + timedelta(days=1)
    book = demo.build(tmp_path, Clock(lambda: tuesday))
    day = messages.day(book)
    assert (day.rate, len(day.answered)) == ((1, 3), 1)
    book.close()


def test_the_weekly_report_was_written_each_friday_and_the_next_one_waits(sample: Book) -> None:
    (row,) = routines.listing(sample)
    zone = sample.clock.zone
    stand = [
        (f"{line.due_at.astimezone(zone):%m-%d}", line.state)
        for line in routines.plan(sample, row.id)
    ]
    assert stand == [("11-06", "done"), ("11-13", "done"), ("11-20", "done")]
    assert row.routine.turn is not None
    assert (row.routine.turn.missed, row.routine.turn.next_on) == (0, date(2026, 11, 27))
    done, *_ = routines.plan(sample, row.id)
    assert [item.done_at is not None for item in done.items] == [True] * 3
    times = [row[0] for row in sample.con.execute("SELECT at FROM change ORDER BY id")]
    assert times == sorted(times)
