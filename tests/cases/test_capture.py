"""Lines as people type them: each is understood, or what is not is said and stays in the text.

``capture_lines.csv`` holds lines of the kinds that real notes are made of, with invented people;
the rest is made by grammar. The clock stands at Friday 2026-11-27, 10:00 in Shanghai.
"""

from __future__ import annotations

import csv
from datetime import datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.dates import holidays
from opslog.domain.dates.day_forms import examples
from opslog.domain.dates.workdays import mainland
from opslog.domain.daybook.capture import parse
from opslog.domain.daybook.captured import Captured, when_text
from tests.date_table import README, readme

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LINES = Path(__file__).with_name("capture_lines.csv")

# Behind the mark, and the day it means; both scripts, both languages.
DAYS = {
    "周一": "2026-11-30", "週一": "2026-11-30", "礼拜三": "2026-12-02", "禮拜三": "2026-12-02",
    "下周三": "2026-12-02", "下週三": "2026-12-02", "明天": "2026-11-28", "大後天": "2026-11-30",
    "12月5日": "2026-12-05", "12月5號": "2026-12-05", "12-05": "2026-12-05",
    "周六（12-05）": "2026-12-05", "Sat Dec 5": "2026-12-05", "fri": "2026-12-04",
    "next monday": "2026-11-30", "tomorrow": "2026-11-28", "三天后": "2026-11-30",
    "三天後": "2026-11-30", "+3d": "2026-11-30",
}  # fmt: skip
TIMES = {
    "": "", " 14:30": "T14:30", "下午三点": "T15:00", "下午三點": "T15:00", " 3pm": "T15:00",
    "10点半": "T10:30",
}  # fmt: skip
BY = ("", "前", "之前")
PLACES = ("报价 >{}", "报价＞{}", "报价 》{}", "报价 > {}", ">{} 报价")
# Days that take no time, behind the mark.
WHOLE = {
    "年底": "2026-12-31", "月底前": "2026-11-30", "周末": "2026-11-28", "下周末": "2026-12-05",
    "下週末": "2026-12-05", "三个工作日后": "2026-12-02", "三個工作日後": "2026-12-02",
    "3天内": "2026-11-30", "3天內": "2026-11-30", "半个月后": "2026-12-12",
    "半個月後": "2026-12-12", "元旦": "2027-01-01", "五一": "2027-05-01", "春节": "2027-02-06",
    "春節": "2027-02-06", "eom": "2026-11-30", "2 weeks": "2026-12-11", "weekend": "2026-11-28",
    "by fri": "2026-12-04", "3 working days": "2026-12-02", "+2w": "2026-12-11",
    "+30m": "2026-11-27T10:30", "30min": "2026-11-27T10:30", "半小时后": "2026-11-27T10:30",
}  # fmt: skip
NOT_READ = (
    "春节后", "年后", "昨天", "9:00", "上周五", "周四（12-11）", "12-10 周五", "Dec 10 Fri",
    "11-31", "随便", "5%", "", "有空", "25:00", "someday",
)  # fmt: skip


def _due(line: Captured) -> str:
    return " ".join(map(when_text, line.follow_ups))


def _rows() -> list[dict[str, str]]:
    with LINES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["line"])
def test_lines_as_people_type_them(row: dict[str, str]) -> None:
    line = parse(row["line"], NOW, mainland)
    assert (when_text(line.when) if line.when else "") == row["at"]
    assert str(line.minutes or "") == row["minutes"]
    assert _due(line) == row["due"]
    assert line.text == row["text"]
    assert not line.problems


@pytest.mark.parametrize(("day", "time", "by"), list(product(DAYS, TIMES, BY)))
def test_a_day_a_time_and_a_particle_wherever_they_stand(day: str, time: str, by: str) -> None:
    if by and (day.isascii() or (time.isascii() and time.strip())):
        by = ""
    gap = " " if time and day.isascii() and not time.isascii() else ""
    words = f"{day}{gap}{time}{by}"
    for place in PLACES:
        line = parse(place.format(words), NOW, mainland)
        assert _due(line) == DAYS[day] + TIMES[time], line.source
        assert line.text == "报价"
        assert not line.problems


@pytest.mark.parametrize("words", WHOLE)
def test_days_said_in_other_words(words: str) -> None:
    for place in PLACES:
        line = parse(place.format(words), NOW, mainland)
        assert _due(line) == WHOLE[words], line.source
        assert line.text == "报价"


@pytest.mark.parametrize("words", NOT_READ)
def test_what_is_not_understood_is_said_and_stays_in_the_text(words: str) -> None:
    for place in PLACES:
        line = parse(place.format(words), NOW, mainland)
        assert line.follow_ups == ()
        assert line.problems, line.source
        assert "".join(line.text.split()) == "".join(line.source.split())


@pytest.mark.parametrize("written", [one for form in examples() for one in form])
def test_every_example_of_the_grammar_is_read_or_asked_for(written: str) -> None:
    line = parse(f"报价 >{written}", NOW, mainland)
    assert (len(line.follow_ups) == 1) != bool(line.problems)


def test_the_table_in_the_readme_is_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == readme(text), "python -m tests.date_table writes it anew"


@pytest.mark.parametrize(
    ("source", "at", "minutes", "text"),
    [
        ("14:30-15:15 例会", "14:30", 45, "例会"),
        ("上午9-11点 布展", "09:00", 120, "布展"),
        ("下午2～4点 布展", "14:00", 120, "布展"),
        ("晚上8点到10点：值班", "20:00", 120, "值班"),
        ("9點到11點 佈展", "09:00", 120, "佈展"),
        ("2-3pm call", "14:00", 60, "call"),
        ("11-1pm call", "11:00", 120, "call"),
        ("22:00到02:00 值班", "22:00", 240, "值班"),
        ("【14:30】回访", "14:30", None, "回访"),
        ("（14:30）回访", "14:30", None, "回访"),
    ],
)
def test_times_and_spans_before_the_words(
    source: str, at: str, minutes: int | None, text: str
) -> None:
    line = parse(source, NOW, mainland)
    assert line.when is not None
    assert line.when.time is not None
    assert (f"{line.when.time:%H:%M}", line.minutes, line.text) == (at, minutes, text)


def test_a_span_that_runs_backwards_is_said() -> None:
    line = parse("14:30-14:00 例会", NOW, mainland)
    assert "14:00 is before 14:30" in str(line.problems[0].message)
    assert "-14:00" in line.text


@pytest.mark.parametrize("text", ["a -> b", "a => b", "x >= 3", "读《增长》一书", "<b>重点</b>"])
def test_arrows_and_titles_are_no_marks(text: str) -> None:
    line = parse(text, NOW, mainland)
    assert (line.text, line.problems) == (text, ())


def test_full_width_marks_with_blanks_on_either_side() -> None:
    line = parse("回访 ＃ 电话 ＠ 沙龙 ＋ 王志刚 ～ 20m ！ ＞ 周五", NOW, mainland)
    assert (line.tags, line.event, line.people, line.minutes) == (
        ("电话",), "沙龙", ("王志刚",), 20,
    )  # fmt: skip
    assert line.flagged
    assert (_due(line), line.text) == ("2026-12-04", "回访")


def test_a_line_break_ends_a_date() -> None:
    line = parse("报价 >周五\n14:30 拜访", NOW, mainland)
    assert _due(line) == "2026-12-04"
    assert line.text.split() == ["报价", "14:30", "拜访"]


@pytest.mark.parametrize(
    ("text", "to_come"),
    [
        ("14:30 例会", "2026-11-27T14:30"),
        ("明天 给王总报价", "2026-11-28"),
        ("12-05 沙龙", "2026-12-05"),
        ("9:30 例会", ""),
        ("昨天 例会", ""),
        ("14:30 例会 >周五", ""),
    ],
)
def test_a_line_dated_ahead_is_known_as_one(text: str, to_come: str) -> None:
    found = parse(text, NOW, mainland).to_come
    assert (when_text(found) if found else "") == to_come


@pytest.mark.parametrize(
    ("line", "due", "text"),
    [
        ("给王总报价 >周一 10", "2026-11-30T10:00", "给王总报价"),
        ("给王总报价 ＞週一 １０", "2026-11-30T10:00", "给王总报价"),
        ("quote >mon 15", "2026-11-30T15:00", "quote"),
        ("报价 >12-05 9 ", "2026-12-05T09:00", "报价"),
        ("报价 >周一 10 份", "2026-11-30", "报价 10 份"),  # a number of something
        ("报价 >周一 10 #回访", "2026-11-30", "报价 10"),
        ("报价 >周一 25", "2026-11-30", "报价 25"),
        ("报价 >周一10点 10", "2026-11-30T10:00", "报价 10"),
        ("报价 >周五 9", "2026-12-04T09:00", "报价"),
    ],
)
def test_a_number_alone_behind_the_day_is_the_hour(line: str, due: str, text: str) -> None:
    read = parse(line, NOW, mainland)
    assert (_due(read), read.text) == (due, text)


@pytest.mark.parametrize(
    ("line", "due", "text"),
    [
        ("报价 >周一 3:30 pm前", "2026-11-30T15:30", "报价"),
        ("报价 >明天 at 3pm左右", "2026-11-28T15:00", "报价"),
        ("报价 >周一 10前", "2026-11-30T10:00", "报价"),
        ("報價 ＞週一 10 之前", "2026-11-30T10:00", "報價"),
        ("price <5k >fri", "2026-12-04", "price <5k"),
        ("回访赵总 >明儿下午", "2026-11-28T14:00", "回访赵总"),
        ("报价 >>周五", "2026-12-04", "报价"),
        ("报价》》 周五", "2026-12-04", "报价"),
        ("供应商 >后天一早", "2026-11-29T09:00", "供应商"),
        ("供應商 ＞後天一大早", "2026-11-29T08:00", "供應商"),
        ("报价 >今天下班前", "2026-11-27T18:00", "报价"),
        ("报价 >这周五下班后 #报价", "2026-11-27T18:00", "报价"),
        ("call Anna >tomorrow EOD", "2026-11-28T18:00", "call Anna"),
        ("call Anna >tonight", "2026-11-27T19:00", "call Anna"),
        ("call Anna >tonight at 8pm", "2026-11-27T20:00", "call Anna"),
        ("call Anna >tomorrow afternoon 3:15pm", "2026-11-28T15:15", "call Anna"),
        ("促销 >双十二", "2026-12-12", "促销"),
        ("促销 >双12前", "2026-12-11", "促销"),
        ("跟進合約 ＞下禮拜二上午九點半前", "2026-12-01T09:30", "跟進合約"),
        ("给王总报价>周五，抄送李总", "2026-12-04", "给王总报价，抄送李总"),
    ],
)
def test_as_people_say_it(line: str, due: str, text: str) -> None:
    read = parse(line, NOW, mainland)
    assert (_due(read), read.text, read.problems) == (due, text, ())


@pytest.mark.parametrize(
    ("line", "stays", "said"),
    [
        ("报价 >周三、周四", "、周四", "a follow-up has one day and time"),
        ("报价 >下周三或周四", "或周四", "a follow-up has one day and time"),
        ("报价 ＞下週三和週五", "和週五", "a follow-up has one day and time"),
        ("call >fri 9-11am", "-11am", "a follow-up has one day and time"),
        ("拜访 >周三下午3点到5点", "到5点", "a follow-up has one day and time"),
        ("call >mon or tue", "or tue", "a follow-up has one day and time"),
        ("call >+1w mon", "mon", "a follow-up has one day and time"),
        (">周一 10 报价", "10", "Write 10:00 for that"),
        ("培训 ~2天", "~2天", "write for instance ~20m"),
        ("培訓 ～半天", "～半天", "write for instance ~20m"),
        ("call ~90 +Anna", "~90", "write for instance ~20m"),
        ("11/25 拜访", "11/25", "write 2026-11-25 for that"),
        ("周四 例会", "周四", "write 2026-11-26 for that"),
        ("週四下午 例會", "週四下午", "write 2026-11-26 for that"),
        ("Thu met Anna", "Thu", "write 2026-11-26 for that"),
        ("9点例会", "9点", "write 09:00 for that"),
        ("3點建議", "3點", "write 15:00 for that"),
    ],
)
def test_what_is_not_taken_is_said(line: str, stays: str, said: str) -> None:
    read = parse(line, NOW, mainland)
    assert [line[one.start : one.end] for one in read.problems] == [stays]
    assert said in str(read.problems[0].message)
    assert stays in read.text


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("周五前给王总报价", "2026-12-04"),
        ("週三之前 報價", "2026-12-02"),
        ("12-05前报价", "2026-12-05"),
        ("12月5日以前 回复", "2026-12-05"),
    ],
)
def test_what_is_to_be_done_before_a_day_lies_ahead(line: str, due: str) -> None:
    read = parse(line, NOW, mainland)
    assert read.to_come is not None
    assert (when_text(read.to_come), read.text, read.when) == (due, line, None)


@pytest.mark.parametrize(
    "line", ["x >> y", "A->周五版", "上周 总结", "上个月 复盘", "好的~ 知道了", "约~3点", "x！！"]
)
def test_what_is_words_is_left_without_a_word(line: str) -> None:
    read = parse(line, NOW, mainland)
    assert (read.text, read.problems, read.to_come) == (line, (), None)


def test_a_flag_may_be_repeated() -> None:
    assert parse("催款 !!", NOW, mainland).flagged
    assert parse("催款 ！！！ +王总", NOW, mainland).flagged


@pytest.mark.parametrize("name", [*holidays.CHINESE, *holidays.ENGLISH])
def test_every_holiday_is_read(name: str) -> None:
    assert parse(f"x >{name}", NOW, mainland).follow_ups, name


MORE_DAYS = (
    *DAYS, "12/5",
    "5号", "月底", "年底", "下周", "周末", "3天内", "半个月后", "+2w", "三个工作日后",
    "元旦", "Dec 5", "in 3 days", "eom", "2026-12-05", "20261205", "本周五", "weekend",
)  # fmt: skip
MORE_TIMES = (
    *TIMES, " at 3pm", " 3:30 pm", " noon", "中午", "晚上8点", "一早", "下班前", " 10", "上午",
    " morning", " 9-11点", " 14:00-15:00", "下午2到4点", " 3点", " 15：30", " EOD",
)  # fmt: skip


@pytest.mark.parametrize(
    "place", ["报价 >{}", "报价＞{}，好的", "》{} 报价", "报价>{}: 好的", "> {}\n报价"]
)
def test_no_part_of_a_time_is_left_without_a_word(place: str) -> None:
    silent = []
    for day, clock, by in product(MORE_DAYS, MORE_TIMES, (*BY, "以前", "左右", " 前")):
        gap = " " if day[-1:].isdigit() and clock[:1].isdigit() else ""
        line = place.format(f"{day}{gap}{clock}{by}")
        read = parse(line, NOW, mainland)
        left = read.text.replace("报价", "").replace("好的", "").strip(" ，:\n")
        if not read.problems and (left or not read.follow_ups):
            silent.append(line)
    assert not silent
