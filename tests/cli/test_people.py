"""``opslog people``, run as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog import cli
from opslog.services.book.book import Book, open_book
from opslog.services.people import card as person_card
from tests.services.lists import make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("[/red]\x1b[31m", "Blue Sea GmbH", "CEO", "+4930123456", ""),
]


@pytest.fixture
def file(book: Book) -> Path:
    people = make_list(book, ROWS).people
    person_card.set_tags(book, people[:1], ["重点"])
    person_card.set_wecom(book, people[0], True)
    return book.path


def test_numbers_of_a_field_there_is_none_of_are_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["--db", str(file), "people", "--find", "员工数>200"]) == 1
    assert "There is no field “员工数”" in capsys.readouterr().err


def test_people_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--db", str(file), "people", "--find", "志刚", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == [
        {
            "id": 1,
            "name": "王志刚",
            "company": "深蓝软件有限公司",
            "title": "市场总监",
            "phone": "+8613800138000",
            "email": "wang@deepblue.example",
            "city": "",
            "wecom": True,
            "tags": ["重点"],
            "phones": [],
            "emails": [],
            "fields": {},
        }
    ]


def test_further_phones_and_addresses(
    file: Path, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.con.execute(
        "UPDATE person SET phones='+8613900139000 +862154641234', emails='zg@wang.cn' WHERE id=1"
    )
    assert cli.run(["--db", str(file), "people", "--find", "志刚", "--json"]) == 0
    (wang,) = json.loads(capsys.readouterr().out)
    assert wang["phones"] == ["+8613900139000", "+862154641234"]
    assert wang["emails"] == ["zg@wang.cn"]
    assert cli.run(["--db", str(file), "people", "--find", "志刚"]) == 0
    shown = capsys.readouterr().out
    assert "138 0013 8000, 139 0013 9000" in shown
    assert "wang@deepblue.example, zg@wang.cn" in shown


def test_people_as_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--db", str(file), "people"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "王志刚" in lines[1]
    assert "138 0013 8000" in lines[1]
    assert "#重点" in lines[1]
    assert "\x1b" not in lines[0]
    assert "[/red]␛[31m" in lines[0]


def test_by_phone_and_tag(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for query in ("0013 8000", "#重点"):
        assert cli.run(["--db", str(file), "people", "--find", query]) == 0
        assert "王志刚" in capsys.readouterr().out


def test_nobody(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--db", str(file), "people", "--find", "zzz"]) == 0
    assert capsys.readouterr().out == "Nobody is found.\n"
    assert cli.run(["--db", str(file), "people", "--find", "zzz", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_new_database_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_book(tmp_path / "new.db").close()
    assert cli.run(["--db", str(tmp_path / "new.db"), "people"]) == 0
    assert "opslog import" in capsys.readouterr().out


def test_pinyin_and_one_slip(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for query in ("wzg", "wangzhig", "王志钢", "wangzhigamg", "slrj"):
        assert cli.run(["--db", str(file), "people", "--find", query, "--json"]) == 0
        assert [p["tags"] for p in json.loads(capsys.readouterr().out)] == [["重点"]], query


def test_a_person_is_erased_by_number_and_name(
    file: Path, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["--db", str(file), "people", "--erase", "1"]) == 1
    assert "type 王志刚 to erase" in capsys.readouterr().err
    assert cli.run(["--db", str(file), "backup"]) == 0
    capsys.readouterr()
    book.close()
    assert cli.run(["--db", str(file), "people", "--erase", "1", "--yes", "王志刚", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["erased"], told["clean"], len(told["backups"])) == (1, True, 1)
    assert cli.run(["--db", str(file), "people", "--json"]) == 0
    assert [person["id"] for person in json.loads(capsys.readouterr().out)] == [2]
    assert cli.run(["--db", str(file), "people", "--erase", "1"]) == 0
    told_again = capsys.readouterr().out
    assert "Person 1 was erased already" in told_again
    assert str(next((file.parent / "backups").iterdir())) in told_again
    assert cli.run(["--db", str(file), "people", "--erase", "1", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["already"], again["backups"]) == (True, told["backups"])
    assert cli.run(["--db", str(file), "people", "--erase", "99", "--yes", "x"]) == 1
    assert "no person 99" in capsys.readouterr().err
    assert cli.run(["--db", str(file), "people", "--erase", "9" * 30]) == 1
    assert "Nobody is found by “9999" in capsys.readouterr().err


def test_a_person_to_be_erased_is_named_as_one_knows_them(
    file: Path, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    make_list(book, [("王志刚", "星河科技", "", "+8613700137000", "")], event="二")
    book.close()
    assert cli.run(["--db", str(file), "people", "--erase", "王志刚", "--yes", "王志刚"]) == 1
    err = capsys.readouterr().err
    assert "“王志刚” could be any of 2: " in err
    assert "1 王志刚 深蓝软件有限公司" in err
    assert "3 王志刚 星河科技" in err
    assert cli.run(["--db", str(file), "people", "--erase", "wang@deepblue.example"]) == 1
    assert "type 王志刚 to erase" in capsys.readouterr().err
    erased = ["people", "--erase", "137 0013 7000", "--yes", "王志刚"]
    assert cli.run(["--db", str(file), *erased]) == 0
    out = capsys.readouterr().out
    assert "Erased person 3" in out
    assert "nothing of the person is left" in out
    assert "somebody else's too: 王志刚 (" in out


def test_a_call_list_is_made_and_closed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ["--db", str(file)]
    assert cli.run([*db, "roster", "make", "老客户", "--find", "志刚"]) == 0
    assert cli.run([*db, "roster", "close", "老客户"]) == 0
    out = capsys.readouterr().out
    assert "Call list 老客户 deleted: nobody was called" in out
    assert "Bring it back with: opslog undo" in out
    assert cli.run([*db, "roster", "close", "老客户"]) == 1
