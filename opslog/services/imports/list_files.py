"""Files that may be the list somebody just sent: where they usually lie, the newest first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

ENDINGS = frozenset(
    {".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".vcf"}
    | {".ics"}  # an organiser's invitation, which makes an event
)
# A file named like this is a list only if a person says so.
_NOT_LIKELY = ("readme", "license", "requirements", "~$", ".~")
_MOST_LOOKED_AT = 2_000  # entries of one folder


@dataclass(frozen=True)
class ListFile:
    """``size`` in bytes; ``is_folder`` where it has to be opened first."""

    path: Path
    size: int
    changed_at: datetime
    is_folder: bool = False


def folders(last: str = "", home: Path | None = None) -> list[Path]:
    """Where a list is looked for: where the ``last`` one lay, the current folder, Downloads,
    Desktop and Documents, as far as they are there."""
    home = home or Path.home()
    usual = ("Downloads", "下载", "Desktop", "桌面", "Documents", "文档")
    found = [*([Path(last)] if last else []), Path.cwd(), *(home / name for name in usual)]
    return [folder for folder in dict.fromkeys(found) if folder.is_dir()]


def likely(where: Sequence[Path], limit: int = 40) -> list[ListFile]:
    """Lists in these folders, the newest first."""
    found = {
        file.path.resolve(): file
        for folder in where
        for file in _in_folder(folder)
        if not file.is_folder and _is_likely(file.path)
    }
    return sorted(found.values(), key=lambda file: file.changed_at, reverse=True)[:limit]


def named(name: str, where: Sequence[Path]) -> Path | None:
    """The file of a name without its folder; None where no folder has it."""
    return next((path for folder in where if (path := folder / name).is_file()), None)


def matching(text: str, limit: int = 100) -> list[ListFile]:
    """What a path typed so far may become: lists first, then folders, by name."""
    typed = Path(text).expanduser()
    folder, start = (typed, "") if text.endswith(("/", os.sep)) else (typed.parent, typed.name)
    found = [
        file
        for file in _in_folder(folder)
        if file.path.name.casefold().startswith(start.casefold())
        and (start.startswith(".") or not file.path.name.startswith("."))
        and (file.is_folder or file.path.suffix.lower() in ENDINGS)
    ]
    return sorted(found, key=lambda file: (file.is_folder, file.path.name.casefold()))[:limit]


def _is_likely(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.lower().startswith(_NOT_LIKELY)


def _in_folder(folder: Path) -> list[ListFile]:
    """The entries of a folder; none where it is not there or may not be read."""
    try:
        with os.scandir(folder) as entries:
            return [
                file
                for entry in islice(entries, _MOST_LOOKED_AT)
                if (file := _file(entry)) is not None
            ]
    except OSError:
        return []


def _file(entry: os.DirEntry[str]) -> ListFile | None:
    try:
        stat = entry.stat()
    except OSError:  # a link that leads nowhere is no list
        return None
    changed_at = datetime.fromtimestamp(stat.st_mtime, UTC)
    return ListFile(Path(entry.path), stat.st_size, changed_at, entry.is_dir())
