"""What each form of a day means, given the match that recognised it (see day_forms)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from opslog.domain.dates.days import add_months, calendar_day
from opslog.domain.dates.numerals import number_of
from opslog.locale import Msg

if TYPE_CHECKING:
    from opslog.domain.dates.workdays import Calendar

Prefer = Literal["future", "past", "log"]
"""Which day is meant where several could be.

``future``: what is planned (the next one to come). ``past``: what is looked up (the last one).
``log``: what is written down as it happens (weekdays look back, 12-05 is the nearest).
"""

WORDS = {
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1,
    "后儿": 2, "明儿": 1, "今儿": 0, "昨儿": -1,
    "大前天": -3, "前天": -2,
    "day after tomorrow": 2, "day before yesterday": -2,
    "today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1,
}  # fmt: skip
_BEFORE_PART = {"今": 0, "明": 1, "昨": -1, "to": 0}  # 今晚, 明早, tonight
WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6, "7": 6}
WEEKDAYS |= {str(n + 1): n for n in range(6)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DayFound(NamedTuple):
    """A day that ends at ``end`` of the text; ``problem`` where there is no such day.

    ``clock`` is set where the words say a moment (半小时后). ``weak``: the same words often
    mean something else (``1/3`` is also a third; 周五 in a log line may be a plan).
    ``weekday``: of a weekday said without its week, which any date of it agrees with.
    """

    end: int
    day: date | None
    clock: time | None = None
    weak: bool = False
    problem: Msg | None = None
    weekday: int | None = None


class Asked(NamedTuple):
    now: datetime
    calendar: Calendar
    prefer: Prefer
    near: date | None = None  # a day without a year is the nearest to this one

    @property
    def today(self) -> date:
        return self.now.date()


def found(match: re.Match[str], day: date | Msg, *, weak: bool = False) -> DayFound:
    if isinstance(day, Msg):
        return DayFound(match.end(), None, weak=weak, problem=day)
    return DayFound(match.end(), day, weak=weak)


def full_date(match: re.Match[str], asked: Asked) -> DayFound:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    return found(match, calendar_day(year, month, day))


def month_day(match: re.Match[str], asked: Asked) -> DayFound | None:
    month, day = number_of(match["month"]), number_of(match["day"])
    if month is None or day is None:
        return None
    return found(match, _this_or_next(month, day, asked))


def bare_month_day(match: re.Match[str], asked: Asked) -> DayFound:
    """12-05, 12/5: weak, since a range, a third and a score are written the same way."""
    day = _this_or_next(int(match["month"]), int(match["day"]), asked)
    return found(match, day, weak=True)


def _this_or_next(month: int, day: int, asked: Asked) -> date | Msg:
    """The year that a day without one means, as ``Prefer`` says."""
    to = asked.near or asked.today
    here = calendar_day(to.year, month, day)
    if isinstance(here, Msg) and (month, day) != (2, 29):
        return here
    years = [to.year + n for n in (-1, 0, 1)]
    days = [d for y in years if isinstance(d := calendar_day(y, month, day), date)]
    if asked.near:
        pass
    elif asked.prefer == "future":
        days = [d for d in days if d >= asked.today]
    elif asked.prefer == "past":
        days = [d for d in days if d <= asked.today]
    if not days:  # 29 February, in a year that has none
        passed = asked.prefer == "future" and (month, day) < (asked.today.month, asked.today.day)
        return calendar_day(to.year + passed, month, day)
    return min(days, key=lambda d: abs(d - to))


def chinese_date(match: re.Match[str], asked: Asked) -> DayFound | None:
    said = match["year"]
    if not said:
        return month_day(match, asked)
    month, day = number_of(match["month"]), number_of(match["day"])
    if month is None or day is None:
        return None
    names = {"去年": -1, "今年": 0, "明年": 1, "后年": 2}
    year = asked.today.year + names[said] if said in names else int(said.rstrip("年 "))
    return found(match, calendar_day(year + 2000 if year < 100 else year, month, day))


def english_date(match: re.Match[str], asked: Asked) -> DayFound:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    day = int(match["day"])
    if match["year"]:
        return found(match, calendar_day(int(match["year"]), month, day))
    return found(match, _this_or_next(month, day, asked))


def day_of_month(match: re.Match[str], asked: Asked) -> DayFound | None:
    day = number_of(match["day"])
    if day is None or not 1 <= day <= 31:
        return None
    said = match["which"] or ""
    months = 1 if said.startswith("下") else -1 if said.startswith("上") else 0
    month = add_months(asked.today.replace(day=1), months)
    here = calendar_day(month.year, month.month, day)
    if said or isinstance(here, Msg):
        return found(match, here)
    if asked.prefer == "future" and here < asked.today:
        month = add_months(month, 1)
    elif asked.prefer != "future" and here > asked.today:
        month = add_months(month, -1)
    return found(match, calendar_day(month.year, month.month, day))


def word(match: re.Match[str], asked: Asked) -> DayFound:
    days = WORDS[re.sub(r"\s+", " ", match["word"].lower())]
    return DayFound(match.end(), asked.today + timedelta(days))


def before_part(match: re.Match[str], asked: Asked) -> DayFound:
    return DayFound(match.end(), asked.today + timedelta(_BEFORE_PART[match.group().lower()]))


def chinese_weekday(match: re.Match[str], asked: Asked) -> DayFound:
    which = match["which"] or ""
    weeks = which.count("下") - which.count("上")
    weekday = WEEKDAYS[match["day"]]
    return _weekday(match, asked, weekday, weeks if which else None)


def english_weekday(match: re.Match[str], asked: Asked) -> DayFound:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    weekday = names.index(match["day"][:3].lower())
    which = (match["which"] or "").strip().lower()
    if which == "last":  # the most recent one, not the one of last week
        back = (asked.today.weekday() - weekday - 1) % 7 + 1
        return DayFound(match.end(), asked.today - timedelta(back))
    return _weekday(match, asked, weekday, {"next": 1, "this": 0}.get(which))


def _weekday(match: re.Match[str], asked: Asked, weekday: int, weeks: int | None) -> DayFound:
    """Weeks begin on Monday. Alone, a weekday planned is after today, one looked up is not."""
    if weeks is not None:
        monday = asked.today - timedelta(asked.today.weekday())
        return DayFound(match.end(), monday + timedelta(weekday + 7 * weeks), weak=weeks >= 0)
    if asked.prefer == "future":
        days = (weekday - asked.today.weekday() - 1) % 7 + 1
    else:
        days = -((asked.today.weekday() - weekday) % 7)
    day = asked.today + timedelta(days)
    return DayFound(match.end(), day, weak=True, weekday=weekday)
