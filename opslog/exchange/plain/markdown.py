"""Text that Markdown shows as it was written, and that reads well where nothing shows Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslog.exchange.writing.cells import visible

# What may be taken for a sign, and what is one: emphasis, links, tags, entities, a mark that
# begins a line.
_PERHAPS = (*"\\`*[]<>_&", "\n#", "\n+", "\n-")
_SIGNS = re.compile(r"[\\`*\[\]<>]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|^(?=[#+-])")


def plain(text: str) -> str:
    """On one line: a break within it becomes a blank."""
    if not _is_plain(text):
        text = _SIGNS.sub(_escaped, " ".join(visible(text).split("\n")))
    return text


def all_plain(texts: Sequence[str]) -> Sequence[str]:
    """Each of them; together they are looked at ten times as quickly, and few hold a sign."""
    return texts if _is_plain("".join(texts), "\n".join(texts)) else list(map(plain, texts))


def _is_plain(text: str, lines: str = "") -> bool:
    lines = f"\n{lines or text}"
    return text.isprintable() and not any(sign in lines for sign in _PERHAPS)


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]
