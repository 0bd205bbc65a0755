"""The plan as a calendar takes it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from opslog.exchange.writing.calendars import Appointment, write_calendar
from tests.exchange.writing import rfc5545

ZONE = ZoneInfo("Asia/Shanghai")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
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
    assert rfc5545.faults(data) == []
    step, event = Calendar.from_ical(data).walk("VEVENT")
    assert step["summary"] == "朋友圈, 第一轮; 预热␀"
    assert step["description"] == "a\nb"
    assert step.decoded("dtstart") == AT
    assert step["transp"] == "TRANSPARENT"
    assert event["status"] == "CANCELLED"
    assert event["summary"] == "✗ 沙龙"
    assert "dtend" not in event  # never before the start


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("Asia/Shanghai", 0),
        ("Europe/Berlin", 2),
        ("America/New_York", 2),
        ("Australia/Sydney", 2),
        ("Africa/Casablanca", 0),  # goes by the moon: only a list of dates will do
    ],
)
def test_the_zone_in_the_file_says_what_the_zone_is(tmp_path: Path, key: str, rules: int) -> None:
    zone = ZoneInfo(key)
    entries = [Appointment(str(n), "沙龙", AT + n * DAY, AT + n * DAY + HOUR) for n in (0, 1100)]
    data = write_calendar("", entries, AT, zone, tmp_path / "a.ics").read_bytes()
    assert rfc5545.faults(data) == []
    calendar = Calendar.from_ical(data)
    (described,) = calendar.walk("VTIMEZONE")
    assert described["tzid"] == key
    onsets: list[tuple[datetime, timedelta]] = []
    for part in described.subcomponents:
        start: datetime = part.decoded("dtstart")
        rdate: Any = part.get("rdate")
        rrule: Any = part.get("rrule")
        days = [start, *(one.dt for one in (rdate.dts if rdate else ()))]
        if rrule:
            rule = rrulestr(rrule.to_ical().decode(), dtstart=start)
            days += rule.between(start, start + 1500 * DAY)
        before, after = part.decoded("tzoffsetfrom"), part.decoded("tzoffsetto")
        onsets += [(day - before, after) for day in days]
    assert sum("rrule" in part for part in described.subcomponents) == rules
    onsets.sort(key=lambda onset: onset[0])
    for hours in range(0, 1100 * 24, 5):
        moment = AT + hours * HOUR
        held = [offset for at, offset in onsets if at <= moment.replace(tzinfo=None)]
        assert held[-1] == moment.astimezone(zone).utcoffset(), moment
    for entry, one in zip(calendar.walk("VEVENT"), entries, strict=True):
        assert entry["dtstart"].params["tzid"] == key
        assert entry.decoded("dtstart") == one.starts_at


def test_an_operator_who_lives_by_utc_needs_no_zone(tmp_path: Path) -> None:
    one = Appointment("1", "沙龙", AT, AT + HOUR, sequence=3, changed_at=AT - DAY)
    data = write_calendar("", [one], AT, ZoneInfo("UTC"), tmp_path / "a.ics").read_bytes()
    assert rfc5545.faults(data) == []
    assert b"VTIMEZONE" not in data
    assert b"\r\nDTSTART:20261127T060000Z\r\n" in data
    assert b"\r\nSEQUENCE:3\r\n" in data
    assert b"\r\nDTSTAMP:20261126T060000Z\r\n" in data
    assert b"\r\nLAST-MODIFIED:20261126T060000Z\r\n" in data


def test_only_what_lies_ahead_and_stands_rings(tmp_path: Path) -> None:
    def one(uid: str, at: datetime, *, cancelled: bool = False) -> Appointment:
        return Appointment(uid, uid, at, at + HOUR, cancelled=cancelled, alarm=HOUR, busy=True)

    entries = [one("ahead", AT + HOUR), one("begun", AT), one("off", AT + HOUR, cancelled=True)]
    path = write_calendar("", entries, AT, ZONE, tmp_path / "a.ics")
    ahead, begun, off = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    (alarm,) = ahead.walk("VALARM")
    assert alarm.decoded("trigger") == -HOUR
    assert (str(alarm["action"]), str(alarm["description"])) == ("DISPLAY", "ahead")
    assert not begun.walk("VALARM")
    assert not off.walk("VALARM")
    assert [str(e["transp"]) for e in (ahead, begun, off)] == ["OPAQUE", "OPAQUE", "TRANSPARENT"]


def test_whole_days_are_dates_and_take_no_zone(tmp_path: Path) -> None:
    midnight = datetime(2026, 11, 27, tzinfo=ZONE)
    whole = Appointment("1", "展会", midnight, midnight + 2 * DAY, busy=True)
    until_midnight = Appointment("2", "晚会", midnight - HOUR, midnight)
    data = write_calendar("", [whole, until_midnight], AT, ZONE, tmp_path / "a.ics").read_bytes()
    assert rfc5545.faults(data) == []
    assert b"\r\nDTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261129\r\n" in data
    assert b"\r\nDTEND;TZID=Asia/Shanghai:20261127T000000\r\n" in data


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (b"\r\n", b"\n", "CRLF"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 75, "octets"),
        (b"\\, ", b", ", "3.3.11"),
        (b"UID:1@opslog", b"UID:2@opslog", "stands 2 times"),
        (b"TZID=Asia/Shanghai", b"TZID=Asia/Tokyo", "3.3.5"),
        (b"DTSTAMP:20261127T060000Z", b"DTSTAMP:20261127T060000", "no UTC"),
        (b"END:VALARM\r\n", b"", "closes nothing"),
        (b"DTEND;TZID=Asia/Shanghai:2026", b"DTEND;TZID=Asia/Shanghai:2025", "not later"),
        (b"TZOFFSETTO:+0800\r\n", b"", "has 0 TZOFFSETTO"),
        (b"STATUS:CONFIRMED", b"STATUS:OK", "no STATUS"),
        (b"TRIGGER:-PT1H", b"TRIGGER:-1H", "no DURATION"),
        (b"VERSION:2.0\r\n", b"", "has 0 VERSION"),
        (b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:1", "has 2 SEQUENCE"),
        (b"DESCRIPTION:\xe6\xb2", b"DESCRIPTION:\x01", "no content line"),
    ],
)
def test_the_check_sees_what_is_wrong(tmp_path: Path, good: bytes, bad: bytes, said: str) -> None:
    two = [
        Appointment(f"{n}@opslog", "沙龙, 上海", AT + HOUR, AT + 2 * HOUR, alarm=HOUR)
        for n in (1, 2)
    ]
    data = write_calendar("", two, AT, ZONE, tmp_path / "a.ics").read_bytes()
    assert good in data
    found = rfc5545.faults(data.replace(good, bad))
    assert any(said in one for one in found), found
