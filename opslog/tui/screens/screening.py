"""Screening: one card a row, one key a verdict, the next card at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from textual import work
from textual.widget import Widget

from opslog.domain.refusal import Refused
from opslog.domain.rounds import DROP, KEEP, PARK, TIDY, UNDECIDED, Deck, Verdict, round_name
from opslog.domain.screening import ScreeningCard
from opslog.locale import N_, _, ngettext
from opslog.services import contacts, rulebook, screening
from opslog.services.book import Change
from opslog.tui.actions import OF_A_ROW, REGISTRY, bind, own
from opslog.tui.screens.base import Base, Touched
from opslog.tui.screens.person_forms import ask_fields, ask_note, ask_tags
from opslog.tui.text import Line, line
from opslog.tui.widgets.prompt import Choice, Choose, Confirm
from opslog.tui.widgets.screening_card import ScreeningCardView
from opslog.tui.widgets.screening_lines import View, capital

# Not Enter and no digit: whoever types fast must not run through the end of a round.
CLOSE = own(
    "screening.close",
    "d,ctrl+d",
    N_("Close round"),
    N_("Close this round and write its counts into the log"),
    method="close",
)
NEXT = own(
    "screening.next",
    "n,ctrl+n",
    N_("Next round"),
    N_("Close this round, where it is through, and open the next"),
    method="next_round",
)


class ScreeningScreen(Base[None]):
    """A round of one list, from its first undecided row to its end."""

    HELP = N_(
        "One key decides one row and shows the next: Enter keeps it, a digit drops it for that "
        "reason. Nothing needs saving; u takes the newest verdict back."
    )
    CSS_PATH = "screening.tcss"
    BINDINGS = bind(
        *(NEXT, CLOSE, "item.tags", "item.edit", "item.wecom", "item.note"),
        show=(NEXT, CLOSE, "item.tags", "item.edit", "item.wecom"),
    )

    def __init__(self, round_id: int, card_id: int | None = None) -> None:
        super().__init__()
        self.round_id = round_id
        self.deck: Deck | None = None
        self.current: int | None = None  # the card shown; None at the end of the round
        self._first = card_id  # shown at first; else the first that is undecided
        self._last: int | None = None  # the card decided last: what * goes by
        self._last_company = ""
        self._ahead: dict[int, ScreeningCard] = {}  # read while the eye is on the card before
        self._mine = False  # a broadcast under way is our own verdict, already in the deck

    def body(self) -> Iterable[Widget]:
        yield ScreeningCardView()

    @property
    def card_view(self) -> ScreeningCardView:
        return self.query_one(ScreeningCardView)

    def on_mount(self) -> None:
        self.card_view.focus()
        if self._read_deck():
            assert self.deck is not None
            if self._first is not None and self._first in self.deck:
                self._show(self._first)
            else:
                self._show(self.deck.first() if self.deck.round.open else None)

    def anew(self) -> ScreeningScreen:
        fresh = ScreeningScreen(self.round_id, self.current)
        fresh._last, fresh._last_company = self._last, self._last_company
        return fresh

    # -- showing ------------------------------------------------------------------

    def _read_deck(self) -> bool:
        """False, and the screen is left, where the round is gone."""
        try:
            self.deck = screening.deck(self.book, self.round_id)
        except Refused as refusal:
            self.desk.refuse(refusal)
            self.dismiss()
            return False
        self._ahead.clear()
        return True

    def _show(self, card_id: int | None) -> None:
        """Draw a card, or the end of the round for None; then read the card to come."""
        before, self.current = self.current, card_id
        if before is None or card_id is None:
            self.refresh_bindings()  # the end of a round offers other keys
        if card_id is None:
            self.card_view.show_plain(self._end())
            return
        card = self._card(card_id)
        if card is None:
            return
        assert self.deck is not None
        self.card_view.show(
            View(
                self.deck,
                card,
                rulebook.reasons(),
                self._day,
                self._key,
                self._same_text(),
            )
        )
        self.call_after_refresh(self._read_ahead)

    def _card(self, card_id: int) -> ScreeningCard | None:
        known = self._ahead.get(card_id)
        if known is not None:
            return known
        try:
            self._ahead[card_id] = screening.card(self.book, self.round_id, card_id)
        except Refused as refusal:
            self.desk.refuse(refusal)
            return None
        return self._ahead[card_id]

    def _read_ahead(self) -> None:
        """Have the next card ready before it is asked for."""
        if self.deck is None or self.current is None or self.current not in self.deck:
            return
        wanted = self.deck.following(self.current)
        kept = {self.current, wanted}
        self._ahead = {id: card for id, card in self._ahead.items() if id in kept}
        if wanted is not None:
            self._card(wanted)

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(self.book.clock.zone).date().isoformat()

    def _key(self, id: str) -> str:
        return self.desk.key_text(id, REGISTRY[id].keys)

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
        reason = rulebook.reasons().title(verdict.reason)
        return text.format(n=others, company=company, reason=reason)

    # -- verdicts -----------------------------------------------------------------

    def action_keep(self) -> None:
        if self.current is not None:
            self._decide(KEEP)

    def action_drop(self, digit: int) -> None:
        reason = rulebook.reasons().by_digit(digit)
        if self.current is not None and reason is not None:
            self._decide(DROP, reason.code)

    def action_park(self) -> None:
        if self.current is not None:
            self._decide(PARK)

    def action_take(self) -> None:
        """The first suggestion, entered with the name of its rule."""
        if self.current is None:
            return
        card = self._card(self.current)
        if card is None or not card.suggestions:
            self.say(_("nothing is suggested for this row"))
            return
        first = card.suggestions[0]
        self._decide(first.verdict, first.reason, by=first.rule)

    @work(group="ask")
    async def action_more(self) -> None:
        """The reasons without a digit, as a typed list."""
        asked = self.current
        if asked is None:
            return
        choices = [Choice(reason.code, str(reason.title)) for reason in rulebook.reasons().more]
        code = await self.desk.ask(Choose(_("Drop for which reason?"), choices))
        if code and asked == self.current:
            self._decide(DROP, code)

    def _decide(self, verdict: str, reason: str = "", by: str = "operator") -> None:
        """Write the verdict; only when it is in the file does the next card show."""
        card_id, deck = self.current, self.deck
        assert card_id is not None
        assert deck is not None
        with self._own():
            change = self.desk.do(
                lambda: screening.decide(self.book, self.round_id, card_id, verdict, reason, by)
            )
        if change is None:
            return
        deck.put(card_id, Verdict(verdict, reason))
        shown = self._ahead.get(card_id)
        if verdict != PARK and shown is not None:
            self._last, self._last_company = card_id, shown.person.company
        self._forget_company(card_id)
        self._show(deck.following(card_id))

    def _forget_company(self, card_id: int) -> None:
        """What is known of a company has changed: its cards read ahead are stale."""
        assert self.deck is not None
        self._ahead.pop(card_id, None)
        key = self.deck.line(card_id).company_key
        if key:
            for other in list(self._ahead):
                if other not in self.deck or self.deck.line(other).company_key == key:
                    del self._ahead[other]

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
            change = self.desk.do(lambda: screening.decide_company(self.book, self.round_id, last))
        if change is None:
            return
        if len(change.touched.get("decision", ())) != len(others):  # another window was here
            self._reload()
            return
        for card_id in others:
            deck.put(card_id, deck.of(last))
        self._ahead.clear()
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
            if not self.deck.round.open:
                self._reopen()
            return
        if self.deck.of(card_id).verdict == UNDECIDED:
            self.say(_("this row is undecided; ← looks back"))
            return
        with self._own():
            change = self.desk.do(lambda: screening.undecide(self.book, self.round_id, card_id))
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
            await ask_tags(self.desk, [person_id])

    @work(group="ask")
    async def action_edit(self) -> None:
        if person_id := self._person():
            await ask_fields(self.desk, person_id)

    @work(group="ask")
    async def action_note(self) -> None:
        if person_id := self._person():
            await ask_note(self.desk, person_id)

    def action_wecom(self) -> None:
        if person_id := self._person():
            now = contacts.get(self.book, person_id).wecom
            self.desk.do(lambda: contacts.set_wecom(self.book, person_id, not now))

    def action_history(self) -> None:
        from opslog.tui.screens.person import PersonScreen

        if person_id := self._person():
            self.app.push_screen(PersonScreen(person_id))

    def _person(self) -> int | None:
        if self.deck is None or self.current is None:
            return None
        return self.deck.line(self.current).person_id

    @property
    def silent_keys(self) -> Collection[str]:
        """On a card what closes the round; at the end of it what needs a card."""
        deck = self.deck
        if self.current is not None or deck is None:
            return (NEXT, CLOSE)
        left_out = {"screening.ahead", "screening.history", *OF_A_ROW}
        left_out |= {"screening.undecide"} if deck.round.open else {CLOSE}
        return left_out | {NEXT} if deck.round.open and deck.left else left_out

    def export_subject(self) -> tuple[str, int | None]:
        """What ``x`` writes here: this list with its verdicts."""
        return "roster", None if self.deck is None else self.deck.event_id

    # -- the end of a round -----------------------------------------------------------

    def _end(self) -> list[Line]:
        """The counts of the round and the question what comes next."""
        assert self.deck is not None
        deck, counts = self.deck, self.deck.counts()
        name = capital(str(round_name(deck.round.number)))
        is_open = deck.round.open
        state = _("all rows are decided") if not counts.left else _("not all rows are decided")
        if not is_open:
            state = _("this round is closed")
        lines: list[Line] = [
            line(" ", (name, "title"), "  ", deck.roster),
            (),
            line("   ", state),
            (),
            _count(counts.kept, _("kept"), "good"),
            _count(counts.dropped, _("dropped"), "mark"),
        ]
        titles = rulebook.reasons()
        lines += [
            _count(number, str(titles.title(code)), "muted", 4) for code, number in counts.reasons
        ]
        if counts.parked:
            lines.append(_count(counts.parked, _("parked"), "warn"))
        if counts.undecided:
            lines.append(_count(counts.undecided, _("undecided"), "warn"))
        return [*lines, (), *self._questions(deck, counts.left)]

    def _questions(self, deck: Deck, left: int) -> list[Line]:
        going_on = str(round_name(deck.round.number + 1))
        close, onward = self._key(CLOSE), self._key(NEXT)
        back = self._key("screening.back")
        if not deck.round.open:
            offers = [
                (onward, _("open the next: {round}").format(round=going_on)),
                (self._key("screening.undecide"), _("open this round again")),
                (back, _("look back")),
            ]
        elif left:
            offers = [
                (back, _("show the row that is left")),
                (close, _("close the round; what is left goes on into the next")),
            ]
        else:
            offers = [
                (onward, _("close it and open the next: {round}").format(round=going_on)),
                (close, _("close it; the next can wait")),
                (back, _("look back")),
            ]
        lines = [line("   ", (f"{key:<5}", "key"), " ", text) for key, text in offers]
        if deck.round.number == TIDY and deck.round.open:
            calls = self.desk.key_text("go.calls", "f6")
            text = _("Once it is closed, the first call-back can begin: {key}").format(key=calls)
            lines += [(), line("   ", (text, "muted"))]
        return lines

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
            counts = line(str(screening.counts_text(deck.counts())))
            if not await self.desk.ask(Confirm(question, [counts], yes=_("close"), no=_("go on"))):
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
            opened = closed and self.desk.do(
                lambda: screening.open_round(self.book, deck.round.roster_id)
            )
        if opened:
            self.round_id, self._last, self.current = opened.made, None, None
            self._reload()
        else:
            self._reload()
            self._show(None)

    def _reopen(self) -> None:
        with self._own():
            self.desk.do(lambda: screening.reopen(self.book, self.round_id))
        self._reload()

    def _close(self) -> Change | None:
        return self.desk.do(lambda: screening.close_round(self.book, self.round_id, force=True))

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
        if not self._read_deck():
            return
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


def _count(number: int, label: str, look: str, indent: int = 0) -> Line:
    return line(f"   {' ' * indent}{number:>6}", "  ", (label, look))
