"""What days off bring together on one day keeps its order, and no channel is used twice."""

from __future__ import annotations

from opslog.domain.events.events import AWAY, DONE, DROPPED, FLOATING, MERGED, PINNED, PlanLine
from opslog.domain.events.plans.replanning import replan
from opslog.domain.events.plans.step_reasons import short_reason
from tests.domain.events.test_planning import BOOKS, at, day, present, salon, span

NOW = "2026-09-01T10:00"


def before_the_holiday() -> dict[str, PlanLine]:
    """Of an event on the second working day after National Day week."""
    return salon("2026-10-09T14:00", NOW)


def test_two_rounds_before_a_holiday_are_one() -> None:
    steps = before_the_holiday()
    for channel in ("edm", "groups", "moments"):
        first, second = steps[f"promo-1-{channel}"], steps[f"promo-2-{channel}"]
        assert (first.state, day(first.due_at)) == (FLOATING, day(at("2026-09-30T10:00")))
        assert (second.state, second.why) == (DROPPED, (MERGED,))
    assert steps["remind-1-groups"].state == FLOATING


def test_work_before_a_holiday_is_done_in_the_order_it_was_planned_in() -> None:
    steps = before_the_holiday()
    asked = [steps[key] for key in ("fix-date", "preflight", "theme", "confirmations")]
    said = [f"{line.due_at.astimezone(present(NOW).zone):%m-%d %H:%M}" for line in asked]
    assert said == ["09-24 10:00", "09-24 10:30", "09-24 11:00", "09-24 13:00"]


def test_doing_one_moves_no_other_and_opens_no_round_again() -> None:
    when, now = span("2026-10-09T14:00"), present(NOW)
    lines = [
        line._replace(id=number, state=DONE if line.key in ("theme", "promo-1-edm") else line.state)
        for number, line in enumerate(before_the_holiday().values(), 1)
    ]
    made = replan(lines, when, when, now, BOOKS["salon"].pace)
    assert not made.shifted
    assert "promo-2-edm" in [move.after.key for move in made.dropped]


def test_a_morning_event_reminds_before_it_begins() -> None:
    steps = salon("2026-10-15T09:00", NOW)
    assert steps["remind-day-groups"].due_at == at("2026-10-15T08:00")
    assert salon("2026-10-15T00:00", NOW)["remind-day-groups"].due_at == at("2026-10-15T00:00")


def test_what_a_message_needs_is_ready_before_it_goes_out() -> None:
    steps = salon("2026-02-25T14:00", "2026-01-05T10:00")  # the last day before Spring Festival
    assert day(steps["posters"].due_at) == day(steps["promo-1-edm"].due_at)
    assert steps["posters"].due_at < steps["internal"].due_at
    assert steps["qr-codes"].due_at < steps["promo-1-edm"].due_at


def test_reminder_calls_do_not_wait_for_what_goes_out_in_the_evening() -> None:
    steps = salon("2026-12-01T15:00", "2026-11-27T10:00", audience="segment", group="executives")
    assert f"{steps['promo-2-edm'].due_at.astimezone(present(NOW).zone):%d %H:%M}" == "30 19:30"
    assert steps["reminder-call-1"].due_at < at("2026-11-30T18:00")


def test_a_step_put_later_on_its_own_day_says_at_what_time_it_was_to_be() -> None:
    tag = salon("2026-12-04T14:00", "2026-11-27T10:00")["internal"]
    said = short_reason(tag, present(NOW).zone, present(NOW).workdays)
    assert day(tag.due_at) == day(at("2026-11-27T10:00"))
    assert said is not None
    assert said.render("en") == "planned 09:30"


def test_what_was_done_days_ago_has_no_turn_today() -> None:
    """The first round went out on Wednesday; on Friday the second, of a Sunday, is not one with
    it, nor does any work of Friday wait for what is done."""
    when, now = span("2026-12-09T14:00"), present("2026-12-04T08:00")
    lines = [
        line._replace(id=number, state=DONE if day(line.due_at) < now.today else line.state)
        for number, line in enumerate(salon("2026-12-09T14:00", "2026-11-01T10:00").values(), 1)
    ]
    made = replan(lines, when, when, now, BOOKS["salon"].pace)
    assert not made.shifted
    open_ones = {move.after.key: move.after for move in made.unchanged}
    assert day(open_ones["promo-2-edm"].due_at) == now.today


def test_work_may_be_ready_in_the_minute_in_which_the_message_for_it_goes_out() -> None:
    steps = salon("2026-05-11T13:00", "2026-03-12T10:00", host="sponsored", kind="salon")
    assert steps["posters"].due_at == at("2026-04-30T09:30")


def test_calls_that_were_made_stay_made_where_an_event_is_put_into_the_past() -> None:
    """A date that was noted wrong; of one to come everybody is reminded anew."""
    old, now = span("2026-11-20T14:00"), present("2026-11-23T09:00")
    lines = [
        line._replace(id=number, state=DONE)
        for number, line in enumerate(salon("2026-11-20T14:00", "2026-10-01T10:00").values(), 1)
    ]
    pace = BOOKS["salon"].pace
    assert len(replan(lines, old, span("2026-11-19T14:00"), now, pace).done) == len(lines)
    again = replan(lines, old, span("2026-12-10T14:00"), now, pace)
    assert {move.after.key for move in again.shifted} == {"reminder-call-1", "reminder-call-day"}


def test_what_was_put_out_of_the_way_stays_there_where_its_event_does_not_move() -> None:
    when, now = span("2026-12-10T14:00"), present("2026-11-02T09:00")
    lines = [
        line._replace(id=number)
        for number, line in enumerate(salon("2026-12-10T14:00", "2026-11-02T09:00").values(), 1)
    ]
    away = next(line for line in lines if line.key == "promo-1-edm")
    put = away._replace(due_at=at("2026-12-02T11:00"), state=PINNED, why=(AWAY,))
    lines[lines.index(away)] = put
    made = replan(lines, when, when, now, BOOKS["salon"].pace)
    assert [move.after for move in made.pinned] == [put]
