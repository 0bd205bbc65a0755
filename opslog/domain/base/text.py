"""Text from people and files, made fit to be kept."""

from __future__ import annotations

import re

# What is never sent as it is, in one table for screens, tables, JSON and errors: controls (C0, DEL,
# C1), what turns the direction of text, breaks lines, annotates, or hides inside it.
_NEVER_SENT = (
    *("\\x00-\\x1f", "\\x7f-\\x9f", "\\u061c", "\\u200e\\u200f", "\\u2028-\\u202e"),
    *("\\u2066-\\u2069", "\\ufeff", "\\ufff9-\\ufffb", "\\U000e0000-\\U000e007f"),
)
_UNSEEN = re.compile(f"[{''.join(_NEVER_SENT)}]")
# JSON escapes C0 itself, and the white space between its values is C0; half characters it lets by.
_RAW_IN_JSON = re.compile(f"[{''.join(_NEVER_SENT[1:])}\\ud800-\\udfff]")
_KEPT_NEWLINE = {"\n": "⏎", "\u2028": "⏎", "\u2029": "⏎", "\t": " ", "\r": "␍"}


def storable(text: str) -> str:
    """``text`` as it may stand in a text column: NUL shown as ␀, half characters as �.

    SQLite's JSON functions, which the journal uses, end a text at a NUL; a lone surrogate
    can't be encoded at all. Cells of an imported row are kept verbatim as JSON instead.
    """
    if "\0" in text:
        text = text.replace("\0", "␀")
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def shortened(text: str, most: int = 40) -> str:
    """``text`` in at most ``most`` characters, ending in … where something was left out."""
    return text if len(text) <= most else text[: most - 1] + "…"


def visible(text: str) -> str:
    """``text`` with control and direction characters shown as signs instead of sent."""
    return _UNSEEN.sub(_sign, text) if _UNSEEN.search(text) else text


def _sign(found: re.Match[str]) -> str:
    character = found[0]
    if character in _KEPT_NEWLINE:
        return _KEPT_NEWLINE[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def escaped(json: str) -> str:
    """A JSON document that says the same with nothing in it that a terminal would act upon."""
    return _RAW_IN_JSON.sub(_escape, json)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
