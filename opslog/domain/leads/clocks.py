"""When a lead comes back to Today: nobody touched it, there is no result, its day has come. Who is
in a programme is nobody's question until that is over, or a day that was set later than that.

Operator's rule: not touched within 24 hours of being handed over, or without a result in 30 days,
it comes back; both ship as ``shipped/leads/leads.toml``. Derived from what was done, never stored.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.leads.leads import HANDED_OVER, RETURNED, WITH_SALES, Lead
from opslog.locale import N_, Msg, msg, nmsg

FILE = "leads.toml"


class Clocks(NamedTuple):
    untouched_hours: int
    result_days: int


class Back(NamedTuple):
    """When it comes back to Today, and why."""

    at: datetime
    why: Msg


def read(text: str, file: str = FILE) -> Clocks:
    """Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("untouched_hours", "result_days")
    clocks = Clocks(
        table.integer("untouched_hours", 24, 1, 1_000), table.integer("result_days", 30, 1, 1_000)
    )
    table.settle()
    return clocks


def back(lead: Lead, clocks: Clocks, now: datetime) -> Back | None:
    """None where nothing is waited for: kept by marketing, in a programme, won, lost."""
    if lead.state == RETURNED:
        words = Msg("{text}", {"text": lead.reason})
        why = msg(N_("returned: {reason}"), reason=words) if lead.reason else msg(N_("returned"))
        at, nurture = lead.next_on or lead.at, lead.nurture
        if lead.inside and nurture and (lead.next_on is None or lead.next_on <= nurture.since):
            return None
        if nurture is not None and nurture.over is not None:
            at = max(at, nurture.over)
        return Back(at, why)
    if lead.state not in WITH_SALES or lead.handed_at is None:
        return None
    result = lead.handed_at + timedelta(days=clocks.result_days)
    hours = clocks.untouched_hours
    touched = lead.handed_at + timedelta(hours=hours)
    if lead.state == HANDED_OVER and now < result:
        why = nmsg(N_("not accepted in {n} hour"), N_("not accepted in {n} hours"), hours)
        return Back(max(touched, lead.next_on or touched), why)
    days = clocks.result_days
    why = nmsg(N_("no result in {n} day"), N_("no result in {n} days"), days)
    return Back(max(result, lead.next_on or result), why)
