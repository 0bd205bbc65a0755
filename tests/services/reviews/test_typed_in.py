"""What is typed in for a review: costs, figures, channels, targets, each replaced, said, undone."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.reviews.results.worth import Cost
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events, targets
from opslog.services.reviews import channels, costs, figures, reviews
from opslog.services.reviews.figures import Comparison, Figure, Typed
from tests.conftest import domain_rows
from tests.services.lists import Sheet, make_list


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """上海沙龙 with two people on its list."""
    return make_list(book, [("周敏", "澄海", "", "13900139001", ""), ("李娜", "云岭", "", "", "")])


def figure(book: Book, sheet: Sheet, measure: str) -> Figure:
    (one,) = [one for one in figures.of(book, sheet.event_id) if one.measure == measure]
    return one._replace(compared=tuple(held._replace(at=None) for held in one.compared))


def test_a_cost_is_planned_then_spent_and_a_second_time_replaced(book: Book, sheet: Sheet) -> None:
    costs.put(book, sheet.event_id, " 场地 ", {"planned": 2_000_000})
    costs.put(book, sheet.event_id, "场地", {"spent": 1_850_050})
    again = costs.put(book, sheet.event_id, "场地", {"spent": 1_900_000})
    assert costs.of(book, sheet.event_id) == [Cost("场地", 2_000_000, 1_900_000)]
    assert str(again.label) == (
        "Cost of 上海沙龙: 场地 (planned: 20,000, spent: 19,000);"
        " before: 场地 (planned: 20,000, spent: 18,500.50)"
    )
    history.undo(book)
    assert costs.of(book, sheet.event_id) == [Cost("场地", 2_000_000, 1_850_050)]


def test_a_cost_is_renamed_but_not_into_another(book: Book, sheet: Sheet) -> None:
    costs.put(book, sheet.event_id, "场地", {"planned": 100})
    costs.put(book, sheet.event_id, "讲师", {"planned": 200})
    with pytest.raises(Refused, match="“讲师” is among the costs already"):
        costs.put(book, sheet.event_id, "讲师", {}, was="场地")
    costs.put(book, sheet.event_id, "会场", {"planned": None}, was="场地")
    assert costs.of(book, sheet.event_id) == [Cost("会场"), Cost("讲师", 200)]
    costs.remove(book, sheet.event_id, "会场")
    assert [one.item for one in costs.of(book, sheet.event_id)] == ["讲师"]
    with pytest.raises(Refused, match="“会场” is none of the costs of 上海沙龙"):
        costs.remove(book, sheet.event_id, "会场")
    with pytest.raises(Refused, match="Name the item"):
        costs.put(book, sheet.event_id, " ", {"planned": 1})


def test_a_figure_has_one_value_and_many_comparisons(book: Book, sheet: Sheet) -> None:
    for typed in (
        Typed("访客", 8_108, "上月", percent=-9.9, source="百度统计"),
        Typed("uv", against="same_month_last_year", percent=4.0),
        Typed("visitors", against="春季大会", change=-120, source="CRM"),
    ):
        figures.put(book, sheet.event_id, typed)
    assert figure(book, sheet, "visitors") == Figure(
        "visitors",
        8_108,
        "百度统计",
        (
            Comparison("previous_month", -9.9, None, "百度统计"),
            Comparison("same_month_last_year", 4.0, None),
            Comparison("春季大会", None, -120, "CRM"),
        ),
    )


def test_a_figure_typed_a_second_time_says_what_stood_there(book: Book, sheet: Sheet) -> None:
    figures.put(book, sheet.event_id, Typed("打开率 %", 32.5, percent=-3))
    before = domain_rows(book.con)
    again = figures.put(book, sheet.event_id, Typed("打开率 %", 33))
    assert str(again.label) == "Figure of 上海沙龙: 打开率 % 33; before: 打开率 % 32.5"
    assert figure(book, sheet, "打开率 %").compared == (Comparison("", -3, None),)
    history.undo(book)
    assert domain_rows(book.con) == before
    same = figures.put(book, sheet.event_id, Typed("打开率 %", 32.5))
    assert domain_rows(book.con) == before
    assert str(same.label) == "Figure of 上海沙龙: 打开率 % 32.5"


def test_a_source_is_that_of_its_number_and_goes_with_it(book: Book, sheet: Sheet) -> None:
    """Another number is not said to come from where the one before it came."""
    id = sheet.event_id
    figures.put(book, id, Typed("访客", 2_140, source="百度统计"))
    again = figures.put(book, id, Typed("访客", 8_109, percent=-9.9))
    assert str(again.label).endswith("; its source 百度统计 went with the number before it")
    assert figure(book, sheet, "visitors") == Figure(
        "visitors", 8_109, "", (Comparison("", -9.9, None),)
    )
    figures.put(book, id, Typed("访客", 8_109, source="网站统计"))
    more = figures.put(book, id, Typed("访客", 8_109, "上月", change=-19, source="CRM"))
    assert "went with" not in str(more.label), "nothing of it is another number"
    assert figure(book, sheet, "visitors").source == "CRM"
    other = figures.put(book, id, Typed("visitors", against="上月", change=-20))
    assert "went with" not in str(other.label), "the figure itself comes from there still"
    (_own, held) = figure(book, sheet, "visitors").compared
    assert (held.change, held.source) == (-20, "")


def test_a_figure_changed_is_as_it_is_typed_and_leaves_no_second_one(
    book: Book, sheet: Sheet
) -> None:
    held = (Comparison("previous_month", -9.9, None), Comparison("春季大会", None, -120, "CRM"))
    figures.enter(book, sheet.event_id, Figure("visitors", 8_108, "百度统计", held))
    figures.enter(book, sheet.event_id, Figure("likes", 5))
    before = domain_rows(book.con)
    changed = figures.enter(book, sheet.event_id, Figure("触达", 81, "", held[1:]), was="visitors")
    assert str(changed.label) == (
        "Figure of 上海沙龙: reach 81 (-120 against 春季大会);"
        " before: visitors 8,108 (-9.9% against the previous month, -120 against 春季大会)"
    )
    assert figure(book, sheet, "reach") == Figure("reach", 81, "", held[1:])
    assert events.get(book, sheet.event_id).reach == 81
    assert {one.measure for one in figures.of(book, sheet.event_id)} == {"reach", "likes"}
    with pytest.raises(Refused, match="“likes” is among the figures already"):
        figures.enter(book, sheet.event_id, Figure("likes", 1), was="reach")
    with pytest.raises(Refused, match="reach is held against 春季大会 twice"):
        figures.enter(book, sheet.event_id, Figure("reach", 1, "", held[1:] * 2), was="reach")
    history.undo(book)
    assert domain_rows(book.con) == before


def test_reach_is_the_events_own_wherever_it_is_typed(book: Book, sheet: Sheet) -> None:
    figures.put(book, sheet.event_id, Typed("触达", 4_766, source="抖音"))
    assert events.get(book, sheet.event_id).reach == 4_766
    events.set_figures(book, sheet.event_id, {"reach": 5_000})
    assert figure(book, sheet, "reach") == Figure("reach", 5_000, "抖音")
    for wrong in (-1, 1.5):
        with pytest.raises(Refused, match="reach is a whole number from 0 up"):
            figures.put(book, sheet.event_id, Typed("reach", wrong))
    figures.remove(book, sheet.event_id, "reach")
    assert figures.of(book, sheet.event_id) == []
    assert events.get(book, sheet.event_id).reach is None
    history.undo(book)
    assert figure(book, sheet, "reach") == Figure("reach", 5_000, "抖音")


def test_one_comparison_goes_and_the_figure_stays(book: Book, sheet: Sheet) -> None:
    figures.put(book, sheet.event_id, Typed("likes", 10, percent=5))
    figures.put(book, sheet.event_id, Typed("likes", against="previous_month", percent=7))
    figures.remove(book, sheet.event_id, "likes", "")
    figures.remove(book, sheet.event_id, "likes", "上月")
    assert figure(book, sheet, "likes") == Figure("likes", 10)
    with pytest.raises(Refused, match=r"No such figure of 上海沙龙: likes \(the previous month\)"):
        figures.remove(book, sheet.event_id, "likes", "上月")
    figures.remove(book, sheet.event_id, "likes")
    assert figures.of(book, sheet.event_id) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Typed(" "), "Which figure"),
        (Typed("likes"), "type its value, or by how much it changed"),
        (Typed("likes", 5, "上月"), "by how much did it change against that"),
    ],
)
def test_half_a_figure_is_refused(book: Book, sheet: Sheet, typed: Typed, said: str) -> None:
    with pytest.raises(Refused, match=said):
        figures.put(book, sheet.event_id, typed)


def test_a_channel_is_entered_changed_and_taken_out_with_what_cards_say(
    book: Book, sheet: Sheet
) -> None:
    made = channels.put(
        book, sheet.event_id, channels.read({"label": "朋友圈 海报", "cost": "300", "reach": "2千"})
    ).made
    assert made is not None
    change = channels.put(
        book, sheet.event_id, channels.read({"code": "pyq01", "owner": "王芳"}), made
    )
    assert str(change.label) == (
        "Channel of 上海沙龙: 朋友圈 海报 [pyq01] (cost: 300, reach: 2,000);"
        " before: 朋友圈 海报 (cost: 300, reach: 2,000)"
    )
    (one,) = channels.of(book, sheet.event_id)
    assert (one.kind, one.owner, one.cents) == ("moments", "王芳", 30_000)
    with book.change(msg("test")):
        book.con.execute("UPDATE card SET channel_id=? WHERE id=?", (made, sheet.cards[0]))
    before = domain_rows(book.con)
    assert channels.people(book, sheet.event_id) == {made: 1}
    gone = channels.remove(book, sheet.event_id, made)
    assert str(gone.label).endswith("by which 1 came in")
    assert channels.of(book, sheet.event_id) == []
    history.undo(book)
    assert domain_rows(book.con) == before


def test_two_channels_differ_in_code_or_label(book: Book, sheet: Sheet) -> None:
    for values in ({"label": "朋友圈"}, {"label": "朋友圈", "code": "a"}, {"kind": "邮件"}):
        channels.put(book, sheet.event_id, channels.read(values))
    assert [one.kind for one in channels.of(book, sheet.event_id)] == ["moments", "moments", "edm"]
    for values in ({"label": "别的", "code": "A"}, {"label": " 朋友圈 "}):
        with pytest.raises(Refused, match="already"):
            channels.put(book, sheet.event_id, channels.read(values))
    with pytest.raises(Refused, match="Give its label or code"):
        channels.put(book, sheet.event_id, channels.read({"cost": "3"}))
    with pytest.raises(Refused, match="“展会” is no kind of channel"):
        channels.read({"kind": "展会"})
    with pytest.raises(Refused, match="clicks is a whole number"):
        channels.read({"clicks": "1.5"})


def test_targets_are_set_and_say_what_stood_there(book: Book, sheet: Sheet) -> None:
    targets.put(book, sheet.event_id, targets.read(["signups=1.2万", "线索：30", "自己的=5"]))
    change = targets.put(book, sheet.event_id, targets.read(["leads=40", "signups="]))
    assert (
        str(change.label)
        == "Targets of 上海沙龙: leads 40 (before: 30), sign-ups - (before: 12,000)"
    )
    assert dict(targets.of(book, sheet.event_id)) == {"leads": 40, "自己的": 5}
    history.undo(book)
    assert dict(targets.of(book, sheet.event_id)) == {"signups": 12_000, "leads": 30, "自己的": 5}
    for wrong in ("leads", "=5"):
        with pytest.raises(Refused, match="is no target"):
            targets.read([wrong])


def test_a_target_typed_before_its_words_were_known_is_that_of_its_measure(
    book: Book, sheet: Sheet
) -> None:
    event_id = sheet.event_id
    book.con.executemany(
        "INSERT INTO target(event_id, measure, value) VALUES (?,?,?)",
        [(event_id, "成交", 58), (event_id, "线索数", 9), (event_id, "leads", 12)],
    )
    book.con.commit()
    assert targets.of(book, event_id) == {"customers": 58, "leads": 12}
    figures.put(book, event_id, Typed("customers", 33))
    number = reviews.review(book, event_id, "").number("targets.customers")
    assert number is not None
    assert (number.value, number.target) == (33, 58)
    targets.put(book, event_id, {"customers": 60})
    rows = book.con.execute("SELECT measure, value FROM target ORDER BY 1").fetchall()
    assert [tuple(row) for row in rows] == [("customers", 60), ("leads", 12)]
    history.undo(book)
    assert targets.of(book, event_id) == {"customers": 58, "leads": 12}


def test_a_figure_called_otherwise_takes_its_target_along(book: Book, sheet: Sheet) -> None:
    event_id = sheet.event_id
    targets.put(book, event_id, {"样品": 40})
    figures.put(book, event_id, Typed("样品", 31))
    figures.enter(book, event_id, figures.Figure("样品袋", 31), was="样品")
    number = reviews.review(book, event_id, "").number("targets.样品袋")
    assert number is not None
    assert (number.value, number.target) == (31, 40)
    history.undo(book)
    assert targets.of(book, event_id) == {"样品": 40}
    figures.put(book, event_id, Typed("样品袋", 5))
    targets.put(book, event_id, {"样品": None, "样品袋": 50})
    figures.enter(book, event_id, figures.Figure("袋子", 5), was="样品袋")
    assert targets.of(book, event_id) == {"袋子": 50}
