"""Fields of one's own: made, filled, asked where blank, taken back."""

from __future__ import annotations

import pytest

from opslog.domain.answers.questions import Question, Said
from opslog.domain.base.refusal import Refused
from opslog.domain.people.fields import number_in
from opslog.services.answers import answering, profile
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.fields import fields
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.services.rosters import withdrawing
from opslog.services.twins import twins
from opslog.store.people import fields as store
from tests.services.calls.test_calling import salon_tomorrow

SIZE = {"of": "company", "name": "员工数", "type": "number", "on_card": "yes", "weight": "4"}
BUDGET = {"name": "预算", "type": "choice", "choices": "有, 没有、在申请", "on_card": "yes"}


def make(book: Book, values: dict[str, str]) -> int:
    return fields.add(book, fields.read(values)).made


def held(book: Book, person_id: int) -> dict[str, str]:
    return dict(people.get(book, person_id).fields)


@pytest.mark.parametrize(
    ("text", "number"),
    [("500", 500), ("100-499人", 100), ("1,200人", 1200), ("约2万人", 20000), ("不清楚", None)],
)
def test_the_number_in_a_text(text: str, number: float | None) -> None:
    assert number_in(text) == number


def test_of_a_company_it_is_everybodys_there_and_undo_takes_it_back(book: Book) -> None:
    made = salon_tomorrow(book)
    size = make(book, SIZE)
    fields.set_value(book, size, made.people[0], " 500 人")
    assert held(book, made.people[0]) == held(book, made.people[1]) == {"员工数": "500 人"}
    assert held(book, made.people[2]) == {}
    fields.set_value(book, size, made.people[1], "800")
    assert held(book, made.people[0]) == {"员工数": "800"}
    history.undo(book)
    assert held(book, made.people[0]) == {"员工数": "500 人"}
    fields.set_value(book, size, made.people[0], "")
    assert held(book, made.people[0]) == {}
    fields.remove(book, size)
    assert fields.everything(book) == []
    history.undo(book)
    history.undo(book)
    assert held(book, made.people[0]) == {"员工数": "500 人"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "城市"}, "is there already"),
        ({"name": "Company"}, "is there already"),
        ({"name": "预算", "type": "choice"}, "needs its choices"),
        ({"name": "预算", "choices": "有, 没有"}, "only a choice"),
        ({"name": "预算", "type": "choice", "choices": ",".join("123456789")}, "at most 8"),
        ({"name": "预算", "weight": "many"}, "weight is a number"),
        ({"name": "预算", "weight": "101"}, "weight is a number"),
        ({"name": "预算", "type": "colour"}, "its type"),
    ],
)
def test_what_is_no_field_is_refused(book: Book, values: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        make(book, values)


def test_two_of_one_name_and_what_it_is_of_stays(book: Book) -> None:
    made = salon_tomorrow(book)
    size = make(book, SIZE)
    with pytest.raises(Refused, match="already"):
        make(book, SIZE)
    fields.set_value(book, size, made.people[0], "500")
    with pytest.raises(Refused, match="stays with the company"):
        fields.change(book, fields.get(book, size)._replace(of="person"))
    fields.change(book, fields.get(book, size)._replace(name="规模", weight=9))
    assert held(book, made.people[0]) == {"规模": "500"}


def test_what_it_can_t_hold_is_refused(book: Book) -> None:
    made = salon_tomorrow(book)
    budget, size = make(book, BUDGET), make(book, SIZE)
    with pytest.raises(Refused, match="none of: 有 · 没有 · 在申请"):
        fields.set_value(book, budget, made.people[0], "大概有")
    with pytest.raises(Refused, match="no number"):
        fields.set_value(book, size, made.people[0], "很多")
    fields.set_value(book, budget, made.people[0], "3")
    assert held(book, made.people[0]) == {"预算": "在申请"}


def test_a_list_withdrawn_leaves_what_the_operator_made(book: Book) -> None:
    made = salon_tomorrow(book)
    budget = make(book, BUDGET)
    for name in ("负责人", "规模"):
        field_id = store.field(book.con, "person", name)
        values = [(made.people[0], "张三")]
        store.put(book.con, "person", field_id, values, store.source(made.file_id), renew=False)
    fields.change(book, fields.named(book, "规模")._replace(on_card=True))  # type: ignore[union-attr]  # made above
    withdrawing.withdraw(book, made.file_id)
    assert {one.name for one in fields.everything(book)} == {"预算", "规模"}
    assert fields.get(book, budget).choices == ("有", "没有", "在申请")


def test_what_is_blank_is_asked_next_and_fills_the_card(book: Book) -> None:
    made = salon_tomorrow(book)
    chen = made.people[3]  # without a title
    budget = make(book, BUDGET)

    def asked() -> list[str]:
        return [str(one.question.title) for one in profile.asked(book, chen)]

    assert asked() == ["Title", "City", "预算"]
    title, city, own = profile.asked(book, chen)
    answering.keep(book, title, chen, made.event_id, "采购经理")
    answering.keep(book, own, chen, made.event_id, "1")
    assert people.get(book, chen).title == "采购经理"
    assert held(book, chen) == {"预算": "有"}
    assert asked() == ["City"]
    row = book.con.execute(
        "SELECT file_id FROM source WHERE person_id=? AND column='title'", (chen,)
    ).fetchone()
    assert tuple(row) == (None,)  # the operator's: no list renews it
    listed = answering.asked(book, (), chen, made.event_id, also=[title.question.key])
    assert [(one.field, one.said) for one in listed] == [
        ("title", Said("", "采购经理")),
        ("city", None),
    ]
    answering.drop(book, own, chen, made.event_id)
    assert asked() == ["City", "预算"]
    history.undo(book)
    history.undo(book)
    history.undo(book)
    assert asked() == ["Title", "City", "预算"]
    assert fields.get(book, budget).known == 0
    assert city.field == "city"


def test_a_question_that_fills_a_field_is_not_asked_where_it_is_known(book: Book) -> None:
    made = salon_tomorrow(book)
    wang = made.people[0]
    where = Question("where", "在哪个城市？", "In which city?", fills="city")
    product = Question("use", "在用什么？", "In use?", fills="在用产品")
    answering.answer(book, where, wang, made.event_id, "杭州")
    assert people.get(book, wang).city == "杭州"
    answering.answer(book, product, wang, made.event_id, "金蝶")
    assert held(book, wang) == {"在用产品": "金蝶"}
    about = (book, (where, product), wang)
    asked = [one.question.key for one in answering.asked(*about, None)]
    assert asked == []  # about another event: known
    here = [one.said for one in answering.asked(*about, made.event_id)]
    assert here == [Said("", "杭州"), Said("", "金蝶")]
    history.undo(book)
    assert fields.everything(book) == []
    assert len(answering.said_to(book, wang)) == 1


def test_merging_and_erasing_respect_them(book: Book) -> None:
    made = salon_tomorrow(book)
    one, other = made.people[0], made.people[2]
    budget = make(book, BUDGET)
    fields.set_value(book, budget, other, "有")
    twins.merge(book, one, other)
    assert held(book, one) == {"预算": "有"}
    history.undo(book)
    assert held(book, one) == {}
    text = make(book, {"name": "备忘"})
    fields.set_value(book, text, one, "喜欢喝普洱")
    erasing.erase(book, one, "王志刚")
    assert "普洱" not in "\n".join(book.con.iterdump())
