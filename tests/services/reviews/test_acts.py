"""What was learned from events changes the next plan, in one change with its undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.retries import Attempt
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.review import Proposal
from opslog.locale import Msg, msg, nmsg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue
from opslog.services.events import events, targets
from opslog.services.events.plans import cloning, steps
from opslog.services.reviews import acts, owed, reviews
from opslog.store.calls import touches
from opslog.store.reviews import acts as acts_store
from tests.conftest import StandingClock, domain_rows
from tests.services.lists import make_list
from tests.services.reviews.learned import PLACE, SHIPPED, at, conference, done, held, key, offered


def test_lateness_of_most_events_is_proposed_and_an_accepted_act_is_in_the_next_plan(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    before = domain_rows(book.con)
    posters = offered(book, last, "late.posters")
    assert str(posters.text) == (
        "Posters and the words for each channel are final: begin 2 days earlier, T-10 → T-12"
    )
    assert str(posters.reason) == "in 4 of 5 events 2 working days late"
    assert posters.change.splitlines()[1:] == [
        ' phase = "before"',
        "-days = -10",
        "+days = -12",
        ' clock = "09:00"',
    ]
    change = acts.accept(book, last, posters)
    assert str(change.label).startswith("Accepted: Posters")
    mirror = book.home / PLACE
    assert mirror.read_text(encoding="utf-8").splitlines() == [
        "days = -12" if number == SHIPPED.splitlines().index('id = "posters"') + 4 else line
        for number, line in enumerate(SHIPPED.splitlines())
    ]
    coming = conference(book, "2027-03-10", "春季大会")
    step = steps.step(book, key(book, coming, "posters"))
    assert step.offset == -12
    assert f"{step.due_at.astimezone(book.clock.zone):%m-%d}" == "02-26"
    assert [(one.step, str(one.said)) for one in owed.of_event(book, coming)] == [
        (
            step.id,
            "Posters and the words for each channel are final T-12: changed in the review of 大会5",
        )
    ]
    assert steps.step(book, key(book, last, "posters")).offset == -10
    assert owed.of_event(book, last) == []
    accepted = offered(book, last, "late.posters")
    assert (accepted.state, accepted.act_id) == ("accepted", change.made)
    with pytest.raises(Refused, match="is decided already"):
        acts.accept(book, last, posters)
    # After a restart, both are undone: the coming event first.
    again = open_book(book.path, clock=clock)
    history.undo(again)
    history.undo(again)
    assert domain_rows(again.con) == before
    assert not mirror.exists()
    assert offered(again, last, "late.posters") == posters
    again.close()


def test_what_was_learned_is_not_learned_twice(book: Book) -> None:
    event_id = conference(book, "2026-12-11")
    acts.add(book, event_id, "海报再提早")
    acts.add(book, event_id, "海报再提早", "posters")  # now on its checklist, too
    for step in ("", "posters"):
        with pytest.raises(Refused, match="“海报再提早” was learned from this event already"):
            acts.add(book, event_id, " 海报再提早 ", step)


def test_an_event_held_again_has_the_lead_that_its_review_asked_for(
    book: Book, clock: StandingClock
) -> None:
    last = conference(book, "2026-11-27", "直播一", kind="webinar")
    clock.move_to(datetime(2026, 11, 30, 1, 0, tzinfo=UTC))
    assert steps.step(book, key(book, last, "preflight")).lead_days < 7
    sooner = offered(book, last, "questions")
    acts.accept(book, last, sooner)
    starts_at = book.clock.at(date(2027, 1, 20), time(9))
    made = cloning.clone(book, last, cloning.draft_of(book, last, starts_at)).made
    assert made is not None
    assert steps.step(book, key(book, made, "preflight")).lead_days == 7
    assert [str(one.said).partition(":")[0] for one in owed.of_event(book, made)] == [
        "Five questions before the event, in Today 7 days ahead"
    ]


def test_three_events_are_the_least_and_short_notice_is_nobody_s_lateness(
    book: Book, clock: StandingClock
) -> None:
    events_held = held(book, clock, (2, 2, 0))
    assert all(one.key != "late.posters" for one in acts.proposals(book, events_held[-1]))
    clock.move_to(datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    hurried = conference(book, "2026-11-11", "赶出来的大会")
    done(book, key(book, hurried, "posters"), "2026-11-05")
    clock.move_to(datetime(2026, 11, 30, 1, 0, tzinfo=UTC))
    assert all(one.key != "late.posters" for one in acts.proposals(book, hurried))


def test_a_step_moved_by_hand_is_late_by_the_day_the_plan_wanted(
    book: Book, clock: StandingClock
) -> None:
    held(book, clock, (2, 2, 0))
    moved = conference(book, "2026-11-18", "改期的大会")
    step_id = key(book, moved, "posters")
    clock.move_to(datetime(2026, 10, 1, 1, 0, tzinfo=UTC))
    book.con.execute("UPDATE event SET created_at='2026-10-01T01:00:00Z' WHERE id=?", (moved,))
    steps.move_step(book, step_id, at(book, "2026-11-17T10:00"))
    done(book, step_id, "2026-11-17")
    clock.move_to(datetime(2026, 11, 30, 1, 0, tzinfo=UTC))
    assert str(offered(book, moved, "late.posters").reason) == (
        "in 3 of 4 events 2 to 7 working days late"
    )


def test_a_dismissed_act_is_not_offered_again_until_that_is_undone(
    book: Book, clock: StandingClock
) -> None:
    _first, second, *_more, last = held(book, clock)
    assert all(one.key != "late.posters" for one in acts.proposals(book, second))  # as it was then
    keys = [one.key for one in acts.proposals(book, last)]
    acts.dismiss(book, last, offered(book, last, "late.posters"))
    assert offered(book, last, "late.posters").state == "dismissed"
    assert [one.key for one in acts.proposals(book, last)] == keys
    history.undo(book)
    assert offered(book, last, "late.posters").state == ""


def test_a_playbook_of_one_s_own_keeps_its_words_and_a_broken_one_is_refused(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    own = SHIPPED.replace('zh = "海报和各渠道文案定稿"', 'zh = "海报"  # mine')
    mirror = book.home / PLACE
    mirror.parent.mkdir()
    mirror.write_text(own, encoding="utf-8")
    posters = offered(book, last, "late.posters")
    acts.accept(book, last, posters)
    assert 'zh = "海报"  # mine' in mirror.read_text(encoding="utf-8")
    history.undo(book)
    assert mirror.read_text(encoding="utf-8") == own
    mirror.write_text(own.replace("minutes = 480", "minutes = 0"), encoding="utf-8")
    with pytest.raises(Refused, match=r"conference\.toml, line \d+: “minutes” must be"):
        acts.accept(book, last, posters)
    mirror.write_text(own.replace("days = -10", "days = -12"), encoding="utf-8")
    assert all(one.key != "late.posters" for one in acts.proposals(book, last))
    with pytest.raises(Refused, match="says so already"):
        acts.accept(book, last, posters)


def test_an_act_whose_change_is_damaged_is_named_beside_the_rest(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    acts.add(book, last, "带备用投影")
    broken = acts.add(book, last, "试一次投影", "room").made
    book.con.execute("UPDATE act SET change='{damaged' WHERE id=?", (broken,))
    book.con.commit()
    coming = conference(book, "2027-03-10", "春季大会")
    owes = [str(one) for one in reviews.review(book, coming).owes]
    assert owes == [
        "带备用投影: learned from 大会5",
        "试一次投影: what it changed can't be read any more (review of 大会5)",
    ]
    assert reviews.review(book, last).proposals


def test_an_accepted_act_is_read_in_the_language_of_now(book: Book, clock: StandingClock) -> None:
    *_earlier, last = held(book, clock)
    locale.set_language("zh_CN")
    acts.accept(book, last, offered(book, last, "late.posters"))
    acts.accept(book, last, WORDS)
    clock.move_to(clock.now() + timedelta(hours=1))
    coming = conference(book, "2027-03-10", "春季大会")
    said = {one.key: (str(one.text), str(one.reason)) for one in acts.proposals(book, last)}
    assert said["late.posters"][0] == "海报和各渠道文案定稿：早 2 天开始，T-10 → T-12"
    assert said["channel.1"] == ("少发邮件，多做朋友圈", "5 场活动")
    locale.set_language("en")
    said = {one.key: (str(one.text), str(one.reason)) for one in acts.proposals(book, last)}
    assert said["late.posters"] == (
        "Posters and the words for each channel are final: begin 2 days earlier, T-10 → T-12",
        "in 4 of 5 events 2 working days late",
    )
    assert said["channel.1"] == ("Less by E-mail, more by Moments", "5 events")
    assert str(owed.of_event(book, coming)[-1].said) == (
        "Less by E-mail, more by Moments: learned from 大会5"
    )
    (act,) = acts.parts(book, last)[-1:]
    assert "Less by E-mail, more by Moments" in str(act.known)
    row = next(one for one in acts.proposals(book, last) if one.key == "channel.1")
    assert row.act_id is not None
    acts.edit(book, row.act_id, "邮件少发")  # now it is the operator's own words
    assert str(offered(book, last, "channel.1").text) == "邮件少发"
    assert str(offered(book, last, "channel.1").reason) == "5 events"
    acts.remove(book, row.act_id)


WORDS = Proposal(
    "channel.1",
    msg("Less by {weak}, more by {good}", weak=msg("E-mail"), good=msg("Moments")),
    nmsg("{n} event", "{n} events", 5),
)


def test_acts_in_one_s_own_words(book: Book, clock: StandingClock) -> None:
    *_earlier, last = held(book, clock)
    made_before = conference(book, "2027-02-10", "已定的大会")
    clock.move_to(clock.now() + timedelta(hours=1))
    change = acts.add(book, last, "  投影坏了，带备用的 ")
    acts.edit(book, change.made, "带一台备用投影")
    assert [str(x.text) for x in acts.proposals(book, last) if x.state] == ["带一台备用投影"]
    clock.move_to(clock.now() + timedelta(hours=1))
    with_line = acts.add(book, last, "试一次投影", "room")
    coming = conference(book, "2027-03-10", "春季大会")
    room = next(line for line in events.plan(book, coming) if line.key == "room")
    assert room.items[-1].title == "试一次投影"
    assert [str(one.said) for one in owed.of_event(book, coming)] == [
        f"{room.name}: 试一次投影: changed in the review of 大会5",
        "带一台备用投影: learned from 大会5",
    ]
    book.con.execute("DELETE FROM check_item WHERE id=?", (room.items[-1].id,))
    assert len(owed.of_event(book, coming)) == 1, "the line is not in this plan any more"
    salon = EventDraft("沙龙", "salon", at(book, "2027-03-11T14:00"))
    for other in (made_before, events.create(book, salon).made):
        assert owed.of_event(book, other) == []
    acts.remove(book, change.made)
    assert owed.of_event(book, coming) == []
    with pytest.raises(Refused, match="changed the plan of these events"):
        acts.remove(book, with_line.made)
    with pytest.raises(Refused, match="no step “rooms”"):
        acts.add(book, last, "x", "rooms")
    with pytest.raises(Refused, match="a few words"):
        acts.add(book, last, " ")


def test_a_round_that_never_went_out_may_go_where_plans_are_kept(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = ids = held(book, clock)
    assert all(not one.key.startswith("out.") for one in acts.proposals(book, last))
    for event_id in ids:
        book.con.execute(
            "UPDATE step SET state='done', done_at=due_at WHERE"
            " plan_id=(SELECT id FROM plan WHERE event_id=?) AND state<>'done'"
            " AND key NOT IN ('promo-1-sem', 'theme')",
            (event_id,),
        )
    book.con.commit()
    for event_id in ids:
        for step in ("internal", "interaction", "room"):
            done(book, key(book, event_id, step), "2026-11-20")
    late = [one.key for one in acts.proposals(book, last) if one.key.startswith("late.")]
    assert len(late) == 3  # the strongest: by five events, not four
    assert "late.posters" not in late
    acts.dismiss(book, last, offered(book, last, late[0]))
    assert [x.key for x in acts.proposals(book, last) if x.key.startswith("late.")] == late
    (out,) = [one for one in acts.proposals(book, last) if one.key.startswith("out.")]
    assert (str(out.text), str(out.reason)) == (
        "Promotion round 1: SEM landing page: take it out of the plan",
        "in 5 of 5 events never done",
    )
    acts.accept(book, last, out)
    coming = conference(book, "2027-03-10", "春季大会")
    assert all(line.key != "promo-1-sem" for line in events.plan(book, coming))
    assert [str(one.said) for one in owed.of_event(book, coming)] == [
        "without “Promotion round 1: SEM landing page”: changed in the review of 大会5"
    ]


def test_reminder_calls_that_were_too_many_for_a_day_are_spread_over_two(
    book: Book, clock: StandingClock
) -> None:
    clock.move_to(at(book, "2026-11-19T10:00"))
    people = [(f"王{n}", "", "", f"1390000000{n}") for n in range(8)]
    sheet = make_list(book, people, ends_ago=timedelta(days=-3))
    clock.move_to(at(book, "2026-11-24T10:00"))
    friday = at(book, "2026-11-20T10:00")
    for card, person in zip(sheet.cards[:2], sheet.people, strict=False):
        call = Attempt(0, card, "reminder", "phone", "coming", "", "", friday)
        touches.add_touch(book.con, call, person, counts=True, event_id=sheet.event_id)
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (sheet.cards[7],))
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:2], True)
    targets.put(book, sheet.event_id, {"attended": 7})
    review = reviews.review(book, sheet.event_id)
    assert "5 were not called before the event, of these 0 came" in str(review.verdict[-1])
    split = next(one for one in review.proposals if one.key == "reminder-calls")
    assert (str(split.text), str(split.reason)) == (
        "Reminder calls on two days: T-2, T-1",
        "8 calls are more than a day's work: 5 people were not called before the event",
    )
    early_call = Attempt(
        *(0, sheet.cards[2], "reminder", "phone", "no_answer", "", ""), friday - timedelta(days=1)
    )
    touches.add_touch(book.con, early_call, sheet.people[2], counts=True, event_id=sheet.event_id)
    book.con.execute("UPDATE card SET state='coming' WHERE id=?", (sheet.cards[7],))
    on_two_days = reviews.review(book, sheet.event_id)
    not_called = on_two_days.number("funnel.confirmed.left.not_called")
    assert not_called is not None
    assert not_called.value == 5
    assert "reminder-calls" not in [one.key for one in on_two_days.proposals]
    acts.accept(book, sheet.event_id, split)
    draft = EventDraft("南京沙龙", "salon", at(book, "2026-12-10T14:00"))
    coming = events.create(book, draft).made
    early = next(x for x in events.plan(book, coming) if x.key == "reminder-call-1-early")
    assert early.due_at == at(book, "2026-12-08T10:00")
    roster = make_list(book, [("李一", "", "", "13800000001")]).roster_id
    book.con.execute("UPDATE roster SET event_id=? WHERE id=?", (coming, roster))
    book.con.commit()
    clock.move_to(at(book, "2026-12-08T10:00"))
    assert [(x.person, x.ready) for x in queue.queue(book, "reminder")] == [("李一", True)]


def test_who_confirmed_and_stayed_away_more_than_usual_is_reminded_once_more(book: Book) -> None:
    shares = [(24, 20), (24, 20), (24, 12)]
    for number, (confirmed, came) in enumerate(shares):
        rows = [(f"客户{number}-{n}", "", "", f"13{number}0000{n:04}") for n in range(confirmed)]
        sheet = make_list(book, rows, ends_ago=timedelta(days=40 - 10 * number))
        for place, (card, person) in enumerate(zip(sheet.cards, sheet.people, strict=True)):
            day = book.now() - timedelta(days=41 - 10 * number)
            call = Attempt(0, card, "reminder", "phone", "coming", "", "", day)
            touches.add_touch(book.con, call, person, counts=True, event_id=sheet.event_id)
            book.con.execute("UPDATE card SET attended=? WHERE id=?", (place < came, card))
        book.con.commit()
    found = offered(book, sheet.event_id, "absent")
    assert str(found.reason) == "of 24 who had confirmed 12 did not come (50%, usually 17%)"
    acts.accept(book, sheet.event_id, found)
    coming = events.create(book, EventDraft("沙龙", "salon", at(book, "2026-12-10T14:00"))).made
    added = next(line for line in events.plan(book, coming) if line.key == "remind-day-sms")
    assert (added.due_at, added.channel) == (at(book, "2026-12-10T08:00"), "sms")


def test_channels_are_compared_from_twenty_sign_ups_on(book: Book, clock: StandingClock) -> None:
    *_earlier, last = held(book, clock)

    def numbers(moments: int) -> list[Number]:
        return [
            Number(f"channel.{code}.{measure}", Msg(label), value)
            for code, label, signups, leads in (
                ("moments", "Moments", moments, 1),
                ("internal", "Internal", 33, 5),
                ("sms", "SMS", 14, 0),
                ("edm", "E-mail", 40, None),
                ("none", "not said by which", 60, 0),
            )
            for measure, value in (("signups", signups), ("leads", leads))
        ]

    keys = [one.key for one in acts.proposals(book, last, numbers(28))]
    assert [one for one in keys if one.startswith("channel")] == ["channel.moments"]
    found = offered(book, last, "channel.moments", *numbers(28))
    assert (str(found.text), str(found.reason), found.change) == (
        "Less by Moments, more by Internal",
        "Moments: sign-ups 28, leads 1; Internal: sign-ups 33, leads 5",
        "",
    )
    groups = {one.key.partition(".")[0] for one in acts.proposals(book, last, numbers(19))}
    assert "channel" not in groups


@given(data=st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_accepting_and_undoing_leaves_text_mirror_and_next_plan_as_they_were(
    data: st.DataObject, book: Book, clock: StandingClock
) -> None:
    late = tuple(data.draw(st.lists(st.integers(1, 9), min_size=3, max_size=3)))
    last = held(book, clock, late)[-1]
    before, mirror = domain_rows(book.con), book.home / PLACE
    text = mirror.read_text(encoding="utf-8") if mirror.exists() else None
    plan = events.preview_plan(book, events.get(book, last).draft)
    with_change = [one for one in acts.proposals(book, last) if one.change]
    acts.accept(book, last, data.draw(st.sampled_from(with_change)))
    assert events.preview_plan(book, events.get(book, last).draft) != plan
    history.undo(book)
    assert domain_rows(book.con) == before
    assert (mirror.read_text(encoding="utf-8") if mirror.exists() else None) == text
    assert events.preview_plan(book, events.get(book, last).draft) == plan


def test_a_plan_owes_nothing_for_what_was_changed_by_hand_since(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    acts.accept(book, last, offered(book, last, "late.posters"))
    assert owed.of_event(book, conference(book, "2027-03-10", "春季大会"))
    mirror = book.home / PLACE
    text = mirror.read_text(encoding="utf-8")
    mirror.write_text(text.replace('days = -12\nclock = "09:00"', "days = -9"), encoding="utf-8")
    after = conference(book, "2027-04-14", "夏季大会")
    assert steps.step(book, key(book, after, "posters")).offset == -9
    assert owed.of_event(book, after) == []


def test_of_an_event_that_still_goes_on_nothing_is_learned_yet(
    book: Book, clock: StandingClock
) -> None:
    before, after = book.now() - timedelta(days=1), book.now() + timedelta(days=1)
    made = events.create(book, EventDraft("年会", "conference", before, after)).made
    assert acts_store.ended(book.con, made, book.now(), 5) == []
    clock.move_to(clock.now() + timedelta(days=2))
    assert [id for id, _entered in acts_store.ended(book.con, made, book.now(), 5)] == [made]
