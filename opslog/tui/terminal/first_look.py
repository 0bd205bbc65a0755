"""The first picture: what is due stands on the screen while Textual is still being imported.

It is written straight to the terminal, in the lines that Textual will draw over it, so that
nothing moves when it does. Keys typed meanwhile wait in the terminal for whoever reads next.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from opslog.tui.widgets.text import Line, drawn
from opslog.tui.widgets.theme import COLOURS, LOOKS, Look

if TYPE_CHECKING:
    from textual.driver import Driver

ALTERNATE, NORMAL = "\x1b[?1049h", "\x1b[?1049l"
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_PLAIN = "\x1b[0m"


class Part(NamedTuple):
    """A line of the picture, or what stands beside another: its cells and what it lies on."""

    spans: Line
    cells: int
    ground: str = "background"  # a colour of the theme


Picture = Sequence[Sequence[Part]]


def can_be_shown() -> bool:
    """Whether this is a terminal that understands where things are put."""
    return (
        os.name != "nt"
        and sys.__stderr__ is not None
        and sys.__stderr__.isatty()
        and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
    )


def size() -> tuple[int, int]:
    """Columns and lines, as Textual will find them by ``shutil``, which imports every packer."""
    assert sys.__stderr__ is not None
    columns, lines = os.get_terminal_size(sys.__stderr__.fileno())
    return _said("COLUMNS") or columns, _said("LINES") or lines


def _said(name: str) -> int:
    number = os.environ.get(name, "")
    return int(number) if number.isdecimal() else 0


def text(picture: Picture, theme: str) -> str:
    """The picture as it is sent: every line in its row, in the theme's colours as far as the
    terminal has them.
    """
    colours = COLOURS[theme]
    rows = []
    for y, parts in enumerate(picture, start=1):
        sent = [f"\x1b[{y};1H"]
        for part in parts:
            for shown, look in drawn(part.spans, part.cells):
                if shown:
                    sent += [_sgr(look, part.ground, colours), shown]
        rows.append("".join(sent))
    return "".join(rows) + _PLAIN


def _sgr(look: str, ground: str, colours: dict[str, str]) -> str:
    of = LOOKS[look] if look else Look()
    shades = [
        *_colour(38, colours[of.colour or "foreground"]),
        *_colour(48, colours[of.ground or ground]),
    ]
    if not shades and (look == "button" or ground == "cursor"):
        shades = ["7"]  # reverse, as the screens have it where there are no colours
    return f"\x1b[{';'.join(['0', *(['1'] if of.bold else []), *shades])}m"


def _colour(where: int, rgb: str) -> list[str]:
    """``#rrggbb`` as the terminal understands it: exactly, by the cube of 256, or not at all."""
    if "NO_COLOR" in os.environ:
        return []
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (1, 3, 5))
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return [f"{where};2;{red};{green};{blue}"]
    if "256" not in os.environ.get("TERM", ""):
        return []
    if max(red, green, blue) - min(red, green, blue) < 16:  # the ramp of greys is finer
        return [f"{where};5;{232 + min(max((red + green + blue) // 3 - 3, 0) // 10, 23)}"]
    cube = [round(part / 51) for part in (red, green, blue)]
    return [f"{where};5;{16 + 36 * cube[0] + 6 * cube[1] + cube[2]}"]


class Held:
    """The terminal between the first picture and Textual."""

    def __init__(self) -> None:
        import termios

        self.fileno = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        self.before = termios.tcgetattr(self.fileno)
        self.taken = False  # Textual has it now, and gives it back itself

    def quiet(self) -> None:
        """No key is shown, none interrupts; they wait to be read."""
        import termios

        attributes = termios.tcgetattr(self.fileno)
        attributes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL)
        attributes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)

    def give_back(self) -> None:
        import termios

        if not self.taken:
            _send(_PLAIN + _SHOW + NORMAL)
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.before)

    def driver(self) -> type[Driver]:
        """Textual's own for this terminal, which goes on where the first picture stands."""
        from textual.drivers.linux_driver import LinuxDriver

        held = self

        class TakingOver(LinuxDriver):
            def start_application_mode(self) -> None:
                first, held.taken = not held.taken, True
                super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
                if first:
                    self.attrs_before = held.before

            def write(self, data: str) -> None:
                if data == ALTERNATE and not self.attrs_before:
                    return  # it is shown already; some terminals would empty it
                super().write(data)

        return TakingOver


@contextmanager
def shown(picture: Picture, theme: str) -> Iterator[Held]:
    """The picture stands within; what takes the terminal over does so by ``driver``."""
    held = Held()
    ending = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def ended(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in ending:
        signal.signal(number, ended)
    held.quiet()
    try:
        _send(ALTERNATE + _HIDE + text(picture, theme))
        yield held
    finally:
        held.give_back()
        for number, handler in ending.items():
            signal.signal(number, handler)


def _send(sent: str) -> None:
    if sys.__stderr__ is not None:
        sys.__stderr__.write(sent)
        sys.__stderr__.flush()
