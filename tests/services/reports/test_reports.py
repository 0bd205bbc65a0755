"""What a report says: of a day of many calls, of nothing, of days that others changed since."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events import stop_tallies
from opslog.domain.events.events import EventDraft
from opslog.domain.reports.figures import EVENT
from opslog.domain.reports.stretches import DAY, WEEK, of
from opslog.exchange.writing import pages
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import guests
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events, stops, targets
from opslog.services.events.plans import steps
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.programmes import enrolling, programmes, sending
from opslog.services.reports import files, opening, own_text, reports
from opslog.services.reports.reports import Only
from opslog.services.reviews import channels, figures
from opslog.services.screening import rounds
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls import test_stop_lists as stop_lists
from tests.services.lists import Sheet, make_list, make_steps
from tests.services.programmes.programme import PROGRAMME, begin, people
from tests.services.reports import story

MONDAY = date(2026, 11, 23)
# Of 57 people: coming 30, not coming 6 (travelling 3, time 2, one's own words 1), unsure 5 …
ANSWERS = (
    *[("coming", "")] * 30,
    *[("not_coming", "travel")] * 3,
    *[("not_coming", "time")] * 2,
    ("not_coming", "换人"),
    *[("unsure", "")] * 5,
    *[("no_answer", "")] * 16,
)


def call_all(book: Book, clock: StandingClock) -> Sheet:
    people = [(f"客户{n}", f"公司{n}", "", f"+86138001{n:05}", "") for n in range(len(ANSWERS))]
    made = make_list(book, people, event="上海老客户沙龙", ends_ago=-timedelta(hours=31))
    for card, (outcome, reason) in zip(made.cards, ANSWERS, strict=True):
        calling.record(book, card, "reminder", outcome, lane="phone", reason=reason)
        clock.move_to(clock.instant + timedelta(minutes=2))
    return made


def screen(book: Book, clock: StandingClock) -> None:
    rows = [(f"参会{n}", f"企业{n}", "", f"+86139002{n:05}", "") for n in range(8)]
    made = make_list(book, rows, event="杭州大会", ends_ago=timedelta(days=2))
    number = rounds.open_round(book, made.roster_id).made
    for at, card in enumerate(made.cards):
        verdict, reason = ("keep", "") if at % 2 else ("drop", "competitor" if at else "colleague")
        rounds.decide(book, number, card, verdict, reason)
        clock.move_to(clock.instant + timedelta(seconds=45))


def test_a_day_of_65_calls_its_week_and_its_month_as_one_would_write_them(
    book: Book, clock: StandingClock
) -> None:
    story.tell(book, clock)
    for language in story.LANGUAGES:
        locale.set_language(language)
        for kind, text in story.texts(book).items():
            kept = story.TEXTS / f"{kind}.{language}.txt"
            assert text == kept.read_text(encoding="utf-8"), kept.name


def test_nothing_says_so(book: Book) -> None:
    report = reports.report(book, of(WEEK, MONDAY))
    assert report.text().endswith("Nothing is in the log of these days.")
    assert report.figures() == []
    assert not report.sums


def test_below_twenty_no_rate_stands_alone(book: Book, clock: StandingClock) -> None:
    made = make_list(
        book, [("王志刚", "万科", "", "+8613800138000", "")], ends_ago=-timedelta(days=1)
    )
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert "%" not in reports.report(book, of(DAY, MONDAY)).text()


def test_what_was_undone_merged_or_erased_since_counts_as_it_stands(
    book: Book, clock: StandingClock
) -> None:
    rows = [(f"客户{n}", "万科", "", f"+861380013800{n}", "") for n in range(3)]
    made = make_list(book, rows, ends_ago=-timedelta(hours=31))
    for card in made.cards:
        calling.record(book, card, "reminder", "coming", lane="phone", note="客户0 也来")
    day = of(DAY, MONDAY)
    assert len(reports.report(book, day).sums.coming) == 3
    history.undo(book)
    assert len(reports.report(book, day).sums.coming) == 2
    twins.merge(book, made.people[0], made.people[1])  # one person, called twice
    sums = reports.report(book, day).sums
    assert (len(sums.calls), len(sums.coming)) == (2, 1)
    person = person_card.get(book, made.people[0])
    erasing.erase(book, person.id, erasing.word_for(person))
    report = reports.report(book, day)
    assert (len(report.sums.calls), len(report.sums.coming)) == (2, 1)
    assert "客户0" not in report.text()


def test_an_open_step_says_how_far_its_work_is_and_stays_in_sight(
    book: Book, clock: StandingClock
) -> None:
    rows = [(f"客户{n}", f"公司{n}", "", f"+861380013800{n}", "") for n in range(3)]
    made = make_list(book, rows, ends_ago=-timedelta(hours=31))
    make_steps(book, made.event_id, "reminders-day-before", "figures")
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    text = reports.report(book, of(DAY, MONDAY)).text()
    far = "reminders-day-before (上海沙龙), 1 of 3 calls over, 2 people still to call"
    assert far in text
    calling.record(book, made.cards[1], "reminder", "no_answer", lane="phone")
    assert far in reports.report(book, of(DAY, MONDAY)).text(), "called, and to be called again"
    assert "Late from before" not in text
    clock.move_to(clock.instant + timedelta(days=3))
    report = reports.report(book, of(DAY, book.today()))
    assert "Late from before: 2 steps, " in report.text()
    assert "figures (上海沙龙), 3 days late" in report.text()
    before = reports.report(book, of(DAY, book.today() - timedelta(days=2))).text()
    assert "figures (上海沙龙), 1 day late" in before, "as it was late then"
    (late,) = [one for one in report.figures() if one.key == "late"]
    assert len(opening.opened(book, report, late)) == 2
    assert not reports.report(book, of(DAY, book.today() + timedelta(days=1))).sums.steps.late


def test_promises_follow_ups_and_leads_that_were_due_are_not_done(
    book: Book, clock: StandingClock
) -> None:
    rows = [(f"客户{n}", "万科", "", f"+861380013800{n}", "") for n in range(2)]
    made = make_list(book, rows, ends_ago=-timedelta(days=3))
    soon = clock.instant + timedelta(hours=2)
    calling.record(book, made.cards[0], "reminder", "call_back", lane="phone", when=soon)
    log_lines.add(book, "发资料 >11:30")
    leads.keep(book, made.people[1], {}, "陈磊", event_id=made.event_id)
    day = of(DAY, MONDAY)
    assert reports.report(book, day).sums.waiting.number == 0, "none of it is due yet"
    clock.move_to(clock.instant + timedelta(hours=3))
    text = reports.report(book, day).text()
    assert "Calls promised and not made: 客户0 (万科)." in text
    assert "Follow-ups not done: 发资料." in text
    assert "take up again" not in text
    clock.move_to(clock.instant + timedelta(days=1))
    report = reports.report(book, of(DAY, book.today()))
    assert "Leads to ask about or take up again: 客户1 (万科)." in report.text()
    waiting = [one for one in report.figures() if one.key.startswith("waiting.")]
    assert [len(opening.opened(book, report, one)) for one in waiting] == [1, 1, 1]
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert not reports.report(book, day).sums.waiting.promises
    assert reports.report(book, of(DAY, book.today() + timedelta(days=1))).sums.waiting.number == 0


def test_who_was_not_written_to_on_their_day_is_not_done(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 2)
    monday = of(DAY, MONDAY)
    assert not reports.report(book, monday).sums.waiting.messages, "their hour is not over yet"
    clock.move_to(clock.instant + timedelta(hours=4))
    text = reports.report(book, monday).text()
    assert "1 person was not written to on the day: 王志刚 (华东机械), day 1." in text
    clock.move_to(clock.instant + timedelta(days=2))  # two steps of each are passed over
    both = "2 people were not written to on the day: 王志刚 (华东机械), day 1; 李娜 (华东机械), "
    assert both in reports.report(book, monday).text()
    sending.sent(book, ids[:1])
    report = reports.report(book, monday)
    assert both in report.text(), "what is noted as missed once a later one went, too"
    (figure,) = [one for one in report.figures() if one.key == "waiting.messages"]
    rows = opening.opened(book, report, figure)
    assert [(one.ref, str(one.text)) for one in rows] == [
        *((person, "not sent: day 1") for person in (1, 2))
    ]
    (of_one,) = reports.report(book, monday, Only(person_id=2)).sums.waiting.messages
    assert of_one.person == "李娜"
    tuesday = of(DAY, book.today() - timedelta(days=1))
    assert "王志刚 (华东机械), day 2" in reports.report(book, tuesday).text()
    today = reports.report(book, of(DAY, book.today()))
    assert not today.sums.waiting.messages, "the day's own are sent, or their hour is to come"


def test_a_message_too_long_late_counts_until_it_was_too_late(
    book: Book, clock: StandingClock
) -> None:
    """Not for ever: the step behind the last one never comes to end it."""
    begin(book, 1)
    clock.move_to(clock.instant + timedelta(days=60))  # the last step was due on 11-30
    for day, number in ((date(2026, 11, 30), 1), (date(2026, 12, 10), 1), (date(2026, 12, 20), 0)):
        found = reports.report(book, of(DAY, day)).sums.waiting.messages
        assert len(found) == number, day


def test_the_plan_says_what_of_it_was_done_on_other_days(book: Book, clock: StandingClock) -> None:
    event = events.create(book, EventDraft("直播", "webinar", clock.instant + timedelta(27))).made
    first = min((one for one in events.plan(book, event) if one.open), key=lambda one: one.due_at)
    steps.tick_step(book, first.id)
    clock.move_to(first.due_at + timedelta(hours=1))
    report = reports.report(book, of(WEEK, book.today()))
    assert "1 done (1 of them before these days)" in report.text()
    assert "step done these days" not in report.text()


def test_who_was_erased_is_somebody_and_counts_as_the_list_counts(book: Book) -> None:
    rows = [("王志刚", "万科", "", "+8613800138000", ""), ("", "", "", "+8613800138001", "")]
    made = make_list(book, rows)
    for person_id in made.people:
        won = leads.keep(book, person_id, {}, "陈磊", event_id=made.event_id).made
        leads.set_state(book, won, "won")
    person = person_card.get(book, made.people[0])
    erasing.erase(book, person.id, erasing.word_for(person))
    report = reports.report(book, of(DAY, MONDAY))
    assert "Won 2: somebody erased; +8613800138001." in report.text()
    (figure,) = [one for one in report.figures() if one.key == "won"]
    assert [one.who for one in opening.opened(book, report, figure)] == [
        "somebody erased",
        "+8613800138001",
    ]
    assert [one.state for one in leads.erased(book, made.event_id)] == ["won"]
    assert len(leads.leads(book)) + len(leads.erased(book)) == 2


def test_who_answered_once_stands_with_what_they_said(book: Book, clock: StandingClock) -> None:
    rows = [
        ("王志刚", "万科", "", "+8613800138000", ""),
        ("李敏", "万科", "", "+8613800138001", ""),
    ]
    made = make_list(book, rows, ends_ago=-timedelta(hours=31))
    for at, outcome in enumerate(("unsure", "no_answer", "no_answer", "no_answer")):
        calling.record(book, made.cards[at % 2], "reminder", outcome, lane="phone")
        clock.move_to(clock.instant + timedelta(hours=1))
    text = reports.report(book, of(DAY, MONDAY)).text()
    assert "Reminder: 2 people, reached 1; unsure 1, no answer 1." in text


def test_whoever_was_handed_over_was_whatever_came_of_it(book: Book) -> None:
    made = make_list(book, [("王志刚", "万科", "", "+8613800138000", "")])
    lead = leads.keep(book, made.people[0], {}, "陈磊", event_id=made.event_id).made
    for state in ("accepted", "won"):
        leads.set_state(book, lead, state)
        sums = reports.report(book, of(DAY, MONDAY)).sums
        assert {code: len(rows) for code, rows in sums.leads.items()} == {
            "handed_over": 1,
            state: 1,
        }
    assert "Handed over to 陈磊: 王志刚 (万科)." in reports.report(book, of(WEEK, MONDAY)).text()


def test_steps_done_late_moved_dropped_missed_and_open(book: Book, clock: StandingClock) -> None:
    starts = clock.instant + timedelta(days=8)
    event = events.create(book, EventDraft("直播", "webinar", starts)).made
    plan = [line for line in events.plan(book, event) if line.open]
    steps.move_step(book, plan[3].id, clock.instant + timedelta(days=5))
    steps.move_step(book, plan[4].id, clock.instant + timedelta(days=5))
    history.undo(book)  # the last one was not moved
    steps.remove_step(book, plan[5].id)
    clock.move_to(plan[0].due_at + timedelta(days=2))
    steps.tick_step(book, plan[0].id)
    late = reports.report(book, of(DAY, book.today()))
    assert "late: " in late.text()
    assert "by 2 days" in late.text()
    week = reports.report(book, of(WEEK, MONDAY)).sums.steps
    assert [one.id for one in week.moved] == [plan[3].id]
    assert week.moved[0].before == plan[3].due_at
    assert [one.title for one in week.dropped] == [plan[5].title]
    assert plan[1].id in [one.id for one in week.open]
    clock.move_to(starts + timedelta(days=1))
    missed = reports.report(book, of(WEEK, MONDAY)).sums.steps.missed
    assert all(one.due < book.now() for one in missed)
    assert not {one.id for one in missed} & {plan[0].id, plan[5].id}


def test_decliners_passed_on_are_said(book: Book, clock: StandingClock) -> None:
    made = make_list(
        book, [("王志刚", "万科", "", "+8613800138000", "")], ends_ago=-timedelta(hours=31)
    )
    calling.record(book, made.cards[0], "reminder", "not_coming", lane="phone")
    guests.tell(book, guests.pass_on(book), "陈磊")
    said = reports.report(book, of(DAY, MONDAY)).text()
    assert "Those not coming were passed on to 陈磊." in said


def test_kept_to_one_event_person_or_tag(book: Book, clock: StandingClock) -> None:
    made = call_all(book, clock)
    screen(book, clock)
    log_lines.add(book, "#回访 ~20m")
    day = of(DAY, MONDAY)
    event = reports.report(book, day, reports.Only(event_id=made.event_id)).sums
    assert (len(event.calls), event.screened, event.lines) == (57, (), ())
    person = reports.report(book, day, reports.Only(person_id=made.people[0])).sums
    assert len(person.calls) == 1
    tag = reports.report(book, day, reports.Only(tag="回访")).sums
    assert (len(tag.calls), len(tag.lines)) == (0, 1)


def test_own_words_stay_with_their_days_and_can_be_taken_back(book: Book) -> None:
    day = of(DAY, MONDAY)
    made = reports.report(book, day).text()
    own_text.write(book, day, "今天请假  \n", made)
    found = own_text.of(book, day)
    assert found is not None
    assert (found.text, found.made_from) == ("今天请假", made)
    assert own_text.of(book, of(DAY, date(2026, 11, 24))) is None
    own_text.write(book, day, made, made)  # nothing of one's own any more
    assert own_text.of(book, day) is None
    history.undo(book)
    assert own_text.of(book, day) is not None


def test_whoever_is_erased_goes_from_own_words(book: Book) -> None:
    made = make_list(book, [("王志刚", "万科", "", "+8613800138000", "")])
    day = of(DAY, MONDAY)
    own_text.write(book, day, "和王志刚谈了 13800138000", "")
    person = person_card.get(book, made.people[0])
    erasing.erase(book, person.id, erasing.word_for(person))
    found = own_text.of(book, day)
    assert found is not None
    assert "王志刚" not in found.text
    assert "13800138000" not in found.text


@pytest.mark.parametrize("ending", ["txt", "md", "html", "csv", "json"])
def test_every_file_says_the_numbers_and_when_it_was_made(
    book: Book, clock: StandingClock, tmp_path: Path, ending: str
) -> None:
    made = make_list(
        book, [("<b>王|刚</b>", "万科", "", "+8613800138000", "")], ends_ago=-timedelta(hours=31)
    )
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone", note="<b>带*人*</b>")
    report = reports.report(book, of(DAY, MONDAY))
    path = files.write(book, report, tmp_path / f"日报.{ending}")
    said = path.read_text(encoding="utf-8-sig")
    assert "coming" in said
    if ending in ("txt", "md", "html"):
        assert "Made by opslog from the log as it stood Mon 11-23 09:00." in said
    if ending == "html":
        assert "<b>" not in said
    if ending == "md":
        assert "\\*人\\*" in said
    with pytest.raises(Refused, match="exists already"):
        files.write(book, report, path)


def test_the_heading_over_the_numbers_says_how_many(book: Book, tmp_path: Path) -> None:
    locale.set_language("zh_CN")
    path = files.write(book, reports.report(book, of(DAY, MONDAY)), tmp_path / "日报.csv")
    assert "数量" in path.read_text(encoding="utf-8-sig").splitlines()[0]


def test_a_folder_that_is_gone_and_an_ending_nobody_knows(book: Book, tmp_path: Path) -> None:
    report = reports.report(book, of(DAY, MONDAY))
    with pytest.raises(Refused, match="There is no folder"):
        files.write(book, report, tmp_path / "gone" / "r.md")
    with pytest.raises(Refused, match=r"\.txt, \.md, \.html"):
        files.write(book, report, tmp_path / "r.docx")
    assert list(tmp_path.glob("r.*")) == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_page: object, _file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(pages.FORMATS, "md", full)
    with pytest.raises(Refused, match="the disk is full"):
        files.write(book, reports.report(book, of(DAY, MONDAY)), tmp_path / "r.md")
    assert list(tmp_path.glob("*r.md*")) == []


def test_messages_by_sms_and_e_mail_are_counted_like_those_on_wecom(
    book: Book, clock: StandingClock
) -> None:
    channels = iter(("sms", "email", "wecom"))
    for code, channel in zip(("one", "two", "three"), channels, strict=True):
        text = PROGRAMME.replace("by_hand = true", f'by_hand = true\nchannel = "{channel}"', 1)
        programmes.put(book, code, text)
    ids = people(book)
    for id, code in zip(ids, ("one", "two", "three"), strict=True):
        enrolling.enter(book, code, [id])
    sent = [enrolling.of_person(book, id)[0].id for id in ids]
    sending.sent(book, sent)
    clock.move_to(clock.now() + timedelta(hours=1))
    sending.replied(book, sent[0], "多少钱")
    off_list.log(book, ids[2], "no_answer", lane="phone")
    day = reports.report(book, of(DAY, MONDAY))
    assert len(day.sums.messages) == 3
    assert "Message by SMS, e-mail, WeCom: 3 people" in day.text()
    week = reports.report(book, of(WEEK, MONDAY)).text()
    assert "1 message by SMS, replied 1; 1 message by e-mail, replied 0" in week
    assert "1 message on WeCom, replied 0" in week


def test_what_was_typed_in_at_the_stops_of_a_road_show_is_held_against_its_targets(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path, "杭州")
    targets.put(book, event_id, {"signups": 100, "customers": 10})
    typed = stop_tallies.read(["signups=80", "customers=4"])
    stops.tally(book, known["宁波"].id, typed)
    clock.move_to(known["温州"].ends_at + timedelta(days=1))
    report = reports.report(book, of(WEEK, book.today()))
    assert "Targets: sign-ups 83 of 100 (83%), customers 4 of 10" in report.text()
    (number,) = [one for one in report.figures() if one.key == "target.signups"]
    assert (number.value, number.kind, number.rows) == (83, EVENT, (event_id,))
    assert len(opening.opened(book, report, number)) == 1


def test_of_an_event_without_a_list_what_was_typed_in_is_held_against_its_targets(
    book: Book, clock: StandingClock
) -> None:
    at = book.now() + timedelta(hours=2)
    draft = EventDraft("抖音直播", "webinar", at, list="none")
    event_id = events.create(book, draft).made
    assert event_id is not None
    targets.put(book, event_id, {"signups": 50, "leads": 10})
    channels.put(book, event_id, channels.read({"label": "视频号", "signups": "30"}))
    figures.put(book, event_id, figures.Typed("leads", 4, source="抖音后台"))
    clock.move_to(at + timedelta(days=1))
    report = reports.report(book, of(WEEK, book.today()))
    assert "Targets: sign-ups 30 of 50 (60%), leads 4 of 10" in report.text()
    figures.put(book, event_id, figures.Typed("signups", 35))
    report = reports.report(book, of(WEEK, book.today()))
    assert "sign-ups 35 of 50 (70%)" in report.text()
    stop_show, known = stop_lists.road_show(book, book.path.parent)
    targets.put(book, stop_show, {"leads": 100})
    stops.tally(book, known["宁波"].id, stop_tallies.read(["leads=20"]))
    figures.put(book, stop_show, figures.Typed("leads", 33))  # of the whole, as in its review
    clock.move_to(known["温州"].ends_at + timedelta(days=1))
    assert "leads 33 of 100" in reports.report(book, of(WEEK, book.today())).text()
