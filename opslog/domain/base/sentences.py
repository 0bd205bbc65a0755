"""Texts set beside each other, with the signs of the language they are shown in."""

from __future__ import annotations

from collections.abc import Iterable

from opslog.locale import N_, Msg, msg


def listed(parts: Iterable[Msg | str], join: str = N_("{first}, {second}")) -> Msg:
    """``a, b, c``; an empty message for no parts."""
    text: Msg | None = None
    for part in parts:
        said = part if isinstance(part, Msg) else _as_it_stands(part)
        text = said if text is None else msg(join, first=text, second=said)
    return text or Msg("")


def in_turn(parts: Iterable[Msg | str]) -> Msg:
    """``a; b; c``, where a part may hold a comma."""
    return listed(parts, N_("{first}; {second}"))


def labelled(label: Msg | str, value: object) -> Msg:
    """``label: value``"""
    return msg(N_("{label}: {value}"), label=label, value=value)


def bracketed(text: Msg | str, more: object) -> Msg:
    """``text (more)``"""
    return msg(N_("{text} ({more})"), text=text, more=more)


def _as_it_stands(text: str) -> Msg:
    """Data, which no catalogue is asked for."""
    return Msg("{text}", {"text": text})
