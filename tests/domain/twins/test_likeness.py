"""Whether two people may be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.people.naming.names import company_key
from opslog.domain.twins.likeness import (
    CERTAIN,
    MANY,
    MOST_ON_ONE_NUMBER,
    REASONS,
    ShareCounts,
    Sketch,
    block_keys,
    compare,
    hashed,
)

WANG, LI = "+8613800138000", "+8613912345678"


def person(
    name: str = "", company: str = "", phone: str = "", email: str = "", title: str = ""
) -> Sketch:
    return Sketch(
        1,
        name,
        company,
        company_key(company),
        title,
        tuple(filter(None, phone.split())),
        tuple(filter(None, email.split())),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("王志刚", phone=WANG), person("王总", "云岭科技", WANG)),
        (person("王志刚", phone=f"{LI} {WANG}"), person("王志刚", phone=WANG)),
        (person("王志刚", phone=WANG), person("", phone=WANG)),
        (person("王志刚", email="w@yunling.cn"), person("王志刚", phone=LI, email="w@yunling.cn")),
    ],
)
def test_a_strong_key_and_a_compatible_name_join_by_themselves(one: Sketch, other: Sketch) -> None:
    assert compare(one, other).automatic
    assert compare(one, other).score == CERTAIN


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (person("王志刚", phone=WANG), person("李娜", phone=WANG), {"mobile", "name_other"}),
        (person("王志刚", phone=WANG), person("王志钢", phone=WANG), {"mobile", "name_sound"}),
        (
            person("王志刚", phone="+8613800138000"),
            person("王志刚", phone="+8613800138001"),
            {"name_same", "phone_near"},
        ),
        (
            person("王志刚", "北京云岭科技有限公司", WANG),
            person("王志刚", "云岭科技"),
            {"name_same", "company_alike"},
        ),
        (
            person("王志刚", "云岭科技", WANG),
            person("Wang Zhigang", "云岭科技", LI),
            {"name_sound", "company", "phone_other"},
        ),
        (
            person("王志刚", email="zhigang@yunling.cn"),
            person("王志刚", email="zhigang@yunlin.cn"),
            {"name_same", "email_near"},
        ),
        (
            person("王志刚", "云岭科技", email="w@yunling.cn"),
            person("李娜", "云岭科技", email="w@yunling.cn"),
            {"email", "name_other", "company"},
        ),
    ],
)
def test_what_is_weaker_is_proposed_with_its_reasons(
    one: Sketch, other: Sketch, reasons: set[str]
) -> None:
    found = compare(one, other)
    assert found.proposed
    assert not found.automatic
    assert reasons <= set(found.reasons) <= set(REASONS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A switchboard, a shared mailbox, numbers in a row, a name that two companies have.
        (
            person("王志刚", "云岭科技", "+862155551234"),
            person("李娜", "云岭科技", "+862155551234"),
        ),
        (person("王志刚", email="info@yunling.cn"), person("李娜", email="info@yunling.cn")),
        (person("王志刚", "云岭科技", WANG), person("李娜", "云岭科技", "+8613800138001")),
        (person("王志刚", "云岭科技", WANG), person("王志刚", "云帆贸易", LI)),
        (person("王志刚", "云岭科技", WANG), person("王志强", "云岭科技", LI)),
        (person("", "云岭科技"), person("王志刚", "云岭科技")),
        (person(), person()),
    ],
)
def test_what_says_nothing_asks_nothing(one: Sketch, other: Sketch) -> None:
    assert not compare(one, other).proposed


def test_a_name_alone_is_asked_about_only_where_few_have_it() -> None:
    one, other = person("王志刚", phone=WANG), person("王志刚", "云岭科技")
    assert compare(one, other, ShareCounts(named=2)).proposed
    assert not compare(one, other, ShareCounts(named=MANY + 1)).proposed


def test_a_number_that_many_gave_joins_only_whom_the_name_fits() -> None:
    one, other = person("王志刚", "云岭科技", WANG), person("李娜", "云岭科技", WANG)
    assert compare(one, other, ShareCounts(reached=2)).proposed
    crowd = ShareCounts(reached=MOST_ON_ONE_NUMBER + 1)
    assert not compare(one, other, crowd).proposed
    assert compare(one, person("王总", phone=WANG), crowd).automatic


def test_whom_it_proposes_share_a_key() -> None:
    pairs = [
        (person("王志刚", phone=WANG), person("李娜", phone=WANG)),
        (person("王志刚", phone=WANG), person("王志强", phone="+8613800138001")),
        (person("王志刚", phone=WANG), person("王志强", phone="+8613801138000")),
        (person("王志刚", "北京云岭科技有限公司"), person("志刚", "云岭科技")),
        (person("王志刚", email="zhigang@a.cn"), person("志刚", email="zhigang@b.cn")),
    ]
    for one, other in pairs:
        assert set(map(hashed, block_keys(one))) & set(map(hashed, block_keys(other)))


@pytest.mark.parametrize(
    "long",
    [
        "王" * 10_000,
        "王" + "*" * 10_000 + "x",
        "(" * 10_000,
        "有限公司" * 2_500,
        "a " * 5_000,
        "曾" * 9_999,
    ],
)
def test_what_nobody_is_called_is_compared_all_the_same(long: str) -> None:
    one = person(long, long, WANG, title=long)
    for other in (person(long[1:], long[2:], WANG), person("王志刚", "云岭科技"), person()):
        assert compare(one, other) == compare(other, one)
        assert set(map(type, map(hashed, block_keys(one)))) == {int}


NAMES = st.sampled_from(["", "王志刚", "王志钢", "王总", "李娜", "Wang Zhigang", "Li Na", "志刚"])
COMPANIES = st.sampled_from(["", "云岭科技", "北京云岭科技有限公司", "云帆贸易", "Yunling"])
NUMBERS = st.sampled_from(["", WANG, LI, "+8613800138001", "+862155551234"])
MAILS = st.sampled_from(["", "w@yunling.cn", "info@yunling.cn", "zhigang@a.cn", "zhigang@b.cn"])
PEOPLE = st.builds(person, NAMES, COMPANIES, NUMBERS, MAILS)


@given(PEOPLE, PEOPLE)
def test_a_likeness_is_the_same_from_both_sides(one: Sketch, other: Sketch) -> None:
    assert compare(one, other) == compare(other, one)


@given(PEOPLE, PEOPLE)
def test_nobody_is_joined_without_a_strong_key(one: Sketch, other: Sketch) -> None:
    found = compare(one, other)
    assert found.automatic <= bool({"mobile", "email"} & set(found.reasons))
    assert 1 <= found.score <= CERTAIN
