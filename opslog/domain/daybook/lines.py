"""The day's log: its lines, their follow-ups, and what a capture line would become."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.meant import Choice, meant

if TYPE_CHECKING:  # Today needs follow-ups at every start, and not the reading of lines
    from opslog.domain.daybook.captured import Captured, Span

IN_A_LABEL = 40  # characters of a line that a change is named by
TYPED = "typed"  # the source of a line somebody wrote; every other source wrote it by itself


class Named(NamedTuple):
    """Somebody or something by name; ``id`` None where nobody of that name is known."""

    id: int | None
    name: str


class FollowUp(NamedTuple):
    """Something to come back to. ``due`` is an instant; ``timed`` False: any time that day.

    ``log_id`` None: a task of its own. ``flagged``: the line it came from is, or the task itself.
    """

    id: int
    log_id: int | None
    text: str
    due: datetime
    timed: bool = False
    done_at: datetime | None = None
    snoozed_until: datetime | None = None
    event: Named | None = None
    person: Named | None = None
    flagged: bool = False
    note: str = ""

    @property
    def open(self) -> bool:
        return self.done_at is None


class LogLine(NamedTuple):
    """A line of the log. ``at`` is an instant, ``minutes`` how long it took."""

    id: int
    at: datetime
    text: str
    tags: tuple[str, ...] = ()
    event: Named | None = None
    people: tuple[Named, ...] = ()
    minutes: int | None = None
    flagged: bool = False
    source: str = TYPED
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def automatic(self) -> bool:
        return self.source != TYPED

    @property
    def next_follow_up(self) -> FollowUp | None:
        """The open one due first."""
        waiting = [one for one in self.follow_ups if one.open]
        return min(waiting, key=lambda one: one.due, default=None)


class LogFilter(NamedTuple):
    """Which lines: those that hold every word of ``find``, and the ``tag``, and so on.

    ``most`` bounds how many ``find`` gives, the newest; 0: all of them.
    """

    find: str = ""
    tag: str = ""
    flagged: bool = False
    most: int = 0

    def __bool__(self) -> bool:
        return bool(self.find.strip() or self.tag or self.flagged)


class DayCount(NamedTuple):
    """A local day and how many lines it has."""

    day: date
    lines: int


class Planned(NamedTuple):
    """A follow-up a capture line asks for: an instant, and whether its time of day was said."""

    due: datetime
    timed: bool


class Understood(NamedTuple):
    """A capture line held against what is known. ``at`` is an instant.

    ``unknown`` are the marks that name no event (or more than one), and those of nobody known
    that touch the word before (研发+销售): they stay in ``text``. ``several`` are the names that
    more than one person has.
    ``at_said`` False: the line is of now.
    """

    captured: Captured
    text: str
    at: datetime
    at_said: bool
    event: Named | None = None
    people: tuple[Named, ...] = ()
    follow_ups: tuple[Planned, ...] = ()
    unknown: tuple[Span, ...] = ()
    several: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.text and not self.captured.spans


class KnownEvent(NamedTuple):
    """What is needed to tell which event a name means."""

    id: int
    name: str
    tag: str
    cancelled: bool = False


class Completion(NamedTuple):
    """A word that fits what is being typed; ``detail`` tells two of a name apart."""

    word: str
    detail: str = ""


def match_event(word: str, events: Iterable[KnownEvent]) -> KnownEvent | None:
    """The event that ``word`` names: its number, its name, or a part that only it has.

    One that was cancelled stands back where another fits. None where none or several fit.
    """
    known = {event.id: event for event in events}
    found = meant(
        word, (Choice(one.id, (one.name,), (one.tag,), one.cancelled) for one in known.values())
    )
    return known[found[0].id] if len(found) == 1 else None


def shortened(text: str) -> str:
    """A line as the name of a change quotes it."""
    return text if len(text) <= IN_A_LABEL else text[: IN_A_LABEL - 1] + "…"
