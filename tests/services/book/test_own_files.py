"""The operator's own files: taken in, undone, mirrored, and never in the way where broken."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest

from opslog import shipped
from opslog.domain.events.events import EventDraft
from opslog.locale import Msg
from opslog.services.book import backup, check, history, mirrors, own_files, own_kinds
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from tests.conftest import StandingClock

# Of each kind: the file, a text of one's own, one with a key or value that is not known, and one
# of the wrong type, each with where it goes wrong; and what the file says, to be compared.
RULE = '[[rule]]\nname = "x"\nreason = "media"\ncompany = ["A"]\n'
STEP = '[[step]]\nid = "a"\nzh = "甲"\nen = "A"\nphase = "before"\n'
TRACK = '[[track]]\npurpose = "reminder"\nsay_en = "A"\nsay_zh = "甲"\n'
CASES: dict[str, tuple[str, str, str, Callable[[Book], object]]] = {
    "rules.toml": (RULE, RULE + 'colour = "x"\n', RULE + "email = 3\n", own_kinds.rules),
    "reasons.toml": (
        '[[reason]]\ncode = "vip"\nen = "vip"\nzh = "贵"\n',
        '[[reason]]\ncode = "vip"\nen = "vip"\nzh = "贵"\ncolour = 3\n',
        '[[reason]]\ncode = "vip"\nen = 1\nzh = "贵"\n',
        lambda book: [(one.code, one.english) for one in own_kinds.reasons(book).all],
    ),
    "workdays.toml": (
        "holidays = [2026-11-27]\n",
        "holidays = []\nferien = []\n",
        'holidays = "x"\n',
        own_kinds.workdays,
    ),
    "priority.toml": (
        "[flag]\nflagged = 1\n",
        "[flag]\nflaged = 1\n",
        '[flag]\nflagged = "x"\n',
        own_kinds.weights,
    ),
    "playbooks/outcomes.toml": (
        shipped.text("calls/outcomes.toml").replace('"09:00-11:45"', '"08:00-11:45"'),
        shipped.text("calls/outcomes.toml") + "colour = 3\n",
        shipped.text("calls/outcomes.toml").replace('"09:00-11:45"', "3"),
        lambda book: own_kinds.outcomes(book).parts,
    ),
    "playbooks/talk_tracks.toml": (
        TRACK,
        TRACK + "colour = 3\n",
        TRACK + "questions_en = 3\n",
        own_kinds.tracks,
    ),
    "playbooks/call_order.toml": (
        shipped.text("calls/call_order.toml").replace("on_day = 50", "on_day = 51"),
        shipped.text("calls/call_order.toml").replace("on_day = 50", "an_day = 50"),
        shipped.text("calls/call_order.toml").replace("on_day = 50", 'on_day = "x"'),
        own_kinds.call_order,
    ),
    "playbooks/seniority.toml": (
        '[[level]]\ncode = "a"\nen = "A"\nzh = "甲"\nwords = ["a"]\n',
        '[[level]]\ncode = "a"\nen = "A"\nzh = "甲"\nwords = ["a"]\ncolour = 1\n',
        '[[level]]\ncode = "a"\nen = "A"\nzh = "甲"\nwords = 3\n',
        own_kinds.seniority,
    ),
    "playbooks/salon.toml": (
        STEP,
        STEP + "colour = 3\n",
        STEP + 'days = "x"\n',
        lambda book: own_kinds.playbook(book, "salon"),
    ),
    "profiles/mine.toml": (
        "headings = ['a']\n",
        "headings = ['a']\ncolour = 3\n",
        "headings = 3\n",
        own_kinds.layouts,
    ),
    "keys.toml": (
        '[keys]\nundo = "f9"\n',
        "[keys]\nundo = 3\n",
        "[keys]\nundo = ['f9']\n",
        lambda book: (keys := own_kinds.keys(book)) and dict(keys.wanted),
    ),
}
KINDS = pytest.mark.parametrize("name", CASES)


def write(book: Book, name: str, text: str | bytes) -> Path:
    path = book.home / name
    path.parent.mkdir(exist_ok=True)
    data = text.encode() if isinstance(text, str) else text
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_bytes(data)
    os.utime(path, ns=(before + 10**9, before + 10**9))  # as a later second would have it
    return path


def labels(book: Book) -> list[str]:
    return [str(entry.label) for entry in history.changes(book)]


def said(book: Book, name: str) -> list[str]:
    return [str(fault) for fault in book.faults.get(name, ())]


@KINDS
def test_a_hand_edit_is_taken_in_undone_and_done_again(book: Book, name: str) -> None:
    good, _key, _type, value = CASES[name]
    ships = value(book)
    path = write(book, name, good)
    mine = value(book)
    assert mine != ships
    assert labels(book) == [f"{name} taken in"]
    value(book)
    assert len(labels(book)) == 1
    history.undo(book)
    assert not path.exists()
    assert value(book) == ships
    history.redo(book)
    assert path.read_bytes() == good.encode()
    assert value(book) == mine
    write(book, name, f"# noted\n{good}")
    assert value(book) == mine
    assert labels(book)[0] == f"{name} as you edited it"
    history.undo(book)
    assert path.read_bytes() == good.encode()
    path.unlink()
    assert value(book) == ships
    assert labels(book)[0] == f"{name} taken away; what ships holds"
    history.undo(book)
    assert path.read_bytes() == good.encode()
    assert value(book) == mine
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


@KINDS
@pytest.mark.parametrize("way", ["syntax", "key", "type", "bytes"])
def test_a_broken_one_is_said_and_what_it_said_before_holds(
    book: Book, name: str, way: str
) -> None:
    good, key, type_, value = CASES[name]
    ships = value(book)
    broken: str | bytes = {"syntax": "[x\n", "key": key, "type": type_}.get(way, b"# \n# \xff\n")
    path = write(book, name, broken)
    if name != "keys.toml" or way in ("syntax", "bytes"):
        assert value(book) == ships
        alone = name.startswith("profiles/")  # no layout ships in its place
        holds = "left aside until it can be read" if alone else "meanwhile what ships holds"
        assert said(book, name)[-1] == f"{path}: {holds}"
        assert labels(book) == []
    else:
        assert value(book) == {}
    assert said(book, name)[0].startswith(f"{path}, line ")
    write(book, name, good)
    mine = value(book)
    assert said(book, name) == []
    write(book, name, broken)
    if name != "keys.toml" or way in ("syntax", "bytes"):
        assert value(book) == mine
        assert said(book, name)[-1] == f"{path}: meanwhile what it said before holds"
    assert path.read_bytes() == (broken if isinstance(broken, bytes) else broken.encode())


def test_several_broken_ones_are_told_once_together(book: Book) -> None:
    for name in ("rules.toml", "priority.toml"):
        write(book, name, "x = \n")
    own_kinds.look_at_all(book)
    told: set[str] = set()
    where, *faults, meanwhile = own_files.news(book, told)
    assert str(book.home) in where
    assert sorted(faults) == [
        "priority.toml, line 1: not readable as TOML: Invalid value",
        "rules.toml, line 1: not readable as TOML: Invalid value",
    ]
    assert meanwhile.endswith(": meanwhile what ships holds")
    assert meanwhile.count(".toml") == 2
    assert own_files.news(book, told) == []


def test_what_the_reader_of_toml_says_is_said_in_chinese(book: Book) -> None:
    write(book, "rules.toml", 'name = "\x01"\n')
    own_kinds.look_at_all(book)
    (fault, _meanwhile) = book.faults["rules.toml"]
    assert fault.render("zh_CN").endswith("不是合法的 TOML：出现不允许的字符 '\\x01'")


def test_every_fault_of_a_file_is_listed(book: Book) -> None:
    path = write(book, "rules.toml", f'{RULE}colour = 1\nemail = 3\n[[rule]]\nreason = "foe"\n')
    own_kinds.rules(book)
    found = "".join(said(book, "rules.toml"))
    assert [f"{path}, line {line}: " in found for line in (5, 6, 7, 8)] == [True] * 4


def test_all_are_looked_at_and_a_stray_one_is_named(book: Book) -> None:
    write(book, "playbooks/saloon.toml", STEP)
    write(book, "profiles/mine.toml", "headings = 3\n")
    faults = [str(fault) for fault in own_kinds.look_at_all(book)]
    assert any(
        "saloon.toml is read by nothing" in fault and "salon.toml" in fault for fault in faults
    )
    assert any("mine.toml, line 1" in fault for fault in faults)
    (finding,) = (one for one in check.check(book) if one.code == "own_files")
    assert list(finding.flaws) == faults
    assert not finding.grave


def test_two_windows(book: Book, clock: StandingClock) -> None:
    with closing(open_book(book.path, clock=clock, session="other")) as other:
        path = write(book, "priority.toml", "[flag]\nflagged = 1\n")
        assert own_kinds.weights(book)["flag.flagged"] == 1
        assert own_kinds.weights(other)["flag.flagged"] == 1
        assert labels(book) == ["priority.toml taken in"]
        write(book, "priority.toml", "[flag]\nflagged = 2\n")
        assert own_kinds.weights(other)["flag.flagged"] == 2
        assert own_kinds.weights(book)["flag.flagged"] == 2
        history.undo(other)
        assert path.read_text() == "[flag]\nflagged = 1\n"
        assert own_kinds.weights(book)["flag.flagged"] == 1
        assert len(labels(book)) == 2


def test_in_a_locked_book_the_file_counts_and_is_taken_in_later(book: Book) -> None:
    write(book, "priority.toml", "[flag]\nflagged = 1\n")
    with closing(sqlite3.connect(book.path, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        assert own_kinds.weights(book)["flag.flagged"] == 1
        assert labels(book) == []
        lock.execute("ROLLBACK")
    assert own_kinds.weights(book)["flag.flagged"] == 1
    assert labels(book) == ["priority.toml taken in"]
    assert book.con.execute("PRAGMA busy_timeout").fetchone()[0] > 0


def test_a_copy_of_the_database_alone_brings_the_files_along(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    write(book, "priority.toml", "[flag]\nflagged = 1\n")
    there = tmp_path / "there"
    there.mkdir()
    backup.backup(book, there / "opslog.db")  # takes in what nobody looked at yet
    with closing(open_book(there / "opslog.db", clock=clock, session="there")) as moved:
        assert own_kinds.weights(moved)["flag.flagged"] == 1
    assert (there / "priority.toml").read_text() == "[flag]\nflagged = 1\n"


def test_a_file_that_no_book_holds_is_never_taken_away(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    path = write(book, "priority.toml", "[flag]\nflagged = 1\n")
    own_kinds.weights(book)
    book.path.rename(tmp_path / "old.db")
    with closing(open_book(book.path, clock=clock, session="new")) as fresh:
        assert own_kinds.weights(fresh)["flag.flagged"] == 1
    assert path.exists()


def test_the_comments_it_begins_with_are_no_rules_of_ones_own(book: Book) -> None:
    own_kinds.begin(book, own_kinds.RULES)
    own_kinds.rules(book)
    assert labels(book) == []
    write(book, "rules.toml", RULE)
    mine = own_kinds.rules(book)
    own_kinds.begin(book, own_kinds.RULES)
    assert own_kinds.rules(book) == mine
    write(book, "rules.toml", shipped.text(own_kinds.RULES.template))
    assert own_kinds.rules(book) != mine
    history.undo(book)
    assert (book.home / "rules.toml").read_text("utf-8") == RULE
    assert own_kinds.rules(book) == mine


def test_a_look_at_what_did_not_change_reads_no_file(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(book, "priority.toml", "[flag]\nflagged = 1\n")
    first = own_kinds.weights(book)
    monkeypatch.setattr(mirrors, "read", None)
    assert own_kinds.weights(book) is first


def test_table_readme_and_where_name_the_same_files(book: Book) -> None:
    readme = (
        (Path(__file__).parents[3] / "README.md").read_text("utf-8").partition("\n## Files\n")[2]
    )
    told = {path for _code, _what, path in backup.where(book.path)}
    for kind in own_kinds.KINDS:
        assert f"`{kind.place}`" in readme
        path = book.home / kind.place
        assert path in told or path.parent in told - {book.home}
    assert f"`{own_kinds.LAYOUTS}/`" in readme
    assert book.home / own_kinds.LAYOUTS in told


def test_each_edit_counts_a_version_and_another_window_s_is_not_taken_in_twice(
    book: Book,
) -> None:
    for number in (1, 2, 3):
        write(book, "priority.toml", f"[flag]\nflagged = {number}\n")
        own_kinds.weights(book)
        assert book.con.execute("SELECT version FROM own_file").fetchone()[0] == number
    own_files._take_in(book, "priority.toml", None, "[flag]\nflagged = 3\n")  # a moment too late
    assert len(labels(book)) == 3


def test_edits_are_taken_in_one_after_the_other_where_plans_go_by_them(book: Book) -> None:
    events.create(book, EventDraft("沙龙", "salon", datetime(2026, 12, 4, 6, 0, tzinfo=UTC)))
    for text in (RULE, RULE.replace("A", "B"), RULE.replace("A", "C")):
        write(book, "rules.toml", text)
        own_kinds.rules(book)
        assert book.con.execute("SELECT text FROM own_file").fetchone()[0] == text


def test_a_byte_order_mark_is_no_part_of_the_text(book: Book) -> None:
    write(book, "priority.toml", b"\xef\xbb\xbf[flag]\r\nflagged = 1\r\n")
    assert own_kinds.weights(book)["flag.flagged"] == 1
    assert book.con.execute("SELECT text FROM own_file").fetchone()[0][:6] == "[flag]"


def test_a_folder_or_an_endless_file_in_its_place_is_said(book: Book) -> None:
    (book.home / "priority.toml").mkdir()
    own_kinds.weights(book)
    assert "is no ordinary file" in said(book, "priority.toml")[0]
    write(book, "workdays.toml", "#" * (mirrors.LONGEST + 1))
    own_kinds.workdays(book)
    assert "is longer than 1024 KiB" in said(book, "workdays.toml")[0]


def test_what_is_noted_of_the_mirrors_is_the_operators_alone(book: Book) -> None:
    write(book, "priority.toml", "[flag]\nflagged = 1\n")
    own_kinds.weights(book)
    record = book.path.with_name("opslog.db-mirrors")
    assert record.is_file()
    if os.name == "posix":
        assert record.stat().st_mode & 0o077 == 0


EDITED = sorted(
    {one for kind in own_kinds.KINDS for one in (kind.ships, kind.template) if one}
    | set(shipped.names("programmes"))
)


@pytest.mark.parametrize("name", EDITED)
def test_what_a_copy_is_made_of_explains_itself_in_both_languages(name: str) -> None:
    head = [*takewhile(lambda line: line.startswith("#"), shipped.text(name).splitlines())]
    assert any(re.search(r"[a-z]{4}", line) for line in head)
    assert any(len(re.findall(r"[\u4e00-\u9fff]", line)) > 5 for line in head)


def test_a_template_of_an_earlier_version_says_as_little(book: Book) -> None:
    """Its comments were others: nothing of it is taken in."""
    template = shipped.text("screening/rules_own.toml")
    older = "# Rules of your own.\n" + "\n".join(
        line for line in template.splitlines() if not line.startswith("#")
    )
    before = own_kinds.rules(book)
    write(book, "rules.toml", older)
    assert own_kinds.rules(book) == before
    assert not book.faults
    assert book.con.execute("SELECT count(*) FROM own_file").fetchone()[0] == 0


@pytest.mark.parametrize("folder", ["programmes", "profiles", "routines", "playbooks"])
def test_a_file_in_the_place_of_a_folder_is_said_and_takes_nothing_away(
    book: Book, folder: str
) -> None:
    text = shipped.text("playbooks/salon.toml")
    name = "playbooks/salon.toml"
    if folder == "programmes":
        name, text = "programmes/mine.toml", shipped.text("programmes/silent.toml")
    own_files.put(book, name, text, Msg("own"))
    shutil.rmtree(book.home / folder, ignore_errors=True)
    (book.home / folder).write_text("x", encoding="utf-8")
    (fault,) = own_kinds.look_at_all(book)
    assert str(fault).startswith(f"{book.home / folder} is a file where a folder")
    assert book.con.execute("SELECT name FROM own_file").fetchone()[0] == name
    (book.home / folder).unlink()
    assert own_kinds.look_at_all(book) == ()
    assert (book.home / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("written", [False, True])
def test_what_a_folder_stood_in_the_place_of_comes_back_with_it_gone(
    book: Book, written: bool
) -> None:
    path, text = book.home / "workdays.toml", "holidays = [2026-11-27]\n"
    own_files.put(book, "workdays.toml", text, Msg("own days"))
    path.unlink()
    path.mkdir()
    if written:  # while it stands there
        text = "holidays = [2026-11-30]\n"
        own_files.put(book, "workdays.toml", text, Msg("own days"))
    own_kinds.workdays(book)
    assert "is no ordinary file" in str(book.faults["workdays.toml"][0])
    path.rmdir()
    own_kinds.workdays(book)
    assert path.read_text(encoding="utf-8") == text
    assert not book.faults
    path.unlink()  # taken away by hand, it is gone
    own_kinds.workdays(book)
    assert not path.exists()
    assert book.con.execute("SELECT count(*) FROM own_file").fetchone()[0] == 0
