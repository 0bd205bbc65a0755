"""The log's runs of calls in words: counted as the report of the day counts them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.reports.stretches import DAY, of
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.daybook import folds
from opslog.services.daybook import lines as log_lines
from opslog.services.reports import folded, reports
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.reports.test_reports import call_all


def told(book: Book) -> list[str]:
    return [str(text) for text in folded.told(book, folds.found(book))]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "57 calls 09:00–10:52: 41 reached, 30 coming"),
        ("zh_CN", "09:00–10:52 57 次通话：接通 41、会来 30"),
    ],
)
def test_a_morning_of_calls_is_one_line(
    book: Book, clock: StandingClock, language: str, said: str
) -> None:
    call_all(book, clock)
    locale.set_language(language)
    assert told(book) == [said]


def test_it_says_what_the_report_says_whatever_was_undone_merged_or_flagged(
    book: Book, clock: StandingClock
) -> None:
    made = call_all(book, clock)
    history.undo(book)
    twins.merge(book, made.people[0], made.people[1])
    sums = reports.report(book, of(DAY, book.today())).sums
    assert told(book) == [
        f"{len(sums.calls)} calls 09:00–10:50: "
        f"{len(sums.reached)} reached, {len(sums.coming)} coming"
    ]
    (fold,) = folds.found(book)
    log_lines.toggle_flag(book, fold.ids[3])  # what is red is seen
    assert fold.ids[3] not in folds.found(book)[0].ids
    came = str(folded.came(book, fold))
    assert came.startswith("reminder: coming 29, no answer 15, not coming 6")


def test_calls_taken_back_with_their_lines_left_are_lines(book: Book, clock: StandingClock) -> None:
    call_all(book, clock)
    with book.change(locale.msg("x")):
        book.con.execute("DELETE FROM touch")
    assert told(book) == ["57 lines of calls 09:00–10:52"]
    clock.move_to(clock.instant + timedelta(days=1))
    assert folds.found(book, book.today()) == []
