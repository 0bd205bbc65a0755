"""Possible twins: two side by side, one key decides, the next pair at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textual import work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.twins.pairs import COMPANY, OPEN, PERSON, SAME, Pair, PairCard, Search
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book import history
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.twins import search as twin_search
from opslog.services.twins import twins
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.twins.card import TwinCard
from opslog.tui.twins.card_lines import View
from opslog.tui.twins.pane import pane_lines
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, line

_ROWS_ABOVE = 22  # of the pane, above the pairs that follow
_KEYS = {
    "join": "twins.join",
    "same": "twins.same",
    "different": "twins.different",
    "later": "twins.later",
    "swap": "twins.swap",
    "back": "twins.take_back",
}


@dataclass(frozen=True)
class Decided:
    """A pair decided in this sitting, as it stood, with the change that did it."""

    card: PairCard
    keep: str
    verdict: str
    change: Change


class TwinsScreen(Base[None]):
    """Pairs of people, and with Tab of companies, from the likeliest on."""

    HELP = N_(
        "Two that may be one, what differs marked. 1 joins them, 2 keeps them apart for good, 3 "
        "puts it off; Enter joins where little speaks against it. Nothing is asked twice, and "
        "every decision can be taken back."
    )
    CSS_PATH = "twins.tcss"

    def __init__(self, kind: str = PERSON) -> None:
        super().__init__()
        self.kind = kind
        self.at = 0  # place among those decided here and then those that wait
        self.waiting: list[Pair] = []
        self._sitting: dict[str, list[Decided]] = {PERSON: [], COMPANY: []}
        self._keep: dict[int, str] = {}  # pair -> the side kept, where it was swapped
        self._mine = self._searching = False

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield TwinCard()
            yield Pane(self._beside)

    @property
    def card_view(self) -> TwinCard:
        return self.query_one(TwinCard)

    @property
    def done(self) -> list[Decided]:
        """What was decided about this kind since the screen opened."""
        return self._sitting[self.kind]

    def anew(self) -> TwinsScreen:
        fresh = TwinsScreen(self.kind)
        fresh._sitting, fresh._keep = self._sitting, self._keep
        return fresh

    def place(self) -> object:
        return self._shown()

    def go_to(self, place: Any) -> None:
        self._read(place)

    def on_mount(self) -> None:
        self.card_view.focus()
        self._searching = twin_search.unlooked(self.book)
        self._read()
        if self._searching:
            self._search()

    # -- looking for pairs ---------------------------------------------------------

    @work(thread=True, group="twins")
    def _search(self) -> None:
        """Compare who is new, beside the screen; what is found so far can be decided already."""
        try:
            twin_search.propose_in_thread(
                self.book, lambda search: self.app.call_from_thread(self._searched, search)
            )
        finally:
            self.app.call_from_thread(self._searched, None)

    def _searched(self, search: Search | None) -> None:
        if not self.is_mounted:
            return
        if search is not None and search.left:
            text = ngettext(
                "comparing: {n} person is left", "comparing: {n} people are left", search.left
            )
            self.say(text.format(n=search.left))
        elif search is None:
            self._searching = False
            self._say_counts()
        self._read(self._shown())

    def _say_counts(self) -> None:
        counts = twins.counts(self.book)
        self.say(
            _("waiting: {people} of people, {companies} of companies").format(
                people=counts[PERSON], companies=counts[COMPANY]
            )
        )

    # -- showing --------------------------------------------------------------------

    def _read(self, stay: int | None = None) -> None:
        """Read anew what waits; stay with a pair where it is still there, else show the first
        that waits."""
        self._sitting[self.kind] = [one for one in self.done if self._holds(one)]
        mine = {one.card.pair.id for one in self.done}
        self.waiting = [pair for pair in twins.found(self.book, self.kind) if pair.id not in mine]
        ids = [*(one.card.pair.id for one in self.done), *(pair.id for pair in self.waiting)]
        self.at = ids.index(stay) if stay in ids else len(self.done)
        self._show()

    def _holds(self, one: Decided) -> bool:
        """Whether a decision of this sitting still stands: undo may have taken it back."""
        try:
            return twins.get(self.book, one.card.pair.id).verdict not in (OPEN,)
        except Refused:
            return False

    def _shown(self) -> int | None:
        """The pair shown, by its number; None at the end."""
        if self.at < len(self.done):
            return self.done[self.at].card.pair.id
        pair = self._pair()
        return None if pair is None else pair.id

    def _pair(self) -> Pair | None:
        """The pair shown, if it waits."""
        place = self.at - len(self.done)
        return self.waiting[place] if 0 <= place < len(self.waiting) else None

    def _card(self, pair: Pair) -> PairCard | None:
        try:
            return twins.card(self.book, pair.id)
        except Refused:  # one of them went a moment ago
            return None

    def _show(self) -> None:
        self._show_card()
        self.query_one(Pane).rebuild()

    def _beside(self, cells: int, rows: int) -> list[Line]:
        """The keys, what would come of it, the pairs that follow; at the end what was decided."""
        view = self.card_view.view
        if view is None:
            return self._decided_here(cells)
        here = max(self.at - len(self.done) + 1, 0)
        following = self.waiting[here:]
        cards = [self._card(pair) for pair in following[: max(rows - _ROWS_ABOVE, 0)]]
        named = [card for card in cards if card is not None]
        return pane_lines(view, named, len(following) - len(named), cells)

    def _decided_here(self, cells: int) -> list[Line]:
        lines = [row for one in self.done[-20:] for row in told(one.change.label, cells)]
        return titled(_("Decided in this sitting"), lines)[1:]

    def _show_card(self) -> None:
        total = len(self.done) + len(self.waiting)
        keys = {name: self._key(id) for name, id in _KEYS.items()}
        # Of a pair that waits, Enter where it joins.
        keys["same"] = keys["same" if (pair := self._pair()) and pair.is_doubtful else "join"]
        if self.at < len(self.done):
            one = self.done[self.at]
            self.card_view.show(View(one.card, one.keep, self.at + 1, total, one.verdict, keys))
            return
        while (pair := self._pair()) is not None:
            card = self._card(pair)
            if card is not None:
                keep = self._keep.get(pair.id, card.keep)
                self.card_view.show(View(card, keep, self.at + 1, total, "", keys))
                return
            self.waiting.remove(pair)
            total -= 1
        self.at = len(self.done) + len(self.waiting)
        self.card_view.show_plain(self._end())

    def _key(self, id: str) -> str:
        return self.host.key_text(id, REGISTRY[id].keys)

    def _end(self) -> list[Line]:
        """No pair waits: what was done, and where to go on."""
        if self._searching:
            return [line("  ", (_("Comparing people with one another …"), "muted"))]
        lines: list[Line] = []
        if self.done:
            joined = sum(one.verdict == SAME for one in self.done)
            text = ngettext("{n} pair decided, {m} joined", "{n} pairs decided, {m} joined",
                            len(self.done))  # fmt: skip
            lines.append(line("  ", (text.format(n=len(self.done), m=joined), "title")))
        said = {
            PERSON: _("Nobody is here twice, as far as can be told."),
            COMPANY: _("No company is here twice, as far as can be told."),
        }[self.kind]
        lines += [line("  ", (said, "muted")), ()]
        other = COMPANY if self.kind == PERSON else PERSON
        count = twins.counts(self.book)[other]
        text = {
            PERSON: ngettext("{n} pair of people waits", "{n} pairs of people wait", count),
            COMPANY: ngettext("{n} pair of companies waits", "{n} pairs of companies wait", count),
        }[other].format(n=count)
        offers = [("twins.kind", text)] if count else []
        if self.done:
            offers.append(("twins.back", _("look back")))
        offers.append(("back", _("leave")))
        return lines + [
            line("  ", (f"{self._key(id):<6}", "key"), " ", text) for id, text in offers
        ]

    # -- deciding ---------------------------------------------------------------------

    def action_decide(self, verdict: str) -> None:
        """Write it; only when it is in the file does the next pair show."""
        pair, view = self._pair(), self.card_view.view
        if pair is None or view is None:
            if view is not None:
                self.say(_("this pair is decided; backspace takes it back"))
            return
        self._mine = True
        try:
            change = self.host.do(lambda: twins.decide(self.book, pair.id, verdict, keep=view.keep))
        finally:
            self._mine = False
        if change is None:
            self._read()
            return
        self.done.append(Decided(view.card, view.keep, verdict, change))
        if verdict == SAME:  # what was asked of the one is now asked of the other
            self._read()
            return
        place = self.waiting.index(pair)
        self.waiting.remove(pair)
        self.at = len(self.done) + (place if place < len(self.waiting) else 0)
        self._show()

    def action_join(self) -> None:
        """Enter: what lies near; where hardly anything speaks for one, it joins nobody."""
        pair = self._pair()
        if pair is not None and pair.is_doubtful:
            text = _("Much differs: Enter joins nobody here. {same} joins them, {different} not")
            keys = {name: self._key(_KEYS[name]) for name in ("same", "different")}
            self.say(text.format(**keys), "warn")
            return
        self.action_decide(SAME)

    def action_swap(self) -> None:
        pair, view = self._pair(), self.card_view.view
        if pair is None or view is None:
            return
        if pair.is_branch:
            self.say(_("which one is the branch is told by its name"))
            return
        one, other = view.card.one.key, view.card.other.key
        self._keep[pair.id] = other if view.keep == one else one
        self._show()

    def action_take_back(self) -> None:
        """Undo the decision shown, or the last one made here."""
        if not self.done:
            self.say(_("nothing was decided here yet"))
            return
        one = self.done[self.at] if self.at < len(self.done) else self.done[-1]
        change = self.host.do(lambda: history.undo(self.book, one.change.id), quiet=True)
        if change is None:
            return
        self._read(one.card.pair.id)
        self.say(_("Undone: {label}").format(label=change.label))

    def action_look(self, by: int) -> None:
        total = len(self.done) + len(self.waiting)
        if not 0 <= self.at + by < total:
            self.say(_("this is the first pair") if by < 0 else _("this is the last pair"))
            return
        self.at += by
        self._show()

    def action_kind(self) -> None:
        """People, or companies."""
        self.kind = COMPANY if self.kind == PERSON else PERSON
        self._read()
        self._say_counts()

    def export_shown(self) -> Shown:
        """Whoever is in a pair that waits, side by side; of companies, their people. Raises Refused
        where no pair waits."""
        if not self.waiting:
            raise Refused(msg(N_("No pair waits here: there is nobody to export")))
        keys = dict.fromkeys(key for pair in self.waiting for key in (pair.one, pair.other))
        if self.kind == COMPANY:
            return Shown("people", Scope(keys=twins.people_of(self.book, [*keys])))
        return Shown("people", Scope(keys=[int(id) for id in keys]))

    # -- changes from elsewhere -----------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        if self._mine:
            return
        if self.app.screen is not self:
            self.stale = True
            return
        back = [one.card.pair.id for one in self.done if not self._holds(one)]
        self._read(back[0] if len(back) == 1 else self._shown())
