"""Fields of the operator's own: of a person, or of the company they work for."""

from __future__ import annotations

import re
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.locale import N_, msg

PERSON, COMPANY = OF = ("person", "company")
OPERATOR = "operator"  # the source of a value that was typed
TEXT, NUMBER, CHOICE = TYPES = ("text", "number", "choice")
MOST_CHOICES = 8  # each has a digit
MOST_WEIGHT = 100  # points
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(千|万|亿)?")
TIMES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}


class OwnField(NamedTuple):
    """``on_card``: shown, and asked where it is blank, on the card of a call. ``weight``: the
    points that having it adds to a rank. ``known``: of how many people or companies it is."""

    id: int
    of: str
    name: str
    type: str = TEXT
    choices: tuple[str, ...] = ()
    on_card: bool = False
    weight: int = 0
    known: int = 0

    def read(self, typed: str) -> str:
        """A value as it is kept; '' for none. Refused where it is none of the choices, or has no
        number in it."""
        text = " ".join(storable(typed).split())
        if not text:
            return ""
        if self.type == CHOICE and self.choices:
            if text.isdecimal() and 1 <= int(text) <= len(self.choices):
                return self.choices[int(text) - 1]
            if text not in self.choices:
                known = " · ".join(self.choices)
                raise Refused(msg(N_("“{text}” is none of: {choices}"), text=text, choices=known))
        if self.type == NUMBER and number_in(text) is None:
            raise Refused(msg(N_("“{text}” has no number in it"), text=text))
        return text


def number_in(text: str) -> float | None:
    """The first number of a text: of ``100-499人`` 100, of ``1,200`` 1200, of ``2万`` 20000."""
    found = _NUMBER.search(re.sub(r"(?<=\d)[,，](?=\d{3})", "", text))
    return None if found is None else float(found[1]) * TIMES.get(found[2], 1)


def read_choices(typed: str) -> tuple[str, ...]:
    """Choices as typed, by commas or slashes. Refused for more than there are digits."""
    found = tuple(dict.fromkeys(filter(None, (one.strip() for one in _BETWEEN.split(typed)))))
    if len(found) > MOST_CHOICES:
        raise Refused(msg(N_("at most {n} choices: each has a digit"), n=MOST_CHOICES))
    return found


_BETWEEN = re.compile(r"[,，、;；/／]")
