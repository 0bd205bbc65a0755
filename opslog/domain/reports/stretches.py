"""The days a report is of: one, a week, a month, or any stretch."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from opslog.domain.dates.days import add_months, month_name
from opslog.domain.dates.wording import near_day, short_day
from opslog.locale import N_, Msg, msg

DAY, WEEK, MONTH, SPAN = "day", "week", "month", "span"


class Stretch(NamedTuple):
    """Days ``first`` to ``last``, both included. ``kind``: DAY, WEEK (from its Monday), MONTH, or
    SPAN for any other."""

    kind: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def beside(self, by: int) -> Stretch:
        """The one ``by`` further on, of the same length; before where ``by`` is negative."""
        if self.kind == MONTH:
            return of(MONTH, add_months(self.first, by))
        way = timedelta(days=self.days * by)
        return Stretch(self.kind, self.first + way, self.last + way)

    def compared(self, today: date) -> Stretch:
        """What it is held against: the week or month before, of a day the one a week before. While
        it still runs, the same part of that."""
        if self.kind == MONTH:
            before = self.beside(-1)
            if not self.first <= today <= self.last:
                return before
            return before._replace(last=before.first.replace(day=min(today.day, before.days)))
        first = self.first - timedelta(days=7 if self.kind == DAY else self.days)
        running = self.first <= today <= self.last
        past = (today if running else self.last) - self.first
        return Stretch(self.kind, first, first + past)

    def title(self, today: date) -> Msg:
        """“Fri 11-27”, “11-23 to 11-29”, “November 2026”; of a part of a month its days."""
        if self.kind == DAY or self.first == self.last:
            return short_day(self.first, today)
        if self.kind == MONTH and self.days == monthrange(self.first.year, self.first.month)[1]:
            return msg(
                N_("{month} {year}"), month=month_name(self.first.month), year=self.first.year
            )
        first, last = near_day(self.first, today), near_day(self.last, today)
        return msg(N_("{first} to {last}"), first=first, last=last)

    def heading(self, today: date) -> Msg:
        """What the report of it is called."""
        titles = {
            DAY: N_("{days}: report of the day"),
            WEEK: N_("{days}: report of the week"),
            MONTH: N_("{days}: report of the month"),
            SPAN: N_("{days}: report"),
        }
        return msg(titles[self.kind], days=self.title(today))


def of(kind: str, day: date) -> Stretch:
    """The day, week or month that holds ``day``."""
    if kind == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Stretch(WEEK, monday, monday + timedelta(days=6))
    if kind == MONTH:
        last = monthrange(day.year, day.month)[1]
        return Stretch(MONTH, day.replace(day=1), day.replace(day=last))
    return Stretch(DAY, day, day)


def span(first: date, last: date) -> Stretch:
    """Any days; those that are a day or a month are called so."""
    for kind in (DAY, MONTH):
        known = of(kind, first)
        if known.last == last and known.first == first:
            return known
    return Stretch(SPAN, first, last)
