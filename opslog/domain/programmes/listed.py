"""A programme as a list of them shows it."""

from __future__ import annotations

from typing import NamedTuple

from opslog.locale import Msg


class Listed(NamedTuple):
    """``rate``: (answered, sent) of the last thirty days. ``faults``: what is wrong with its file;
    what ships, or what it said before, holds meanwhile."""

    code: str
    title: Msg
    active: int
    paused: int
    left: int
    finished: int
    due: int
    rate: tuple[int, int]
    own: bool
    faults: tuple[Msg, ...] = ()
