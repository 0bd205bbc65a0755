"""The review of a road show adds its stops up: the published case's sums, by stop and in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events import stop_tallies
from opslog.domain.reviews.numbers import PERSON, Number
from opslog.domain.reviews.pictures import Bars, Lines
from opslog.domain.reviews.review import Review
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.answers import answering
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.events import events, stops, targets
from opslog.services.events.plans import steps
from opslog.services.files import coming_in
from opslog.services.leads import leads
from opslog.services.programmes import enrolling, sending
from opslog.services.reviews import channels, costs, figures, opening, reviews
from opslog.store.rosters import rosters as rosters_store
from tests.conftest import StandingClock
from tests.services.answers.test_answering import HEAR
from tests.services.calls import test_stop_lists as stop_lists
from tests.services.events.test_stops import road_show

REACHED = (433, 512, 388, 401, 476, 420, 455, 402, 431, 440, 408)  # 4,766 in all
LEADS = (9, 11, 8, 9, 10, 9, 10, 8, 9, 10, 9)  # 102


def test_what_each_stop_brought_is_added_up_and_plan_b_is_a_decision(book: Book) -> None:
    event_id = road_show(book)
    for stop, reached, brought in zip(stops.of(book, event_id), REACHED, LEADS, strict=True):
        typed = stop_tallies.read([f"reach={reached}", f"线索={brought}", "花费=2万"])
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
    stops.tally(book, hefei.id, stop_tallies.read(["reach="]))
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


def test_stops_add_up_to_the_whole_with_whom_no_stop_is_said_of(book: Book, tmp_path: Path) -> None:
    event_id, _known = stop_lists.road_show(book, tmp_path)
    file = tmp_path / "whole.csv"
    people = ("周一,13700000001,杭州", "周二,13700000002,宁波", "周三,13700000003,成都")
    file.write_text("姓名,手机,站点\n" + "\n".join(people), encoding="utf-8")
    coming_in.load(book, file, event_id)
    review = reviews.review(book, event_id)
    by_stop = review.picture("stops")
    assert isinstance(by_stop, Bars)
    assert [(str(bar.number.label), bar.number.value) for bar in by_stop.bars] == [
        ("杭州", 1),
        ("宁波", 1),
        ("温州", None),
        ("No stop said", 1),
        ("All stops", 3),
    ]
    assert len(opening.rows(book, review, by_stop.bars[-2].number)) == 1


def numbers(review: Review) -> dict[str, float | None]:
    return {one.key: one.value for one in review.numbers()}


def test_the_review_of_one_stop_counts_what_is_of_it_and_opens_no_more(
    book: Book, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州", "宁波")
    hangzhou, ningbo = known["杭州"], known["宁波"]
    whole = tmp_path / "whole.csv"
    rows = ("周一,安朔,13700000001,杭州", "周二,安朔,13700000002,宁波", "周三,安朔,13700000003,")
    whole.write_text("姓名,公司,手机,站点\n" + "\n".join(rows), encoding="utf-8")
    coming_in.load(book, whole, event_id)
    costs.put(book, event_id, "大巴", {costs.SPENT: 90_000_00})
    targets.put(book, event_id, {"signups": 500})
    figures.put(book, event_id, figures.Typed("reach", 4766))
    stops.tally(book, hangzhou.id, stop_tallies.read(["reach=433", "花费=2万"]))
    channels.put(book, event_id, channels.read({"label": "邮件", "cost": "700"}))
    roster = rosters_store.of_event(book.con, event_id, hangzhou.id)
    card = stop_lists.card_of(book, roster, "李敏")
    calling.record(book, card, "reminder", "coming", lane="phone")
    before = state(book)
    every = reviews.review(book, event_id)
    review = reviews.review(book, event_id, stop_id=hangzhou.id)
    of_ningbo = numbers(reviews.review(book, event_id, stop_id=ningbo.id))
    assert review.event.name == "冬季路演 · 杭州"
    assert review.event.row.starts_at == hangzhou.starts_at
    found = numbers(review)
    assert found["funnel.signed_up"] == 4  # of its list, and by the list of the whole
    assert of_ningbo["funnel.signed_up"] == 3
    assert numbers(every)["funnel.signed_up"] == 7  # 王志刚 is on both lists, 周三 of no stop
    assert found["funnel.reached"] == 433
    assert found["stop.all"] == found[f"stop.{hangzhou.id}"]
    assert f"stop.{ningbo.id}" not in found
    assert found["stop.all.cost"] == 20_000_00  # what its channels and items cost is of the whole
    assert found["worth.signup"] == 20_000_00 / 4
    assert review.picture("targets") is None
    assert review.proposals == ()
    for number in review.numbers():
        if number.kind == PERSON and number.value:
            assert len(opening.rows(book, review, number)) == number.value, number.key
    names = {one.who.split(" ")[0] for one in opening.rows(book, review, signups_of(review))}
    assert "周一" in names
    assert not names & {"周二", "周三"}
    assert state(book) == before
    assert numbers(reviews.review(book, event_id)) == numbers(every)
    with pytest.raises(Refused):
        reviews.review(book, event_id, stop_id=999)
    assert numbers(reviews.review(book, event_id)) == numbers(every)


def pages(review: Review) -> dict[str, str]:
    """What each picture of a review says, as text."""
    return {one.key: repr(one) for part in review.parts for one in part.pictures}


def test_what_is_done_of_another_stop_is_not_in_the_review_of_one(
    book: Book, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州", "宁波")
    hangzhou, ningbo = known["杭州"], known["宁波"]

    def seen() -> tuple[dict[str, str], ...]:
        of = (hangzhou.id, None)
        return tuple(pages(reviews.review(book, event_id, stop_id=one)) for one in of)

    before, whole = seen()
    card = stop_lists.card_of(book, rosters_store.of_event(book.con, event_id, ningbo.id), "赵磊")
    (person,) = book.con.execute("SELECT person_id FROM card WHERE id=?", (card,)).fetchone()
    enrolling.enter(book, "after-salon", [person])
    book.con.execute("UPDATE enrolment SET from_event_id=?", (event_id,))
    sending.sent(book, [1], "多谢")
    leads.keep(book, person, {"need": "yes"}, "小张", card_id=card, event_id=event_id)
    answering.answer(book, HEAR, person, event_id, "1")
    for line in events.plan(book, event_id):
        if line.stop_id == ningbo.id:
            steps.tick_step(book, line.id)
    draft = events.get(book, event_id).draft
    events.edit(book, event_id, draft._replace(budget_cents=900_000_00))
    after, whole_after = seen()
    assert after == before
    changed = {key for key in whole_after if whole_after[key] != whole.get(key)}
    assert {"messages", "answers.hear", "targets", "stops", "pdca"} <= changed


def signups_of(review: Review) -> Number:
    found = review.number("funnel.signed_up")
    assert found is not None
    return found


def state(book: Book) -> list[object]:
    """How many rows the file has of each thing, and what stands before its tables."""
    tables = ("roster", "card", "touch", "decision", "channel", "cost", "figure", "log", "step")
    counts = [book.con.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables]
    left = book.con.execute("SELECT name FROM temp.sqlite_schema").fetchall()
    return [*counts, *(row[0] for row in left)]


def test_who_stands_on_the_lists_of_two_stops_came_where_they_came(
    book: Book, tmp_path: Path
) -> None:
    """王志刚 came to the first, and not to the second as well: one who signed up, one who came."""
    event_id, known = stop_lists.road_show(book, tmp_path)
    for place, came in (("杭州", 1), ("宁波", 0)):
        roster = stop_lists.take(book, tmp_path, event_id, known[place])
        card = stop_lists.card_of(book, roster, "王志刚")
        book.con.execute("UPDATE card SET attended=? WHERE id=?", (came, card))
    review = reviews.review(book, event_id)
    signed_up, came_in_all = (review.number(f"funnel.{key}") for key in ("signed_up", "came"))
    assert signed_up is not None
    assert came_in_all is not None
    assert (signed_up.value, came_in_all.value) == (4, 1)


def of(review: Review, key: str) -> Number:
    number = review.number(key)
    assert number is not None
    return number


def test_a_stop_that_was_typed_in_is_added_to_one_with_a_list(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州")
    roster = rosters_store.of_event(book.con, event_id, known["杭州"].id)
    book.con.execute("UPDATE card SET attended=1 WHERE id IN (SELECT id FROM card LIMIT 2)")
    typed = stop_tallies.read(["signups=80", "attended=60", "reach=900"])
    stops.tally(book, known["宁波"].id, typed)
    clock.move_to(known["温州"].ends_at)
    assert roster
    review = reviews.review(book, event_id)
    came, signed_up = of(review, "funnel.came"), of(review, "funnel.signed_up")
    assert (signed_up.value, came.value) == (83, 62)
    assert str(signed_up.note) == "of 2 of 3 stops; 3 of them noted here"
    assert came.rate == of(review, "show_up.signed_up").rate == (62, 83)
    assert signed_up.rate is None  # of those who saw it at one stop alone
    assert of(review, "stop.all").value == 83
    costs.put(book, event_id, "大巴", {costs.SPENT: 83_000_00})
    review = reviews.review(book, event_id)
    dear = of(review, "worth.signup")
    assert (dear.value, str(dear.note)) == (1000_00, "of 2 of 3 stops")
    assert str(review.verdict[0]) == "62 people came."


def test_whoever_is_on_the_list_of_a_stop_and_of_the_whole_is_one_and_a_walk_in_none(
    book: Book, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州")
    hangzhou = rosters_store.of_event(book.con, event_id, known["杭州"].id)
    walked_in = stop_lists.card_of(book, hangzhou, "李敏")
    book.con.execute("UPDATE card SET attended=1, way='door' WHERE id=?", (walked_in,))
    whole = tmp_path / "whole.csv"
    rows = ("王志刚,安朔,13800010001,邮件", "周三,安朔,13700000003,邮件")
    whole.write_text("姓名,公司,手机,渠道\n" + "\n".join(rows), encoding="utf-8")
    coming_in.load(book, whole, event_id)
    review = reviews.review(book, event_id)
    by_stop, by_channel = review.picture("stops"), review.picture("channels")
    assert isinstance(by_stop, Bars)
    assert isinstance(by_channel, Bars)
    found = {str(bar.number.label): bar.number.value for bar in by_stop.bars}
    assert found == {"杭州": 2, "宁波": None, "温州": None, "No stop said": 1, "All stops": 3}
    assert of(review, "funnel.signed_up").value == 3
    assert not any("()" in str(bar.number.label) for bar in by_channel.bars)


def test_a_stop_says_what_was_typed_in_there_and_money_of_stops_is_no_channels(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path)
    stops.tally(book, known["宁波"].id, stop_tallies.read(["reach=900", "cost=3万"]))
    costs.put(book, event_id, "大巴", {costs.SPENT: 80_000_00, costs.PLANNED: 90_000_00})
    clock.move_to(known["温州"].ends_at)
    paid = of(reviews.review(book, event_id), "targets.cost")
    assert str(paid.note) == "without 30,000 typed in at stops"
    alone = reviews.review(book, event_id, stop_id=known["宁波"].id)
    assert str(alone.verdict[0]) == "900 were reached."
    assert str(of(alone, "funnel.reached").note) == "typed in at the stop"
