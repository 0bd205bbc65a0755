"""The review of a road show adds its stops up: the published case's sums, by stop and in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.reviews.pictures import Bars, Lines
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book.book import Book
from opslog.services.events import stops
from opslog.services.files import coming_in
from opslog.services.reviews import channels, opening, reviews
from tests.services.calls import test_stop_lists as stop_lists
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


def test_lists_and_channels_of_stops_are_compared_stop_by_stop_and_over_all(
    book: Book, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path)
    lists = (("杭州", ("朋友圈", "朋友圈", "私聊")), ("宁波", ("朋友圈", "私聊")))
    for number, (place, by) in enumerate(lists):
        file = tmp_path / f"{place}.csv"
        rows = [f"客户{n},安朔,138000{number}{n:04d},{one}" for n, one in enumerate(by)]
        file.write_text("姓名,公司,手机,渠道\n" + "\n".join(rows), encoding="utf-8")
        coming_in.load(book, file, event_id, ImportOptions(stop=known[place].id))
    for place, cost in (("杭州", "300"), ("宁波", "200")):
        stop_id = known[place].id
        one = channels.get(book, event_id, "朋友圈", stop_id)
        channels.put(book, event_id, channels.read({"cost": cost}), one.id)
    with pytest.raises(Refused, match="could be any of"):
        channels.get(book, event_id, "朋友圈")
    review = reviews.review(book, event_id)
    pictures = {one.key: one for part in review.parts for one in part.pictures}
    by_stop, by_channel = pictures["stops"], pictures["channels"]
    assert isinstance(by_stop, Bars)
    assert isinstance(by_channel, Bars)
    signups = [bar.number for bar in by_stop.bars]
    assert [one.value for one in signups] == [3, 2, None, 5]
    assert len(opening.rows(book, review, signups[0])) == 3
    assert len(opening.rows(book, review, signups[-1])) == 5
    found = {
        bar.number.label.english(): (bar.number.value, [x.value for x in bar.more])
        for bar in by_channel.bars
    }
    assert found["Moments (杭州)"] == (2, [300_00])
    assert found["Moments (All stops)"] == (3, [500_00])
    (over_all,) = [x.number for x in by_channel.bars if x.number.value == 3]
    assert len(opening.rows(book, review, over_all)) == 3
