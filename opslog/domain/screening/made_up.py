"""What a made-up name looks like: one character repeated, keys in a row, no letter at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from opslog.locale import N_, Msg, msg

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")


class Look(NamedTuple):
    """``test`` takes a folded text (see names.fold); the texts say what was found."""

    test: Callable[[str], bool]
    person: Msg
    company: Msg


def repeated(text: str) -> bool:
    """``111``, ``xx``, ``啊啊啊``; not 丽丽, which is a name."""
    if not text or len(set(text)) != 1 or not text[0].isalnum():
        return False
    return text[0].isascii() or len(text) >= 3


def keyboard(text: str) -> bool:
    """Nothing but runs of neighbouring keys: ``asdf``, ``qweasd``, ``123456``, ``asdfasdf``."""
    plain = text.replace(" ", "")
    while plain:
        length = _run(plain)
        if not length:
            return False
        plain = plain[length:]
    return bool(text)


def _run(text: str) -> int:
    """How many characters from the start are keys in a row; 0 when too few to tell.

    Three are enough at the start of a row (asd, 123); elsewhere, and backwards, four, since
    names such as Tre or Oil are three keys in a row too.
    """
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        at = row.find(text[0])
        if at < 0:
            continue
        length = 0
        while length < len(text) and at + length < len(row) and text[length] == row[at + length]:
            length += 1
        if length >= (3 if at == 0 and row in _ROWS else 4):
            return length
    return 0


def digits(text: str) -> bool:
    """A number where a name should stand. Not for companies: 360 and 58 are real ones."""
    return text.replace(" ", "").isdigit()


def symbols(text: str) -> bool:
    """No letter, no digit, no Chinese character: ``。。。``, ``--``, ``/``."""
    return bool(text) and not any(character.isalnum() for character in text)


LOOKS = {
    "repeated": Look(
        repeated,
        msg(N_("name is one character repeated")),
        msg(N_("company is one character repeated")),
    ),
    "keyboard": Look(
        keyboard, msg(N_("name is keys in a row")), msg(N_("company is keys in a row"))
    ),
    "digits": Look(digits, msg(N_("name is a number")), msg(N_("company is a number"))),
    "symbols": Look(symbols, msg(N_("name has no letter")), msg(N_("company has no letter"))),
}
