"""The order of the queue, the forecast and the show-up rate."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources
from operator import attrgetter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.calls import order as call_order
from opslog.domain.calls import outcomes_file, seniority
from opslog.domain.calls.order import Facts, Place
from opslog.domain.calls.queue import Earlier, ShowUp, forecast
from opslog.domain.calls.retries import READY, WAITING, Attempt, Standing, Window
from opslog.locale import Msg, msg


def shipped(name: str) -> str:
    return (resources.files("opslog") / "shipped" / "calls" / name).read_text(encoding="utf-8")


OUTCOMES = outcomes_file.read(shipped("outcomes.toml"))
WEIGHTS = call_order.read(shipped("call_order.toml"))
SENIORITY = seniority.read(shipped("seniority.toml"))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ENDED = NOW - timedelta(days=3)
CALLBACK = Window("callback-2", ENDED)


def placed(
    card_id: int = 1,
    standing: Standing | None = None,
    window: Window = CALLBACK,
    *,
    starts_at: datetime = ENDED,
    **facts: object,
) -> Place:
    return call_order.place(
        card_id,
        standing or Standing(READY, "phone", NOW, 0),
        window,
        Facts(**facts),  # type: ignore[arg-type]  # checked by the dataclass's own users
        NOW,
        starts_at=starts_at,
        ends_at=starts_at,
        weights=WEIGHTS,
        seniority=SENIORITY,
        outcomes=OUTCOMES,
        time_text=msg("14:30"),
    )


def test_company_size_title_and_recent_contact_decide() -> None:
    plain = placed()
    big = placed(people_known=12)
    bigger = placed(people_known=40)
    senior = placed(title="总经理")
    junior = placed(title="经理")
    recent = placed(last_contact=NOW - timedelta(days=3))
    older = placed(last_contact=NOW - timedelta(days=60))
    key = placed(tags=["key account"])
    assert bigger.key < big.key < plain.key
    assert senior.key < junior.key < plain.key
    assert recent.key < older.key < plain.key
    assert key.key < senior.key


def test_every_reason_is_said_with_its_points() -> None:
    found = placed(
        title="总经理", people_known=12, last_contact=NOW - timedelta(days=3), tags=["大客户"]
    )
    assert str(found.why) == (
        "event 3 days ago +4 · 大客户 +10 · 总经理 +8 · 11 more at the company +6"
        " · in touch 3 days ago +4"
    )
    assert found.score == 32


def test_promised_calls_stand_first_and_those_not_due_last() -> None:
    promised = placed(9, Standing(READY, "phone", NOW - timedelta(hours=1), 3, promised=True))
    earlier = placed(8, Standing(READY, "phone", NOW - timedelta(hours=2), 3, promised=True))
    best = placed(1, title="董事长", tags=["VIP"], people_known=100)
    waiting = placed(2, Standing(WAITING, "phone", NOW + timedelta(hours=1), 1), title="董事长")
    order = sorted([best, waiting, promised, earlier], key=lambda place: place.key)
    assert order == [earlier, promised, best, waiting]
    assert str(promised.why).startswith("promised 14:30")
    assert str(waiting.why).startswith("not before 14:30")


def test_a_reminder_on_the_day_stands_before_one_for_tomorrow() -> None:
    today = placed(
        1, window=Window("reminder", NOW, slot="on_day"), starts_at=NOW + timedelta(hours=3)
    )
    tomorrow = placed(
        2,
        window=Window("reminder", NOW, slot="day_before"),
        starts_at=NOW + timedelta(hours=27),
        title="董事长",
    )
    assert today.key < tomorrow.key
    assert str(today.why).startswith("event today +56")


def test_a_reminder_does_not_wait_behind_call_backs() -> None:
    tomorrow = placed(
        window=Window("reminder", NOW, slot="day_before"), starts_at=NOW + timedelta(hours=27)
    )
    assert tomorrow.key < placed(title="总经理", people_known=12, attended=True).key


def test_an_earlier_answer_and_attempts_count() -> None:
    last = Attempt(1, 1, "callback-1", "phone", "interested", "", "", ENDED)
    warm = placed(standing=Standing(READY, "phone", NOW, 0, last=last))
    assert "last time: interested +5" in str(warm.why)
    tired = placed(standing=Standing(READY, "phone", NOW, 2, again=True, last=last))
    assert "missed before: other words" in str(tired.why)
    assert "2 attempts -4" in str(tired.why)


def test_without_a_number_at_the_end() -> None:
    assert placed(reachable=False, title="董事长").key > placed().key


@given(
    st.lists(
        st.tuples(
            st.sampled_from([READY, WAITING]),
            st.booleans(),
            st.integers(-500, 500),
            st.sampled_from(["", "总经理", "经理", "VP"]),
            st.integers(0, 60),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_is_total_and_does_not_depend_on_what_came_first(
    people: list[tuple[str, bool, int, str, int]], random: object
) -> None:
    places = [
        placed(
            number,
            Standing(state, "phone", NOW + timedelta(minutes=minutes), 0, promised=promised),
            title=title,
            people_known=known,
        )
        for number, (state, promised, minutes, title, known) in enumerate(people)
    ]
    shuffled = places[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a Random
    assert sorted(places, key=attrgetter("key")) == sorted(shuffled, key=attrgetter("key"))
    assert len({place.key for place in places}) == len(places)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("on_day = 50", "on_day = 'much'", "number of points"),
        ("on_day = 50", "", "“on_day” is missing"),
        ("yes = 4", "maybe = 4", "“maybe” is not known"),
        ("[[2, 10], [4, 6], [24, 3]]", "[2, 10]", "must be written like"),
        ("interested = 5", "interested = nan", "number of points"),
    ],
)
def test_broken_weights_are_refused_with_their_line(old: str, new: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        call_order.read(shipped("call_order.toml").replace(old, new), "my/call_order.toml")
    assert "my/call_order.toml, line " in str(refusal.value)


def test_days_are_counted_by_the_calendar() -> None:
    evening = NOW.astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=21) - timedelta(days=1)
    found = placed(starts_at=evening, last_contact=evening)
    assert str(found.why).startswith("event 1 day ago")
    assert "in touch 1 day ago" in str(found.why)


# Forecast ---------------------------------------------------------------------------------------


def test_the_forecast_shows_its_arithmetic() -> None:
    found = forecast({"coming": 12, "unsure": 2, "no_answer": 1, "": 5}, OUTCOMES)
    assert found.invited == 20
    assert str(found.arithmetic) == (
        "12.7 = 12 coming × 0.8 + 1 no answer × 0.25 + 2 unsure × 0.4 + 5 not called × 0.4"
    )
    assert found.expected == pytest.approx(12.65)


def test_the_forecast_speaks_chinese() -> None:
    locale.set_language("zh_CN")
    assert str(forecast({"coming": 1, "": 1}, OUTCOMES).arithmetic) == (
        "1.2 = 1 会来 × 0.8 + 1 未联系 × 0.4"
    )


def test_an_unknown_code_counts_as_not_called() -> None:
    assert forecast({"gone_fishing": 1}, OUTCOMES).expected == pytest.approx(0.4)


def test_nobody_invited() -> None:
    assert str(forecast({}, OUTCOMES).arithmetic) == "0"


@given(st.lists(st.sampled_from(["", *(o.code for o in OUTCOMES.of("reminder", "phone").all)])))
def test_never_more_than_are_invited(newest: list[str]) -> None:
    found = forecast(Counter(newest), OUTCOMES)
    assert found.invited == len(newest)
    assert 0 <= found.expected <= len(newest)
    more = forecast(Counter([*newest, "coming"]), OUTCOMES)
    assert more.expected > found.expected


def test_show_up_rates() -> None:
    rate = ShowUp(40, 20, 18, 2, 15, walk_ins=2, guests=3)
    assert (rate.of_confirmed, rate.of_signed_up) == ((15, 20), (16, 40))
    assert (rate.attended, rate.of_those) == (18, 16)
    everybody = ShowUp(2, 1, 5, 0, 1, walk_ins=3)
    assert everybody.of_signed_up == (2, 2), "walk-ins bring no rate over the top"
    nobody = ShowUp(0, 0, 0, 0, 0)
    assert (nobody.of_confirmed.beside, nobody.of_signed_up.ranged) == ("–", "–")


def test_marks_of_who_was_there_before() -> None:
    assert Earlier().marks(None) == ()
    assert not Earlier().known
    both = Earlier(
        wecom=True,
        lists=2,
        attended=1,
        calls=3,
        last_event="春季沙龙",
        last_outcome=Msg("interested"),
        last_at=NOW,
    )
    assert [str(mark) for mark in both.marks(msg("{day}", day=NOW.date().isoformat()))] == [
        "on WeCom already",
        "called before: 2026-11-23 春季沙龙, interested",
        "came to 1 earlier",
    ]
