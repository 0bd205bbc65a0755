"""Where a thing with a time of its own is moved to, by the book's clock and working days."""

from __future__ import annotations

from datetime import datetime, time
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_day
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book

START_OF_DAY = time(9)  # what "any time that day" is put at


class NewTime(NamedTuple):
    """An instant, whether it has a time of day, and why it is not the very next such time."""

    at: datetime
    timed: bool
    moved: Msg | None = None


def read(
    book: Book, text: str, own: datetime, *, timed: bool = True, before: datetime | None = None
) -> NewTime:
    """The instant a text puts something at that is due at ``own`` (``timed`` or any time of
    that day). ``+1d`` counts from its own day, or from today where that is past; a day without
    a time keeps its own. ``before``: when it is of no use any more.

    Raises Refused where the text says neither day nor time, and where the day is past.
    """
    from opslog.domain.dates.question import read_new_time

    now = book.clock.local()
    own = own.astimezone(now.tzinfo)
    answer = read_new_time(text, now, own, lambda: own_kinds.workdays(book), before)
    if answer is None:
        raise Refused(
            msg(N_("“{text}” is no date; write +1d, fri, 12-05, tomorrow 3pm …"), text=text)
        )
    when = answer.when
    if when.day < book.today():
        raise Refused(
            msg(
                N_("{day} is past; name today or a later day"),
                day=short_day(when.day, book.today()),
            )
        )
    if when.time is not None:
        return NewTime(book.clock.at(when.day, when.time), True, answer.moved)
    return NewTime(book.clock.at(when.day, own.time() if timed else START_OF_DAY), timed)
