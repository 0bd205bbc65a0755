"""What is said of one thing or of several, wherever a report says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.events.plans.evidence import CALLS, ROUND, read
from opslog.domain.people.card import ERASED
from opslog.domain.programmes.missed import Unsent
from opslog.domain.reports.ledger import Contact, LeadState, StepLine
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, msg, nmsg, titled

NAMED = 5  # of several, so many are named
WORST = 3  # of what is late from before
QUOTED = 6  # of what people said
SHORT = 60  # characters of a line that is quoted


class Wording(NamedTuple):
    """What outcomes and reasons are called, and from when days are looked at. ``only``: what the
    report is kept to, '' everything. ``last``: its last day, where it is past."""

    outcomes: Outcomes
    reasons: Reasons
    zone: ZoneInfo
    today: date
    only: str = ""
    last: date | None = None

    @property
    def until(self) -> date:
        """The day that lateness is counted to."""
        return self.last or self.today


def named(parts: Sequence[Msg], most: int = NAMED) -> Msg:
    """The first of them, and how many more."""
    shown = parts[0]
    for part in parts[1:most]:
        shown = msg(N_("{first}; {second}"), first=shown, second=part)
    more = len(parts) - most
    if more <= 0:
        return shown
    return nmsg(N_("{first} and {n} more"), N_("{first} and {n} more"), more, first=shown)


def and_more(number: int) -> Iterator[Msg]:
    if number > 0:
        yield nmsg(N_("and {n} more"), N_("and {n} more"), number)


def plain(text: str) -> Msg:
    return Msg("{text}", {"text": text})


def cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def numbers(counts: Iterable[tuple[Msg, int]]) -> Msg:
    return listed(msg(N_("{what} {n}"), what=what, n=n) for what, n in counts)


def who(one: Contact | LeadState | Unsent) -> Msg:
    if one.person and one.company:
        return msg(N_("{name} ({company})"), name=one.person, company=one.company)
    return plain(one.person or one.company) if one.person or one.company else msg(ERASED)


def step_title(one: StepLine) -> Msg:
    return titled(one.title_en or one.title, one.title)


def step(one: StepLine, words: Wording) -> Msg:
    """“Reminder calls (the salon), 2 days late, 32 of 56 calls over, 24 people still to call, 3
    lines of its list open”. Whom nobody reached yet is still to call."""
    text = msg(N_("{step} ({event})"), step=step_title(one), event=one.event)
    late = one.days_late(words.until, words.zone)
    if late > 0:
        text = nmsg(N_("{step}, {n} day late"), N_("{step}, {n} days late"), late, step=text)
    if one.far is not None and one.far.open and one.done_at is None:
        text = _far(text, one)
    if one.left and one.done_at is None:
        text = nmsg(
            N_("{step}, {n} line of its list open"),
            N_("{step}, {n} lines of its list open"),
            one.left,
            step=text,
        )
    return text


def _far(text: Msg, one: StepLine) -> Msg:
    assert one.far is not None
    evidence, far = read(one.evidence), one.far
    said = {"step": text, "done": far.done, "of": far.of}
    if evidence is not None and evidence.kind in CALLS:
        return nmsg(
            N_("{step}, {done} of {of} calls over, {n} person still to call"),
            N_("{step}, {done} of {of} calls over, {n} people still to call"),
            far.open,
            **said,
        )
    if evidence is not None and evidence.kind == ROUND:
        return nmsg(
            N_("{step}, {done} of {of} rows decided, {n} left"),
            N_("{step}, {done} of {of} rows decided, {n} left"),
            far.open,
            **said,
        )
    return nmsg(
        N_("{step}, {done} of {of} marked, {n} left"),
        N_("{step}, {done} of {of} marked, {n} left"),
        far.open,
        **said,
    )
