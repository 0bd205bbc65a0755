"""What is asked about an outcome, and what the answer means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from opslog.domain.calls.contact_limits import MODE_TITLES
from opslog.domain.calls.outcomes import INSTEAD, Outcome, Outcomes, purpose_title
from opslog.domain.calls.queue import CallCard, QueueLine
from opslog.domain.leads.leads import Said
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.book.new_times import NewTime
from opslog.services.calls import calling, contact_limits, not_now
from opslog.services.calls.attendance.door import Substitute
from opslog.services.calls.call_files import books
from opslog.services.calls.wording import moment
from opslog.tui.calls.attendance.door import who_instead
from opslog.tui.leads.forms import lead_form
from opslog.tui.widgets.asking.new_time import new_time_text
from opslog.tui.widgets.asking.prompt import Choice, Prompt
from opslog.tui.widgets.asking.typed import Typed


class Answered(NamedTuple):
    """What the question of an outcome was answered; nothing where it was left out."""

    reason: str = ""
    when: datetime | None = None
    lead: Said | None = None
    instead: Substitute | None = None


Records = Callable[[Answered], None]  # logs the outcome


@dataclass(frozen=True)
class About:
    """Whom a call is with and what for; ``card_id`` None: for no event."""

    person: str
    person_id: int
    card_id: int | None
    purpose: str
    lane: str


def question(
    book: Book, outcomes: Outcomes, about: About, outcome: Outcome, records: Records, kind: str
) -> Typed[None] | None:
    """The line to open before this outcome is recorded; None where nothing is asked. ``kind`` is
    where it is asked, for what is half typed: a ``promise`` of a card, or a ``person``."""

    def saves(text: str) -> None:
        records(answer(book, outcomes, about, outcome, text))

    if outcome.ask == "lead":
        return lead_form(
            book,
            about.person_id,
            lambda said: records(Answered(lead=said)),
            f"take('{outcome.code}')",
        )
    ref = about.card_id if kind == "promise" and about.card_id else about.person_id
    where = Place(f"take('{outcome.code}')", kind, ref, about.person_id)
    if outcome.ask == INSTEAD and about.card_id is not None:
        return who_instead(book, about.person, where, lambda who: records(Answered(instead=who)))
    if outcome.ask == "when":
        return Prompt(
            msg(N_("{person}: {outcome}. When?"), person=about.person, outcome=outcome.title),
            saves=saves,
            where=where,
            placeholder=_("15:30  fri  tomorrow 3pm  +3d; Enter alone: as the rule says"),
            check=lambda text: _promised(book, about, promise(book, about, outcome, text)),
        )
    if outcome.ask == "why":
        return Prompt(
            msg(N_("{person}: {outcome}. Why?"), person=about.person, outcome=outcome.title),
            saves=saves,
            where=where,
            offers=[str(title) for title in outcomes.reasons.values()],
            placeholder=_("a number, or any words; Enter alone: not said"),
            check=lambda text: f"→ {outcomes.reason(reason(outcomes, text))}",
        )
    return None


def answer(book: Book, outcomes: Outcomes, about: About, outcome: Outcome, text: str) -> Answered:
    """The reason or the promised time in what was typed.

    Raises Refused for a time that can't be promised.
    """
    if outcome.ask == "when":
        at = promise(book, about, outcome, text).at if text.strip() else None
        return Answered(when=at)
    return Answered(reason(outcomes, text))


def promise(book: Book, about: About, outcome: Outcome, text: str) -> NewTime:
    return calling.read_promise(book, about.card_id, about.purpose, about.lane, outcome.code, text)


def _promised(book: Book, about: About, time: NewTime) -> str:
    warning = calling.promise_warning(book, about.purpose, time.at)
    return new_time_text(str(moment(book, time.at)), time.moved, warning)


def reason(outcomes: Outcomes, text: str) -> str:
    """The code of a reason by its number or by words of its name; anything else is in the
    operator's own words."""
    text = text.strip()
    codes = list(outcomes.reasons)
    if text.isdecimal() and 1 <= int(text) <= len(codes):
        return codes[int(text) - 1]
    return outcomes.meant(text)


def limits(book: Book) -> list[Choice]:
    """The modes of the caps, the present one marked, and the warning of too many calls."""
    found = books(book).limits
    modes = [
        Choice(mode, _(title), _("now") if mode == found.mode else "")
        for mode, title in MODE_TITLES.items()
    ]
    if found.an_hour or found.a_day:
        return [*modes, Choice("-", _("no warning of too many calls"))]
    return [*modes, Choice("+", _("warn of too many calls"))]


def set_limit(book: Book, key: str) -> Change:
    """What was chosen of ``limits``."""
    if key in MODE_TITLES:
        return contact_limits.set_mode(book, key)
    return contact_limits.set_warning(book, key == "+")


def not_now_until(book: Book, card: CallCard, puts_off: Callable[[datetime], None]) -> Prompt[None]:
    """Until when somebody is left out of the queue."""

    def read(text: str) -> NewTime:
        return not_now.read(book, card.person_id, text)

    def means(text: str) -> str:
        return new_time_text(str(moment(book, read(text).at)), read(text).moved)

    offers = not_now.offers(book, card.person_id)
    return Prompt(
        msg(N_("{person}: not now. When?"), person=card.person),
        saves=lambda text: puts_off(read(text).at),
        where=Place("not_now", "promise", card.card_id, card.person_id),
        offers=[f"{offer.title} {moment(book, offer.at)}" for offer in offers],
        placeholder=_("a number, or 15:30  fri  tomorrow 3pm; Enter alone: the first of these"),
        check=means,
    )


def filters(everyone: Sequence[QueueLine]) -> list[Choice]:
    """All, each purpose, each list, or part of it, with its purpose; ``purpose/list/stop`` is the
    key, without the list where several have people of the stop."""
    choices = [Choice("", _("everybody"), _count(len(everyone)))]
    parts = [part for entry in everyone for part in entry.parts]
    for purpose in sorted({part.purpose for part in parts}):
        number = len({part.person_id for part in parts if part.purpose == purpose})
        choices.append(Choice(purpose, str(purpose_title(purpose)), _count(number)))
    lists = Counter(stop for _roster, stop in {(part.roster_id, part.stop_id) for part in parts})
    each: dict[str, list[QueueLine]] = {}
    for part in parts:
        roster_id, stop_id, purpose = part.of_list
        of = "" if stop_id and lists[stop_id] > 1 else roster_id
        each.setdefault(f"{purpose}/{of}/{stop_id or ''}", []).append(part)
    for key, (first, *more) in each.items():
        label = f"{first.event} · {purpose_title(first.purpose)}"
        choices.append(Choice(key, label, _count(1 + len(more))))
    return choices


def _count(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=number)
