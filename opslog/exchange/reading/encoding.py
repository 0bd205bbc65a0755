"""Which characters the bytes of a file are: mark, then UTF-8, then candidates weighed.

Every Big5 and Shift-JIS file also decodes as GB18030 without an error, so decoding alone proves
nothing: candidates are weighed by how everyday their characters are, and where none is ahead of
the others by far, the operator is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import TextSample
from opslog.exchange.reading import euc_tw, foreign_signs, likelihood
from opslog.locale import N_, msg

OFFERED = ("utf-8", "gb18030", "cp950", "cp932", "utf-16-le", "utf-16-be", "cp1252")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNICODE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# What is meant by a name: Windows says the plain one and writes cp950 and cp932 (‧ ～ ﹑ －).
_NAMES = {
    **dict.fromkeys(("gbk", "gb2312", "cp936"), "gb18030"),
    **{"big5": "cp950", "shift_jis": "cp932", "utf_8": "utf-8"},
}
_WIDE = ("utf-16-le", "utf-16-be")
_WEIGHED = ("gb18030", "cp950", "cp932", "euc_kr", "euc_jp")
# One byte a letter; tried in this order where they cost the same.
_ALPHABETS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp874", "koi8-r"),
)
# Relatives under the same name: taken where they read more.
_WIDER = {
    "cp950": ("big5hkscs", "big5"),
    "cp932": ("shift_jis_2004",),
    "euc_kr": ("cp949",),
}
_EUC_TW = "euc_tw"
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")  # ISO-2022-JP: Japanese in seven bits
_CHUNK = 1 << 20
_SAMPLE = 64 << 10
_WEIGHED_BYTES = 16 << 10
# A file with fewer bytes amiss than this is damaged; with more it is in another encoding.
_FEW = 0.02
_A_FEW = 2  # bytes, however short the file
_NULS = re.compile(rb"\0{4,}")  # what a copy that was cut off ends in, and no UTF-16 holds
_HALF = 0.5  # of what a reading in UTF-8 must understand to be worth a look
_FEW_UTF8 = 0.2  # other encodings hardly ever form a valid UTF-8 sequence by chance
_BY_CHANCE = 60  # characters that bytes of another encoding may form in UTF-8, amply
_POSSIBLE = 40.0  # a reading so far behind the likeliest is not worth a look
_MOST_ASKED, _MOST_ALPHABETS = 4, 6
_BEGUN = 12  # characters of the line before what differs, where it is shown
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))


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
    head = _head(path)
    if chosen:
        return _chosen(path, head, chosen)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Decoding(name, (name,), damaged=_measure(path, name).bad > 0)
    if any(escape in head for escape in _ESCAPES) and not _measure(path, "iso2022_jp").bad:
        return Decoding("iso2022_jp", ("iso2022_jp", "utf-8"))
    if b"\0" in _NULS.sub(b"", head) and (wide := _wide(path, head)):
        return wide
    utf8 = _measure(path, "utf-8")
    if not utf8.other and not utf8.bad:
        return Decoding("utf-8", ("utf-8",))
    sample = _beyond_ascii(path)
    # A short file is weighed all the same: two Chinese characters in GB18030 may be valid UTF-8.
    if not utf8.bad and foreign_signs.are_utf8(sample):
        return Decoding("utf-8", ("utf-8",))
    if utf8.bad and utf8.share_bad <= _FEW_UTF8 and utf8.other > _BY_CHANCE:
        return Decoding("utf-8", ("utf-8", "gb18030"), damaged=True)
    return _weigh(path, sample, is_utf8=not utf8.bad)


def spelled(name: str) -> str:
    """An encoding's name as opslog writes it. Raises LookupError for an unknown one."""
    known = codecs.lookup(name.strip())
    "".encode(known.name)  # LookupError for codecs that are no text encodings
    plain = known.name.replace("_", "-")
    return _NAMES.get(known.name, plain)


def readings(path: Path, names: Sequence[str], count: int) -> tuple[TextSample, ...]:
    """The same lines read in each encoding, those first that tell most of them apart."""
    lines = _beyond_ascii(path).splitlines()
    wide = _head(path)
    narrow = [name for name in names if not name.startswith(("utf-16", "utf-32"))]
    read = {name: [line.decode(name, "backslashreplace") for line in lines] for name in narrow}
    told = [len(set(texts)) for texts in zip(*read.values(), strict=True)]
    order = sorted(range(len(told)), key=told.__getitem__, reverse=True)[:count]
    found = []
    for name in names:
        if name in read:
            shown = [read[name][at] for at in sorted(order)]
        else:
            text = wide.decode(name, "backslashreplace")
            shown = [line for line in text.splitlines() if not line.isascii()][:count]
        found.append(TextSample(name, tuple(_from_what_differs(line) for line in shown)))
    return tuple(found)


def _from_what_differs(line: str) -> str:
    """The line from the cell on that holds more than ASCII; what stands before is the same."""
    line = line.strip("\ufeff")
    at = next((at for at, letter in enumerate(line) if letter > "\x7f"), 0)
    if at <= _BEGUN:
        return line
    cut = max(at - _BEGUN, *(line.rfind(sign, 0, at) + 1 for sign in ",;\t|"))
    return f"…{line[cut:]}"


@dataclass(frozen=True)
class _Measured:
    bad: int
    other: int  # characters beyond ASCII, understood

    @property
    def share_bad(self) -> float:
        return self.bad / (self.bad + self.other) if self.bad else 0.0

    def fits(self, encoding: str) -> bool:
        """Whether this is a file in ``encoding``, damaged at most in a few places."""
        if encoding.startswith("utf-8"):
            return self.share_bad <= _HALF
        return self.bad <= _A_FEW + self.other * _FEW and self.bad * 4 <= self.other


def _measured(text: str) -> _Measured:
    bad = text.count("\ufffd")
    return _Measured(bad, len(text) - len(text.encode("ascii", "ignore")) - bad)


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
    if name in ("utf-16", "utf-32") and not head.startswith(_UNICODE_MARKS):
        # Without its mark the codec does not know which byte comes first; separators tell.
        size = int(name[-2:]) // 8
        name += "-be" if head[::size].count(0) > head[size - 1 :: size].count(0) else "-le"
    name, measured = _fitting(path, name)
    # Separators and line ends of UTF-16 and UTF-32 have NULs; without, any bytes pass as Chinese.
    narrow = name.startswith(("utf-16", "utf-32")) and b"\0" not in head
    if narrow or not measured.fits(name):
        raise Refused(
            msg(
                N_("{file} is not {encoding}: line {line} does not fit; choose another encoding"),
                file=path.name,
                encoding=name,
                line=1 if narrow else _first_bad_line(path, name),
            )
        )
    return Decoding(name, (name,), damaged=measured.bad > 0)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_SAMPLE)


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


def _fitting(path: Path, name: str) -> tuple[str, _Measured]:
    """The encoding, or that of its supersets which reads more of the file."""
    best, measured = name, _measure(path, name)
    for wider in _WIDER.get(name, ()) if measured.bad else ():
        found = _measure(path, wider)
        if found.bad < measured.bad:
            best, measured = wider, found
    return best, measured


def _wide(path: Path, head: bytes) -> Decoding | None:
    """UTF-16 that does not say so; None where something else is likelier."""
    sample = head[: _WEIGHED_BYTES - len(head) % 2]
    names = (*_WIDE, "utf-8", *_WEIGHED)
    weighed = likelihood.weigh((name, sample.decode(name, "replace")) for name in names)
    best = weighed[0].encoding
    measured = _measure(path, best)
    if best not in _WIDE or not measured.fits(best):
        return None
    rest = [one.encoding for one in weighed[1:_MOST_ASKED]]
    sure = likelihood.lead(weighed) >= likelihood.SURE
    return Decoding(best, (best, *rest), sure, measured.bad > 0)


def _weigh(path: Path, sample: bytes, *, is_utf8: bool) -> Decoding:
    """The likeliest reading; sure where it is so by far, and the bytes can tell at all."""
    # A short list with a NUL or two in it is still a list where all else is UTF-8.
    if not is_utf8 and len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.05:
        raise _no_text(path)
    readings = []
    # Any bytes are letters of some alphabet; a list has line ends and separators among them.
    alphabets = list(_ALPHABETS)
    if len(sample.translate(None, _BEYOND_ASCII)) < len(sample) * 0.05:
        alphabets = []
    for name in dict.fromkeys(["utf-8", *_WEIGHED, *alphabets]):
        text = _read_best(sample, name)
        if _measured(text).fits(name):
            readings.append((name, text))
    taiwanese = euc_tw.approximate(sample)
    taiwan = [(_EUC_TW, taiwanese)] if _measured(taiwanese).fits(_EUC_TW) else []
    weighed = likelihood.weigh([*readings, *taiwan])
    if taiwan and weighed[0].encoding == _EUC_TW and likelihood.lead(weighed) >= likelihood.SURE:
        raise _unreadable(path)
    weighed = [one for one in weighed if one.encoding != _EUC_TW]
    texts = dict(readings)
    for place, one in enumerate(weighed):
        name, measured = _fitting(path, one.encoding)
        if not measured.fits(one.encoding):
            continue  # the sample passes, the rest of the file does not
        # One cell again and again weighs much and says little.
        han = [
            rival
            for rival in weighed
            if likelihood.is_everyday(texts[rival.encoding], rival.encoding)
        ]
        # Which alphabet of single bytes it is, these never say.
        told = one.encoding in ("utf-8", *_WEIGHED)
        sure = told and place == 0 and likelihood.lead(weighed) >= likelihood.SURE
        # Of bytes that are text without a fault in another encoding, none are damaged for sure.
        if name != "utf-8" and measured.bad and _whole_elsewhere(path, one.encoding, weighed):
            sure = False
        near = [
            other.encoding
            for number, other in enumerate(weighed)
            if number != place
            and (other.cost - one.cost < _POSSIBLE or number == 1 or (is_utf8 and other in han))
        ]
        # Bytes that are UTF-8 without a fault are never something else unasked.
        sure = sure and (name == "utf-8" or not is_utf8)
        # Thai reads as half-width kana; these are no Thai, which has no letter for ﾞ and ﾝ.
        thai = texts.get("cp874", "\ufffd")
        if name == "cp932" and "\ufffd" not in thai and likelihood.is_half_width(texts[name]):
            sure, near = False, ["cp874", *near]
        # One of several that read the same is enough to choose from.
        names = {texts[other]: other for other in reversed([one.encoding, *near])}
        others = [other for other in reversed(names.values()) if other != one.encoding]
        most = _MOST_ASKED if told else _MOST_ALPHABETS
        offered = (name, *others)[:most]
        # The commonest alphabet of the West can be chosen wherever every byte is a letter of it.
        western = texts.get("cp1252", "\ufffd")
        if not sure and "\ufffd" not in western and western not in map(texts.get, offered):
            offered = (*offered, "cp1252")
        return Decoding(name, offered, sure, measured.bad > 0)
    raise _no_text(path)


def _whole_elsewhere(path: Path, encoding: str, weighed: list[likelihood.Weighed]) -> bool:
    """Whether another reading that was weighed takes the file without a fault."""
    others = (one.encoding for one in weighed if one.encoding in _WEIGHED)
    return any(not _fitting(path, other)[1].bad for other in others if other != encoding)


def _read_best(sample: bytes, name: str) -> str:
    texts = [sample.decode(one, "replace") for one in (name, *_WIDER.get(name, ()))]
    return min(texts, key=lambda text: text.count("\ufffd"))


def _no_text(path: Path) -> Refused:
    return Refused(
        msg(
            N_(
                "{file}: no encoding fits its bytes; name its encoding yourself, or save it as "
                "UTF-8"
            ),
            file=path.name,
        )
    )


def _unreadable(path: Path) -> Refused:
    return Refused(
        msg(
            N_("{file} is in EUC-TW, which can't be read; save it as UTF-8 where it came from"),
            file=path.name,
        )
    )


def _beyond_ascii(path: Path) -> bytes:
    """The lines that tell encodings apart: mostly-ASCII text misleads every detector."""
    lines: list[bytes] = []
    size = 0
    for chunk in _pieces(path):
        for line in chunk.splitlines():
            if not line.isascii():
                lines.append(line)
                size += len(line)
        if size > _WEIGHED_BYTES:
            break
    return b"\n".join(lines)[:_WEIGHED_BYTES]
