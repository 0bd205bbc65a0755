"""Who asks not to be called, written to or mailed, by the columns and remarks of a list.

The words are data, ``shipped/lists/do_not_call.toml``, which says what counts where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from functools import cache
from typing import Any, NamedTuple

from opslog import shipped
from opslog.domain.imports.cells import clean, moment, yes_no
from opslog.domain.imports.state_words import fold
from opslog.domain.people.card import CALL, MAIL, SCOPES, WRITE

_SHORT = 4  # characters; a name or a number with a request in the same cell is longer
_LONGEST_WHY = 80  # characters of what a list says
_LONGEST_HEADING = 40  # a longer one is a question, whose answer says nothing by a mere yes
# Every request holds one of these, so that of most cells nothing more is asked.
_WORD = re.compile(r"[^\W\d_]").search  # a letter, as any request has
_CHINESE = re.compile("[勿毋莫甭扰擾拒绝絕谢謝禁别別黑不无無免停退反诉訴烦煩]").search
_ENGLISH = (
    *("not", "n't", "n’t", "no ", "never", "stop", "dnc", "dnd", "refus", "declin"),
    *("opt", "remove", "unsub", "leave", "take me", "d.n.c", "compl", "block"),
)
_CLAUSE = re.compile(r"[\s,，。.;；!！?？:：、/|()（）\[\]【】~～—]+")
_MOST_HELD = 20_000  # texts that come again and again in a list


class Asked(NamedTuple):
    """A channel (one of SCOPES) that is not to be used, and the list's own words for it."""

    scope: str
    why: str


class Column(NamedTuple):
    """What a yes below a heading asks for; ``allows``: what a no does."""

    scopes: tuple[str, ...]
    allows: bool = False


class Request(NamedTuple):
    scopes: tuple[str, ...]
    unclear: bool  # for some hours only, or perhaps none at all: it bars nobody


class Said(NamedTuple):
    """What a row asks for; ``unclear``: fields and words that were not understood of it."""

    asked: tuple[Asked, ...]
    unclear: tuple[tuple[str, str], ...]


def of_heading(heading: str) -> Column | None:
    """The column a heading makes where it asks for this; None for any other."""
    text = fold(heading)
    if not text or len(text) > _LONGEST_HEADING:
        return None
    if not _may_ask(heading) and not _may_allow(text):
        return None
    words = _words()
    if words.never.search(text):
        return None
    request = _request(text, words.below)
    if request is not None:
        named = _channels(text, words) if request.scopes == SCOPES else ()
        return None if request.unclear else Column(named or request.scopes)
    named = _channels(text, words) if words.allow.search(text) else ()
    if not named and words.allow_mail.fullmatch(text):
        named = (MAIL,)
    return Column(named, allows=True) if named else None


class Requests:
    """Reads the rows of one list. ``asking``: the columns whose headings ask, ``remarks``: those
    in which words may stand, ``short``: those where only a long cell may hold them besides."""

    def __init__(
        self,
        headings: Sequence[str],
        asking: Iterable[int],
        remarks: Iterable[int],
        short: Iterable[int],
    ) -> None:
        named = [(at, headings[at] if at < len(headings) else "") for at in asking]
        columns = [of_heading(head) or Column(SCOPES) for _at, head in named]
        if {(WRITE,), (MAIL,)} <= {one.scopes for one in columns}:
            # Beside columns of their own for messages and for mail, 免打扰 means calls.
            columns = [
                Column((CALL,), one.allows) if one.scopes == SCOPES else one for one in columns
            ]
        self._asking = [(*one, column) for one, column in zip(named, columns, strict=True)]
        self._remarks, self._short = tuple(remarks), tuple(short)
        self._quiet = {""}  # cells that ask nothing

    def read(self, cells: Sequence[str]) -> Said | None:
        """What a row asks for; None where nothing. ``cells`` reach as far as the columns do."""
        quiet, loud = self._quiet, []  # plain loops: this runs for each row of a list
        for at in self._remarks:
            if cells[at] not in quiet:
                loud.append(at)
        for at in self._short:
            cell = cells[at]
            if len(cell) > _SHORT and not cell.isdigit() and _WORD(cell):
                loud.append(at)
        if not loud and not self._asking:
            return None
        asked: dict[str, str] = {}
        unclear = []
        for at, heading, column in self._asking:
            scopes = _answer(cells[at], column)
            if scopes is None:
                unclear.append(("barred", clean(cells[at])))
            for scope in scopes or ():
                asked.setdefault(scope, f"{heading}: {clean(cells[at])}"[:_LONGEST_WHY])
        for at in loud:
            request = in_words(cells[at])
            if request is None:
                if len(self._quiet) >= _MOST_HELD:
                    quiet.clear()
                    quiet.add("")
                quiet.add(cells[at])
            elif request.unclear:
                unclear.append(("note", clean(cells[at])))
            else:
                for scope in request.scopes:
                    asked.setdefault(scope, clean(cells[at])[:_LONGEST_WHY])
        if not asked and not unclear:
            return None
        return Said(tuple(Asked(*one) for one in asked.items()), tuple(unclear))


def in_words(text: str) -> Request | None:
    """The first request a text holds, wherever it stands in it; None for most texts."""
    if not _may_ask(text):
        return None
    words = _words()
    request = _request(fold(text), words.anywhere)
    if request is not None:
        return request
    for clause in map(fold, _CLAUSE.split(text)):
        if request := _request(clause, words.end):
            return request
        if words.doubtful.fullmatch(clause):
            return Request(SCOPES, unclear=True)
    return None


def _may_ask(text: str) -> bool:
    """Whether a text holds a word that every request does."""
    if not text.isascii() and _CHINESE(text):
        return True
    low = text.casefold()
    for word in _ENGLISH:  # noqa: SIM110 (it takes half the time of any(), a third of a regex's)
        if word in low:
            return True
    return False


def _may_allow(text: str) -> bool:
    """Whether a folded heading holds what those do that ask otherwise than requests."""
    data = _data()
    columns, allow, channels = (data[key] for key in ("column", "allow", "channel"))
    if any(word in text for words in (*columns.values(), allow["mail"]) for word in words):
        return True
    if not any(word in text for word in allow["words"]):
        return False
    return any(word in text for words in channels.values() for word in words)


def _answer(cell: str, column: Column) -> tuple[str, ...] | None:
    """What a cell below such a heading asks for; None where it is not understood."""
    text = clean(cell)
    if not text:
        return ()
    words, plain = _words(), fold(text)
    said = words.answer.get(plain, yes_no(text))
    if said is None and plain in words.stop:
        return column.scopes
    if said is None and plain in words.go:
        return ()
    if said is not None:
        return column.scopes if said is not column.allows else ()
    request = _request(plain, words.below)
    if request is not None:
        return None if request.unclear else request.scopes
    if column.allows:
        return ()
    named = _channels(plain, words)
    if named and not words.channel.sub("", plain).strip("和与及 "):
        return named
    return column.scopes if moment(text, UTC) is not None else None


def _request(text: str, phrases: re.Pattern[str]) -> Request | None:
    """The first request a folded text holds."""
    words = _words()
    for match in phrases.finditer(text):
        before = text[: match.start()]
        if words.contrary.search(before):
            continue
        around = before[-4:] + match[0]
        limited = bool(words.limited.search(before[-3:] + match[0] + " " + match["tail"]))
        scopes = next(
            (
                tuple(key[1:].split("_"))
                for key, one in match.groupdict().items()
                if one and key[0] == "s"
            ),
            (),
        )
        named = _channels(around + " " + match["tail"], words) if scopes in ((), SCOPES) else ()
        return Request(scopes if scopes and not named else named or SCOPES, limited)
    return None


def _channels(text: str, words: _Words) -> tuple[str, ...]:
    """The channels a folded text names."""
    found = {match.lastgroup for match in words.channel.finditer(text)}
    return tuple(scope for scope in SCOPES if scope in found)


class _Words(NamedTuple):
    anywhere: re.Pattern[str]
    below: re.Pattern[str]  # a heading that asks
    end: re.Pattern[str]  # of a sentence that asks
    doubtful: re.Pattern[str]
    channel: re.Pattern[str]
    contrary: re.Pattern[str]
    limited: re.Pattern[str]
    never: re.Pattern[str]
    allow: re.Pattern[str]
    allow_mail: re.Pattern[str]
    answer: dict[str, bool]
    stop: frozenset[str]
    go: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(shipped.text("lists/do_not_call.toml"))


@cache
def _words() -> _Words:
    data = _data()
    channel = data["channel"]
    limited = _one_of(data["limited"]["words"])
    between = _one_of([*data["refuse"]["between"], *data["limited"]["words"]])
    refused = (
        f"(?:{_one_of(data['refuse']['words'])})(?: ?(?:{between}))*? ?"
        f"(?:{_one_of([word for words in channel.values() for word in words])})"
    )
    return _Words(
        _phrases(refused, data["whole"]),
        _phrases(refused, data["whole"], data["column"]),
        re.compile(
            f"(?P<scall>{_one_of(data['end']['call'])})(?:{_one_of(data['end']['after'])})*(?P<tail>)$"
        ),
        re.compile(
            f"(?:{_one_of(data['doubtful']['before'])})*(?:{_one_of(data['doubtful']['words'])})"
            f"(?:{_one_of(data['doubtful']['after'])})*"
        ),
        re.compile("|".join(f"(?P<{scope}>{_one_of(channel[scope])})" for scope in SCOPES)),
        re.compile(f"(?:{_one_of(data['refuse']['contrary'], after=False)}) ?$"),
        re.compile(limited),
        re.compile(_one_of(data["never"]["words"])),
        re.compile(_one_of(data["allow"]["words"])),
        re.compile(_one_of(data["allow"]["mail"])),
        dict.fromkeys(data["answer"]["yes"], True) | dict.fromkeys(data["answer"]["no"], False),
        frozenset(data["answer"]["stop"]),
        frozenset(data["answer"]["go"]),
    )


def _phrases(refused: str, *tables: dict[str, list[str]]) -> re.Pattern[str]:
    """Requests of any kind; the group they stand in names their channels, ``tail`` what follows."""
    found: dict[str, list[str]] = {}
    for table in tables:
        for key, words in table.items():
            scopes = SCOPES if key == "any" else tuple(key.split())
            found.setdefault("_".join(scopes), []).extend(words)
    whole = "|".join(f"(?P<s{key}>{_one_of(words)})" for key, words in found.items())
    return re.compile(rf"(?:{refused}|{whole})(?P<tail>(?: [a-z]+){{0,4}})")


def _one_of(words: Iterable[str], *, after: bool = True) -> str:
    """Any of these, the longest first; English ones are whole words."""
    return "|".join(_pattern(word, after=after) for word in sorted(words, key=len, reverse=True))


def _pattern(word: str, *, after: bool) -> str:
    if not word.isascii():
        return re.escape(word)
    return "(?<![a-z])" + re.escape(word).replace(r"\ ", " ?") + ("(?![a-z])" if after else "")
