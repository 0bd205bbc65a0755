"""What is looked at once the year is over, each as a sentence with what does not hold of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALLED
from opslog.domain.reports import stretches
from opslog.services.book import check
from opslog.services.cards import cards
from opslog.services.reports import reports
from tests.year.playing import BEGIN, Year

MOST_OF_TODAY = 100


class Finding(NamedTuple):
    """``wrong``: what stands against it, nothing where it holds."""

    what: str
    wrong: list[str]


def findings(year: Year) -> Iterator[Finding]:
    ledger = year.desk.ledger
    yield Finding("as much was done as a year is to hold", list(_played(year)))
    yield Finding(f"no cap broken by {len(ledger.touches):,} touches", ledger.over_cap)
    yield Finding("nobody contacted who asked for none", ledger.barred)
    yield Finding("no step of a programme sent twice", ledger.twice)
    yield Finding("budgets as counted beside, slips of the hand refused", year.desk.slips)
    yield Finding("every touch in one time line, once", list(_time_lines(year)))
    longest = year.longest_today
    too_long = [f"{longest} lines"] if longest > MOST_OF_TODAY else []
    yield Finding(f"Today never above {MOST_OF_TODAY} lines (at most {longest})", too_long)
    yield Finding("reports of days, weeks and months add up", list(_reports(year)))
    flaws = [str(one.text) for one in check.check(year.book) if one.flaws]
    yield Finding("the file is whole", flaws)


def _played(year: Year) -> Iterator[str]:
    """A year in which everything is refused breaks no cap either."""
    size, seen = year.size, year.seen
    for what, least in (
        *(("events", size.events), ("sign-ups", size.events * size.rows)),
        *(("calls", size.least_calls), ("messages sent", size.least_calls // 4)),
        *((what, 1) for what in ("written", "new on WeCom", "rang", "do not call", "slips")),
        *((what, 1) for what in ("hand-overs", "replied", "materials sent", "erased")),
        ("returned", size.least_calls // 1_000),
    ):
        if seen[what] < least:
            yield f"{what}: {seen[what]:,} of {least:,}"
    entered = len(year.messages.entered)
    if entered < size.least_programmes:
        yield f"programmes that somebody entered: {entered} of {size.least_programmes}"


def _time_lines(year: Year) -> Iterator[str]:
    """What the script did with somebody is in the rows and in their line; nothing else is."""
    con = year.book.con
    shown = [row[0] for row in con.execute("SELECT id FROM person_shown")]
    for who in shown:
        done = Counter(one.at for one in year.desk.ledger.had.get(who, []))
        rows = con.execute("SELECT at, call_id FROM touch WHERE person_id=?", (who,)).fetchall()
        made = Counter(instant_of(row[0]) for row in rows)
        if not done and not made:
            continue
        calls = Counter(instant_of(row[0]) for row in rows if row[1] is None)
        told = Counter(one.at for one in cards.timeline(year.book, who) if one.kind == CALLED)
        if calls != done:
            yield f"person {who}: {done.total()} were made, {calls.total()} are written"
        if missing := made - told:
            yield f"person {who}: {missing.total()} of {made.total()} lack in their line"
        if twice := told - made - _besides(year, who):
            yield f"person {who}: {twice.total()} in their line are none of the {made.total()}"
    total = con.execute("SELECT count(*) FROM touch WHERE call_id IS NULL").fetchone()[0]
    if total != len(year.desk.ledger.touches):
        yield f"{len(year.desk.ledger.touches)} were made, {total} are written in all"


def _besides(year: Year, who: int) -> Counter[datetime]:
    """When what is no touch, but told as one, came about: into a programme and out of it, materials
    that were sent, a lead."""
    rows = year.book.con.execute(
        "SELECT entered_at FROM enrolment WHERE person_id=?1 UNION ALL"
        " SELECT state_at FROM enrolment WHERE person_id=?1 UNION ALL"
        " SELECT sent_at FROM material_request m JOIN card c ON c.id=m.card_id"
        " WHERE c.person_id=?1 AND sent_at IS NOT NULL UNION ALL SELECT s.at FROM handover_state s"
        " JOIN handover h ON h.id=s.handover_id WHERE h.person_id=?1",
        (who,),
    )
    return Counter(instant_of(row[0]) for row in rows)


def _reports(year: Year) -> Iterator[str]:
    """Calls and messages of the days are those of the weeks, of the months, and of the ledger."""
    last = BEGIN + timedelta(days=year.size.days - 1)
    for lanes, key in ((("phone",), "calls"), (("wecom", "sms", "email"), "messages")):
        done = year.desk.ledger.by_day(*lanes)
        for kind in (stretches.DAY, stretches.WEEK, stretches.MONTH):
            day = BEGIN
            while day <= last:
                stretch = stretches.of(kind, day)
                told = len(getattr(reports.report(year.book, stretch).sums, key))
                counted = sum(n for at, n in done.items() if stretch.first <= at <= stretch.last)
                if told != counted:
                    yield f"{key} of the {kind} from {stretch.first}: {told}, done {counted}"
                day = stretch.last + timedelta(days=1)
