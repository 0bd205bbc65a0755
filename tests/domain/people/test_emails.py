from __future__ import annotations

import pytest

from opslog.domain.people import emails


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Wang.ZG@Example.com", "wang.zg@example.com"),
        ("王志刚 <wang@example.com>", "wang@example.com"),
        ("abc＠qq。com", "abc@qq.com"),
        ("mailto:a@b.cn", "a@b.cn"),
        ("a@b.cn; c@d.cn", "a@b.cn"),
        ("张三@公司.中国", "张三@公司.中国"),
        ("无", ""),
        ("", ""),
    ],
)
def test_an_address_is_understood(typed: str, address: str) -> None:
    assert emails.normalise(typed)[:2] == (address, "")


@pytest.mark.parametrize("typed", ["bad@", "@example.com", "a@b", "qq号123"])
def test_what_is_no_address_is_marked(typed: str) -> None:
    assert emails.normalise(typed) == emails.Email(problem="unreadable")


@pytest.mark.parametrize("address", ["info@a.cn", "sales02@a.cn", "kefu@a.cn", "hr_1@a.cn", ""])
def test_an_address_of_a_team_is_nobodys(address: str) -> None:
    assert not emails.is_personal(address)


@pytest.mark.parametrize("address", ["wang@a.cn", "12345@qq.com", "info.wang@a.cn"])
def test_an_address_of_a_person(address: str) -> None:
    assert emails.is_personal(address)


def test_further_addresses_of_a_cell_are_kept() -> None:
    assert emails.normalise("a@b.cn; c@d.cn, a@b.cn").others == ("c@d.cn",)
