"""Tasks of one's own: read like a line, but ahead."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.daybook import follow_ups, tasks


# The clock stands on Monday 2026-11-23, 09:00.
@pytest.mark.parametrize(
    ("typed", "text", "due"),
    [
        ("send the slides", "send the slides", "11-23 any"),
        ("send the slides >fri", "send the slides", "11-27 any"),
        ("15:00 给李总发资料", "给李总发资料", "11-23 15:00"),
        ("明天 给李总", "给李总", "11-24 any"),
        ("fri 3pm call", "call", "11-27 15:00"),  # of a line it would be last Friday
        ("周报 #月报", "周报 #月报", "11-23 any"),
    ],
)
def test_a_time_at_the_beginning_is_when_it_is_due(
    book: Book, typed: str, text: str, due: str
) -> None:
    one = follow_ups.get(book, tasks.add(book, typed).made or 0)
    local = one.due.astimezone(book.clock.zone)
    assert (one.text, f"{local:%m-%d} " + (f"{local:%H:%M}" if one.timed else "any")) == (text, due)
    assert one.log_id is None


def test_the_words_written_again_change_nothing(book: Book) -> None:
    made = tasks.add(book, "给李总 #报价 发资料 ! >周五10点").made or 0
    before = follow_ups.get(book, made)
    tasks.edit(book, made, tasks.composed(book, made))
    assert follow_ups.get(book, made) == before


def test_no_words_no_task(book: Book) -> None:
    with pytest.raises(Refused, match="what is to be done"):
        tasks.add(book, " ! ")


def test_note_and_flag_are_undone_like_all_else(book: Book) -> None:
    made = tasks.add(book, "call").made or 0
    tasks.note(book, made, " twice ")
    tasks.flag_all(book, [made])
    assert (follow_ups.get(book, made).note, follow_ups.get(book, made).flagged) == ("twice", True)
    assert str(tasks.flag_all(book, [made]).label) == "Flag taken off: call"
    for _ in range(3):
        history.undo(book)
    assert (follow_ups.get(book, made).note, follow_ups.get(book, made).flagged) == ("", False)
