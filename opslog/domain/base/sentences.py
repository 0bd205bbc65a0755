"""Texts set beside each other, with the signs of the language they are shown in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opslog.locale import N_, Msg, msg


def listed(parts: Iterable[Msg | str], join: str = N_("{first}, {second}")) -> Msg:
    """``a, b, c``; an empty message for no parts."""
    said = [part if isinstance(part, Msg) else _as_it_stands(part) for part in parts]
    return _joined(said, join) if said else Msg("")


_IN_TURN = N_("{first}; {second}")


def in_turn(parts: Iterable[Msg | str]) -> Msg:
    """``a; b; c``, where a part may hold a comma."""
    return listed(parts, _IN_TURN)


def turns(said: object) -> Iterator[object]:
    """The parts of what was said in turn."""
    if isinstance(said, Msg) and said.id == _IN_TURN:
        yield from turns(said.args["first"])
        yield from turns(said.args["second"])
    else:
        yield said


def labelled(label: Msg | str, value: object) -> Msg:
    """``label: value``"""
    return msg(N_("{label}: {value}"), label=label, value=value)


def bracketed(text: Msg | str, more: object) -> Msg:
    """``text (more)``"""
    return msg(N_("{text} ({more})"), text=text, more=more)


def _joined(said: Sequence[Msg], join: str) -> Msg:
    """By halves, so that a long list nests a few messages deep."""
    if len(said) == 1:
        return said[0]
    half = (len(said) + 1) // 2
    return msg(join, first=_joined(said[:half], join), second=_joined(said[half:], join))


def _as_it_stands(text: str) -> Msg:
    """Data, which no catalogue is asked for."""
    return Msg("{text}", {"text": text})
