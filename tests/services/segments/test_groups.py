"""Of whom lists are sent on: counted from what was done."""

from __future__ import annotations

import json

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import CALL, MAIL
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.files import export as files_out
from opslog.services.leads import leads
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.segments import call_lists, groups
from opslog.services.twins import twins
from opslog.store.people import suppressed
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import Sheet, make_list

WANG, LI, ZHAO, QIAN, SUN = range(5)
ROWS = [
    ("王志刚", "深蓝软件", "", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "", "+8613800138001", "li@yunfan.example"),
    ("赵敏", "云帆科技", "", "+8613800138002", ""),
    ("钱七", "长江实业", "", "+8613800138003", "qian@cj.example"),
    ("孙八", "长江实业", "", "+8613800138004", "sun@cj.example"),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """A salon tomorrow: 王 comes, 李 and 赵 decline, 钱 was rung in vain, 孙 was not tried."""
    made = make_list(book, ROWS, ends_ago=TOMORROW)
    for who, outcome, why in (
        (WANG, "coming", ""),
        (LI, "coming", ""),
        (LI, "not_coming", "too_far"),
        (ZHAO, "not_coming", "ill"),
        (QIAN, "no_answer", ""),
    ):
        calling.record(book, made.cards[who], "reminder", outcome, lane="phone", reason=why)
    return made


def found(book: Book, sheet: Sheet) -> dict[str, list[int]]:
    """Each group as places in ROWS; those of nobody are left out."""
    return {
        one.key: [sheet.people.index(person) for person in one.people]
        for one in groups.groups(book, sheet.roster_id)
        if one.people
    }


def test_each_is_counted_from_what_was_done(book: Book, sheet: Sheet) -> None:
    everybody = [WANG, LI, ZHAO, QIAN, SUN]
    assert found(book, sheet) == {
        "declined": [LI, ZHAO],
        "declined:too_far": [LI],
        "declined:ill": [ZHAO],
        "unreached": [QIAN, SUN],
        "still-in": everybody,
    }
    assert groups.group(book, sheet.roster_id, "unreached").untried == 1
    tidy = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, tidy, sheet.cards[SUN], "drop", "competitor")
    rounds.decide(book, tidy, sheet.cards[WANG], "keep")
    leads.keep(book, sheet.people[LI], {}, "王经理", event_id=sheet.event_id)
    leads.keep(book, sheet.people[ZHAO], {}, event_id=sheet.event_id)  # kept, not handed over
    guests.mark_attended(book, sheet.cards[WANG], True)
    now = found(book, sheet)
    assert str(groups.group(book, sheet.roster_id, "kept").title) == "kept so far"
    assert (now["kept"], now["handed-over"], now["unreached"]) == ([WANG], [LI], [QIAN])
    assert now["missed"] == [LI, ZHAO, QIAN]
    guests.mark_attended(book, sheet.cards[QIAN], False)
    assert found(book, sheet)["missed"] == [QIAN]
    calling.record(book, sheet.cards[LI], "reminder", "coming", lane="phone")
    assert found(book, sheet)["declined"] == [ZHAO]
    erasing.erase(book, sheet.people[ZHAO], "赵敏")
    assert "declined" not in found(book, sheet)


def test_somebody_merged_counts_as_whom_they_became(book: Book, sheet: Sheet) -> None:
    other = make_list(book, [("李 娜", "云帆", "", "+8613800138001", "")], event="另一场")
    twins.merge(book, other.people[0], sheet.people[LI])
    assert groups.group(book, sheet.roster_id, "declined").people == [
        other.people[0],
        sheet.people[ZHAO],
    ]


def test_of_nobody_is_said_with_why(book: Book, sheet: Sheet) -> None:
    for key, said in (
        ("missed", "Nobody is marked yet"),
        ("kept", "Nobody on this list was kept"),
        ("declined:bored", "Nobody on this list declined for “bored”"),
        ("moon", "“moon” is nobody of a list; there are missed, declined"),
        ("kept:ill", "“kept:ill” is nobody of a list"),
    ):
        with pytest.raises(Refused, match=said):
            groups.group(book, sheet.roster_id, key)


def test_of_a_call_list_who_is_not_interested_declined(book: Book, sheet: Sheet) -> None:
    wanted = call_lists.read(book, {"name": "老客户", "purpose": "callback-1"})
    made = call_lists.make(book, sheet.people[:3], wanted, "x").made
    cards = [row[0] for row in book.con.execute("SELECT id FROM card WHERE roster_id=?", (made,))]
    calling.record(book, cards[0], "callback-1", "not_interested", lane="phone")
    calling.record(book, cards[1], "callback-1", "no_answer", lane="phone")
    assert groups.group(book, made, "declined").people == [sheet.people[WANG]]
    assert groups.group(book, made, "unreached").people == sheet.people[LI : ZHAO + 1]
    path = files_out.export(book, "roster", book.home / "calls.json", Scope(roster_id=made))
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [row["person"] for row in rows] == ["王志刚", "李娜", "赵敏"]
    scope = Scope(roster_id=made, only="declined")
    path = files_out.export(book, "people", book.home / "people.json", scope)
    assert [row["name"] for row in json.loads(path.read_text(encoding="utf-8"))] == ["王志刚"]


def test_a_mailing_list_leaves_out_who_asked_for_none_and_says_so(book: Book, sheet: Sheet) -> None:
    suppressed.put(book.con, [sheet.people[QIAN]], MAIL, "2026-11-01T01:00:00Z", "list")
    suppressed.put(book.con, [sheet.people[SUN]], CALL, "2026-11-01T01:00:00Z", "list")

    def mailed(only: str) -> tuple[list[str], list[str]]:
        said: list[str] = []
        path = files_out.export(
            book,
            "mailing",
            book.home / f"{only.partition(':')[0]}.json",
            Scope(sheet.event_id, only=only),
            columns=("person", "company", "email"),
            force=True,
            said=lambda one: said.append(str(one)),
        )
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [row["person"] for row in rows], said

    assert mailed("declined") == (["李娜"], ["Left out, no e-mail: 1"])
    assert mailed("declined:too_far") == (["李娜"], [])
    assert mailed("declined:too far") == (["李娜"], [])
    assert mailed("unreached") == (["孙八"], ["Left out, asked for no e-mail: 1"])
