"""The review in files: the same numbers in each, and pages that hold whatever people wrote."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from opslog import locale
from opslog.domain.base.widths import width
from opslog.domain.reviews.numbers import CENTS, MINUTES, Number
from opslog.domain.reviews.pictures import Bar, Bars, Cell, Curve, Heat, Lines, Picture, Series
from opslog.domain.reviews.review import Proposal, Review
from opslog.domain.reviews.wording import amount, at_a_look, counted, difference, pasted, value
from opslog.exchange.writing.reviews import style, svg
from opslog.exchange.writing.reviews.document import document
from opslog.exchange.writing.reviews.scale import Scale
from opslog.exchange.writing.reviews.text import WIDE, text_lines
from opslog.locale import Msg
from tests.exchange.writing.made_reviews import ZONE, conference, review
from tests.exchange.writing.written_reviews import WRITERS, bars, written

EVIL = ("<script>alert(1)</script>", "=1+2", "a|b*c_`d`", '"><b onload="x">', "\x1b[31m\u202eabc")


NOBODY = Cell(0, 0, 0, 0, Number("k", Msg("a"), 0))
MILLIONS = Number("k", Msg("k"), 12_345_678)
AWKWARD: dict[str, tuple[Picture, ...]] = {
    "nothing": (),
    "empty": (
        bars(),
        Curve("curve", Msg("c"), (Series(Msg("s"), ()),)),
        Heat("hours", Msg("h"), (Msg("a"),), (Msg("b"),), ()),
        Lines("words", Msg("w"), (), empty=Msg("nobody said anything")),
    ),
    "one": (
        bars(7),
        Curve("curve", Msg("c"), (Series(Msg("s"), ((3, 0.0),)),), marks=((9, Msg("later")),)),
        Heat("hours", Msg("h"), (Msg("a"),), (Msg("b"),), (NOBODY,)),
    ),
    "unknown": (bars(None, None, key="funnel", funnel=True), bars(None, key="worth")),
    "zeros and less": (
        bars(0, 0),
        bars(-5, 3),
        Bars("targets", Msg("t"), (Bar(Number("t", Msg("t"), 0, target=0, compared=0, of=0)),)),
    ),
    "many": (bars(*range(60)),),
    "wide": (Bars("channels", Msg("c"), (Bar(MILLIONS, more=(MILLIONS,) * 9),)),),
}  # fmt: skip


@pytest.mark.parametrize("pictures", AWKWARD.values(), ids=AWKWARD)
@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_what_is_awkward_is_written_and_fits(pictures: tuple[Picture, ...], language: str) -> None:
    locale.set_language(language)
    found = review(*pictures, name="名" * 60)
    for ending in WRITERS:
        assert written(ending, found)
    assert max(map(width, text_lines(found, ZONE))) <= WIDE
    for drawing in drawings(found):
        check_fits(drawing)


# -- the numbers are those of the review


def cells_of_page(page: str) -> Counter[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag in ("td", "th"):
                found.append("")
                self.inside = True

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag not in ("td", "th")

        def handle_data(self, data: str) -> None:
            if self.inside:
                found[-1] += data

    Reader().feed(page)
    return Counter(found)


def cells_of_markdown(text: str) -> Counter[str]:
    rows = [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return Counter(re.sub(r"\\(.)", r"\1", cell) for row in rows for cell in row)


def cells_of_workbook(data: bytes) -> Counter[float]:
    """Times as parts of a day, as the file holds them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = [
        cell.total_seconds() / 86_400 if isinstance(cell, timedelta) else cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    return Counter(round(cell, 6) for cell in cells if isinstance(cell, int | float))


def in_columns(found: Review) -> set[str]:
    """The keys of numbers that stand in a column or beside a stage, with their share."""
    return {
        one.key
        for picture in found.pictures()
        if isinstance(picture, Bars)
        for bar in picture.bars
        for one in (*bar.more, *bar.left, *bar.joined)
    }


def test_every_file_says_the_numbers_of_the_review() -> None:
    found = conference()
    beside = in_columns(found)
    numbers = [one for one in found.numbers() if not one.key.startswith("hours.")]
    assert len(numbers) > 40
    said = Counter(str(counted(one) if one.key in beside else value(one)) for one in numbers)
    heat = [
        f"{cell.part}/{cell.of}"
        for picture in found.pictures()
        if isinstance(picture, Heat)
        for cell in picture.cells
    ]
    assert said <= cells_of_page(written("html", found).decode())
    assert Counter(heat) <= cells_of_page(written("html", found).decode())
    assert said + Counter(heat) <= cells_of_markdown(written("md", found).decode())

    per = {CENTS: 100, MINUTES: 24 * 60}
    known = [one for one in found.numbers() if one.value is not None]
    held = Counter(round((one.value or 0) / per.get(one.unit, 1), 6) for one in known)
    targets = [one for one in numbers if one.target is not None]
    held += Counter(round((one.target or 0) / per.get(one.unit, 1), 6) for one in targets)
    assert held <= cells_of_workbook(written("xlsx", found))

    def values(node: object) -> Iterator[tuple[str, float | None]]:
        if isinstance(node, dict):
            if "key" in node and "value" in node:
                yield node["key"], node["value"]
            if "key" in node and "part" in node:
                yield node["key"], node["part"]
            for child in node.values():
                yield from values(child)
        elif isinstance(node, list):
            for child in node:
                yield from values(child)

    parts = json.loads(written("json", found))["parts"]
    yuan = {CENTS: 100}
    assert list(values(parts)) == [
        (one.key, None if one.value is None else one.value / yuan.get(one.unit, 1))
        for one in found.numbers()
    ]


def test_json_has_what_scripts_ask_for_in_english() -> None:
    locale.set_language("zh_CN")
    found = json.loads(written("json", conference()))
    assert found["event"]["starts_at"] == "2026-11-22T09:30:00+08:00"
    assert found["verdict"][0].startswith("71 came")
    assert [one["key"] for one in found["targets"]][:2] == ["target.signups", "target.attended"]
    assert found["targets"][4] == {
        "key": "target.budget", "label": "Spent", "value": 61000, "unit": "yuan", "target": 70000
    }  # fmt: skip
    assert found["funnel"][-1]["why"] == "nothing heard of them yet"
    assert found["channels"][0]["more"][0]["value"] == 31
    assert found["costs"] == []
    (question,) = found["questions"]
    assert (question["key"], question["question"]) == ("budget", "Is there a budget?")
    assert [one["value"] for one in question["answers"]] == [9, 6]
    assert document(review(), ZONE)["funnel"] == []


# -- the page


def test_the_page_asks_nothing_of_elsewhere_and_says_its_language() -> None:
    for language, lang in (("en", "en"), ("zh_CN", "zh-CN")):
        locale.set_language(language)
        page = written("html", conference()).decode()
        assert page.startswith(
            f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">'
        )
        assert "<script" not in page
        assert set(re.findall(r"(?:src|href|xmlns)=\"[^\"]*", page)) == {
            'xmlns="http://www.w3.org/2000/svg'
        }
        assert "@import" not in page
        assert "url(" not in page
        ids = re.findall(r'id="([^"]+)"', page)
        assert len(ids) == len(set(ids)) == 2 * page.count("<svg ")
        assert page.count("<svg ") == page.count("<desc ") > 6


def test_the_verdict_comes_first_then_the_chief_numbers() -> None:
    page = written("html", conference()).decode()
    places = [page.index(text) for text in ("71 came", 'class="chief"', "<svg ", "Next time")]
    assert places == sorted(places)
    assert "80%</dd><dd>67/84</dd>" in page


@pytest.mark.parametrize("text", EVIL)
def test_what_people_wrote_is_text_in_every_file(text: str) -> None:
    number = Number("time.0", Msg("{text}", {"text": text}), 3, note=Msg("{text}", {"text": text}))
    found = review(
        Bars("time", Msg("{text}", {"text": text}), (Bar(number),)),
        Lines("words", Msg("w"), ((text, text),)),
        name=text,
    )
    page = written("html", found).decode()
    assert not set(re.findall(r"<(script|b onload)", page))
    assert "\x1b" not in page + written("md", found).decode() + "".join(text_lines(found, ZONE))
    assert "\u202e" not in page
    with ZipFile(io.BytesIO(written("xlsx", found))) as archive:
        sheets = [
            archive.read(name).decode() for name in archive.namelist() if "sheets/sheet" in name
        ]
    assert sheets
    assert not any("<f>" in sheet for sheet in sheets)
    for line in written("md", found).decode().splitlines():
        assert not line.startswith("| ") or len(re.findall(r"(?<!\\)\|", line)) in (3, 4)
    assert json.loads(written("json", found))["event"]["name"] == text


# -- the pictures


def drawings(found: Review) -> Iterator[ElementTree.Element]:
    for picture in found.pictures():
        for drawing in svg.drawings(picture, "p"):
            yield ElementTree.fromstring(drawing)


def check_fits(drawing: ElementTree.Element) -> None:
    """No two texts in one place, and none beyond the picture. A Chinese character is as wide as
    its size; a Latin letter of a wide font at most 0.62 of it, in the mean of a word."""
    wide, high = map(float, drawing.attrib["viewBox"].split()[2:])
    boxes: list[tuple[float, float, float, str]] = []
    for text in drawing.iter("{http://www.w3.org/2000/svg}text"):
        size = 11.5 if "small" in text.get("class", "") else 13.0
        said = text.text or ""
        double = sum(width(letter) == 2 for letter in said)
        long = size * double + 0.56 * size * (width(said) - 2 * double)
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        start = x - long * {"end": 1.0, "middle": 0.5}.get(text.get("text-anchor", ""), 0.0)
        assert start >= -1, said
        assert start + long <= wide + 1, said
        assert 0 < y <= high, said
        if said.strip():
            boxes.append((y, start, start + long, said))
    for one, other in itertools.combinations(boxes, 2):
        if abs(one[0] - other[0]) < 9:
            assert one[2] <= other[1] or other[2] <= one[1], (one, other)


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_no_text_of_a_picture_lies_over_another(language: str) -> None:
    locale.set_language(language)
    found = [*drawings(conference())]
    assert len(found) == 9
    for drawing in found:
        check_fits(drawing)


TEXT = st.text(st.sampled_from("王杭州报名i lmW0-（）,、"), min_size=1, max_size=40).map(
    lambda text: Msg("{text}", {"text": text})
)
VALUE = st.none() | st.integers(0, 10**9) | st.floats(0, 1e6)
NUMBER = st.builds(
    Number, st.just("k"), TEXT, VALUE, unit=st.sampled_from(["people", CENTS, MINUTES]),
    of=st.none() | st.integers(0, 10**6), of_label=st.none() | TEXT, why=st.none() | TEXT,
    target=VALUE, compared=VALUE, note=st.none() | TEXT, part=st.none() | st.integers(0, 10**6),
)  # fmt: skip
BAR = st.builds(
    Bar, NUMBER, left=st.tuples(NUMBER, NUMBER) | st.just(()), joined=st.just(()),
    broken=st.booleans(), more=st.tuples(NUMBER, NUMBER),
)  # fmt: skip


@given(
    made=st.lists(BAR, min_size=1, max_size=4),
    marks=st.dictionaries(st.integers(-30, 3), TEXT, max_size=4),
    points=st.dictionaries(st.integers(-30, 3), st.integers(0, 10**6), min_size=1),
    funnel=st.booleans(),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_whatever_is_drawn_fits(
    made: list[Bar], marks: dict[int, Msg], points: dict[int, float], funnel: bool
) -> None:
    columns = (Msg("报名"), Msg("came"), Msg("花费"))
    curve = (
        Series(Msg("这场"), tuple(sorted(points.items()))),
        Series(Msg("b"), tuple(sorted(points.items())), True),
    )
    ticks = tuple((x, Msg(f"T{x}")) for x in range(-30, 4))
    found = review(
        Bars("channels", Msg("b"), tuple(made), columns=columns, funnel=funnel),
        Curve(
            "curve", Msg("c"), curve, tuple(sorted(marks.items(), key=lambda one: one[0])), ticks
        ),
    )
    for drawing in drawings(found):
        check_fits(drawing)
    assert max(map(width, text_lines(found, ZONE))) <= WIDE


def test_a_long_remark_stands_below_its_number_in_text() -> None:
    note = Msg("比去年同月 -59.29%；比上个月 -76.37%；比前半年月均 -45.74%；来源：CRM，官网")
    number = Number("figures.won", Msg("成交客户"), 33, note=note)
    found = review(Bars("figures", Msg("f"), (Bar(number), Bar(Number("figures.b", Msg("b"), 1)))))
    lines = [line.strip() for line in text_lines(found, ZONE)]
    at = lines.index("成交客户          33")
    below = lines[at + 1 : next(n for n, line in enumerate(lines) if line.startswith("b "))]
    assert "".join(below).replace(" ", "") == note.id.replace(" ", "")


def test_against_a_target_of_0_no_bar_is_drawn() -> None:
    numbers = (Number("a", Msg("a"), 102, target=0), Number("b", Msg("b"), 40, target=80))
    made = Bars("targets", Msg("t"), tuple(map(Bar, numbers)))
    first, second = (Scale(made).length(bar) for bar in made.bars)
    assert (first, second) == (0, 0.375)


def test_a_bar_is_as_long_as_its_number_is_of_its_target() -> None:
    numbers = (Number("a", Msg("a"), 80, target=80), Number("b", Msg("b"), 40, target=80))
    (drawing,) = drawings(review(Bars("targets", Msg("t"), tuple(map(Bar, numbers)))))
    boxes = [
        (box.get("class"), float(box.attrib["x"]), float(box.attrib["width"]))
        for box in drawing.iter("{http://www.w3.org/2000/svg}rect")
    ]
    (_t1, start, track), (_b1, _x1, full), (_m1, mark, thin), _t2, (_b2, _x2, half), _m2 = boxes
    assert [one[0] for one in boxes] == ["track", "bar", "target"] * 2
    assert half == pytest.approx(full / 2, abs=0.02)
    assert full == pytest.approx(track * 0.75, abs=0.02)
    assert mark + thin / 2 == pytest.approx(start + full, abs=0.02)


def _luminance(colour: str) -> float:
    if len(colour) == 4:
        colour = "#" + "".join(sign * 2 for sign in colour[1:])
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_text_has_contrast_by_day_and_by_night(palette: str) -> None:
    colour = dict(re.findall(r"--([\w-]+): (#\w+);", palette))
    pairs = [
        (ink, ground)
        for ink in ("ink", "muted", "good", "warn", "late")
        for ground in ("page", "ground")
    ]
    pairs += [("muted", "flow"), ("good", "flow")]
    pairs += [("on-low", f"h{n}") for n in range(3)] + [("on-high", f"h{n}") for n in (3, 4)]
    for ink, ground in pairs:
        light, dark = sorted((_luminance(colour[ink]), _luminance(colour[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_every_week_of_calls_is_in_the_text_with_its_number() -> None:
    calls = Series(Msg("calls"), ((0, 12), (1, 40), (2, 3)))
    found = review(Curve("weeks", Msg("Calls by week"), (calls,)))
    lines = [line.split() for line in text_lines(found, ZONE)]
    assert [line for line in lines if line[:1] in (["0"], ["1"], ["2"])][-3:] == [
        ["0", "12"],
        ["1", "40"],
        ["2", "3"],
    ]


def test_a_change_of_the_plan_is_a_sentence_and_its_lines_are_folded() -> None:
    raw, said = "@@ -55 +55 @@ preflight\n-lead = 3\n+lead = 7", "Questions: 3 days → 7 days"
    found = review(bars(1))
    one = Proposal("questions", Msg("Earlier"), Msg("none"), raw, told=Msg(said))
    found = found._replace(proposals=(one,))
    for shown in ("\n".join(text_lines(found, ZONE)), written("md", found).decode()):
        assert "3 days → 7 days" in shown
        assert "lead = 7" not in shown
    cells = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", found)))
    assert [said] == [row[2] for row in cells.get_sheet_by_name("Verdict").to_python()
                      if row[0] == "Earlier"]  # fmt: skip
    before, _details, after = written("html", found).decode().partition("<details><summary>The c")
    assert said in before
    assert "lead = 7" in after


def test_a_number_too_long_for_its_tile_is_smaller() -> None:
    number = Number("funnel.won", Msg("won"), 100_100_061_001_00, unit=CENTS)
    page = written("html", review(Bars("funnel", Msg("f"), (Bar(number),)))).decode()
    assert '<dd class="much longer">¥100,100,061,001</dd>' in page


def test_printed_no_picture_is_higher_than_the_first_page_has_room_for() -> None:
    printed = written("html", conference()).decode().partition("@media print")[2]
    assert re.search(r"svg {[^}]*max-height: 165mm", printed)
    assert re.search(r"\.note {[^}]*break-before: avoid", printed)


# -- words


def test_a_chat_gets_the_verdict_and_the_chief_numbers() -> None:
    locale.set_language("zh_CN")
    title, verdict, why, numbers, flow, act = pasted(conference(), ZONE).split("\n")
    assert title == "杭州制造业数字化大会复盘（11-22 周日）"
    assert verdict == "来了 71 人，目标 80；线索 12，超过目标 2 条。"
    assert why.startswith("少的 9 人")
    assert numbers.startswith("报名：123（目标 120）；到场：71（目标 80）；")
    assert "到场率（确认的到场率）：80%（67/84）" in numbers
    assert flow.startswith("看到 3,260 → 报名 123 → 有效 112")
    assert act == "下一场：海报早 2 天开始：T-10 → T-12"


def test_few_are_never_a_rate_alone() -> None:
    assert str(counted(Number("k", Msg("k"), 5, of=14))) == "5/14"
    assert str(counted(Number("k", Msg("k"), 31, of=48))) == "31 (65%)"
    large, below = at_a_look(
        Number("show_up.confirmed", Msg("k"), 5, of=14, of_label=Msg("confirmed"))
    )
    assert (str(large), [*map(str, below)]) == ("5/14", ["36% (16–61%)"])


def test_amounts_are_read_as_people_write_them() -> None:
    money = [str(amount(one, CENTS)) for one in (666_666.67, 1_850_050, -4_250, None, 0)]
    assert money == ["¥6,667", "¥18,500.50", "-¥42.50", "–", "¥0"]
    plain = [str(amount(one, "")) for one in (-59.29, 204_000, 0)]
    assert plain == ["-59.29", "204,000", "0"]
    assert str(amount(1240, MINUTES)) == "20 h 40 min"
    assert difference(Number("k", Msg("k"), 5, compared=0)) == "+5"
    assert difference(Number("k", Msg("k"), 540, compared=500)) == "+8%"
