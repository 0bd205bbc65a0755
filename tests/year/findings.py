"""What is looked at once the year is over, each as a sentence with what does not hold of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALLED
from opslog.domain.reports import stretches
from opslog.services.book import check, own_kinds
from opslog.services.cards import cards
from opslog.services.reports import reports
from tests.year import checks
from tests.year.playing import BEGIN, Year

MOST_OF_TODAY = 100


class Finding(NamedTuple):
    """``wrong``: what stands against it, nothing where it holds."""

    what: str
    wrong: list[str]


def findings(year: Year) -> Iterator[Finding]:
    con, is_workday = year.book.con, own_kinds.workdays(year.book).is_workday
    number = len(checks.touches(con))
    yield Finding(f"no cap broken by {number:,} touches", list(checks.caps(con, is_workday)))
    yield Finding("nobody contacted who asked for none", list(checks.not_called(con)))
    yield Finding("no step of a programme sent twice", list(checks.sent_twice(con)))
    yield Finding("the budget as an independent count has it", year.problems)
    yield Finding("every touch in one time line", list(_time_lines(year)))
    longest = year.longest_today
    too_long = [f"{longest} lines"] if longest > MOST_OF_TODAY else []
    yield Finding(f"Today never above {MOST_OF_TODAY} lines (at most {longest})", too_long)
    yield Finding("reports of days, weeks and months add up", list(_reports(year)))
    yield Finding(
        "the file is whole", [str(one.text) for one in check.check(year.book) if one.flaws]
    )


def _time_lines(year: Year) -> Iterator[str]:
    """Each touch is of one person, merged ones under whom they were merged into."""
    con = year.book.con
    shown = 0
    touched = (
        "SELECT DISTINCT person_id FROM touch WHERE person_id IN (SELECT id FROM person_shown)"
    )
    for row in con.execute(touched).fetchall():
        told = Counter(one.at for one in cards.timeline(year.book, row[0]) if one.kind == CALLED)
        made = con.execute("SELECT at FROM touch WHERE person_id=?", (row[0],)).fetchall()
        missing = Counter(instant_of(one[0]) for one in made) - told
        shown += len(made)
        if missing:
            yield f"person {row[0]}: {missing.total()} of {len(made)} touches lack in their line"
    of_erased = con.execute(
        "SELECT count(*) FROM touch WHERE person_id NOT IN (SELECT id FROM person_shown)"
    ).fetchone()[0]
    total = con.execute("SELECT count(*) FROM touch").fetchone()[0]
    if shown + of_erased != total:
        yield f"{shown} and {of_erased} of those erased are not all {total}"


def _reports(year: Year) -> Iterator[str]:
    """Calls and messages of the days are those of the weeks, of the months, and of the rows."""
    last = BEGIN + timedelta(days=year.size.days - 1)
    for lane, key in (("phone", "calls"), ("wecom", "messages")):
        by_rows = checks.by_day(year.book.con, lane)
        for kind in (stretches.DAY, stretches.WEEK, stretches.MONTH):
            day = BEGIN
            while day <= last:
                stretch = stretches.of(kind, day)
                told = _number(year, stretch, key)
                counted = sum(n for at, n in by_rows.items() if stretch.first <= at <= stretch.last)
                if told != counted:
                    yield f"{key} of the {kind} from {stretch.first}: {told}, in the rows {counted}"
                day = stretch.last + timedelta(days=1)


def _number(year: Year, stretch: stretches.Stretch, key: str) -> int:
    sums = reports.report(year.book, stretch).sums
    return len(getattr(sums, key))
