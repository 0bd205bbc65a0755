"""Calls: a ranked queue and a card. One digit says what came of it and shows the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from textual import on, work
from textual.screen import Screen
from textual.widgets import Input

from opslog.domain.calls.outcomes import ADD, PHONE, REMINDER, WECOM, Outcome
from opslog.domain.calls.queue import CallCard, QueueLine
from opslog.locale import N_, _, msg
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.calls import calling, not_now
from opslog.services.calls.queue import adding
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.tui.answers.sheet import AnswerSheet
from opslog.tui.calls import copying, questions
from opslog.tui.calls.actions import KEYS, SHOWN
from opslog.tui.calls.card.card import CallCardView
from opslog.tui.calls.desk import CallDesk, card_key
from opslog.tui.calls.head import counted
from opslog.tui.calls.questions import Answered
from opslog.tui.calls.queue import finding, which
from opslog.tui.calls.queue.rows import key_of
from opslog.tui.calls.queue.which import Which
from opslog.tui.frame.among import Among
from opslog.tui.frame.navigation import ask_later, open_screen
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choice, Choose, Confirm, Prompt, Told
from opslog.tui.widgets.lists.digit_grid import DigitGrid

# A card left open for longer than this was no call: its time is not written down.
LONGEST_CALL = 90 * 60  # seconds


class CallsScreen(CallDesk):
    """What each key does. The queue holds the focus."""

    CSS_PATH = "calls.tcss"
    HELP = N_(
        "Whom to call or write to now, in order; the card says why. A digit says what came of it, "
        "is saved at once and shows the next. m before it adds a note. What is asked about an "
        "outcome is taken with Enter, left out with Enter alone, and Esc takes the outcome back."
    )
    BINDINGS = bind(*KEYS, show=SHOWN)

    async def show(self, kind: str, ref: int) -> None:
        """The reminders of an event, the people of a call list, or a card whose call was
        promised."""
        self._which = {
            "reminder": Which(REMINDER, ref, later=True),
            "calls": Which(roster_id=ref, later=True),
        }.get(kind, Which(later=True))
        self._reload()
        wanted = next(
            (
                key_of(line)
                for line in self._rows.lines
                if any(part.card_id == ref for part in line.parts)
            ),
            None,
        )
        if kind == "promise" and wanted is not None:
            self.queue.select(wanted)
            self._show_card()

    def anew(self) -> CallsScreen:
        fresh = CallsScreen()
        fresh._which, fresh._notes, fresh._lanes = self._which, self._notes, self._lanes
        return fresh

    def export_shown(self) -> Shown:
        """The queue as it stands; all is everybody still to be called."""
        keys = [key_of(entry) for entry in self._rows.lines]
        return Shown("queue", Scope(keys=keys), at_event=self._which.event_id)

    def _minutes(self) -> int | None:
        """What the log is told; nothing for under half a minute, or for a card left lying."""
        seconds = self._seconds()
        return None if seconds > LONGEST_CALL else (seconds + 30) // 60 or None

    def action_start(self) -> None:
        if self._card is None:
            self._show_card()
        self._began = self.book.now()
        self.query_one(CallCardView).tick(self._clock_text())

    # -- outcomes ----------------------------------------------------------------------------

    async def action_outcome(self, digit: int) -> None:
        card = self._meant()
        if card is None:
            return
        if self._seen.held(str(digit), self.host.typed_at):
            self.say(_("A digit held down answers one call only"), "warn")
            return
        outcome = card.outcomes.by_digit(digit)
        if outcome is None:
            self.say(_("{digit} stands for nothing here").format(digit=digit), "warn")
            return
        await self._take(card, outcome, self._minutes())

    async def action_more(self) -> None:
        card = self._meant()
        if card is None:
            return
        minutes = self._minutes()
        choices = [Choice(outcome.code, str(outcome.title)) for outcome in card.outcomes.more]

        def taken(code: str | None) -> None:
            outcome = card.outcomes.get(code or "")
            if outcome is not None:
                self.call_later(self._take, card, outcome, minutes)

        await self._ask(Choose(_("What came of it?"), choices), taken)

    async def action_take(self, code: str) -> None:
        """An outcome by its name: what was half typed for it is taken up."""
        card = self._shown()
        if card is not None and (outcome := card.outcomes.get(code)) is not None:
            await self._take(card, outcome, self._minutes())

    def _shown(self) -> CallCard | None:
        if self._card is None:
            self.say(_("Nobody is shown: choose somebody with the arrows"), "warn")
        return self._card

    def _meant(self) -> CallCard | None:
        """The card shown, for a key that writes at once: it must have been typed for it."""
        card = self._shown()
        if card is None or self._seen.meant(self.host.typed_at):
            return card
        said = _("The card had just changed to {person}; press again if that is meant")
        self.say(said.format(person=card.person), "warn")
        return None

    async def _take(self, card: CallCard, outcome: Outcome, minutes: int | None) -> None:
        """Record an outcome, after its question where it has one."""
        assert self._outcomes is not None

        def records(said: Answered) -> None:
            self._record(card, outcome, minutes, said)

        about = questions.About(card.person, card.person_id, card.card_id, card.purpose, card.lane)
        question = questions.question(self.book, self._outcomes, about, outcome, records, "promise")
        if question is None:
            records(Answered())
        else:
            await self._ask(question)

    async def _ask(self, question: Screen[Any], taken: Callable[[Any], None] | None = None) -> None:
        """Open a question before the next key is read, so that it already goes there."""
        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))

    def _record(
        self,
        card: CallCard,
        outcome: Outcome,
        minutes: int | None,
        said: Answered,
        *,
        besides: bool = False,
    ) -> None:
        """Write it; only when it is in the file does the next card show. Where the person was
        called or written to since the card was drawn, ask whether it counts ``besides``. Raises
        Refused."""
        key = card_key(card)
        call = self._call[1] if self._call is not None and self._call[0] == key else None
        note = self._notes.get(key, "")
        if card.purpose == ADD:
            change = adding.record(self.book, card.card_id, outcome.code, note=note, when=said.when)
        else:
            try:
                change = calling.record(
                    self.book,
                    card.card_id,
                    card.purpose,
                    outcome.code,
                    lane=card.lane,
                    note=note,
                    minutes=minutes,
                    call=call,
                    **said._asdict(),
                    follows=None if besides else card.follows,
                )
            except calling.TouchedSince as meanwhile:
                writes = partial(
                    self._record,
                    *(card, outcome, minutes, said),
                    besides=True,
                )
                self.call_later(self._offer_again, str(meanwhile), outcome, writes)
                return
        self._call = (key, call or change.made) if outcome.answered else None
        self._notes.written(self.book, key)
        self._lanes.pop(key, None)
        self._announce(card, change)

    @work(group="ask")
    async def _offer_again(
        self, meanwhile: str, outcome: Outcome, writes: Callable[[], None]
    ) -> None:
        """What was pressed is not lost: it is written besides, where that is meant."""
        question = _("{meanwhile}. Write “{outcome}” as well?")
        sure = await self.host.ask(
            Confirm(
                question.format(meanwhile=meanwhile, outcome=outcome.title),
                yes=_("write it as well"),
                no=_("leave it"),
            )
        )
        if sure:
            self.call_later(writes)

    def _announce(self, card: CallCard, change: Change) -> None:
        """What was done with this card: only its line changes, and the next one shows."""
        self._mine = card
        try:
            self.host.announce(change)
        finally:
            self._mine = None

    # -- other keys --------------------------------------------------------------------------

    async def action_not_now(self) -> None:
        card = self._shown()
        if card is None:
            return

        def puts_off(until: datetime) -> None:
            self._announce(card, not_now.put_off(self.book, card.person_id, until))

        await self._ask(questions.not_now_until(self.book, card, puts_off))

    async def action_note(self) -> None:
        card = self._shown()
        if card is None:
            return

        def saves(text: str) -> None:
            self._notes[card_key(card)] = text.strip()
            self._draw()

        await self._ask(
            Prompt(
                msg(N_("Note on the call with {person}"), person=card.person),
                self._notes.get(card_key(card), ""),
                saves=saves,
                where=Place("note", "promise", card.card_id, card.person_id),
            )
        )

    def action_lane(self) -> None:
        card = self._shown()
        if card is not None and card.purpose != ADD:
            self._lanes[card_key(card)] = PHONE if card.lane == WECOM else WECOM
            self._show_card()

    def action_lanes(self) -> None:
        """The queue's next lane; whoever was shown stays, where they are in it."""
        self._which = replace(self._which, lane=self._which.next_lane)
        self._reload()
        self.say(_(which.TITLES[self._which.lane]))

    def action_wecom(self) -> None:
        card = self._meant()
        if card is not None:
            self._lanes.pop(card_key(card), None)
            self.host.do(lambda: person_card.set_wecom(self.book, card.person_id, not card.wecom))

    def action_programme(self) -> None:
        if card := self._shown():
            ask_later(self.host, "programme", [card.person_id])

    def action_do_not_call(self) -> None:
        from opslog.tui.people.forms import change_bars

        if card := self._shown():
            change_bars(self.host, card.person_id)

    def action_copy(self) -> None:
        """The number as it is dialled here; on WeCom the message."""
        if card := self._shown():
            copying.copy(self, card, words=card.lane == WECOM)

    def action_copy_other(self) -> None:
        if card := self._shown():
            copying.copy(self, card, words=card.lane != WECOM)

    def action_qr(self) -> None:
        card = self._shown()
        if card is None:
            return
        if not card.phone:
            self.say(_("There is no number to show"), "warn")
            return
        from opslog.tui.calls.card.qr import QrScreen

        self.app.push_screen(QrScreen(card.person, card.phone))

    @work(group="ask")
    async def action_tags(self) -> None:
        from opslog.tui.people.forms import ask_tags

        if card := self._shown():
            await ask_tags(self.host, [card.person_id])

    def action_edit(self) -> None:
        """What is asked in this call; where nothing is, the fields of the person."""
        card, sheet = self._shown(), self.query_one(AnswerSheet)
        if card is not None and sheet.asked:
            self.query_one(DigitGrid).display = False
            sheet.open()
        elif card is not None:
            self._edit_fields(card.person_id)

    @work(group="ask")
    async def _edit_fields(self, person_id: int) -> None:
        from opslog.tui.people.forms import ask_fields

        await ask_fields(self.host, person_id)

    @on(AnswerSheet.Closed)
    def _answered(self) -> None:
        self.query_one(DigitGrid).display = True
        self.queue.focus()

    @work(group="ask")
    async def action_instead(self) -> None:
        from opslog.tui.calls.attendance.door import ask_instead

        if card := self._shown():
            await ask_instead(self.host, card.card_id, card.person, came=False)

    @work(group="ask")
    async def action_guests(self) -> None:
        from opslog.tui.calls.attendance.door import ask_guests

        if card := self._shown():
            await ask_guests(self.host, card.card_id, card.person)

    def action_person(self) -> None:
        if card := self._shown():
            people = [entry.person_id for entry in self._rows.lines]
            among = Among(
                *(_("Calls"), lambda: len(people)),
                lambda person: people.index(person) if person in people else None,
                lambda place: people[place],
            )
            open_screen(self.app, "person", card.person_id, among)

    @work(group="ask")
    async def action_forecast(self) -> None:
        """The sum behind how many are expected."""
        card = self._shown()
        forecast = self._how_far(card).forecast if card else None
        if card and forecast is None:
            self.say(_("How many will come is reckoned for an event with reminder calls"), "warn")
        if card and forecast:
            await self.host.ask(Told(card.event, counted(forecast)))

    def action_later(self) -> None:
        self._which = replace(self._which, later=not self._which.later)
        self._reload()
        shown = _("Those whose time comes later are shown too")
        self.say(shown if self._which.later else _("Those whose time comes later are hidden"))

    async def action_limits(self) -> None:
        """Another mode of the caps, or the warning off and on; each can be undone."""

        def taken(key: str | None) -> None:
            if key is not None:
                self.host.do(lambda: questions.set_limit(self.book, key))

        await self._ask(
            Choose(_("How often are people contacted?"), questions.limits(self.book)), taken
        )

    async def action_filter(self) -> None:
        """Somebody of the queue, one purpose, one list, or all."""
        everyone = call_queue.queue(self.book, later=True)

        def taken(key: str | None) -> None:
            if key is None:
                return
            if (entry := finding.entry(everyone, key)) is not None:
                self._go_to_line(entry)
                return
            purpose, roster, stop_id = (*key.split("/"), "", "")[:3]
            roster_id = int(roster) if roster else None
            stop = (int(stop_id) if stop_id else None,) if roster or stop_id else None
            parts = (part for entry in everyone for part in entry.parts)
            event_id = next((p.event_id for p in parts if _is_of(p, roster_id, stop)), None)
            later = self._which.later or bool(purpose)
            lane = self._which.lane
            self._which = Which(purpose or None, event_id, later, roster_id, lane, stop)
            self._reload()

        await self._ask(finding.Finding(questions.filters(everyone), everyone), taken)

    def _go_to_line(self, entry: QueueLine) -> None:
        """Show somebody; where the queue as it is narrowed leaves them out, all of it."""
        if self._rows.get(key_of(entry)) is None:
            self._which = Which(later=True)
            self._reload()
        if self.queue.select(key_of(entry)):
            self._show_card()

    def action_attendance(self) -> None:
        from opslog.tui.calls.attendance.attendance import AttendanceScreen

        event_id = self._which.event_id
        if event_id is None and self._card and self._card.purpose == REMINDER:
            event_id = self._card.event_id
        self.app.push_screen(AttendanceScreen(event_id))

    def action_left_out(self) -> None:
        from opslog.tui.calls.left_out import LeftOutScreen

        self.app.push_screen(LeftOutScreen(self._left_now))

    @work(group="ask")
    async def action_old(self) -> None:
        """The old call-backs by list; one that is opened there stands in the queue."""
        from opslog.tui.calls.old import OldScreen

        one = await self.app.push_screen_wait(OldScreen())
        if one is not None:
            roster_id, apart, stop_id = one.cards
            stop = (stop_id,) if apart else None
            self._which = Which(one.purpose, one.event_id, True, roster_id, stop=stop)
            self._reload()

    def action_pass_on(self) -> None:
        from opslog.tui.calls.pass_on import PassOnScreen

        self.app.push_screen(PassOnScreen(self._which.event_id))

    def action_feedback(self) -> None:
        open_screen(self.app, "feedback", self._which.event_id)


def _is_of(part: QueueLine, roster_id: int | None, stop: tuple[int | None] | None) -> bool:
    """Whether it is of a list, or of a stop that several lists have people of."""
    return part.roster_id == roster_id or (roster_id is None and stop == (part.stop_id,))
