"""Folders that a program copies into a cloud while they are being written.

A database there can be copied half-way, locked, or doubled as a "conflicted copy".
"""

from __future__ import annotations

import re
from pathlib import PurePath

# What a part of the path is called (all of it, in lower case) -> whose folder it is.
_FOLDERS = (
    (re.compile(r"onedrive( ?[-–] ?.+)?"), "OneDrive"),
    (re.compile(r"mobile documents|com~apple~clouddocs|icloud ?drive|icloud.*"), "iCloud"),
    (re.compile(r"dropbox( ?\(.+\))?"), "Dropbox"),
    (re.compile(r"nutstore.*|我的坚果云|坚果云.*"), "坚果云"),
    (re.compile(r"google ?drive|googledrive-.+|my drive|我的云端硬盘"), "Google Drive"),
    (re.compile(r"baidusyncdisk|baidunetdisk.*|百度网盘.*"), "百度网盘"),
)


def synced_by(path: PurePath) -> str:
    """The service that keeps ``path`` in step with a cloud, by the names of its folders; ''
    where none is known to."""
    for part in path.parent.parts:
        for pattern, service in _FOLDERS:
            if pattern.fullmatch(part.lower()):
                return service
    return ""
