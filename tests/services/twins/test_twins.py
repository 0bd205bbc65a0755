"""Nobody twice: proposals, decisions, merges, and all of it undone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.twins.pairs import COMPANY, DIFFERENT, LATER, PERSON, SAME, CompanySide
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.cards import cards
from opslog.services.daybook import lines as log_lines
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.services.twins import search as twin_search
from opslog.services.twins import twins
from opslog.store.calls import known
from opslog.store.screening import rounds as round_rows
from opslog.store.twins import pairs
from tests.conftest import StandingClock, domain_rows
from tests.services.lists import Sheet, make_list, make_person

ROWS = [
    ("王志刚", "北京云岭科技有限公司", "市场总监", "+8613800138000", "wangzg@yunling.example"),
    ("王志钢", "云岭科技", "", "+8613800138001", ""),
    ("李娜", "云帆贸易", "经理", "+8613912345678", "lina@yunfan.example"),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


def names(book: Book, kind: str = PERSON) -> list[set[str]]:
    """What waits: the two of each pair, by name."""
    found = [twins.card(book, pair.id) for pair in twins.found(book, kind)]
    return [{card.one.called, card.other.called} for card in found]


def rows(book: Book, sql: str, *values: object) -> list[Any]:
    return [row[0] for row in book.con.execute(sql, values)]


# -- finding -----------------------------------------------------------------------


def test_people_who_may_be_one_are_proposed_once_with_reasons(book: Book, sheet: Sheet) -> None:
    assert twin_search.propose(book).found == 2
    (pair,) = twins.found(book, PERSON)
    assert {"name_sound", "phone_near", "company_alike"} <= set(pair.reasons)
    assert "the names sound the same" in [str(reason) for reason in pair.for_it]
    assert names(book, COMPANY) == [{"北京云岭科技有限公司", "云岭科技"}]
    assert twins.counts(book) == {PERSON: 1, COMPANY: 1}
    assert twin_search.propose(book).found == 0


def test_only_the_new_are_looked_at(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    assert not twin_search.unlooked(book)
    make_person(book, "李  娜", "云帆贸易", phone="+8613912345679")
    assert twin_search.unlooked(book)
    assert twin_search.propose(book).looked_at == 1
    assert {"李娜", "李  娜"} in names(book)


def test_a_search_goes_on_where_its_time_ran_out(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twin_search, "BATCH", 2)
    for number in range(6):
        make_person(book, "王志刚", "云岭科技", phone=f"+86138001380{number:02}")
    first = twin_search.propose(book, seconds=0)
    assert (first.looked_at, first.left) == (0, 6)
    heard: list[int] = []
    last = twin_search.propose(book, progress=lambda search: heard.append(search.left))
    assert (last.looked_at, last.left) == (6, 0)
    assert heard == [4, 2, 0]
    assert len(twins.found(book, PERSON)) == 15


def test_a_key_that_many_share_is_no_reason_to_compare_them(book: Book) -> None:
    for number in range(pairs.MOST_IN_BLOCK + 5):
        make_person(book, "王小伟", title=str(number))
    make_person(book, "李小娜")
    make_person(book, "李小娜", "云岭科技")
    twin_search.propose(book)
    assert names(book) == [{"李小娜"}]


def test_a_number_that_a_whole_team_gave_asks_about_no_two_of_them(book: Book) -> None:
    for name in ("赵敏", "钱进", "孙悦", "李娜", "周杰", "吴静", "郑和", "冯宝", "陈静", "褚雄"):
        make_person(book, name, "云岭科技", phone="+8613800138000")
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []
    make_person(book, "王志刚", phone="+8613800138009")
    make_person(book, "陈　静", phone="+8613800138000")
    twin_search.propose(book)
    assert names(book) == [{"陈静", "陈　静"}]


def test_a_search_is_no_change(book: Book, sheet: Sheet) -> None:
    before = history.count(book)
    twin_search.propose(book)
    assert history.count(book) == before


def test_who_was_corrected_asks_nothing_any_more(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    person_card.edit(book, sheet.people[1], name="赵敏", phone="13700001111", company="别家")
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []
    history.undo(book)
    person_card.edit(book, sheet.people[1], title="经理")
    twin_search.propose(book)
    assert names(book) == [{"王志刚", "王志钢"}]


def test_an_undone_import_leaves_no_question(book: Book) -> None:
    with book.change(msg("Imported {n} rows", n=2), bulk=True):
        make_person(book, "王志刚", phone="+8613800138000")
        make_person(book, "王志刚", phone="+8613800138001")
    twin_search.propose(book)
    assert len(twins.found(book, PERSON)) == 1
    history.undo(book)
    assert twins.found(book, PERSON) == []
    assert twins.counts(book)[PERSON] == 0
    history.redo(book)
    assert len(twins.found(book, PERSON)) == 1


# -- deciding ------------------------------------------------------------------------


def test_different_is_remembered_for_good(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    (pair,) = twins.found(book, PERSON)
    change = twins.decide(book, pair.id, DIFFERENT)
    assert str(change.label) == "Kept apart: 王志刚 and 王志钢"
    person_card.edit(book, sheet.people[1], title="市场总监")
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []
    with pytest.raises(Refused, match="decided already"):
        twins.decide(book, pair.id, SAME)


def test_later_comes_back_after_all_others(book: Book, sheet: Sheet) -> None:
    make_person(book, "李娜", "云帆贸易", phone="+8613912345679")
    twin_search.propose(book)
    first = twins.found(book, PERSON)[0]
    twins.decide(book, first.id, LATER)
    assert [pair.id for pair in twins.found(book, PERSON)][-1] == first.id
    assert twins.counts(book)[PERSON] == 1


def test_each_decision_is_a_change_that_undo_takes_back(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    for kind in (PERSON, COMPANY):
        (pair,) = twins.found(book, kind)
        for verdict in (LATER, DIFFERENT, SAME):
            before = domain_rows(book.con)
            change = twins.decide(book, pair.id, verdict)
            after = domain_rows(book.con)
            assert change
            assert after != before
            history.undo(book)
            assert domain_rows(book.con) == before
            history.redo(book)
            assert domain_rows(book.con) == after
            history.undo(book)


def test_a_pair_of_whom_one_is_gone_is_refused(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    (pair,) = twins.found(book, PERSON)
    twins.merge(book, sheet.people[2], sheet.people[1])
    with pytest.raises(Refused, match="any more"):
        twins.decide(book, pair.id, SAME)
    with pytest.raises(Refused, match="There is no pair 999"):
        twins.decide(book, 999, SAME)


# -- merging people ----------------------------------------------------------------------


@pytest.fixture
def worked_on(book: Book, sheet: Sheet, clock: StandingClock) -> Sheet:
    """Two rows of one person, each with a history: verdicts, a call, tags, a line, a follow-up."""
    con, (keep, other, _third) = book.con, sheet.people
    make_list(book, [ROWS[1]], event="深圳大会", people=[other])
    round_id = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, round_id, sheet.cards[0], "park")
    rounds.decide(book, round_id, sheet.cards[1], "keep")
    rounds.decide(book, round_id, sheet.cards[2], "keep")
    rounds.close_round(book, round_id, force=True)
    clock.move_to(clock.instant + timedelta(hours=1))
    calling.record(book, sheet.cards[1], "callback-1", "answered", lane="phone", note="要报价")
    person_card.set_tags(book, [keep, other], add=["VIP"])
    person_card.set_tags(book, [other], add=["MDR"])
    log_lines.add(book, "回访 +王志钢 >+3d")
    with book.change(msg("test")):
        con.execute("UPDATE log_person SET person_id=? WHERE name='王志钢'", (other,))
        con.execute("UPDATE person SET city='北京', note='旧客户' WHERE id=?", (other,))
        con.execute("UPDATE person SET note='新名单' WHERE id=?", (keep,))
        con.execute("UPDATE card SET attended=1, minutes=30 WHERE id=?", (sheet.cards[1],))
        con.execute("UPDATE card SET minutes=12, state='withdrawn' WHERE id=?", (sheet.cards[0],))
        con.execute("UPDATE person SET wecom=1 WHERE id=?", (other,))
        con.execute(
            "INSERT INTO suppressed(kind, value, scope, since)"
            " VALUES ('person', ?, 'call', '2026-11-20T00:00:00Z')",
            (str(other),),
        )
        con.execute(
            "INSERT INTO follow_up(text, due_at, person_id) VALUES ('报价',?,?)",
            ("2026-11-25T01:00:00Z", other),
        )
    return sheet


def test_whoever_was_merged_is_nobody_else_of_the_company(book: Book) -> None:
    rows_of_one = [(name, "云岭科技", "", "", "") for name in ("王志刚", "王志钢")]
    sheet = make_list(book, rows_of_one)
    key = person_card.get(book, sheet.people[0]).company_key
    assert known.people_known(book.con, [key]) == {key: 2}
    twins.merge(book, *sheet.people)
    assert known.people_known(book.con, [key]) == {key: 1}
    assert round_rows.company_history(book.con, key, sheet.people[0]) is None


@pytest.mark.parametrize("marks", [(0, 1), (1, 0), (None, 1), (1, None)])
def test_who_was_seen_once_was_there(book: Book, sheet: Sheet, marks: tuple[object, ...]) -> None:
    for card_id, mark in zip(sheet.cards, marks, strict=False):
        book.con.execute("UPDATE card SET attended=? WHERE id=?", (mark, card_id))
    twins.merge(book, *sheet.people[:2])
    assert rows(book, "SELECT attended FROM card WHERE id=?", sheet.cards[0]) == [1]


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        ("withdrawn", "waiting", "waiting"),
        ("coming", "withdrawn", "coming"),
        ("unknown", "waiting", "waiting"),
    ],
)
def test_one_sign_up_that_stands_is_enough(
    book: Book, sheet: Sheet, one: str, other: str, stands: str
) -> None:
    for card_id, state in zip(sheet.cards, (one, other), strict=False):
        book.con.execute("UPDATE card SET state=? WHERE id=?", (state, card_id))
    twins.merge(book, *sheet.people[:2])
    assert rows(book, "SELECT state FROM card WHERE id=?", sheet.cards[0]) == [stands]


def test_a_merge_keeps_both_histories(book: Book, worked_on: Sheet) -> None:
    keep, other, _third = worked_on.people
    kept_card, gone_card, _card = worked_on.cards
    ledger = rows(book, "SELECT id FROM decision ORDER BY id")
    moments = len(cards.timeline(book, keep)) + len(cards.timeline(book, other))
    twins.merge(book, keep, other)
    person = person_card.get(book, keep)
    assert person.name == "王志刚"
    assert person.city == "北京"
    assert person.note == "新名单\n旧客户"
    assert set(person.tags) == {"VIP", "MDR"}
    assert person.wecom is True
    assert person.do_not_call
    assert rows(book, "SELECT phones FROM person WHERE id=?", keep) == ["+8613800138001"]
    assert rows(book, "SELECT merged_into FROM person WHERE id=?", other) == [keep]
    # One card on the list both were on, with the rows, verdicts and calls of both.
    assert rows(book, "SELECT id FROM card WHERE person_id=? ORDER BY id", keep) == [kept_card, 4]
    assert rows(book, "SELECT count(*) FROM card WHERE id=?", gone_card) == [0]
    assert rows(book, "SELECT line FROM roster_row WHERE card_id=? ORDER BY 1", kept_card) == [2, 3]
    assert rows(book, "SELECT verdict FROM decision WHERE card_id=?", kept_card) == ["park", "keep"]
    assert rows(book, "SELECT id FROM decision ORDER BY id") == ledger
    assert rows(book, "SELECT outcome FROM touch WHERE card_id=?", kept_card) == ["answered"]
    (card,) = book.con.execute("SELECT * FROM card WHERE id=?", (kept_card,))
    assert (card["attended"], card["minutes"], card["state"]) == (1, 42, "coming")
    for table in ("log_person", "follow_up", "person_tag", "card"):
        assert rows(book, f"SELECT count(*) FROM {table} WHERE person_id=?", other) == [0]
    # Their sign-ups for one event are one moment now, and so is "was there".
    assert len(cards.timeline(book, keep)) == moments - 1
    assert [found.id for found in person_card.find(book, "MDR")] == [keep]


def test_a_merge_is_undone_and_redone_to_the_last_cell(book: Book, worked_on: Sheet) -> None:
    keep, other, _third = worked_on.people
    twin_search.propose(book)
    before = domain_rows(book.con)
    change = twins.merge(book, keep, other)
    assert str(change.label) == "One person: 王志钢 is now part of 王志刚"
    after = domain_rows(book.con)
    history.undo(book)
    assert domain_rows(book.con) == before
    history.redo(book)
    assert domain_rows(book.con) == after
    assert book.con.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_merge_fills_blanks_and_overwrites_nothing(book: Book) -> None:
    keep = make_person(book, "王志刚", phone="+8613800138000")
    other = make_person(book, "王总", "云岭科技", "总经理", "+8613912345678", "w@yunling.example")
    twins.merge(book, keep, other)
    person = person_card.get(book, keep)
    assert (person.name, person.phone) == ("王志刚", "+8613800138000")
    assert (person.company, person.company_key) == ("云岭科技", "云岭科技")
    assert (person.title, person.email) == ("总经理", "w@yunling.example")
    assert rows(book, "SELECT phones FROM person WHERE id=?", keep) == ["+8613912345678"]
    assert rows(book, "SELECT emails FROM person WHERE id=?", keep) == [""]


def test_what_was_merged_once_follows_into_the_next_merge(book: Book) -> None:
    one, two, three = (make_person(book, "王志刚") for _ in range(3))
    twins.merge(book, two, three)
    twins.merge(book, one, two)
    assert rows(book, "SELECT merged_into FROM person ORDER BY id") == [None, one, one]
    with pytest.raises(Refused, match="any more"):
        twins.merge(book, one, two)
    with pytest.raises(Refused, match="one row already"):
        twins.merge(book, one, one)


def test_what_was_decided_of_the_one_holds_for_the_other(book: Book) -> None:
    """Different from one half of a person is different from the whole."""
    one = make_person(book, "王志刚", "云岭科技", phone="+8613800138000")
    two = make_person(book, "王志钢", "云岭科技", phone="+8613800138001")
    three = make_person(book, "王志刚", "云岭科技", phone="+8613800138010")
    twin_search.propose(book)
    by_pair = {(pair.one, pair.other): pair for pair in twins.found(book, PERSON)}
    twins.decide(book, by_pair[str(two), str(three)].id, DIFFERENT)
    twins.decide(book, by_pair[str(one), str(two)].id, SAME, keep=str(one))
    assert twins.found(book, PERSON) == []
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SAME, DIFFERENT, LATER]), min_size=6, max_size=6))
def test_a_pair_decided_is_never_proposed_again(verdicts: list[str]) -> None:
    import tempfile
    from pathlib import Path

    from opslog.services.book.book import open_book

    with tempfile.TemporaryDirectory() as folder:
        at = StandingClock(datetime(2026, 11, 23, 1, tzinfo=UTC))
        book = open_book(Path(folder) / "opslog.db", clock=at, session="test")
        try:
            for number in range(4):
                make_person(book, "王志刚", "云岭科技", phone=f"+861380013800{number}")
            twin_search.propose(book)
            decided: set[tuple[str, str]] = set()
            for verdict in verdicts:
                waiting = [p for p in twins.found(book, PERSON) if p.verdict != LATER]
                if not waiting:
                    break
                twins.decide(book, waiting[0].id, verdict)
                if verdict != LATER:
                    decided.add((waiting[0].one, waiting[0].other))
                book.con.execute("DELETE FROM setting")  # everybody is looked at anew
                twin_search.propose(book)
                assert not decided & {(p.one, p.other) for p in twins.found(book, PERSON)}
        finally:
            book.close()


# -- companies ------------------------------------------------------------------------------


def test_companies_fold_into_one_key(book: Book, sheet: Sheet) -> None:
    make_person(book, "赵敏", "云岭科技（北京）有限公司")
    twin_search.propose(book)
    (pair,) = twins.found(book, COMPANY)
    shown = twins.card(book, pair.id)
    assert isinstance(shown.one, CompanySide)
    assert shown.kept()[0].key == "云岭科技"  # two people against one
    change = twins.decide(book, pair.id, SAME)
    assert "北京云岭科技有限公司" in str(change.label)
    assert rows(book, "SELECT DISTINCT company_key FROM person ORDER BY 1") == [
        "云岭科技",
        "云帆贸易",
    ]
    assert twins.folded_key(book, "北京云岭科技") == "云岭科技"
    assert pairs.folded(book.con, ["北京云岭科技", "云帆贸易"]) == {"北京云岭科技": "云岭科技"}


def test_a_branch_stays_apart_and_knows_its_parent(book: Book) -> None:
    make_person(book, "王志刚", "云岭科技有限公司")
    make_person(book, "李娜", "云岭科技有限公司上海分公司")
    twin_search.propose(book)
    (pair,) = twins.found(book, COMPANY)
    assert pair.is_branch
    change = twins.decide(book, pair.id, SAME)
    assert str(change.label) == "云岭科技有限公司上海分公司 is a branch of 云岭科技有限公司"
    assert rows(book, "SELECT count(DISTINCT company_key) FROM person") == [2]
    assert twins.parent(book, "云岭科技上海分公司") == "云岭科技有限公司"
    assert twins.parent(book, "云岭科技") == ""
    twin_search.propose(book)
    assert twins.found(book, COMPANY) == []


def test_a_branch_follows_its_parent_into_another_name(book: Book) -> None:
    for name in ("北京云岭科技有限公司", "云岭科技有限公司", "北京云岭科技有限公司上海分公司"):
        make_person(book, "王志刚", name, phone=f"+861380013{len(name):04}")
    twins.fold(book, "北京云岭科技上海分公司", "北京云岭科技", branch=True)
    twins.fold(book, "北京云岭科技", "云岭科技")
    # The parent goes by the name that is written most fully.
    assert twins.parent(book, "北京云岭科技上海分公司") == "北京云岭科技有限公司"
    twin_search.propose(book)
    assert twins.found(book, COMPANY) == []


def test_what_led_to_a_company_leads_on_with_it(book: Book) -> None:
    for name in ("甲一科技", "乙二科技", "丙三科技"):
        make_person(book, "王志刚", name)
    twins.fold(book, "甲一科技", "乙二科技")
    twins.fold(book, "乙二科技", "丙三科技")
    assert pairs.folded(book.con, ["甲一科技", "乙二科技"]) == {
        "甲一科技": "丙三科技",
        "乙二科技": "丙三科技",
    }
    with pytest.raises(Refused, match="Nobody is of"):
        twins.fold(book, "甲一科技", "丙三科技")


def test_reasons_are_kept_as_codes(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    (kept,) = rows(book, "SELECT reasons FROM pair WHERE kind='person'")
    assert set(json.loads(kept)) >= {"name_sound", "phone_near"}
