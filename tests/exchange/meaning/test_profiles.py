"""One file a known layout, and what is understood of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.headings import known as heading_known
from opslog.exchange.meaning import layouts
from opslog.exchange.meaning.opening import open_list
from tests.exchange.lists_of import FILES, written

PROFILES = FILES / "profiles"

# File -> the layout's name, kind, line of the headings, rows, and the headings of some fields.
EXPECTED: dict[str, tuple[str, str, int, int, dict[str, str]]] = {
    "zoom_webinar": (
        *("Zoom: webinar attendees", "attendance", 12, 7),
        {"name": "User Name (Original Name)", "minutes": "Time in Session (minutes)"},
    ),
    "zoom_meeting": (
        *("Zoom: meeting participants", "attendance", 1, 3),
        {"name": "Name (Original Name)", "minutes": "Duration (Minutes)"},
    ),
    "zoom_registration": (
        *("Zoom: registrations", "signup", 6, 3),
        {"given_name": "First Name", "company": "Organization", "status": "Approval Status"},
    ),
    "teams_attendance": (
        *("Teams: attendance", "attendance", 10, 5),
        {"name": "Name", "email": "Email", "minutes": "In-Meeting Duration"},
    ),
    "teams_attendance_zh": (
        *("Teams: 出席报告", "attendance", 7, 2),
        {"name": "名称", "email": "电子邮件", "minutes": "会议持续时间"},
    ),
    "teams_zh_new": (
        *("Teams: 出席报告", "attendance", 7, 3),
        {"name": "姓名", "email": "电子邮件", "minutes": "会议中时长"},
    ),
    "tencent_meeting": (
        *("腾讯会议: 参会成员", "attendance", 3, 2),
        {"name": "用户昵称（入会昵称）", "phone": "手机号", "minutes": "累计参会时长"},
    ),
    "tencent_webinar": (
        *("腾讯会议: 网络研讨会报名", "signup", 1, 2),
        {"name": "观众姓名", "phone": "手机号码", "status": "审批状态"},
    ),
    "wjx": (
        *("问卷星: 答卷数据", "signup", 1, 2),
        {"name": "1、您的姓名：", "phone": "2、您的手机号：", "company": "3、贵公司全称是？"},
    ),
    "eventbrite": (
        *("Eventbrite: attendees", "signup", 1, 3),
        {"given_name": "First Name", "city": "Home City", "phone": "Cell Phone"},
    ),
    "pretix": (
        *("pretix: order positions", "signup", 1, 3),
        {"name": "Attendee name", "email": "Attendee email", "status": "Status"},
    ),
    "pretix_checkin": (
        *("pretix: check-in list", "signup", 1, 2),
        {"name": "Attendee name", "arrived_at": "Checked in"},
    ),
    "linkedin_leads": (
        *("LinkedIn: leads", "signup", 1, 2),
        {"given_name": "First Name", "email": "Work Email", "company": "Company Name"},
    ),
    "linkedin_connections": (
        *("LinkedIn: connections", "signup", 4, 2),
        {"family_name": "Last Name", "title": "Position"},
    ),
}


@pytest.mark.parametrize("key", EXPECTED)
def test_a_layout_is_known_by_its_headings(key: str) -> None:
    name, kind, header_row, rows, fields = EXPECTED[key]
    found = open_list(PROFILES / f"{key}.csv")
    assert (found.profile, found.kind, found.header_row) == (name, kind, header_row)
    assert len(list(found)) == rows
    meant = {field: found.columns[at[0]] for field, at in found.mapping.items()}
    assert meant | fields == meant


def test_header_rows_of_real_platforms_are_known(tmp_path: Path) -> None:
    """Which of them is a known layout, and how the file is taken."""
    with (FILES / "header_rows.csv").open(encoding="utf-8-sig", newline="") as file:
        heads = [row["header_row"] for row in csv.DictReader(file)]
    found = [open_list(written(tmp_path, f"{head}\n{head.replace('名', '')}\n")) for head in heads]
    assert [(one.profile, one.kind, one.header_row) for one in found] == [
        ("问卷星: 答卷数据", "signup", 1),
        *[("", "signup", 1)] * 3,
        ("Eventbrite: attendees", "signup", 1),
    ]


def test_the_layout_can_be_told_and_refused() -> None:
    path = PROFILES / "eventbrite.csv"
    assert open_list(path, ImportOptions(profile="-")).profile == ""
    assert open_list(path, ImportOptions(profile="eventbrite")).profile == "Eventbrite: attendees"
    with pytest.raises(Refused, match="does not look like “pretix: order positions”"):
        open_list(path, ImportOptions(profile="pretix"))
    with pytest.raises(Refused, match="There is no layout “zoom”; there are eventbrite"):
        open_list(path, ImportOptions(profile="zoom"))


def test_sections_keep_every_line_and_their_own_columns() -> None:
    found = open_list(PROFILES / "zoom_webinar.csv")
    rows = list(found)
    assert [(row.line, found.parts[row.section].take) for row in rows] == [
        *[(7, "staff"), (10, "staff")],
        *[(line, "people") for line in (13, 14, 15, 16, 19)],
    ]
    other = found.parts[rows[-1].section]
    assert rows[-1].cells[other.mapping["name"][0]] == "8613700137000"
    assert [row.line for row in found.above] == [3, 4]


def test_every_list_of_a_file_is_shown_under_its_own_headings() -> None:
    preview = open_list(PROFILES / "zoom_webinar.csv").preview()
    assert [(part.title, part.header_row, part.take) for part in preview.others] == [
        ("Host Details", 6, "staff"),
        ("Panelist Details", 9, "staff"),
        ("Other Attended", 18, "people"),
    ]
    other = preview.others[-1]
    assert other.columns[:2] == ("User Name", "Join Time")
    assert other.mapping["name"] == (0,)
    assert [row.cells[0] for row in other.rows] == ["8613700137000"]
    assert [row.line for row in preview.rows] == [13, 14, 15, 16]


def test_the_lists_of_a_long_file_are_all_kept(tmp_path: Path) -> None:
    head, other = (PROFILES / "zoom_webinar.csv").read_text("utf-8-sig").split("Other Attended\n")
    last = head.splitlines()[-1]
    path = written(tmp_path, f"{head}{last}\n" + f"{last}\n" * 6_000 + f"Other Attended\n{other}")
    found = open_list(path)
    assert len(found.preview().rows) == 50
    rows = list(found)
    assert len(rows) == 6_008
    assert [row.line for row in rows] == sorted(row.line for row in rows)
    assert found.parts[rows[-1].section].title == "Other Attended"


def test_a_headings_mapping_is_remembered(tmp_path: Path) -> None:
    path = written(tmp_path, "姓名,联络,备用\n王志刚,13800138000,13900139000\n")
    known = layouts.KnownLayouts(memory={("姓名", "联络", "备用"): {"name": (0,), "phone": (2,)}})
    assert open_list(path, None, known).mapping == {"name": (0,), "phone": (2,)}
    told = open_list(path, ImportOptions(columns={"phone": "联络"}), known)
    assert told.mapping == {"name": (0,), "phone": (1,)}


def test_a_mapping_is_remembered_where_there_are_sections_too() -> None:
    path = PROFILES / "zoom_webinar.csv"
    columns = open_list(path).columns
    city = columns.index("Organization")
    folded = tuple(map(heading_known.fold, columns))
    known = layouts.KnownLayouts(memory={folded: {"name": (1,), "city": (city,)}})
    found = open_list(path, None, known)
    assert found.mapping == found.parts[found.main].mapping == {"name": (1,), "city": (city,)}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("headings = [", "not readable as TOML"),
        ("name = 'x'", "headings"),
        ("headings = ['a']\nkind = 'party'", "line 2: “kind” must be one of: signup, attendance"),
        ("headings = ['a']\ncolour = 'red'", "colour"),
        ("headings = ['a']\n[columns]\nshoe = 'a'", "line 3: “shoe” is not known here"),
        ("headings = ['a']\n[[section]]\ntake = 'some'", "line 3: “take” must be one of"),
    ],
)
def test_a_layout_with_a_fault_is_refused_by_name(text: str, fault: str) -> None:
    with pytest.raises(Refused, match=r"^mine\.toml, line ") as refusal:
        layouts.read(text, "mine.toml")
    assert fault in str(refusal.value)


def test_the_operators_own_layout_comes_first() -> None:
    headings = "headings = ['Order #', 'Order Date', 'First Name', 'Last Name', 'Email', 'Group']"
    own = layouts.read(f"{headings}\n[columns]\ncompany = 'Group'\n", "mine.toml")
    known = layouts.KnownLayouts((own,))
    found = open_list(PROFILES / "eventbrite.csv", None, known)
    assert found.profile == "mine"
    assert found.columns[found.mapping["company"][0]] == "Group"
