"""Who came of those who confirmed and signed up; walk-ins and guests beside."""

from __future__ import annotations

from opslog.domain.calls.queue import ShowUp
from opslog.locale import _, ngettext
from opslog.tui.widgets.text import Line, in_rows, line


def rates(rate: ShowUp, cells: int) -> list[Line]:
    """``20 came   15 of 20 confirmed = 75%   17 of 40 signed up = 43%   1 walk-in``, in as many
    rows as it needs; of few with the range of the rate: ``3 of 7 signed up = 43% (16–75%)``."""
    came_said = ngettext("{n} came", "{n} came", rate.attended).format(n=rate.attended)
    parts = [line((came_said, "strong"))]
    shares = [(_("{n} of {all} signed up"), rate.of_signed_up)]
    if rate.confirmed:  # else nobody was called
        shares.insert(0, (_("{n} of {all} confirmed"), rate.of_confirmed))
    for text, share in shares:
        said = text.format(n=share.part, all=share.of)
        parts.append(line(said, (f" = {share.beside}", "accent")))
    more = []
    if rate.guests:  # in no number before it
        more.append(ngettext("+ {n} guest", "+ {n} guests", rate.guests).format(n=rate.guests))
    if rate.walk_ins:
        walk_ins = ngettext("{n} walk-in", "{n} walk-ins", rate.walk_ins)
        more.append(walk_ins.format(n=rate.walk_ins))
    if rate.stood_in:
        more.append(ngettext("{n} stood in", "{n} stood in", rate.stood_in).format(n=rate.stood_in))
    return in_rows([*parts, *(line((text, "muted")) for text in more)], cells)
