"""Screening: one card a row, one key a verdict, the next card at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from time import monotonic

from textual import work

from opslog.domain.base.sentences import listed
from opslog.domain.screening.pace import LOOKED_AT
from opslog.domain.screening.rounds import DROP, KEEP, PARK, UNDECIDED, Verdict
from opslog.locale import N_, _, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.people import card as person_card
from opslog.services.screening import own_reasons, rounds
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.navigation import ask_later, open_screen
from opslog.tui.frame.shown import Shown
from opslog.tui.people.forms import ask_fields, ask_note, ask_tags, change_bars
from opslog.tui.screening.actions import CARD, CLOSE, NEXT
from opslog.tui.screening.desk import RoundDesk
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import NEW, Choice, Choose, Confirm
from opslog.tui.widgets.text import line

OF_A_CARD = (frozenset(CARD) | OF_A_ROW) - {
    *("screening.keep", "screening.back", "screening.undecide", "screening.more"),
    *(f"screening.drop{digit}" for digit in range(1, 9)),
}
MOST_DROPPED = 500  # of one reason shown at the end, more than anybody looks through
PAUSE_SECONDS = 0.7  # since the last verdict, after which Enter is meant for the end of the round


class ScreeningScreen(RoundDesk):
    """A round of one list, from its first undecided row to its end."""

    HELP = N_(
        "One key decides one row and shows the next: Enter keeps it, a digit drops it for that "
        "reason. Nothing needs saving; u takes the newest verdict back."
    )
    CSS_PATH = "screening.tcss"
    IDLE = N_("No row is shown: this is the end of the round")
    BINDINGS = bind(
        *(NEXT, CLOSE, "item.tags", "item.edit", "item.wecom", "item.note", "item.do_not_call"),
        "item.programme",
        show=(NEXT, CLOSE, "item.tags", "item.edit", "item.wecom"),
    )

    def anew(self) -> ScreeningScreen:
        fresh = ScreeningScreen(self.round_id, self.current)
        fresh._last, fresh._last_company = self._last, self._last_company
        return fresh

    # -- verdicts -----------------------------------------------------------------

    def action_keep(self) -> None:
        if self.current is not None:
            self._decide(KEEP)
        elif self._paused():
            self._go_on()

    def _paused(self) -> bool:
        """Whether a key at the end of a round was pressed for it: one held down, or typed ahead of
        the last row, must not run through to what comes after."""
        before, self._pressed = self._pressed, monotonic()
        if self._pressed - before > PAUSE_SECONDS:
            return True
        self.say(_("The round is at its end; Enter once more goes on"))
        return False

    def _go_on(self) -> None:
        """To the row that is left, else to the next round."""
        if self.deck is not None and self.deck.round.open and self.deck.left:
            self.action_look(-1)
        else:
            self.action_next_round()

    def action_drop(self, digit: int) -> None:
        reason = own_kinds.reasons(self.book).by_digit(digit)
        if reason is None:
            return
        if self.current is not None:
            self._decide(DROP, reason.code)
        elif self._paused():
            self._show_dropped({reason.code: str(reason.title)})

    @work(group="ask")
    async def _show_dropped(self, titles: Mapping[str, str]) -> None:
        """At the end of a round: who was dropped for this, each to be looked at again."""
        if self.deck is None:
            return
        deck, title = self.deck, listed(titles.values())
        ids = [row.card_id for row in deck.lines if deck.of(row.card_id).reason in titles]
        if not ids:
            self.say(_("nobody was dropped in this round: {reason}").format(reason=title))
            return
        named = self._briefs_of(ids[:MOST_DROPPED])
        choices = [
            Choice(str(one.card_id), "  ".join(filter(None, (one.called, one.company))))
            for one in named
        ]
        chosen = await self.host.ask(Choose(_("Dropped: {reason}").format(reason=title), choices))
        if chosen and int(chosen) in deck:
            self._show(int(chosen))

    def action_park(self) -> None:
        if self.current is not None:
            self._decide(PARK)

    def action_take(self) -> None:
        """The first suggestion, entered with the name of its rule."""
        if self.current is None:
            return
        card = self._card(self.current)
        if not card.suggestions:
            self.say(_("nothing is suggested for this row"))
            return
        first = card.suggestions[0]
        self._decide(first.verdict, first.reason, by=first.rule)

    @work(group="ask")
    async def action_more(self) -> None:
        """The reasons without a digit, as a typed list; other words make a new one."""
        asked = self.current
        if asked is None:
            others = own_kinds.reasons(self.book).more
            self._show_dropped({reason.code: str(reason.title) for reason in others})
            return
        choices = [
            Choice(reason.code, str(reason.title)) for reason in own_kinds.reasons(self.book).more
        ]
        new = _("New reason: {text}")
        code = await self.host.ask(Choose(_("Drop for which reason?"), choices, new=new))
        if code and asked == self.current:
            if code.startswith(NEW):
                code = own_reasons.add(self.book, code.removeprefix(NEW))
            self._decide(DROP, code)

    def _decide(self, verdict: str, reason: str = "", by: str = "operator") -> None:
        """Write the verdict; only when it is in the file does the next card show."""
        card_id, deck = self.current, self.deck
        assert card_id is not None
        assert deck is not None
        with self._own():
            change = self.host.do(
                lambda: rounds.decide(self.book, self.round_id, card_id, verdict, reason, by)
            )
        if change is None:
            return
        deck.put(card_id, Verdict(verdict, reason))
        self._times = [*self._times[1 - LOOKED_AT :], self.book.now()]
        shown = self._read_cards.get(card_id)
        if verdict != PARK and shown is not None:
            self._last, self._last_company = card_id, shown.person.company
        self._forget_company(card_id)
        self._pressed = monotonic()
        self._show(deck.following(card_id))

    def action_same(self) -> None:
        last = self._last
        if last is None or self.deck is None or last not in self.deck:
            self.say(_("decide a row first; * then does the same for its company"))
            return
        deck, others = self.deck, self.deck.company_waiting(last)
        if not others:
            text = _("nobody else of {company} is undecided here")
            self.say(text.format(company=self._last_company))
            return
        with self._own():
            change = self.host.do(lambda: rounds.decide_company(self.book, self.round_id, last))
        if change is None:
            return
        if len(change.touched.get("decision", ())) != len(others):  # another window was here
            self._reload()
            return
        for card_id in others:
            deck.put(card_id, deck.of(last))
        self._read_cards.clear()
        shown = self.current
        if shown is not None and deck.of(shown).verdict in (UNDECIDED, PARK):
            self._show(shown)
        else:
            self._show(deck.first())

    def action_undecide(self) -> None:
        card_id = self.current
        if self.deck is None:
            return
        if card_id is None:
            if self.deck.round.open:
                self.say(_(self.IDLE))
            else:
                self._reopen()
            return
        if self.deck.of(card_id).verdict == UNDECIDED:
            last = self._last
            if last is None or last not in self.deck or not self.deck.of(last).decided:
                self.say(_("this row is undecided; ← looks back"))
                return
            card_id = last  # as the foot of the card says
        with self._own():
            change = self.host.do(lambda: rounds.undecide(self.book, self.round_id, card_id))
        if change is not None:
            self.deck.put(card_id, Verdict(UNDECIDED))
            self._forget_company(card_id)
            self._show(card_id)

    def action_look(self, by: int) -> None:
        """Back or ahead; from the end, back to what is left or to the row decided last."""
        deck = self.deck
        if deck is None or not deck.lines:
            return
        if self.current is None:
            if by < 0:
                last = self._last if self._last in deck else deck.lines[-1].card_id
                left = deck.first() if deck.round.open else None
                self._show(last if left is None else left)
            return
        card_id = deck.before(self.current) if by < 0 else deck.after(self.current)
        if card_id is not None:
            self._show(card_id)
        elif by > 0 and not deck.left:
            self._show(None)
        else:
            self.say(_("this is the first row") if by < 0 else _("this is the last row"))

    # -- the person on the card -----------------------------------------------------

    @work(group="ask")
    async def action_tags(self) -> None:
        if person_id := self._person():
            await ask_tags(self.host, [person_id])

    @work(group="ask")
    async def action_edit(self) -> None:
        if person_id := self._person():
            await ask_fields(self.host, person_id)

    @work(group="ask")
    async def action_note(self) -> None:
        if person_id := self._person():
            await ask_note(self.host, person_id)

    def action_wecom(self) -> None:
        if person_id := self._person():
            now = person_card.get(self.book, person_id).wecom
            self.host.do(lambda: person_card.set_wecom(self.book, person_id, not now))

    def action_do_not_call(self) -> None:
        if person_id := self._person():
            change_bars(self.host, person_id)

    def action_programme(self) -> None:
        if person_id := self._person():
            ask_later(self.host, "programme", [person_id])

    def action_history(self) -> None:
        if person_id := self._person():
            open_screen(self.app, "person", person_id)

    def _person(self) -> int | None:
        if self.deck is None or self.current is None:
            return None
        return self.deck.line(self.current).person_id

    @property
    def idle_keys(self) -> Collection[str]:
        """At the end of a round what needs a card."""
        return OF_A_CARD if self.current is None else ()

    @property
    def silent_keys(self) -> Collection[str]:
        """On a card what closes the round; at the end of it what needs a card."""
        deck = self.deck
        if self.current is not None or deck is None:
            return (NEXT, CLOSE)
        left_out = {"screening.ahead", "screening.history", *OF_A_ROW}
        left_out |= {"screening.undecide"} if deck.round.open else {CLOSE}
        return left_out | {NEXT} if deck.round.open and deck.left else left_out

    def export_shown(self) -> Shown:
        """The people of this round, a row each; all is the list with every line."""
        if self.deck is None:
            return Shown("roster")
        people = [one.person_id for one in self.deck.lines]
        if self.deck.event_id is None:
            return Shown("people", Scope(keys=people))
        return Shown("roster", Scope(self.deck.event_id, people=frozenset(people)))

    # -- the end of a round -----------------------------------------------------------

    @work(group="ask")
    async def action_close(self) -> None:
        """Close the round; with rows left only when asked again."""
        deck = self.deck
        if deck is None:
            return
        if not deck.round.open:
            self.say(_("this round is closed"))
            return
        if deck.left:
            question = ngettext(
                "{n} row is not decided. Close the round? The row goes on into the next.",
                "{n} rows are not decided. Close the round? They go on into the next.",
                deck.left,
            ).format(n=deck.left)
            counts = line(str(rounds.counts_text(deck.counts(), own_kinds.reasons(self.book))))
            if not await self.host.ask(Confirm(question, [counts], yes=_("close"), no=_("go on"))):
                return
        with self._own():
            self._close()
        self._reload()
        self._show(None)

    def action_next_round(self) -> None:
        """Close this round, where nothing is left, and open the next."""
        deck = self.deck
        if deck is None:
            return
        if deck.round.open and deck.left:
            text = ngettext(
                "{n} row is left; {key} closes the round as it is",
                "{n} rows are left; {key} closes the round as it is",
                deck.left,
            )
            self.say(text.format(n=deck.left, key=self._key(CLOSE)), "warn")
            return
        with self._own():
            closed = not deck.round.open or self._close() is not None
            opened = closed and self.host.do(
                lambda: rounds.open_round(self.book, deck.round.roster_id)
            )
        if opened:
            self.round_id, self._last, self.current = opened.made, None, None
            self._reload()
        else:
            self._reload()
            self._show(None)

    def _reopen(self) -> None:
        with self._own():
            self.host.do(lambda: rounds.reopen(self.book, self.round_id))
        self._reload()

    def _close(self) -> Change | None:
        return self.host.do(lambda: rounds.close_round(self.book, self.round_id, force=True))
