"""What ``capture`` is measured against: Textual's own input, with what was typed below it."""

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "type"


class InputApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)
        yield Input(compact=True)
        yield Static(id="reading", markup=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.query_one("#reading", Static).update(event.value)


if __name__ == "__main__":
    InputApp().run()
