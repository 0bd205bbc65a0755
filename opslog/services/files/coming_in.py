"""Lists in, with all that areas take of them: ``services/rosters`` with every table of that."""

from __future__ import annotations

from pathlib import Path

from opslog.domain.imports.report import ImportReport
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book.book import Book
from opslog.services.calls import added_from_list
from opslog.services.imports import (
    channels,
    imports,
    of_stops,
    past_contacts,
    presence,
    said_again,
    tags,
)
from opslog.services.imports.imports import Loaded, Progress
from opslog.services.materials import from_list as requests
from opslog.services.rosters import withdrawing
from opslog.services.rosters.withdrawing import Withdrawal
from opslog.services.screening import from_list as verdicts
from opslog.store.rosters.withdrawal.withdrawing import File, Staying

BESIDE = (
    *(verdicts.TAKES, tags.TAKES, past_contacts.TAKES, presence.TAKES),
    channels.TAKES,
    requests.TAKES,
    of_stops.TAKES,
    added_from_list.TAKES,
)


def preview(
    book: Book,
    path: Path,
    event_id: int,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """See ``imports.preview``."""
    return imports.preview(book, path, event_id, options, progress, BESIDE)


def load(
    book: Book,
    path: Path,
    event_id: int,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """See ``imports.load``."""
    return imports.load(book, path, event_id, options, progress, BESIDE)


def withdraw(book: Book, file_id: int) -> Withdrawal:
    """See ``withdrawing.withdraw``."""

    def again(found: File, staying: Staying) -> None:
        said_again.say_again(book, BESIDE, file_id, found, staying)

    return withdrawing.withdraw(book, file_id, again)
