"""What a cell says of a sign-up: how it stands, and whether the person was there.

The words are data, ``shipped/lists/states.toml``: whole cells, and parts of what a cell holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from opslog import shipped
from opslog.domain.imports.cells import yes_no
from opslog.domain.rosters.rosters import COMING, UNKNOWN, WAITING, WITHDRAWN

CAME, ABSENT = "came", "absent"
# Of several parts the one named first holds.
PARTS = (WITHDRAWN, WAITING, UNKNOWN, COMING)
_PRESENCE = (CAME, ABSENT)
SHOWN = (COMING, WAITING, WITHDRAWN, UNKNOWN, CAME, ABSENT)

_LONGEST_REMARK = 40  # characters
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")
_BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_FIRST_WORD = re.compile(r"\s*([^,;:.!()\[\]【】、。\n—–-]+?)\s*(?:[,;:.!(\[【、。\n—–-]|$)")
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)")
_NO_TIME = re.compile(r"0{1,2}:00(?::00)?")
_DAY = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")


class Said(NamedTuple):
    """``state`` is one of STATES, '' where the cell says nothing of it; ``came`` None likewise.

    ``understood`` False: the cell holds something, and no word of it is known.
    """

    state: str = ""
    came: bool | None = None
    understood: bool = True


NOTHING = Said()


class _Words(NamedTuple):
    whole: dict[str, str]  # cell, or its first word -> part
    held: re.Pattern[str]
    parts: dict[str, str]  # phrase as it stands in ``held``'s groups -> part
    contrary: re.Pattern[str]
    again: frozenset[str]


def of_status(text: str) -> Said:
    """What a cell below a heading such as 报名状态 says; ``text`` is not blank."""
    found, clear = _found(text, _words(asks_who_came=False))
    there = {CAME: True, ABSENT: False}
    came = next((there[part] for part in _PRESENCE if part in found), None)
    for part in PARTS:
        if part in found and (clear or part in (WITHDRAWN, WAITING)):
            return Said(part, came if part not in (WITHDRAWN, WAITING) else None)
    if came is not None and clear:
        return Said(came=came)
    return Said(UNKNOWN, understood=False)


def strongest(said: Iterable[Said]) -> Said:
    """What several columns come to: withdrawn before waiting, not sure, coming; of whether
    somebody came the first that says it. One that was not understood holds where none was."""
    known = [one for one in said if one != NOTHING]
    clear = [one for one in known if one.understood] or known[:1]
    if not clear:
        return NOTHING
    state = min((one.state for one in clear if one.state), key=PARTS.index, default="")
    came = next((one.came for one in clear if one.came is not None), None)
    return Said(state, None if state in (WITHDRAWN, WAITING) else came, clear[0].understood)


def of_question(heading: str) -> dict[bool, str] | None:
    """What yes and no say below a heading, as a cell would say it; None below any other."""
    folded = fold(heading)
    for one in _data()["question"]:
        if any(word in folded for word in one["words"]):
            return {True: one["yes"], False: one["no"]}
    return None


def answered(text: str, answers: Mapping[bool, str]) -> str:
    """What the answer to a question says; any other text stays."""
    said = yes_no(text)
    if said is None and _DAY.match(text.strip()):
        said = True
    return text if said is None else answers[said]


def may_withdraw(remark: str) -> bool:
    """Whether a short remark may mean that the person does not come."""
    if not remark or len(remark) > _LONGEST_REMARK or not _remarks().search(fold(remark)):
        return False
    return of_status(remark).state == WITHDRAWN


@cache
def _remarks() -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, _data()["remark"]["words"])))


def of_presence(text: str) -> Said:
    """What a cell below a heading such as 签到状态 says; ``text`` is not blank."""
    folded = unicodedata.normalize("NFKC", text).strip()
    found, clear = _found(text, _words(asks_who_came=True))
    state = WITHDRAWN if WITHDRAWN in found else ""
    if ABSENT in found and CAME not in found:
        return Said(state, False)
    if CAME in found and clear:
        return Said(came=True)
    if state:
        return Said(state, False)
    if found or not clear:
        return Said(came=False if found else None, understood=bool(found))
    if _NO_TIME.fullmatch(folded):
        return Said(came=False)
    if _CLOCK.search(folded) or _DAY.match(folded):
        return Said(came=True)
    return Said(understood=False)


def _found(text: str, words: _Words) -> tuple[set[str], bool]:
    """The parts whose words the cell holds; and that none of them stands after its contrary."""
    plain = unicodedata.normalize("NFKC", text).strip()
    first = _FIRST_WORD.match(plain)
    for whole in (plain.casefold(), fold(plain)):
        if part := words.whole.get(whole):
            return {part}, True
    folded = fold(plain)
    found: set[str] = set()
    clear = True
    for match in words.held.finditer(folded):
        if words.contrary.search(folded, 0, match.start()):
            clear = False
            continue
        if match[0] in words.again:
            found.clear()
        found.add(words.parts[match.lastgroup or ""])
    if not found and clear and first and (part := words.whole.get(fold(first[1]))):
        found.add(part)
    return found, clear


def fold(text: str) -> str:
    """Small letters, simplified, one space for what stands between words, none beside Chinese."""
    plain = unicodedata.normalize("NFKC", text)
    words = _BETWEEN.sub(" ", _CAMEL.sub(" ", plain).casefold()).strip()
    return _BESIDE_HAN.sub("", words).translate(_scripts())


@cache
def _data() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(shipped.text("lists/states.toml"))


@cache
def _scripts() -> dict[int, int]:
    script = _data()["script"]
    return str.maketrans(script["traditional"], script["simplified"])


@cache
def _words(*, asks_who_came: bool) -> _Words:
    """The words that count below a heading; those of ``column`` are others' below another."""
    whole: dict[str, str] = {}
    holds: dict[str, str] = {}
    for part in (WITHDRAWN, *_PRESENCE) if asks_who_came else (*PARTS, *_PRESENCE):
        data = _data()[part]
        holds |= dict.fromkeys(data["holds"], part)
        if part in _PRESENCE:
            if asks_who_came:
                whole |= dict.fromkeys(data["column"], part)
                holds |= {word: part for word in data["column"] if len(word) > 1}
        elif not asks_who_came:
            whole |= dict.fromkeys(data["is"], part)
    parts = {f"p{at}": holds[phrase] for at, phrase in enumerate(_longest_first(holds))}
    held = "|".join(
        f"(?P<p{at}>{_pattern(phrase)})" for at, phrase in enumerate(_longest_first(holds))
    )
    contrary = "|".join(
        f"(?<![a-z]){word} " if word.isascii() else word for word in _data()["contrary"]["words"]
    )
    again = frozenset(word.rstrip("*") for word in _data()["again"]["words"])
    return _Words(whole, re.compile(held), parts, re.compile(f"(?:{contrary})$"), again)


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def _pattern(phrase: str) -> str:
    """A phrase of Chinese as it is; English ones as whole words, a space in them may be missing."""
    if not phrase.isascii():
        return re.escape(phrase)
    end = "[a-z]*" if phrase.endswith("*") else "(?![a-z])"
    return "(?<![a-z])" + re.escape(phrase.rstrip("*")).replace(r"\ ", " ?") + end
