"""What the rules propose, and how a broken rules file is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import opslog
from opslog.domain.base.refusal import Refused
from opslog.domain.screening import made_up, reasons
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rules_file import read_rules
from opslog.domain.screening.suggestions import (
    CompanyVerdict,
    EarlierVerdict,
    KnownOfRow,
    Namesake,
    Rule,
    Subject,
    phone_beginning,
    suggest,
)
from opslog.locale import msg

PLAYBOOKS = Path(opslog.__file__).parent / "shipped" / "screening"
NOTHING = KnownOfRow()


@pytest.fixture(scope="module")
def known_reasons() -> Reasons:
    return reasons.read((PLAYBOOKS / "reasons.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def shipped(known_reasons: Reasons) -> tuple[Rule, ...]:
    text = (PLAYBOOKS / "rules.toml").read_text("utf-8")
    return read_rules(text, "rules.toml", known_reasons).rules


def proposed(rules: tuple[Rule, ...], subject: Subject) -> dict[str, str]:
    return {s.reason: s.why.english() for s in suggest(rules, subject, NOTHING)}


@pytest.mark.parametrize(
    ("name", "company"),
    [
        ("测试", "上海云帆科技有限公司"),
        ("测试01", ""),
        ("asdf", "asdf"),
        ("ＡＳＤＦ", ""),
        ("qweasd", ""),
        ("111", ""),
        ("1３8", ""),
        ("啊啊啊", ""),
        ("x", ""),
        ("。。。", ""),
        ("王芳", "111"),
        ("王芳", "XX公司"),
        ("王芳", "test"),
    ],
)
def test_made_up_names_are_suggested(shipped: tuple[Rule, ...], name: str, company: str) -> None:
    subject = Subject(name=name, company=company, phone="+8613800138000")
    assert "made_up" in proposed(shipped, subject)


@pytest.mark.parametrize(
    ("name", "company"),
    [
        ("丽丽", "360"),
        ("王芳", "58同城"),
        ("王芳", "苏州检测测试有限公司"),
        ("Tre", "Oil Co"),
        ("Fred", "IBM"),
        ("王", "无锡某德机械有限公司"),
        ("Ute Stest", "Testo SE"),
        ("长孙无忌", "ABB"),
    ],
)
def test_real_names_are_left_alone(shipped: tuple[Rule, ...], name: str, company: str) -> None:
    subject = Subject(name=name, company=company, phone="+8613800138000")
    assert proposed(shipped, subject) == {}


def test_the_reason_is_said(shipped: tuple[Rule, ...]) -> None:
    subject = Subject(name="asdf", company="自由职业", phone="+8613800138000")
    assert proposed(shipped, subject) == {
        "made_up": "name is keys in a row",
        "not_target": "company is “自由职业”",
    }


@pytest.mark.parametrize(
    ("company", "note", "reason", "why"),
    [
        ("我司", "", "colleague", "company is “我司”"),
        ("Our Company", "", "colleague", "company is “our company”"),
        ("云岭科技", "同事", "colleague", "the remark says “同事”"),
        ("云岭科技", "已缴费；竞品", "competitor", "the remark says “竞品”"),
        ("云岭科技", "生态（渠道部介绍）", "partner", "the remark says “生态”"),
    ],
)
def test_what_a_list_calls_somebody_is_read(
    shipped: tuple[Rule, ...], company: str, note: str, reason: str, why: str
) -> None:
    subject = Subject("王芳", company, phone="+8613900000001", note=note)
    assert proposed(shipped, subject) == {reason: why}


@pytest.mark.parametrize(
    "note", ["同事推荐来的", "带一位同事", "问过竞品的价格", "做生态农业", "同行 2 人"]
)
def test_a_remark_that_only_names_them_says_nothing(shipped: tuple[Rule, ...], note: str) -> None:
    subject = Subject("王芳", "云岭科技", phone="+8613900000001", note=note)
    assert proposed(shipped, subject) == {}


def test_nobody_to_reach(shipped: tuple[Rule, ...]) -> None:
    assert proposed(shipped, Subject(name="王芳")) == {"unreachable": "no phone, e-mail or WeCom"}
    assert proposed(shipped, Subject(name="王芳", wecom=True)) == {}


OWN = """
[[rule]]
name = "colleagues"
reason = "colleague"
company = ["云帆"]
email = ["yunfan.example"]
phone = ["021 5555", "+65 6"]

[[rule]]
name = "competitors"
reason = "competitor"
company = ["ABC Soft", "深蓝"]
email = ["boss@rival.example"]
"""


@pytest.mark.parametrize(
    ("subject", "reason", "why"),
    [
        (Subject(company="上海云帆科技有限公司"), "colleague", "company has “云帆”"),
        (Subject(email="a@mail.yunfan.example"), "colleague", "e-mail at yunfan.example"),
        (Subject(phone="+862155558000"), "colleague", "phone begins with +86215555"),
        (Subject(phone="+6561234567"), "colleague", "phone begins with +656"),
        (Subject(company="abc ｓｏｆｔ 中国"), "competitor", "company has “ABC Soft”"),
        (Subject(email="boss@rival.example"), "competitor", "e-mail is boss@rival.example"),
    ],
)
def test_own_rules(known_reasons: Reasons, subject: Subject, reason: str, why: str) -> None:
    rules = read_rules(OWN, "rules.toml", known_reasons).rules
    assert proposed(rules, subject) == {reason: why}


@pytest.mark.parametrize(
    "subject",
    [
        Subject(company="XABC Softwares"),
        Subject(email="a@notyunfan.example"),
        Subject(email="other@rival.example"),
        Subject(phone="+8613802155558"),
        Subject(),
    ],
)
def test_own_rules_do_not_reach_too_far(known_reasons: Reasons, subject: Subject) -> None:
    assert proposed(read_rules(OWN, "rules.toml", known_reasons).rules, subject) == {}


def test_own_rules_lie_over_the_shipped(known_reasons: Reasons) -> None:
    below = read_rules(
        '[[rule]]\nname="a"\nreason="other"\n[[rule]]\nname="b"\nreason="media"\n',
        "shipped",
        known_reasons,
    )
    mine = read_rules(
        '[[rule]]\nname="b"\nreason="student"\n[[rule]]\nname="c"\nreason="partner"\n'
        '[[rule]]\nname="a"\nuse=false\n',
        "rules.toml",
        known_reasons,
    )
    assert [(r.name, r.reason) for r in mine.over(below)] == [("c", "partner"), ("b", "student")]


def test_what_was_decided_before_is_suggested() -> None:
    competitor = msg("competitor")
    known = KnownOfRow(
        EarlierVerdict("partner", msg("partner"), "上海沙龙", date(2026, 7, 2)),
        CompanyVerdict("competitor", competitor, 2),
        Namesake(14),
    )
    found = suggest((), Subject(name="王芳", company="深蓝", do_not_call=True), known)
    assert [(s.reason, s.why.english()) for s in found] == [
        ("declined", "asked not to be called"),
        ("duplicate", "same name and company as line 14"),
        ("partner", "dropped as partner on 上海沙龙, 2026-07-02"),
        ("competitor", "2 other people of this company dropped as competitor"),
    ]


def test_a_personal_reason_says_nothing_about_colleagues() -> None:
    known = KnownOfRow(company=CompanyVerdict("left_company", msg("left the company"), 3))
    assert suggest((), Subject(company="深蓝"), known) == []


def test_each_verdict_is_proposed_once(known_reasons: Reasons) -> None:
    rules = read_rules(OWN, "rules.toml", known_reasons).rules
    known = KnownOfRow(company=CompanyVerdict("competitor", msg("competitor"), 2))
    found = suggest(rules, Subject(company="深蓝"), known)
    assert [s.rule for s in found] == ["competitors"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a b", "rules.toml, line 1: not readable as TOML: Expected '=' after a key"),
        ('[[rule]]\nname = "x', "rules.toml, line 2: not readable as TOML"),
        ('\n[[rule]]\nname = "x"\nreason = "enemy"\n', "line 4: “reason” must be one of"),
        ('[[rule]]\nname="x"\nreason="media"\n\ncolour="red"', "line 5: “colour” is not known"),
        ('[[rule]]\nreason="media"', "line 1: “name” is missing"),
        (
            '[[rule]]\nname="x"\nreason="media"\nphone=["12"]',
            "line 4, “phone”: “12” is no beginning",
        ),
        ('[[rule]]\nname="x"\nreason="media"\nemail=3', "line 4: “email” must be a list of texts"),
        ('[[rule]]\nname="x"\nreason="media"\nlacks=["fax"]', "line 4: “lacks” must be one of"),
        ('[rule]\nname="x"', "line 1: “rule” must be written as [[rule]]"),
        ('[[rules]]\nname="x"', "line 1: “rules” is not known here"),
        ('[[rule]]\nname="x"\nreason="media"\nverdict="shoot"', "line 4: “verdict” must be one"),
    ],
)
def test_a_broken_file_is_named_by_line(known_reasons: Reasons, text: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rules(text, "rules.toml", known_reasons)
    assert problem in refused.value.message.english()


def test_the_template_for_own_rules_is_sound(known_reasons: Reasons) -> None:
    text = (PLAYBOOKS / "rules_own.toml").read_text("utf-8")
    assert [r.name for r in read_rules(text, "rules.toml", known_reasons).rules] == [
        "colleagues",
        "competitors",
        "partners",
    ]
    for word in ("company_looks", "person_is", "lacks", *(r.code for r in known_reasons.all)):
        assert word in text
    for look in made_up.LOOKS:
        assert look in text


def test_the_beginning_of_a_number() -> None:
    assert phone_beginning("(021) 5555") == "+86215555"
    assert phone_beginning("１３８ 0013") == "+861380013"
    assert phone_beginning("0065 61") == "+6561"
    assert phone_beginning("12") is None


def test_a_reasons_digit_never_changes(known_reasons: Reasons) -> None:
    """Fingers remember them: a change here is a change of the product's contract."""
    assert {r.digit: r.code for r in known_reasons.keys} == {
        1: "colleague",
        2: "competitor",
        3: "partner",
        4: "made_up",
        5: "not_target",
        6: "unreachable",
        7: "duplicate",
        8: "declined",
    }
    assert [r.code for r in known_reasons.more] == [
        "student",
        "media",
        "supplier",
        "job_seeker",
        "wrong_region",
        "too_small",
        "left_company",
        "other",
    ]


def test_titles_of_reasons_are_those_of_the_catalogue(known_reasons: Reasons) -> None:
    """reasons.toml and the catalogue say the same, in both languages."""
    assert tuple(r.english for r in known_reasons.all) == reasons.TITLES
    for reason in known_reasons.all:
        assert reason.title.render("en") == reason.english
        assert reason.title.render("zh_CN") == reason.chinese
