"""``opslog programme``, ``messages``, ``message`` and ``content`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.people import card
from opslog.services.programmes import enrolling, programmes
from tests.services.lists import make_list
from tests.services.programmes import programme

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def db(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "opslog.db"
    path.write_bytes(empty.read_bytes())
    monkeypatch.setenv("OPSLOG_DB", str(path))
    at(monkeypatch, "2026-11-23T09:00")
    book = open_book(path)
    programme.people(book)
    programmes.put(book, "trial", programme.PROGRAMME)
    book.close()
    return path


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("OPSLOG_NOW", moment)


def ran(capsys: Capture, *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run([*words]) == code
    said = capsys.readouterr()
    return said.err if code else said.out


def told(capsys: Capture, *words: str) -> Any:
    return json.loads(ran(capsys, *words, "--json"))


def test_a_morning_of_messages(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = told(capsys, "programme", "enter", "trial", "王志刚", "陈晨")
    assert entered["label"] == "2 people into “Trial”"
    at(monkeypatch, "2026-11-24T11:00")
    day = told(capsys, "messages", "--words")
    assert day["due"] == 2
    (group,) = day["slots"][0]["groups"]
    assert (group["step"], group["text"]) == ("two", "words of day two")
    assert [one["person"] for one in group["people"]] == ["王志刚", "陈晨"]
    assert ran(capsys, "message", "sent", "王志刚", "陈晨") == "Sent 2 messages\n"
    assert "had “day 2” already" in ran(capsys, "message", "sent", "王志刚", code=1)
    ran(capsys, "message", "opened", "王志刚", "陈晨")
    assert "answered a message: 好的" in ran(
        capsys, "message", "replied", "王志刚", "--words", "好的"
    )
    printed = ran(capsys, "messages")
    assert printed.startswith("To be written today: 0; sent 2, answered 1\n")
    assert "Waits for an answer: 王志刚: 好的" in printed
    rates = told(capsys, "programme", "rates", "trial")
    (row,) = rates["rows"]
    assert [row[name] for name in ("step", "sent", "opened", "replied")] == ["two", 2, 2, 1]
    assert rates["advice"] == ("a month: 1 of 2 answered; too few to say, 20 are wanted at least")
    people = told(capsys, "programme", "people", "trial", "--all")
    assert [(one["person"], one["state"]) for one in people] == [
        ("王志刚", "left"),
        ("陈晨", "active"),
    ]
    assert [one["person"] for one in told(capsys, "messages", "--date", "2026-11-25")] == ["陈晨"]
    assert ran(capsys, "undo") == "Undone: 王志刚 answered a message: 好的\n"


def test_skipping_putting_off_and_waiting(capsys: Capture) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚", "李娜", "陈晨")
    assert ran(capsys, "message", "skip", "王志刚", "李娜") == "Skipped 2 messages\n"
    later = ran(capsys, "message", "not-now", "陈晨", "--until", "16:00")
    assert "No message now: 陈晨" in later
    assert "陈晨: “Trial” waits" in ran(capsys, "programme", "pause", "陈晨")
    assert "the programme waits" in ran(capsys, "message", "sent", "陈晨", code=1)
    assert "the programme waits" in ran(capsys, "programme", "pause", "陈晨", code=1)
    assert "“Trial” goes on" in ran(capsys, "programme", "resume", "陈晨")
    assert "no programme waits" in ran(capsys, "programme", "resume", "陈晨", code=1)
    assert "out of “Trial”" in ran(capsys, "programme", "leave", "陈晨", "--why", "moved abroad")
    assert "moved abroad" in ran(capsys, "programme", "people", "trial", "--all")
    states = {
        one["person"]: one["state"] for one in told(capsys, "programme", "people", "trial", "--all")
    }
    assert states == {"王志刚": "active", "李娜": "active", "陈晨": "left"}


def test_own_words_for_leaving_stay_as_they_were_typed(capsys: Capture) -> None:
    ran(capsys, "programme", "enter", "trial", "陈晨")
    ran(capsys, "programme", "leave", "陈晨", "--why", "done")
    found = ran(capsys, "--lang", "zh_CN", "programme", "people", "trial", "--all")
    assert "done" in found  # and not as a text of opslog's own would be translated


def test_whom_the_rules_name_go_in_at_once(capsys: Capture, db: Path) -> None:
    text = programme.PROGRAMME + '\n[[enter]]\ntag = "VIP"\n'
    (db.parent / "vip.toml").write_text(text, encoding="utf-8")
    ran(capsys, "programme", "put", "vip", str(db.parent / "vip.toml"))
    assert "name nobody now" in ran(capsys, "programme", "candidates", "vip")
    assert "Nobody can enter" in ran(capsys, "programme", "candidates", "vip", "--enter", code=1)
    book = open_book(db)
    with book.change(programmes.programme(book, "vip").named):
        book.con.execute("INSERT INTO person_tag(person_id, tag) SELECT id, 'VIP' FROM person")
    book.close()
    ran(capsys, "programme", "enter", "trial", "李娜")
    found = told(capsys, "programme", "candidates", "vip")
    assert {one["person"]: one["left_out"] for one in found} == {
        "王志刚": None,
        "陈晨": None,
        "李娜": "in “Trial” already",
    }
    entered = ran(capsys, "programme", "candidates", "vip", "--enter")
    assert entered == "2 people into “Trial”\n"
    refused = ran(capsys, "programme", "enter", "vip", "李娜", code=1)
    assert "in “Trial” already; --beside lets them into both" in refused
    ran(capsys, "message", "skip", "李娜")
    assert "李娜 into" in ran(capsys, "programme", "enter", "vip", "李娜", "--beside")
    assert "Skipped" in ran(capsys, "message", "skip", "李娜")  # of the one that is due


def test_one_of_your_own_is_a_copy_and_grows_by_decision(capsys: Capture, db: Path) -> None:
    place = db.parent / "programmes" / "mine.toml"
    assert str(place) in ran(capsys, "programme", "copy", "new-wecom", "mine")
    assert place.exists()
    shown = told(capsys, "programme", "show", "mine")
    assert sum(step["runs"] for step in shown["steps"]) == 4
    assert "New on WeCom" in ran(capsys, "programme", "grow", "mine", "month")
    shown = told(capsys, "programme", "show", "mine")
    assert sum(step["runs"] for step in shown["steps"]) == 7
    assert 'runs = "month"' in ran(capsys, "programme", "show", "mine", "--text")
    assert "功能 03" in [step["label"] for step in shown["steps"]]
    assert {one["code"]: one["own"] for one in told(capsys, "programme", "list")}["mine"]


def test_a_programme_that_can_t_be_is_named_by_file_line_and_key(capsys: Capture, db: Path) -> None:
    file = db.parent / "bad.toml"

    def put(text: str) -> str:
        file.write_text(text, encoding="utf-8")
        return ran(capsys, "programme", "put", "bad", str(file), code=1)

    step = '[[step]]\nid = "a"\nday = 1\nby_hand = true\n'
    head = 'zh = "坏"\nen = "Bad"\n'
    assert "line 3: there is no way out" in put(head + "leave = []\n" + step)
    wrong = put(head + 'leave = ["reply"]\n' + step + 'text_zh = "{nmae}您好"\nchanel = "wecom"\n')
    assert "line 8, “text_zh”: {nmae} is filled in by nothing" in wrong
    assert "line 9: “chanel” is not known here" in wrong
    assert [one.partition(" ")[0] for one in wrong.splitlines()] == ["opslog:"] * 2
    many = (
        head
        + 'leave = ["reply"]\n'
        + "".join(
            f'[[step]]\nid = "s{n}"\nday = {n % 400 + 1}\nby_hand = true\n' for n in range(1000)
        )
    )
    assert "1000 steps are too many" in put(many)
    assert "not readable as TOML" in put("zh =")
    file.write_bytes(b"\xff\xfe")
    assert "can't be read (it is not UTF-8)" in ran(
        capsys, "programme", "put", "bad", str(file), code=1
    )
    assert "“bad” is no programme" in ran(capsys, "programme", "show", "bad", code=1)


def test_what_is_wrong_in_the_file_of_a_programme_is_said_once_a_line_each(
    capsys: Capture, db: Path
) -> None:
    file = db.parent / "programmes" / "bad.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('zh = "坏"\nen = "Bad"\nleave = ["nobody"]\ncolour = 3\n', encoding="utf-8")
    said = ran(capsys, "programme", "show", "bad", code=1).splitlines()
    assert [one.removeprefix(f"opslog: {file}") for one in said] == [
        ", line 1: a programme needs a [[step]]",
        ", line 3, “leave”: “nobody” is not known; known: reply, colleague, sales",
        ", line 4: “colour” is not known here; known: zh, en, runs, leave, target, staff, late, "
        "enter, step",
        ": left aside until it can be read",
    ]


def test_words_change_by_version_and_are_retired(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "content", "change", "features 3", "--zh", "新的一版", "--en", "a new one")
    new, ships = told(capsys, "content", "show", "功能03")
    assert (new["version"], new["zh"], new["made_on"]) == (2, "新的一版", "2026-11-23")
    assert (ships["version"], ships["ships"]) == (1, True)
    assert {"programme": "new-wecom", "step": "day-7"} in new["steps"]
    at(monkeypatch, "2027-05-22T09:00")
    assert told(capsys, "content", "stale") == []
    at(monkeypatch, "2027-05-23T09:00")
    assert ran(capsys, "content", "stale") == "features 03: 6 months old\n"
    assert ran(capsys, "content", "retire", "功能 03") == "Retired: features 03\n"
    published = ran(capsys, "content", "publish", "效果 01", "公众号", "--link", "https://e.cn/1")
    assert published == "Published results 01: 公众号\n"
    (first,) = told(capsys, "content", "show", "效果 01")  # what ships has a row now
    assert [one["channel"] for one in first["published"]] == ["公众号"]
    assert "公众号 · Sun 05-23 09:00 · https://e.cn/1" in ran(capsys, "content", "show", "效果 01")
    assert "功能 03" not in [one["label"] for one in told(capsys, "content", "list")]
    ran(capsys, "content", "add", "效果 06", "--kind", "customer", "--zh", "一家客户")
    listed = told(capsys, "content", "list", "--stage", "results")
    assert [one["label"] for one in listed][-1] == "效果 06"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["programme", "rates", "none"], "“none” is no programme; known: after-salon"),
        (["programme", "copy", "trial", "new-wecom"], "There is a programme “new-wecom” already"),
        (["programme", "copy", "trial", "Mein Plan"], "is no name of a programme"),
        (["programme", "grow", "trial", "decade"], "“decade” is no span; known: a week (week)"),
        (["programme", "enter", "trial", "王五"], "Nobody is found by “王五”"),
        (["programme", "enter", "trial", "李娜", "--late", "some"], "“some” is not known"),
        (["programme", "enter", "trial", "李娜", "--step", "x"], "“x” is no step that runs now"),
        (["programme", "put", "x", "/nowhere"], "/nowhere can't be read"),
        (["message", "replied", "李娜"], "李娜 was in no programme yet"),
        (["message", "not-now", "李娜", "--until", "soon"], "“soon”"),
        (["messages", "--date", "someday"], "“someday”"),
        (["content", "show", "功能 99"], "There is no piece “features 99”"),
        (["content", "add", "功能 01", "--kind", "method", "--zh", "x"], "is there already"),
        (["content", "add", "寒暄", "--kind", "method", "--zh", "x"], "寒暄 tells no stage"),
        (["content", "add", "功能 08", "--kind", "method"], "A piece has words"),
        (["content", "change", "功能 01", "--zh", "{nmae}"], "{nmae} is filled in by nothing"),
        (["content", "change", "功能 01", "--revise-on", "May"], "“May” is no day"),
        (["content", "change", "功能 01"], "features 01 says that already"),
    ],
)  # fmt: skip
def test_what_is_refused_is_a_sentence(capsys: Capture, words: list[str], said: str) -> None:
    refused = ran(capsys, *words, code=1)
    assert said in refused
    assert "Traceback" not in refused


def test_a_holiday_week_and_a_year_that_is_not_published(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-09-30T09:00")
    ran(capsys, "programme", "enter", "trial", "1", "2")
    ran(capsys, "message", "sent", "1", "2")
    for day, number in (("2026-10-01", 0), ("2026-10-08", 2)):
        assert len(told(capsys, "messages", "--date", day)) == number
    at(monkeypatch, "2026-12-28T09:00")
    entered = ran(capsys, "programme", "enter", "trial", "3")
    assert "  The days off of 2027 are not published yet; messages then may move" in entered
    assert "there is no person 999" in ran(capsys, "programme", "enter", "trial", "999", code=1)


def test_a_day_past_says_who_got_what_and_one_to_come_who_will(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚", "陈晨")
    ran(capsys, "message", "sent", "王志刚")
    at(monkeypatch, "2026-11-25T11:00")
    past = told(capsys, "messages", "--date", "2026-11-23")
    assert [(one["person"], one["step"], one["sent_at"][:16]) for one in past] == [
        ("王志刚", "hello", "2026-11-23T09:00")
    ]
    assert "day 1" in ran(capsys, "messages", "--date", "2026-11-23")
    assert "Nobody got a message" in ran(capsys, "messages", "--date", "2026-11-22")
    to_come = told(capsys, "messages", "--date", "2026-11-30")  # the seventh day was a Sunday
    assert [(one["person"], one["step"]) for one in to_come] == [
        ("王志刚", "seven"),
        ("陈晨", "seven"),
    ]


def test_the_words_that_wait_for_an_answer_stay_until_it_is_given(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚")
    ran(capsys, "message", "sent", "王志刚")
    at(monkeypatch, "2026-11-23T10:00")
    ran(capsys, "message", "replied", "王志刚", "--words", "能不能报价")
    at(monkeypatch, "2026-11-23T10:05")
    ran(capsys, "message", "replied", "王志刚")
    assert "王志刚: 能不能报价" in ran(capsys, "messages")
    at(monkeypatch, "2026-11-23T10:30")
    assert "Answered 王志刚" in ran(capsys, "message", "answered", "王志刚", "--words", "马上发")
    assert told(capsys, "messages")["answered"] == []


def test_the_list_counts_those_who_are_due_as_the_messages_do(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚", "陈晨")
    ran(capsys, "call", "王志刚", "interested", "--lane", "phone")
    at(monkeypatch, "2026-11-23T10:30")
    (one,) = [one for one in told(capsys, "programme", "list") if one["code"] == "trial"]
    assert one["due"] == told(capsys, "messages")["due"] == 1


def test_the_words_name_who_writes_them_once_that_is_said(capsys: Capture, db: Path) -> None:
    assert "name nobody" in ran(capsys, "operator")
    text = programme.PROGRAMME.replace(
        "by_hand = true", 'text_zh = "我是{operator}。"\ntext_en = "This is {operator}. Hello."', 1
    )
    (db.parent / "me.toml").write_text(text, encoding="utf-8")
    ran(capsys, "programme", "put", "trial", str(db.parent / "me.toml"))
    ran(capsys, "programme", "enter", "trial", "王志刚")
    assert "This is" not in ran(capsys, "messages", "--words")
    assert ran(capsys, "operator", " 小  陈 ") == "Messages say: this is 小 陈\n"
    assert "This is 小 陈. Hello." in ran(capsys, "messages", "--words")
    assert told(capsys, "operator", "") == {"operator": None}


def test_the_people_of_a_programme_whose_file_is_gone_are_named(capsys: Capture, db: Path) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚")
    (db.parent / "programmes" / "trial.toml").unlink()
    assert "(waits for you)" in ran(capsys, "messages")
    assert "王志刚" in ran(capsys, "programme", "people", "trial")
    assert "is no programme" in ran(capsys, "programme", "people", "nix", code=1)


def test_the_people_of_a_programme_stand_at_the_step_that_is_sent(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also behind the last step, the ones missed before it passed over."""
    ran(capsys, "programme", "enter", "trial", "王志刚")
    at(monkeypatch, "2026-11-30T11:00")
    assert "day 7  Mon 11-30" in ran(capsys, "programme", "people", "trial")
    (one,) = told(capsys, "programme", "people", "trial")
    assert (one["next_step"], one["next_on"]) == ("seven", "2026-11-30")
    assert "day 7" in ran(capsys, "messages")
    assert "day 7" in ran(capsys, "message", "sent", "王志刚")
    assert "day 7  at its end" in ran(capsys, "programme", "people", "trial", "--all")


def test_of_a_day_to_come_each_gets_the_step_of_that_day(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚")
    at(monkeypatch, "2026-11-27T11:00")
    (one,) = told(capsys, "messages", "--date", "2026-11-30")
    assert one["step"] == "seven"
    assert told(capsys, "messages", "--date", "2026-11-28") == []


def test_a_programme_that_is_none_is_named_before_anything_of_people(capsys: Capture) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚")
    assert "“nope” is no programme" in ran(capsys, "programme", "enter", "nope", "王志刚", code=1)
    assert "“nope” is no programme" in ran(capsys, "programme", "enter", "nope", "谁也不是", code=1)
    said = ran(capsys, "programme", "enter", "new-wecom", "王志刚", "--step", "nope", code=1)
    assert "“nope” is no step" in said
    said = ran(capsys, "programme", "enter", "new-wecom", "王志刚", "--late", "nope", code=1)
    assert "“nope” is not known" in said


def test_of_a_day_past_who_was_not_written_to_is_named_too(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚", "陈晨")
    ran(capsys, "message", "sent", "王志刚")
    at(monkeypatch, "2026-11-24T09:00")
    said = ran(capsys, "messages", "--date", "2026-11-23").splitlines()
    assert said[-2:] == ["Not written to: 1", "  陈晨: day 1"]
    (got,) = told(capsys, "messages", "--date", "2026-11-23")
    assert got["person"] == "王志刚", "for programs a list of what was sent, as ever"


def test_the_last_step_twice_and_who_gets_nothing_whatever_the_day(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    ran(capsys, "programme", "grow", "trial", "week")
    ran(capsys, "programme", "enter", "trial", "王志刚", "李娜")
    at(monkeypatch, "2026-12-02T11:00")
    ran(capsys, "message", "sent", "王志刚")
    assert "had “day 7” already" in ran(capsys, "message", "sent", "王志刚", code=1)
    book = open_book(db)
    card.set_barred(book, 2, True, ("write",))
    book.close()
    (row,) = (one for one in told(capsys, "programme", "people", "trial") if one["person_id"] == 2)
    assert row["held"] == "not to be written to"
    assert "not to be written to" in ran(capsys, "programme", "people", "trial")


def test_what_the_list_calls_a_kind_and_a_stage_is_understood(capsys: Capture) -> None:
    words = ("content", "add", "案例 05", "--kind", "客户", "--stage", "效果", "--zh", "一个案例")
    assert "案例 05" in ran(capsys, "--lang", "zh_CN", *words)


def test_of_a_long_day_no_wrong_number_is_said(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    book = open_book(db)
    make = [(f"周{n:03}", f"公司{n}", "专员", f"+86138000{n:05}", "") for n in range(40)]
    enrolling.enter(book, "trial", make_list(book, make).people)
    book.close()
    at(monkeypatch, "2026-11-25T11:00")
    printed = ran(capsys, "messages")
    assert printed.count("day 2 missed") == 20
    assert "… and more" in printed
    waits = ran(capsys, "message", "replied", "周000")
    assert "answered a message" in waits
    assert "Waits for an answer: 周000: words not noted" in ran(capsys, "messages")


def test_two_of_one_name_are_told_apart_and_the_paused_are_counted_apart(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    book = open_book(db)
    make = [
        ("王志刚", "远山物流", "专员", "+8613800000009", ""),
        ("", "启明制造", "专员", "+8613800000010", ""),
        ("", "兰亭设计", "专员", "+8613800000011", ""),
    ]
    enrolling.enter(book, "trial", [1, 3, *make_list(book, make).people])
    book.close()
    at(monkeypatch, "2026-11-24T11:00")
    said = ran(capsys, "messages")
    assert "王志刚·华东机械, 陈晨, 王志刚·远山物流, 启明制造, 兰亭设计" in said
    ran(capsys, "programme", "pause", "陈晨")
    row = next(one for one in ran(capsys, "programme", "list").splitlines() if "Trial" in one)
    assert row.split() == ["trial", "Trial", "4", "1", "4"]


def test_who_stands_at_a_step_that_is_taken_out_is_said(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚", "陈晨")
    changed = programme.PROGRAMME.replace('id = "hello"', 'id = "welcome"')
    (db.parent / "t.toml").write_text(changed, encoding="utf-8")
    said = ran(capsys, "programme", "put", "trial", str(db.parent / "t.toml"))
    assert "2 people wait at “hello”, which does not run any more" in said
    at(monkeypatch, "2026-11-24T11:00")
    assert "“trial” has no such step any more" in ran(capsys, "programme", "people", "trial")


def test_a_span_is_understood_as_it_is_called(capsys: Capture) -> None:
    assert "一周" in ran(capsys, "--lang", "zh_CN", "programme", "grow", "trial", "一周")


def test_an_answer_to_come_is_no_call(capsys: Capture) -> None:
    ran(capsys, "programme", "enter", "trial", "王志刚")
    words = ("message", "replied", "王志刚", "--at", "tomorrow")
    refused = ran(capsys, *words, code=1)
    assert "is to come; write when they answered" in refused
