"""A number is half hidden wherever it stands and however it is written; nothing else is."""

from __future__ import annotations

import pytest

from opslog.domain.people.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138 **** 8000"),
        ("138-0013-8000", "138-****-8000"),
        ("1380 013 8000", "138* *** 8000"),
        ("+8613800138000", "+86138****8000"),
        ("+86 138 0013 8000", "+86 138 **** 8000"),
        ("0086-13800138000", "0086-138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("打给13800138000王总", "打给138****8000王总"),
        ("13800138000/13900139000", "138****8000/139****9000"),
        ("13800138000@139.com", "138****8000@139.com"),
        ("138 0013 8…", "138 **** *…"),
        ("010 6275 1234", "010 **** 1234"),
        ("010-62751234", "010-****1234"),
        ("(0571) 8765 4321", "(0571) **** 4321"),
        ("0571 876 4321", "0571 *** 4321"),
        ("0755-26751234转8001", "0755-****1234转8001"),
        ("+86 10 6275 1234", "+86 1* **** 1234"),
        ("+852 9123 4567", "+852 **** 4567"),
        ("+1 415-555-2671", "+1 41*-***-2671"),
        ("0081-90-1234-5678", "008*-**-****-5678"),
        ("090-1234-5678", "090-****-5678"),
    ],
)
def test_numbers(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert masked(shown) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "400 820 8820",
        "800-820-8820",
        "2026-12-05 14:00",
        "2026-12-05 14:00–15:30",
        "13:00 14:30 09:00 0",
        "20261205",
        "8108",
        "1,380,013,800",
        "138****8000",
        "wang.zhigang@example.com",
        "20000 or 20k",
        "09:00 · 0571",
        "6225880137400000",
        "0.12345678901",
        "T-1 · 3 of 108",
    ],
)
def test_what_is_no_number_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("number", ["+8613800138000", "+861062751234", "+85291234567"])
def test_the_number_in_hand_stays(number: str) -> None:
    from opslog.domain.people.phones import display

    text = f"{display(number)} · {number} · 139 0013 9000"
    assert masked(text, number) == f"{display(number)} · {number} · 139 **** 9000"
