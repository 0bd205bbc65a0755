"""What is written stays written, also when the power goes."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Let nothing of a file be lost. Raises OSError where the disk can't."""
    _sync(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    try:
        _sync(folder, os.O_RDONLY)
    except OSError:  # some network folders can't; the files' content is on the disk already
        return


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
