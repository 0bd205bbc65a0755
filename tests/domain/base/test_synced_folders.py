"""Folders that are kept in step with a cloud are known by their names."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from opslog.domain.base.synced_folders import synced_by


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\li\OneDrive\opslog\opslog.db"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\li\OneDrive - 青桐软件\opslog.db"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\li\iCloudDrive\opslog.db"), "iCloud"),
        (PureWindowsPath(r"D:\我的坚果云\opslog.db"), "坚果云"),
        (PurePosixPath("/Users/li/Library/Mobile Documents/com~apple~CloudDocs/o.db"), "iCloud"),
        (PurePosixPath("/Users/li/Dropbox (Work)/opslog.db"), "Dropbox"),
        (PurePosixPath("/home/li/Nutstore Files/opslog.db"), "坚果云"),
        (PurePosixPath("/home/li/.local/share/opslog/opslog.db"), ""),
        (PurePosixPath("/home/li/work/onedrive.db"), ""),
        (PurePosixPath("/home/li/dropboxes/opslog.db"), ""),
    ],
)
def test_synced_folders(path: PurePath, service: str) -> None:
    assert synced_by(path) == service
