"""Reading a TOML file a person wrote: every fault in it named with file, line and key."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, listed
from opslog.locale import N_, Msg, msg

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


# Signs of a Chinese keyboard that stand where TOML wants its own.
_WIDE = dict(
    zip("“”‘’，＝：［］｛｝＃．－０１２３４５６７８９", "\"\"'',==[]{}#.-0123456789", strict=True)
)
_WRITTEN = re.compile(r"""\"(?:\\.|[^"\\])*\"|'[^']*'|#.*""")


def _full_width(lines: Sequence[str]) -> tuple[int, Msg] | None:
    """The first line of a broken file where such a sign stands outside of texts and comments."""
    inside = ""
    for number, line in enumerate(lines, 1):
        for mark in ('"""', "'''"):
            if inside in ("", mark) and line.count(mark) % 2:
                inside, line = ("", "") if inside else (mark, line.partition(mark)[0])
        if inside and inside not in line:
            continue
        sign = next((one for one in _WRITTEN.sub("", line) if one in _WIDE), None)
        if sign is not None:
            said = N_("{sign} is a full-width sign; write {right} instead")
            return number, msg(said, sign=sign, right=_WIDE[sign])
    return None


def quoted(text: str) -> str:
    """A TOML basic string, which escapes as JSON does, and one sign more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


class Table(NamedTuple):
    """One table of a TOML file and the lines it stands on: ``first`` to ``last``, from 1.

    A value that is not of its kind is noted among the ``faults`` of the whole file, and
    something harmless stands in for it, so that the rest is looked at too. ``settle`` ends the
    reading; ``refused`` ends it at once.
    """

    data: Mapping[str, Any]
    file: str
    lines: tuple[str, ...]
    first: int
    last: int
    faults: list[Msg]

    @classmethod
    def read(cls, text: str, file: str) -> Table:
        """Raises Faulty where ``text`` is no TOML."""
        import tomllib

        lines = tuple(text.splitlines())
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            if (wide := _full_width(lines)) is not None:
                raise Faulty([at_line(file, *wide)]) from None
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else max(len(lines), 1)
            reason = foreign.said(_AT_LINE.sub("", str(error)).strip())
            raise Faulty(
                [at_line(file, line, msg(N_("not readable as TOML: {reason}"), reason=reason))]
            ) from None
        return cls(data, file, lines, 1, len(lines), [])

    def line(self, key: str = "") -> int:
        """Where ``key`` is set; the table's first line where it isn't."""
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        header = re.compile(rf"\s*\[+\s*{re.escape(key)}\s*\]")
        for number in range(self.first, self.last + 1):
            line = self.lines[number - 1]
            if key and (pattern.match(line) or header.match(line)):
                return number
        return self.first

    def fault(self, key: str, reason: Msg) -> None:
        """Note what is wrong with ``key`` and read on; the key is named, by the reason or beside
        the line."""
        named = not key or re.search(rf"(?<!\w){re.escape(key)}(?!\w)", reason.english())
        found = at_line(self.file, self.line(key), reason, "" if named else key)
        if found not in self.faults:
            self.faults.append(found)

    def refused(self, key: str, reason: Msg) -> Faulty:
        """To be raised where there is no reading on; it tells of all faults so far."""
        self.fault(key, reason)
        return Faulty(sorted(self.faults, key=_line_of))

    def settle(self) -> None:
        """Raises Faulty with every fault that was noted anywhere in the file."""
        if self.faults:
            raise Faulty(sorted(self.faults, key=_line_of))

    def section(self, key: str, above: str = "") -> Table:
        """The table ``[above.key]``, with the lines from its heading to the next one; empty, and
        a fault, where there is none."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            self.fault(key, msg(N_("[{key}] is missing"), key=above + key))
            value = {}
        headings = _headings(self.lines)
        named = [line for line, name in headings if name == above + key]
        first = next((line for line in named if line >= self.first), self.first)
        last = next((line for line, _name in headings if line > first), len(self.lines) + 1) - 1
        return Table(value, self.file, self.lines, first, last, self.faults)

    def only(self, *keys: str) -> None:
        """A key that nothing reads is most often a slip of the pen."""
        for key in self.data:
            if key not in keys:
                self.fault(
                    key,
                    msg(
                        N_("“{key}” is not known here; known: {known}"),
                        key=key,
                        known=listed(keys),
                    ),
                )

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            self.fault(key, msg(N_("“{key}” is missing"), key=key))
            return ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fault(key, msg(N_("“{key}” must be a text in quotes"), key=key))
            return default or ""
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        known = len(self.faults)
        value = self.text(key, default)
        if value in allowed or value == default:
            return value
        if len(self.faults) == known:
            self.fault(
                key,
                msg(N_("“{key}” must be one of: {allowed}"), key=key, allowed=listed(allowed)),
            )
        return next(iter(allowed)) if default is None else default

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fault(
                key,
                msg(
                    N_("“{key}” must be a whole number from {low} to {high}"),
                    key=key,
                    low=low,
                    high=high,
                ),
            )
            return default
        return value

    def yes(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, msg(N_("“{key}” must be true or false"), key=key))
            return False
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or a single one; none where nothing is said."""
        value = self.data.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.fault(key, msg(N_("“{key}” must be a list of texts in quotes"), key=key))
            return ()
        return tuple(values)

    def integers(self, key: str) -> frozenset[int]:
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(type(value) is int for value in values):
            self.fault(key, msg(N_("“{key}” must be a list of numbers"), key=key))
            return frozenset()
        return frozenset(values)

    def dates(self, key: str) -> frozenset[date]:
        """Days, also in quotes, as they are easily written."""
        values = self.data.get(key, [])
        found = [_day(value) for value in values] if isinstance(values, list) else [None]
        if None in found:
            self.fault(key, msg(N_("“{key}” must be a list of dates such as 2026-10-01"), key=key))
            return frozenset()
        return frozenset(day for day in found if day is not None)

    def tables(self, key: str) -> list[Table]:
        """The tables written as ``[[key]]``, in order, each with its own lines."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.fault(key, msg(N_("“{key}” must be written as [[{key}]]"), key=key))
            return []
        header = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        starts = [
            number
            for number in range(self.first, self.last + 1)
            if header.match(self.lines[number - 1])
        ]
        if not values:
            return []
        if len(starts) != len(values):  # written inline: all share the line of the key
            line = self.line(key)
            return [
                Table(value, self.file, self.lines, line, line, self.faults) for value in values
            ]
        ends = [*(start - 1 for start in starts[1:]), self.last]
        return [
            Table(value, self.file, self.lines, start, end, self.faults)
            for value, start, end in zip(values, starts, ends, strict=True)
        ]


class Faulty(Refused):
    """A file can't be used; ``faults`` are all that is wrong with it, each with file and line."""

    def __init__(self, faults: Sequence[Msg]) -> None:
        self.faults = tuple(faults)
        super().__init__(in_turn(self.faults))

    @property
    def lines(self) -> tuple[Msg, ...]:
        return self.faults


def at_line(file: str, line: int, reason: Msg, key: str = "") -> Msg:
    where = {"file": file, "line": line, "reason": reason}
    if key:
        return msg(N_("{file}, line {line}, “{key}”: {reason}"), key=key, **where)
    return msg(N_("{file}, line {line}: {reason}"), **where)


def _line_of(fault: Msg) -> int:
    line = fault.args["line"]
    assert isinstance(line, int)
    return line


@lru_cache(maxsize=2)
def _headings(lines: tuple[str, ...]) -> list[tuple[int, str]]:
    """The headings of a file with their lines, from 1, in order."""
    return [
        (number, line.strip().lstrip("[").partition("]")[0].strip())
        for number, line in enumerate(lines, 1)
        if line.lstrip().startswith("[")
    ]


def _day(value: object) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
