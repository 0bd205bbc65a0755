"""Questions as the file has them, and what counts as an answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from opslog import locale
from opslog.domain.answers.answers import Answer, counted
from opslog.domain.answers.questions import KINDS, Question, Said
from opslog.domain.base.refusal import Refused
from opslog.domain.calls import talk_tracks

SCALE = Question("useful", "有用吗？", "Useful?", "scale")
CHOICE = Question(
    "hear", "想听什么？", "What?", "choice", ("案例", "2"), ("cases", "prices"), other=True
)
CLOSED = CHOICE._replace(other=False)
PARKING = Question("parking", "车位？", "Parking?", "yes_no", ("要", "不要"), ("please", "no"))
WORDS = Question("need", "需求？", "Need?")


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        (SCALE, "4", Said("4")),
        (SCALE, " ４ ", Said("4")),
        (CHOICE, "1", Said("案例")),
        (CHOICE, "2", Said("2")),  # the digit is the second option, whatever options are called
        (CHOICE, "Cases", Said("案例")),
        (CHOICE, "现场  演示", Said("", "现场 演示")),
        (CHOICE, "9", Said("", "9")),
        (PARKING, "1", Said("yes")),
        (PARKING, "不要", Said("no")),
        (PARKING, "有", Said("yes")),
        (PARKING, "PLEASE", Said("yes")),
        (WORDS, "3", Said("", "3")),
    ],
)
def test_what_is_typed_is_read(question: Question, typed: str, said: Said) -> None:
    assert question.read(typed) == said


@pytest.mark.parametrize(
    ("question", "typed"),
    [(SCALE, "6"), (SCALE, "0"), (SCALE, "good"), (CLOSED, "3"), (PARKING, "maybe"), (WORDS, " ")],
)
def test_what_is_no_answer_is_refused(question: Question, typed: str) -> None:
    with pytest.raises(Refused):
        question.read(typed)


def test_an_answer_speaks_both_languages() -> None:
    assert str(CHOICE.said(Said("案例"))) == "cases"
    assert str(PARKING.said(Said("yes"))) == "please"
    assert str(SCALE.said(Said("5"))) == "5"
    assert str(CHOICE.said(Said("", "现场演示"))) == "现场演示"
    locale.set_language("zh_CN")
    assert str(PARKING.said(Said("no"))) == "不要"
    assert str(WORDS._replace(kind="yes_no").said(Said("yes"))) == "是"


TRACK = '[[track]]\npurpose = "reminder"\nsay_zh = "喂"\nsay_en = "hello"\nask = ["q"]\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 5, "no [[question]] with the key “q”"),
        ('[[question]]\nkey = "q"\n', 6, "“text_zh” is missing"),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\nkind = "stars"\n', 9, "must be one of"),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\nkind = "choice"\n', 6, "two to eight options"),
        (
            '[[question]]\nkey = "q"\ntext_zh = "a"\nkind = "scale"\noptions_zh = ["b"]\n',
            *(10, "a scale has no options"),
        ),
        (
            '[[question]]\nkey = "q"\ntext_zh = "a"\nkind = "choice"\n'
            'options_zh = ["b", "c"]\noptions_en = ["d"]\n',
            *(11, "as many options"),
        ),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\nconcerns = "boss"\n', 9, "must be one of"),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\nother = true\n', 9, "for a choice alone"),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\ncolour = "red"\n', 9, "“colour” is not known"),
        ('[[question]]\nkey = "q"\ntext_zh = "a"\n' * 2, 10, "two questions “q”"),
    ],
)
def test_mistakes_are_named_by_file_line_and_key(text: str, line: int, said: str) -> None:
    with pytest.raises(Refused) as refused:
        talk_tracks.read(TRACK + text, "t.toml")
    assert re.search(rf"t\.toml, line {line}(, “\w+”)?: ", str(refused.value))
    assert said in str(refused.value)


def test_one_language_stands_for_both_and_written_out_questions_take_words() -> None:
    own = TRACK + 'questions_zh = ["几位？"]\n[[question]]\nkey = "q"\ntext_zh = "要什么？"\n'
    asked = talk_tracks.read(own, "t.toml").find("reminder", "phone").questions
    assert [(one.key, str(one.title), one.kind) for one in asked] == [
        ("q", "要什么？", "words"),
        ("几位？", "几位？", "words"),
    ]


def answered(question: Question, *said: Said) -> list[Answer]:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return [
        Answer(n, question, one, n, "王志刚", "万科", "", 1, "上海沙龙", at)
        for n, one in enumerate(said, 1)
    ]


def test_answers_are_counted_by_question_over_its_wordings() -> None:
    before = CHOICE._replace(options=("案例", "报价"), options_en=("cases", "offers"))
    found = counted(
        [
            *answered(before, Said("案例"), Said("报价")),
            *answered(SCALE, Said("5"), Said("4")),
            *answered(CHOICE, Said("案例"), Said("", "演示")),
        ]
    )
    assert [(one.question.key, one.answers) for one in found] == [("hear", 4), ("useful", 2)]
    choices = [(str(choice.title), choice.number) for choice in found[0].choices]
    assert choices == [("cases", 2), ("prices", 0), ("offers", 1)]
    assert [one.said.words for one in found[0].in_words] == ["演示"]
    assert found[1].mean == 4.5
    assert found[0].mean is None


def test_of_few_answers_the_count_stands_beside_the_share() -> None:
    few = counted(answered(SCALE, *[Said("5")] * 3, *[Said("1")] * 4))[0]
    assert few.choices[4].share == "43% (3/7)"
    many = counted(answered(SCALE, *[Said("5")] * 20))[0]
    assert many.choices[4].share == "100%"


def test_what_ships_has_every_kind() -> None:
    from tests.domain.calls.test_outcomes import TRACKS

    kinds = {question.kind for track in TRACKS.tracks for question in track.questions}
    assert kinds == set(KINDS)
