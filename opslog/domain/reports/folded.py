"""A run of calls and messages in one line: “65 calls 09:10–11:40: 41 reached, 30 coming”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import Outcomes, purpose_title
from opslog.domain.reports.contacts import contact_sums
from opslog.domain.reports.ledger import Contact
from opslog.locale import N_, Msg, msg, nmsg


def told(
    contacts: Sequence[Contact], lines: int, first: datetime, last: datetime, outcomes: Outcomes
) -> Msg:
    """``contacts`` are those the lines tell of; counted as the report of the day counts them."""
    sums = contact_sums(contacts, outcomes)
    made = [
        nmsg(N_("{n} call"), N_("{n} calls"), len(sums.calls)),
        nmsg(N_("{n} call that came in"), N_("{n} calls that came in"), len(sums.called_in)),
        nmsg(N_("{n} message"), N_("{n} messages"), len(sums.messages)),
    ]
    made = [one for one in made if one.args["n"]]
    if not made:  # lines whose calls were taken back, or whose time somebody changed
        made = [nmsg(N_("{n} line of calls"), N_("{n} lines of calls"), lines)]
    came = [
        *([msg(N_("{n} reached"), n=len(sums.reached))] if sums.calls else []),
        *([msg(N_("{n} replied"), n=len(sums.replied))] if sums.replied else []),
        *([msg(N_("{n} coming"), n=len(sums.coming))] if sums.coming else []),
    ]
    what = msg(
        N_("{what} {first}–{last}"), what=listed(made), first=f"{first:%H:%M}", last=f"{last:%H:%M}"
    )
    return msg(N_("{first}: {second}"), first=what, second=listed(came)) if came else what


def came(contacts: Sequence[Contact], outcomes: Outcomes) -> Msg:
    """Of each purpose, how often what came of it: “Reminder: coming 30, no answer 16”."""
    text = Msg("")
    for talk in contact_sums(contacts, outcomes).talks:
        parts = listed(
            msg(
                N_("{what} {n}"),
                what=outcomes.title(talk.purpose, rows[0].lane, code),
                n=len(rows),
            )
            for code, rows in talk.outcomes.items()
        )
        said = msg(N_("{first}: {second}"), first=purpose_title(talk.purpose), second=parts)
        text = msg(N_("{first}; {second}"), first=text, second=said) if text.id else said
    return text
