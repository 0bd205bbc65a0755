"""Amounts, counts and what they changed by, as people type them: 20000, 6.1万, 22 万, -59.29％."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

_TIMES = {"千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_SIGNS = {"-": -1, "负": -1, "+": 1}
_DASHES = str.maketrans("−–—‐‑", "-----")  # which stand for a minus in sheets and articles
_MOST = 10**15


def read_amount(text: str) -> Decimal | None:
    """An amount of money or a count; ``3万`` is 30,000, ``3k`` 3,000. None where nothing is
    typed."""
    plain = _plain(text).lstrip("¥").rstrip("元")
    if not plain:
        return None
    value = _amount(plain)
    if value is None:
        raise Refused(msg(N_("“{text}” is no amount; write 20000 or 20k"), text=text))
    return value


def read_number(text: str) -> float:
    """A number from elsewhere, which may be below zero."""
    value = _signed(_plain(text))
    if value is None:
        raise Refused(
            msg(
                N_(
                    "“{text}” is no number; write 8,108, 204000 or 6.1万 (a share of a hundred as"
                    " 32, with % in the name of what it measures)"
                ),
                text=text,
            )
        )
    return float(value)


def read_change(text: str) -> tuple[float | None, float | None]:
    """By how many percent, or by how much, something changed: ``-59.29%`` or ``-19``."""
    plain = _plain(text)
    share = plain.endswith("%")
    value = _signed(plain.removesuffix("%"))
    if value is None:
        raise Refused(
            msg(N_("“{text}” is no change; write -9.9% or +12%, or by how many: -19"), text=text)
        )
    return (float(value), None) if share else (None, float(value))


def _plain(text: str) -> str:
    """Without what sets digits apart, full-width forms and every kind of dash made plain."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return re.sub(r"[,\s]", "", folded)


def _signed(plain: str) -> Decimal | None:
    sign = _SIGNS.get(plain[:1])
    value = _amount(plain[1:] if sign else plain)
    return None if value is None else value * (sign or 1)


def _amount(plain: str) -> Decimal | None:
    times = _TIMES.get(plain[-1:].lower(), 1)
    found = re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain[:-1] if times > 1 else plain, re.ASCII)
    value = Decimal(found[0]) * times if found else None
    return None if value is None or value > _MOST else value
