"""Codes that the file and scripts know things by, and the words that the screens print for them:
where one is typed the other is understood, in either language, as is a clear short form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.locale import LANGUAGES, N_, Msg, msg

Labels = Mapping[str, str | Msg]  # of each code a message id, or the message
_LEAST = 2  # signs of a short form; of Latin ones a word begins with it, and it has one more


def named(words: str, labels: Labels, also: Mapping[str, str]) -> str:
    """Which of ``labels`` is meant: its key, its label, or what it is ``also`` called; ''."""
    plain = _plain(words)
    key = plain.replace(" ", "_").replace("-", "_")
    for name, label in labels.items():
        if key == name or plain in _words(label):
            return name
    return also.get(key) or also.get(plain.replace(" ", ""), "")


def code_of(words: str, labels: Labels, also: Mapping[str, str] | None = None) -> str:
    """As ``named``, or the one whose code or label begins with the words, else holds them: 目标 is
    目标与形式, 直播 is 线上直播. '' where that is none, or could be several."""
    if found := named(words, labels, also or {}):
        return found
    plain = _plain(words)
    if len(plain) < _LEAST + plain.isascii():
        return ""
    for fits in (_begins, _holds):
        codes = [
            code
            for code, label in labels.items()
            if any(fits(one, plain) for one in (code, *_words(label)))
        ]
        if codes:
            return codes[0] if len(codes) == 1 else ""
    return ""


def read(words: str, labels: Labels, also: Mapping[str, str] | None = None) -> str:
    """The code; Refused with all the words there are for what is none of them."""
    if code := code_of(words, labels, also):
        return code
    text = N_("“{text}” is not known here; known: {known}")
    raise Refused(msg(text, text=words.strip(), known=known(labels)))


def known(labels: Labels) -> Msg:
    """“Aim and form (aim), Do, …”: the words of the language spoken, each with its
    code where that is another."""
    return listed(_said(code, label) for code, label in labels.items())


def _said(code: str, label: str | Msg) -> Msg:
    said = _message(label)
    plain = _plain(str(said))
    return said if plain == code or f"({code})" in plain else bracketed(said, code)


def _message(label: str | Msg) -> Msg:
    return label if isinstance(label, Msg) else msg(label)


def _words(label: str | Msg) -> set[str]:
    return {_plain(_message(label).render(one)) for one in LANGUAGES} - {""}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _begins(word: str, part: str) -> bool:
    return word.startswith(part)


def _holds(word: str, part: str) -> bool:
    return f" {part}" in word if part.isascii() else part in word
