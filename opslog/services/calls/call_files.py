"""The files that say how calls go: what ships, or the operator's own beside the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from opslog import shipped
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import FILE as OUTCOMES_FILE
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.dates.workdays import MAINLAND, OVERLAY_FILE, Workdays, read_overlay
from opslog.locale import N_, msg
from opslog.services.book.book import Book

if TYPE_CHECKING:  # the first screen wants the outcomes alone
    from opslog.domain.calls.order import Weights
    from opslog.domain.calls.seniority import Seniority
    from opslog.domain.calls.talk_tracks import Tracks

FOLDER = "playbooks"
T = TypeVar("T")


@dataclass(frozen=True)
class CallBooks:
    """Everything that decides who is called when, read and ready for use."""

    outcomes: Outcomes
    order: Weights
    seniority: Seniority
    workdays: Workdays


def books(book: Book) -> CallBooks:
    """The rules of calling in force. Raises Refused naming file and line of what is broken."""
    from opslog.domain.calls import order as call_order
    from opslog.domain.calls import seniority

    return CallBooks(
        outcomes(book),
        _load(book, call_order.FILE, call_order.read),
        _load(book, seniority.FILE, seniority.read),
        workdays(book),
    )


def outcomes(book: Book) -> Outcomes:
    """The outcome sets in force. Raises Refused naming file and line of what is broken."""
    from opslog.domain.calls.outcomes_file import read

    return _load(book, OUTCOMES_FILE, read)


def shipped_outcomes() -> Outcomes:
    """The outcome sets as they come with the product."""
    from opslog.domain.calls.outcomes_file import read

    found: Outcomes = _shipped(OUTCOMES_FILE, read)
    return found


def tracks(book: Book) -> Tracks:
    """The talk tracks in force. Raises Refused naming file and line of what is broken."""
    from opslog.domain.calls import talk_tracks

    return _load(book, talk_tracks.FILE, talk_tracks.read)


def workdays(book: Book) -> Workdays:
    """The working days in force. Raises Refused naming file and line of what is broken."""
    own = book.home / OVERLAY_FILE
    stamp = _stamp(own)
    return MAINLAND if stamp is None else _own(own, stamp, read_overlay)


def _load(book: Book, name: str, read: Callable[[str, str], T]) -> T:
    own = book.home / FOLDER / name
    stamp = _stamp(own)
    # lru_cache forgets what kind of thing is read; the variable says it again.
    found: T = _shipped(name, read) if stamp is None else _own(own, stamp, read)
    return found


def _stamp(path: Path) -> tuple[int, int] | None:
    """When the file was changed last and how long it is; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _shipped(name: str, read: Callable[[str, str], T]) -> T:
    return read(shipped.text(f"calls/{name}"), name)


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
