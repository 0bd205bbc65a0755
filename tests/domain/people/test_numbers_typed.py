"""Digits typed to find somebody, as a number is shown or told."""

from __future__ import annotations

import pytest

from opslog.domain.people.list import sought
from opslog.domain.people.phones import display


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0755 8600 0001", "8675586000001"),
        ("(0755) 8600", "867558600"),
        ("0086 138", "86138"),
        ("+86 (0)755 8600", "867558600"),
        ("010-6275", "86106275"),
        ("0138 0013 8000", "8613800138000"),
        ("00852 9123 4567", "85291234567"),
        ("0001", "0001"),  # the last of a number
        ("0755", "0755"),
        ("8600 0001", "86000001"),
        ("(0", "0"),
    ],
)
def test_digits_are_sought_as_they_are_kept(typed: str, digits: str) -> None:
    assert sought(typed).digits == digits


@pytest.mark.parametrize(
    "kept", ["+8675586000001", "+861062751234", "+8613800138000", "+85291234567", "+864008001234"]
)
def test_a_number_is_found_as_it_is_shown(kept: str) -> None:
    assert sought(display(kept)).digits in kept
