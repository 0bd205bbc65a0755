"""The one way anything says no to a person."""

from __future__ import annotations

from pathlib import Path

from opslog.locale import Msg


class Refused(Exception):
    """What was asked can't be done; the message says what, where and what to do.

    The command line prints it and exits with 1, the screens show it as a notice. Nothing was
    changed. ``field`` is which of several answers is at fault, where one is.
    """

    def __init__(self, message: Msg, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

    @property
    def lines(self) -> tuple[Msg, ...]:
        """The message by what is said on a line of its own where there is room for several."""
        return (self.message,)


class Unwritable(Refused):
    """The file or its disk can't be written; what is in it may well be read."""


class Replaced(Refused):
    """The file under the open book is another one by now, or is not there: what is written would
    be lost. What the window still shows may be had as a copy.
    """


class Damaged(Refused):
    """A row of the file holds what no row may; whatever does not need it goes on."""


class Lost(Refused):
    """There is no file to open, or none that can be read; ``copy`` is the newest good backup."""

    def __init__(self, message: Msg, copy: Path) -> None:
        super().__init__(message)
        self.copy = copy
