"""Answers against a database: kept, counted, undone, merged, erased, and proof of a step."""

from __future__ import annotations

import pytest

from opslog.domain.answers.questions import Question, Said
from opslog.domain.base.refusal import Refused
from opslog.services.answers import answering, lead_parts
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.cards import cards, step_progress
from opslog.services.leads import leads
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.services.twins import twins
from tests.services.calls.test_calling import salon_tomorrow

HEAR = Question(
    "hear", "想听什么？", "What?", "choice", ("案例", "报价"), ("cases", "prices"), True, "speaker"
)
NEED = Question("wants", "需求？", "Need?", concerns="sales")


def held(book: Book, person_id: int) -> list[tuple[str, Said]]:
    return [(one.question.key, one.said) for one in answering.said_to(book, person_id)]


def test_an_answer_is_one_change_and_the_newest_one_holds(book: Book) -> None:
    made = salon_tomorrow(book)
    wang, event = made.people[0], made.event_id
    change = answering.answer(book, HEAR, wang, event, "1")
    assert str(change.label) == "王志刚: What? cases"
    answering.answer(book, HEAR, wang, event, "2")
    answering.answer(book, NEED, wang, event, "老设备接数据")
    assert held(book, wang) == [("hear", Said("报价")), ("wants", Said("", "老设备接数据"))]
    assert book.con.execute("SELECT count(*) FROM answer").fetchone()[0] == 3  # a ledger
    history.undo(book)
    history.undo(book)
    assert held(book, wang) == [("hear", Said("案例"))]
    answering.take_back(book, HEAR, wang, event)
    assert held(book, wang) == []
    assert book.con.execute("SELECT count(*) FROM answer").fetchone()[0] == 2
    with pytest.raises(Refused, match="no answer to take back"):
        answering.take_back(book, HEAR, wang, event)
    history.undo(book)
    history.undo(book)
    for table in ("answer", "question"):
        assert book.con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_question_keeps_its_words_when_the_file_changes(book: Book) -> None:
    made = salon_tomorrow(book)
    answering.answer(book, HEAR, made.people[0], made.event_id, "2")
    worded = HEAR._replace(text="最想听什么？", options=("案例", "做法"), options_en=("a", "b"))
    answering.answer(book, worded, made.people[1], made.event_id, "1")
    answering.answer(book, worded, made.people[2], made.event_id, "1")
    rows = book.con.execute("SELECT version, text FROM question ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [(1, "想听什么？"), (2, "最想听什么？")]
    assert str(answering.said_to(book, made.people[0])[0].question.title) == "What?"
    counted = answering.counts(book)[0]
    assert {str(one.title): one.number for one in counted.choices} == {"a": 2, "b": 0, "prices": 1}


def test_the_call_that_is_logged_is_the_one_it_was_said_in(book: Book) -> None:
    made = salon_tomorrow(book)
    answering.answer(book, HEAR, made.people[0], made.event_id, "1")
    answering.answer(book, HEAR, made.people[1], made.event_id, "1")
    touch = calling.record(book, made.cards[0], "reminder", "coming", lane="phone").made
    rows = book.con.execute("SELECT touch_id FROM answer ORDER BY id").fetchall()
    assert [row[0] for row in rows] == [touch, None]
    history.undo(book)
    rows = book.con.execute("SELECT touch_id FROM answer ORDER BY id").fetchall()
    assert [row[0] for row in rows] == [None, None]


def test_the_time_line_says_it_next_time(book: Book) -> None:
    made = salon_tomorrow(book)
    answering.answer(book, NEED, made.people[0], made.event_id, "老设备接数据")
    moment = next(one for one in cards.timeline(book, made.people[0]) if one.kind == "said")
    assert (str(moment.text), moment.event_id) == ("Need? 老设备接数据", made.event_id)


def test_who_is_merged_takes_the_answers_along_and_undo_brings_them_back(book: Book) -> None:
    made = salon_tomorrow(book)
    one, other = made.people[:2]
    answering.answer(book, HEAR, one, made.event_id, "1")
    answering.answer(book, HEAR, other, made.event_id, "2")
    answering.answer(book, NEED, other, made.event_id, "报表")
    twins.merge(book, one, other)
    assert held(book, one) == [("hear", Said("报价")), ("wants", Said("", "报表"))]
    assert answering.counts(book)[0].answers == 1  # one person, asked twice
    history.undo(book)
    assert held(book, one) == [("hear", Said("案例"))]
    assert answering.counts(book)[0].answers == 2


def test_what_an_erased_person_said_in_words_is_gone_and_what_they_chose_is_counted(
    book: Book,
) -> None:
    made = salon_tomorrow(book)
    wang = made.people[0]
    answering.answer(book, HEAR, wang, made.event_id, "1")
    answering.answer(book, NEED, wang, made.event_id, "想把老设备接上云")
    erasing.erase(book, wang, "王志刚")
    assert "老设备" not in "\n".join(book.con.iterdump())
    counted = {one.question.key: one for one in answering.counts(book)}
    assert counted["hear"].choices[0].number == 1
    assert (counted["wants"].answers, counted["wants"].in_words) == (1, ())
    with pytest.raises(Refused):
        answering.answer(book, HEAR, wang, made.event_id, "1")


def test_an_answer_proves_a_step(book: Book) -> None:
    made = salon_tomorrow(book)
    book.con.execute("INSERT INTO plan(event_id) VALUES (?)", (made.event_id,))
    for number, evidence in enumerate(("answers", "answers-wants"), 1):
        book.con.execute(
            "INSERT INTO step(plan_id, key, title, title_en, anchor, offset, clock, phase, due_at,"
            " planned_at, state, evidence) VALUES"
            " ((SELECT id FROM plan WHERE event_id=?),?,'反馈','Feedback','start',0,'','after',"
            "'2026-11-24T01:00:00Z','2026-11-24T01:00:00Z','floating',?)",
            (made.event_id, f"k{number}", evidence),
        )

    def proven() -> list[int]:
        rows = book.con.execute("SELECT proven FROM step_shown WHERE key GLOB 'k*' ORDER BY key")
        return [row[0] for row in rows]

    answering.answer(book, HEAR, made.people[0], made.event_id, "1")
    assert proven() == [1, 0]
    answering.answer(book, NEED, made.people[0], made.event_id, "报表")
    assert proven() == [1, 1]
    assert step_progress.Work(book, made.event_id).far("answers") is None
    history.undo(book)
    assert proven() == [1, 0]
    answering.take_back(book, HEAR, made.people[0], made.event_id)
    assert proven() == [0, 0]
    assert people.get(book, made.people[0]).name == "王志刚"


def brings(book: Book, card_id: int) -> tuple[int, int]:
    row = book.con.execute("SELECT guests, guests_more FROM card WHERE id=?", (card_id,))
    return tuple(row.fetchone())


def shipped(book: Book, key: str) -> Question:
    found = own_kinds.tracks(book).question(key)
    assert found is not None
    return found


def test_how_many_come_stands_on_the_card_where_the_answer_is_clear(book: Book) -> None:
    made = salon_tomorrow(book)
    wang, event, card = made.people[0], made.event_id, made.cards[0]
    how_many = shipped(book, "guests")  # 几位一起来？ counts who is asked
    change = answering.answer(book, how_many, wang, event, "3")
    assert str(change.label) == "王志刚: How many of you will come? three or more · +≥2"
    assert brings(book, card) == (2, 1)
    guest = next(one for one in guests.guests(book, event) if one.card_id == card)
    assert (guest.brings, guest.or_more) == (2, True)
    answering.answer(book, how_many, wang, event, "2")
    assert brings(book, card) == (1, 0)
    history.undo(book)
    assert brings(book, card) == (2, 1)
    answering.answer(book, how_many, wang, event, "1")
    assert brings(book, card) == (0, 0)


def test_an_answer_that_is_not_clear_sets_nobody_and_says_so(book: Book) -> None:
    made = salon_tomorrow(book)
    whom = book.home / "playbooks" / "talk_tracks.toml"
    whom.parent.mkdir(exist_ok=True)
    whom.write_text(
        '[[track]]\npurpose = "reminder"\nsay_zh = "您好"\nsay_en = "Hello"\nask = ["whom"]\n'
        '[[question]]\nkey = "whom"\ntext_zh = "带谁来？"\nanswers = "guests"\n',
        encoding="utf-8",
    )
    change = answering.answer(book, shipped(book, "whom"), made.people[0], made.event_id, "带朋友")
    assert "how many come along is not clear from that" in str(change.label)
    assert brings(book, made.cards[0]) == (0, 0)


def test_what_was_answered_stands_in_the_hand_over(book: Book) -> None:
    made = salon_tomorrow(book)
    wang, event = made.people[0], made.event_id
    for key, typed in (("budget", "20万"), ("timing", "1"), ("need", "老设备接数据")):
        answering.answer(book, shipped(book, key), wang, event, typed)
    heard = lead_parts.heard(book, wang)
    assert {part: one.value for part, one in heard.items()} == {
        "budget": "20万",
        "timing": "this quarter",
        "need": "老设备接数据",
    }
    assert str(lead_parts.source(book, heard)) == (
        "answered before: Budget, Need, Timing Mon 11-23 上海沙龙"
    )
    answering.answer(book, shipped(book, "budget"), wang, event, "3")
    assert lead_parts.heard(book, wang)["budget"].value == "none", "asked and known: there is none"
    leads.keep(book, wang, {"budget": "5万"})
    assert "budget" not in lead_parts.heard(book, wang), "what the lead holds stays"


def test_an_answer_of_who_was_merged_away_is_of_who_stayed(book: Book) -> None:
    made = salon_tomorrow(book)
    kept, gone = made.people[:2]
    twins.merge(book, kept, gone)
    answering.answer(book, NEED, gone, made.event_id, "报表")
    assert held(book, kept) == [("wants", Said("", "报表"))]
    assert answering.counts(book)[0].answers == 1
    answering.take_back(book, NEED, gone, made.event_id)
    assert held(book, kept) == []
