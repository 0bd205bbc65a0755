"""A digit on a person's card: what came of a call or message with them."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from opslog.domain.calls.outcomes import (
    LANE_TITLES,
    PHONE,
    WECOM,
    Outcome,
    OutcomeSet,
    purpose_title,
)
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.people.card import Person
from opslog.locale import _
from opslog.services.book.book import Change
from opslog.services.calls import off_list
from opslog.services.calls.call_files import books
from opslog.services.calls.queue.purposes import About
from opslog.services.events import events
from opslog.tui.calls import questions
from opslog.tui.calls.questions import Answered
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.asking.prompt import Choice, Choose


class PersonDesk(Base[None]):
    """Who is shown and what they wait for. PersonScreen draws it, and adds the keys."""

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self.person_id = person_id
        self._person: Person | None = None
        self._queued: QueueLine | None = None
        # What a call may be for, first that whose outcomes have the digits.
        self._abouts: list[About] = []
        self._lane = ""  # the one chosen; '' as the person is reached
        self._direction = OUT  # of the call that is logged next

    def _show(self) -> None:
        """Draw what is known now."""
        raise NotImplementedError  # there is no card without a screen that draws it

    @property
    def lane(self) -> str:
        return self._lane or (self._queued.lane if self._queued else PHONE)

    def _set(self, about: About) -> OutcomeSet:
        found = books(self.book).outcomes.of(about.purpose, self.lane)
        if self._direction == OUT:
            return found
        answered = [one for one in found.all if one.answered]  # who rings was reached
        return OutcomeSet(found.kind, found.lane, answered)

    def _outcomes(self) -> OutcomeSet:
        """Those of the queue the person stands in or of the event to come that they signed up
        for, else of a call-back of no event."""
        return self._set(self._abouts[0])

    def _about_text(self) -> str:
        about = self._abouts[0]
        if about.card_id is None or about.event_id is None:
            return _("of no event")
        event = events.get(self.book, about.event_id)
        return f"{purpose_title(about.purpose)} · {event.name}"

    def _more(self) -> dict[str, tuple[About, Outcome]]:
        """Those without a digit, then what else can come of a call, by name."""
        first, *others = self._abouts
        found = {one.code: (first, one) for one in self._set(first).more}
        known = {one.code for one in self._set(first).all}
        for about in others:
            for one in self._set(about).all:
                if one.code not in known:
                    found.setdefault(one.code, (about, one))
        return found

    def action_lane(self) -> None:
        self._lane = PHONE if self.lane == WECOM else WECOM
        self._show()
        self.say(_("Logged as: {lane}").format(lane=_(LANE_TITLES[self.lane])))

    def action_they_called(self) -> None:
        """The outcome that comes next is of a call that came in; once more: it is not."""
        self._direction = OUT if self._direction == IN else IN
        self._show()

    async def action_outcome(self, digit: int) -> None:
        about = self._abouts[0]
        outcome = self._set(about).by_digit(digit)
        if outcome is None:
            self.say(_("{digit} stands for nothing here").format(digit=digit), "warn")
            return
        await self._take(about, outcome)

    async def action_more(self) -> None:
        more = self._more()

        def taken(code: str | None) -> None:
            if code in more:
                self.call_later(self._take, *more[code])

        choices = [Choice(code, str(one.title)) for code, (_about, one) in more.items()]
        await self._ask(Choose(_("What came of it?"), choices), taken)

    async def action_take(self, code: str) -> None:
        """An outcome by its name: what was half typed for it is taken up."""
        about = self._abouts[0]
        if outcome := self._set(about).get(code):
            await self._take(about, outcome)
        elif code in (more := self._more()):
            await self._take(*more[code])

    async def _take(self, about: About, outcome: Outcome) -> None:
        """Log it, after its question where it has one."""

        def records(said: Answered) -> None:
            self.host.do(lambda: self._record(about, outcome, said))

        asked = questions.About(
            self._person.called if self._person else "",
            self.person_id,
            about.card_id,
            about.purpose,
            self.lane,
        )
        question = questions.question(
            self.book, books(self.book).outcomes, asked, outcome, records, "person"
        )
        if question is None:
            records(Answered())
        else:
            await self._ask(question)

    def _record(self, about: About, outcome: Outcome, said: Answered) -> Change:
        direction, self._direction = self._direction, OUT
        return off_list.put(
            *(self.book, self.person_id, about, outcome.code),
            lane=self.lane,
            direction=direction,
            **said._asdict(),
        )

    async def _ask(self, question: Screen[Any], taken: Any = None) -> None:
        """Open a question before the next key is read, so that it already goes there."""
        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))
