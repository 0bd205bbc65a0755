"""What a test sees when the pilot says that an app is through."""

from __future__ import annotations

import threading
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Label

from tests.tui.looking import press, text


class Behind(Screen[None]):
    """A label that shows at a key, and what a thread brings."""

    BINDINGS: ClassVar[list[BindingType]] = [("s", "show"), ("t", "thread")]

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self.gate = gate

    def compose(self) -> ComposeResult:
        yield Label("always there")
        yield Label("hidden at first", id="hidden")

    def on_mount(self) -> None:
        self.query_one("#hidden").display = False

    def action_show(self) -> None:
        self.query_one("#hidden").display = True

    def bring(self, words: str) -> None:
        self.mount(Label(words))

    @work(thread=True)
    def action_thread(self) -> None:
        total = sum(range(3_000_000))  # longer than a drawing takes
        self.app.call_from_thread(self.bring, f"came to {total}")
        self.gate.wait()
        self.app.call_from_thread(self.bring, "was let through")


class TwoScreens(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("m", "app.switch_mode('behind')")]

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.add_mode("front", lambda: Screen())
        self.add_mode("behind", lambda: Behind(self.gate))

    def on_mount(self) -> None:
        self.switch_mode("front")


async def test_a_screen_that_came_to_the_front_is_drawn_and_so_is_what_shows_there_then() -> None:
    app = TwoScreens()
    async with app.run_test() as pilot:
        await press(pilot, "m")
        assert "always there" in text(app)
        await press(pilot, "s")
        assert "hidden at first" in text(app)


async def test_a_thread_is_waited_for_but_not_where_it_waits_itself() -> None:
    app = TwoScreens()
    async with app.run_test() as pilot:
        await press(pilot, "m", "t")
        assert f"came to {sum(range(3_000_000))}" in text(app)
        await press(pilot, "s")
        assert "hidden at first" in text(app), "drawn, though a thread has not ended"
        assert "was let through" not in text(app)
        app.gate.set()
        await pilot.pause()
        assert "was let through" in text(app)
