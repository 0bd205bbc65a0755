"""Verbs of random days: programmes of messages, requests of materials, leads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from opslog.domain.leads.leads import ACCEPTED, LOST, RETURNED, WON
from opslog.domain.programmes.programme import SPANS
from opslog.services.leads import leads
from opslog.services.materials import requests
from opslog.services.programmes import contents, enrolling, programmes, sending
from opslog.services.programmes.people_in import due_on

if TYPE_CHECKING:
    from opslog.services.book.book import Change
    from tests.crash.stories import Day

CODES = ("new-wecom", "after-salon", "silent", "mine")
PIECE = "功能 01"


def copy(day: Day) -> Change:
    return programmes.copy(day.book, "new-wecom", "mine")


def enter(day: Day) -> Change:
    people = [day.an("person", "merged_into IS NULL") for _ in range(day.chance.randint(1, 6))]
    late = day.chance.choice(("newest", "all", "none"))
    code = day.chance.choice(CODES)
    return enrolling.enter(day.book, code, people, late=late, beside=day.chance.random() < 0.5)


def by_rule(day: Day) -> Change:
    code = day.chance.choice(CODES)
    found = [one.person_id for one in enrolling.candidates(day.book, code)]
    return enrolling.enter(day.book, code, found)


def send(day: Day) -> Change:
    """Whoever is due, in one go."""
    due = [one.enrolled.id for one in due_on(day.book, day.book.today())]
    chosen = day.chance.sample(due, min(len(due), day.chance.randint(1, 9)))
    return sending.sent(day.book, chosen, day.chance.choice(("", "", "换了的话")))


def enrolment(day: Day) -> int:
    return day.an("enrolment")


def many(day: Day) -> list[int]:
    return list({enrolment(day) for _ in range(day.chance.randint(1, 4))})


def grow(day: Day) -> Change:
    return programmes.grow(day.book, day.chance.choice(CODES), day.chance.choice(list(SPANS)))


def put(day: Day) -> Change:
    text = programmes.text(day.book, "mine")
    return programmes.put(day.book, "mine", f"# {day.name()}\n{text}")


def change_piece(day: Day) -> Change:
    text = f"{day.name()}{day.chance.randint(0, 99)}"
    return contents.change(
        day.book, PIECE, text_zh=f"{text} {{person}}", text_en=f"{text} {{person}}"
    )


def ask(day: Day) -> Change:
    number = day.chance.randint(0, 30)
    fields = {"name": day.name(), "phone": f"138{number:08}", "company": "深蓝软件"}
    said = {"medium": day.chance.choice(("paper", "file")), "address": "上海市某路 1 号"}
    return requests.add(day.book, day.an("event", "kind='materials'"), fields, said)


def request(day: Day) -> int:
    return day.an(
        "card",
        "roster_id IN (SELECT r.id FROM roster r JOIN event e ON e.id=r.event_id"
        " WHERE e.kind='materials')",
    )


def hand_over(day: Day) -> Change:
    event = day.chance.choice((None, day.an("event")))
    known = {"budget": day.chance.choice(("yes", "no", "二十万"))}
    return leads.keep(
        day.book, day.an("person", "merged_into IS NULL"), known, "小张", event_id=event
    )


def lead_state(day: Day) -> Change:
    state = day.chance.choice((ACCEPTED, RETURNED, WON, LOST))
    reason = "没有预算" if state in (RETURNED, LOST) else ""
    cents = 300_000 if state == WON else None
    later = day.book.now() + timedelta(days=40) if state == RETURNED else None
    return leads.set_state(
        day.book, day.an("handover"), state, reason=reason, cents=cents, next_on=later
    )


VERBS = (
    *(enter, enter, enter, by_rule, send, send, send, grow, put, change_piece),
    *(ask, ask, hand_over, lead_state, lead_state),
    copy,
    lambda day: sending.skip(day.book, enrolment(day)),
    lambda day: sending.replied(day.book, enrolment(day), day.chance.choice(("", "好的"))),
    lambda day: sending.answered(day.book, enrolment(day)),
    lambda day: sending.opened(day.book, enrolment(day)),
    lambda day: sending.not_now(day.book, enrolment(day), day.book.now() + timedelta(days=1)),
    lambda day: sending.own_words(day.book, enrolment(day), f"只给你 {day.name()}"),
    lambda day: enrolling.leave(day.book, many(day), day.chance.choice(("", "不需要"))),
    lambda day: enrolling.pause(day.book, many(day)),
    lambda day: enrolling.resume(day.book, many(day)),
    lambda day: enrolling.move(day.book, many(day), day.chance.choice(("day-3", "day-7"))),
    lambda day: contents.retire(day.book, PIECE),
    lambda day: contents.publish(day.book, PIECE, "朋友圈"),
    lambda day: requests.allow(day.book, [request(day)]),
    lambda day: requests.refuse(day.book, [request(day)], day.chance.choice(("", "同行"))),
    lambda day: requests.send(day.book, [request(day)], "顺丰"),
    lambda day: requests.note(day.book, request(day), {"address": day.name()}),
    lambda day: leads.put_off(day.book, day.an("handover"), day.book.now() + timedelta(days=9)),
)
