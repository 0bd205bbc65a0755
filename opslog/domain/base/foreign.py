"""What the system and the libraries say in English, for whoever speaks another language.

A sentence that is not known here stays as it stands.
"""

from __future__ import annotations

import re

from opslog.locale import N_, Msg, msg

# Of the system, of SQLite, of tomllib: each is looked up by itself.
KNOWN = (
    *(N_("Permission denied"), N_("Operation not permitted"), N_("No such file or directory")),
    *(N_("No space left on device"), N_("Disk quota exceeded"), N_("Read-only file system")),
    *(N_("Is a directory"), N_("Not a directory"), N_("File exists"), N_("File name too long")),
    *(N_("Input/output error"), N_("Too many open files"), N_("Device or resource busy")),
    *(N_("is a folder"), N_("No such device or address"), N_("Connection timed out")),
    *(N_("disk I/O error"), N_("database or disk is full"), N_("database is locked")),
    *(N_("unable to open database file"), N_("attempt to write a readonly database")),
    *(N_("database disk image is malformed"), N_("file is not a database")),
    *(N_("Invalid statement"), N_("Invalid value"), N_("Cannot overwrite a value")),
    N_("Expected newline or end of document after a statement"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected '=' after a key in a key/value pair"),
    *(N_("Invalid initial character for a key part"), N_("Unclosed array")),
    *(N_("Unclosed inline table"), N_("Unescaped '\\' in a string"), N_("Invalid hex value")),
    N_("Escaped character is not a Unicode scalar value"),
    *(N_("Unterminated string"), N_("Invalid date or datetime")),
)
_HOLDING = (
    *(N_("Illegal character {what}"), N_("Found invalid character {what}")),
    *(N_("Cannot declare {what} twice"), N_("Duplicate inline table key {what}")),
    *(N_("Cannot mutate immutable namespace {what}"), N_("Cannot redefine namespace {what}")),
)


def said(text: str) -> Msg:
    """A sentence of theirs."""
    for known in _HOLDING:
        found = re.fullmatch(re.escape(known).replace(r"\{what\}", "(.+)"), text)
        if found:
            return msg(known, what=found[1])
    return Msg(text)


def reason(error: BaseException) -> Msg:
    """What an error says, without its number and file."""
    return said(getattr(error, "strerror", None) or str(error))
