"""``opslog person add``, run as a user runs it."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from opslog import cli
from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.people import card as person_card
from tests.services.lists import make_list


def run(book: Book, *words: str) -> int:
    return cli.run(["--db", str(book.path), "person", "add", *words])


def test_a_line_is_read_as_typed(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    draft = EventDraft("上海沙龙", "salon", book.now() + timedelta(days=2))
    event_id = events.create(book, draft).made
    assert run(book, "王志刚 13800138000 某某科技 市场总监 @上海沙龙 +2", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["name"], said["company"], said["title"]) == ("王志刚", "某某科技", "市场总监")
    assert (said["phone"], said["event"], said["known"]) == ("+8613800138000", event_id, False)
    (guest,) = guests.guests(book, event_id)
    assert (guest.person, guest.brings) == ("王志刚", 2)


def test_options_say_it_too(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--name", "Ute Meyer", "--phone", "+49 30 123456", "--company", "Blue Sea GmbH")
    assert run(book, *words, "--title", "CEO") == 0
    assert capsys.readouterr().out == "New: Ute Meyer\n"
    (person,) = person_card.page(book)
    assert (person.phone, person.title) == ("+4930123456", "CEO")


@pytest.mark.parametrize(
    "text",
    [
        "深蓝软件股份有限公司\n王志刚\n市场总监\n手机：138 0013 8000\nwang@shenlan.cn\n",
        "王志刚\n市场总监 | 深蓝软件股份有限公司\nM: 13800138000\nE: wang@shenlan.cn\n",
        "你好，我是深蓝软件股份有限公司的市场总监王志刚，电话13800138000，wang@shenlan.cn",
    ],
)
def test_a_card_a_signature_and_an_introduction_come_by_the_input(
    book: Book, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert run(book) == 0
    (person,) = person_card.page(book)
    assert (person.name, person.title) == ("王志刚", "市场总监")
    assert (person.company, person.phone) == ("深蓝软件股份有限公司", "+8613800138000")
    assert person.email == "wang@shenlan.cn"


def test_whoever_is_known_is_said_before_anything_is_kept(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    make_list(book, [("王志刚", "某某科技", "", "+8613800138000", "")])
    assert run(book, "王志刚 13800138000 总监") == 1
    assert capsys.readouterr().err == (
        "opslog: already known: 1 王志刚 某某科技 138 0013 8000; --same adds to that person, "
        "--new enters somebody else\n"
    )
    assert run(book, "王志刚 13800138000 总监", "--same") == 0
    assert capsys.readouterr().out == "Added to 王志刚\n"
    assert [one.title for one in person_card.page(book)] == ["总监"]
    assert run(book, "王志刚", "--new") == 0
    assert len(person_card.page(book)) == 2


def test_several_who_could_be_meant_are_told_apart_by_number(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    make_list(book, [("王伟", "甲公司", "", "", ""), ("王伟", "乙公司", "", "", "")])
    assert run(book, "王伟 总监", "--same") == 1
    assert "could be any of: 2 王伟 乙公司; 1 王伟 甲公司" in capsys.readouterr().err
    assert run(book, "王伟 总监", "--same", "2") == 0
    assert [one.title for one in person_card.page(book)] == ["总监", ""]
    assert run(book, "李娜", "--same") == 1


@pytest.mark.parametrize(
    "words", [("王志刚 @没有",), ("总监",), ("王志刚", "--phone", "12345")], ids=str
)
def test_what_cannot_be_kept_is_refused_and_keeps_nothing(
    book: Book, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, *words) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("opslog: ")
    assert person_card.page(book) == []


@pytest.mark.parametrize("title", ["职员", "员工", "财务", "设计师"])
def test_what_staff_are_called_is_a_title(
    book: Book, capsys: pytest.CaptureFixture[str], title: str
) -> None:
    assert run(book, f"王五 13800138009 立信会计师事务所 {title}", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["name"], said["company"], said["title"]) == ("王五", "立信会计师事务所", title)
