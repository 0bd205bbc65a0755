"""What a stop brought and cost, as it is typed."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events import stop_tallies


def test_money_is_kept_in_whole_cents_half_a_cent_up() -> None:
    found = stop_tallies.read(["费用：1.005", "触达=433", "leads="])
    assert found == {"cost": 101, "reach": 433, "leads": None}
    assert stop_tallies.said("cost", 101) == "1.01"


@pytest.mark.parametrize("text", ["433", "=433", "cost=lots", "leads=1.5", "cost=99999亿"])
def test_what_is_no_number_of_a_stop_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        stop_tallies.read([text])
