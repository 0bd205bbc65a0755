"""A calendar that takes one export in after the other holds the right entries, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from opslog.domain.events.events import EventDraft
from opslog.services.book import backup, history
from opslog.services.book.book import Book, open_book
from opslog.services.book.contributions import Scope
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.files import export as files_out
from opslog.services.people import erasing
from tests.conftest import StandingClock
from tests.exchange.writing import rfc5545
from tests.services.lists import make_list
from tests.store.schema import dumps

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Program:
    """Another program's store, as RFC 5546 (2.1.4 and 2.1.5) has it: an entry is known by its
    UID; what comes with a lower SEQUENCE, or with the same and an older DTSTAMP, is out of date."""

    def __init__(self) -> None:
        self.entries: dict[str, Event] = {}

    def take(self, path: Path) -> None:
        for entry in read(path):
            known = self.entries.get(str(entry["uid"]))
            if known is None or self._revision(entry) >= self._revision(known):
                self.entries[str(entry["uid"])] = entry

    @staticmethod
    def _revision(entry: Event) -> tuple[int, str]:
        return int(entry.get("sequence", 0)), f"{entry.decoded('dtstamp'):%Y%m%dT%H%M%S}"

    @property
    def standing(self) -> dict[str, str]:
        """What its user sees: title and start (UTC) of all that is not cancelled."""
        return {
            str(entry["summary"]): utc(entry.decoded("dtstart"))
            for entry in self.entries.values()
            if entry["status"] != "CANCELLED"
        }

    @property
    def count(self) -> int:
        return sum(entry["status"] != "CANCELLED" for entry in self.entries.values())


def utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%m-%d %H:%M}"


def read(path: Path) -> list[Event]:
    """The entries of a file that keeps to RFC 5545."""
    data = path.read_bytes()
    assert_well_formed(data)
    return [entry for entry in Calendar.from_ical(data).walk("VEVENT") if isinstance(entry, Event)]


def assert_well_formed(data: bytes) -> None:
    """By RFC 5545, as a check that knows no library reads it; and what this file promises more."""
    assert rfc5545.faults(data) == []
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    for entry in calendar.walk("VEVENT"):
        assert {"SEQUENCE", "LAST-MODIFIED", "SUMMARY", "DTEND"} <= {str(key) for key in entry}
        for alarm in entry.walk("VALARM"):
            assert alarm["action"] == "DISPLAY"
            assert entry["status"] == "CONFIRMED"


@pytest.fixture
def calendar(book: Book) -> Callable[[], Path]:
    """Exports everything as a calendar."""

    def export() -> Path:
        return files_out.export(book, "calendar", book.home / "calendar.ics", force=True)

    return export


def salon(book: Book, days: int = 30, name: str = "沙龙; 上海, 一") -> int:
    made = events.create(book, EventDraft(name, "salon", book.now() + days * DAY)).made
    assert made is not None
    return made


def by_uid(path: Path) -> dict[str, Event]:
    return {str(entry["uid"]): entry for entry in read(path)}


def event_entry(path: Path) -> Event:
    (found,) = [entry for uid, entry in by_uid(path).items() if uid.startswith("event-")]
    return found


def test_moved_twice_a_step_dropped_and_cancelled(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book)
    program = Program()
    program.take(calendar())
    planned = events.plan(book, event_id)
    assert program.count == 1 + len(planned)
    for days in (3, 10):
        clock.move_to(clock.instant + HOUR)
        events.move(book, event_id, events.get(book, event_id).row.starts_at + days * DAY)
        program.take(calendar())
        start = events.get(book, event_id).row.starts_at
        assert program.standing["沙龙; 上海, 一"] == utc(start)
        now_planned = {utc(line.due_at) for line in events.plan(book, event_id)}
        assert set(program.standing.values()) == now_planned | {utc(start)}
        assert program.count == len(program.entries) == 1 + len(planned)
    steps.remove_step(book, planned[3].id)
    program.take(calendar())
    assert program.count == len(planned)
    assert not [title for title in program.standing if title.startswith(planned[3].title_en)]
    events.cancel(book, event_id)
    program.take(calendar())
    assert program.standing == {}
    assert len(program.entries) == 1 + len(planned)
    for _verb in range(2):  # the cancelling, the dropping
        history.undo(book)
        program.take(calendar())
    assert program.count == 1 + len(planned)
    for _verb in range(3):  # the moves, the event itself
        history.undo(book)
        program.take(calendar())
    assert program.standing == {}
    assert len(program.entries) == 1 + len(planned)
    history.redo(book)
    program.take(calendar())
    assert program.count == 1 + len(planned)


def test_an_old_file_taken_in_late_changes_nothing(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book)
    old = calendar().rename(book.home / "old.ics")
    clock.move_to(clock.instant + HOUR)
    events.move(book, event_id, events.get(book, event_id).row.starts_at + DAY)
    program = Program()
    program.take(calendar())
    before = program.standing
    program.take(old)
    assert program.standing == before


def test_the_revision_is_the_changes(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book)
    made = clock.now()
    clock.move_to(made + HOUR)
    events.move(book, event_id, events.get(book, event_id).row.starts_at + DAY)
    history.undo(book)  # before anybody was told
    first = event_entry(calendar())
    assert first["sequence"] == 0
    assert first.decoded("last-modified") == first.decoded("dtstamp") == made
    events.move(book, event_id, events.get(book, event_id).row.starts_at + DAY)
    clock.move_to(made + 2 * HOUR)
    second = event_entry(calendar())
    assert (second["uid"], second["sequence"]) == (first["uid"], 1)
    assert second.decoded("last-modified") == made + HOUR  # the change's time, not the export's
    clock.move_to(made + 3 * HOUR)
    history.undo(book)
    third = event_entry(calendar())
    assert third.decoded("dtstart") == first.decoded("dtstart")
    assert third["sequence"] == 2
    assert third.decoded("last-modified") == made + 3 * HOUR
    clock.move_to(made + 4 * HOUR)
    history.redo(book)
    assert event_entry(calendar())["sequence"] == 3


def test_what_did_not_change_is_the_same_also_in_another_session(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book)
    steps.tick_step(book, events.plan(book, event_id)[0].id)
    before = calendar().read_bytes()
    assert calendar().read_bytes() == before
    clock.move_to(clock.instant + HOUR)
    other = open_book(book.path, clock=clock)
    path = files_out.export(other, "calendar", book.home / "again.ics")
    other.close()
    assert path.read_bytes() == before


def test_an_export_is_no_change_and_leaves_redo_alone(
    book: Book, calendar: Callable[[], Path]
) -> None:
    salon(book)
    events.move(book, 1, book.now() + 40 * DAY)
    history.undo(book)
    before = [(entry.id, entry.state) for entry in history.changes(book)]
    calendar()
    assert [(entry.id, entry.state) for entry in history.changes(book)] == before
    assert history.redo(book)


def test_two_databases_share_no_name(book: Book, clock: StandingClock, tmp_path: Path) -> None:
    other = open_book(tmp_path / "other" / "opslog.db", clock=clock)
    names: list[set[str]] = []
    for one in (book, other):
        salon(one)
        names.append(set(by_uid(files_out.export(one, "calendar", one.home / "c.ics"))))
    other.close()
    assert len(names[0]) == len(names[1]) > 10
    assert not names[0] & names[1]


def test_missed_steps_are_cancelled_and_done_ones_stay(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book, days=10)
    program = Program()
    program.take(calendar())
    done, *rest = events.plan(book, event_id)
    steps.tick_step(book, done.id)
    clock.move_to(clock.instant + 9 * DAY)
    missed = [line for line in events.plan(book, event_id) if line.state == "missed"]
    assert missed
    path = calendar()
    program.take(path)
    assert program.count == 1 + 1 + len(rest) - len(missed)
    gone = [entry for entry in read(path) if entry["status"] == "CANCELLED"]
    assert {str(entry["summary"]) for entry in gone} == {
        f"✗ {line.title_en} (沙龙; 上海, 一)" for line in missed
    }
    assert any(title.startswith(f"✓ {done.title_en}") for title in program.standing)


def test_what_lies_ahead_rings(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    event_id = salon(book)
    steps.tick_step(book, events.plan(book, event_id)[2].id)

    def silent() -> set[str]:
        return {str(e["summary"]) for e in read(calendar()) if not e.walk("VALARM")}

    (done,) = silent()
    assert done.startswith("✓")
    rings = {
        str(entry["uid"])[:5]: alarm.decoded("trigger")
        for entry in read(calendar())
        for alarm in entry.walk("VALARM")
    }
    assert rings == {"event": -HOUR, "step-": -timedelta(minutes=10)}
    clock.move_to(clock.instant + 200 * DAY)
    assert len(silent()) == len(read(calendar()))


def test_the_plan_of_one_event_says_what_is_gone_of_it_alone(book: Book) -> None:
    one, other = salon(book), salon(book, name="另一场")
    path = book.home / "plan.ics"

    def plan(event_id: int) -> list[Event]:
        return read(files_out.export(book, "plan", path, Scope(event_id), force=True))

    plan(one), plan(other)
    steps.remove_step(book, events.plan(book, other)[0].id)
    assert not [entry for entry in plan(one) if entry["status"] == "CANCELLED"]
    (gone,) = [entry for entry in plan(other) if entry["status"] == "CANCELLED"]
    assert gone["summary"] == "✗ No longer in the plan"
    assert gone["sequence"] == 1
    assert plan(other)[-1] == gone  # also the next time, for whoever missed this file


def test_a_file_that_was_not_written_told_nobody_anything(
    book: Book, calendar: Callable[[], Path]
) -> None:
    salon(book)

    def give_up(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files_out.export(book, "calendar", book.home / "never.ics", progress=give_up)
    assert not (book.home / "never.ics").exists()
    assert book.con.execute("SELECT count(*) FROM calendar_entry").fetchone()[0] == 0
    calendar()


@pytest.mark.parametrize("schema", [4, 5])
def test_names_from_before_go_out_once_as_cancelled(
    tmp_path: Path, clock: StandingClock, schema: int
) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(schema, path)
    book = open_book(path, clock=clock)
    old = {
        f"event-{row['id']}-{re.sub('[^0-9]', '', row['created_at'])}@opslog"
        for row in book.con.execute("SELECT * FROM event")
    } | {
        f"step-{row['id']}-{row['event_id']}@opslog"
        for row in book.con.execute("SELECT * FROM step_shown")
    }
    assert old
    out = tmp_path / "calendar.ics"
    first = by_uid(files_out.export(book, "calendar", out))
    assert old <= set(first)
    assert {(str(first[uid]["status"]), first[uid]["sequence"]) for uid in old} == {
        ("CANCELLED", 1)
    }
    assert len(first) == 2 * len(old)
    second = by_uid(files_out.export(book, "calendar", out, force=True))
    assert set(second) == set(first) - old
    book.close()


def test_somebody_erased_leaves_the_calendar_too(book: Book, calendar: Callable[[], Path]) -> None:
    (person_id,) = make_list(book, [("王志刚", "", "", "+8613800138000", "")]).people
    event_id = salon(book)
    steps.note_step(book, events.plan(book, event_id)[0].id, "先问王志刚")
    program = Program()
    program.take(calendar())
    assert "王志刚" in calendar().read_text(encoding="utf-8")
    erasing.erase(book, person_id, "王志刚")
    program.take(calendar())
    assert "王志刚" not in calendar().read_text(encoding="utf-8")
    assert not any("王志刚" in str(entry.get("description")) for entry in program.entries.values())


def test_an_older_backup_brought_back_goes_on_with_the_revisions(
    book: Book, clock: StandingClock, calendar: Callable[[], Path]
) -> None:
    program, fresh = Program(), Program()
    event_id = salon(book)
    program.take(calendar())
    saved = backup.backup(book)
    for _twice in range(2):
        clock.move_to(clock.now() + HOUR)
        events.move(book, event_id, events.get(book, event_id).row.starts_at + DAY)
        program.take(calendar())
    salon(book, name="备份之后的")
    program.take(calendar())
    clock.move_to(clock.now() + HOUR)
    backup.restore(book.path, saved, clock=clock)
    program.take(calendar())
    fresh.take(calendar())
    assert program.standing == fresh.standing
    assert not any("备份之后的" in title for title in program.standing)
