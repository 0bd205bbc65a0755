"""What ``start`` is measured against: a Textual app that shows one word."""

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "ready to go"


class EmptyApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)


if __name__ == "__main__":
    EmptyApp().run()
