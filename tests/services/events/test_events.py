"""Events through their verbs: what stands in the file, the log and Today afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DONE, FLOATING, MISSED, PINNED, EventDraft, PlanLine
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.events import due as event_due
from opslog.services.events import events
from opslog.services.events import export as event_export
from opslog.services.events import form as event_form
from opslog.services.events.plans import steps
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.lists import make_list, make_steps


def at(book: Book, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=book.clock.zone).astimezone(UTC)


def draft(book: Book, on: str = "2026-12-05T14:00", /, **fields: object) -> EventDraft:
    made = EventDraft(name="上海沙龙", kind="salon", starts_at=at(book, on))
    return made._replace(**fields)  # type: ignore[arg-type]  # each test names fields it knows


def plan_of(book: Book, event_id: int) -> dict[str, PlanLine]:
    return {line.key: line for line in events.plan(book, event_id)}


def log(book: Book) -> list[tuple[str, str, bool]]:
    rows = book.con.execute("SELECT source, text, flagged FROM log ORDER BY id")
    return [(row["source"], row["text"], bool(row["flagged"])) for row in rows]


def dump(book: Book) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for table in ("event", "step", "check_item", "target", "log")
        for row in book.con.execute(f"SELECT * FROM {table} ORDER BY id")
    ]


def day(book: Book, instant: datetime) -> date:
    return instant.astimezone(book.clock.zone).date()


# -- entering -----------------------------------------------------------------------


def test_an_event_is_kept_with_plan_targets_and_a_red_line(book: Book) -> None:
    change = events.create(
        book,
        draft(book, targets={"signups": 200}, budget_cents=2_000_000, tag="#上海", place="静安"),
    )
    card = events.get(book, change.made)
    assert (card.name, card.row.tag, card.budget_cents) == ("上海沙龙", "上海", 2_000_000)
    assert card.targets == {"signups": 200.0}
    assert card.row.ends_at - card.row.starts_at == timedelta(minutes=180)
    assert len(plan_of(book, change.made)) == card.row.steps == 38
    assert log(book) == [("event", "Event 上海沙龙: Sat 12-05 14:00 (Offline salon)", True)]
    assert str(change.label) == "New event: 上海沙龙"


def test_the_preview_is_what_is_kept(book: Book) -> None:
    preview = events.preview_plan(book, draft(book))
    event_id = events.create(book, draft(book)).made
    kept = events.plan(book, event_id)
    assert [(p.key, p.due_at, p.planned_at, p.why, p.state) for p in preview] == [
        (k.key, k.due_at, k.planned_at, k.why, k.state) for k in kept
    ]
    assert [[i.title for i in p.items] for p in preview] == [
        [i.title for i in k.items] for k in kept
    ]


def test_creation_is_undone_and_redone_whole(book: Book) -> None:
    events.create(book, draft(book, targets={"signups": 200}))
    after = dump(book)
    history.undo(book)
    assert dump(book) == []
    assert events.listing(book) == []
    history.redo(book)
    assert dump(book) == after


def test_an_event_in_the_past_is_taken_with_its_steps_missed(book: Book) -> None:
    event_id = events.create(book, draft(book, "2026-03-04T14:00")).made
    row = events.get(book, event_id).row
    assert row.missed == row.steps
    assert event_due.due(book) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "  "}, "An event needs a name"),
        ({"kind": "party"}, "“party” is no kind of event; the kinds are: webinar, recorded"),
        ({"host": "us"}, "“us” is no host"),
        ({"list": "paper"}, "“paper” is no kind of list"),
        ({"audience": "some"}, "“some” is no audience"),
        ({"budget_cents": -1}, "A budget is an amount from 0 up"),
        ({"budget_cents": 10**15 + 1}, "A budget is an amount from 0 up"),
        ({"targets": {"signups": float("inf")}}, "Target “signups”"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_kept(
    book: Book, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        events.create(book, draft(book, **fields))
    assert said in str(refused.value)
    assert dump(book) == []


def test_an_end_before_the_start_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="before it starts"):
        events.create(book, draft(book, ends_at=at(book, "2026-12-05T13:00")))


def test_awkward_names_are_kept_as_text(book: Book) -> None:
    event_id = events.create(book, draft(book, name="A\0B\n[/red] \x1b[31m")).made
    assert events.get(book, event_id).name == "A␀B [/red] \x1b[31m"
    history.undo(book)
    history.redo(book)
    assert events.get(book, event_id).name == "A␀B [/red] \x1b[31m"


def test_a_playbook_of_ones_own_takes_the_place_of_the_shipped_one(book: Book) -> None:
    folder = book.home / "playbooks"
    folder.mkdir()
    own = folder / "salon.toml"
    own.write_text(
        'minutes = 60\n[[step]]\nid = "call"\nzh = "打电话"\nen = "Call"\n'
        'phase = "before"\ndays = -2\n',
        encoding="utf-8",
    )
    event_id = events.create(book, draft(book)).made
    assert list(plan_of(book, event_id)) == ["call"]
    own.write_text('[[step]]\nphase = "before"\nzh = 3\nid = "call"\n', encoding="utf-8")
    event_id = events.create(book, draft(book)).made
    assert list(plan_of(book, event_id)) == ["call"]
    faults = [str(fault) for fault in book.faults["playbooks/salon.toml"]]
    assert f"{own}, line 3: “zh” must be a text in quotes" in faults
    assert f"{own}, line 1: “en” is missing" in faults


def test_the_operators_workdays_count_and_a_broken_file_is_named(book: Book) -> None:
    file = book.home / "workdays.toml"
    file.write_text("holidays = [2026-11-27]\n", encoding="utf-8")
    event_id = events.create(book, draft(book)).made
    assert day(book, plan_of(book, event_id)["promo-1-moments"].due_at) == date(2026, 11, 26)
    file.write_text("holidays = [2026-13-27]\n", encoding="utf-8")
    event_id = events.create(book, draft(book)).made
    assert day(book, plan_of(book, event_id)["promo-1-moments"].due_at) == date(2026, 11, 26)
    assert "workdays.toml, line 1" in str(book.faults["workdays.toml"][0])


# -- moving -------------------------------------------------------------------------


def test_a_salon_twelve_days_ahead_moved_four_days_earlier(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    plan = plan_of(book, event_id)
    steps.tick_step(book, plan["fix-date"].id)
    steps.move_step(book, plan["posters"].id, at(book, "2026-11-26T16:00"))
    before = dump(book)
    preview = events.preview_move(book, event_id, at(book, "2026-12-01T14:00"))
    assert dump(book) == before  # a preview keeps nothing
    assert [move.after.key for move in preview.plan.done] == ["fix-date"]
    assert [move.after.key for move in preview.plan.pinned] == ["posters"]
    assert len(preview.plan.all) == len(plan)

    assert events.move_warnings(book, preview) == []
    early = events.preview_move(book, event_id, at(book, "2026-11-26T14:00"))
    assert [str(said) for said in events.move_warnings(book, early)] == [
        "“Posters and the words for each channel are final”: the event begins Thu 11-26,"
        " and this is to be done before it"
    ]
    past = events.preview_move(book, event_id, at(book, "2026-11-02T14:00"))
    assert "Mon 11-02 is past" in [str(said) for said in events.move_warnings(book, past)]
    change = events.move(book, event_id, at(book, "2026-12-01T14:00"))
    after = plan_of(book, event_id)
    assert {move.after.key: move.after.due_at for move in preview.plan.all} == {
        key: line.due_at for key, line in after.items()
    }
    assert after["posters"].due_at == at(book, "2026-11-26T16:00")
    assert after["fix-date"].due_at == plan["fix-date"].due_at
    assert day(book, after["promo-1-moments"].due_at) == date(2026, 11, 24)
    assert day(book, after["reminder-call-1"].due_at) == date(2026, 11, 30)
    assert log(book)[-1] == (
        "event",
        "Event 上海沙龙 moved: Sat 12-05 14:00 to Tue 12-01 14:00",
        True,
    )
    history.undo(book, change.id)
    assert dump(book) == before


def test_moving_to_the_same_moment_changes_nothing(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    before = dump(book)
    assert not events.move(book, event_id, at(book, "2026-12-05T14:00"))
    assert dump(book) == before


def test_steps_missed_by_time_open_again_when_the_event_moves_away(
    book: Book, clock: StandingClock
) -> None:
    event_id = events.create(book, draft(book, "2026-12-04T14:00")).made
    clock.move_to(at(book, "2026-12-03T16:00"))
    assert plan_of(book, event_id)["promo-1-moments"].state == MISSED  # nobody did it in time
    assert events.get(book, event_id).row.missed > 0
    events.move(book, event_id, at(book, "2026-12-18T14:00"))
    moments = plan_of(book, event_id)["promo-1-moments"]
    assert (moments.state, day(book, moments.due_at)) == (FLOATING, date(2026, 12, 11))


def test_another_kind_of_list_makes_another_plan(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    card = events.get(book, event_id)
    preview = events.preview_edit(book, event_id, card.draft._replace(list="none"))
    assert "tidy" in [line.key for line in preview.plan.removed]
    assert [line.key for line in preview.plan.added] == ["recap-edm-all", "figures"]
    events.edit(book, event_id, card.draft._replace(list="none", targets={"reach": 5000}))
    assert "tidy" not in plan_of(book, event_id)
    assert events.get(book, event_id).targets == {"reach": 5000.0}
    history.undo(book)
    assert "tidy" in plan_of(book, event_id)


def test_a_changed_name_leaves_the_plan_alone(book: Book, clock: StandingClock) -> None:
    event_id = events.create(book, draft(book)).made
    clock.move_to(at(book, "2026-11-27T18:00"))
    before = events.plan(book, event_id)
    events.edit(book, event_id, events.get(book, event_id).draft._replace(name="静安沙龙"))
    assert events.plan(book, event_id) == before
    assert events.get(book, event_id).name == "静安沙龙"


def test_a_cancelled_event_has_nothing_due(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    assert event_due.due(book)
    events.cancel(book, event_id)
    assert event_due.due(book) == []
    assert log(book)[-1] == ("event", "Cancelled: 上海沙龙", True)
    assert not events.cancel(book, event_id)
    history.undo(book)
    assert event_due.due(book)


# -- steps --------------------------------------------------------------------------


def test_ticking_a_step_writes_into_the_log(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    step = plan_of(book, event_id)["theme"]
    steps.tick_step(book, step.id)
    assert steps.step(book, step.id).state == DONE
    assert log(book)[-1] == ("step", "Done: Settle theme and target audience (上海沙龙)", False)
    assert not steps.tick_step(book, step.id)  # a second time: nothing to do
    steps.untick_step(book, step.id)
    assert steps.step(book, step.id).state == FLOATING
    assert events.get(book, event_id).row.done == 0


def test_a_missed_step_can_be_said_to_be_done(book: Book) -> None:
    event_id = events.create(book, draft(book, "2026-11-24T14:00")).made
    missed = plan_of(book, event_id)["promo-1-sem"]
    assert missed.state == MISSED
    steps.tick_step(book, missed.id)
    assert steps.step(book, missed.id).state == DONE


def test_a_checklist_is_ticked_line_by_line(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    step = plan_of(book, event_id)["preflight"]
    steps.tick_item(book, step.items[0].id)
    ticked = steps.step(book, step.id)
    assert [item.done_at is not None for item in ticked.items] == [True] + [False] * 4
    steps.tick_item(book, step.items[0].id)
    assert steps.step(book, step.id).items[0].done_at is None


def test_a_step_moved_by_hand_is_pinned_until_unpinned(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    step = plan_of(book, event_id)["promo-2-moments"]
    steps.move_step(book, step.id, at(book, "2026-12-03T10:00"))
    pinned = steps.step(book, step.id)
    assert (pinned.state, pinned.due_at) == (PINNED, at(book, "2026-12-03T10:00"))
    assert pinned.planned_at == step.due_at
    steps.move_step(book, step.id, at(book, "2026-12-02T10:00"))
    assert steps.step(book, step.id).planned_at == step.due_at, "what the plan said, not move 1"
    steps.move_step(book, step.id, at(book, "2026-12-03T10:00"))
    events.move(book, event_id, at(book, "2026-12-12T14:00"))
    assert steps.step(book, step.id).due_at == at(book, "2026-12-03T10:00")
    steps.unpin_step(book, step.id)
    free = steps.step(book, step.id)
    assert (free.state, day(book, free.due_at)) == (FLOATING, date(2026, 12, 9))
    with pytest.raises(Refused, match="neither pinned"):
        steps.unpin_step(book, step.id)
    steps.tick_step(book, step.id)
    with pytest.raises(Refused, match="open it again first"):
        steps.move_step(book, step.id, at(book, "2026-12-03T10:00"))


def test_a_pinned_step_ticked_and_opened_again_is_pinned(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    step = plan_of(book, event_id)["promo-2-moments"]
    steps.move_step(book, step.id, at(book, "2026-12-03T10:00"))
    steps.tick_step(book, step.id)
    steps.untick_step(book, step.id)
    assert steps.step(book, step.id).state == PINNED


def test_a_step_of_ones_own_goes_along_with_the_event(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    made = steps.add_step(book, event_id, " 订花 ", at(book, "2026-12-03T10:00")).made
    events.move(book, event_id, at(book, "2026-12-12T14:00"))
    own = steps.step(book, made)
    assert (own.title, own.name, day(book, own.due_at)) == ("订花", "订花", date(2026, 12, 10))
    with pytest.raises(Refused, match="a few words"):
        steps.add_step(book, event_id, " ", at(book, "2026-12-03T10:00"))
    steps.remove_step(book, made)
    with pytest.raises(Refused, match="not there any more"):
        steps.step(book, made)
    history.undo(book)
    assert steps.step(book, made) == own


def test_a_note_on_a_step(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    step = plan_of(book, event_id)["room"]
    steps.note_step(book, step.id, "找小李")
    assert steps.step(book, step.id).note == "找小李"


def test_figures_of_an_event_without_a_list(book: Book) -> None:
    event_id = events.create(book, draft(book, "2026-11-20T14:00", list="none")).made
    events.set_figures(book, event_id, {"reach": 8108, "views": 540})
    assert plan_of(book, event_id)["figures"].state == FLOATING
    events.set_figures(book, event_id, {"shares": 12})
    card = events.get(book, event_id)
    assert (card.reach, card.views, card.shares) == (8108, 540, 12)
    assert plan_of(book, event_id)["figures"].state == DONE
    assert log(book)[-1][1] == "Figures of 上海沙龙: reach 8108, views 540, shares 12"
    with pytest.raises(Refused, match="from 0 up"):
        events.set_figures(book, event_id, {"reach": -1})


def test_a_round_closed_ticks_its_step(book: Book) -> None:
    sheet = make_list(book, [("王志刚", "深蓝软件", "总监", "+8613800138000", "")])
    made = make_steps(book, sheet.event_id, "round-0")["round-0"]
    round_id = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, round_id, sheet.cards[0], "keep")
    rounds.close_round(book, round_id)
    assert steps.step(book, made).state == DONE
    rounds.reopen(book, round_id)
    assert steps.step(book, made).state == FLOATING


def test_a_line_of_a_checklist_has_an_answer(book: Book) -> None:
    event_id = events.create(book, draft(book)).made
    line = plan_of(book, event_id)["confirmations"]
    (posters, slides, speaker, _group) = line.items
    assert [item.kind for item in line.items] == ["yes_no"] * 4
    steps.answer_item(book, posters.id, "是")
    steps.answer_item(book, slides.id, " NO ")
    change = steps.answer_item(book, speaker.id, "会后\x00 一周")
    assert str(change.label) == "Answered: Will the speaker answer questions later? → 会后␀ 一周"
    items = plan_of(book, event_id)["confirmations"].items
    assert [(item.answer, item.done_at) for item in items] == [
        ("yes", book.now()),
        ("no", book.now()),
        ("会后␀ 一周", book.now()),
        ("", None),
    ]
    rows = list(event_export.plan_table(book, Scope(event_id)).rows)
    assert any("☑ May the slides go out as PDF? → no" in str(row) for row in rows)
    locale.set_language("zh_CN")
    assert plan_of(book, event_id)["confirmations"].items[1].said == "PPT 能以 PDF 发出去吗？ → 否"
    steps.tick_item(book, slides.id)  # opened again: what was answered no longer holds
    assert plan_of(book, event_id)["confirmations"].items[1][3:] == (None, "yes_no", "")
    history.undo(book)
    assert plan_of(book, event_id)["confirmations"].items[1].answer == "no"
    locale.set_language("en")
    assert not steps.answer_item(book, slides.id, "no")
    with pytest.raises(Refused, match="not there any more"):
        steps.answer_item(book, 999, "yes")


# -- what is due --------------------------------------------------------------------


def test_due_holds_open_steps_inside_their_lead_time(book: Book, clock: StandingClock) -> None:
    event_id = events.create(book, draft(book)).made
    due = {item.title: item for item in event_due.due(book)}
    assert "Settle theme and target audience" in due
    assert "Promotion round 1: Moments" not in due  # Friday, with one day of lead
    clock.move_to(at(book, "2026-11-26T09:00"))
    due = {item.title: item for item in event_due.due(book)}
    moments = due["Promotion round 1: Moments"]
    assert (moments.event, moments.event_id) == ("上海沙龙", event_id)
    assert moments.event_at == at(book, "2026-12-05T14:00")
    assert moments.original is not None
    assert day(book, moments.original) == date(2026, 11, 28)
    assert str(moments.detail) == "Sat 11-28 is a day off: the working day before, 11-27"


def test_done_snoozed_and_impossible_steps_are_not_due(book: Book, clock: StandingClock) -> None:
    event_id = events.create(book, draft(book)).made
    plan = plan_of(book, event_id)
    steps.tick_step(book, plan["theme"].id)
    steps.snooze_step(book, plan["preflight"].id, at(book, "2026-11-24T00:00"))
    titles = {item.ref for item in event_due.due(book)}
    assert not {plan["theme"].id, plan["preflight"].id} & titles
    clock.move_to(at(book, "2026-11-24T09:00"))
    assert plan["preflight"].id in {item.ref for item in event_due.due(book)}
    clock.move_to(at(book, "2026-12-06T09:00"))  # the event is over
    left = {item.title for item in event_due.due(book)}
    assert "Promotion round 2: Moments" not in left
    assert "Get the full list from the person in charge and import it" in left


def test_a_long_holiday_does_not_make_what_follows_an_event_impossible(
    book: Book, clock: StandingClock
) -> None:
    event_id = events.create(book, draft(book, "2027-09-30T14:00")).made
    book.con.execute(
        "UPDATE step SET due_at='2027-10-20T02:30:00Z' WHERE"
        " plan_id=(SELECT id FROM plan WHERE event_id=?) AND key='recap-groups'",
        (event_id,),
    )
    clock.move_to(at(book, "2027-10-20T12:00"))  # past its usual end, two hours after its date
    assert plan_of(book, event_id)["recap-groups"].state == FLOATING
    assert "Recap: community groups" in {item.title for item in event_due.due(book)}
    clock.move_to(at(book, "2027-10-21T12:00"))
    assert plan_of(book, event_id)["recap-groups"].state == MISSED
    assert "Recap: community groups" not in {item.title for item in event_due.due(book)}


def test_the_list_tells_what_is_late(book: Book, clock: StandingClock) -> None:
    events.create(book, draft(book))
    assert events.listing(book)[0].late == 0
    clock.move_to(at(book, "2026-11-24T09:00"))
    assert events.listing(book)[0].late == 4


def test_the_list_is_in_the_order_one_looks_for(book: Book) -> None:
    for name, on in [("later", "2026-12-20"), ("next", "2026-12-01"), ("over", "2026-11-01")]:
        events.create(book, draft(book, f"{on}T14:00", name=name))
    events.create(book, draft(book, "2026-11-10T14:00", name="over lately"))
    gone = events.create(book, draft(book, name="gone")).made
    events.cancel(book, gone)
    assert [row.name for row in events.listing(book)] == [
        "next",
        "later",
        "over lately",
        "over",
        "gone",
    ]


# -- finding and reading ------------------------------------------------------------


def test_an_event_is_found_by_number_name_and_part(book: Book) -> None:
    first = events.create(book, draft(book, name="上海沙龙", tag="sh")).made
    second = events.create(book, draft(book, name="上海沙龙二期")).made
    third = events.create(book, draft(book, name="北京大会")).made
    assert events.resolve(book, str(second)) == second
    assert events.resolve(book, "上海沙龙") == first  # its whole name, though part of another
    assert events.resolve(book, "二期") == second
    assert events.resolve(book, " 北京 ") == third
    assert events.resolve(book, "SH") == first
    with pytest.raises(Refused) as refused:
        events.resolve(book, "上海")
    assert "could be any of: 2 上海沙龙二期; 1 上海沙龙" in str(refused.value)
    events.cancel(book, second)
    assert events.resolve(book, "上海") == first
    with pytest.raises(Refused, match="No event has “深圳”"):
        events.resolve(book, "深圳")
    with pytest.raises(Refused, match="Which event"):
        events.resolve(book, " ")


def test_a_form_is_read_in_both_languages(book: Book) -> None:
    fields = {"name": "沙龙", "kind": "salon", "on": "12-05", "budget": "２万"}
    read = event_form.read_draft(book, {**fields, "targets": "报名＝200，到场=80 demos=3"})
    assert read.starts_at == at(book, "2026-12-05T14:00")
    assert read.ends_at == at(book, "2026-12-05T17:00")
    assert read.budget_cents == 2_000_000
    assert read.targets == {"signups": 200, "attended": 80, "demos": 3}
    evening = event_form.read_draft(book, {**fields, "on": "12-05 19:30", "ends": "21:00"})
    assert (evening.starts_at, evening.ends_at) == (
        at(book, "2026-12-05T19:30"),
        at(book, "2026-12-05T21:00"),
    )
    two_days = event_form.read_draft(book, {**fields, "ends": "2026-12-06 16:00"})
    assert two_days.ends_at == at(book, "2026-12-06T16:00")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("on", "", "When is it?"),
        ("on", "soon", "“soon” is no date"),
        ("on", "2026-11-31", "no day 31"),
        ("ends", "late", "“late” is no end"),
        ("budget", "much", "“much” is no amount"),
        ("targets", "signups 200", "“signups 200” is no target"),
        ("targets", "signups=1.2.3", "is no target"),
    ],
)
def test_what_a_form_cannot_mean_is_said(book: Book, field: str, text: str, said: str) -> None:
    fields = {"name": "沙龙", "kind": "salon", "on": "12-05", field: text}
    with pytest.raises(Refused) as refused:
        event_form.read_draft(book, fields)
    assert said in str(refused.value)


def test_a_form_filled_from_an_event_reads_back_the_same(book: Book) -> None:
    made = draft(
        book,
        targets={"signups": 200.0},
        budget_cents=123456750,
        ends_at=at(book, "2026-12-06T16:00"),
    )
    event_id = events.create(book, made).made
    card = events.get(book, event_id)
    assert event_form.read_draft(book, event_form.written(book, card)) == card.draft


def test_the_log_speaks_the_language_of_the_day(book: Book) -> None:
    locale.set_language("zh_CN")
    event_id = events.create(book, draft(book)).made
    steps.tick_step(book, plan_of(book, event_id)["theme"].id)
    assert [text for _source, text, _flag in log(book)] == [
        "活动 上海沙龙：12-05 周六 14:00（线下沙龙）",
        "完成：定主题和目标受众（上海沙龙）",
    ]


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        ("12-05 14:00-17:00", "2026-12-05T14:00", "2026-12-05T17:00"),
        ("下周六下午2点到5点半", "2026-12-05T14:00", "2026-12-05T17:30"),
        ("Dec 5, 2-4pm", "2026-12-05T14:00", "2026-12-05T16:00"),
        ("12-05 22:00-00:30", "2026-12-05T22:00", "2026-12-06T00:30"),
    ],
)
def test_when_it_is_may_say_when_it_ends(book: Book, on: str, start: str, end: str) -> None:
    read = event_form.read_draft(book, {"name": "x", "kind": "salon", "on": on})
    assert (read.starts_at, read.ends_at) == (at(book, start), at(book, end))
    said = event_form.read_draft(book, {"name": "x", "kind": "salon", "on": on, "ends": "23:30"})
    assert said.ends_at is not None
    assert said.ends_at.astimezone(book.clock.zone).time() == time(23, 30)
