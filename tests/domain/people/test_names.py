from __future__ import annotations

import pytest

from opslog.domain.people.naming import name_kinds
from opslog.domain.people.naming.names import company_key, compatible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某科技（北京）有限公司", "某某科技"),
        ("某某科技(北京市)有限责任公司", "某某科技股份有限公司"),
        ("腾讯集团", "腾讯"),
        ("ＡＢＣ科技 有限公司", "abc科技"),
        ("Acme Co., Ltd.", "ACME Inc"),
    ],
)
def test_one_company_written_two_ways_has_one_key(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("途畅科技有限公司合肥分公司", "途畅科技有限公司"),
        ("途畅科技有限公司合肥分公司", "途畅科技有限公司上海分公司"),
        ("某某（北京分公司）", "某某"),
        ("上海银行", "北京银行"),
        ("Acme China", "Acme"),
    ],
)
def test_branches_and_different_companies_stay_apart(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("nothing", ["", "无", "个人", "-", "N/A"])
def test_no_company_is_no_key(nothing: str) -> None:
    assert company_key(nothing) == ""


def test_a_name_that_is_all_legal_form_still_has_a_key() -> None:
    assert company_key("有限公司")
    assert company_key("公司")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王志刚", "王志刚"),
        ("王志刚", "王 志刚（已加微信）"),
        ("王总", "王志刚"),
        ("王先生", "王志刚"),
        ("老王", "王志刚"),
        ("王志刚经理", "王志刚"),
        ("王*刚", "王志刚"),
        ("王**", "王志刚"),
        ("欧阳女士", "欧阳娜"),
        ("张伟", "张伟 David"),
        ("", "张三"),
        ("Zhang Wei", "Wei ZHANG"),
        ("J. Smith", "Smith, John"),
        ("Mr. Wang", "wang"),
    ],
)
def test_names_one_person_may_have_written(one: str, other: str) -> None:
    assert compatible(one, other)
    assert compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王志刚", "王志钢"),
        ("王总", "李志刚"),
        ("王先生", "王女士"),
        ("欧先生", "欧阳娜"),
        ("王志刚", "王志"),
        ("张伟", "Zhang Wei"),
        ("John Smith", "Jane Smith"),
        ("John Smith", "Smith"),
        ("J S", "John Smith"),
    ],
)
def test_names_that_may_be_two_people(one: str, other: str) -> None:
    assert not compatible(one, other)
    assert not compatible(other, one)


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("深蓝软件-赵海涛-总经理", ("赵海涛", "深蓝软件")),
        ("赵海涛_启明制造", ("赵海涛", "启明制造")),
        ("欧阳海涛 / 采购", ("欧阳海涛", "")),
        ("赵海涛", None),
        ("深蓝软件-客户", None),
        ("赵海涛-李娜", None),  # of two nobody knows which
        ("Jean-Luc", None),
    ],
)
def test_a_remark_on_wecom_is_taken_apart(remark: str, found: tuple[str, str] | None) -> None:
    called = name_kinds.of_remark(remark)
    assert (called and (called.name, called.company)) == found
