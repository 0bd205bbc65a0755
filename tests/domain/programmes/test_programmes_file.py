"""A programme's file: what ships is read, and what is wrong is named by file, line and key."""

from __future__ import annotations

import pytest

from opslog import shipped
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.programmes.programmes_file import read
from tests.services.programmes.programme import PROGRAMME

STEP = '[[step]]\nid = "{id}"\nday = {day}\nby_hand = true\n'


def faults(text: str, file: str = "programmes/trial.toml") -> list[str]:
    with pytest.raises(Faulty) as found:
        read(text, file)
    return [str(fault) for fault in found.value.faults]


@pytest.mark.parametrize("name", shipped.names("programmes"))
def test_every_programme_that_ships_can_be_read(name: str) -> None:
    programme = read(shipped.text(name), name)
    assert programme.running
    assert programme.leave


def test_a_programme_as_it_is_written() -> None:
    programme = read(PROGRAMME, "programmes/trial.toml")
    assert programme.code == "trial"
    assert [str(step.named) for step in programme.steps] == [
        *("day 1", "day 2", "day 3", "day 7", "month 3")
    ]
    assert [step.id for step in programme.running] == ["hello", "two", "three", "seven"]
    assert programme.target == 0.08


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [
        ('leave = ["reply", "colleague", "sales"]', "leave = []", "line 6: there is no way out"),
        ("day = 2\n", "day = 3\n", "two steps by wecom fall on day 3"),
        ("day = 7\n", "day = 1\nchannel = 'sms'\n", "day 1 stands behind day 3"),
        ("{person}，", "{preson}，", "{preson} is filled in by nothing"),
        ('id = "two"', 'id = "three"', "“three” is the name of two steps"),
        ("day = 7\n", "day = 7\nweek = 1\n", "a step has one of day, week, month"),
        ('stage = "brand"', "stag = 1", "“stag” is not known here"),
        ('runs = "month"', 'runs = "decade"', "“runs” must be one of"),
        ("day = 2\n", "day = 2\nclock = '25:00'\n", "“clock” must be a time"),
        ("day = 2\n", "day = 2\nclock = '03:00'\n", "nobody is written to at 03:00"),
        ('id = "two"', 'id = "step two"', "“id” is a word without spaces"),
        ('en = "Trial"', "", "“en” is missing"),
        ('[[step]]\nid = "hello"', '[[enter]]\nby = 1\n[[step]]\nid = "hello"', "[[enter]] says"),
    ],
)
def test_what_is_wrong_is_named(change: str, to: str, said: str) -> None:
    text = PROGRAMME.replace(change, to)
    assert text != PROGRAMME
    found = faults(text)
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("programmes/trial.toml, line ") for fault in found)


def test_a_thousand_steps_are_too_many() -> None:
    text = PROGRAMME + "".join(STEP.format(id=n, day=n) for n in range(100, 1_100))
    assert "1005 steps are too many; a programme has at most 200" in faults(text)[0]


def test_a_file_that_is_no_name() -> None:
    assert (
        "“Ein Name” is no name of a programme" in faults(PROGRAMME, "programmes/Ein Name.toml")[0]
    )


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [
        ('zh = "试用"', "zh = “试用”", 'line 2: “ is a full-width sign; write " instead'),
        ('"reply", "colleague"', '"reply"，"colleague"', "line 6: ， is a full-width sign"),
        ("target = 8", "target：8", "line 5: ： is a full-width sign; write = instead"),
        ("target = 8", "target = ８", "line 5: ８ is a full-width sign; write 8 instead"),
        ("target = 8", "target ＝ 8 # “好”", "line 5: ＝ is a full-width sign; write = instead"),
    ],
)
def test_signs_of_a_chinese_keyboard_are_named(change: str, to: str, said: str) -> None:
    (fault,) = faults(PROGRAMME.replace(change, to))
    assert said in fault


def test_such_signs_within_words_are_no_fault() -> None:
    text = PROGRAMME.replace('"第二天的话"', '"""他说“好”，\n“行”"""') + "x ="
    (fault,) = faults(text)
    assert "full-width" not in fault


def test_what_there_is_none_of_is_named_where_it_is_known_what_there_is() -> None:
    text = PROGRAMME.replace(
        '[[step]]\nid = "hello"', '[[enter]]\noutcome = "nix"\n[[step]]\nid = "hello"'
    ).replace('stage = "brand"', 'label = "品牌 99"')
    assert read(text, "programmes/trial.toml").entries
    with pytest.raises(Faulty) as found:
        read(text, "programmes/trial.toml", outcomes=["interested"], labels={"品牌 01"})
    said = " ".join(str(fault) for fault in found.value.faults)
    assert "there is no piece of content “品牌 99”" in said
    assert "“nix” comes of no call; known: interested" in said


@pytest.mark.parametrize("words", ["{person", "{person}}", "｛person｝您好", "价格｛见附件"])
def test_a_brace_of_no_pair_would_go_out_as_it_stands(words: str) -> None:
    (fault,) = faults(PROGRAMME.replace("第二天的话", words))
    assert "would go out as it stands: a field is written {person}" in fault
    assert "text_zh" in fault


def test_words_that_are_blank_in_one_language_are_a_fault() -> None:
    (fault,) = faults(PROGRAMME.replace("第二天的话", "  "))
    assert "“text_zh” holds no words: write some, or take the line out" in fault
    read(PROGRAMME.replace('text_zh = "第二天的话"\n', ""), "programmes/trial.toml")
