"""What programmes of messages did for those who came by an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from opslog.domain.programmes.rates import Counts as Messages
from opslog.domain.reviews.counts.counting import Counts, Rows
from opslog.domain.reviews.numbers import COUNT, TOUCH
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg

_COLUMNS = {
    "sent": N_("messages sent"),
    "replied": N_("replied"),
    "new": N_("new accounts and leads"),
}


def afterwards(
    counts: Counts, found: Sequence[tuple[str, Msg, Messages, Callable[[str], Rows]]]
) -> Bars | None:
    """A row a programme: its code, its title, what came of it, and the messages a number opens."""
    bars = []
    for code, title, messages, opens in found:
        first, *more = (
            counts.rows(
                f"messages.{code}.{which}",
                title if which == "sent" else msg(label),
                TOUCH,
                getattr(messages, which),
                opens(which),
                unit=COUNT,
                of=None if which == "sent" else messages.sent,
                of_label=None if which == "sent" else msg(_COLUMNS["sent"]),
            )
            for which, label in _COLUMNS.items()
        )
        bars.append(Bar(first, more=tuple(more)))
    if not bars:
        return None
    columns = tuple(msg(label) for label in _COLUMNS.values())
    return Bars("messages", msg(N_("Messages of programmes")), tuple(bars), columns=columns)
