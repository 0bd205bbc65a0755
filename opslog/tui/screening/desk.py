"""The card of a round, and how it follows what happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.screening.card import ScreeningCard
from opslog.domain.screening.rounds import KEEP, Deck
from opslog.locale import ngettext
from opslog.services.book import own_kinds
from opslog.services.cards import cards
from opslog.services.screening import rounds
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.screening.card import ScreeningCardView
from opslog.tui.screening.card_lines import View
from opslog.tui.screening.round_end import end_lines
from opslog.tui.widgets.actions import REGISTRY


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
        self._mine = False  # a broadcast under way is our own verdict, already in the deck

    def body(self) -> Iterable[Widget]:
        yield ScreeningCardView()

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

    def _show(self, card_id: int | None) -> None:
        """Draw a card, or the end of the round for None; then read the card to come."""
        before, self.current = self.current, card_id
        if before is None or card_id is None:
            self.refresh_bindings()  # the end of a round offers other keys
        assert self.deck is not None
        if card_id is None:
            self.card_view.show_plain(end_lines(self.deck, own_kinds.reasons(self.book), self._key))
            return
        card = self._card(card_id)
        self.card_view.show(
            View(
                self.deck,
                card,
                own_kinds.reasons(self.book),
                self._day,
                self._key,
                self._same_text(),
            )
        )
        self.call_after_refresh(self._read_next_cards)

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
            self._card(wanted)

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(self.book.clock.zone).date().isoformat()

    def _key(self, id: str) -> str:
        return self.host.key_text(id, REGISTRY[id].keys)

    def _same_text(self) -> str:
        """What * would do, with its number; '' where it would do nothing."""
        if self.deck is None or self._last is None or self._last not in self.deck:
            return ""
        verdict = self.deck.of(self._last)
        others = len(self.deck.company_waiting(self._last)) if verdict.decided else 0
        if not others:
            return ""
        company = self._last_company
        if verdict.verdict == KEEP:
            text = ngettext("keep {n} more of {company}", "keep {n} more of {company}", others)
            return text.format(n=others, company=company)
        text = ngettext(
            "drop {n} more of {company}: {reason}", "drop {n} more of {company}: {reason}", others
        )
        reason = own_kinds.reasons(self.book).title(verdict.reason)
        return text.format(n=others, company=company, reason=reason)

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
