"""What every command has in common: its options, its exit codes."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import pytest

from opslog.cli import run


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))


def test_a_language_that_is_not_spoken_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["--lang", "fr", "today"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "opslog: --lang is en or zh, not “fr”\n"


@pytest.mark.parametrize("name", ["zh", "zh_CN", "zh-CN", "ZH"])
def test_a_language_may_be_named_in_full(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["--lang", name, "--help"]) == 0
    assert "用法" in capsys.readouterr().out


def test_output_that_finds_no_room_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert run(["log"]) == 1
    assert "the output can't be written (No space left on device)" in capsys.readouterr().err
