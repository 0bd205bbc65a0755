"""Who came of those who confirmed and signed up; walk-ins and guests beside."""

from __future__ import annotations

from opslog.domain.calls.queue import ShowUp
from opslog.locale import _, ngettext


def rate_spans(rate: ShowUp) -> list[tuple[str, str]]:
    """``20 came   15 of 20 confirmed = 75%   17 of 40 signed up = 43%  ·  1 walk-in``"""
    spans = [(ngettext("{n} came", "{n} came", rate.there).format(n=rate.there), "strong")]
    shares = [(_("{n} of {all} signed up"), rate.of_those, rate.signed_up, rate.of_signed_up)]
    if rate.confirmed:  # else nobody was called
        shares.insert(
            0,
            (
                *(_("{n} of {all} confirmed"), rate.confirmed_and_attended),
                *(rate.confirmed, rate.of_confirmed),
            ),
        )
    for text, came, of, share in shares:
        spans += [
            (f"   {text.format(n=came, all=of)}", ""),
            (f" = {_percent(share)}", "accent"),
        ]
    more = []
    if rate.guests:
        more.append(ngettext("{n} guest", "{n} guests", rate.guests).format(n=rate.guests))
    if rate.walk_ins:
        walk_ins = ngettext("{n} walk-in", "{n} walk-ins", rate.walk_ins)
        more.append(walk_ins.format(n=rate.walk_ins))
    return [*spans, ("".join(f"  ·  {text}" for text in more), "muted")]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
