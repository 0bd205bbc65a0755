"""How long ahead of its day Today shows a follow-up, said in its words."""

from __future__ import annotations

import pytest

from opslog.domain.daybook import lead


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("续约合同 -3d", 3),
        ("-3d 续约合同", 3),
        ("续约合同 提前3天", 3),
        ("续约合同 提前三天", 3),
        ("续约合同 提前两个星期", 14),
        ("续约合同 －１ｗ", 7),
        ("renew the contract -2w", 14),
        ("提前１０天", 10),
        ("续约合同", lead.LEAD_DAYS),
        ("客户要求提前3天到场", lead.LEAD_DAYS),  # among other words it is one of them
        ("续约 提前3天 再问一次", lead.LEAD_DAYS),
        ("降价-3d", lead.LEAD_DAYS),
        ("-999d 续约", lead.LEAD_DAYS),
        ("方案 -3days", lead.LEAD_DAYS),
        ("-", lead.LEAD_DAYS),
    ],
)
def test_a_lead_stands_first_or_last(text: str, days: int) -> None:
    assert lead.days(text) == days
