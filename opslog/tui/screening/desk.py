"""The card of a round, and how it follows what happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import near_day, short_moment
from opslog.domain.screening.card import Brief, ScreeningCard
from opslog.domain.screening.pace import pace
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import DROP, KEEP, Deck, verdict_name
from opslog.locale import _, ngettext
from opslog.services.book import own_kinds
from opslog.services.cards import cards
from opslog.services.rosters import rosters
from opslog.services.screening import beside, rounds
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.screening.card import ScreeningCardView
from opslog.tui.screening.round_end import End, beside_end, end_lines
from opslog.tui.screening.view import View
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.text import Line, line

COMING, MATES = 8, 12  # rows and colleagues told beside the card
GOING_ON = 40  # rows of the next round told at the end of one
READ_AHEAD = 40  # rows whose names are read at once


class RoundDesk(Base[None]):
    """The card holds the focus. ScreeningScreen adds the keys."""

    def __init__(self, round_id: int, card_id: int | None = None) -> None:
        super().__init__()
        self.round_id = round_id
        self.deck: Deck | None = None
        self.current: int | None = None  # the card shown; None at the end of the round
        self._first = card_id  # shown at first; else the first that is undecided
        self._last: int | None = None  # the card decided last: what * goes by
        self._last_company = ""
        self._pressed = 0.0  # when the last row was decided, or Enter pressed at the end
        self._read_cards: dict[int, ScreeningCard] = {}  # read while the eye is on the card before
        self._briefs: dict[int, Brief] = {}  # who the rows beside the card are, as far as read
        self._times: list[datetime] = []  # of the newest decisions, oldest first
        self._ended: End | None = None  # what the end shows, while it is in front
        self._mine = False  # a broadcast under way is our own verdict, already in the deck

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield ScreeningCardView()
            yield Pane(self._beside_end)

    @property
    def card_view(self) -> ScreeningCardView:
        return self.query_one(ScreeningCardView)

    def on_mount(self) -> None:
        self.card_view.focus()
        self._read_deck()
        assert self.deck is not None
        if self._first is not None and self._first in self.deck:
            self._show(self._first)
        else:
            self._show(self.deck.first() if self.deck.round.open else None)

    # -- showing ------------------------------------------------------------------

    def _read_deck(self) -> None:
        """Refused, and the screen is left, where the round is gone."""
        try:
            self.deck = rounds.deck(self.book, self.round_id)
        except Refused:
            self.leave()
            raise
        self._read_cards.clear()
        self._briefs.clear()
        self._times = beside.decided_at(self.book, self.round_id)

    def _show(self, card_id: int | None) -> None:
        """Draw a card, or the end of the round for None; then read the card to come."""
        before, self.current = self.current, card_id
        if before is None or card_id is None:
            self.refresh_bindings()  # the end of a round offers other keys
        assert self.deck is not None
        reasons = own_kinds.reasons(self.book)  # each look at the operator's own costs a stat
        if card_id is None:
            self._show_end(self._end(self.deck, reasons))
            return
        if self._ended is not None:
            self._show_end(None)
        self.card_view.show(
            replace(
                self._view(self.deck, card_id, reasons),
                coming=self._briefs_of(self.deck.coming(card_id, COMING)),
                pace=pace(self._times) if self.deck.round.open else None,
                last=self._last_text(reasons),
                same=self._same_text(reasons),
            )
        )
        self.call_after_refresh(self._read_next_cards)

    def _view(self, deck: Deck, card_id: int, reasons: Reasons) -> View:
        """A card with what is told of its row."""
        mates = self._briefs_of(deck.company(card_id)[:MATES])
        card = self._card(card_id)
        return View(deck, card, reasons, self._day, self._moment, self._key, mates=mates)

    def _end(self, deck: Deck, reasons: Reasons) -> End:
        roster_id = deck.round.roster_id
        state = next(iter(rosters.some(self.book, [roster_id])), None)
        return End(
            self.book,
            deck,
            reasons,
            self._key,
            over=state is None or state.ends_at <= self.book.now(),
            seconds=beside.spent_on(self.book, deck.round.id),
            state=state,
            coming=self._briefs_of(deck.going_on()[:GOING_ON]),
            others=[one for one in rosters.not_over(self.book) if one.roster_id != roster_id],
        )

    def _show_end(self, end: End | None) -> None:
        """The end of the round, open on both sides of a wide terminal; None: a card instead."""
        self.set_class(end is not None, "-end")
        self._ended = end
        if end is not None:
            self.card_view.show_end(partial(end_lines, end))
        self.query_one(Pane).rebuild()

    def _beside_end(self, cells: int, _rows: int) -> list[Line]:
        return [] if self._ended is None else beside_end(self._ended, cells)

    def _card(self, card_id: int) -> ScreeningCard:
        known = self._read_cards.get(card_id)
        if known is not None:
            return known
        self._read_cards[card_id] = cards.screening_card(self.book, self.round_id, card_id)
        return self._read_cards[card_id]

    def _read_next_cards(self) -> None:
        """Have the next card ready before it is asked for."""
        if self.deck is None or self.current is None or self.current not in self.deck:
            return
        wanted = self.deck.following(self.current)
        kept = {self.current, wanted}
        self._read_cards = {id: card for id, card in self._read_cards.items() if id in kept}
        if wanted is not None:
            self.card_view.prepare(self._view(self.deck, wanted, own_kinds.reasons(self.book)))
            ahead = self.deck.coming(wanted, COMING)
            if any(id not in self._briefs for id in ahead):
                self._briefs_of(self.deck.coming(wanted, READ_AHEAD))

    def _briefs_of(self, card_ids: Sequence[int]) -> list[Brief]:
        """Who these rows are; what is not known yet is read at once."""
        missing = [id for id in card_ids if id not in self._briefs]
        if missing:
            self._briefs |= beside.briefs(self.book, missing)
        return [self._briefs[id] for id in card_ids if id in self._briefs]

    def _day(self, moment: datetime) -> str:
        day = moment.astimezone(self.book.clock.zone).date()
        return str(near_day(day, self.book.today()))

    def _moment(self, moment: datetime) -> str:
        return str(short_moment(moment, self.book.clock.zone, self.book.today()))

    def _key(self, id: str) -> str:
        return self.host.key_text(id, REGISTRY[id].keys)

    def _last_text(self, reasons: Reasons) -> Line:
        """What was decided last, and the key that takes it back."""
        if self.deck is None or self._last is None or self._last not in self.deck:
            return ()
        verdict, named = self.deck.of(self._last), self._briefs_of([self._last])
        if not verdict.decided or not named:
            return ()
        dropped = verdict.verdict == DROP
        text = reasons.title(verdict.reason) if dropped else verdict_name(verdict.verdict)
        sign = ("✗ ", "muted") if dropped else ("✓ ", "good")
        said = _("{what}: {result}").format(what=named[0].called, result=text)
        key = line((self._key("screening.undecide"), "key"), " ", (_("take back"), "muted"))
        return (*line(sign, said, "   "), *key)

    def _same_text(self, reasons: Reasons) -> Line:
        """What * would do, with its number; nothing where it would do nothing."""
        if self.deck is None or self._last is None or self._last not in self.deck:
            return ()
        verdict = self.deck.of(self._last)
        others = len(self.deck.company_waiting(self._last)) if verdict.decided else 0
        if not others:
            return ()
        key = (self._key("screening.same"), "key")
        company = self._last_company
        if verdict.verdict == KEEP:
            text = ngettext("{n} more of {company}: keep", "{n} more of {company}: keep", others)
            return line(key, " ", (text.format(n=others, company=company), "muted"))
        text = ngettext(
            "{n} more of {company}: {reason}", "{n} more of {company}: {reason}", others
        )
        reason = reasons.title(verdict.reason)
        said = text.format(n=others, company=company, reason=reason)
        return line(key, " ", (said, "muted"))

    def _forget_company(self, card_id: int) -> None:
        """What is known of a company has changed: its cards read ahead are stale."""
        assert self.deck is not None
        self._read_cards.pop(card_id, None)
        key = self.deck.line(card_id).company_key
        if key:
            for other in list(self._read_cards):
                if other not in self.deck or self.deck.line(other).company_key == key:
                    del self._read_cards[other]

    # -- changes from elsewhere ---------------------------------------------------------

    @contextmanager
    def _own(self) -> Iterator[None]:
        """Within, broadcasts tell us nothing new."""
        self._mine = True
        try:
            yield
        finally:
            self._mine = False

    def refresh_rows(self, touched: Touched) -> None:
        if self._mine:
            return
        if self.app.screen is not self:
            self.stale = True
            return
        self._reload(follow=bool(touched))

    def _reload(self, *, follow: bool = True) -> None:
        """Read the round anew; a row whose verdict was taken back or done again is shown, unless
        another window did that: the card must not change under a finger about to press.
        """
        before = self.deck
        self._read_deck()
        assert self.deck is not None
        shown = self.current if self.current in self.deck else None
        if follow and before is not None and before.round.id == self.deck.round.id:
            changed = [
                row.card_id
                for row in self.deck.lines
                if row.card_id in before and before.of(row.card_id) != self.deck.of(row.card_id)
            ]
            if len(changed) == 1:
                shown = changed[0]
        if shown is None and self.deck.round.open:
            shown = self.deck.first()
        self._show(shown)
