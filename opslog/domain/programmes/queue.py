"""Today's messages as screens and commands see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import short_day
from opslog.locale import N_, Msg, msg


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Somebody to write to today. ``text_key`` is the same for those who get the same words."""

    enrolment_id: int
    person_id: int
    person: str
    title: str
    company: str
    programme: str  # its code
    step: str  # its id
    step_title: Msg  # "day 3", "week 2", "month 2"
    stage: str
    channel: str
    text_key: str
    by_hand: bool = False
    since: date | None = None  # the day it was due, where that is past
    missed: tuple[Msg, ...] = ()  # steps that were not sent before this one came
    skippable: bool = False  # of which each is by hand, and need not be a message at all
    unwritten: bool = False  # there are no words for it: the operator's own are wanted


def behind(one: MessageLine, today: date) -> Msg | None:
    """What was not sent on its day, and why it is passed over or still goes; None of nothing."""
    if one.missed:
        text = N_("{steps} missed: not sent before {step} came")
        return msg(text, steps=listed(one.missed), step=one.step_title)
    if one.since is not None:
        text = N_("not sent on its day, {day}; it still can go")
        return msg(text, day=short_day(one.since, today))
    return None


@dataclass(frozen=True, slots=True)
class Slot:
    """Those whose hour is the same: ``title`` says whom and when ("staff, before lunch")."""

    code: str  # lunch, leaving, evening, or HH:MM
    title: Msg
    begins: datetime
    ends: datetime
    number: int  # in all; ``lines`` may hold fewer, the first of them
    lines: tuple[MessageLine, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody who wrote back and waits for an answer."""

    enrolment_id: int
    person_id: int
    person: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """People of today who get nothing, by one reason. ``until`` None: they have left, or wait for
    the operator where ``out`` is False."""

    why: Msg
    number: int
    until: date | None
    people: tuple[int, ...]  # the first of them
    out: bool = True


@dataclass(frozen=True, slots=True)
class Stale:
    """A piece of content that wants a look, and why."""

    content_id: int
    label: str
    why: Msg


@dataclass(frozen=True)
class Day:
    """What is to be written on a day: ``due`` people are left, ``sent`` have theirs, and
    ``answered_today`` of these wrote back; ``replied`` counts whoever wrote, of older messages or
    unasked, too. ``rate``: (answered, sent) of the last thirty days; ``targets``: the
    lowest and the highest share wanted of the programmes that wrote in them, ``wanted`` the
    replies that makes."""

    day: date
    due: int
    sent: int
    replied: int
    answered_today: int
    slots: tuple[Slot, ...]
    answered: tuple[Answered, ...]
    held: tuple[Held, ...]
    stale: tuple[Stale, ...]
    rate: tuple[int, int]
    targets: tuple[float, float]
    wanted: float


@dataclass(frozen=True, slots=True)
class Passed:
    """A step of the strip: ``state`` sent, replied, skipped, missed, now, ahead."""

    title: Msg
    words: Msg  # "features 03", "by hand"
    state: str
    on: date


@dataclass(frozen=True)
class MessageCard:
    """All that is wanted in sight for one message. ``text`` is filled in, '' where it is written
    by hand; ``blank`` are its fields of which nothing is known."""

    line: MessageLine
    wecom: bool | None
    phone: str
    email: str
    programme: str  # its title
    content_id: int | None
    label: str
    from_where: str  # the event or list they came by
    text: str
    blank: tuple[str, ...]
    link: str
    steps: tuple[Passed, ...]
    next_on: date | None
    next_title: Msg | None
    this_week: int  # messages and calls they had
    left_this_week: int | None  # that they may still get; None: no cap
    last_by_hand: bool = False


def not_yet(day: Day, shown: MessageLine, now: datetime) -> dict[int, datetime]:
    """Whose hour comes after ``now``, and after that of the one ``shown``; and when."""
    own = [
        slot.begins
        for slot in day.slots
        if any(one.enrolment_id == shown.enrolment_id for one in slot.lines)
    ]
    later = (slot for slot in day.slots if slot.begins > max([now, *own]))
    return {one.enrolment_id: slot.begins for slot in later for one in slot.lines}
