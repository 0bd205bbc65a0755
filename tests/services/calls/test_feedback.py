"""What was said, by whom it concerns; who was told of it, and the text to paste."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.exchange.writing.cells import Named
from opslog.services.answers import answering
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import feedback
from opslog.services.calls.attendance import guests
from opslog.services.people import erasing
from tests.services.answers.test_answering import HEAR, NEED
from tests.services.calls.test_calling import salon_tomorrow
from tests.services.lists import Sheet

OURS = HEAR._replace(key="guests", concerns="us")


def said(book: Book) -> Sheet:
    made = salon_tomorrow(book)
    for person, typed in zip(made.people, ("1", "1", "现场演示"), strict=False):
        answering.answer(book, HEAR, person, made.event_id, typed)
    answering.answer(book, NEED, made.people[0], made.event_id, "老设备接数据")
    answering.answer(book, OURS, made.people[0], made.event_id, "2")
    return made


def waits(book: Book) -> dict[str, int]:
    found = {whom: len(found) for whom, found in feedback.waiting(book).items()}
    assert feedback.number_waiting(book) == found
    return found


def test_the_text_has_counts_and_who_said_what_in_words(book: Book) -> None:
    said(book)
    assert feedback.text(feedback.gathered(book)).splitlines() == [
        "For speaker: 上海沙龙",
        "What? (3 answers)",
        "  cases 2",
        "  - 现场演示 (张伟, 工程师, 华为技术)",
        "For sales: 上海沙龙",
        "Need? (1 answer)",
        "  - 老设备接数据 (王志刚, 总经理, 万科企业)",
    ]


def test_told_is_a_second_fact_that_undo_takes_back(book: Book) -> None:
    made = said(book)
    assert waits(book) == {"speaker": 3, "sales": 1}
    speaker = feedback.gathered(book, made.event_id, "speaker")
    change = feedback.tell(book, speaker, "讲师老周")
    assert str(change.label) == "Told 讲师老周 of 3 answers"
    assert waits(book) == {"sales": 1}
    assert {one.told for one in feedback.gathered(book, concerns="speaker")} == {"讲师老周"}
    assert guests.told_before(book) == ["讲师老周"]
    answering.answer(book, HEAR, made.people[0], made.event_id, "2")  # what is said anew waits
    assert waits(book) == {"speaker": 1, "sales": 1}
    history.undo(book)
    history.undo(book)
    assert waits(book) == {"speaker": 3, "sales": 1}
    with pytest.raises(Refused, match="Nothing is chosen"):
        feedback.tell(book, [], "讲师老周")


def test_answers_leave_as_a_table(book: Book) -> None:
    made = said(book)
    feedback.tell(book, feedback.gathered(book, concerns="sales"), "销售群")
    table = feedback.answers_table(book, Scope(made.event_id))
    rows = list(table.rows)
    assert rows[2][1:6] == ("张伟", "华为技术", "工程师", "What?", "现场演示")
    assert rows[2][6:8] == (Named("speaker", "speaker"), None)
    assert rows[3][4:8] == ("Need?", "老设备接数据", Named("sales", "sales"), "销售群")
    assert len(rows) == 5


def test_who_was_erased_is_quoted_nowhere(book: Book) -> None:
    made = said(book)
    feedback.tell(book, feedback.gathered(book), "王志刚的同事")
    erasing.erase(book, made.people[0], "王志刚")
    left = feedback.text(feedback.gathered(book))
    assert "老设备" not in left
    assert "王志刚" not in left
    assert "cases 2" in left
