"""``opslog``: the screens, with Today on the terminal before them while they are imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from opslog import locale
from opslog.cli.base.io import Io
from opslog.domain.base.refusal import Lost
from opslog.locale import _
from opslog.services.today import agenda
from opslog.tui.terminal import first_look
from opslog.tui.today.picture import LEAST, picture
from opslog.tui.widgets.text import mask_phones, use_plain_signs, wants_plain_signs
from opslog.tui.widgets.theme import named

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.frame.app import OpslogApp


def open_ui(io: Io, said: Sequence[str] = ()) -> int:
    """The screens; ``said`` is what they begin with, of a copy that was brought back."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        io.error(_("opslog needs a terminal; opslog --help lists the commands for scripts"))
        return 1
    while True:
        try:
            book = io.book()
        except Lost as lost:
            from opslog.tui.frame.lost_file import Offer

            answer = Offer(io.path, lost).run()
            if answer is None:
                raise
            said = _bring_back(io, answer)
            continue
        if not io.language_chosen:
            locale.set_language(book.setting("language") or locale.locale_language())
        app = show(book, said=said)
        book.faults.clear()  # they were said on the screen
        book.doubts.clear()
        if not app.next:
            return app.return_code or 0
        io.close()
        from opslog.tui.frame.lost_file import OPEN

        copy = "" if app.next == OPEN else app.next
        if os.name != "nt":  # SQLite shares what it knows of a file within a process
            _begin_anew(io, copy)
        said = _bring_back(io, copy) if copy else ()


def _begin_anew(io: Io, copy: str) -> NoReturn:
    """The same program takes the place of this one, with all that is open closed."""
    called = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    words = ["--db", str(io.path), *(["--lang", locale.language()] if io.language_chosen else [])]
    os.execv(sys.executable, [*called, *words, *(["restore", copy, "--open"] if copy else [])])


def _bring_back(io: Io, copy: str) -> list[str]:
    from opslog.cli.files.backup import said_of
    from opslog.services.book import backup

    return said_of(backup.restore(io.path, Path(copy)))


def show(book: Book, *, demo: bool = False, said: Sequence[str] = ()) -> OpslogApp:
    """The app, once it has ended."""
    use_plain_signs(wants_plain_signs(book.setting("signs")))
    mask_phones(book.setting("mask") == "on")
    try:
        ranked = agenda.today(book)
    except Exception as error:
        if book.explain(error) is None:
            raise
        ranked = None  # the screen says what is damaged, and the others open
    columns, lines = first_look.size() if first_look.can_be_shown() else (0, 0)
    if ranked is None or columns < LEAST[0] or lines < LEAST[1]:
        from opslog.tui.frame.app import OpslogApp

        app = OpslogApp(book, demo=demo, said=said, due=ranked)
        app.run()
        return app
    theme = named(book.setting("theme"))
    with first_look.shown(picture(book, ranked, columns, lines), theme) as held:
        from opslog.tui.frame.app import OpslogApp

        app = OpslogApp(book, demo=demo, said=said, held=held, due=ranked)
        app.run()
    return app
