"""Company size, fields, answers and rules of one's own in the order of calls."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.calls import order
from opslog.domain.calls.own_order import Known, reasons
from opslog.locale import Msg
from tests.domain.calls.test_queue import shipped

SHIPPED = shipped("call_order.toml")
RULE = """[[rule]]
zh = "江浙采购"
en = "buyers"
points = 5
where = { title = "采购", city = ["苏州", "杭州"] }
"""


def points(known: Known, text: str = SHIPPED) -> dict[str, float]:
    return {str(why): number for why, number in reasons(known, order.read(text).own)}


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("30", {}),
        ("50人", {"50人": 1}),
        ("100-499人", {"100-499人": 1}),
        ("800", {"800 人": 5}),
        ("2万人以上", {"2万人以上": 7}),
        ("不详", {}),
    ],
)
def test_company_size(size: str, said: dict[str, float]) -> None:
    assert points(Known(fields=[("公司规模", size, 0)])) == said


def test_a_field_weighs_by_itself_and_by_what_it_says() -> None:
    text = SHIPPED.replace('# "在用产品"', '"在用产品"')
    assert points(Known(fields=[("在用产品", "金蝶", 2)]), text) == {"在用产品 金蝶": 5}
    assert points(Known(fields=[("在用产品", "别的", 2)]), text) == {"在用产品 别的": 2}
    assert points(Known(fields=[("在用产品", "别的", 0)]), text) == {}


def test_answers_weigh_by_what_was_chosen_or_in_words() -> None:
    known = Known(answers={"budget": ("有", Msg("有")), "need": ("", Msg("报表"))})
    assert points(known) == {"said: 有": 6, "said: 报表": 3}
    assert points(Known(answers={"budget": ("没有", Msg("没有"))})) == {"said: 没有": -2}


def test_a_rule_holds_where_all_its_conditions_do() -> None:
    buyer = {"title": "采购总监", "city": "苏州"}
    assert points(Known(said=buyer), SHIPPED + RULE) == {"buyers": 5}
    assert points(Known(said=buyer | {"city": "上海"}), SHIPPED + RULE) == {}
    own = RULE.replace('title = "采购"', '"预算" = "有"')
    known = Known(fields=[("预算", "有", 0)], said=buyer)
    assert points(known, SHIPPED + own) == {"buyers": 5}


def test_what_is_of_ones_own_may_be_left_out() -> None:
    older = SHIPPED[: SHIPPED.index("# What follows may be left out")]
    assert points(Known(fields=[("规模", "5000", 0)]), older) == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("employees = [[50, 1]", 'employees = [["x", 1]', "“employees”: what is reached"),
        ("employees = ", "people = ", "“people” is not known"),
        ("useful = { ", "useful = 3 #", "“useful” must be written like"),
        ("points = 5", "points = 5000", "“points” must be a number"),
        ("points = 5\n", "", "“points” is missing"),
        ('where = { title = "采购", city = ["苏州", "杭州"] }', "where = 3", "“where” must be"),
        ('title = "采购"', "title = 3", "“title” must be a list"),
        ('zh = "江浙采购"\nen = "buyers"\n', "", "“zh” is missing"),
    ],
)
def test_mistakes_are_named_with_their_line(old: str, new: str, said: str) -> None:
    text = SHIPPED + RULE
    assert old in text
    broken = text[: text.rindex(old)] + new + text[text.rindex(old) + len(old) :]
    with pytest.raises(Refused, match=said) as refused:
        order.read(broken, "call_order.toml")
    line = broken[: text.rindex(old)].count("\n") + 1
    assert "call_order.toml, line " in str(refused.value)
    assert abs(int(str(refused.value).split("line ")[1].split(":")[0].split(",")[0]) - line) <= 3
