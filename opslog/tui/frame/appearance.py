"""How opslog appears: language, theme, signs, hidden numbers; each is kept as a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import App
from textual.geometry import Size

from opslog.locale import _
from opslog.services.book.book import Book
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import (
    hidden,
    mask_phones,
    plain_signs,
    use_plain_signs,
    wants_plain_signs,
)
from opslog.tui.widgets.theme import SETTINGS, named, themes

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class Appearance(App[None]):
    """What of the app is only about how things look and read."""

    @property
    def host(self) -> Host:
        """This app, as its screens know it."""
        return cast("Host", self)

    def appear_as(self, book: Book) -> None:
        """As it was left."""
        for theme in themes():
            self.register_theme(theme)
        self.theme = named(book.setting("theme"))
        use_plain_signs(wants_plain_signs(book.setting("signs")))
        mask_phones(book.setting("mask") == "on")

    def on_resize(self, event: events.Resize) -> None:
        """Go on to the size there is now. Textual tells a size that it read before one that it
        reads in the middle of that, where a terminal is resized several times in a row: the
        older size would be told last, and stay."""
        read = getattr(self._driver, "_get_terminal_size", None)
        if read is None or getattr(self._driver, "_in_band_window_resize", True):
            return  # there is no terminal; or it tells its sizes itself, in their order
        now = Size(*read())
        if now != event.size:
            self.post_message(events.Resize(now, now))

    async def action_language(self) -> None:
        from opslog.tui.frame.language import speak_other_language

        await speak_other_language(self, self.host.book)
        self.say_what_waits()

    def action_shade(self) -> None:
        """The next of light, dark and without colour."""
        order = list(SETTINGS)
        at = list(SETTINGS.values()).index(self.theme)
        following = order[(at + 1) % len(order)]
        self.theme = SETTINGS[following]
        self._keep("theme", following)

    def action_signs(self) -> None:
        """Signs as ASCII, or back; for terminals that draw ambiguous widths as two cells."""
        plain = not plain_signs()
        self._keep("signs", "plain" if plain else "drawn")
        use_plain_signs(plain)
        self.screen.refresh(layout=True)
        self.host.broadcast({})
        self._draw_anew()

    def action_mask(self) -> None:
        """Hide the middle of telephone numbers from whoever looks on, or show them again."""
        on = self.host.book.setting("mask") != "on"
        self._keep("mask", "on" if on else "")
        mask_phones(on)
        self.host.broadcast({})
        self._draw_anew()
        self.host.say(
            _("Phone numbers are half hidden, but for the call in hand")
            if on
            else _("Phone numbers are shown")
        )

    def _draw_anew(self) -> None:
        for lines in self.screen.query(LinesView):
            lines.rebuild()
        for widget in self.screen.query():
            widget.refresh()

    def copy_to_clipboard(self, text: str) -> None:
        """What can be seen, no more."""
        super().copy_to_clipboard(hidden(text))

    def notify(self, message: str, **how: Any) -> None:
        super().notify(hidden(message), **how)

    def _keep(self, key: str, value: str) -> None:
        self.host.book.set_setting(key, value)
        self.say_what_waits()

    def say_what_waits(self) -> bool:
        """Whether a setting or a line half typed can't be written yet; that is said."""
        if self.host.book.write_settings():
            return False
        text = _("The file can't be written just now; this is kept until it can")
        self.host.say(text, "warn", passing=True)
        return True
