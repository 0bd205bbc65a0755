"""Shares of a whole, as they may be shown: a rate of few says little, so below twenty it never
stands without its count."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from opslog.locale import N_, Msg, msg

_Z = 1.96  # standard deviations: 19 times in 20
ENOUGH = 20  # below so many a rate is never shown alone
UNKNOWN = "–"  # in place of a number that is not known


def percent_said(share: float) -> str:
    """“43%”; “<1%” of a few of very many, as 0% were nobody, and “>99%” where a few are missing."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == 100 and share < 1:
        return ">99%"
    return f"{whole:,}%"


class Rate(NamedTuple):
    """``part`` of ``of``."""

    part: int
    of: int

    @property
    def speaks(self) -> bool:
        """Whether it may stand alone."""
        return self.of >= ENOUGH

    @property
    def percent(self) -> int:
        return round(100 * self.part / self.of)

    @property
    def said(self) -> str:
        """“43%”, as ``percent_said``; “–” of nothing."""
        return percent_said(self.part / self.of) if self.of > 0 else UNKNOWN

    @property
    def range(self) -> tuple[int, int] | None:
        """Percents between which the share would lie 19 times in 20 if there were many more of them
        (Wilson 1927). None where it is a share of less than itself."""
        if not 0 <= self.part <= self.of or not self.of:
            return None
        share, spread = self.part / self.of, _Z * _Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
        return max(round(100 * (middle - half)), 0), min(round(100 * (middle + half)), 100)

    @property
    def alone(self) -> Msg:
        """“71%”, or “5 of 7”: where neither number stands beside it."""
        if self.speaks:
            return Msg("{share}", {"share": self.said})
        return msg(N_("{n} of {of}"), n=self.part, of=self.of)

    @property
    def counted(self) -> Msg:
        """“45 (71%)”, or “5”: where the whole is said before."""
        if not self.speaks:
            return Msg("{n}", {"n": self.part})
        return msg(N_("{first} ({detail})"), first=self.part, detail=self.alone)

    @property
    def between(self) -> str:
        """“16–75%”, the range of a rate of few; '' where it may stand alone, or has none."""
        between = None if self.speaks else self.range
        return "" if between is None else f"{between[0]}–{between[1]}%"

    @property
    def ranged(self) -> str:
        """“43%”, or “43% (3/7, 16–75%)”."""
        if not (between := self.between):
            return self.share
        return f"{self.said} ({self.part}/{self.of}, {between})"

    @property
    def beside(self) -> str:
        """“43%”, or “43% (16–75%)”: where both numbers stand beside it."""
        return f"{self.said} ({self.between})" if self.between else self.said

    @property
    def share(self) -> str:
        """“43%”, or “43% (3/7)”; “–” of nothing."""
        alone = self.speaks or self.of <= 0
        return self.said if alone else f"{self.said} ({self.part}/{self.of})"

    @property
    def short(self) -> str:
        """“43%”, or “3/7”, where there is room for one of them; “–” of nothing."""
        return self.said if self.speaks or self.of <= 0 else f"{self.part}/{self.of}"
