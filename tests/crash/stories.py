"""Random working days: every verb of the services, by two programs on one file.

A verb takes a ``Day`` and returns the change it made; it may be refused, as a key may. Which rows
it takes is left to chance, so that verbs meet on the same rows.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import CALLBACK, REMINDER
from opslog.domain.events.events import EventDraft
from opslog.domain.people.card import SCOPES
from opslog.domain.screening.rounds import DROP, KEEP, PARK
from opslog.domain.twins.pairs import VERDICTS
from opslog.locale import msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import guests
from opslog.services.daybook import follow_ups, tasks
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.events.plans import step_changes, steps
from opslog.services.imports import imports
from opslog.services.people import by_hand
from opslog.services.people import card as person_card
from opslog.services.rosters import by_hand as on_lists
from opslog.services.rosters import problems, withdrawing
from opslog.services.screening import rounds
from opslog.services.today import agenda
from opslog.services.twins import search, twins
from tests.conftest import StandingClock
from tests.crash import verbs_of_events, verbs_of_programmes

SURNAMES, GIVEN = "王李张刘陈杨", ("志刚", "娜", "伟", "敏", "静", "强")
COMPANIES = ("深蓝软件有限公司", "深蓝软件上海分公司", "云图科技", "云图科技有限公司", "Acme", "")
NOTHING = Refused(msg("nothing there"))
TAGS = ("重点", "vip", "MDR", "华东")


class Day:
    """One program at work: its book, and chance."""

    def __init__(self, book: Book, clock: StandingClock, chance: random.Random) -> None:
        self.book, self.clock, self.chance = book, clock, chance

    def an(self, table: str, where: str = "true") -> int:
        """The id of some row. Refused where there is none."""
        rows = self.book.con.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id").fetchall()
        if not rows:
            raise NOTHING
        return int(self.chance.choice(rows)[0])

    def name(self) -> str:
        return self.chance.choice(SURNAMES) + self.chance.choice(GIVEN)

    def draft(self) -> EventDraft:
        kind = self.chance.choice(("salon", "webinar", "conference"))
        starts = self.book.now() + timedelta(days=self.chance.randint(-20, 30), hours=5)
        budget, targets = self.chance.choice(((None, {}), (30_000, {"signed_up": 40.0})))
        return EventDraft(f"{self.name()}沙龙", kind, starts, budget_cents=budget, targets=targets)

    def file(self) -> Path:
        """A list of people of whom some are on other lists too, and some rows are nobody's."""
        rows = []
        for _ in range(self.chance.randint(2, 8)):
            number = self.chance.randint(0, 30)
            phone = self.chance.choice((f"138{number:08}", f"139{number:08}", "12", ""))
            email = self.chance.choice((f"n{number}@163.com", ""))
            company = self.chance.choice(COMPANIES)
            rows.append(
                f"{self.name()},{company},{phone},{email},{self.chance.choice('经理 总监')}"
            )
        path = self.book.home / f"{self.chance.choice('甲乙丙丁')}.csv"
        path.write_text("姓名,公司,手机,邮箱,职位\n" + "\n".join(rows), encoding="utf-8")
        return path


Verb = Callable[[Day], Change]


def add_line(day: Day) -> Change:
    text = day.chance.choice(
        ("写稿 #宣传 >明天", f"回访{day.name()} #回访 ~20m >周五", f"和@{day.name()}吃饭 !", "排版")
    )
    return log_lines.add(day.book, text)


def edit_line(day: Day) -> Change:
    text = day.chance.choice(("改了 #别的 >后天 >下周一", "又改了", f"见{day.name()} >明天"))
    return log_lines.edit(day.book, day.an("log"), text)


def open_follow_up(day: Day) -> int:
    return day.an("follow_up", "done_at IS NULL")


def agenda_of(day: Day, verb: Callable[..., Change], *more: object) -> Change:
    dues = [due for due in agenda.everything_due(day.book) if due.kind in ("step", "follow_up")]
    if not dues:
        raise NOTHING
    return verb(day.book, day.chance.sample(dues, min(len(dues), 3)), *more)


def figures(day: Day) -> Change:
    told = {name: day.chance.randint(0, 9) for name in ("reach", "views", "shares")}
    return events.set_figures(day.book, day.an("event"), told)


def take_in(day: Day) -> Change:
    return imports.load(day.book, day.file(), day.an("event")).change


def withdraw(day: Day) -> Change:
    return withdrawing.withdraw(day.book, day.an("roster_file")).change


def mend(day: Day) -> Change:
    row = day.an("roster_row", "result='problem' OR problems<>''")
    return problems.mend(day.book, row, {"name": day.name(), "phone": "13900000007"})


def decide(day: Day) -> Change:
    round_id = day.an("round", "closed_at IS NULL")
    card = day.an("card", f"roster_id=(SELECT roster_id FROM round WHERE id={round_id})")
    verdict = day.chance.choice((KEEP, DROP, PARK))
    reason = (
        day.chance.choice([one.code for one in own_kinds.reasons(day.book).all])
        if verdict == DROP
        else ""
    )
    return rounds.decide(day.book, round_id, card, verdict, reason)


def of_round(day: Day, verb: Callable[[Book, int, int], Change]) -> Change:
    round_id = day.an("round", "closed_at IS NULL")
    return verb(day.book, round_id, day.an("card"))


def call(day: Day) -> Change:
    purpose = day.chance.choice((REMINDER, CALLBACK))
    lane = "phone" if purpose == REMINDER else day.chance.choice(("phone", "wecom"))
    outcome = day.chance.choice(own_kinds.outcomes(day.book).of(purpose, lane).all)
    when = day.chance.choice((None, day.book.now() + timedelta(hours=30)))
    return calling.record(day.book, day.an("card"), purpose, outcome.code, lane=lane, when=when)


def call_off_list(day: Day) -> Change:
    lane = day.chance.choice(("phone", "wecom"))
    outcome = day.chance.choice(off_list.outcomes(day.book, lane).all)
    when = day.chance.choice((None, day.book.now() + timedelta(hours=30)))
    return off_list.record(day.book, day.an("person"), outcome.code, lane=lane, when=when)


def task(day: Day) -> str:
    return day.chance.choice(
        (f"周五 10:00 给{day.name()}打电话 !", "排版 #宣传", f"+2d 见+{day.name()}")
    )


def somebody(day: Day) -> Change:
    number = day.chance.randint(0, 30)
    values = by_hand.given(
        {
            "name": day.name(),
            "company": day.chance.choice(COMPANIES),
            "phone": day.chance.choice((f"138{number:08}", "")),
            "email": day.chance.choice((f"n{number}@163.com", "")),
        }
    )
    sure = by_hand.known(day.book, values).sure
    event_id = day.chance.choice((day.an("event"), None))
    return on_lists.add(day.book, values, event_id=event_id, same=sure.id if sure else None)


def bar(day: Day) -> Change:
    scopes = day.chance.sample(SCOPES, day.chance.randint(1, len(SCOPES)))
    return person_card.set_barred(day.book, day.an("person"), day.chance.random() < 0.5, scopes)


def came(day: Day) -> Change:
    return guests.mark_attended(day.book, day.an("card"), day.chance.choice((True, False, None)))


def all_came(day: Day) -> Change:
    event = day.an("event", "id IN (SELECT event_id FROM roster)")
    rows = day.book.con.execute(
        "SELECT c.id FROM card c JOIN roster r ON r.id=c.roster_id WHERE r.event_id=?", (event,)
    )
    return guests.mark_many_attended(day.book, event, [row[0] for row in rows], True)


def edit_person(day: Day) -> Change:
    name = day.chance.choice(("name", "company", "city", "note", "title", "phone"))
    value = {
        "company": day.chance.choice(COMPANIES),
        "phone": f"137{day.chance.randint(0, 9):08}",
    }.get(name, day.name())
    return person_card.edit(day.book, day.an("person"), **{name: value})


def tag(day: Day) -> Change:
    people = [day.an("person") for _ in range(day.chance.randint(1, 3))]
    return person_card.set_tags(
        day.book, list(dict.fromkeys(people)), [day.chance.choice(TAGS)], [day.chance.choice(TAGS)]
    )


def link(day: Day) -> Change:
    """One company is another, or a branch of it; said both ways round sooner or later."""
    rows = day.book.con.execute("SELECT DISTINCT company_key FROM person WHERE company_key<>''")
    keys = sorted(row[0] for row in rows)
    if len(keys) < 2:
        raise NOTHING
    one, other = day.chance.sample(keys, 2)
    return twins.fold(day.book, one, other, branch=day.chance.random() < 0.6)


def merge(day: Day) -> Change:
    shown = "merged_into IS NULL"
    return twins.merge(day.book, day.an("person", shown), day.an("person", shown))


def judge(day: Day) -> Change:
    pair = day.an("pair", "verdict IN ('open', 'later')")
    return twins.decide(day.book, pair, day.chance.choice(list(VERDICTS)))


def change_step(day: Day) -> Change:
    when = day.book.now() + timedelta(days=day.chance.randint(1, 9))
    draft = step_changes.StepDraft("改了的一步", when, day.name(), "文案", "edm", "设计", 3)
    return step_changes.change(day.book, day.an("step"), draft)


VERBS: tuple[Verb, ...] = (
    *(add_line, edit_line, take_in, take_in, withdraw, mend, decide, decide, call, call),
    *(came, all_came, edit_person, edit_person, tag, tag, link, link, merge, judge, figures),
    lambda day: log_lines.delete(day.book, day.an("log")),
    lambda day: log_lines.toggle_flag(day.book, day.an("log")),
    lambda day: follow_ups.finish_follow_up(day.book, open_follow_up(day)),
    lambda day: follow_ups.reopen_follow_up(day.book, day.an("follow_up")),
    lambda day: follow_ups.move_follow_up(
        day.book, open_follow_up(day), day.book.now() + timedelta(days=2), False
    ),
    lambda day: follow_ups.snooze_follow_up(
        day.book, open_follow_up(day), day.book.now() + timedelta(days=1)
    ),
    lambda day: agenda_of(day, agenda.done_all),
    lambda day: agenda_of(day, agenda.snooze_all),
    lambda day: agenda_of(day, agenda.reschedule_all, "+2d"),
    lambda day: events.create(day.book, day.draft()),
    lambda day: events.edit(day.book, day.an("event"), day.draft()),
    lambda day: events.move(
        day.book, day.an("event"), day.book.now() + timedelta(days=day.chance.randint(1, 40))
    ),
    lambda day: events.cancel(day.book, day.an("event")),
    lambda day: steps.tick_step(day.book, day.an("step")),
    lambda day: steps.untick_step(day.book, day.an("step", "state='done'")),
    lambda day: steps.tick_item(day.book, day.an("check_item")),
    lambda day: steps.move_step(
        day.book, day.an("step"), day.book.now() + timedelta(days=day.chance.randint(1, 9))
    ),
    lambda day: steps.unpin_step(day.book, day.an("step", "state='pinned'")),
    lambda day: steps.add_step(
        day.book, day.an("event"), "发新闻稿", day.book.now() + timedelta(days=3)
    ),
    lambda day: steps.remove_step(day.book, day.an("step")),
    lambda day: steps.snooze_step(day.book, day.an("step"), day.book.now() + timedelta(days=1)),
    lambda day: steps.note_step(day.book, day.an("step"), day.name()),
    lambda day: problems.accept(day.book, day.an("roster_row")),
    lambda day: rounds.open_round(day.book, day.an("roster")),
    lambda day: rounds.close_round(day.book, day.an("round"), force=True),
    lambda day: rounds.reopen(day.book, day.an("round")),
    lambda day: of_round(day, rounds.undecide),
    lambda day: of_round(day, rounds.decide_company),
    lambda day: calling.move_promise(
        day.book, day.an("card"), day.book.now() + timedelta(hours=50)
    ),
    lambda day: person_card.set_wecom(
        day.book, day.an("person"), day.chance.choice((True, False, None))
    ),
    *(bar, somebody, call_off_list),
    lambda day: tasks.add(day.book, task(day)),
    lambda day: tasks.edit(day.book, open_follow_up(day), task(day)),
    lambda day: tasks.note(day.book, day.an("follow_up"), day.name()),
    lambda day: agenda_of(day, agenda.flag_all),
    change_step,
    lambda day: step_changes.give_up(day.book, day.an("step"), day.name()),
    *(*verbs_of_events.VERBS, *verbs_of_programmes.VERBS),
)
BEGINNING: tuple[Verb, ...] = (  # what most of the verbs want to be there
    *(verbs_of_events.road_show, verbs_of_events.add_stops, verbs_of_events.materials),
    *(verbs_of_programmes.copy, somebody, somebody, verbs_of_events.list_of_stops),
)


def begin(day: Day) -> None:
    for verb in BEGINNING:
        with suppress(Refused):
            verb(day)


def step(day: Day) -> None:
    """One change, whatever was refused before it; now and then a look for pairs, which is none."""
    day.clock.move_to(day.clock.now() + timedelta(minutes=day.chance.randint(0, 40)))
    if day.chance.random() < 0.03:
        search.propose(day.book)
    for _ in range(40):
        with suppress(Refused):
            if day.chance.choice(VERBS)(day):
                return
