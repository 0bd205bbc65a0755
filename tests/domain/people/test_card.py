"""What may be typed about a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import (
    DECIDED,
    LOGGED,
    SIGNED_UP,
    Moment,
    chapters,
    checked,
    read_tags,
)
from opslog.locale import Msg


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("phone", "１３８ 0013 8000", "+8613800138000"),
        ("phone", "010-62751234", "+861062751234"),
        ("phone", "", ""),
        ("email", " Wang@Example.CN ", "wang@example.cn"),
        ("name", "  王  芳 ", "王 芳"),
        ("name", "a\0b", "a␀b"),
        ("note", "two\nlines", "two\nlines"),
    ],
)
def test_fields_are_kept_in_one_form(field: str, typed: str, kept: str) -> None:
    assert checked(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("phone", "62751234", "area code"),
        ("phone", "asdf", "no complete phone number"),
        ("email", "wang", "no e-mail address"),
        ("shoe_size", "42", "no field “shoe_size”"),
    ],
)
def test_what_cannot_be_is_refused(field: str, typed: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(field, typed)
    assert word in refused.value.message.english()


def test_tags_are_typed_with_or_without_their_sign() -> None:
    assert read_tags("VIP #华东，＃MDR -old －#旧 VIP") == (["VIP", "华东", "MDR"], ["old", "旧"])
    assert read_tags("  ") == ([], [])


def test_a_time_line_stands_by_events() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    day = timedelta(days=1)
    text = Msg("x")
    moments = [
        Moment(at + 4 * day, LOGGED, text),
        Moment(at + 3 * day, DECIDED, text, 1, "大会"),
        Moment(at + 2 * day, SIGNED_UP, text, 1, "大会", met=True),
        Moment(at, SIGNED_UP, text, 2, "沙龙"),
    ]
    told = chapters(moments, {1: at + 2 * day, 2: at + 9 * day})
    assert [(one.event, one.at, one.met) for one in told] == [
        ("", at + 4 * day, None),
        ("大会", at + 2 * day, True),
        ("沙龙", at + 9 * day, None),
    ]
    assert [len(one.moments) for one in told] == [1, 1, 1]
