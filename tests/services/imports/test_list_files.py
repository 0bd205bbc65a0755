from __future__ import annotations

import os
from pathlib import Path

import pytest

from opslog.services.imports import list_files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for age, name in enumerate(
        ["Downloads/名单.xlsx", "work/b.csv", "work/README.txt", "work/photo.png", "work/~$x.xlsx"]
    ):
        path = tmp_path / name
        path.write_text("x")
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "work" / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    return tmp_path


def test_likely_lists_are_offered_the_newest_first(home: Path) -> None:
    assert [file.path.name for file in list_files.likely(list_files.folders("", home))] == [
        "名单.xlsx",
        "b.csv",
    ]


def test_where_the_last_list_lay_is_looked_in_too_and_a_name_needs_no_folder(home: Path) -> None:
    (home / "sent").mkdir()
    (home / "sent" / "salon.csv").write_text("x")
    where = list_files.folders(str(home / "sent"), home)
    assert [folder.name for folder in where] == ["sent", "work", "Downloads"]
    assert list_files.named("salon.csv", where) == home / "sent" / "salon.csv"
    assert list_files.named("名单.xlsx", where) == home / "Downloads" / "名单.xlsx"
    assert list_files.named("nowhere.csv", where) is None
    assert list_files.folders(str(home / "gone"), home)[0].name == "work"


def test_a_path_is_completed_lists_first(home: Path) -> None:
    (home / "报名.csv").write_text("x")
    found = list_files.matching(f"{home}{os.sep}")
    assert [(file.path.name, file.is_folder) for file in found] == [
        ("报名.csv", False),
        ("Downloads", True),
        ("work", True),
    ]
    assert [file.path.name for file in list_files.matching(f"{home}/work/B")] == ["b.csv"]
    assert list_files.matching(f"{home}/nowhere/") == []
