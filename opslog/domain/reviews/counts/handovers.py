"""What became of an event's leads, by the channel they came by and by who handed them over."""

from __future__ import annotations

from collections.abc import Callable

from opslog.domain.leads.leads import ACCEPTED, LOST, RETURNED, WON
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.people import LeadRow
from opslog.domain.reviews.numbers import CENTS, LEAD, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg

_EVER = {ACCEPTED: N_("Accepted"), RETURNED: N_("Returned")}  # however it went on
_NOW = {WON: N_("Won"), LOST: N_("Lost")}


def by_channel(counts: Counts) -> Bars | None:
    """None where of no lead it is known by which channel it came."""
    unsaid = msg(N_("not said by which"))
    return _by(counts, "lead_channel", msg(N_("Leads by channel")), lambda one: one.channel, unsaid)


def by_whom(counts: Counts) -> Bars | None:
    """None where nobody but the operator handed any over."""
    mine = msg(N_("yourself"))
    title = msg(N_("Leads by who handed them over"))
    return _by(counts, "lead_whom", title, lambda one: one.by_whom, mine)


def _by(
    counts: Counts, key: str, title: Msg, source: Callable[[LeadRow], str], unsaid: Msg
) -> Bars | None:
    names = dict.fromkeys(map(source, counts.leads))
    if not any(names):
        return None
    bars = [
        _bar(counts, f"{key}.{number}", name, source, unsaid)
        for number, name in enumerate(sorted(names), 1)
    ]
    bars.sort(key=lambda bar: -(bar.number.value or 0))
    columns = (*_EVER.values(), *_NOW.values(), N_("Amount"))
    return Bars(key, title, tuple(bars), columns=(msg(N_("Leads")), *map(msg, columns)))


def _bar(counts: Counts, key: str, name: str, source: Callable[[LeadRow], str], unsaid: Msg) -> Bar:
    label = Msg("{text}", {"text": name}) if name else unsaid
    mine = [one for one in counts.leads if source(one) == name]
    won = [one for one in mine if one.state == WON and one.cents is not None]

    def number(state: str, label: str, *, ever: bool) -> Number:
        def holds(one: LeadRow) -> bool:
            stood = state in one.states if ever else state == one.state
            return stood and source(one) == name

        return counts.of_leads(f"{key}.{state}", msg(label), holds)

    ids = [one.id for one in mine]
    amount = msg(N_("Amount"))
    return Bar(
        counts.rows(key, label, LEAD, len(ids), lambda: ids),
        more=(
            *(number(state, text, ever=True) for state, text in _EVER.items()),
            *(number(state, text, ever=False) for state, text in _NOW.items()),
            Number(f"{key}.cents", amount, None, unit=CENTS, why=msg(N_("no amount was typed in")))
            if not won
            else counts.rows(
                f"{key}.cents",
                amount,
                LEAD,
                sum(one.cents or 0 for one in won),
                lambda: [one.id for one in won],
                unit=CENTS,
            ),
        ),
    )
