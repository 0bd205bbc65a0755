"""ctrl+p: every action that works here, and every person, event and log line by its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from opslog.locale import N_, _
from opslog.services.search import search as search_search
from opslog.tui.frame import navigation
from opslog.tui.widgets.actions import REGISTRY, Action
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.rows import Column, Ends, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, cut, line, pad, width

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

KINDS = {"person": N_("person"), "event": N_("event"), "log": N_("log line")}
NOT_OFFERED = {"palette", "go", "back"}


@dataclass(frozen=True)
class Offer:
    """An action that works where the operator was, and whom it is asked of."""

    action: Action
    key: str
    node: DOMNode
    method: str


class Palette(Dialog[None]):
    """Type to find; Enter does the action or opens the thing."""

    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > .dialog { width: 76; margin-top: 2; }
    Palette Input { background: $panel; }
    Palette WindowList { height: 16; }
    """
    BINDINGS = [
        Binding("escape", "back", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, offers: list[Offer]) -> None:
        super().__init__()
        self._offers = offers

    @classmethod
    def of(cls, screen: Screen[Any]) -> Palette:
        offers: dict[str, Offer] = {}
        for key, active in screen.active_bindings.items():
            action = REGISTRY.get(active.binding.id or "")
            if action and active.enabled and action.id not in NOT_OFFERED:
                offers.setdefault(action.id, Offer(action, key, active.node, active.binding.action))
        near_first = sorted(offers.values(), key=lambda offer: offer.node is screen.app)
        return cls(near_first)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield TextInput(
                compact=True, placeholder=_("an action, a person, an event, words of a log line")
            )
            yield WindowList(
                [Column(width=9), Column()],
                empty=[line((_("Nothing is called that"), "muted"))],
            )

    def on_mount(self) -> None:
        self.query_one(WindowList).can_focus = False
        self._fill("")

    def _fill(self, text: str) -> None:
        wanted = text.casefold()
        rows = []
        longest = max((width(_(offer.action.label)) for offer in self._offers), default=0)
        for offer in self._offers:
            label, help = _(offer.action.label), _(offer.action.help)
            if wanted in f"{label} {help} {offer.action.id}".casefold():
                key = self.host.key_text(offer.action.id, offer.key)
                told = line(pad(label, longest), "  ", (help, "muted"))
                rows.append(Row(("action", offer.action.id), (line((key, "key")), told)))
        if wanted:
            for hit in search_search.find(self.host.book, text):
                rows.append(
                    Row(
                        (hit.kind, hit.id),
                        (_grey(_(KINDS[hit.kind])), partial(_found, hit.label, hit.detail)),
                    )
                )
        self.query_one(WindowList).set_rows(rows)
        self.query_one(WindowList).action_first()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value.strip())

    @on(Input.Submitted)
    def _take(self) -> None:
        self._open(self.query_one(WindowList).selected)

    @on(WindowList.Opened)
    def _clicked(self, event: WindowList.Opened) -> None:
        self._open(event.key)

    def _open(self, key: object) -> None:
        if not isinstance(key, tuple):
            return
        app = self.app
        kind, ref = key
        self.dismiss(None)  # a screen can't await its own end: what follows is the app's
        if kind == "action":
            offer = next(o for o in self._offers if o.action.id == ref)
            app.call_later(app.run_action, offer.method, offer.node)
            app.call_later(self._name_key, self.host, offer)
        else:
            app.call_later(navigation.open_thing, app, kind, ref)

    @staticmethod
    def _name_key(host: Host, offer: Offer) -> None:
        """Say once the key that would have done it, so that the palette is needed less."""
        if offer.action.id in host.named_keys:
            return
        host.named_keys.add(offer.action.id)
        text = _("{action} has a key of its own: {key}")
        key = host.key_text(offer.action.id, offer.key)
        host.say(text.format(action=_(offer.action.label), key=key), passing=True)

    def action_move(self, by: int) -> None:
        self.query_one(WindowList).action_move(by)


def _found(label: str, detail: str, cells: int) -> Ends:
    """Its name and what tells it from others: neither is cut beside a blank."""
    least = min(width(detail), cells // 3)
    right = cut(detail, max(cells - width(label) - 2, least))
    return Ends(line(label), _grey(right))


def _grey(text: str) -> Line:
    return line((text, "muted"))
