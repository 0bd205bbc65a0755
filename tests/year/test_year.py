"""The year's short form: six weeks of work, and all that holds of the whole; and that it is seen
where the product breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.calls import contact_limits
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.programmes import sending
from opslog.store.people import suppressed
from tests.services.lists import make_list
from tests.year.checks import ZONE
from tests.year.findings import findings
from tests.year.ledger import Ledger
from tests.year.playing import SHORT, Year


def played(folder: Path) -> dict[str, list[str]]:
    year = Year(folder, SHORT)
    book = year.play()
    found = {finding.what: finding.wrong for finding in findings(year) if finding.wrong}
    book.close()
    return found


def test_six_weeks_hold_what_a_year_holds(tmp_path: Path) -> None:
    assert played(tmp_path) == {}


def nothing(*_given: object, **_named: object) -> None:
    return None


@pytest.mark.parametrize(
    ("broken", "name", "instead", "seen"),
    [
        (contact_limits, "_against", nothing, "no cap broken"),
        (suppressed, "put", nothing, "nobody contacted"),
        (sending, "TouchedSince", calling.SaidAlready, "slips of the hand"),
    ],
)
def test_what_breaks_is_seen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: object,
    name: str,
    instead: Callable[..., object],
    seen: str,
) -> None:
    """Caps that hold nobody, a bar that is never noted, a second window that is told too little."""
    monkeypatch.setattr(broken, name, instead)
    assert any(seen in what for what in played(tmp_path))


def test_the_ledger_finds_what_stands_against_a_touch(book: Book) -> None:
    one, other, third = make_list(book, [(name, "", "", "", "") for name in "甲乙丙"]).people
    ledger = Ledger(book.con, lambda day: day.weekday() < 5)
    at = datetime(2026, 11, 26, 10, tzinfo=ZONE)  # a Thursday
    ledger.went_out(one, at, "message", "wecom", counts=True)
    ledger.came_in(other, at, "message", "wecom")
    assert ledger.free_on(one, at.date(), "message", "wecom") == at.date() + timedelta(days=1)
    assert ledger.free_on(one, at.date(), "reminder", "phone") == at.date()
    ledger.went_out(other, at, "message", "wecom", counts=True, free=True)
    assert ledger.over_cap == []
    ledger.went_out(one, at + timedelta(hours=1), "callback-1", "phone", counts=True)
    assert len(ledger.over_cap) == 1
    for _ in range(4):
        ledger.went_out(third, at, "callback-1", "phone", counts=False)
    assert len(ledger.over_cap) == 2
    ledger.none_wanted(third)
    ledger.went_out(third, at + timedelta(days=7), "callback-1", "phone", counts=True)
    assert len(ledger.barred) == 1
    ledger.step_sent(1, "day-1", one)
    ledger.step_sent(1, "day-2", one)
    assert ledger.twice == []
    ledger.step_sent(1, "day-1", one)
    assert len(ledger.twice) == 1
    ledger.promise(7, one, at)
    assert list(ledger.promises_due(at)) == [(7, one)]
    assert not ledger.keeps_promise(7, at - timedelta(minutes=1))
    ledger.promise(7, one, None)
    assert not list(ledger.promises_due(at))
