"""Each case runs, on sizes that say nothing about speed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from opslog.domain.people.list import View
from opslog.services.book import check
from opslog.services.book.book import open_book
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from tests.bench import __main__ as bench
from tests.bench import case_processes, case_year, measuring
from tests.bench.case_people import mix
from tests.bench.crowd import NEWEST, crowd
from tests.bench.measuring import Figure, Settings, Unavailable, in_turn, percentile
from tests.bench.people import HEADINGS, rows
from tests.pty.waiting import wait_until

GOALS = {
    **{"version": 2.0, "report": 2.0, "add": 0.5, "start": 1.4, "decision": 1.5, "import": 5.0},
    **{"import-memory": 1.0, "import-memory-flat": 1.1, "arrow-import": 1.5},
    **{"capture": 1.85},
    **{"people": 1.2, "people-arrow": 1.2, "people-memory": 1.2, "search": 0.1},
    **{"first-content": 0.65, "first-content-today": 1.1, "held-key": 1.0},
    **{"outcome": 1.2, "queue": 1.2, "person": 1.2},
    **{"export": 1.3, "review": 2.0},
    **{"ten-years": 1.3, "ten-years-calls": 1.5, "ten-years-memory": 1.3},
    **{"ten-years-today": 2.0, "ten-years-queue": 2.0},
    **{"plain-copy": 3.0},
    **{"plans": 1.3, "plans-timeline": 1.3, "plans-today": 1.3},
    **{"programmes": 1.3, "programmes-today": 1.3},
    **case_year.GOALS,
    **{f"{name}-ten": round(goal * case_year.TEN, 2) for name, goal in case_year.GOALS.items()},
}
COME_WITH_OTHERS = {
    *(
        "review-funnel",
        "review-whole",
        "plans-timeline",
        "plans-today",
        "programmes-today",
        "change",
        "import-memory-flat",
        "ten-years-calls",
        "ten-years-today",
        "ten-years-queue",
    ),
    *("ten-years-memory", "first-content-today", "plain-copy-raw"),
    *(
        f"year{of}{ten}"
        for of in ("", "-calls", "-messages", "-review", "-search")
        for ten in ("", "-ten")
    ),
}  # figures that come with a case of another name


def smallest(folder: Path) -> Settings:
    sizes = Settings(
        folder,
        runs=1,
        quick_runs=1,
        keys=2,
        people=60,
        few=40,
        many=80,
        changed=20,
        past=100,
        held=5,
    )
    return replace(sizes, named=True, install=False)


@pytest.mark.parametrize("name", sorted(bench.CASES))
def test_a_case_runs_and_names_its_reference(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "WARM_UP_ROUNDS", 0)
    try:
        figures = bench.CASES[name](smallest(tmp_path))
    except Unavailable:  # see test_jrnl_is_looked_for_where_it_may_be
        figures = []
    assert figures or name == "add"
    for figure in figures:
        assert figure.ours > 0 or figure.unit == "cards"
        assert figure.reference > 0
        assert figure.reference_what
        assert figure.goal == GOALS.get(figure.name)
        assert figure.name in COME_WITH_OTHERS | {name}


def test_every_goal_has_its_case() -> None:
    assert set(GOALS) - COME_WITH_OTHERS <= set(bench.CASES)


def test_people_made_for_measuring_are_as_the_product_makes_them(tmp_path: Path) -> None:
    path = crowd(smallest(tmp_path), 80)
    book = open_book(path)
    assert people_list.count(book) == 80
    assert [person.name for person in person_card.page(book, 0, 1)] == [NEWEST]
    assert not [finding for finding in check.check(book) if finding.grave and finding.flaws]
    for kind, words in mix(book, 80):
        assert people_list.found(book, View(words)).ids, (kind, words)
    book.close()
    assert crowd(smallest(tmp_path), 80) == path, "kept"


def test_memory_is_shown_in_its_unit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = Figure("held", "ours", 150.0, 200.0, "theirs", goal=1.0, unit="MB")
    monkeypatch.setattr(bench, "CASES", {"held": lambda _settings: [held]})
    assert bench.main([]) == 0
    assert "150.0 MB  ours" in capsys.readouterr().out


def test_what_takes_long_is_run_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    long: list[bool] = []

    def heard(settings: Settings) -> list[Figure]:
        long.append(settings.named)
        return []

    monkeypatch.setattr(bench, "CASES", {"heard": heard})
    for words in ([], ["--full"], ["heard"]):
        bench.main(words)
    assert long == [False, True, True]


def test_the_table_and_the_json_say_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        Figure("fast", "ours", 0.010, 0.020, "theirs", goal=0.6, runs=5, more={"p95": 0.5}),
        Figure("slow", "ours", 3.0, 2.0, "theirs", goal=1.2, runs=5),
        Figure("open", "ours", 1.0, 2.0, "theirs", runs=5),
    ]
    monkeypatch.setattr(bench, "CASES", {"all": lambda _settings: found})
    assert bench.main([]) == 1, "a goal was missed"
    said = capsys.readouterr().out
    for text in ("10.0 ms", "0.50  ratio, goal ≤ 0.6, met", "1.50  ratio, goal ≤ 1.2, MISSED"):
        assert text in said
    assert bench.main(["all", "--json"]) == 1
    assert [(f["name"], f["ratio"], f["met"]) for f in json.loads(capsys.readouterr().out)] == [
        ("fast", 0.5, True),
        ("slow", 1.5, False),
        ("open", 0.5, None),
    ]
    monkeypatch.setattr(bench, "CASES", {"all": lambda _settings: found[:1]})
    assert bench.main([]) == 0


def test_a_case_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        bench.main(["strat"])
    assert left.value.code == 2
    assert "no case strat; there are" in capsys.readouterr().err


def test_what_can_not_be_measured_is_said_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(_settings: Settings) -> list[Figure]:
        raise Unavailable("it is not here")

    there = Figure("there", "ours", 1.0, 2.0, "theirs", goal=1.0, runs=5)
    monkeypatch.setattr(bench, "CASES", {"absent": absent, "there": lambda _settings: [there]})
    assert bench.main([]) == 0
    said = capsys.readouterr()
    assert said.err == "absent: it is not here\n"
    assert said.out.startswith("there")


def test_pairs_are_run_in_turn_after_one_round_that_does_not_count() -> None:
    order: list[str] = []

    def run(name: str) -> float:
        order.append(name)
        return len(order)

    ours, theirs = in_turn(2, lambda: run("a"), lambda: run("b"))
    assert order == ["a", "b"] * 3
    assert (ours, theirs) == ([3, 5], [4, 6])


def test_a_percentile_is_a_value_measured() -> None:
    values = [float(number) for number in range(100)]
    assert percentile(values, 0.95) == 95.0
    assert percentile([1.0], 0.95) == 1.0


def test_the_list_is_the_same_each_time_and_as_long_as_asked() -> None:
    first, again = list(rows(200)), list(rows(200))
    assert first == again
    assert len(first) == 200
    assert {len(row) for row in first} == {len(HEADINGS)}
    assert len({tuple(row) for row in first}) < 200, "some come twice"


def test_jrnl_is_looked_for_where_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_processes, "find_spec", lambda _name: None)
    monkeypatch.setattr(case_processes, "user_cache_path", lambda *_a, **_k: tmp_path / "cache")
    with pytest.raises(Unavailable, match=r"python -m tests\.bench add fetches it"):
        case_processes.jrnl_command(smallest(tmp_path))


def test_waiting_gives_up_naming_what_never_came() -> None:
    with pytest.raises(TimeoutError, match="the moon: not within 0 s"):
        wait_until(lambda: None, "the moon", patience=0)
