"""What a file is by its bytes, whatever its name ends in; and every reason not to read it."""

from __future__ import annotations

import re
from pathlib import Path

from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.exchange.reading import limits, xml_2003
from opslog.locale import N_, msg

TEXT, WORKBOOK = "text", "workbook"
HEAD = 4096

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\1\0", "ICO"),
)
_OTHERS = (
    (b"%PDF", N_("a PDF document")),
    (b"SQLite format 3\0", N_("a database")),
    (b"\x1f\x8b", N_("a compressed archive")),
    (b"Rar!", N_("a compressed archive")),
    (b"7z\xbc\xaf", N_("a compressed archive")),
    (b"{\\rtf", N_("a text document")),
)
_JSON = re.compile(rb"\[\s*[\[{]|\{\s*\"")
_WEB = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")


def look(path: Path) -> str:
    """TEXT or WORKBOOK. Raises Refused for what is neither, or can't be read at all."""
    head = _head(path)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        if _nothing_but_blanks(path):
            raise empty(path)
        return TEXT
    if head.startswith(_ZIP):
        return _packed(path)
    if head.startswith(_OLE):
        return WORKBOOK
    for mark, name in _PICTURES:
        if head.startswith(mark) and _is_picture(head, name):
            raise _no_list(path, msg(N_("a picture ({kind})"), kind=name))
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in (b"ftypheic", b"ftypmif1"):
        raise _no_list(
            path, msg(N_("a picture ({kind})"), kind="WEBP" if head[0] == 82 else "HEIC")
        )
    for mark, text in _OTHERS:
        if head.startswith(mark):
            raise _no_list(path, msg(text))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _JSON.match(start):
        raise _no_list(path, msg(N_("data for programs (JSON)")))
    if any(mark in start for mark in xml_2003.MARKS):
        return WORKBOOK
    if start.lower().startswith(_WEB):
        raise Refused(
            msg(
                N_(
                    "{file} is a web page under the name of a list; open it in Excel or WPS and "
                    "save it as XLSX or CSV"
                ),
                file=path.name,
            )
        )
    limits.check_lines(path)
    return TEXT


def empty(path: Path) -> Refused:
    """The sentence for a file that holds nothing."""
    return Refused(msg(N_("{file} is empty; export the list again"), file=path.name))


def unreadable(path: Path, error: OSError) -> Refused:
    """The sentence for a file the system does not let us read."""
    return Refused(
        msg(
            N_("{path} can't be read ({reason})"),
            path=str(path),
            reason=foreign.reason(error),
        )
    )


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused(msg(N_("{path} is a folder; name a file in it"), path=str(path)))
        if path.exists() and not path.is_file():  # a pipe or a device gives its bytes once, or ever
            raise Refused(
                msg(N_("{path} is no ordinary file; save the list as one first"), path=str(path))
            )
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError:
        raise Refused(msg(N_("There is no file {path}"), path=str(path))) from None
    except PermissionError:
        raise Refused(
            msg(N_("{path} may not be read; check its permissions"), path=str(path))
        ) from None
    except (OSError, ValueError) as error:
        reason = error if isinstance(error, OSError) else OSError(0, str(error))
        raise unreadable(path, reason) from None


def _nothing_but_blanks(path: Path) -> bool:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if chunk.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
                return False
    return True


def _is_picture(head: bytes, kind: str) -> bool:
    """Two letters are not enough: a list may begin with BM, a picture has NULs early on."""
    return kind not in ("BMP", "ICO") or (kind == "ICO" or 0 in head[6:14])


def _packed(path: Path) -> str:
    """A ZIP: a workbook, or some other kind of archive."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except limits.BROKEN_ARCHIVE:
        return WORKBOOK  # a broken one; the workbook reader says so
    names = [name.replace("\\", "/") for name in names]
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return WORKBOOK
    if any(name.startswith("word/") for name in names):
        raise _no_list(path, msg(N_("a text document")))
    if any(name.startswith("ppt/") for name in names):
        raise _no_list(path, msg(N_("a slide deck")))
    raise _no_list(path, msg(N_("a compressed archive")))


def _no_list(path: Path, what: object) -> Refused:
    return Refused(
        msg(
            N_("{file} is {what}, not a list; a list is a CSV, TSV or XLSX file"),
            file=path.name,
            what=what,
        )
    )
