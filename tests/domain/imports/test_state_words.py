"""What a cell says of a sign-up and of who came, word by word."""

from __future__ import annotations

import tomllib

import pytest

from opslog import shipped
from opslog.domain.imports.state_words import PARTS, Said, of_presence, of_status
from opslog.domain.rosters.rosters import STATES, STATES_SAID
from opslog.locale import msg

DATA = tomllib.loads(shipped.text("lists/states.toml"))


@pytest.mark.parametrize("part", PARTS)
def test_every_word_that_ships_says_what_it_is_listed_for(part: str) -> None:
    words = [*DATA[part]["is"], *DATA[part]["holds"]]
    wrong = {word: of_status(word.rstrip("*")).state for word in words}
    assert {word: state for word, state in wrong.items() if state != part} == {}


@pytest.mark.parametrize(("part", "came"), [("came", True), ("absent", False)])
def test_every_word_of_who_came_says_so(part: str, came: bool) -> None:
    words = [*DATA[part]["holds"], *DATA[part]["column"]]
    assert [word for word in words if of_presence(word.rstrip("*")).came is not came] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("state", STATES)
def test_what_an_export_says_of_a_sign_up_is_understood_again(state: str, language: str) -> None:
    word = msg(STATES_SAID[state]).render(language)
    assert of_status(word) == Said(state)
    assert of_status(f" {word.upper()}。") == Said(state)  # as somebody may have touched it


@pytest.mark.parametrize(
    ("word", "state"),
    [("报名情况不明", "unknown"), ("sign-up not clear", "unknown"), ("未到时间", "waiting")],
)
def test_what_exports_of_before_said_is_understood_too(word: str, state: str) -> None:
    assert of_status(word) == Said(state)


def test_the_longest_word_counts_and_a_withdrawal_before_all() -> None:
    assert of_status("审核不通过").state == "withdrawn"
    assert of_status("已取消候补").state == "withdrawn"
    assert of_status("报名成功，待支付").state == "waiting"
    assert of_status("未取消").state == "coming"


def test_the_contrary_of_a_word_is_not_taken_for_it() -> None:
    assert of_status("未同意") == Said("unknown", understood=False)
    assert of_status("未同意，已报名").state == "unknown"
    assert of_status("notified") == Said("unknown", understood=False)


def test_a_sign_in_says_nothing_of_the_sign_up() -> None:
    assert of_status("未签到") == Said("", False)
    assert of_status("已签到（迟到）") == Said("", True)
    assert of_presence("请假") == Said("withdrawn", False)


@pytest.mark.parametrize("text", ["14:02", "签到成功 14:02", "2026-11-27 14:02:11"])
def test_a_bare_time_is_a_presence(text: str) -> None:
    assert of_presence(text).came is True


@pytest.mark.parametrize("text", ["On-demand", "观看回放", "00:00:00"])
def test_a_view_of_the_replay_is_none(text: str) -> None:
    assert of_presence(text).came is False
