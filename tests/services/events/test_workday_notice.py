"""A year's notice taken in: one change, with the open steps that stand on other days then."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import UNPUBLISHED, EventDraft
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.events import events, workday_notice
from opslog.services.events.plans import steps


def notice(folder: Path, *days: tuple[str, bool]) -> Path:
    path = folder / "2027.json"
    said = [{"name": "假", "date": day, "isOffDay": off} for day, off in days]
    fixed = (("元旦", "2027-01-01"), ("国庆节", "2027-10-01"))
    said += [{"name": name, "date": day, "isOffDay": True} for name, day in fixed]
    path.write_text(json.dumps({"year": 2027, "days": said}), encoding="utf-8")
    return path


def test_steps_that_float_move_and_one_undo_takes_all_of_it_back(
    book: Book, tmp_path: Path
) -> None:
    starts = datetime(2027, 1, 15, 14, tzinfo=book.clock.zone)
    event_id = events.create(book, EventDraft("沙龙", "salon", starts)).made
    zone = book.clock.zone
    before = events.plan(book, event_id)
    assert any(UNPUBLISHED in line.why for line in before)
    off = date(2027, 1, 8)  # a Friday with steps of the plan
    moved = [line for line in before if line.due_at.astimezone(zone).date() == off]
    assert moved
    pinned = moved[0]
    steps.move_step(book, pinned.id, pinned.due_at)
    seen = workday_notice.preview(book, notice(tmp_path, ("2027-01-08", True)))
    assert [line.id for line in moved[1:]] == [move.before.id for _event, move in seen.moves]
    workday_notice.take(book, seen)
    after = {line.id: line for line in events.plan(book, event_id)}
    assert after[pinned.id].due_at == pinned.due_at
    for line in moved[1:]:
        assert after[line.id].due_at.astimezone(zone).date() == date(2027, 1, 7)
    assert not any(UNPUBLISHED in line.why for line in after.values() if line.due_at.year < 2028)
    assert own_kinds.workdays(book).published(2027)
    assert "[notice.2027]" in (book.home / "workdays.toml").read_text(encoding="utf-8")
    history.undo(book)
    assert not own_kinds.workdays(book).published(2027)
    assert not (book.home / "workdays.toml").exists()
    now = {line.id: line.due_at for line in events.plan(book, event_id)}
    assert now == {line.id: line.due_at for line in before}


def test_a_broken_file_changes_nothing(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        workday_notice.preview(book, notice(tmp_path, ("2027-02-30", True)))
    (book.home / "workdays.toml").write_text("holidays = 3", encoding="utf-8")
    with pytest.raises(Refused, match=r"workdays\.toml"):
        workday_notice.preview(book, notice(tmp_path, ("2027-01-08", True)))
    assert (book.home / "workdays.toml").read_text(encoding="utf-8") == "holidays = 3"
