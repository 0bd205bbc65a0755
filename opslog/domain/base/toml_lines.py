"""Reading a TOML file a person wrote, with complaints that name the file and the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Table:
    """One table of a TOML file and the lines it stands on: ``first`` to ``last``, from 1.

    Every reader raises Refused, naming file and line, where a value is not of its kind.
    """

    data: Mapping[str, Any]
    file: str
    lines: tuple[str, ...]
    first: int
    last: int

    @classmethod
    def read(cls, text: str, file: str) -> Table:
        """Raises Refused where ``text`` is no TOML."""
        import tomllib

        lines = tuple(text.splitlines())
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else max(len(lines), 1)
            reason = _AT_LINE.sub("", str(error)).strip()
            raise refused_at(
                file, line, msg(N_("not readable as TOML: {reason}"), reason=reason)
            ) from None
        return cls(data, file, lines, 1, len(lines))

    def line(self, key: str = "") -> int:
        """Where ``key`` is set; the table's first line where it isn't."""
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        header = re.compile(rf"\s*\[+\s*{re.escape(key)}\s*\]")
        for number in range(self.first, self.last + 1):
            line = self.lines[number - 1]
            if key and (pattern.match(line) or header.match(line)):
                return number
        return self.first

    def refused(self, key: str, reason: Msg) -> Refused:
        return refused_at(self.file, self.line(key), reason)

    def only(self, *keys: str) -> None:
        """Refuse a key that nothing reads: most often a slip of the pen."""
        for key in self.data:
            if key not in keys:
                raise self.refused(
                    key,
                    msg(
                        N_("“{key}” is not known here; known: {known}"),
                        key=key,
                        known=", ".join(keys),
                    ),
                )

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise self.refused(key, msg(N_("“{key}” is missing"), key=key))
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.refused(key, msg(N_("“{key}” must be a text in quotes"), key=key))
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed and value != default:
            raise self.refused(
                key,
                msg(N_("“{key}” must be one of: {allowed}"), key=key, allowed=", ".join(allowed)),
            )
        return value

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refused(
                key,
                msg(
                    N_("“{key}” must be a whole number from {low} to {high}"),
                    key=key,
                    low=low,
                    high=high,
                ),
            )
        return value

    def integers(self, key: str) -> frozenset[int]:
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(type(value) is int for value in values):
            raise self.refused(key, msg(N_("“{key}” must be a list of numbers"), key=key))
        return frozenset(values)

    def dates(self, key: str) -> frozenset[date]:
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(
            isinstance(value, date) and not isinstance(value, datetime) for value in values
        ):
            raise self.refused(
                key, msg(N_("“{key}” must be a list of dates such as 2026-10-01"), key=key)
            )
        return frozenset(values)

    def tables(self, key: str) -> list[Table]:
        """The tables written as ``[[key]]``, in order, each with its own lines."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.refused(key, msg(N_("“{key}” must be written as [[{key}]]"), key=key))
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
            return [Table(value, self.file, self.lines, line, line) for value in values]
        ends = [*(start - 1 for start in starts[1:]), self.last]
        return [
            Table(value, self.file, self.lines, start, end)
            for value, start, end in zip(values, starts, ends, strict=True)
        ]


def refused_at(file: str, line: int, reason: Msg) -> Refused:
    return Refused(msg(N_("{file}, line {line}: {reason}"), file=file, line=line, reason=reason))
