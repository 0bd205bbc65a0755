"""People found by what happened with them: events, attendance, verdicts, when they were reached."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.list import RANGE, View
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.fields import fields
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.screening import rounds
from opslog.services.segments import call_lists
from tests.services.lists import Sheet, make_list

ROWS = [(name, "", "", f"+861380013800{n}", "") for n, name in enumerate("甲乙丙丁")]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """甲 came and was kept, 乙 did not come and was dropped, 丙 has no mark; 丁 is on another
    list, and came there."""
    made = make_list(book, ROWS[:3])
    guests.mark_attended(book, made.cards[0], True)
    guests.mark_attended(book, made.cards[1], False)
    round_id = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, round_id, made.cards[0], "keep")
    rounds.decide(book, round_id, made.cards[1], "drop", "colleague")
    other = make_list(book, [*ROWS[:1], ROWS[3]], event="北京大会", people=[made.people[0]])
    guests.mark_attended(book, other.cards[0], False)
    guests.mark_attended(book, other.cards[1], True)
    return made


def found(book: Book, *facets: tuple[str, str], words: str = "") -> str:
    ids = people_list.found(book, View(words, facets)).ids
    return "".join(sorted(person.name for person in person_card.many(book, ids)))


def test_by_event_attendance_and_verdict(book: Book, sheet: Sheet) -> None:
    at = ("event", str(sheet.event_id))
    assert found(book, at) == "丙乙甲"
    assert found(book, at, ("attendance", "came")) == "甲"
    assert found(book, at, ("attendance", "absent")) == "乙"
    assert found(book, at, ("attendance", "unmarked")) == "丙"
    assert found(book, ("attendance", "came")) == "丁甲"
    assert found(book, at, ("verdict", "keep")) == "甲"
    assert found(book, at, ("verdict", "drop")) == "乙"
    assert found(book, at, ("verdict", "none")) == "丙"
    assert found(book, at, words="乙") == "乙"
    assert found(book, at, ("tag", "VIP")) == ""
    person_card.set_tags(book, sheet.people[:2], ["VIP"])
    assert found(book, at, ("tag", "VIP"), ("attendance", "came")) == "甲"


def test_a_call_list_is_no_event_somebody_was_at(book: Book, sheet: Sheet) -> None:
    call_lists.make(book, sheet.people, call_lists.read(book, {"name": "老客户"}), "")
    assert found(book, ("verdict", "none"), ("event", str(sheet.event_id))) == "丙"


def test_by_the_day_before_which_they_were_last_reached(book: Book, sheet: Sheet) -> None:
    today = book.today()
    for n, days in ((0, 30), (1, 3)):
        at = (book.now() - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        book.con.execute("UPDATE person SET last_contact_at=? WHERE id=?", (at, sheet.people[n]))
    value = people_list.contact_before(book, "-7d")
    assert value == f"<{today - timedelta(days=7)}"
    assert found(book, ("contact", value)) == "丁丙甲", "who was never reached is among them"
    assert people_list.contact_before(book, "someday") is None
    name = str(people_list.value_name(book, "contact", value))
    assert name == f"before {today - timedelta(days=7)}"


def test_values_are_counted_among_those_found(book: Book, sheet: Sheet) -> None:
    def counted(facet: str, *facets: tuple[str, str]) -> dict[str, int]:
        reading = people_list.ViewReading(book, View("", facets), {})
        return {one.label: one.count for one in reading.facet(facet, "", 10)}

    book.con.commit()
    at = ("event", str(sheet.event_id))
    assert counted("event") == {"上海沙龙": 3, "北京大会": 2}
    assert counted("attendance", at) == {"came": 1, "absent": 1, "unmarked": 1}
    assert counted("verdict", at, ("attendance", "came")) == {"keep": 1}


def test_by_the_numbers_that_fields_hold_of_people_and_their_companies(
    book: Book, sheet: Sheet
) -> None:
    size = fields.add(book, fields.read({"name": "员工数", "of": "company"})).made
    budget = fields.add(book, fields.read({"name": "预算"})).made
    for at, (firm, number) in enumerate((("远山", "50人"), ("星河", "100-499人"), ("海棠", ""))):
        person_card.edit(book, sheet.people[at], company=firm)
        fields.set_value(book, size, sheet.people[at], number)
    fields.set_value(book, budget, sheet.people[2], "30万")
    assert found(book, words="员工数>=50") == "乙甲"
    assert found(book, words="员工数:100-500 xh") == "乙", "with other words, here in pinyin"
    assert found(book, words="员工数>200") == ""
    assert found(book, words="预算>200000") == "丙"
    value = ("field", f"{RANGE}员工数<100")
    assert found(book, value) == "甲"
    assert people_list.value_name(book, *value) == "员工数<100"
    book.con.commit()
    reading = people_list.ViewReading(book, View(), {})
    assert [(one.value, one.count) for one in reading.facet("field", "员工数<100", 9)] == [
        (value[1], 1)
    ]
    assert reading.facet("field", "员工数>900", 9) == []
    with pytest.raises(Refused, match="there are: 员工数, 预算"):
        people_list.check(book, "规模>3")
