"""Leads: what is known of them, and how they stand.

Operator's rule: a lead is handed to sales when four things are known, budget, need, decision
makers and timing; until then marketing keeps it. Handed over is not accepted, and who is returned
goes on with everything known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.codes import code_of, known
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.locale import LANGUAGES, N_, Msg, msg

LEAD, MQL, SQL, HANDED_OVER, ACCEPTED, WON, LOST, RETURNED = STATES = (
    *("lead", "mql", "sql", "handed_over"),
    *("accepted", "won", "lost", "returned"),
)
TITLES = {
    LEAD: N_("lead"),
    MQL: N_("qualified by marketing (MQL)"),
    SQL: N_("qualified by sales (SQL)"),
    HANDED_OVER: N_("handed over"),
    ACCEPTED: N_("accepted by sales"),
    WON: N_("won"),
    LOST: N_("lost"),
    RETURNED: N_("returned to nurturing"),
}
OVER = (WON, LOST)
WITH_SALES = (HANDED_OVER, ACCEPTED)

PARTS = {
    "budget": N_("Budget"),
    "need": N_("Need"),
    "team": N_("Decision makers"),
    "timing": N_("Timing"),
}
YES, NO = "yes", "no"  # known, though nobody wrote what; asked and not known. '' is not asked
_PART_TEXTS = {YES: N_("known"), NO: N_("asked, not known"), "": N_("not asked")}
_SAID = {
    YES: ("1", "１", "y", "yes", "是", "有", "知道"),
    NO: ("2", "２", "n", "no", "否", "没有", "不知道"),
}


def read_part(text: str) -> str:
    """What was typed for one of the four: 1 or yes, 2 or no, the words that stand for these, or
    any words."""
    words = storable(" ".join(text.split()))
    for code, said in _SAID.items():
        shown = [msg(_PART_TEXTS[code]).render(language) for language in LANGUAGES]
        if words.casefold() in (*said, *shown):
            return code
    return words


def part_text(value: str) -> Msg:
    return msg(_PART_TEXTS[value]) if value in _PART_TEXTS else Msg("{text}", {"text": value})


def missing(known: Mapping[str, str]) -> list[Msg]:
    """Which of the four are not known."""
    return [msg(title) for part, title in PARTS.items() if known.get(part, "") in ("", NO)]


def with_missing(text: Msg, known: Mapping[str, str]) -> Msg:
    """``text``, and what is not known yet."""
    lacking = missing(known)
    return (
        msg(N_("{text}; not known: {parts}"), text=text, parts=listed(lacking)) if lacking else text
    )


def whom(text: str, before: Sequence[str]) -> str:
    """Who it is handed to: a name as typed, or one of ``before`` by its number; '' nobody."""
    name = storable(" ".join(text.split()))
    if name.isdecimal() and 1 <= int(name) <= len(before):
        return before[int(name) - 1]
    return name


def check_state(state: str) -> str:
    """The state, or Refused naming those there are."""
    if code := code_of(state, TITLES):
        return code
    raise Refused(
        msg(
            N_("“{state}” is no state of a lead; known: {known}"),
            state=state,
            known=known(TITLES),
        )
    )


class Said(NamedTuple):
    """What was said of a lead in a call, as typed (see ``read_part``), and whom it goes to; from
    which group it came and who hands it over, None where that stays as it is."""

    known: Mapping[str, str]
    to_whom: str = ""
    community: str | None = None
    by_whom: str | None = None


class Nurture(NamedTuple):
    """The programme that somebody is in, by its code, ``since`` when; ``over``: when they came to
    its end or left it, None while they are in it."""

    programme: str
    since: datetime
    over: datetime | None


class Lead(NamedTuple):
    """A lead as it stands: ``state`` since ``at``, with its reason; ``cents`` of one that was won.
    ``next_on``: on Today not before; of one that was returned, the day it is taken up again.
    ``nurture``: the programme they are in, or were in last since it stands so.
    ``handed_at`` is when it was last handed over, None where it never was. Where it came from:
    ``event``, ``community`` (a group, in words), ``channel`` of the event, ``programme`` (its code)
    that they were in then or last before; ``by_whom``: who handed it over, '' the operator."""

    id: int
    person_id: int
    person: str
    company: str
    title: str
    phone: str
    card_id: int | None
    event_id: int | None
    event: str
    budget: str
    need: str
    team: str
    timing: str
    to_whom: str
    state: str
    at: datetime
    reason: str
    cents: int | None
    next_on: datetime | None
    handed_at: datetime | None
    community: str = ""
    by_whom: str = ""
    channel: str = ""
    programme: str = ""
    nurture: Nurture | None = None

    @property
    def known(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in PARTS}

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def inside(self) -> str:
        """The code of the programme that has them now, where marketing has the lead; '' none."""
        kept = not self.over and self.state not in WITH_SALES
        return self.nurture.programme if kept and self.nurture and not self.nurture.over else ""
