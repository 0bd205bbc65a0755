"""A programme of messages (群发 SOP): steps hung on a person's own date.

Operator's rule (nurturing by message): day 1, 2, 3 and 7, then weekly, then monthly; a week, a
month, three months, half a year, a year, and longer only where the answers are good. The first
three days are one-to-one by hand and may be left out. A tool reminds, a person sends.
"""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from opslog.domain.base.titles import Phrase
from opslog.locale import N_, Msg, msg

# How far a programme goes, and the last day of each: a month is counted as 30 days.
SPANS = {"week": 7, "month": 31, "quarter": 93, "half_year": 186, "year": 372}
SPAN_TITLES = {
    "week": N_("a week"),
    "month": N_("a month"),
    "quarter": N_("three months"),
    "half_year": N_("half a year"),
    "year": N_("a year"),
}
MONTH = 30
CHANNELS = ("wecom", "sms", "email", "call")
# When on its day a message goes: by title (executives in the evening, staff before lunch or
# before leaving), or at an hour of the step's own.
LUNCH, LEAVING, EVENING = SLOTS = ("lunch", "leaving", "evening")
SLOT_TITLES = {
    LUNCH: N_("staff, before lunch"),
    LEAVING: N_("staff, before they leave"),
    EVENING: N_("owners and executives, in the evening"),
}
LATE_DAYS = 14  # after which a message is missed, where its programme says nothing else
ALTERNATE = "alternate"  # staff before lunch and before leaving in turn
# What takes somebody out, beside do-not-call, a hand-over and the operator.
REPLY, COLLEAGUE, SALES = LEAVES = ("reply", "colleague", "sales")


def slot_title(code: str) -> Msg:
    """Whom and when: one of SLOTS, or an hour of the step's own."""
    return msg(SLOT_TITLES[code]) if code in SLOT_TITLES else msg(N_("at {time}"), time=code)


class Step(NamedTuple):
    """One message. ``day`` counts from 1, the day somebody entered; a step of ``months`` falls on
    the same date so many months later. ``text_zh`` and ``text_en`` hold fields in braces and are
    '' where a piece of content of that ``stage`` and ``label`` gives the words, or where it is
    written by hand."""

    id: str
    day: int
    title: str
    title_en: str
    channel: str = "wecom"
    stage: str = ""
    label: str = ""
    by_hand: bool = False  # one-to-one, and may be skipped
    clock: time | None = None
    text_zh: str = ""
    text_en: str = ""
    months: int = 0

    @property
    def named(self) -> Msg:
        """Its own title, else its day: "day 3", "week 2", "month 2"."""
        if self.title:
            return Phrase(self.title_en, self.title).message
        if self.months:
            return msg(N_("month {n}"), n=self.months)
        if self.day > 7 and not self.day % 7:
            return msg(N_("week {n}"), n=self.day // 7)
        return msg(N_("day {n}"), n=self.day)

    @property
    def written(self) -> bool:
        """Whether its words stand in it."""
        return bool(self.text_zh or self.text_en)


class Entry(NamedTuple):
    """Who could enter: ``by`` says what of (see programmes_file.ENTRIES), ``value`` which;
    ``after`` so many days, and at most ``within`` days ago."""

    by: str
    value: str
    after: int = 0
    within: int = 30


class Programme(NamedTuple):
    """``code`` is its file's name. ``runs`` is the span it goes to at present: the steps behind
    wait until it is grown by decision. ``target``: the share of messages that should be
    answered; ``late``: a message that was due so many days ago is still sent, one of before that is
    missed."""

    code: str
    title: str
    title_en: str
    steps: tuple[Step, ...]
    runs: str
    version: int = 1
    entries: tuple[Entry, ...] = ()
    leave: tuple[str, ...] = LEAVES
    target: float = 0.0
    staff: str = ALTERNATE
    late: int = LATE_DAYS

    @property
    def named(self) -> Msg:
        return Phrase(self.title_en, self.title).message

    @property
    def running(self) -> tuple[Step, ...]:
        """The steps of the span it goes to."""
        return tuple(step for step in self.steps if step.day <= SPANS[self.runs])

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps if step.id == id), None)
