"""The road show of the operator's case, entered by hand: 21 days through eleven cities, without a
list, every figure of its published review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book

Out = pytest.CaptureFixture[str]
SHOW = ["event", "figure", "路演"]
DAYS = ["--on", "2026-09-07", "--ends", "2026-09-27"]
ENTERED = [
    ["event", "add", "路演", "--kind", "conference", "--list", "none", *DAYS],
    ["event", "target", "路演", "成交客户=58"],
    ["event", "cost", "路演", "路演", "--planned", "22 万", "--spent", "220,000"],
    [*SHOW, "days", "21"],
    [*SHOW, "城市", "11"],
    [*SHOW, "business districts", "32"],
    [*SHOW, "reach", "4,766"],
    [*SHOW, "leads", "102"],
    [*SHOW, "客户", "33"],
    [*SHOW, "customers", "--change", "-59.29%", "--against", "same_month_last_year"],
    [*SHOW, "customers", "--change", "-76.37％", "--against", "上月"],
    [*SHOW, "customers", "--change", "-45.74%", "--against", "half_year_before"],
    [*SHOW, "customers", "--change=-16.13%", "--against", "half-year-after"],
    [*SHOW, "访客", "8,108", "--change", "-9.9%", "--source", "百度统计"],
    [*SHOW, "province_visitors", "7540"],
    [*SHOW, "日均访客", "243", "--change", "-19", "-7.3%"],
    [*SHOW, "浏览量", "20.4万"],
    [*SHOW, "page_views_per_day", "6,578", "--change", "-20.1%"],
]


@pytest.fixture
def entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    open_book(path).close()
    for words in ENTERED:
        assert run(words) == 0, words
    capsys.readouterr()


def read_json(capsys: Out, *words: str) -> Any:
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("entered")
def test_every_figure_of_the_road_show_is_shown(capsys: Out) -> None:
    assert run(["event", "figures", "路演"]) == 0
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "reach 4,766",
        "days 21",
        "cities 11",
        "business districts 32",
        "leads 102",
        "customers 33 -59.29% the same month of last year",
        "-76.37% the previous month",
        "-45.74% the monthly mean of the half-year before",
        "-16.13% the monthly mean of the half-year after",
        "visitors 8,108 -9.9% 百度统计",
        "visitors from the province 7,540",
        "visitors a day 243 -19, -7.3%",
        "page views 204,000",
        "page views a day 6,578 -20.1%",
    ]


@pytest.mark.usefixtures("entered")
def test_the_review_shows_every_figure_of_it(capsys: Out, tmp_path: Path) -> None:
    page = tmp_path / "review.md"
    assert run(["report", "event", "路演", "-o", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    for row in (
        "Reached | 4,766 |",
        "Leads | 102 |",
        "customers | 33 | 58 |",
        "costs | ¥220,000 | ¥220,000 |",
        "a customer | ¥6,667 | ¥3,793 |",
        "days | 21 |",
        "cities | 11 |",
        "business districts | 32 |",
        "visitors from the province | 7,540 |",
        "page views | 204,000 |",
    ):
        assert f"| {row}" in text, row
    for figure, remarks in (
        (
            "customers | 33 |",
            [
                "-59.29% against the same month of last year",
                "-76.37% against the previous month",
                "-45.74% against the monthly mean of the half-year before",
                "-16.13% against the monthly mean of the half-year after",
            ],
        ),
        ("visitors | 8,108 |", ["-9.9%", "百度统计"]),
        ("visitors a day | 243 |", ["-19, -7.3%"]),
        ("page views a day | 6,578 |", ["-20.1%"]),
    ):
        (line,) = [
            line
            for line in text.split("From elsewhere")[1].splitlines()
            if line.startswith(f"| {figure}")
        ]
        assert [remark for remark in remarks if remark not in line] == []


@pytest.mark.usefixtures("entered")
def test_what_is_typed_wrong_is_refused_and_what_is_undone_is_gone(capsys: Out) -> None:
    for words, said in (
        (["event", "figure", "路演", "visitors", "8k1"], "“8k1” is no number"),
        (["event", "figure", "路演", "visitors", "--change", "less"], "“less” is no change"),
        (["event", "cost", "路演", "场地", "--spent", "viel"], "“viel” is no amount"),
        (["event", "cost", "路演", "--spent", "5"], "Which cost?"),
        (["event", "channel", "路演", "EDM", "--remove"], "“EDM” is no channel of 路演"),
        (["event", "target", "路演", "customers"], "“customers” is no target"),
    ):
        assert run(words) == 1, words
        assert capsys.readouterr().err.startswith(f"opslog: {said}"), words
    assert run(["event", "channel", "路演", "edm", "--cost", "300", "--clicks", "1,200"]) == 0
    capsys.readouterr()
    (one,) = read_json(capsys, "event", "channels", "路演")
    assert (one["label"], one["kind"], one["cost"], one["clicks"]) == ("edm", "edm", 300, 1_200)
    assert run(["undo"]) == 0
    capsys.readouterr()
    assert read_json(capsys, "event", "channels", "路演") == []


@pytest.mark.usefixtures("entered")
def test_a_stop_is_typed_as_the_advice_says_without_quotes(capsys: Out) -> None:
    assert run(["event", "add", "冬季路演", "--kind", "roadshow", "--on", "2026-12-07"]) == 0
    assert run(["event", "stops", "冬季路演", "杭州", "12-07", "12-08", "宁波", "12-09"]) == 0
    assert run(["event", "stops", "冬季路演", "温州 12-10", "南京 12-12"]) == 0
    capsys.readouterr()
    assert run(["event", "stops", "冬季路演"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[1] for line in said.splitlines()][:4] == ["杭州", "宁波", "温州", "南京"]
