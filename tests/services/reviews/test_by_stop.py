"""The review of a road show adds its stops up: the published case's sums, by stop and in all."""

from __future__ import annotations

from opslog.domain.reviews.pictures import Bars, Lines
from opslog.services.book.book import Book
from opslog.services.events import stops
from opslog.services.reviews import reviews
from tests.services.events.test_stops import road_show

REACHED = (433, 512, 388, 401, 476, 420, 455, 402, 431, 440, 408)  # 4,766 in all
LEADS = (9, 11, 8, 9, 10, 9, 10, 8, 9, 10, 9)  # 102


def test_what_each_stop_brought_is_added_up_and_plan_b_is_a_decision(book: Book) -> None:
    event_id = road_show(book)
    for stop, reached, leads in zip(stops.of(book, event_id), REACHED, LEADS, strict=True):
        typed = stops.read_tally([f"reach={reached}", f"线索={leads}", "花费=2万"])
        stops.tally(book, stop.id, typed)
    hefei, wuhan = (stops.resolve(book, event_id, name) for name in ("合肥", "武汉"))
    stops.fall_back(book, hefei.id, "改到写字楼大堂", "街上没人停")
    stops.drop(book, wuhan.id, "报名太少")
    review = reviews.review(book, event_id)
    pictures = {one.key: one for part in review.parts for one in part.pictures}
    by_stop, decided = pictures["stops"], pictures["decisions"]
    assert isinstance(by_stop, Bars)
    assert isinstance(decided, Lines)
    assert len(by_stop.bars) == 12
    *_cities, total = by_stop.bars
    assert [one.value for one in (total.number, *total.more)] == [4766, 102, 220_000_00]
    assert [where for where, _why in decided.lines] == ["合肥", "武汉"]
    funnel = pictures["funnel"]
    assert isinstance(funnel, Bars)
    (reached_in_all,) = [x.number for x in funnel.bars if x.number.key == "funnel.reached"]
    assert reached_in_all.value == 4766
    stops.tally(book, hefei.id, stops.read_tally(["reach="]))
    again = reviews.review(book, event_id)
    (anew,) = [x for part in again.parts for x in part.pictures if x.key == "stops"]
    assert isinstance(anew, Bars)
    assert anew.bars[-1].number.value == 4766 - 455
