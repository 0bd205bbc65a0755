"""People and a programme for tests."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.programmes import enrolling, programmes, queue
from tests.services.lists import make_list

PROGRAMME = """
zh = "试用"
en = "Trial"
runs = "month"
target = 8
leave = ["reply", "colleague", "sales"]
staff = "lunch"

[[step]]
id = "hello"
day = 1
by_hand = true

[[step]]
id = "two"
day = 2
text_zh = "第二天的话"
text_en = "words of day two"

[[step]]
id = "three"
day = 3
text_zh = "{person}，第三天的话"
text_en = "{person}, words of day three"

[[step]]
id = "seven"
day = 7
text_zh = "第七天的话"
text_en = "words of day seven"

[[step]]
id = "later"
month = 3
stage = "brand"
"""
PEOPLE = [
    ("王志刚", "华东机械", "采购经理", "+8613800000001", ""),
    ("李娜", "华东机械", "总经理", "+8613800000002", ""),
    ("陈晨", "海辰科技", "专员", "+8613800000003", ""),
]


def people(book: Book, number: int = 3) -> list[int]:
    return make_list(book, PEOPLE[:number]).people


def begin(book: Book, number: int = 3) -> list[int]:
    """The programme, and people in it; their enrolments."""
    programmes.put(book, "trial", PROGRAMME)
    ids = people(book, number)
    enrolling.enter(book, "trial", ids)
    return [enrolling.of_person(book, id)[0].id for id in ids]


def due(book: Book) -> list[tuple[str, str, str]]:
    """Slot, step and person of each line of today."""
    day = queue.day(book)
    assert day.due == sum(slot.number for slot in day.slots) == sum(len(s.lines) for s in day.slots)
    return [(s.code, line.step, line.person) for s in day.slots for line in s.lines]


def held(book: Book) -> dict[str, int]:
    return {str(one.why): one.number for one in queue.day(book).held}
