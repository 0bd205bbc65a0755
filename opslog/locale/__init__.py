"""Every text a person sees comes through here.

Message ids are English; translations are gettext catalogues, one ``.po`` an area beside this
file, compiled into one ``.mo``. Floors that must not know a language (domain, store, journal
labels) hand up a ``Msg``, which becomes text only where it is shown.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
_here = Path(__file__).parent
_current = "en"


def N_(text: str) -> str:
    """Mark a message id for the catalogue without translating it now."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (_here / language / "opslog.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def language() -> str:
    return _current


def set_language(name: str) -> None:
    """Speak ``name`` from now on: a key of LANGUAGES, or a locale's name such as zh_CN.UTF-8."""
    global _current
    _current = match_language(name)


def match_language(name: str) -> str:
    """The language shipped that fits a locale name best; English where none does."""
    return "zh_CN" if name.lower().startswith(("zh", "cn", "chinese")) else "en"


def locale_language() -> str:
    """What the environment asks for."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return match_language(value)
    return "en"


class _Spaced(str):
    """A Chinese text with places to fill, which sets Latin words apart when it is filled."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        return str.format(_spaced(self, named), *values, **named)


def _to_fill(text: str) -> str:
    return _Spaced(text) if _current == "zh_CN" and "{" in text else text


def _(text: str) -> str:
    return _to_fill(_catalogue(_current).gettext(text)) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    return _to_fill(_catalogue(_current).ngettext(one, many, number))


def pgettext(context: str, text: str) -> str:
    return _to_fill(_catalogue(_current).pgettext(context, text))


class Msg:
    """A text not yet in any language: a message id with named arguments.

    An argument that is itself a Msg is translated too. ``str(msg)`` speaks the current
    language; ``msg.english()`` is what machine-readable output carries.
    """

    __slots__ = ("args", "id", "plural")

    def __init__(self, id: str, args: Mapping[str, object] | None = None, plural: str = "") -> None:
        self.id = id
        self.args = args or {}
        self.plural = plural  # message id for more than one; the argument ``n`` counts

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and repr(other) == repr(self)

    def __repr__(self) -> str:
        return f"Msg({self.id!r}, {self.args!r}, {self.plural!r})"

    def __str__(self) -> str:
        return self.render(_current)

    def english(self) -> str:
        return self.render("en")

    def render(self, language: str) -> str:
        catalogue = _catalogue(language)
        if self.plural:
            number = self.args["n"]
            assert isinstance(number, int)
            text = catalogue.ngettext(self.id, self.plural, number)
        else:
            text = catalogue.gettext(self.id) if self.id else ""
        if not self.args:
            return text
        filled = {k: v.render(language) if isinstance(v, Msg) else v for k, v in self.args.items()}
        return (_spaced(text, filled) if language == "zh_CN" else text).format(**filled)


def _spaced(text: str, filled: Mapping[str, object]) -> str:
    """``text`` with a blank where a Latin word is filled in beside Chinese: 已保留 Michael Chen."""
    for name, value in filled.items():
        if not isinstance(value, str | Msg) or not (value := str(value)):
            continue
        before, mark, after = text.partition(f"{{{name}}}")
        if not mark:
            continue
        if _is_latin(value[0]) and _is_chinese(before[-1:]):
            before += " "
        if _is_latin(value[-1]) and _is_chinese(after[:1]):
            after = f" {after}"
        text = before + mark + after
    return text


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and letter < "\u0250"


def _is_chinese(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


class Titled(Msg):
    """A title that no catalogue knows, kept in both languages: ``id`` is the English one."""

    __slots__ = ("chinese",)

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese

    def __repr__(self) -> str:
        return f"Titled({self.id!r}, {self.chinese!r})"

    def render(self, language: str) -> str:
        return self.chinese if language == "zh_CN" else self.id


def titled(english: str, chinese: str) -> Titled:
    """What is titled in one language only is so in both."""
    return Titled(english or chinese, chinese or english)


def msg(id: str, /, **args: object) -> Msg:
    """``msg(N_("Moved {name}"), name=...)``"""
    return Msg(id, args)


def nmsg(one: str, many: str, n: int, /, **args: object) -> Msg:
    """A message that counts ``n``."""
    return Msg(one, {"n": n, **args}, many)
