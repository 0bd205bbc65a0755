"""Why a row of a list is dropped: a code in the file, a digit under the finger, a title to read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.locale import N_, Msg, msg, titled

FILE = "reasons.toml"
_CODE = re.compile(r"[a-z][a-z0-9_]*")

# The titles of reasons.toml once more, so that the catalogue knows them: a journal label keeps
# the English title and is translated when it is shown, long after the file was read.
TITLES = (
    N_("colleague"),
    N_("competitor"),
    N_("partner"),
    N_("made up"),
    N_("not target"),
    N_("unreachable"),
    N_("duplicate"),
    N_("declined"),
    N_("student"),
    N_("media"),
    N_("supplier"),
    N_("job seeker"),
    N_("wrong region"),
    N_("too small"),
    N_("left the company"),
    N_("other"),
)


# Operator's rule: these stand on every list and are not reminded; whoever was dropped for another
# reason (not the target, too small …) but signed up is reminded all the same.
# The first of them are that for what they are, and on no list that goes out.
OUTSIDERS = ("colleague", "competitor", "partner", "made_up")
INVALID = (*OUTSIDERS, "duplicate", "declined", "unreachable", "left_company")


class Reason(NamedTuple):
    """``digit`` is 1 to 8 for a key of its own, None in the list that 9 opens."""

    code: str
    digit: int | None
    english: str
    chinese: str

    @property
    def title(self) -> Msg:
        known = msg(self.english)  # else of the operator's own file
        if known.render("zh_CN") == self.chinese:
            return known
        return titled(self.english, self.chinese)


class Reasons:
    """All reasons in the order of their file; digits first."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.all = tuple(reasons)
        self._by_code = {reason.code: reason for reason in self.all}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @property
    def keys(self) -> tuple[Reason, ...]:
        """Those with a digit, 1 first."""
        return tuple(sorted((r for r in self.all if r.digit), key=lambda r: r.digit or 0))

    @property
    def more(self) -> tuple[Reason, ...]:
        """Those of the typed list, in the order of the file."""
        return tuple(r for r in self.all if r.digit is None)

    def by_digit(self, digit: int) -> Reason | None:
        return next((r for r in self.all if r.digit == digit), None)

    def title(self, code: str) -> Msg:
        """The title of a code; the code itself where a database holds one that is not known."""
        reason = self._by_code.get(code)
        return reason.title if reason else Msg(code.replace("_", " "))


def read(text: str, file: str = FILE, below: Reasons | None = None) -> Reasons:
    """The reasons of a reasons.toml, laid over ``below`` where they are the operator's own.

    One with the code of another gives it other words; any other is added at the end. A digit is
    given by the file below alone. Raises Faulty naming everything wrong with file and line.
    """
    table = Table.read(text, file)
    table.only("reason")
    found = {reason.code: reason for reason in (below.all if below else ())}
    named: set[str] = set()
    for one in table.tables("reason"):
        one.only("code", "digit", "en", "zh")
        code = one.text("code")
        if code and not _CODE.fullmatch(code):
            one.fault("code", msg(N_("the code “{code}” may only hold a-z, 0-9 and _"), code=code))
        if code in named:
            one.fault("code", msg(N_("the code “{code}” is used twice"), code=code))
        named.add(code)
        digit = one.integer("digit", 0, 1, 8) if "digit" in one.data else None
        if below is not None:
            fixed = found[code].digit if code in found else None
            if digit not in (None, fixed):
                one.fault("digit", msg(N_("a reason's digit never changes; leave the line out")))
            digit = fixed
        found[code] = Reason(code, digit, one.text("en"), one.text("zh"))
    table.settle()
    return Reasons(found.values())
