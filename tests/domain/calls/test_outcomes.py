"""The outcome sets: what ships, and what is said about a file of one's own that is broken."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.base.titles import Phrase
from opslog.domain.calls import order as call_order
from opslog.domain.calls import outcomes_file, seniority, talk_tracks
from opslog.domain.calls.outcomes import check_purpose, purpose_title


def shipped(name: str) -> str:
    return (resources.files("opslog") / "shipped" / "calls" / name).read_text(encoding="utf-8")


OUTCOMES = outcomes_file.read(shipped("outcomes.toml"))
TRACKS = talk_tracks.read(shipped("talk_tracks.toml"))
SENIORITY = seniority.read(shipped("seniority.toml"))


@pytest.mark.parametrize(
    ("purpose", "lane", "codes"),
    [
        (
            "reminder",
            "phone",
            "coming not_coming no_answer call_back wrong_number do_not_call unsure",
        ),
        (
            "callback-1",
            "phone",
            "interested answered no_answer call_back wrong_number do_not_call not_interested"
            " hand_over",
        ),
        (
            "callback-2",
            "wecom",
            "interested replied sent later not_reachable do_not_write not_interested hand_over",
        ),
    ],
)
def test_digits_are_where_the_fingers_know_them(purpose: str, lane: str, codes: str) -> None:
    outcomes = OUTCOMES.of(purpose, lane)
    assert [(o.digit, o.code) for o in outcomes.keys] == list(enumerate(codes.split(), 1))


def test_questions_stand_where_an_answer_is_wanted() -> None:
    asked = {(o.code, o.ask) for s in OUTCOMES.sets.values() for o in s.all if o.ask}
    assert asked == {
        *(("not_coming", "why"), ("call_back", "when"), ("later", "when"), ("hand_over", "lead")),
        ("colleague_comes", "instead"),
    }


def test_three_facts_are_kept_apart() -> None:
    phone = OUTCOMES.of("callback-1", "phone")
    no_answer, wrong, answered = (phone.get(c) for c in ("no_answer", "wrong_number", "answered"))
    assert no_answer is not None
    assert wrong is not None
    assert answered is not None
    assert (no_answer.contacted, no_answer.answered) == (True, False)
    assert (wrong.contacted, wrong.answered) == (False, False)
    assert (answered.contacted, answered.answered) == (True, True)


def test_every_title_that_ships_is_in_the_catalogue() -> None:
    titles = [o.title for s in OUTCOMES.sets.values() for o in s.all]
    for title in (*titles, *OUTCOMES.reasons.values()):
        assert title.message.render("zh_CN") == title.zh
        assert title.message.english() == title.en


def test_a_title_of_ones_own_is_kept_in_both_languages_in_the_journal() -> None:
    label = Phrase("gone fishing", "钓鱼去了").message
    assert label.render("en") == "gone fishing"
    assert label.render("zh_CN") == "钓鱼去了"


def test_purposes_by_name() -> None:
    assert str(purpose_title("callback-12")) == "call-back 12"
    for wrong in ("callback", "callback-0", "remind", "callback-1x", ""):
        with pytest.raises(Refused, match="no purpose"):
            check_purpose(wrong)


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ('ends = "call"', 'ends = "cal"', "must be one of", "coming"),
        ('ends = "call"', 'ends = "call"\nretry = "2h"', "not both", "coming"),
        ("digit = 2", "digit = 1", "the digit 1 is taken", "not_coming"),
        ("chance = 0.80", "chance = 80", "from 0 to 1", "coming"),
        ('retry = "2h"', 'retry = "2 hours"', "30m, 2h or 1d", "no_answer"),
        ("contacted = true", 'contacted = "yes"', "true or false", "coming"),
        ('ask = "why"', 'aks = "why"', "“aks” is not known", "not_coming"),
    ],
)
def test_a_broken_file_is_named_with_its_line(old: str, new: str, said: str, line: str) -> None:
    text = shipped("outcomes.toml")
    start = text.index(f"[reminder.phone.{line}]")
    broken = text[:start] + text[start:].replace(old, new, 1)
    first = broken[:start].count("\n") + 1
    with pytest.raises(Refused, match=said) as refusal:
        outcomes_file.read(broken, "mine/outcomes.toml")
    told = str(refusal.value)
    assert told.startswith("mine/outcomes.toml, line ")
    assert first <= int(told.split("line ")[1].split(":")[0]) <= first + 12


def test_a_part_of_the_day_must_be_one() -> None:
    text = shipped("outcomes.toml").replace("09:00-11:45", "11:45-09:00")
    with pytest.raises(Refused, match="09:00-12:00"):
        outcomes_file.read(text)


def test_no_toml_at_all() -> None:
    with pytest.raises(Refused, match=r"o\.toml, line 2: not readable as TOML"):
        outcomes_file.read("[parts]\nmorning = 09:00", "o.toml")


@given(st.text(max_size=400))
def test_any_file_is_read_or_refused(text: str) -> None:
    for read in (outcomes_file.read, talk_tracks.read, seniority.read, call_order.read):
        told = ""
        try:
            read(text, "x.toml")
        except Refused as refusal:
            told = str(refusal)
        assert not told or told.startswith("x.toml, line ")


def test_hours_of_calling() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    noon = datetime(2026, 11, 23, 12, 30, tzinfo=zone)
    assert OUTCOMES.calling_hours(noon.replace(hour=10))
    assert not OUTCOMES.calling_hours(noon)
    assert not OUTCOMES.calling_hours(noon + timedelta(hours=10))


# Talk tracks ------------------------------------------------------------------------------------


def test_talk_differs_by_day_lane_and_second_try() -> None:
    said = {
        TRACKS.find("reminder", "phone", slot="day_before").say,
        TRACKS.find("reminder", "phone", slot="on_day").say,
        TRACKS.find("reminder", "phone", slot="on_day", again=True).say,
        TRACKS.find("callback-1", "phone").say,
        TRACKS.find("callback-1", "phone", attended=False).say,
        TRACKS.find("callback-1", "phone", again=True).say,
        TRACKS.find("callback-1", "wecom").say,
        TRACKS.find("callback-1", "wecom", again=True).say,
        TRACKS.find("callback-2", "phone").say,
        TRACKS.find("callback-7", "wecom").say,
    }
    assert len(said) == 10
    assert "" not in said


@pytest.mark.parametrize("lane", ["phone", "wecom"])
def test_who_was_there_is_thanked_and_nobody_else(lane: str) -> None:
    locale.set_language("zh_CN")
    said = partial(TRACKS.find, "callback-1", lane, fields={"person": "王", "event": "沙龙"})
    unknown, came, absent = (said(attended=mark).say for mark in (None, True, False))
    sent = said(attended=False, sent=True).say
    assert "感谢参加" not in unknown + absent + sent
    assert lane == "phone" or "感谢参加" in came
    assert "没见到您" in absent
    assert "感谢您安排同事来参加" in sent
    assert "参加过" not in "".join(TRACKS.find("callback", one).say for one in ("phone", "wecom"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("太远", "too_far"), ("太远了。", "too_far"), ("Far", "too_far"), ("ill", "ill")),
        *(("远", "远"), ("does not", "does not"), ("太远，下次线上", "太远，下次线上")),
    ],
)
def test_words_of_a_known_reason_are_that_reason(typed: str, code: str) -> None:
    assert OUTCOMES.meant(typed) == code


def test_talk_is_filled_in_and_speaks_both_languages() -> None:
    fields = {"person": "王志刚", "event": "{company}", "company": "万科"}
    english = TRACKS.find("callback-2", "phone", fields=fields)
    locale.set_language("zh_CN")
    chinese = TRACKS.find("callback-2", "phone", fields=fields)
    assert english.say.startswith("Hello 王志刚")
    assert chinese.say.startswith("王志刚您好")
    assert "{company}" in chinese.say  # what was filled in is data and is not filled in again
    assert len(english.questions) == len(chinese.questions) == 4


@pytest.mark.parametrize(
    ("track", "said"),
    [
        ('purpose = "callback-0"', "“purpose” must be"),
        ('purpose = "reminder"\nlane = "fax"', "“lane” must be one of: phone, wecom"),
        ('purpose = "reminder"\nsay_en = "a"\nsay_zh = "b"\nquestions_en = "why?"', "list"),
        ('purpose = "reminder"\nsay_en = "a"', "“say_zh” is missing"),
    ],
)
def test_a_broken_track_is_refused(track: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        talk_tracks.read(f"[[track]]\n{track}\n", "t.toml")


def test_a_company_that_is_not_known_is_spoken_of_all_the_same() -> None:
    questions = TRACKS.find("callback-1", "phone", fields={"person": "王志刚"}).questions
    assert str(questions[2].title) == "Can you use it at your company? How is it done today?"


# Seniority --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("总经理", "owner"),
        ("副总经理", "vice"),
        ("总经理助理", "assistant"),
        ("首席执行官CEO/总裁/总经理", "owner"),
        ("技术总监", "director"),
        ("产品经理", "staff"),
        ("市场经理", "manager"),
        ("王总", "boss"),
        ("联合创始人", "owner"),
        ("CEO", "owner"),
        ("Vice President, Sales", "vice"),
        ("President", "owner"),
        ("VP", "vice"),
        ("Head of Marketing", "director"),
        ("Sales manager", "manager"),
        ("CTO", "chief"),
    ],
)
def test_levels(title: str, level: str) -> None:
    found = SENIORITY.of(title)
    assert found is not None
    assert found.code == level


@pytest.mark.parametrize("title", ["", "  ", "工程师", "MVP winner", "Leadership fellow"])
def test_titles_that_say_nothing(title: str) -> None:
    assert SENIORITY.of(title) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{day} {time}开始，地点{place}。来吗？", "周五 14:00开始。来吗？"),
        ("{day} {time}开始，地点在{place}吗？", "周五 14:00开始。"),
        ("{place}，您能来吗？", "您能来吗？"),
        ("座位（{time}，{place}）：回“1”", "座位（14:00）：回“1”"),
        ("地点：{place}\n时间：{time}", "时间：14:00"),
        ("It starts at {time}, {place}; the desk opens.", "It starts at 14:00; the desk opens."),
        ("{time}在{place}", "14:00在…"),
    ],
)
def test_a_part_of_which_nothing_is_known_is_not_said(words: str, said: str) -> None:
    talk = talk_tracks.own(words, {"day": "周五", "time": "14:00"})
    assert (talk.say, talk.blank) == (said, ("place",))
