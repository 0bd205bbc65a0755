"""When the people of a call list are called, and what for: a list made of people, of no event.

A list of sign-ups is called when its event and its rounds say so; a call list between the days it
was given. Its rounds count as they do on any list: once a screening is closed, the next call-back
begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from opslog.domain.base.clock import Clock
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import INVITATION, callback, callback_number, check_purpose
from opslog.domain.calls.retries import Window
from opslog.locale import N_, msg

# What a call list may be for, the usual first.
PURPOSES = (callback(1), callback(2), INVITATION)
NO_CALLS = "none"  # of whom an event is for, where they are only counted


def window(
    purpose: str,
    made_at: datetime,
    opens_on: str,
    closes_on: str,
    closed_rounds: Sequence[tuple[int, datetime]],
    clock: Clock,
    ends: datetime | None = None,
) -> Window:
    """When its people are called, and for which call-back; over once the last day is. Days are
    ``YYYY-MM-DD``, '' where none was set; ``ends``: when it is over whatever the day."""
    closes = clock.at(date.fromisoformat(closes_on) + timedelta(days=1)) if closes_on else None
    closes = min(filter(None, (closes, ends)), default=None)
    over = closes is not None and closes <= clock.now()
    opens = clock.at(date.fromisoformat(opens_on)) if opens_on else made_at
    if purpose == INVITATION:
        return Window(purpose, opens, closes, over=over, ends=closes)
    number = callback_number(purpose)
    later = max((one for one, _at in closed_rounds if one > max(number, 1)), default=0)
    if later:
        opens = max(opens, dict(closed_rounds)[later])
    return Window(callback(max(number, later)), opens, closes, over=over, ends=closes)


def checked_purpose(purpose: str) -> str:
    """The purpose of a call list, ``callback-1`` where '' was said; Refused for what is none, and
    for a reminder, which hangs on an event that somebody signed up for."""
    wanted = check_purpose(purpose or PURPOSES[0])
    if wanted == INVITATION or callback_number(wanted):
        return wanted
    raise Refused(
        msg(
            N_(
                "A reminder is for who signed up for an event; write callback-1, callback-2 …"
                " or invitation"
            )
        ),
        field="purpose",
    )


def checked_days(opens: date | None, closes: date | None, today: date) -> None:
    """Refused for a last day before the first, or before today."""
    if closes is not None and closes < (opens or today):
        raise Refused(
            msg(
                N_("The calls would end ({closes}) before they begin ({opens})"),
                closes=closes,
                opens=opens or today,
            ),
            field="closes",
        )
    if closes is not None and closes < today:
        raise Refused(msg(N_("{day} is past: nobody would be called"), day=closes), field="closes")
