"""Reasons for dropping a row, and the rules that suggest one: what ships, and what is one's own."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from opslog import shipped
from opslog.domain.base.refusal import Refused
from opslog.domain.screening import reasons as reasons_file
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rules_file import RuleFile, read_rules
from opslog.domain.screening.suggestions import Rule
from opslog.locale import N_, msg
from opslog.services.book.book import Book

FILE = "rules.toml"
TEMPLATE = "rules_own.toml"

# The own rules as last read: file, and its time and size then.
_read: dict[Path, tuple[tuple[int, int], tuple[Rule, ...]]] = {}


@cache
def reasons() -> Reasons:
    """Every reason, in order."""
    import tomllib

    return reasons_file.read(tomllib.loads(_shipped("reasons.toml")))


def rules(book: Book) -> tuple[Rule, ...]:
    """The shipped rules with the operator's own over them, read anew whenever that file changes.

    Raises Refused, naming file and line, where the operator's file can't be understood.
    """
    path = book.home / FILE
    try:
        status = path.stat()
    except FileNotFoundError:
        _read.pop(path, None)
        return _shipped_rules().rules
    stamp = (status.st_mtime_ns, status.st_size)
    known = _read.get(path)
    if known is None or known[0] != stamp:
        own = read_rules(_text(path), str(path), reasons())
        known = _read[path] = (stamp, own.over(_shipped_rules()))
    return known[1]


def own_file(book: Book) -> Path:
    """The operator's rules.toml; made with its comments where there is none yet.

    Raises Refused where it can't be written.
    """
    path = book.home / FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    except OSError as error:
        raise Refused(
            msg(
                N_("{path} can't be written ({reason}); check the folder's permissions"),
                path=path,
                reason=error.strerror or str(error),
            )
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_shipped(TEMPLATE))
    return path


@cache
def _shipped_rules() -> RuleFile:
    return read_rules(_shipped(FILE), FILE, reasons())


def _shipped(name: str) -> str:
    return shipped.text(f"screening/{name}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(
            msg(N_("{file}, line {line}: not UTF-8; save the file as UTF-8"), file=path, line=line)
        ) from error
    except OSError as error:
        raise Refused(
            msg(
                N_("{file} can't be read: {reason}"),
                file=path,
                reason=error.strerror or str(error),
            )
        ) from error
