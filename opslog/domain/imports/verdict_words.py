"""What headings and cells of a list say of verdicts; the words are ``shipped/lists/taken.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from typing import Any

from opslog import shipped

_NUMBER = "{n}"


def fold(text: str) -> str:
    """Half width, lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def of_cell(text: str) -> str:
    """keep, drop, park or undecided; '' where no such word stands there."""
    return _words().get(fold(text), "")


def of_heading(heading: str) -> tuple[str, int | None] | None:
    """What a heading is (verdict, reason) and of which round, None of all; None for any other."""
    text = fold(heading)
    of, colon, what = text.rpartition(":")
    part = next((part for part in ("verdict", "reason") if what in data()[part]), "")
    if not part:
        return None
    if not colon:
        return part, None
    number = _round(of)
    return None if number is None else (part, number)


def _round(name: str) -> int | None:
    for number, names in data()["rounds"].items():
        for one in names:
            if number != "n" and name == one:
                return int(number)
            found = re.fullmatch(re.escape(one).replace(re.escape(_NUMBER), r"(\d{1,3})"), name)
            if number == "n" and found:
                return int(found[1])
    return None


@cache
def data() -> dict[str, Any]:
    """The words, folded."""
    said = tomllib.loads(shipped.text("lists/taken.toml"))
    return {
        key: {name: list(map(fold, words)) for name, words in value.items()}
        if isinstance(value, dict)
        else list(map(fold, value))
        for key, value in said.items()
    }


@cache
def _words() -> dict[str, str]:
    return {word: verdict for verdict, words in data()["words"].items() for word in words}
