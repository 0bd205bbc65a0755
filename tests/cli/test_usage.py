"""What every command has in common: its options, its exit codes."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    open_book(tmp_path / "opslog.db").close()


def test_a_language_that_is_not_spoken_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["--lang", "fr", "today"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "opslog: --lang is en or zh, not “fr”\n"


@pytest.mark.parametrize("name", ["zh", "zh_CN", "zh-CN", "ZH"])
def test_a_language_may_be_named_in_full(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["--lang", name, "--help"]) == 0
    assert "用法" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import"], "还缺这些参数：FILE, --event"),
        (["roster", "withdraw", "x"], "FILE-NUMBER：'x' 不是有效的值"),
        (
            ["roster", "burn"],
            "没有 'burn' 这一项（可选：'list', 'show', 'make', 'close', 'withdraw'）",
        ),
        (["log", "--foo"], "不认识的参数：--foo"),
        (["log", "--from"], "后面要跟一个值"),
    ],
)
def test_usage_errors_speak_chinese(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["--lang", "zh", *words])
    assert stopped.value.code == 2
    usage, *_more, error = capsys.readouterr().err.splitlines()
    assert usage.startswith(f"用法：opslog {words[0]}")
    assert error.startswith("opslog: ")
    assert said in error


def test_help_speaks_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["--lang", "zh", "import", "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "显示这份说明" in said
    assert not any(text in said for text in ("usage", "options:", "positional", "show this"))


def test_output_that_finds_no_room_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert run(["log"]) == 1
    assert "the output can't be written (No space left on device)" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_of_commands_names_every_verb(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert run(["--lang", language, "--help"]) == 0
    listed = {
        line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line[:1] == " "
    }
    for word in ("event", "roster"):
        with pytest.raises(SystemExit):
            run(["--lang", language, word, "--help"])
        said = capsys.readouterr().out
        verbs = [
            line.split()[0]
            for line in said.splitlines()
            if line[:4].isspace() and line[4:5].strip()
        ]
        assert len(verbs) >= 3
        assert [verb for verb in verbs if verb not in listed[word]] == []


def test_what_is_acted_upon_by_a_terminal_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "王\u202e志\x9b31m刚"]) == 0
    assert run(["log", "--json"]) == 0
    printed = capsys.readouterr().out
    assert not set("\u202e\x9b") & set(printed)
    assert "\\u202e" in printed
    with pytest.raises(SystemExit):
        run(["log", "\x1b[31mred\x9b"])
    assert not set("\x1b\x9b") & set(capsys.readouterr().err)
