"""Pictures of a review on a terminal: cells, numbers, signs, where the cursor stops."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opslog import locale
from opslog.domain.base.sentences import in_turn
from opslog.domain.reviews.numbers import CENTS, MINUTES, Number
from opslog.domain.reviews.pictures import At, Bar, Bars, Curve, Heat, Lines, Part, Series
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import difference
from opslog.tui.reviews import bars, curves, heat, next_time, page, wording, words
from opslog.tui.reviews.drawn import Drawn, lit
from opslog.tui.widgets import text as texts
from opslog.tui.widgets.styles import of_theme
from opslog.tui.widgets.text import Line, line_width
from opslog.tui.widgets.theme import COLOURS
from tests.tui.reviews import made
from tests.tui.reviews.made import number, said

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


@pytest.fixture
def review() -> Review:
    return made.of(made.card(), NOW)


def plain(spans: Line) -> str:
    return "".join(text for text, _look in spans).rstrip()


def rows(drawn: Drawn) -> list[str]:
    return [plain(spans) for spans in drawn.lines]


def row(drawn: Drawn, label: str) -> str:
    (found,) = (one for one in rows(drawn) if one.startswith(label))
    return found


def funnel(cells: int = 60, at: str = "", **more: bool) -> Drawn:
    return bars.draw(made.funnel(), cells, at, "", **{"low": False, **more})


@pytest.mark.parametrize("cells", [46, 56, 76, 100])
def test_every_picture_keeps_to_its_cells(review: Review, cells: int) -> None:
    for rows_ in (15, 50):
        laid = page.laid_out(review, cells, rows_, "")
        assert max(map(line_width, laid.lines)) <= cells
        for _column, spot in laid.spots:
            assert 0 <= spot.left < spot.right <= cells
            assert spot.y < len(laid.lines)


@pytest.mark.parametrize("cells", [76, 116, 196])
def test_each_number_is_stopped_at_once(review: Review, cells: int) -> None:
    laid = page.laid_out(review, cells, 40, "")
    stops = [spot.key for _column, spot in laid.spots if spot.number is not None]
    shown = {one.key for one in review.numbers()}
    beside = {one.key for one in review.numbers() if ".left." in one.key or ".joined" in one.key}
    assert sorted(set(stops)) == sorted(stops)
    assert shown - beside <= set(stops)


def test_bars_are_as_long_as_they_are_of_the_longest_to_scale() -> None:
    drawn = funnel()
    lengths = {label: row(drawn, label).count("█") for label in ("报名", "有效", "到场", "转销售")}
    whole = lengths["报名"]
    assert row(drawn, "看到").count("░") == whole  # cut short, and said so
    assert "not to scale" in row(drawn, "看到")
    assert lengths["有效"] == int(whole * 112 / 123)
    assert lengths["到场"] == int(whole * 71 / 123)


def test_a_stage_says_what_it_is_a_share_of_and_few_stand_with_their_count() -> None:
    drawn = funnel()
    assert "112 91% of 报名" in row(drawn, "有效")
    assert "7 58% (7/12, 32–81%) of 线索" in row(drawn, "转销售")
    assert "7 7/12 of 线索" in row(funnel(46), "转销售")  # where there is no room
    assert row(drawn, "成交").endswith("–  还没有结果")


def test_in_chinese_what_it_is_a_share_of_stands_first() -> None:
    locale.set_language("zh_CN")
    wide, narrow = funnel(72), funnel(46)
    assert row(wide, "有效").split()[-3:] == ["112", "占报名", "91%"]
    assert row(wide, "转销售").split(maxsplit=3)[2:] == ["7", "占线索     58% (7/12, 32–81%)"]
    assert row(narrow, "转销售").split()[-3:] == ["7", "占线索", "7/12"]
    few = number("funnel.lead", "线索", 4, of=19, of_label=said("接通"))
    assert "占接通 21% (4/19, 9–43%)" in plain(wording.about(few, None, ""))
    some = number("funnel.lead", "到场", 78, of=113, part=70, of_label=said("有效"))
    assert "占有效 62% (70/113)" in plain(wording.about(some, None, ""))
    rates = Bars("show_up", said("到场率"), (Bar(some), Bar(few)))
    (told,) = rows(bars.draw(rates, 80, "", "", low=False))
    assert told == "到场率  占有效 62% (70/113)  占接通 21% (4/19, 9–43%)"


def test_who_left_stands_beside_the_stage_under_the_cursor() -> None:
    drawn = funnel(at="funnel.valid")
    assert "Before “有效”  −8 重复  −3 电话无效" in rows(drawn)
    keys = [spot.key for spot in drawn.spots]
    assert "funnel.valid.left.twice" in keys
    assert "funnel.came.left.trip" not in keys


def test_else_beside_the_stage_where_most_left_and_its_rows_stay() -> None:
    drawn = funnel(at="")
    assert "Before “到场”  −8 临时出差  −5 时间冲突  −4 没说" in rows(drawn)
    assert "+4 现场来的" in "".join(rows(drawn))
    assert len(funnel(at="funnel.valid").lines) == len(drawn.lines)


def test_where_rows_are_few_what_is_not_known_stands_together() -> None:
    gone = made.funnel()
    unknown = [Bar(number(f"funnel.{n}", f"阶段{n}", None, why=said("没有"))) for n in range(3)]
    picture = gone._replace(bars=(*unknown, *gone.bars))
    low = bars.draw(picture, 60, "", "", low=True)
    assert len(low.lines) < len(bars.draw(picture, 60, "", "", low=False).lines)
    assert rows(low)[-1] == "Not known: 阶段0 · 阶段1 · 阶段2 · 成交"  # one row, whatever there is
    wide = rows(bars.draw(picture, 90, "", "", low=True))
    assert wide[-1].startswith("Not known: 阶段0 (没有) · 阶段1 (没有)")


def test_rates_that_are_not_known_take_one_row_and_say_why() -> None:
    some = [number("a", "到场", None, why=said("没有名单")), number("b", "到场", None)]
    drawn = bars.draw(Bars("show_up", said("到场率"), tuple(map(Bar, some))), 60, "", "", low=False)
    assert rows(drawn) == ["到场率  没有名单 · –"]


def test_chips_of_the_five_questions_are_cut_to_stand_in_one_row() -> None:
    five = Lines("five", said("五问"), (("✓", "短"), ("!", "长" * 20), ("✓", "也长" * 8)))
    found = made.of(made.card(), NOW)._replace(
        proposals=(), owes=(), parts=(Part(said(""), (five,)),)
    )
    assert len(next_time.draw(found, 76).lines) == 2
    (_rule, chips) = map(plain, next_time.draw(found, 76).lines)
    assert "✓ 短   ! 长" in chips
    assert "…" in chips
    assert "…" not in "".join(rows(next_time.draw(found, 46)))


def targets(*values: tuple[float, float]) -> Drawn:
    some = [
        Bar(
            number(f"t.{n}", f"目标{n}", value, target=aim, look="good" if value >= aim else "warn")
        )
        for n, (value, aim) in enumerate(values)
    ]
    return bars.draw(Bars("targets", said("目标"), tuple(some)), 60, "", "", low=False)


def test_a_mark_stands_at_the_target_of_every_bar() -> None:
    drawn = targets((80, 80), (40, 80), (120, 80))
    marks = [one.index("┃") for one in rows(drawn)[1:]]
    assert len(set(marks)) == 1
    whole = row(drawn, "目标0")
    assert whole[marks[0] - 1 : marks[0] + 2] == "█┃ "  # what is reached ends there
    full, half, over = (one.count("█") for one in rows(drawn)[1:])
    assert half < full < over
    assert "120 / 80 ✓" in row(drawn, "目标2")
    assert "40 / 80 !" in row(drawn, "目标1")


def test_a_target_of_nothing_divides_by_nothing() -> None:
    drawn = targets((5, 0), (0, 0))
    assert "5 / 0" in row(drawn, "目标0")


def test_columns_name_their_numbers_and_what_is_compared_as_a_change() -> None:
    picture = Bars(
        "worth",
        said("值吗"),
        (
            Bar(
                number("w.a", "每个报名", 49600, unit=CENTS, compared=54000),
                more=(number("w.p", "每个报名", 58300, unit=CENTS),),
            ),
        ),
        columns=(said("这场"), said("计划")),
    )
    drawn = bars.draw(picture, 50, "", "春季", low=False)
    assert rows(drawn)[0].split() == ["值吗", "这场", "计划", "±"]
    assert rows(drawn)[1].split() == ["每个报名", "¥496", "¥583", "-8%"]


def test_a_number_held_against_nothing_says_no_percent() -> None:
    assert difference(number("a", "a", 5, compared=0)) == "+5"
    assert difference(number("a", "a", 0, compared=0)) == "±0"
    assert difference(number("a", "a", None, compared=4)) == ""


def curve(*series: Series, steps: bool = True) -> Drawn:
    ticks = ((0, said("T-4")), (4, said("T")))
    return curves.draw(
        Curve("curve", said("报名"), series, ticks=ticks, steps=steps, marks=((2, said("邮件")),)),
        40,
        tall=False,
    )


def test_a_curve_rises_to_its_last_number_and_the_compared_one_is_dotted() -> None:
    own = Series(said("这场"), ((0, 0), (2, 5), (4, 10)))
    other = Series(said("春季"), ((0, 4), (4, 8)), compared=True)
    drawn = curve(own, other)
    assert rows(drawn)[0].endswith("█ 这场 10  ┄┄ 春季 8")
    first, *_middle, last = rows(drawn)[1:6]
    assert first.startswith("10")
    assert last.startswith(" 0")
    assert first.count("█") < last.count("█")
    assert "█" * 18 in last  # it stands level between two days
    assert "┄" in "".join(rows(drawn)[1:6])
    assert rows(drawn)[6].split() == ["T-4", "T"]
    assert "↑ 邮件" in rows(drawn)[7]


def test_each_day_of_a_curve_is_a_column_that_the_cursor_stands_below() -> None:
    picture = Curve(
        "curve",
        said("报名"),
        (Series(said("这场"), tuple((x, x + 1) for x in range(200))),),
        steps=True,
        numbers=tuple(At(x, number(f"curve.{x}", f"T{x}", 1)) for x in range(200)),
        total=number("curve.dated", "这场", 200),
    )
    drawn = curves.draw(picture, 40, tall=False)
    total, *days = drawn.spots
    assert rows(drawn)[total.y].endswith("█ 这场 200")
    assert (total.y, total.right) == (0, 40)
    assert len(days) == 200  # several of them in one column
    assert {spot.y for spot in days} == {len(drawn.lines) - 1}
    assert all(spot.holds(1, spot.left) for spot in days)
    assert not days[0].holds(0, days[0].left)  # that is the heading


def test_weeks_stand_side_by_side_with_their_numbers_below() -> None:
    calls = Series(said("电话"), ((0, 12), (1, 40), (2, 0)))
    drawn = curve(calls, Series(said("接通"), ((0, 5), (1, 22), (2, 0))), steps=False)
    assert "12/5" in "".join(rows(drawn))
    assert "0/0" in "".join(rows(drawn))


def test_a_curve_of_nothing_says_so() -> None:
    drawn = curves.draw(Curve("curve", said("报名"), (), note=said("没有名单")), 40, tall=True)
    assert rows(drawn) == ["报名", "没有名单"]


def test_a_heat_map_tells_by_its_signs_and_says_on_how_many_it_rests(review: Review) -> None:
    picture = review.picture("hours")
    assert isinstance(picture, Heat)
    cell = next(one for one in picture.cells if one.of and one.part == one.of)
    drawn = heat.draw(picture, 60)
    assert f"█{cell.of}" in rows(drawn)[2 + cell.row]
    assert "░ ≤25%" in rows(drawn)[-1]


def test_without_signs_or_colours_all_is_told(review: Review) -> None:
    """What lies behind has a fill of its own, and all of it has ASCII to stand for it."""
    texts.use_plain_signs(True)
    try:
        laid = page.laid_out(review, 116, 60, "")
        shown = "\n".join(plain(texts.drawn(spans, 116)) for spans in laid.lines)
    finally:
        texts.use_plain_signs(False)
    assert not set("█▉▊▋▌▍▎▏▁▂▃▄▅▆▇░▒▓┄┃■≤") & set(shown)
    assert "#" * 20 in shown
    assert "####I" in shown.replace(" ", "#")  # a bar that its target stands at or behind
    assert ":" * 5 in shown  # who signed up and did not come


def test_words_stand_beside_who_said_them() -> None:
    drawn = words.draw(Lines("words", said("话"), (("王志刚", "要报价" * 20),)), 40)
    assert rows(drawn)[1].startswith("王志刚  要报价")
    assert len(drawn.lines) > 3
    empty = words.draw(Lines("words", said("话"), (), empty=said("没有")), 40)
    assert rows(empty) == ["话", "没有"]


def test_a_proposal_keeps_its_digit_when_another_is_decided(review: Review) -> None:
    first, second, *more = review.proposals
    decided = review._replace(proposals=(first._replace(state="accepted"), second, *more))
    drawn = rows(next_time.draw(decided, 100))
    assert next(one for one in drawn if "提醒电话" in one).strip().startswith("2 Accept")
    assert "✓" in next(one for one in drawn if "海报" in one)
    assert next_time.numbered(decided)[1] == second


def test_what_to_do_next_time_is_in_sight_at_once(review: Review) -> None:
    for cells, height in ((116, 29), (196, 50)):
        lines = [plain(one) for one in page.laid_out(review, cells, height, "").lines[:height]]
        assert any("朋友圈只发一轮" in one for one in lines)


def test_the_cursor_lies_on_its_cells_and_keeps_the_words() -> None:
    line = lit((("报名 12", ""),), 1, 7, 0)
    assert plain(line) == "▌名 12" or plain(line).endswith("名 12")
    assert [look for _text, look in line if "cursor" in look]


def test_few_are_told_with_their_count_and_range_under_the_cursor() -> None:
    few = number("funnel.lead", "线索", 4, of=19, of_label=said("接通"))
    assert "21% (4/19, 9–43%) of 接通" in plain(wording.about(few, None, ""))
    many = number("funnel.lead", "线索", 40, of=80, of_label=said("接通"))
    assert "50% (40/80) of 接通" in plain(wording.about(many, None, ""))


def test_amounts_are_said_with_what_they_are() -> None:
    assert wording.value_text(Number("a", said("a"), 95, unit=MINUTES)) == "1 h 35 min"
    assert wording.value_text(Number("a", said("a"), 666700, unit=CENTS)) == "¥6,667"
    assert wording.value_text(Number("a", said("a"), None)) == "–"


def test_the_cursor_lies_over_plain_words_in_every_theme() -> None:
    for theme in COLOURS:
        looks = of_theme(theme)
        spans = lit((("报名 ", ""), ("12", "strong")), 0, 7, 0)
        assert all(looks[look].bgcolor for _text, look in spans if "+" in look)


def test_each_comparison_of_a_figure_has_a_line() -> None:
    note = in_turn(f"-{n}.13% against the monthly mean of half-year {n} (CRM)" for n in range(4))
    some = (Bar(number("figures.customers", "客户", 33, note=note)),)
    drawn = bars.draw(Bars("figures", said("数字"), some), 56, "", "", low=False)
    assert [one.split()[0] for one in rows(drawn)[2:]] == [f"-{n}.13%" for n in range(4)]
    assert "…" not in "".join(rows(drawn))
