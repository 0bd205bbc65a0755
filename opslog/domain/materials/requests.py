"""Requests of materials (资料/白皮书): who asks, what they get, and whether it was sent.

Operator's rule: a paper copy or a file, with or without a watermark; who asks (a competitor? a
target customer?), shown by a filled form or a business card. A competitor is refused, not sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from opslog.locale import N_, Msg, msg

MATERIALS = "materials"  # the kind of event

TARGET, COMPETITOR, PARTNER, COLLEAGUE, OTHER = WHO = (
    *("target", "competitor", "partner", "colleague", "other"),
)
FORM, BUSINESS_CARD = SHOWN = ("form", "business_card")
PAPER, FILE = MEDIA = ("paper", "file")
ALLOWED, REFUSED = VERDICTS = ("allowed", "refused")
TO_DECIDE, TO_SEND, SENT = "to_decide", "to_send", "sent"
STATES = (TO_SEND, TO_DECIDE, SENT, REFUSED)  # in the order of the list

WHO_TITLES = {
    TARGET: N_("target customer"),
    COMPETITOR: N_("competitor"),
    PARTNER: N_("partner"),
    COLLEAGUE: N_("colleague"),
    OTHER: N_("somebody else"),
}
SHOWN_TITLES = {FORM: N_("filled form"), BUSINESS_CARD: N_("business card")}
MEDIUM_TITLES = {PAPER: N_("paper copy"), FILE: N_("file")}
STATE_TITLES = {
    TO_DECIDE: N_("to decide"),
    TO_SEND: N_("to send"),
    SENT: N_("sent"),
    REFUSED: N_("refused"),
}
COLUMNS = ("asked_on", "who", "shown", "verdict", "reason", "medium", "watermark", "address", "use")


class Request(NamedTuple):
    """Somebody on the list of materials. ``known``: what screening or the rules say of them, a code
    of the reasons ('' nothing); ``asked`` is the day they asked, or that of the release, for nobody
    has it before."""

    card_id: int
    person_id: int
    person: str
    company: str
    title: str
    phone: str
    email: str
    event_id: int
    event: str
    asked: date
    who: str = ""
    shown: str = ""
    verdict: str = ""
    reason: str = ""
    medium: str = ""
    watermark: str = ""
    address: str = ""
    use: str = ""
    sent_at: datetime | None = None
    sent_by: str = ""
    known: str = ""
    no_mail: bool = False  # asked not to be written to

    @property
    def state(self) -> str:
        """Refused goes before sent: what went out is not asked back."""
        if self.verdict == REFUSED:
            return REFUSED
        if self.sent_at is not None:
            return SENT
        return TO_SEND if self.verdict == ALLOWED else TO_DECIDE

    @property
    def rival(self) -> bool:
        """Whether a competitor asks: said so, or known as one where nobody said who it is."""
        return COMPETITOR in (self.who, self.known if not self.who else "")


class Counts(NamedTuple):
    """Of one event: people, each once. ``reached``: answered a follow-up."""

    asked: int = 0
    allowed: int = 0
    sent: int = 0
    refused: int = 0
    followed_up: int = 0
    reached: int = 0


def counts(requests: Iterable[Request]) -> Counts:
    """Without what follows from calls. What was sent was allowed."""
    states = [one.state for one in requests]
    sent = states.count(SENT)
    return Counts(len(states), states.count(TO_SEND) + sent, sent, states.count(REFUSED))


def title(titles: dict[str, str], code: str) -> Msg:
    """Of a code, or '' as nothing."""
    return msg(titles[code]) if code in titles else Msg("{text}", {"text": code})
