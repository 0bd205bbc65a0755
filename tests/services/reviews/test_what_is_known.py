"""What nobody knows is no 0: channels that a list does not name, sums that are not all paid, means
over events that do not know both, figures typed in beside what was counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.events.measures import measure_of
from opslog.domain.reports.stretches import DAY, WEEK
from opslog.domain.reports.stretches import of as stretch
from opslog.domain.reviews.acts.playbook_changes import unpacked
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.results import comparing
from opslog.domain.reviews.results.comparing import Others
from opslog.domain.reviews.results.targets import STAGE_OF
from opslog.domain.reviews.review import Review
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import door, guests
from opslog.services.events import events, form, targets
from opslog.services.leads import leads
from opslog.services.reports import reports
from opslog.services.reviews import acts, channels, costs, figures, reviews
from opslog.services.reviews.figures import Typed
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list, make_person

COMING = ("funnel.confirmed", "funnel.came", "show_up.confirmed", "show_up.signed_up")
PEOPLE = [(f"客户{n}", f"公司{n}", "经理", f"+86138002{n:05}", "") for n in range(30)]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """An event that is over, with thirty people on its list."""
    return make_list(book, PEOPLE, ends_ago=timedelta(hours=3))


def number(review: Review, key: str) -> Number:
    found = review.number(key)
    assert found is not None, key
    return found


def channel(book: Book, event_id: int, **values: str) -> int:
    return channels.put(book, event_id, channels.read(values)).made


def by_channel(book: Book, card_ids: list[int], channel_id: int) -> None:
    for card in card_ids:
        book.con.execute("UPDATE card SET channel_id=? WHERE id=?", (channel_id, card))


def test_a_channel_that_the_list_does_not_name_brought_nobody_knows_whom(
    book: Book, sheet: Sheet
) -> None:
    mail = channel(book, sheet.event_id, label="邮件", signups="120")
    account = channel(book, sheet.event_id, label="公众号")
    by_channel(book, sheet.cards, account)
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:20], True)
    for person in sheet.people[:3]:
        leads.keep(book, person, {"need": "报价"}, "", event_id=sheet.event_id)
    calling.record(book, sheet.cards[0], "callback-1", "interested", lane="phone")
    review = reviews.review(book, sheet.event_id)
    assert number(review, f"channel.{mail}.signups").value == 120
    for key in ("came", "interested", "leads"):
        assert number(review, f"channel.{mail}.{key}").value is None
        assert str(number(review, f"channel.{mail}.{key}").why) == "the list does not say who"
    assert number(review, f"channel.{account}.came").rate == (20, 30)
    assert [one.key for one in review.proposals if one.key.startswith("channel.")] == []


def test_by_no_channel_came_only_who_signed_up(book: Book, sheet: Sheet) -> None:
    moments = channel(book, sheet.event_id, label="朋友圈")
    by_channel(book, sheet.cards[:10], moments)
    walk_in = door.walk_in(book, sheet.event_id, {"name": "现场"})
    assert walk_in
    stranger = make_person(book, "没报名的人")
    for person in (sheet.people[20], stranger):
        leads.keep(book, person, {"need": "报价"}, "", event_id=sheet.event_id)
    review = reviews.review(book, sheet.event_id)
    assert number(review, "channel.none.signups").value == 20
    assert number(review, "channel.none.leads").value == 1


def test_costs_are_within_the_plan_once_all_of_them_are_paid(book: Book, sheet: Sheet) -> None:
    book.con.execute("UPDATE event SET budget_cents=22000000 WHERE id=?", (sheet.event_id,))
    targets.put(book, sheet.event_id, {"attended": 10})
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:10], True)
    costs.put(book, sheet.event_id, "海报", {"planned": 100_00})
    costs.put(book, sheet.event_id, "场地", {"planned": 30_000_00, "spent": 18_500_00})
    channel(book, sheet.event_id, label="邮件", cost="300")
    review = reviews.review(book, sheet.event_id)
    cost, each = number(review, "targets.cost"), number(review, "worth.attendee")
    assert (cost.value, cost.target, cost.look) == (18_500_00, 220_000_00, "")
    assert str(cost.note) == (
        "1 of 2 items paid; items planned at 30,100, budget 220,000;"
        " without 300 typed in with channels"
    )
    assert str(each.note) == "1 of 2 items paid"
    costs.put(book, sheet.event_id, "海报", {"spent": 90_00})
    paid = number(reviews.review(book, sheet.event_id), "targets.cost")
    assert (paid.value, paid.look) == (18_590_00, "good")
    costs.put(book, sheet.event_id, "场地", {"planned": 250_000_00})
    more = number(reviews.review(book, sheet.event_id), "targets.cost")
    assert more.target == 250_100_00


def test_what_each_came_to_rests_on_events_that_know_both() -> None:
    found: list[dict[str, float | None]] = [
        {"came": 10.0, "spent": 1_000.0},
        {"came": None, "spent": 50_000.0},
        {"came": 90.0, "spent": None},
    ]
    others = Others(found, months=6)
    assert others.each("came") == 100
    assert others.beside("came") == 100 / 6
    assert [str(others.note("came")), str(others.note("came", "spent"))] == [
        "over 2 of 3 events",
        "over 1 of 3 events",
    ]
    assert str(others.note("lead")) == "no such figure of what it is held against"
    assert Others([]).note("lead") is None


def test_what_was_typed_in_beats_the_few_that_were_noted(book: Book, sheet: Sheet) -> None:
    for measure, value in (("customers", 33), ("confirmed", 40), ("attended", 25)):
        figures.put(book, sheet.event_id, Typed(measure, value, source="CRM"))
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:20], True)
    kept = leads.keep(book, sheet.people[0], {"need": "报价"}, "陈磊", event_id=sheet.event_id)
    leads.set_state(book, kept.made, "won")
    review = reviews.review(book, sheet.event_id)
    won, confirmed = number(review, "funnel.won"), number(review, "funnel.confirmed")
    assert (won.value, str(won.note)) == (33, "typed in, CRM; 1 of them noted here")
    assert (confirmed.value, str(confirmed.note)) == (40, "typed in, CRM")
    came = number(review, "funnel.came")
    assert (came.value, str(came.note)) == (20, "typed in, CRM: 25")


def test_until_it_begins_nobody_counts_on_who_withdrew(book: Book) -> None:
    sheet = make_list(book, PEOPLE[:6], ends_ago=-timedelta(days=2))
    for card, outcome in zip(sheet.cards, ("coming",) * 4 + ("colleague_comes",), strict=False):
        calling.record(book, card, "reminder", outcome, lane="phone")
    states = ("withdrawn", "waiting")
    for card, state in zip(sheet.cards, states, strict=False):
        book.con.execute("UPDATE card SET state=? WHERE id=?", (state, card))
    of_round = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, of_round, sheet.cards[2], "drop", "competitor")
    confirmed = number(reviews.review(book, sheet.event_id), "funnel.confirmed")
    assert (confirmed.value, str(confirmed.note)) == (2, "1 stands in")
    assert guests.confirmed(book, sheet.event_id)[:2] == (1, 1)


def test_the_verdict_says_what_is_lacking(book: Book, sheet: Sheet) -> None:
    targets.put(book, sheet.event_id, {"leads": 8})
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:20], True)
    calling.record(book, sheet.cards[25], "callback-1", "answered", lane="phone")
    why = reviews.review(book, sheet.event_id).verdict[-1]
    assert (
        str(why) == "The 8 leads lacking were mostly lost here: 20 came and were not called back."
    )
    assert why.render("zh_CN") == "少的 8 条线索，主要丢在：20 位到场的还没回访。"


def test_before_anybody_is_called_back_no_leads_say_nothing(book: Book, sheet: Sheet) -> None:
    targets.put(book, sheet.event_id, {"leads": 10, "customers": 3})
    mail = channel(book, sheet.event_id, label="邮件")
    by_channel(book, sheet.cards, mail)
    review = reviews.review(book, sheet.event_id)
    keys = [f"funnel.{key}" for key in ("lead", "handed_over", "won", "lost", "returned")]
    keys += ["targets.leads", "targets.customers"]
    assert {number(review, key).value for key in keys} == {None}
    assert {number(review, key).why.render("zh_CN") for key in keys} == {"还没回访，也没有记线索"}  # type: ignore[union-attr]
    assert review.number(f"channel.{mail}.leads") is None
    assert [one.render("zh_CN") for one in review.verdict] == ["报名 30 人。", "还没回访。"]
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    called = reviews.review(book, sheet.event_id)
    assert [number(called, key).value for key in keys] == [0] * 7
    assert number(called, f"channel.{mail}.leads").value == 0


def test_who_saw_it_and_did_not_sign_up_is_called_so(book: Book, sheet: Sheet) -> None:
    figures.put(book, sheet.event_id, Typed("reach", 3_167))
    left = number(reviews.review(book, sheet.event_id), "funnel.signed_up.left.typed")
    assert (left.value, left.label.render("zh_CN")) == (3_137, "看到了没报名")


def test_targets_and_figures_are_known_by_the_same_words_as_the_stages(
    book: Book, sheet: Sheet
) -> None:
    """In both languages, as one types them."""
    typed = {
        "won": "customers",
        "成交": "customers",
        "客户": "customers",
        "转销售": "handed_over",
        "handed-over": "handed_over",
        "有效": "valid",
        "签到": "attended",
        "确认": "confirmed",
        "reached": "reach",
        "页面浏览": "page_views",
        "日均浏览": "page_views_per_day",
        "访问": "visitors",
        "每天访客": "visitors_per_day",
        "日均 PV": "page_views_per_day",
    }
    assert {words: measure_of(words) for words in typed} == typed
    assert form.read_targets("成交=58 转销售：8") == {"customers": 58, "handed_over": 8}
    assert {measure_of(key) for key in STAGE_OF} == set(STAGE_OF)
    figures.put(book, sheet.event_id, Typed("客户", 33))
    book.con.execute("UPDATE event SET budget_cents=22000000 WHERE id=?", (sheet.event_id,))
    targets.put(book, sheet.event_id, targets.read(["won=58", "转销售=8"]))
    kept = leads.keep(book, sheet.people[0], {"need": "报价"}, "陈磊", event_id=sheet.event_id)
    leads.set_state(book, kept.made, "handed_over")
    review = reviews.review(book, sheet.event_id)
    aimed = number(review, "targets.customers"), number(review, "targets.handed_over")
    assert [(one.value, one.target) for one in aimed] == [(33, 58), (1, 8)]
    assert "33 customers won, the target was 58" in str(review.verdict[0])
    assert round(number(review, "worth.customer").target or 0) == 379_310


@pytest.mark.parametrize("text", ["signups=-4", "signups=abc", "leads=3.7"])
def test_what_is_no_number_of_people_is_refused_in_words_about_people(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        targets.read([text])
    assert "amount" not in str(refusal.value)
    assert measure_of(text.partition("=")[0]).replace("signups", "sign-ups") in str(refusal.value)


def test_half_a_lead_is_no_figure(book: Book, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="whole number"):
        figures.put(book, sheet.event_id, Typed("leads", 3.7))
    figures.put(book, sheet.event_id, Typed("visitors_per_day", 243.5))
    assert figures.of(book, sheet.event_id)[0].value == 243.5


def test_reach_of_channels_is_the_reach_everywhere(book: Book, sheet: Sheet) -> None:
    channel(book, sheet.event_id, label="邮件", reach="900")
    channel(book, sheet.event_id, label="公众号", reach="300")
    assert number(reviews.review(book, sheet.event_id), "funnel.reached").value == 1_200
    assert events.get(book, sheet.event_id).reached == 1_200
    figures.put(book, sheet.event_id, Typed("reach", 5_000))
    assert number(reviews.review(book, sheet.event_id), "funnel.reached").value == 5_000
    assert events.get(book, sheet.event_id).reached == 5_000


def test_an_act_that_nobody_knows_stands_last_and_a_damaged_one_says_so(
    book: Book, sheet: Sheet
) -> None:
    acts.add(book, sheet.event_id, "早点开始")
    acts.add(book, sheet.event_id, "多打电话")
    book.con.execute("UPDATE act SET key='later.7' WHERE id=1")
    shown = [str(one.text) for one in acts.proposals(book, sheet.event_id)]
    assert shown[-2:] == ["多打电话", "早点开始"]
    with pytest.raises(Refused, match="can't be read"):
        unpacked("{damaged")


def test_of_an_event_entered_afterwards_nothing_was_missed(
    book: Book, clock: StandingClock
) -> None:
    sheet = make_list(book, PEOPLE[:3], ends_ago=timedelta(days=10))
    late = (book.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    book.con.execute("UPDATE event SET created_at=? WHERE id=?", (late, sheet.event_id))
    book.con.execute(
        "DELETE FROM step WHERE plan_id=(SELECT id FROM plan WHERE event_id=?) AND state='done'",
        (sheet.event_id,),
    )
    book.con.execute(
        "UPDATE step SET state='missed' WHERE plan_id=(SELECT id FROM plan WHERE event_id=?)",
        (sheet.event_id,),
    )
    book.con.execute("UPDATE step SET due_at='2026-11-01T02:00:00Z', planned_at=NULL")
    done = next(one for one in acts.parts(book, sheet.event_id) if one.part == "do")
    assert str(done.known) == "entered afterwards; of before that there is no record"
    planned = next(one for one in acts.parts(book, sheet.event_id) if one.part == "plan")
    assert str(planned.known).startswith("entered afterwards; of before that there is no record")
    assert "warm-up was done" not in str(acts.five(book, sheet.event_id).lines)
    assert "questions" not in [one.key for one in acts.proposals(book, sheet.event_id)]


def test_a_target_of_none_is_a_target(book: Book, sheet: Sheet) -> None:
    targets.put(book, sheet.event_id, {"leads": 0})
    review = reviews.review(book, sheet.event_id)
    aimed = [number(review, "targets.leads")]
    check = next(one for one in acts.parts(book, sheet.event_id, aimed) if one.part == "check")
    assert str(check.known).endswith("of 0")


def test_a_mean_of_people_has_no_hundredths(book: Book, sheet: Sheet) -> None:
    figures.put(book, sheet.event_id, Typed("reach", 4000))
    seen = reviews.review(book, sheet.event_id)
    stages = {bar.number.key.partition(".")[2]: bar.number for bar in seen.picture("funnel").bars}  # type: ignore[union-attr]
    found = Others(
        [{"reached": 4000.0, "won": 1.0, "signed_up": None, "came": None, "lead": None}], 6
    )
    held = comparing.compared(Counts({}, ()), stages, None, found, Msg("x"), None)
    shown = {bar.number.key: bar.number.compared for bar in held.bars}
    assert (shown["compared.reached"], shown["compared.won"]) == (667, 0.2)


def test_nobody_comes_to_what_is_sent_unless_somebody_is_marked(book: Book, sheet: Sheet) -> None:
    book.con.execute("UPDATE event SET kind='materials' WHERE id=?", (sheet.event_id,))
    seen: list[str] = []
    for cards in ([], sheet.cards[:2]):
        guests.mark_many_attended(book, sheet.event_id, cards, True)
        review = reviews.review(book, sheet.event_id)
        keys = [bar.number.key for part in review.parts for one in part.pictures
                if isinstance(one, Bars) for bar in one.bars]  # fmt: skip
        seen.append(" ".join(key for key in keys if key in COMING))
    assert seen == ["", " ".join(COMING)]


def test_an_event_that_was_cancelled_is_nothing_to_be_held_against(book: Book) -> None:
    first, cancelled, last = (
        events.create(book, EventDraft(name, "salon", book.now() - timedelta(days=days))).made
        for name, days in (("杭州沙龙", 40), ("宁波沙龙", 20), ("苏州沙龙", 3))
    )
    events.cancel(book, cancelled)
    assert reviews.review(book, first).compared is None
    compared = reviews.review(book, last).compared
    assert compared is not None
    assert str(compared.title) == "杭州沙龙"


def test_no_single_cause_is_named_where_none_lost_half_of_who_is_lacking(
    book: Book, sheet: Sheet
) -> None:
    targets.put(book, sheet.event_id, {"attended": 24})
    said = {**dict.fromkeys(range(10), "coming"), **dict.fromkeys(range(20, 25), "coming")}
    said |= {
        **dict.fromkeys(range(10, 15), "no_answer"),
        **dict.fromkeys(range(15, 20), "not_coming"),
    }
    for place, outcome in said.items():
        calling.record(book, sheet.cards[place], "reminder", outcome, lane="phone")
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:10], True)
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[10:], False)
    review = reviews.review(book, sheet.event_id)
    assert [str(one) for one in review.verdict] == ["10 people came, the target was 24."]
    targets.put(book, sheet.event_id, {"attended": 20})
    assert "were mostly lost here" in str(reviews.review(book, sheet.event_id).verdict[-1])


def test_of_a_row_decided_twice_the_last_verdict_counts(book: Book, sheet: Sheet) -> None:
    round_id = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, round_id, sheet.cards[0], "drop", "competitor")
    for card in sheet.cards[:3]:
        rounds.decide(book, round_id, card, "keep")
    review = reviews.review(book, sheet.event_id)
    assert number(review, "rounds.0.keep").value == 3
    dropped = review.number("rounds.0.drop")
    assert dropped is None or not dropped.value


def _asked(book: Book, event_id: int) -> None:
    aims = ("reach", "views", "signups", "confirmed", "attended", "leads", "customers")
    targets.put(book, event_id, dict.fromkeys(aims, 4))


def _called_back(book: Book, made: Sheet) -> None:
    calling.record(book, made.cards[0], "callback-1", "answered", lane="phone")


def _at_the_door(book: Book, made: Sheet) -> None:
    door.walk_in(book, made.event_id, {"name": "赵敏"})


@pytest.mark.parametrize(
    "done",
    [
        lambda _book, _made: None,
        lambda book, made: calling.record(book, made.cards[0], "reminder", "coming", lane="phone"),
        lambda book, made: guests.mark_attended(book, made.cards[0], False),
        _at_the_door,
        _called_back,
        lambda book, made: leads.keep(book, made.people[0], {"need": "报价"}, "李销售"),
        lambda book, made: figures.put(book, made.event_id, Typed("attended", 3)),
        lambda book, made: figures.put(book, made.event_id, Typed("leads", 0)),
    ],
)
def test_a_report_and_the_review_know_the_same_for_the_same_reasons(
    book: Book, sheet: Sheet, done: Callable[[Book, Sheet], object]
) -> None:
    _asked(book, sheet.event_id)
    done(book, sheet)
    report = reports.report(book, stretch(DAY, book.today()))
    found = reviews.review(book, sheet.event_id, "")
    for one in report.sums.held[0].measures:
        if one.target:
            beside = number(found, f"targets.{one.measure}")
            assert one.why == beside.why, one.measure
            assert (None if one.why else one.number) == beside.value, one.measure


def test_an_event_without_a_list_has_no_sign_ups_in_report_and_review(book: Book) -> None:
    for wanted in ("form", "none"):
        draft = EventDraft("直播", "webinar", book.now() - timedelta(hours=3), list=wanted)
        event_id = events.create(book, draft).made
        assert event_id is not None
        _asked(book, event_id)
    report = reports.report(book, stretch(DAY, book.today()))
    for one in report.sums.held:
        found = reviews.review(book, one.event.id, "")
        whys = {m.measure: m.why for m in one.measures if m.target}
        assert whys == {m: number(found, f"targets.{m}").why for m in whys}
        assert None not in whys.values()


def test_what_is_not_known_is_said_so_in_the_report(book: Book, sheet: Sheet) -> None:
    targets.put(book, sheet.event_id, {"signups": 40, "attended": 5, "leads": 4})
    text = reports.report(book, stretch(DAY, book.today())).text()
    assert "attended – of 5 (nobody is marked as there or not)" in text
    assert "leads – of 4 (nobody was called back yet, and no leads were noted)" in text
    _called_back(book, sheet)
    text = reports.report(book, stretch(DAY, book.today())).text()
    assert "sign-ups 30 of 40 (75%)" in text
    assert "leads 0 of 4." in text
    locale.set_language("zh_CN")
    text = reports.report(book, stretch(DAY, book.today())).text()
    assert "到场 –/5（还没有标记谁到场）" in text


def test_of_several_events_those_that_know_are_held_against_their_own_targets(
    book: Book, sheet: Sheet
) -> None:
    other = make_list(book, PEOPLE, event="另一场", ends_ago=timedelta(hours=2))
    for one in (sheet, other):
        targets.put(book, one.event_id, {"attended": 25})
    for card in other.cards[:20]:
        guests.mark_attended(book, card, True)
    text = reports.report(book, stretch(WEEK, book.today())).text()
    assert "Targets: attended 20 of 25 (80%, of 1 event not known)." in text


def test_how_many_came_of_few_is_said_with_its_range_and_of_none_not_at_all(book: Book) -> None:
    few = make_list(book, PEOPLE[:7], ends_ago=timedelta(hours=3))
    for card in few.cards[:3]:
        guests.mark_attended(book, card, True)
    text = reports.report(book, stretch(DAY, book.today())).text()
    assert "Held: 3 of 7 who signed up came (43%, 16–75%)." in text
    said = number(reviews.review(book, few.event_id, ""), "show_up.signed_up").rate
    assert said is not None
    assert said.ranged == "43% (3/7, 16–75%)"


def test_where_all_who_came_came_to_the_door_there_is_no_rate(book: Book) -> None:
    nobody = make_list(book, [], ends_ago=timedelta(hours=3))
    door.walk_in(book, nobody.event_id, {"name": "赵敏"})
    text = reports.report(book, stretch(DAY, book.today())).text()
    assert "1 person came without having signed up." in text
    assert "Held:" not in text
