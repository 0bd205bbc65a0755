"""What a ledger of decisions comes to."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from opslog import locale
from opslog.domain.screening import rounds
from opslog.domain.screening.rounds import Decision, Deck, DeckLine, Round, Verdict

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def deck(verdicts: dict[int, Verdict] | None = None, number: int = 0) -> Deck:
    """Five cards; 1, 3 and 5 are of one company, 4 is on WeCom."""
    lines = [DeckLine(n, 100 + n, "深蓝" if n % 2 else "", n == 4) for n in range(1, 6)]
    found = Round(1, 1, number, NOW, None)
    return Deck(found, "上海沙龙", 1, rounds.in_order(lines, number), verdicts or {})


def keep() -> Verdict:
    return Verdict("keep")


def park() -> Verdict:
    return Verdict("park")


def test_the_newest_entry_holds() -> None:
    ledger = [
        (0, 7, "drop", "competitor"),
        (0, 8, "keep", ""),
        (0, 7, "undecided", ""),
        (1, 7, "keep", ""),
        (0, 8, "drop", "partner"),
    ]
    holds = rounds.present(ledger)
    assert holds[0] == {7: Verdict("undecided"), 8: Verdict("drop", "partner")}
    assert holds[1] == {7: Verdict("keep")}


def test_a_card_is_out_once_an_earlier_round_dropped_it() -> None:
    ledger = [
        (0, 1, "drop", "competitor"),
        (0, 2, "drop", "partner"),
        (0, 2, "undecided", ""),
        (0, 3, "park", ""),
        (1, 4, "drop", "not_target"),
        (2, 4, "keep", ""),
        (2, 1, "keep", ""),
        (2, 1, "undecided", ""),
    ]
    assert rounds.dropped_before(ledger, 0) == set()
    assert rounds.dropped_before(ledger, 1) == {1}
    assert rounds.dropped_before(ledger, 2) == {1, 4}
    assert rounds.dropped_before(ledger, 3) == {1}  # a later round kept the other


def test_a_whole_ledger_comes_to_one_verdict() -> None:
    """What holds in the latest round that has a verdict."""

    def entry(number: int, verdict: str, reason: str = "") -> Decision:
        return Decision(1, 7, number, verdict, reason, "operator", NOW)

    assert rounds.standing([]) == rounds.NONE_YET
    assert rounds.standing([entry(0, "keep"), entry(1, "park")]) == Verdict("park")
    assert rounds.standing([entry(0, "drop", "media"), entry(1, "keep")]) == Verdict("keep")
    dropped = rounds.standing([entry(0, "drop", "media"), entry(1, "undecided")])
    assert dropped == Verdict("drop", "media")
    again = [entry(0, "keep"), entry(1, "keep"), entry(0, "drop", "media")]  # gone over again
    assert rounds.standing(again) == Verdict("drop", "media")
    assert rounds.standing([entry(0, "drop", "media"), entry(0, "keep")]) == Verdict("keep")


def test_the_first_screening_begins_with_people_reached_privately() -> None:
    assert [line.card_id for line in deck(number=0).lines] == [1, 2, 3, 4, 5]
    assert [line.card_id for line in deck(number=1).lines] == [4, 1, 2, 3, 5]
    assert [line.card_id for line in deck(number=2).lines] == [1, 2, 3, 4, 5]


def test_undecided_come_first_and_parked_at_the_end() -> None:
    found = deck({1: park(), 2: keep()})
    assert found.waiting() == [3, 4, 5, 1]
    assert found.first() == 3
    assert found.left == 4


def test_a_round_is_gone_through_to_its_end() -> None:
    found = deck()
    found.put(1, park())
    seen = [1]
    while (following := found.following(seen[-1])) is not None:
        seen.append(following)
        found.put(following, keep())
    assert seen == [1, 2, 3, 4, 5, 1]
    assert found.left == 0
    assert found.first() is None


def test_what_was_passed_over_comes_before_what_was_parked() -> None:
    found = deck({1: park(), 3: keep(), 4: keep()})
    found.put(5, keep())
    assert found.following(5) == 2


def test_nothing_follows_the_only_row_that_is_parked() -> None:
    found = deck({n: keep() for n in (1, 2, 4, 5)})
    found.put(3, park())
    assert found.following(3) is None
    assert found.first() == 3
    assert found.left == 1


def test_looking_back_and_ahead_passes_every_row() -> None:
    found = deck({2: keep()})
    assert found.before(1) is None
    assert [found.before(3), found.after(3)] == [2, 4]
    assert found.after(5) is None


def test_the_other_rows_of_a_company_are_the_undecided_ones() -> None:
    found = deck()
    assert found.company_waiting(1) == [3, 5]
    found.put(3, park())
    assert found.company_waiting(1) == [5]
    assert found.company_waiting(2) == []  # no company: nobody shares it


def test_counts_say_verdicts_and_reasons() -> None:
    found = deck(
        {
            1: Verdict("drop", "competitor"),
            2: Verdict("drop", "partner"),
            3: Verdict("drop", "competitor"),
            4: park(),
        }
    )
    counts = found.counts()
    assert (counts.kept, counts.dropped, counts.parked, counts.undecided) == (0, 3, 1, 1)
    assert counts.reasons == (("competitor", 2), ("partner", 1))
    assert (counts.left, counts.total) == (2, 5)


def test_rounds_come_in_order() -> None:
    assert rounds.next_number([]) == 0
    assert rounds.next_number([Round(1, 1, 0, NOW, NOW), Round(2, 1, 1, NOW, NOW)]) == 2
    assert [rounds.round_name(n).english() for n in (0, 1, 7)] == [
        "tidy",
        "screening 1",
        "screening 7",
    ]


decisions = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(rounds.VERDICTS)), max_size=30)


@given(decisions)
def test_the_deck_agrees_with_the_ledger(entries: list[tuple[int, str]]) -> None:
    """However often minds are changed: the deck kept while deciding is the one read anew."""
    kept = deck()
    for card_id, verdict in entries:
        kept.put(card_id, Verdict(verdict))
    read = deck(rounds.present((0, c, v, "") for c, v in entries).get(0, {}))
    assert kept.waiting() == read.waiting()
    assert kept.counts() == read.counts()
    assert (kept.left, kept.parked) == (read.left, read.parked)
    assert kept.first() == next(iter(kept.waiting()), None)


def test_the_rules_that_ship_are_called_by_a_name_in_the_language_spoken() -> None:
    shipped = tomllib.loads((files("opslog.shipped.screening") / "rules.toml").read_text("utf-8"))
    assert {rule["name"] for rule in shipped["rule"]} == set(rounds.SHIPPED_RULES)
    assert str(rounds.decided_by("colleagues")) == "rule: colleagues"
    locale.set_language("zh_CN")  # each test begins in English again
    assert str(rounds.decided_by("colleagues")) == "规则：同事"
    assert str(rounds.decided_by("我的规则")) == "规则：我的规则"
