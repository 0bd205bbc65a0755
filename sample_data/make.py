"""Write the lists of ``opslog demo``: sign-ups as people send them, messy on purpose.

``python sample_data/make.py`` reads ``facts/`` beside it and writes ``lists/``; the same bytes
each time. Needs xlsxwriter for the workbook, nothing else outside the standard library.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
LISTS = HERE / "lists"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

Cell = str | int | float | datetime | None


def facts(name: str) -> list[str]:
    return (HERE / "facts" / name).read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Attendee:
    """Somebody who signs up. ``phone`` has eleven digits."""

    name: str
    company: str
    title: str
    city: str
    phone: str
    email: str


def everyone() -> list[Attendee]:
    """The people of the sample, the same ones each time; two or more work at each company."""
    names, brands = facts("names.txt"), facts("brands.txt")
    industries, cities, titles = facts("industries.txt"), facts("cities.txt"), facts("titles.txt")
    people = []
    for number, name in enumerate(names):
        employer = number // 2 * 7 % 90
        city = cities[employer * 5 % len(cities)]
        brand = brands[employer % len(brands)]
        form = ("有限公司", "有限公司", "股份有限公司", "集团有限公司", "有限责任公司")[
            employer % 5
        ]
        company = f"{city}{brand}{industries[employer * 11 % len(industries)]}{form}"
        phone = f"13{5 + number % 5}0000{1000 + number:04d}"
        email = f"p{number:03d}@c{employer:02d}.example.com" if number % 3 else ""
        title = titles[number * 5 % len(titles)] if number % 9 else ""
        people.append(Attendee(name, company, title, city, phone, email))
    return people


def odd(list_name: str) -> dict[int, list[dict[str, str]]]:
    """What stands among the sign-ups of a list without being one, by the row it comes after:
    colleagues, competitors, tests, jokes, blank lines."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in csv.DictReader(facts("odd.csv")):
        if row["list"] == list_name:
            found.setdefault(int(row["after"]), []).append(row)
    return found


def typed_phone(phone: str, number: int) -> Cell:
    """A number the way the ``number``-th person writes it, or a spreadsheet keeps it."""
    spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    forms: tuple[Cell, ...] = (
        int(phone),
        phone,
        int(phone),
        spaced,
        phone.translate(WIDE),
        int(phone),
        f"+86 {spaced.replace(' ', '-')}",
        f"{phone}（微信同号）",
        f" {phone}",
        f"{phone}/021-5555{phone[-4:]}",
        int(phone),
        f"{phone} 下午打",
        f"86{phone}",
    )
    return forms[number % len(forms)]


def as_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)


# -- Tomorrow's salon: a workbook from a colleague's desk -------------------------------------


def salon() -> tuple[list[str], list[list[Cell]]]:
    """Heading and rows of the salon's sheet."""
    heading = ["序号", "姓名", "手机号", "公司名称", "职位", "邮箱", "所在城市", "报名时间", "备注"]
    first = datetime(2026, 11, 9, 9, 12)
    rows: list[list[Cell]] = []

    def add(*cells: Cell, note: str = "") -> None:
        number = len(rows)
        at = first + timedelta(days=number // 7, minutes=number % 7 * 83 + number * 17 % 60)
        typed = f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02d}"
        rows.append([number + 1, *cells, at if number % 4 else typed, note])

    notes = {
        5: "素食",
        11: "带一位同事",
        17: "可能晚到 15 分钟",
        29: "想单独聊报价",
        41: "坐地铁来",
    }
    people = everyone()
    chosen = [*people[:46], *people[100:112]]  # the last dozen were at the conference too
    among = odd("salon")
    for number, one in enumerate(chosen):
        phone = typed_phone(one.phone, number)
        add(
            one.name, phone, one.company, one.title, one.email, one.city, note=notes.get(number, "")
        )
        if number == 26:
            again = chosen[3]  # signed up twice, the second time with another title
            spaced = typed_phone(again.phone, 3)
            add(
                again.name,
                spaced,
                again.company,
                "市场负责人",
                again.email,
                again.city,
                note="重复？",
            )
        for row in among.get(number, ()):
            typed: Cell = int(row["phone"]) if row["phone"].isdigit() else row["phone"]
            cells = [row[key] for key in ("company", "title", "mail", "city")]
            add(row["name"], typed, *cells, note=row["note"])
    return heading, rows


def write_salon(path: Path) -> None:
    import xlsxwriter

    heading, rows = salon()
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"author": "会务组", "created": datetime(2026, 11, 20, 18, 5)})
        bold = book.add_format({"bold": True, "align": "center"})
        middle = book.add_format({"valign": "vcenter"})
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("报名名单")
        sheet.merge_range(0, 0, 0, 8, "上海沙龙报名名单（最终版2）", bold)
        sheet.merge_range(1, 0, 1, 8, "制表：小周    更新：会前一天下午    请勿外传", bold)
        sheet.write_row(2, 0, heading, bold)
        line = 3
        for number, row in enumerate(rows):
            if number in (23, 24, 49):  # whoever sorts by hand leaves gaps
                line += 1
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                elif cell is not None:
                    sheet.write_number(line, column, cell)
            line += 1
        # Two from one company, the cell merged over both as people do.
        sheet.merge_range(5, 3, 6, 3, rows[2][3], middle)
        sheet.merge_range(line + 1, 0, line + 1, 1, "合计", bold)
        sheet.write_string(line + 1, 2, f"{len(rows)} 人")
        sheet.set_column(1, 8, 16)
        other = book.add_worksheet("说明")
        other.write_string(0, 0, "签到 13:30 开始，停车券找前台。")


# -- Last week's conference: what the organiser's system gave out -----------------------------


def conference() -> Iterator[list[str]]:
    """The lines of the conference's file, heading first; demo.toml says which day its dates mean
    as that of the event."""
    heading = ["编号", "姓名", "单位", "部门及职务", "联系方式", "电子邮箱", "城市", "签到", "备注"]
    yield [*heading, "报名时间", "报名渠道"]
    notes = {4: "要 PPT", 15: "对报表感兴趣", 31: "代替领导来的", 58: "已加企微", 77: "年底有预算"}
    people = everyone()[100:212]
    among = odd("conference")
    ways = ("主办方邀请", "邮件", "同事邀请", "邮件", "朋友圈", "主办方邀请", "短信")
    for number, one in enumerate(people):
        phone = as_text(typed_phone(one.phone, number * 5 + 1))
        if number % 37 == 20:
            phone = f"{int(one.phone):.2E}"  # a spreadsheet has eaten the digits
        came = "已签到" if number % 10 in (0, 1, 3, 4, 6, 8) else "未签到"
        known = [one.name, one.company, one.title, phone, one.email, one.city]
        day = datetime(2026, 11, 2) + timedelta(days=int(14.5 * (number / len(people)) ** 0.7))
        at = f"{day + timedelta(minutes=500 + number * 37 % 600):%Y-%m-%d %H:%M}"
        yield [
            *(f"HZ{number + 1:03d}", *known, came, notes.get(number, "")),
            *(at, ways[number % len(ways)]),
        ]
        if number in (25, 57):  # registered again on the spot; and by somebody in a hurry
            again = people[number - 15]
            name = again.name if number == 25 else f"{again.name[0]}总"
            phone = f"+86{again.phone}"
            known = [name, again.company, "", phone, again.email, ""]
            yield ["", *known, "已签到", "现场补登", "2026-11-17 09:20", "现场"]
        for row in among.get(number, ()):
            cells = [row[key] for key in ("name", "company", "title", "phone", "mail", "city")]
            came = "已签到" if any(cells) and number % 2 == 0 else "未签到"
            yield [
                "",
                *cells,
                came if any(cells) else "",
                row["note"],
                *(("", ways[0]) if any(cells) else ("", "")),
            ]
    yield []
    yield ["合计", "", "", "", f"{len(people)}", "", "", "", "含工作人员"]


def write_conference(path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(conference())
    path.write_bytes(text.getvalue().encode("gb18030"))


# -- Next week's live stream: the form tool's export ------------------------------------------


def webinar() -> Iterator[list[str]]:
    """The lines of the stream's file, heading first."""
    yield [
        "提交时间",
        "姓名",
        "手机号码",
        "企业名称",
        "职务",
        "邮箱",
        "城市",
        "您最想听什么？",
        "来源渠道",
    ]
    questions = facts("questions.txt")
    channels = ("朋友圈", "社群", "EDM", "短信", "官网", "朋友圈", "销售转发")
    at = datetime(2026, 11, 16, 8, 30)
    people = everyone()
    among = odd("webinar")
    for number, one in enumerate([*people[212:256], *people[10:18], *people[150:158]]):
        at += timedelta(minutes=97 + number * 13 % 41)
        phone = as_text(typed_phone(one.phone, number + 3))
        question = questions[number * 3 % len(questions)]
        known = [one.name, phone, one.company, one.title, one.email, one.city]
        yield [f"{at:%Y-%m-%d %H:%M:%S}", *known, question, channels[number % len(channels)]]
        for row in among.get(number, ()):
            cells = [row[key] for key in ("name", "phone", "company", "title", "mail", "city")]
            yield [f"{at:%Y-%m-%d %H:%M:%S}", *cells, "", channels[0]]


def write_webinar(path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows(webinar())
    path.write_bytes(b"\xff\xfe" + text.getvalue().encode("utf-16-le"))


FILES: dict[str, Callable[[Path], None]] = {
    "salon_shanghai_final2.xlsx": write_salon,
    "conference_hangzhou_export.csv": write_conference,
    "webinar_signups.txt": write_webinar,
}


def main() -> None:
    LISTS.mkdir(exist_ok=True)
    for name, write in FILES.items():
        write(LISTS / name)
        print(f"{name}: {(LISTS / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
