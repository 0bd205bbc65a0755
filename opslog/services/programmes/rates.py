"""What came of a programme's messages, by step, label and version, and whether it is worth
growing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from opslog.domain.programmes import rates
from opslog.domain.programmes.programme import SPAN_TITLES, SPANS, Programme, Step
from opslog.domain.programmes.rates import Counted, Counts
from opslog.locale import Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.programmes import programmes
from opslog.store.programmes import rates as store


class Rates(NamedTuple):
    """Of one programme. ``target``: replies wanted of a hundred, 0 where none is said."""

    programme: Programme
    rows: tuple[Counted, ...]
    target: int

    @property
    def total(self) -> Counts:
        return rates.total(self.rows)

    def verdicts(self) -> dict[str, Msg]:
        """Each step that was sent, in words."""
        steps, total = rates.of_steps(self.rows), self.total
        return {step: rates.verdict(one, total, self.target) for step, one in steps.items()}

    @property
    def weakest(self) -> Step | None:
        step = rates.weakest(self.rows, self.target)
        return self.programme.step(step) if step else None

    @property
    def span(self) -> str:
        """The next it could grow to, '' where it goes as far as its steps do."""
        spans = list(SPANS)
        longer = spans[spans.index(self.programme.runs) + 1 :]
        running = len(self.programme.running)
        return next(
            (
                span
                for span in longer
                if sum(step.day <= SPANS[span] for step in self.programme.steps) > running
            ),
            "",
        )

    @property
    def advice(self) -> Msg:
        weakest = self.weakest
        return rates.advice(
            self.total,
            self.target,
            now=msg(SPAN_TITLES[self.programme.runs]),
            then=msg(SPAN_TITLES[self.span]) if self.span else None,
            first=weakest.named if weakest else None,
        )


def of_programme(book: Book, code: str) -> Rates:
    """Raises Refused for no such programme."""
    programme = programmes.programme(book, code)
    order = {step.id: number for number, step in enumerate(programme.steps)}
    found = sorted(
        (_counted(programme, one) for one in store.rows(book.con, code, _joined(book))),
        key=lambda one: (order.get(one.step, len(order)), one.label, one.version, one.channel),
    )
    return Rates(programme, tuple(found), round(100 * programme.target))


def _joined(book: Book) -> set[str]:
    """The outcomes that say that somebody came on WeCom."""
    sets = own_kinds.outcomes(book).sets.values()
    return {one.code for outcomes in sets for one in outcomes.all if one.on_wecom}


class OfEvent(NamedTuple):
    """What a programme did for those who came by an event; ``opens`` gives the messages of
    ``sent``, ``replied`` and ``new``."""

    code: str
    title: Msg
    counts: Counts
    opens: Callable[[str], Callable[[], Sequence[int]]]


def of_event(book: Book, event_id: int) -> list[OfEvent]:
    """The most messages first."""
    joined = _joined(book)

    def opens(code: str) -> Callable[[str], Callable[[], Sequence[int]]]:
        return lambda which: partial(
            store.touches_of_event, book.con, event_id, joined, code, which
        )

    found = []
    for one in store.of_event(book.con, event_id, joined):
        rules = own_kinds.programme(book, one.programme)
        title = rules.named if rules else Msg("{text}", {"text": one.programme})
        counts = Counts(one.sent, 0, one.replied, one.new)
        found.append(OfEvent(one.programme, title, counts, opens(one.programme)))
    return found


def _counted(programme: Programme, row: store.Row) -> Counted:
    step = programme.step(row.step)
    label = "" if row.own else row.label or (step.label if step else "")
    version = 0 if row.own else row.version
    counts = Counts(row.sent, row.opened, row.replied, row.new)
    return Counted(row.step, label, version, row.lane, counts)
