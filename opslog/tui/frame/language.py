"""The other language, on the same screen and the same row.

A screen's words are made when it is composed, so each is made anew and taken to where it stood.
Where that would lose something (an import half set up), the language stays until it is closed.
"""

from __future__ import annotations

from typing import Any

from textual.app import App

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, language, msg
from opslog.services.book.book import Book
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.actions import REGISTRY


async def speak_other_language(app: App[Any], book: Book) -> None:
    """Switch between English and Chinese. Refused where a screen can't be made anew."""
    mode = app.current_mode
    order = sorted(app._screen_stacks, key=lambda name: name == mode)  # the one in front last
    stacks = {name: [_Anew(screen, name) for screen in app._screen_stacks[name]] for name in order}
    locale.set_language("zh_CN" if language() == "en" else "en")
    book.set_setting("language", language())
    with app.batch_update():  # nobody wants to see the screens go by
        for name, stack in stacks.items():
            await _make_anew(app, name, stack)


class _Anew:
    """A screen made anew and where the operator was on the old one. Refused for any that can't."""

    def __init__(self, old: object, mode: str) -> None:
        fresh = old.anew() if isinstance(old, Base) and not old.busy else None
        if fresh is None or not isinstance(old, Base):
            where = _(REGISTRY[f"go.{mode}"].label)
            raise Refused(
                msg(
                    N_("Close what is open on {screen} first; then switch the language"),
                    screen=where,
                )
            )
        self.screen = fresh
        self._place, self._came_from = old.place(), old.came_from

    def settle(self) -> None:
        self.screen.go_to(self._place)
        self.screen.came_from = self._came_from


async def _make_anew(app: App[Any], mode: str, stack: list[_Anew]) -> None:
    """Put these screens in place of those of a mode, which is in front then."""
    if mode == app.current_mode:
        await app.switch_mode("log" if mode == "today" else "today")
    await app.remove_mode(mode)
    main, *others = stack
    app.add_mode(mode, lambda: main.screen)
    await app.switch_mode(mode)
    main.settle()
    for one in others:
        await app.push_screen(one.screen)
        one.settle()
