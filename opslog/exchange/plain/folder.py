"""The folder of a plain copy: written whole or not at all, and read back a record at a time.

``copy.json`` says what it is and what it holds, ``SHA256SUMS`` what each file was when it was
written, in the form that ``sha256sum -c`` reads, ``records/`` has a file a table.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from opslog.disk import checksum, durable, temporary
from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

FORM = 1  # of the folder; a newer opslog that writes another says so
ABOUT, SUMS, RECORDS, SCHEMA = "copy.json", "SHA256SUMS", "records", "records.sql"
_WHAT = "opslog plain copy"


class Writing:
    """A folder being written. ``file`` puts one file into it and gives the number of its lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}

    def file(self, name: str, chunks: Iterable[bytes]) -> int:
        path = self.folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        digest, lines = hashlib.sha256(), 0
        with open(path, "xb", opener=_private) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                lines += chunk.count(b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.sums[name] = digest.hexdigest()
        return lines

    def text(self, name: str, text: str) -> None:
        self.file(name, [text.encode()])


class About(NamedTuple):
    """What ``copy.json`` says: the ``schema`` of the database, the highest ids given, how many
    records each table has, and of ``holds`` what a person wants to know."""

    schema: int
    version: str
    at: str
    last_ids: Mapping[str, int]
    records: Mapping[str, int]
    holds: Mapping[str, Any]

    def text(self) -> str:
        said = {"what": _WHAT, "form": FORM, **self._asdict()}
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def check_place(folder: Path) -> Path:
    """Where a copy called ``folder`` would be written. Raises Refused where none can be."""
    try:
        folder = Path(os.path.abspath(folder.expanduser()))
        if folder.is_dir():
            if any(folder.iterdir()):
                text = N_(
                    "{folder} is not empty; name a folder that is not there yet, {example} for one"
                )
                raise Refused(msg(text, folder=folder, example=folder / "opslog-copy"))
        elif os.path.lexists(folder):
            raise Refused(msg(N_("{folder} is a file; name a folder"), folder=folder))
        elif not folder.parent.is_dir():
            text = N_("There is no folder {folder}; make it, or name another")
            raise Refused(msg(text, folder=folder.parent))
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: ~ of nobody
        raise unwritable(folder, error) from error
    return folder


def write(folder: Path, fill: Callable[[Writing], None]) -> Path:
    """Let ``fill`` write the files of a copy; it is at ``folder`` when all are whole, and reads
    back as it was written. Raises Refused; then nothing is left."""
    folder = check_place(folder)
    try:
        with temporary.folder(folder.parent) as part:
            writing = Writing(part)
            fill(writing)
            sums = "".join(f"{sha}  {name}\n" for name, sha in sorted(writing.sums.items()))
            writing.text(SUMS, sums)
            for name, sha in writing.sums.items():
                if checksum.sha256(part / name) != sha:
                    text = N_("{file} does not read back whole; nothing was kept of the copy")
                    raise Refused(msg(text, file=name))
            for made in (part / RECORDS, part):
                durable.sync_folder(made)
            if folder.exists():
                folder.rmdir()  # empty, as it was looked at; Windows renames over none
            part.rename(folder)
            durable.sync_folder(folder.parent)
    except OSError as error:
        raise unwritable(folder, error) from error
    return folder


def about(folder: Path) -> About:
    """What a copy says of itself. Raises Refused for what is none, or of a newer opslog."""
    try:
        said = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if said.pop("what") != _WHAT:
            raise ValueError
        form = int(said.pop("form"))
        found = About(**{name: said[name] for name in About._fields})
        numbers = [found.schema, *found.last_ids.values(), *found.records.values()]
        if not all(type(number) is int for number in numbers) or found.schema < 1:
            raise ValueError
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        text = N_("{folder} is no plain copy: its {file} is missing or can't be read")
        raise Refused(msg(text, folder=folder, file=ABOUT)) from error
    if form > FORM:
        text = N_("{folder} was written by a newer opslog; install the newer version to read it")
        raise Refused(msg(text, folder=folder))
    return found


def schema(folder: Path) -> str:
    try:
        return (folder / SCHEMA).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(SCHEMA, error) from error


def records(folder: Path, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a table, each with its line; none where it has no file. Raises Refused for
    a line that is no record."""
    name = f"{RECORDS}/{table}.jsonl"
    if not (folder / name).exists():
        return
    try:
        with (folder / name).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise ValueError
                except (ValueError, RecursionError) as error:
                    text = N_("{file}, line {line}: this is no record (one JSON object a line)")
                    raise Refused(msg(text, file=name, line=number)) from error
                yield number, record
    except OSError as error:
        raise _unreadable(name, error) from error


def check(folder: Path, said: About) -> None:
    """Raises Refused where a file is not what it was when it was written. One whose line was taken
    out of ``SHA256SUMS`` was changed by hand, and may be."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(SUMS, error) from error
    sums = {name: sha for sha, _, name in (line.partition("  ") for line in text.splitlines())}
    for table in said.records:
        name = f"{RECORDS}/{table}.jsonl"
        try:
            changed = name in sums and checksum.sha256(folder / name) != sums[name]
        except OSError as error:
            raise _unreadable(name, error) from error
        if changed:
            raise Refused(
                msg(
                    N_(
                        "{file} is not what was written ({n} records then); take another copy, or, "
                        "where the change is yours, take its line out of {sums}"
                    ),
                    file=name,
                    n=said.records[table],
                    sums=SUMS,
                )
            )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _unreadable(name: str, error: Exception) -> Refused:
    reason = foreign.reason(error)
    text = N_("{file} can't be read ({reason}); take another copy")
    return Refused(msg(text, file=name, reason=reason))


def unwritable(folder: Path, error: Exception) -> Refused:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        text = N_("{folder} can't be written: the disk is full; nothing is left of the copy")
        return Refused(msg(text, folder=folder))
    reason = foreign.reason(error)
    text = N_("{folder} can't be written ({reason}); nothing is left of the copy")
    return Refused(msg(text, folder=folder, reason=reason))
