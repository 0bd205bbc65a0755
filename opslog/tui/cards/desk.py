"""A digit on a person's card: what came of a call or message with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from opslog.domain.calls.outcomes import LANE_TITLES, PHONE, WECOM, Outcome, OutcomeSet
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.people.card import Person
from opslog.locale import _
from opslog.services.book.book import Change
from opslog.services.calls import calling, off_list
from opslog.services.calls.call_files import books
from opslog.tui.calls import questions
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.prompt import Choice, Choose


class PersonDesk(Base[None]):
    """Who is shown and what they wait for. PersonScreen draws it, and adds the keys."""

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self.person_id = person_id
        self._person: Person | None = None
        self._queued: QueueLine | None = None
        self._lane = ""  # the one chosen; '' as the person is reached
        self._direction = OUT  # of the call that is logged next

    def _show(self) -> None:
        """Draw what is known now."""
        raise NotImplementedError

    @property
    def lane(self) -> str:
        return self._lane or (self._queued.lane if self._queued else PHONE)

    def _outcomes(self) -> OutcomeSet:
        """Those of the queue the person stands in, else of a call-back of no event."""
        if self._queued is None:
            return off_list.outcomes(self.book, self.lane)
        return books(self.book).outcomes.of(self._queued.purpose, self.lane)

    def action_lane(self) -> None:
        self._lane = PHONE if self.lane == WECOM else WECOM
        self._show()
        self.say(_("Logged as: {lane}").format(lane=_(LANE_TITLES[self.lane])))

    def action_they_called(self) -> None:
        """The outcome that comes next is of a call that came in; once more: it is not."""
        self._direction = OUT if self._direction == IN else IN
        self._show()

    async def action_outcome(self, digit: int) -> None:
        outcome = self._outcomes().by_digit(digit)
        if outcome is None:
            self.say(_("{digit} stands for nothing here").format(digit=digit), "warn")
            return
        await self._take(outcome)

    async def action_more(self) -> None:
        outcomes = self._outcomes()

        def taken(code: str | None) -> None:
            if outcome := outcomes.get(code or ""):
                self.call_later(self._take, outcome)

        choices = [Choice(one.code, str(one.title)) for one in outcomes.more]
        await self._ask(Choose(_("What came of it?"), choices), taken)

    async def action_take(self, code: str) -> None:
        """An outcome by its name: what was half typed for it is taken up."""
        if outcome := self._outcomes().get(code):
            await self._take(outcome)

    async def _take(self, outcome: Outcome) -> None:
        """Log it, after its question where it has one."""

        def records(reason: str = "", when: datetime | None = None) -> None:
            self.host.do(lambda: self._record(outcome, reason, when))

        queued = self._queued
        about = questions.About(
            self._person.called if self._person else "",
            self.person_id,
            queued.card_id if queued else None,
            queued.purpose if queued else off_list.PURPOSE,
            self.lane,
        )
        question = questions.question(
            self.book, books(self.book).outcomes, about, outcome, records, "person"
        )
        if question is None:
            records()
        else:
            await self._ask(question)

    def _record(self, outcome: Outcome, reason: str, when: datetime | None) -> Change:
        queued, direction = self._queued, self._direction
        self._direction = OUT
        if queued is None:
            return off_list.record(
                *(self.book, self.person_id, outcome.code),
                lane=self.lane,
                reason=reason,
                when=when,
                direction=direction,
            )
        return calling.record(
            *(self.book, queued.card_id, queued.purpose, outcome.code),
            lane=self.lane,
            reason=reason,
            when=when,
            direction=direction,
        )

    async def _ask(self, question: Screen[Any], taken: Any = None) -> None:
        """Open a question before the next key is read, so that it already goes there."""
        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))
