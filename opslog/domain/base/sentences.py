"""Several messages said one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from opslog.locale import N_, Msg, msg


def listed(parts: Iterable[Msg]) -> Msg:
    """``a, b, c`` in the language it is shown in; an empty message for no parts."""
    text: Msg | None = None
    for part in parts:
        text = part if text is None else msg(N_("{first}, {second}"), first=text, second=part)
    return text or Msg("")
