"""The files that say how calls go: what ships, or the operator's own beside the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from opslog.domain import call_order, outcome_file, outcomes, seniority, talk, workdays
from opslog.domain.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book import Book

FOLDER = "playbooks"
T = TypeVar("T")


@dataclass(frozen=True)
class CallBooks:
    """Everything read, ready for use."""

    outcomes: outcomes.Outcomes
    order: call_order.Weights
    seniority: seniority.Seniority
    workdays: workdays.Workdays


def books(book: Book) -> CallBooks:
    """The rules of calling in force. Raises Refused naming file and line of what is broken."""
    return CallBooks(
        _load(book, outcomes.FILE, outcome_file.read),
        _load(book, call_order.FILE, call_order.read),
        _load(book, seniority.FILE, seniority.read),
        _calendar(book),
    )


def shipped() -> CallBooks:
    """The rules as they come with the product."""
    return CallBooks(
        _shipped(outcomes.FILE, outcome_file.read),
        _shipped(call_order.FILE, call_order.read),
        _shipped(seniority.FILE, seniority.read),
        workdays.MAINLAND,
    )


def tracks(book: Book) -> talk.Tracks:
    """The talk tracks in force. Raises Refused naming file and line of what is broken."""
    return _load(book, talk.FILE, talk.read)


def _load(book: Book, name: str, read: Callable[[str, str], T]) -> T:
    own = book.home / FOLDER / name
    stamp = _stamp(own)
    # lru_cache forgets what kind of thing is read; the variable says it again.
    found: T = _shipped(name, read) if stamp is None else _own(own, stamp, read)
    return found


def _calendar(book: Book) -> workdays.Workdays:
    own = book.home / workdays.OVERLAY_FILE
    stamp = _stamp(own)
    return workdays.MAINLAND if stamp is None else _own(own, stamp, workdays.read_overlay)


def _stamp(path: Path) -> tuple[int, int] | None:
    """When the file was changed last and how long it is; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _shipped(name: str, read: Callable[[str, str], T]) -> T:
    file = resources.files("opslog") / FOLDER / name
    return read(file.read_text(encoding="utf-8"), name)


@lru_cache(maxsize=8)
def _own(path: Path, _stamp: tuple[int, int], read: Callable[[str, str], T]) -> T:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(
            msg(N_("{file}, line {line}: not UTF-8; save the file as UTF-8"), file=path, line=line)
        ) from error
    except OSError as error:
        raise Refused(msg(N_("{file} can't be read: {error}"), file=path, error=error)) from error
    return read(text, str(path))
