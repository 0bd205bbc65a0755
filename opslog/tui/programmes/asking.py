"""What is asked about a message: until when, why they leave, who is held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import near_moment
from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import COLLEAGUE, REPLY, SALES
from opslog.domain.programmes.queue import Day, MessageLine
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.drafts import Place
from opslog.services.people import card as person_card
from opslog.services.programmes.held import HAND, LEFT
from opslog.tui.frame.navigation import screen_class
from opslog.tui.programmes import words
from opslog.tui.programmes.rows import until as until_text
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt
from opslog.tui.widgets.host import Host

EVENING, MORNING = time(19, 30), time(9)  # when a message put off comes back


def screen(name: str) -> Any:
    return screen_class(name)()


def _offers(book: Book) -> list[tuple[Msg, datetime]]:
    """Tonight, while it is not there yet; tomorrow; the same weekday in a week. What falls on a
    day off is offered for the working day behind it."""
    today, is_workday = book.today(), own_kinds.workdays(book).is_workday
    next_day, next_week = (
        schedule.workday(today + timedelta(days=days), is_workday) for days in (1, 7)
    )
    tomorrow = next_day == today + timedelta(days=1)
    found = [
        (msg(N_("tonight")), book.clock.at(today, EVENING)),
        (
            msg(N_("tomorrow")) if tomorrow else msg(N_("the next working day")),
            book.clock.at(next_day, MORNING),
        ),
        (msg(N_("in a week")), book.clock.at(next_week, MORNING)),
    ]
    return [one for one in found if one[1] > book.now()]


def until(book: Book, text: str) -> datetime:
    """The number of an offer, nothing for the first, or a day and time as typed. Raises
    Refused."""
    from opslog.domain.dates.question import read_answer

    text, offers = text.strip(), _offers(book)
    number = int(text or "1") if text.isdecimal() or not text else 0
    if 1 <= number <= len(offers):
        return offers[number - 1][1]
    answer = read_answer(
        text, book.clock.local(), lambda: own_kinds.workdays(book), (MORNING, EVENING)
    )
    if answer is None:
        told = N_("“{text}” says no time; write 15:30, fri, 12-05 14:00, tomorrow 3pm …")
        raise Refused(msg(told, text=text))
    at = book.clock.at(answer.when.day, answer.when.time or MORNING)
    if at <= book.now():
        when = near_moment(at, book.clock.zone, book.today())
        raise Refused(msg(N_("{when} is past; write a later time"), when=when))
    return at


def not_now(
    host: Host, many: Sequence[MessageLine], puts_off: Callable[[str], None]
) -> Prompt[None]:
    book, one = host.book, many[0]
    who = one.person if len(many) == 1 else words.people(len(many))
    zone, today = book.clock.zone, book.today()
    return Prompt(
        msg(N_("{person}: not written to now. When?"), person=who),
        saves=puts_off,
        where=Place("not_now", "enrolment", one.enrolment_id, one.person_id),
        offers=[f"{title} {near_moment(at, zone, today)}" for title, at in _offers(book)],
        placeholder=_("a number, or fri  12-05  tomorrow 3pm; Enter alone: the first of these"),
        check=lambda text: near_moment(until(book, text), zone, today),
    )


def leaving(who: str) -> Choose:
    """Why somebody is taken out: the code of a reason comes back, or words after NEW."""
    reasons = [Choice(code, _(LEFT[code])) for code in (HAND, REPLY, COLLEAGUE, SALES)]
    title = _("{person}: out of the programme. Why?").format(person=who)
    return Choose(title, reasons, new=_("“{text}”, in your own words"))


def held(day: Day) -> list[Choice]:
    """Each reason, with how many it keeps back and until when."""
    return [
        Choice(
            str(one.why), str(one.why), f"{words.people(one.number)} · {until_text(one, day.day)}"
        )
        for one in day.held
    ]


def people_held(book: Book, day: Day, reason: str) -> Choose:
    """Those of one reason; one is opened by its number or name."""
    one = next(held for held in day.held if str(held.why) == reason)
    found = [person_card.get(book, id) for id in one.people]
    choices = [
        Choice(str(p.id), p.called, " · ".join(filter(None, (p.title, p.company)))) for p in found
    ]
    more = one.number - len(found)
    told = [_("and {n} more").format(n=f"{more:,}")] if more > 0 else []
    return Choose(f"{one.why} · {until_text(one, day.day)}", choices, more=told)
