"""Names of companies taken apart and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.twins.companies import (
    BRANCH,
    MOST_SHARED,
    PARENT,
    REASONS,
    SAME,
    UNRELATED,
    Layers,
    core_keys,
    layers,
    relation,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("北京某某科技有限公司", Layers("某某", "北京", "科技", "有限公司")),
        ("某某科技（北京）有限公司", Layers("某某", "北京", "科技", "有限公司", bracketed=True)),
        ("某某科技", Layers("某某", trade="科技")),
        (
            "某某科技有限公司上海分公司",
            Layers("某某", trade="科技", form="有限公司", branch="上海分公司"),
        ),
        ("某某科技上海分公司", Layers("某某", trade="科技", branch="上海分公司")),
        ("深圳市腾讯计算机系统有限公司", Layers("腾讯", "深圳", "计算机系统", "有限公司")),
        ("广东省深圳市腾讯科技有限公司", Layers("腾讯", "深圳", "科技", "有限公司")),
        ("翼东发展集团股份有限公司", Layers("翼东", trade="发展", form="集团股份有限公司")),
        ("佛山市顺德区鸿源铝业制品有限公司", Layers("鸿源", "佛山", "铝业制品", "有限公司")),
        (
            "ＡＣＭＥ　Ｔｅｃｈ Co., Ltd.",
            Layers("acme", trade="tech", form="coltd", words=("acme",)),
        ),
        # All place and trade: nothing else tells such a name apart.
        ("中国银行", Layers("中国银行")),
        ("中山大学", Layers("中山大学")),
        ("", Layers("")),
    ],
)
def test_a_name_has_layers(text: str, parts: Layers) -> None:
    assert layers(text) == parts


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        ("北京某某科技有限公司", "某某科技(北京)有限公司", SAME, "city_moved"),
        ("北京某某科技有限公司", "某某科技", SAME, "city_missing"),
        ("某某科技(北京)有限公司", "某某科技", SAME, "form"),
        ("某某网络科技有限公司", "某某科技股份有限公司", SAME, "form"),
        ("深圳市腾讯计算机系统有限公司", "腾讯", SAME, "short"),
        ("华为技术有限公司", "Huawei Technologies Co., Ltd.", SAME, "pinyin"),
        ("南京澎裕教育咨询有限公司", "南京彭裕教育咨询有限公司", SAME, "sound"),
        ("健宇先森生物科技", "健宇先生生物科技", SAME, "character"),
        ("蓝天翔航空科技", "蓝天祥宇航空科技", UNRELATED, ""),
        ("中石油", "中国石油天然气集团有限公司", SAME, "short"),
        ("Siemens Healthineers AG", "Siemens Healthiners", SAME, "spelling"),
        ("某某科技上海分公司", "北京某某科技有限公司", BRANCH, "branch"),
        ("某某科技有限公司", "某某科技有限公司上海分公司", PARENT, "branch"),
        ("某某科技上海分公司", "某某科技合肥分公司", UNRELATED, ""),
        ("北京云岭科技", "上海云岭科技", UNRELATED, ""),
        ("云岭科技", "云岭贸易", UNRELATED, ""),
        ("中国银行", "中国人民银行", UNRELATED, ""),
        ("云岭科技", "云帆科技", UNRELATED, ""),
        ("云岭科技", "", UNRELATED, ""),
    ],
)
def test_two_companies_are_one_a_branch_or_two(
    one: str, other: str, kind: str, reason: str
) -> None:
    found = relation(one, other)
    assert found.kind == kind
    assert not reason or reason in found.reasons
    assert set(found.reasons) <= set(REASONS)


def test_what_many_companies_share_is_no_short_form_of_any_one() -> None:
    assert relation("宏达", "北京宏达贸易有限公司", shared=MOST_SHARED).kind == SAME
    assert relation("宏达", "北京宏达贸易有限公司", shared=MOST_SHARED + 1).kind == UNRELATED
    # Where the trade agrees, it is told apart by more than what is shared.
    assert relation("宏达贸易", "北京宏达贸易有限公司", shared=40).kind == SAME


@given(*[st.text("北京上海云岭某科技贸易公司有限分市（）()集团 Acmeltd", max_size=14)] * 2)
def test_a_relation_reads_the_same_from_both_sides(one: str, other: str) -> None:
    there, back = relation(one, other), relation(other, one)
    turned = {BRANCH: PARENT, PARENT: BRANCH}
    assert back.kind == turned.get(there.kind, there.kind)
    assert (back.score, back.reasons) == (there.score, there.reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京某某科技有限公司", "某某科技"),
        ("华为技术", "Huawei"),
        ("健宇先森生物科技", "健宇先生生物科技"),
        ("某某科技上海分公司", "某某科技"),
    ],
)
def test_what_may_be_one_shares_a_key(one: str, other: str) -> None:
    assert set(core_keys(one)) & set(core_keys(other))
