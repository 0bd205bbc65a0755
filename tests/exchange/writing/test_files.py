"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from opslog.domain.base.refusal import Refused
from opslog.exchange.writing.files import _forbidden, write_whole


def hello(file: BinaryIO) -> None:
    file.write(b"new")


def test_writes_and_names_the_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_whole(Path("a.txt"), hello) == tmp_path / "a.txt"
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")
def test_only_the_operator_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o644)
    write_whole(path, hello, force=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_file_stays_without_force(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(Refused, match=r"a\.txt exists already"):
        write_whole(path, hello)
    assert path.read_text() == "old"
    write_whole(path, hello, force=True)
    assert path.read_text() == "new"


def test_an_existing_file_is_refused_before_the_work(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    worked: list[BinaryIO] = []
    with pytest.raises(Refused):
        write_whole(path, worked.append)
    assert worked == []


def test_the_content_is_on_the_disk_before_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    synced: list[bool] = []
    real = os.fsync

    def watched(handle: int) -> None:
        synced.append(path.exists())
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_whole(path, hello)
    assert synced[0] is False
    assert synced[1:] in ([True], [])  # the folder too, where a system can


def test_a_file_made_meanwhile_stays_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def slow(file: BinaryIO) -> None:
        path.write_text("somebody else's")
        file.write(b"new")

    with pytest.raises(Refused, match="exists already"):
        write_whole(path, slow)
    assert path.read_text() == "somebody else's"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_link)
    assert write_whole(tmp_path / "a.txt", hello).read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failure_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def broken(file: BinaryIO) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, broken, force=True)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    def full(file: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused, match="can't be written: the disk is full"):
        write_whole(tmp_path / "a.txt", full)
    assert os.listdir(tmp_path) == []


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "target.txt")
    write_whole(link, hello, force=True)
    assert link.is_symlink()
    assert (tmp_path / "target.txt").read_text() == "new"


def test_places_that_take_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        write_whole(tmp_path / "no" / "a.txt", hello)
    with pytest.raises(Refused, match="is a folder"):
        write_whole(tmp_path, hello, force=True)
    with pytest.raises(Refused, match="can't be written"):
        write_whole(tmp_path / ("x" * 300), hello)


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no such file here")
def test_a_device_is_no_place() -> None:
    with pytest.raises(Refused, match="no ordinary file"):
        write_whole(Path("/dev/null"), hello, force=True)


def test_a_long_name_fits(tmp_path: Path) -> None:
    """The temporary name is longer than the name itself; the file system's limit is 255 bytes."""
    path = tmp_path / ("名" * 83 + ".csv")
    assert write_whole(path, hello).read_bytes() == b"new"


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"can't hold \\x00 \\n: "):
        write_whole(tmp_path / "a\0\n\0.csv", hello)
    assert not list(tmp_path.iterdir())


def test_signs_that_windows_keeps_for_itself() -> None:
    assert _forbidden('a:b?"c".csv', windows=True) == ': ? "'
    assert _forbidden('a:b?"c".csv', windows=False) == ""


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_that_is_open_in_a_spreadsheet_is_not_replaced(tmp_path: Path, lock: str) -> None:
    file = tmp_path / "a.xlsx"
    (tmp_path / lock).write_text("somebody")
    write_whole(file, hello)  # nothing is there that could be open
    with pytest.raises(Refused, match="is open in Excel or LibreOffice: close it there"):
        write_whole(file, hello, force=True)
    (tmp_path / lock).unlink()
    write_whole(file, hello, force=True)


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")
def test_a_file_that_is_read_only_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine")
    file.chmod(0o444)
    with pytest.raises(Refused, match=r"a\.csv is read-only; choose another name"):
        write_whole(file, hello, force=True)
    assert file.read_text() == "mine"


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Excel on Windows holds the workbook it shows."""
    file = tmp_path / "a.csv"
    file.write_text("mine")

    def held(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Refused, match=r"a\.csv may not be written: is it open in another program"):
        write_whole(file, hello, force=True)
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]
