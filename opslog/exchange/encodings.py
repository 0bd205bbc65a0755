"""Which characters the bytes of a file are: mark, then UTF-8, then candidates weighed.

Every Big5 and Shift-JIS file also decodes as GB18030 without an error, so decoding alone proves
nothing: candidates are weighed by how many of their characters are everyday ones.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opslog.domain.refusal import Refused
from opslog.locale import N_, msg

OFFERED = ("utf-8", "gb18030", "big5", "shift_jis", "utf-16-le", "utf-16-be", "cp1252")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf_8": "utf-8"}
_WEIGHED = ("gb18030", "big5", "shift_jis")
_CHUNK = 1 << 20
_SAMPLE = 64 << 10
# A file with fewer bytes amiss than this is damaged; with more it is in another encoding.
_FEW = 0.02
_FEW_UTF8 = 0.2  # other encodings hardly ever form a valid UTF-8 sequence by chance
_EVERYDAY = 0.85  # share of everyday characters that settles the matter
_CLEARLY = 0.2  # lead over the next candidate that settles it too


@dataclass(frozen=True)
class Decoding:
    """``name`` the encoding taken; ``candidates`` all it could be, the likeliest first.

    ``sure`` is False where more than one reading is possible. ``damaged``: some bytes are no
    text in it; they are read as ``\\xNN``.
    """

    name: str
    candidates: tuple[str, ...]
    sure: bool = True
    damaged: bool = False

    @property
    def errors(self) -> str:
        return "backslashreplace" if self.damaged else "strict"


def find(path: Path, chosen: str = "") -> Decoding:
    """The encoding of a text file, or the one chosen, checked against every byte.

    Raises Refused where the chosen one is unknown or does not fit.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if chosen:
        return _chosen(path, head, chosen)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Decoding(name, (name,), damaged=_measure(path, name).bad > 0)
    wide = _without_mark(head)
    if wide and not (found := _measure(path, wide)).bad:
        return Decoding(wide, (wide, *(name for name in OFFERED if name != wide)), found.other > 0)
    utf8 = _measure(path, "utf-8")
    if utf8.share_bad <= _FEW_UTF8:
        rest = tuple(name for name in ("gb18030",) if utf8.bad)
        return Decoding("utf-8", ("utf-8", *rest), damaged=utf8.bad > 0)
    return _weigh(path)


def spelled(name: str) -> str:
    """An encoding's name as opslog writes it. Raises LookupError for an unknown one."""
    known = codecs.lookup(name.strip())
    "".encode(known.name)  # LookupError for codecs that are no text encodings
    plain = known.name.replace("_", "-")
    return _NAMES.get(known.name, "shift_jis" if plain == "shift-jis" else plain)


def sample_lines(path: Path, encoding: str, count: int = 3) -> tuple[str, ...]:
    """The first lines that hold more than ASCII, read as ``encoding``: what to choose by."""
    with path.open("rb") as file:
        text = file.read(_SAMPLE).decode(encoding, "backslashreplace")
    lines = [line.strip("\ufeff") for line in text.splitlines() if not line.isascii()]
    return tuple(lines[:count])


@dataclass(frozen=True)
class _Measured:
    bad: int
    other: int  # characters beyond ASCII, understood

    @property
    def share_bad(self) -> float:
        return self.bad / (self.bad + self.other) if self.bad else 0.0


def _chosen(path: Path, head: bytes, chosen: str) -> Decoding:
    try:
        name = spelled(chosen)
    except (LookupError, ValueError):
        raise Refused(
            msg(
                N_("There is no encoding “{name}”; take one of {names}"),
                name=chosen,
                names=", ".join(OFFERED),
            )
        ) from None
    if name == "utf-8" and head.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    measured = _measure(path, name)
    if measured.share_bad > (_FEW_UTF8 if name.startswith("utf-8") else _FEW):
        raise Refused(
            msg(
                N_("{file} is not {encoding}: line {line} does not fit; try another --encoding"),
                file=path.name,
                encoding=name,
                line=_first_bad_line(path, name),
            )
        )
    return Decoding(name, (name,), damaged=measured.bad > 0)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _measure(path: Path, encoding: str) -> _Measured:
    """Read the whole file; most files pass without one Python step a character."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    bad = other = 0
    for chunk in _pieces(path):
        if chunk.isascii() and encoding == "utf-8":
            decoder.decode(chunk)
            continue
        text = decoder.decode(chunk)
        marks = text.count("\ufffd")
        bad += marks
        other += len(text) - len(text.encode("ascii", "ignore")) - marks
    bad += decoder.decode(b"", True).count("\ufffd")
    return _Measured(bad, other)


def _first_bad_line(path: Path, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    line = 1
    for chunk in _pieces(path):
        before, bad, _after = decoder.decode(chunk).partition("\ufffd")
        line += before.count("\n")
        if bad:
            break
    return line


def _without_mark(head: bytes) -> str:
    """UTF-16 that does not say so: its ASCII has a NUL in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few = max(2, len(head) // 40)
    if odd >= few and even <= odd // 20:
        return "utf-16-le"
    if even >= few and odd <= even // 20:
        return "utf-16-be"
    return ""


def _weigh(path: Path) -> Decoding:
    sample = _beyond_ascii(path)
    scores: dict[str, float] = {}
    damaged: dict[str, bool] = {}
    for name in (*_WEIGHED, *_guessed(sample)):
        measured = _measure(path, name)
        if name not in scores and measured.share_bad <= _FEW:
            scores[name] = _everyday(sample, name) - measured.share_bad
            damaged[name] = measured.bad > 0
    ranked = sorted(scores, key=lambda name: -scores[name])
    if not ranked:
        raise Refused(
            msg(
                N_(
                    "{file}: no encoding fits its bytes; name one with --encoding, "
                    "or save it as UTF-8"
                ),
                file=path.name,
            )
        )
    best = ranked[0]
    lead = scores[best] - (scores[ranked[1]] if len(ranked) > 1 else 0)
    clear = lead > _CLEARLY or (scores[best] >= _EVERYDAY and lead > 0.05)
    if best in _WEIGHED:
        return Decoding(best, tuple(ranked), clear, damaged[best])
    return Decoding(best, tuple(dict.fromkeys([*ranked, "cp1252"])), False, damaged[best])


def _beyond_ascii(path: Path) -> bytes:
    """The lines that tell encodings apart: mostly-ASCII text misleads every detector."""
    lines: list[bytes] = []
    size = 0
    for chunk in _pieces(path):
        for line in chunk.splitlines():
            if not line.isascii():
                lines.append(line)
                size += len(line)
        if size > _SAMPLE // 4:
            break
    return b"\n".join(lines)[:_SAMPLE]


def _guessed(sample: bytes) -> list[str]:
    """What the detector says, for encodings of its own only it knows of."""
    import cchardet

    found = cchardet.detect(sample).get("encoding")
    try:
        return [spelled(found)] if found else []
    except LookupError:
        return []


def _everyday(sample: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that are everyday ones in that script."""
    text = sample.decode(encoding, "ignore")
    others = [character for character in text if character > "\x7f"][:8000]
    if not others:
        return 0.0
    return sum(_weight(character, encoding) for character in others) / len(others)


def _weight(character: str, encoding: str) -> float:
    if encoding == "gb18030":
        return _level(character, "gb2312", 0xD7)
    if encoding == "big5":
        return _level(character, "big5", 0xC6)
    if encoding == "shift_jis":
        # Half-width kana are single bytes, which any text yields by chance.
        if "\uff61" <= character <= "\uff9f":
            return 0.0
        return 1.0 if "\u3040" <= character <= "\u30ff" else 0.8 * _level(character, encoding, 0x97)
    return 0.6 if character.isalpha() else 0.3


def _level(character: str, table: str, last_common: int) -> float:
    """1 for a character of the table's first, everyday level, 0.4 for a rarer one, 0 outside."""
    try:
        lead = character.encode(table)[0]
    except UnicodeEncodeError:
        return 0.0
    return 1.0 if lead <= last_common else 0.4
