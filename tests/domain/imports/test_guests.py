"""How many an answer or a cell says come along."""

from __future__ import annotations

import pytest

from opslog.domain.imports.guests import Brought, answered, counted


@pytest.mark.parametrize(
    ("text", "beside", "whole"),
    [
        ("2", Brought(2), Brought(1)),
        ("带 2 人", Brought(2), Brought(1)),
        ("3 位以上", Brought(3, or_more=True), Brought(2, or_more=True)),
        ("３人及以上", Brought(3, or_more=True), Brought(2, or_more=True)),
        ("至少两位", Brought(2, or_more=True), Brought(1, or_more=True)),
        ("≥4", Brought(4, or_more=True), Brought(3, or_more=True)),
        ("3+", Brought(3, or_more=True), Brought(2, or_more=True)),
        ("three or more", Brought(3, or_more=True), Brought(2, or_more=True)),
        ("two guests", Brought(2), Brought(1)),
        ("1 位", Brought(1), Brought(0)),
        ("有", Brought(1, or_more=True), None),
        ("没有", Brought(0), Brought(0)),
        ("", Brought(0), Brought(0)),
        ("两三位", None, None),
        ("2-3人", None, None),
        ("带朋友", None, None),
        ("3人以下", None, None),
        ("200", None, None),
    ],
)
def test_so_many_come_along_where_it_is_clear(
    text: str, beside: Brought | None, whole: Brought | None
) -> None:
    assert (answered(text), answered(text, whole=True)) == (beside, whole)


def test_a_heading_that_counts_all_of_them_counts_the_person_too() -> None:
    assert counted("3 位以上", "参会人数") == Brought(2, or_more=True)
    assert counted("3 位以上", "携带人数") == Brought(3, or_more=True)
    assert str(counted("3 位以上", "携带人数")) == "≥3"
