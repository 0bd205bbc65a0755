"""What opslog makes for a moment goes with it, or at the next start; nothing else ever does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from opslog.disk import locks, temporary
from tests.pty.terminal import environment

KILLED = """
import os, sys
from pathlib import Path
from opslog.disk import temporary
with temporary.file(Path(sys.argv[1])) as part, temporary.folder(Path(sys.argv[1])) as folder:
    part.write_text("half a list")
    Path(f"{part}-wal").write_text("its log")
    (folder / "opslog.db").write_text("a whole database")
    print("made", flush=True)
    if len(sys.argv) > 2:
        sys.stdin.read()
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the operator's, with the notes of a process whose home is ``tmp_path``."""
    monkeypatch.setattr(
        temporary, "notes", lambda: tmp_path / ".local" / "state" / "opslog" / "in-hand"
    )
    (tmp_path / "lists").mkdir()
    return tmp_path / "lists"


def start(place: Path, *more: str) -> subprocess.Popen[str]:
    home = temporary.notes().parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(place), *more],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "made\n"
    return process


def test_what_passes_is_private_and_gone_at_the_end(place: Path) -> None:
    with temporary.file(place) as part, temporary.folder(place) as folder:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "deep").mkdir()
    assert list(place.iterdir()) == list(temporary.notes().iterdir()) == []


def test_what_was_given_a_name_stays(place: Path) -> None:
    with temporary.file(place) as part:
        part.replace(place / "list.csv")
    assert [file.name for file in place.iterdir()] == ["list.csv"]


def test_what_a_killed_one_left_goes_and_nothing_else_does(place: Path) -> None:
    own = place / ".opslog-0123456789abcdef.part"  # as ours, and yet nobody noted it
    own.write_text("the operator's")
    with start(place) as process:
        assert process.wait() == -9
    assert len(list(place.iterdir())) == 4
    assert temporary.sweep() == []
    assert list(place.iterdir()) == [own]
    assert list(temporary.notes().iterdir()) == []


def test_what_a_living_one_has_in_hand_stays(place: Path) -> None:
    with start(place, "wait") as process:
        assert temporary.sweep() == []
        assert len(list(place.iterdir())) == 3
        process.kill()
    temporary.sweep()
    assert list(place.iterdir()) == []


def test_on_a_disk_that_is_away_it_waits(place: Path) -> None:
    with start(place) as process:
        process.wait()
    away = place.rename(place.with_name("away"))
    assert temporary.sweep() == []
    away.rename(place)
    temporary.sweep()
    assert list(place.iterdir()) == []


def test_what_lay_in_a_folder_that_went_is_forgotten(place: Path) -> None:
    with temporary.folder(place) as folder, start(folder) as process:
        process.wait()
    temporary.sweep()
    assert list(temporary.notes().iterdir()) == []


def test_what_can_not_be_removed_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start(place) as process:
        process.wait()
    with monkeypatch.context() as held:
        held.setattr(temporary, "remove", lambda path: None)
        assert {path.parent for path in temporary.sweep()} == {place}
    assert temporary.sweep() == []
    assert list(place.iterdir()) == []


def test_a_note_that_names_no_path_of_ours_removes_nothing(place: Path) -> None:
    temporary.notes().mkdir(parents=True)
    for number, text in enumerate(("", str(place), "no path at all")):
        (temporary.notes() / str(number)).write_text(text)
    assert temporary.sweep() == []
    assert place.is_dir()


def test_a_sweep_between_name_and_lock_takes_no_note_away(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, first = locks.take, [True]

    def overtaken(descriptor: int) -> bool:
        if first:
            first.clear()
            temporary.sweep()
        return take(descriptor)

    with ExitStack() as stack:
        monkeypatch.setattr(locks, "take", overtaken)
        stack.enter_context(temporary.file(place))
        assert len(list(temporary.notes().iterdir())) == 1


def test_without_a_place_for_notes_the_work_is_done(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "no folder").write_text("")
    monkeypatch.setattr(temporary, "notes", lambda: place / "no folder" / "in-hand")
    with temporary.file(place) as part:
        assert os.path.exists(part)
    assert not part.exists()
