"""Texts in the operator's own words, with fields in braces: what is filled in, and what is not
known. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from opslog import locale
from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.events.events import SAYS
from opslog.domain.events.kinds import CHANNELS
from opslog.locale import N_, Msg, msg

PROMOTION, OWED, MOVED, OFF = "promotion", "owed", "moved", "called-off"
COMING, DECLINED = "moved-coming", "moved-declined"
USES = (PROMOTION, OWED, MOVED, COMING, DECLINED, OFF)
FIELDS = (
    *("name", "event", "date", "was", "place", "theme", "link", "missing", "by", "next"),
    *SAYS,
)
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_UNKNOWN = N_("{{{field}}} is filled in by nothing; known: {known}")


class Own(NamedTuple):
    """``channel`` '' for all."""

    use: str
    channel: str
    zh: str
    en: str


class Texts(NamedTuple):
    """The operator's own, in the order of the file."""

    texts: tuple[Own, ...] = ()

    def find(self, use: str, channel: str = "") -> str:
        """In the language spoken, that of the channel before one for all; '' where none is."""
        fit = [one for one in self.texts if one.use == use and one.channel in (channel, "")]
        fit.sort(key=lambda one: not one.channel)
        zh = locale.language() == "zh_CN"
        return next(((x.zh or x.en) if zh else (x.en or x.zh) for x in fit), "")


def read(text: str, file: str) -> Texts:
    """Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("text")
    found = []
    for one in table.tables("text"):
        one.only("use", "channel", "zh", "en")
        said = Own(
            one.one_of("use", USES),
            one.one_of("channel", CHANNELS, ""),
            one.text("zh", ""),
            one.text("en", ""),
        )
        for key in ("zh", "en"):
            for _line, field in unknown(getattr(said, key)):
                one.fault(key, msg(_UNKNOWN, field=field, known=listed(FIELDS)))
        if not (said.zh or said.en):
            one.fault("use", msg(N_("a text has words: zh, en, or both")))
        found.append(said)
    table.settle()
    return Texts(tuple(found))


def unknown(text: str) -> list[tuple[int, str]]:
    """The fields that nothing fills in, each with the line it stands on, from 1."""
    return [
        (number, field)
        for number, line in enumerate(text.splitlines(), 1)
        for field in _FIELD.findall(line)
        if field not in FIELDS
    ]


def check(text: str, what: Msg) -> None:
    """Refused where a text has a field that nothing fills in; ``what``: which text."""
    if found := unknown(text):
        said = [
            msg(
                N_("{text}, line {line}: {why}"),
                text=what,
                line=line,
                why=msg(_UNKNOWN, field=field, known=listed(FIELDS)),
            )
            for line, field in found
        ]
        raise Refused(in_turn(said))


def holds_fields(text: str) -> bool:
    return _FIELD.search(text) is not None


def fill(text: str, values: Mapping[str, Msg | str]) -> Msg:
    """With what is known; of what is not the text says so in its place."""

    def put(found: re.Match[str]) -> str:
        if found[1] not in FIELDS:
            return found[0]
        return str(values.get(found[1]) or msg(N_("({field} is not known)"), field=found[1]))

    return Msg("{text}", {"text": _FIELD.sub(put, text)})
