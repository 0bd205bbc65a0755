"""``opslog review EVENT --accept N`` and its like, as they are typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.reviews.acts.proposals import Offer
from opslog.locale import Msg
from opslog.services.book.book import open_book
from opslog.services.reviews import acts
from tests.conftest import StandingClock
from tests.services.reviews.learned import held


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-30T09:00")
    clock = StandingClock(datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    book = open_book(path, clock=clock)
    held(book, clock)
    book.close()
    return path


def test_an_accepted_act_is_said_with_its_difference_and_in_the_next_plan(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "大会5", "--accept", "1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Accepted: Posters and the words")
    assert said[1].endswith(": T-10 → T-12")
    assert said[4:6] == ["  -days = -10", "  +days = -12"]
    assert run(["review", "大会5", "--accept", "1"]) == 1
    assert "is decided already" in capsys.readouterr().err
    owes = "Posters and the words for each channel are final T-12: changed in the review of 大会5"
    new = ["event", "add", "春季大会", "--kind", "conference", "--on", "2027-03-10 09:00"]
    assert run(new) == 0
    assert owes in capsys.readouterr().out.splitlines()
    assert run(["event", "plan", "春季大会"]) == 0
    assert owes in capsys.readouterr().out.splitlines()
    assert run(["event", "plan", "春季大会", "--json"]) == 0
    plan = {one["step"]: one for one in json.loads(capsys.readouterr().out)}
    assert (plan["posters"]["offset"], plan["posters"]["owes"]) == (-12, [owes])
    assert run(["event", "show", "春季大会", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["owes"] == [owes]
    assert run(["review", "春季大会", "--json"]) == 0
    assert owes in capsys.readouterr().out
    assert (db.parent / "playbooks" / "conference.toml").exists()


def test_dismissed_noted_and_typed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "大会5", "--dismiss", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"].startswith("Dismissed: Posters")
    assert run(["review", "大会5", "--note", "aim", "太大了"]) == 0
    assert capsys.readouterr().out == "Review of 大会5: Aim and form\n"
    assert run(["review", "大会5", "--act", "试一次投影", "--step", "room"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Learned from 大会5: 试一次投影"
    assert said[1].endswith("a line more on its checklist, “试一次投影”")
    assert run(["review", "大会5"]) == 0
    shown = capsys.readouterr().out
    assert "太大了" in shown
    assert "试一次投影" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--accept", "9"], "There is no proposal 9; this review has 2"),
        (["--note", "ziel", "x"], "“ziel” is no part of a review"),
        (["--act", " "], "An act needs a few words"),
        (["--act", "x", "--step", "rooms"], "The plan has no step “rooms”"),
        (["--step", "room"], "--step goes with --act TEXT"),
    ],
)
def test_what_can_t_be_done_is_said_in_a_sentence(
    db: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["review", "大会5", *words]) == 1
    assert capsys.readouterr().err.startswith(f"opslog: {said}")


def test_an_act_of_a_channel_says_that_it_changes_no_plan(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, why = Msg("Less by E-mail, more by Moments"), Msg("5 events")
    offer = Offer("channel.1", text, why, None)
    monkeypatch.setattr(acts, "offers", lambda *_of: [offer])
    assert run(["review", "大会5", "--accept", "1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Accepted: Less by E-mail, more by Moments (大会5)",
        "  Nothing of the plan changes by itself; it stands with the review.",
    ]
