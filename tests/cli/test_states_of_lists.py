"""Several columns of states, answers before the day, and whose customer somebody is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0


def cards(capsys: pytest.CaptureFixture[str], text: str) -> list[tuple[Any, ...]]:
    """State and presence of each row of a list taken in."""
    Path("a.csv").write_text(text, encoding="utf-8")
    assert run(["import", "a.csv", "--event", "沙龙"]) == 0
    assert run(["export", "roster", "-o", "out.json", "--event", "沙龙", "--force"]) == 0
    rows = json.loads(Path("out.json").read_text(encoding="utf-8"))
    capsys.readouterr()
    return [(row["state"], row["attended"]) for row in rows]


@pytest.mark.parametrize(
    ("states", "right"),
    [
        ("已通过,已支付", "coming"),
        ("已通过,未支付", "waiting"),
        ("待审核,已支付", "waiting"),
        ("已取消,未支付", "withdrawn"),
        ("已通过,已退款", "withdrawn"),
        (",未支付", "waiting"),
        ("甲乙丙,已支付", "coming"),
    ],
)
def test_of_several_states_the_strongest_holds(
    states: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"姓名,手机,审核状态,支付状态\n王志刚,13800138000,{states}\n"
    assert cards(capsys, text) == [(right, None)]


@pytest.mark.parametrize("heading", ["是否参会", "是否出席", "RSVP"])
@pytest.mark.parametrize(
    ("today", "right"),
    [
        ("2026-11-23T09:00", [("coming", None), ("withdrawn", None)]),
        ("2026-12-05T18:00", [("coming", True), ("coming", None)]),
    ],
)
def test_an_answer_before_the_day_is_no_presence(
    heading: str,
    today: str,
    right: list[tuple[str, bool | None]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPSLOG_NOW", today)
    if heading == "RSVP":  # an answer whenever it comes
        right = [("coming", None), ("withdrawn", None)]
    text = f"姓名,手机,{heading}\n王志刚,13800138000,是\n李娜,13900139000,否\n"
    assert cards(capsys, text) == right


def test_whose_customer_somebody_is_is_kept_unless_that_is_declined(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("a.csv").write_text("姓名,手机,客户负责人\n王志刚,13800138000,小陈\n", encoding="utf-8")
    for told, kept in (["--field", "none"], {}), ([], {"客户负责人": "小陈"}):
        assert run(["import", "a.csv", "--event", "沙龙", *told]) == 0
        capsys.readouterr()
        assert run(["people", "--json"]) == 0
        (person,) = json.loads(capsys.readouterr().out)
        assert person["fields"] == kept
