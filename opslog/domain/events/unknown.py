"""Why what an event brought is not known, as its reports and its review say it: never a false 0."""

from __future__ import annotations

from typing import NamedTuple

from opslog.locale import N_, Msg, msg

NOT_TYPED = N_("nothing is typed in")
REACH_NOT_TYPED = N_("reach is not typed in")
OF_LISTS = ("signups", "valid", "confirmed", "attended")
CALLED_BACK = ("contacted", "answered", "interested")
OF_LEADS = ("leads", "mql", "sql", "handed_over", "customers")


class Seen(NamedTuple):
    """What is there of an event for its numbers to be counted from. ``asks``: whether sign-ups are
    asked for at all; ``reminded``: somebody was called before; ``marked``: as there or not."""

    asks: bool
    has_list: bool
    reminded: bool
    marked: bool
    called_back: bool
    has_leads: bool
    leads_typed: bool  # from elsewhere


def why(measure: str, seen: Seen) -> Msg | None:
    """None where what is counted of a measure says how many they are, 0 among it."""
    if measure in OF_LISTS and not seen.has_list:
        return msg(N_("the list is not in yet") if seen.asks else N_("no list is kept"))
    if measure == "confirmed" and not seen.reminded:
        return msg(N_("nobody was called before the event"))
    if measure == "attended" and not seen.marked:
        return msg(N_("nobody is marked as there or not"))
    if measure in CALLED_BACK and not seen.called_back:
        return msg(N_("nobody was called back yet"))
    if measure not in OF_LEADS or seen.has_leads or (seen.called_back and seen.has_list):
        return None
    if seen.leads_typed:
        return msg(N_("nobody was marked so"))
    # There are none, and before anybody is called back that says nothing.
    if seen.has_list:
        return msg(N_("nobody was called back yet, and no leads were noted"))
    return msg(N_("no leads were noted"))
