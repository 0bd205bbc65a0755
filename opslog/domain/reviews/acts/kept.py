"""What the file keeps of an act beside its words: what it changes, and what it said as a message,
to be read in the language of whoever reads it later.

As JSON: the change alone as ``PlaybookChange.packed`` has it, or an object with the messages too;
'' of words alone that were typed.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from opslog.domain.base import labels
from opslog.domain.base.refusal import Refused
from opslog.domain.reviews.acts import playbook_changes
from opslog.domain.reviews.acts.playbook_changes import PlaybookChange
from opslog.locale import Msg


class Kept(NamedTuple):
    """``change``: to the playbook, None of words alone. ``text`` and ``reason``: None of what was
    typed, which stands as it is."""

    change: PlaybookChange | None = None
    text: Msg | None = None
    reason: Msg | None = None

    def packed(self) -> str:
        change = "" if self.change is None else self.change.packed()
        said = {"text": self.text, "reason": self.reason}
        found = {name: _packed(one) for name, one in said.items() if one is not None}
        return json.dumps({"change": change, **found}, ensure_ascii=False) if found else change


def unpacked(text: str) -> Kept:
    """Refused for what is damaged."""
    try:
        data = json.loads(text) if text else ""
    except ValueError:
        data = ""
    if not isinstance(data, dict):
        return Kept(playbook_changes.unpacked(text))
    return Kept(
        playbook_changes.unpacked(str(data.get("change", ""))),
        _unpacked(data.get("text")),
        _unpacked(data.get("reason")),
    )


def readable(text: str) -> Kept:
    """The same; of what is damaged nothing, so that its words alone are left."""
    try:
        return unpacked(text)
    except Refused:
        return Kept()


def _packed(said: Msg) -> list[object]:
    return [said.id, json.loads(labels.pack(said))]


def _unpacked(said: object) -> Msg | None:
    if not isinstance(said, list) or len(said) != 2 or not isinstance(said[0], str):
        return None
    return labels.unpack(said[0], json.dumps(said[1], ensure_ascii=False))
