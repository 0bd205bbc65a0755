"""What proves that a step of a plan is done, and how far it is (operator's rule: importing the
list closes "get the list", the last of sixty-five reminder calls closes the step).

A playbook names it: ``evidence = "callback-1"``. Evidence is what was done, never a tick: it is
read from lists, calls, marks and rounds, and opens again when more comes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from opslog.domain.events.events import DONE, PlanLine
from opslog.locale import N_, Msg, msg, nmsg

LIST = "list"  # taken in; for a step after the event, since it began
REMINDERS_BEFORE = "reminders-day-before"
REMINDERS_ON_DAY = "reminders-on-day"
ATTENDANCE = "attendance"  # everybody expected is marked as come or not
FIGURES = "figures"  # reach, views and shares are typed in
ANSWERS = "answers"  # an answer was given; answers-need: to that question of the talk tracks
ROUND = "round"  # a round of screening is closed: round-0 is tidying
CALLBACK = "callback"  # callback-1, callback-2 …
FOLLOWUP = "followup"  # followup-3: the calls three months after each asked
# Of plans of the operator's own: a report of that kind copied or saved, a backup made while the
# step waits. Nothing else tells of that afterwards, so it ticks the step then and there.
BACKUP = "backup"
OWN = ("report-day", "report-week", "report-month", BACKUP)
REMINDERS = (REMINDERS_BEFORE, REMINDERS_ON_DAY)
CALLS = (*REMINDERS, CALLBACK, FOLLOWUP)

_NUMBERS = [str(number) for number in range(100)]
_PLAIN = (LIST, *REMINDERS, ATTENDANCE, FIGURES)


class Evidence(NamedTuple):
    """``number``: which round or call-back, or after how many months; ``key``: which question, ''
    any."""

    kind: str
    number: int = 0
    key: str = ""


def read(name: str) -> Evidence | None:
    """Of its name in a playbook; None for one that is none."""
    if name in _PLAIN:
        return Evidence(name)
    kind, _dash, number = name.partition("-")
    if kind == ANSWERS and (number or name == ANSWERS):
        return Evidence(kind, key=number)
    if kind not in (ROUND, CALLBACK, FOLLOWUP) or number not in _NUMBERS[kind != ROUND :]:
        return None
    return Evidence(kind, int(number))


class HowFar(NamedTuple):
    """Of so many people, rows or marks so many are through; whether that is all there is to do
    (a round is through when it is closed, whatever was decided)."""

    done: int
    of: int
    proven: bool

    @property
    def open(self) -> int:
        return self.of - self.done


def calls_far(through: Iterable[bool]) -> HowFar:
    """Of everybody who is to be called, whether no further call waits for them: an outcome
    settled it, or the attempts are used up. Who is left out of the calls does not count, and
    where nobody is to be called nothing is proven."""
    each = list(through)
    return HowFar(sum(each), len(each), bool(each) and all(each))


def closed_by_hand(step: PlanLine, far: HowFar | None) -> Msg | None:
    """What is said of a step that was ticked off before its evidence was complete."""
    if step.state != DONE or step.proven or step.evidence in ("", *OWN):
        return None
    if far is None or far.proven or not far.open:
        return msg(N_("closed by hand"))
    return nmsg(
        N_("closed by hand · {n} of {of} open"),
        N_("closed by hand · {n} of {of} open"),
        far.open,
        of=far.of,
    )
