"""What ``decision`` is measured against: a Textual app that shows the next card and writes nothing.

``python -m tests.bench.reference_card CARDS.json``: a list of cards, each a list of lines.
"""

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget


class Card(Widget, can_focus=True):
    """One text over the whole screen, drawn anew at each key; its size stays, so no layout."""

    BINDINGS = [("enter,1,2,3,4,5,6,7,8,0", "next", "Next")]

    def __init__(self, cards: list[list[str]]) -> None:
        super().__init__()
        self.cards = cards
        self.at = 0

    def render(self) -> Content:
        return Content("\n".join(self.cards[self.at]))

    def action_next(self) -> None:
        self.at = min(self.at + 1, len(self.cards) - 1)
        self.refresh()


class CardApp(App[None]):
    def __init__(self, cards: list[list[str]]) -> None:
        super().__init__()
        self.cards = cards

    def compose(self) -> ComposeResult:
        yield Card(self.cards)

    def on_mount(self) -> None:
        self.query_one(Card).focus()


if __name__ == "__main__":
    CardApp(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).run()
