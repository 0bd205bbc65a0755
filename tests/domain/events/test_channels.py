"""How lists and people call the ways by which somebody comes."""

from __future__ import annotations

import pytest

from opslog import locale
from opslog.domain.events.channels import Channel, kind_of, meant


@pytest.mark.parametrize(
    ("words", "kind", "whole"),
    [
        ("朋友圈", "moments", True),
        (" EDM ", "edm", True),
        ("微信公众号", "official", True),
        ("wechat moments", "moments", True),
        ("朋友圈海报 B", "moments", False),
        ("同事邀请（老王）", "invite", False),
        ("展会", "", False),
        ("", "", False),
    ],
)
def test_a_kind_is_known_by_its_words(words: str, kind: str, whole: bool) -> None:
    assert kind_of(words) == (kind, whole)


KNOWN = [
    Channel(1, "朋友圈海报", "moments", "pyq01"),
    Channel(2, "邮件", "edm"),
    Channel(3, "社群一", "groups"),
    Channel(4, "社群二", "groups"),
]


@pytest.mark.parametrize(
    ("words", "number"),
    [("PYQ01", 1), ("朋友圈海报", 1), ("朋友圈", 1), ("Email", 2), ("社群二", 4), ("社群", None)],
)
def test_a_channel_is_meant_by_code_label_or_as_the_only_one_of_its_kind(
    words: str, number: int | None
) -> None:
    found = meant(words, KNOWN)
    assert (found and found.id) == number


def test_a_word_for_a_kind_is_said_in_the_language_spoken() -> None:
    assert str(KNOWN[1].called) == "E-mail"
    assert str(KNOWN[0].called) == "朋友圈海报"
    locale.set_language("zh_CN")
    assert str(KNOWN[1].called) == "邮件"
