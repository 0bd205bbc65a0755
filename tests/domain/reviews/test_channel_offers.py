"""Which channel is proposed instead of which: what is hardly a lead, and what is enough of them."""

from __future__ import annotations

from opslog.domain.reviews.acts import proposals
from opslog.domain.reviews.numbers import Number
from opslog.locale import Msg


def numbers(**channels: tuple[int, int]) -> dict[str, Number]:
    """Sign-ups and leads of each channel, as a review has them."""
    return {
        key: Number(key, Msg(name), value)
        for name, (signups, leads) in channels.items()
        for key, value in (
            (f"channel.{name}.signups", signups),
            (f"channel.{name}.leads", leads),
        )
    }


def offered(**channels: tuple[int, int]) -> list[str]:
    return [str(one.text) for one in proposals.channels(numbers(**channels))]


def test_three_leads_are_enough_to_be_the_better_channel_and_one_is_hardly_any() -> None:
    assert offered(mail=(20, 1), groups=(20, 3)) == ["Less by mail, more by groups"]
    assert offered(mail=(20, 2), groups=(20, 3)) == []
    assert offered(mail=(20, 1), groups=(20, 2)) == []


def test_of_few_sign_ups_nothing_is_said() -> None:
    assert offered(mail=(19, 0), groups=(40, 9)) == []
