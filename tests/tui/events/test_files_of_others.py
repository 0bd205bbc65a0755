"""F9: an organiser's invitation on Events, a year's holidays in the calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import events
from tests.cli.test_calendar_files import INVITE
from tests.tui.events.test_events import make, opened
from tests.tui.looking import press, text, until


def invitation(folder: Path, sequence: int, day: int, method: str = "REQUEST") -> str:
    path = folder / "invite.ics"
    path.write_text(INVITE.format(sequence=sequence, day=day, method=method), encoding="utf-8")
    return str(path)


async def test_f9_takes_an_invitation_in_after_a_look(book: Book, tmp_path: Path) -> None:
    async with opened(book, (120, 40)) as (app, pilot):

        async def take(path: str, look: str) -> None:
            await press(pilot, "f9")
            await until(pilot, "The organiser's invitation (.ics)")
            app.screen.query_one("Input").value = path  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await until(pilot, look)

        await take(invitation(tmp_path, 0, 10), "Enter this event?")
        shown = text(app)
        assert "Thu 12-10 14:00–17:00" in shown
        assert "it repeats weekly" in shown
        assert "steps" in shown
        await press(pilot, "escape")
        assert not events.listing(book)
        await take(invitation(tmp_path, 0, 10), "Enter this event?")
        await press(pilot, "enter")
        await until(pilot, "Invitation taken in")
        (row,) = events.listing(book)
        await take(invitation(tmp_path, 1, 17), "A new version of 制造业大会")
        assert "until now Thu 12-10 14:00" in text(app)
        assert "shifted" in text(app)
        await press(pilot, "enter")
        moved = events.get(book, row.id).row
        assert moved.starts_at == datetime(2026, 12, 17, 6, tzinfo=UTC)
        await take(invitation(tmp_path, 2, 17, "CANCEL"), "is called off by its organiser. Cancel")
        await press(pilot, "enter")
        assert events.get(book, row.id).row.cancelled_at is not None
        await press(pilot, "f5", "n")  # the import knows that it is no list
        await until(pilot, "Which list?")
        app.screen.query_one("Input").value = invitation(tmp_path, 3, 18)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "Enter this event?")


async def test_f9_in_the_calendar_takes_a_years_holidays_in(book: Book, tmp_path: Path) -> None:
    make(book, on="2027-03-12T14:00")
    path = tmp_path / "2027.json"
    days = [("2027-03-11", "节"), ("2027-10-01", "国庆节")]
    listed = [{"date": day, "name": name, "isOffDay": True} for day, name in days]
    path.write_text(json.dumps({"year": 2027, "days": listed}), encoding="utf-8")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "f9")
        app.screen.query_one("Input").value = str(path)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "Take these days in?")
        assert "2027: 2 days off, 0 make-up days" in text(app)
        assert "steps get another day" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Holidays of 2027 taken in")
    assert own_kinds.workdays(book).published(2027)
