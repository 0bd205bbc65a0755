"""Text from people and files, made fit to be kept."""

from __future__ import annotations


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
