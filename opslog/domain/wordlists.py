"""Lists of words, written so that a person can read and extend them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text with white space between them."""
    return frozenset(text.split())
