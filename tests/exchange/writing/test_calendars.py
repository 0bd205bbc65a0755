"""The plan as a calendar takes it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar

from opslog.exchange.writing.calendars import Appointment, write_calendar

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


def test_a_calendar_reads_back(tmp_path: Path) -> None:
    path = write_calendar(
        "上海沙龙",
        [
            Appointment(
                "step-1@opslog",
                "朋友圈, 第一轮; 预热\x00",
                AT,
                AT + timedelta(minutes=30),
                place="上海",
                note="a\nb",
                tags=("moments",),
            ),
            Appointment("event-1@opslog", "沙龙", AT, AT - timedelta(1), cancelled=True, busy=True),
        ],
        AT,
        ZONE,
        tmp_path / "plan.ics",
    )
    data = path.read_bytes()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    step, event = Calendar.from_ical(data).walk("VEVENT")
    assert step["summary"] == "朋友圈, 第一轮; 预热␀"
    assert step["description"] == "a\nb"
    assert step.decoded("dtstart") == AT
    assert step["transp"] == "TRANSPARENT"
    assert event["status"] == "CANCELLED"
    assert event["summary"] == "✗ 沙龙"
    assert "dtend" not in event  # never before the start
