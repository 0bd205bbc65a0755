"""A road show of eleven cities: entered, moved by a week, two stops dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events import stop_tallies
from opslog.domain.events.events import DROPPED, EventDraft
from opslog.domain.events.stops import OPEN, Stop
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.services.events import calendar, events, stops
from opslog.services.events.plans import cloning, step_changes, steps
from opslog.services.reviews import channels

WEEK = timedelta(days=7)
PASTED = """杭州 12-07 12-08\t宁波 12-09
温州,2026-12-10,2026-12-11
南京 12-12~12-13
苏州 12月14日 12月15日
无锡 12-16 12-17
合肥 12-18
武汉 12-21 12-22
长沙 12-23 12-24
广州 12-25 12-26
深圳 12-27 12-28
"""


def road_show(book: Book) -> int:
    at = datetime(2026, 12, 7, 1, tzinfo=book.now().tzinfo)
    made = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    assert made is not None
    stops.add(book, made, stops.read(book, made, PASTED))
    return made


def days(book: Book, event_id: int) -> list[tuple[str, str, str]]:
    zone = book.clock.zone
    return [
        (x.place, f"{x.starts_at.astimezone(zone):%m-%d}", f"{x.ends_at.astimezone(zone):%m-%d}")
        for x in stops.of(book, event_id)
    ]


def test_eleven_cities_are_pasted_and_the_show_lasts_as_long_as_they(book: Book) -> None:
    event_id = road_show(book)
    found = days(book, event_id)
    assert len(found) == 11
    assert found[0] == ("杭州", "12-07", "12-08")
    assert found[1] == ("宁波", "12-09", "12-09")
    assert found[3] == ("南京", "12-12", "12-13")
    card = events.get(book, event_id)
    assert card.row.ends_at == stops.of(book, event_id)[-1].ends_at
    plan = events.plan(book, event_id)
    of_stops = [line for line in plan if line.stop_id is not None]
    assert len(of_stops) == 11 * 9
    assert {line.title for line in of_stops if line.key == "place"} >= {"杭州：场地和许可"}
    for stop in stops.of(book, event_id):
        (tally,) = [x for x in of_stops if (x.stop_id, x.key) == (stop.id, "tally")]
        zone = book.clock.zone
        assert tally.due_at.astimezone(zone).date() == stop.ends_at.astimezone(zone).date()
    with pytest.raises(Refused, match="stand already: 杭州"):
        stops.add(book, event_id, stops.read(book, event_id, "杭州 12-07 12-08"))


def test_the_whole_moves_all_stops_and_undo_brings_all_back(book: Book) -> None:
    event_id = road_show(book)
    before, plan = stops.of(book, event_id), events.plan(book, event_id)
    start = events.get(book, event_id).row.starts_at
    change = events.move(book, event_id, start + WEEK)
    assert [x.starts_at for x in stops.of(book, event_id)] == [x.starts_at + WEEK for x in before]
    moved = {line.id: line for line in events.plan(book, event_id)}
    tallies = [line for line in plan if line.key == "tally"]
    assert all(moved[line.id].due_at == line.due_at + WEEK for line in tallies)
    history.undo(book, change.id)
    assert (stops.of(book, event_id), events.plan(book, event_id)) == (before, plan)


def test_a_show_that_lasts_longer_leaves_its_stops_where_they_are(book: Book) -> None:
    event_id = road_show(book)
    before, draft = stops.of(book, event_id), events.get(book, event_id).draft
    earlier, later = before[0].starts_at - WEEK, before[-1].ends_at + WEEK
    events.edit(book, event_id, draft._replace(starts_at=earlier, ends_at=later))
    assert stops.of(book, event_id) == before


def test_a_stop_moved_alone_moves_its_steps_and_no_others(book: Book) -> None:
    event_id = road_show(book)
    ningbo = stops.resolve(book, event_id, "宁波")
    plan = {line.id: line for line in events.plan(book, event_id)}
    by = timedelta(days=1)
    later = ningbo._replace(starts_at=ningbo.starts_at + by, ends_at=ningbo.ends_at + by)
    change = stops.move(book, ningbo.id, later._replace(place="绍兴"))
    after = events.plan(book, event_id)
    differ = [line for line in after if line.due_at != plan[line.id].due_at]
    assert {line.stop_id for line in differ} == {ningbo.id}
    assert {x.title.partition("：")[0] for x in after if x.stop_id == ningbo.id} == {"绍兴"}
    history.undo(book, change.id)
    assert events.plan(book, event_id) == list(plan.values())


def test_without_its_first_and_last_stop_a_show_begins_later_and_ends_earlier(book: Book) -> None:
    event_id = road_show(book)
    first, second, *_others, last_but_one, last = stops.of(book, event_id)
    for one in (first, last):
        stops.drop(book, one.id, "场地没了")
    row = events.get(book, event_id).row
    assert (row.starts_at, row.ends_at) == (second.starts_at, last_but_one.ends_at)
    history.undo(book)
    assert events.get(book, event_id).row.ends_at == last.ends_at


def test_two_stops_are_dropped_and_what_was_published_is_corrected(book: Book) -> None:
    event_id = road_show(book)
    hefei, wuhan = (stops.resolve(book, event_id, name) for name in ("合肥", "武汉"))
    plan = events.plan(book, event_id)
    (whole,) = [x for x in plan if x.key == "promo-1-moments"]
    (invite,) = [x for x in plan if (x.key, x.stop_id) == ("invite", hefei.id)]
    (other,) = [x for x in plan if (x.key, x.stop_id) == ("invite", wuhan.id + 1)]
    for step in (whole, invite, other):
        steps.tick_step(book, step.id)
    events.move(book, event_id, events.get(book, event_id).row.starts_at + WEEK)
    stops.drop(book, hefei.id, "场地被收回")
    change = stops.drop(book, wuhan.id, "报名太少")
    with pytest.raises(Refused, match="what reason"):
        stops.drop(book, wuhan.id, " ")
    after = [x for x in events.plan(book, event_id) if x.stop_id in (hefei.id, wuhan.id)]
    assert {(x.state, x.dropped_why) for x in after if x.id != invite.id} == {
        (DROPPED, "场地被收回"),
        (DROPPED, "报名太少"),
    }
    found = {one.ref: one for one in corrections.of(book, event_id)}
    assert set(found) == {whole.id, invite.id, other.id}
    assert "does not take place" in found[invite.id].text.english()
    assert "长沙" in found[other.id].text.english()
    corrections.tell(book, list(found.values()), event_id)
    assert corrections.of(book, event_id) == []
    shown = [entry.shown for entry in calendar.entries(book, event_id)]
    off = {one.title for one in shown if one.uid.startswith("stop-") and one.cancelled}
    assert off == {"合肥 (冬季路演)", "武汉 (冬季路演)"}
    assert sum(one.uid.startswith("stop-") for one in shown) == 11
    history.undo(book, change.id)
    assert stops.get(book, wuhan.id) == wuhan._replace(
        starts_at=wuhan.starts_at + WEEK, ends_at=wuhan.ends_at + WEEK
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("杭州", "has no date"),
        ("12-07", "stands at no place"),
        ("杭州 02-30", "杭州"),
        ("杭州 12-08 12-07", "before it begins"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_entered(
    book: Book, text: str, said: str
) -> None:
    event_id = road_show(book)
    with pytest.raises(Refused, match=said):
        stops.read(book, event_id, text)
    assert len(stops.of(book, event_id)) == 11


def test_a_fallback_is_a_decision_with_its_reason(book: Book) -> None:
    event_id = road_show(book)
    hefei = stops.resolve(book, event_id, "合肥")
    stops.fall_back(book, hefei.id, "改到写字楼大堂", "街上没人停")
    found = stops.get(book, hefei.id)
    assert (found.state, found.fallback, found.why) == ("fallback", "改到写字楼大堂", "街上没人停")


def test_a_step_given_up_before_its_stop_keeps_its_own_reason(book: Book) -> None:
    event_id = road_show(book)
    (hangzhou, *_rest) = stops.of(book, event_id)
    invite = next(
        x for x in events.plan(book, event_id) if (x.stop_id, x.key) == (hangzhou.id, "invite")
    )
    step_changes.give_up(book, invite.id, "名单没到")
    stops.drop(book, hangzhou.id, "场地没了")
    of = {x.key: x.dropped_why for x in events.plan(book, event_id) if x.stop_id == hangzhou.id}
    assert of.pop("invite") == "名单没到"
    assert set(of.values()) == {"场地没了"}


def test_a_stop_that_was_dropped_is_taken_up_with_its_steps(book: Book) -> None:
    event_id = road_show(book)
    *_others, last = stops.of(book, event_id)
    before, ends = events.plan(book, event_id), events.get(book, event_id).row.ends_at
    invite = next(x for x in before if (x.stop_id, x.key) == (last.id, "invite"))
    step_changes.give_up(book, invite.id, "名单没到")
    kept = events.plan(book, event_id)
    with pytest.raises(Refused, match="takes place as it was planned"):
        stops.take_up(book, last.id)
    stops.drop(book, last.id, "场地没了")
    dropped = stops.get(book, last.id)
    with pytest.raises(Refused, match="was called off \\(场地没了\\); take it up again first"):
        stops.move(book, last.id, dropped._replace(ends_at=last.ends_at + WEEK))
    change = stops.take_up(book, last.id)
    assert stops.get(book, last.id) == last
    assert events.plan(book, event_id) == kept  # what was given up apart stays so
    assert events.get(book, event_id).row.ends_at == ends
    assert corrections.of(book, event_id) == []
    history.undo(book, change.id)
    assert stops.get(book, last.id) == dropped
    stops.fall_back(book, last.id, "改线上", "大雪")
    assert stops.get(book, last.id).state == "fallback"
    assert {x.state for x in events.plan(book, event_id) if x.stop_id == last.id} == {
        x.state for x in kept if x.stop_id == last.id
    }


def test_one_place_stands_once_on_a_day_unless_in_another_hall_of_it(book: Book) -> None:
    event_id = road_show(book)
    with pytest.raises(Refused, match="These stops stand already: 杭州 国博 Mon 12-07"):
        stops.add(book, event_id, stops.read(book, event_id, "杭州 12-07 12-08 国博"))
    with pytest.raises(Refused, match=r"杭州 .* stands already; change that one"):
        stops.add(book, event_id, stops.read(book, event_id, "杭州 12-08 14:00-17:00"))
    hangzhou = stops.resolve(book, event_id, "杭州")
    stops.move(book, hangzhou.id, hangzhou._replace(venue="国博"))
    stops.add(book, event_id, stops.read(book, event_id, "杭州 12-08 14:00-17:00 武林广场"))
    ningbo = stops.resolve(book, event_id, "宁波")
    stops.drop(book, ningbo.id, "场地没谈下来")
    stops.add(book, event_id, stops.read(book, event_id, "宁波 12-09 10:00-12:00"))
    assert len(stops.of(book, event_id)) == 13


def test_a_show_held_again_has_its_stops_so_many_days_later_with_their_channels(
    book: Book,
) -> None:
    old = road_show(book)
    hangzhou, ningbo, *_rest = stops.of(book, old)
    stops.move(book, hangzhou.id, hangzhou._replace(venue="国际博览中心"))
    stops.drop(book, ningbo.id, "场地没谈下来")
    stops.fall_back(book, stops.of(book, old)[2].id, "改线上", "大雪")
    for label, stop in (("邮件", ""), ("海报", hangzhou.id), ("易拉宝", ningbo.id)):
        channels.put(book, old, channels.read({"label": label, "code": label, "stop": str(stop)}))
    of_hangzhou = {x.key: x for x in events.plan(book, old) if x.stop_id == hangzhou.id}
    place, invite = of_hangzhou["place"], of_hangzhou["invite"]
    step_changes.change(
        book, place.id, step_changes.draft_of(place)._replace(owner="小林", words="要投影")
    )
    steps.remove_step(book, invite.id)
    starts = events.get(book, old).row.starts_at + 13 * WEEK
    draft = cloning.draft_of(book, old, starts)
    said = [one.english() for one in cloning.stops_told(book, old, draft)]
    assert said[0].startswith("10 stops: 杭州 Mon 2027-03-08, 温州 Thu 2027-03-11, 南京 Sat 2027")
    assert said[1] == "called off last time, left out: 宁波 (场地没谈下来)"
    assert said[2].startswith("on a day off: 南京 Sat 2027-03-13")
    planned = cloning.preview(book, old, draft)
    made = cloning.clone(book, old, draft).made
    assert [x[1:] for x in days(book, made)] == [
        (f"{x.starts_at.astimezone(book.clock.zone) + 13 * WEEK:%m-%d}",
         f"{x.ends_at.astimezone(book.clock.zone) + 13 * WEEK:%m-%d}")
        for x in stops.of(book, old) if x.open
    ]  # fmt: skip
    again = stops.of(book, made)
    assert again[0].where == "杭州 国际博览中心"
    assert {(x.state, x.why, x.fallback) for x in again} == {(OPEN, "", "")}
    plan = events.plan(book, made)
    assert [(x.title, x.due_at) for x in plan] == [(x.title, x.due_at) for x in planned]
    assert len([x for x in plan if x.stop_id]) == 10 * 9 - 1
    mine = {x.key: x for x in plan if x.stop_id == again[0].id}
    assert of_hangzhou.keys() - mine.keys() == {"invite"}
    assert (mine["place"].owner, mine["place"].words) == ("小林", "要投影")
    assert mine["place"].due_at.astimezone(book.clock.zone).date() < date(2027, 3, 8)
    of_clone = {x.code: x.stop_id for x in channels.of(book, made)}
    assert of_clone == {"邮件": None, "海报": again[0].id}
    history.undo(book)
    assert [x.id for x in events.listing(book)] == [old]


def test_a_step_of_ones_own_on_a_stop_goes_to_the_same_stop_of_the_next(book: Book) -> None:
    old = road_show(book)
    last = stops.of(book, old)[-1]
    steps.add_step(book, old, "深圳：订酒店", last.starts_at - WEEK)
    step = next(x for x in events.plan(book, old) if x.title == "深圳：订酒店")
    book.con.execute("UPDATE step SET stop_id=? WHERE id=?", (last.id, step.id))
    starts = events.get(book, old).row.starts_at + 13 * WEEK
    made = cloning.clone(book, old, cloning.draft_of(book, old, starts)).made
    there = stops.of(book, made)[-1]
    (again,) = [x for x in events.plan(book, made) if x.title == "深圳：订酒店"]
    assert again.stop_id == there.id


def test_a_stop_has_the_hours_it_is_typed_with_else_those_of_the_event(book: Book) -> None:
    event_id = road_show(book)
    usual, own = stops.read(book, event_id, "北京 2027年1月8日-9日\n天津 2027-01-12 14:00-16:30")
    zone = book.clock.zone

    def hours(one: Stop) -> list[str]:
        return [f"{at.astimezone(zone):%m-%d %H:%M}" for at in (one.starts_at, one.ends_at)]

    assert hours(usual)[0] == "01-08 09:00"
    assert hours(usual)[1].startswith("01-09")
    assert hours(own) == ["01-12 14:00", "01-12 16:30"]


def test_a_tally_is_said_in_words_with_the_money_in_yuan(book: Book) -> None:
    event_id = road_show(book)
    stop = stops.resolve(book, event_id, "宁波")
    change = stops.tally(book, stop.id, stop_tallies.read(["触达=433", "花费=2万"]))
    assert change.label.render("en") == "Tally of 宁波 (reach: 433, cost: 20,000)"
    assert change.label.render("zh_CN") == "宁波汇总（曝光：433、费用：20,000）"
    with pytest.raises(Refused, match="no amount"):
        stop_tallies.read(["reach=abc"])


@pytest.mark.parametrize(
    "line",
    [
        "苏州 1.8-1.9",
        "苏州 1/8-1/9",
        "苏州 1月8日（周五）-9日（周六）",
        "苏州 1月8-9日",
        "苏州 2027.1.8~2027.1.9",
    ],
)
def test_each_spelling_of_its_days_is_read(book: Book, line: str) -> None:
    (one,) = stops.read(book, road_show(book), line)
    zone = book.clock.zone
    assert [f"{at.astimezone(zone):%Y-%m-%d}" for at in (one.starts_at, one.ends_at)] == [
        "2027-01-08",
        "2027-01-09",
    ]


def test_a_weekday_that_does_not_fit_its_day_is_said(book: Book) -> None:
    with pytest.raises(Refused, match="苏州"):
        stops.read(book, road_show(book), "苏州 1月8日（周二）")


@pytest.mark.parametrize(
    ("on", "typed", "first", "last"),
    [
        ("2027-12-13", "杭州 12-13 12-14\n宁波 12月15日（周三）", "2027-12-13", "2027-12-15"),
        ("2026-10-08", "杭州 10-08 10-09", "2026-10-08", "2026-10-09"),
        ("2026-11-10", "杭州 11-10\n宁波 11-26\n温州 12-03", "2026-11-10", "2026-12-03"),
        ("2026-12-07", "杭州 12-07\n宁波 02-09", "2026-12-07", "2027-02-09"),
    ],
)
def test_days_without_a_year_are_those_nearest_to_the_event(
    book: Book, on: str, typed: str, first: str, last: str
) -> None:
    at = book.clock.at(date.fromisoformat(on), time(9))
    show = events.create(book, EventDraft("路演", "roadshow", at)).made
    assert show is not None
    found = stops.read(book, show, typed)
    assert stops.event_moves(book, show, found) is None
    assert "moves" not in str(stops.add(book, show, found).label)
    row, zone = events.get(book, show).row, book.clock.zone
    assert row.starts_at == at
    days = [f"{x.starts_at.astimezone(zone):%Y-%m-%d}" for x in found]
    assert (days[0], f"{row.ends_at.astimezone(zone):%Y-%m-%d}") == (first, last)


def test_stops_that_move_their_event_say_so(book: Book) -> None:
    event_id = road_show(book)
    earlier = stops.read(book, event_id, "绍兴 12-05")
    assert str(stops.add(book, event_id, earlier).label) == (
        "1 stop of 冬季路演: 绍兴; the event moves: Mon 12-07 09:00 to Sat 12-05 09:00"
    )
    shaoxing = stops.resolve(book, event_id, "绍兴")
    day = timedelta(days=1)
    later = shaoxing._replace(starts_at=shaoxing.starts_at + day, ends_at=shaoxing.ends_at + day)
    assert str(stops.move(book, shaoxing.id, later).label).endswith("to Sun 12-06 09:00")
    assert str(stops.drop(book, shaoxing.id, "雪").label).endswith("to Mon 12-07 09:00")


def test_a_stop_ahead_on_a_day_that_is_past_is_named_by_its_place(book: Book) -> None:
    event_id = road_show(book)
    new = stops.read(book, event_id, "绍兴 11-20")
    assert str(stops.into_the_past(book, event_id, new)) == "绍兴: 2026-11-20 is past"
    hangzhou = stops.resolve(book, event_id, "杭州")
    moved = hangzhou._replace(starts_at=datetime(2026, 11, 20, 1, tzinfo=UTC))
    assert str(stops.into_the_past(book, event_id, [moved])) == "杭州: 2026-11-20 is past"
    assert stops.into_the_past(book, event_id, [hangzhou]) is None
