"""A year's notice of holidays, from real files and from broken ones.

holiday-cn-2025.json is from github.com/NateScarlet/holiday-cn, chinese-days-2025.ics from
github.com/vsme/chinese-days, both MIT.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.dates import notices as domain
from opslog.domain.dates.workdays import MAINLAND, read_overlay
from opslog.exchange.calendars import notices

HERE = Path(__file__).parent
DAYS = [date.fromordinal(date(2025, 1, 1).toordinal() + n) for n in range(365)]
NATIONAL = {"name": "国庆节", "date": "2031-10-01", "isOffDay": True}


@pytest.mark.parametrize("file", ["holiday-cn-2025.json", "chinese-days-2025.ics"])
def test_a_real_notice_says_what_the_library_says(file: str) -> None:
    (notice,) = notices.read(HERE / file)
    own = read_overlay(domain.put("", [notice]), "workdays.toml")
    assert [day for day in DAYS if own.is_workday(day) != MAINLAND.is_workday(day)] == []
    assert str(own.holiday(date(2025, 1, 29))) == "春节"


def written(folder: Path, *days: Any, year: Any = 2031) -> Path:
    path = folder / "2031.json"
    path.write_text(json.dumps({"year": year, "days": list(days)}), encoding="utf-8")
    return path


def test_december_of_the_year_before_and_a_make_up_day(tmp_path: Path) -> None:
    eve = {"name": "元旦", "date": "2030-12-31", "isOffDay": True}
    makeup = {"name": "国庆节", "date": "2031-10-11", "isOffDay": False}
    (notice,) = notices.read(written(tmp_path, eve, NATIONAL, makeup))
    mine = "holidays = [2031-10-13]  # the company's own\nworkdays = [2031-10-01]\n"
    own = read_overlay(domain.put(mine, [notice]), "workdays.toml")
    assert own.published(2031)
    assert not own.published(2030)
    assert not own.is_workday(date(2030, 12, 31))
    assert own.is_workday(date(2031, 10, 11))
    assert own.is_workday(date(2031, 10, 1))  # own days of the company stand above
    assert not own.is_workday(date(2031, 10, 13))


def test_a_second_notice_takes_the_place_of_the_first_and_leaves_the_rest(tmp_path: Path) -> None:
    (first,) = notices.read(written(tmp_path, NATIONAL))
    text = domain.put("# mine\nyears = [2030]\n", [first, first._replace(year=2032)])
    second = first._replace(days={date(2031, 10, 1): domain.Told(True, "国庆")})
    again = domain.put(text, [second])
    assert again.startswith("# mine\nyears = [2030]\n")
    assert again.count("[notice.2031]") == 1
    assert '"国庆" = { off = [2031-10-01] }' in again
    assert "[notice.2032]" in again
    assert domain.put(again, [second]) == again


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([{"name": "x", "date": "2031-02-29", "isOffDay": True}], "days[0]: “2031-02-29”"),
        ([NATIONAL, {"name": "x", "date": "2032-01-01", "isOffDay": True}], "days[1]: 2032-01-01"),
        ([{"name": "x", "date": "2031-01-01"}], "days[0]: a name, a date and isOffDay"),
        ([NATIONAL, {**NATIONAL, "isOffDay": False}], "days[1]: 2031-10-01 is in both"),
        ([], "no National Day"),
        (["2031-10-01"], "days[0]"),
    ],
)
def test_a_broken_notice_is_refused_by_place(tmp_path: Path, days: list[Any], said: str) -> None:
    with pytest.raises(Refused) as refused:
        notices.read(written(tmp_path, *days))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"year": 2031,\n "days": [', "line 2"),
        ("", "line 1"),
        ("[1, 2]", "year, days"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "line 2"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20310101T10\n", "line 2: BEGIN:VEVENT is never"),
        ("BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR", "line 2: “nonsense”"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20310101\nDTEND:20310101\nEND:VEVENT\n"
            "END:VCALENDAR",
            "line 4",
        ),
    ],
)
def test_a_broken_file_is_refused_by_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.ics"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        notices.read(path)
    assert said in str(refused.value)


def test_a_workdays_file_with_a_wrong_notice_names_it() -> None:
    for text in (
        "notice = 3",
        "[notice.x]\na = 1",
        '[notice.2031]\n"国庆" = { of = [2031-10-01] }',
    ):
        with pytest.raises(Refused):
            read_overlay(text, "workdays.toml")
