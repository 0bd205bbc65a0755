"""keys.toml: other keys for any action.

[keys]
"item.done" = "d,ctrl+d"
undo = "u,f8"

F1 shows each action's line for this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table, at_line
from opslog.locale import N_, Msg, msg

FILE = "keys.toml"

# Whatever screen is in front gives these a meaning of its own: outcomes, reasons, choices.
OF_THE_SCREEN = frozenset((*"0123456789", "enter", "tab", "space"))


class Keys(NamedTuple):
    """``wanted``: action id -> keys as Textual names them, in the order of the file.

    ``faults`` are what was not understood: for these actions the usual keys hold.
    """

    wanted: Mapping[str, str]
    faults: tuple[Msg, ...]
    table: Table

    def fault(self, id: str, reason: Msg) -> Msg:
        """A sentence about an action's line, with where it stands."""
        return at_line(self.table.file, self.table.line(id), reason)


def read(text: str, file: str = FILE) -> Keys:
    """The keys wanted. Raises Faulty for what is no TOML at all."""
    table = Table.read(text, file)
    wanted = {}
    for id, keys in _flat(table.data):
        if isinstance(keys, str) and (cleaned := split(keys)):
            wanted[id] = ",".join(cleaned)
        else:
            table.fault(
                id,
                msg(
                    N_('the keys of {id} must be text such as "d,ctrl+d"; the usual ones hold'),
                    id=id,
                ),
            )
    return Keys(wanted, tuple(table.faults), table)


def split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Ids with their keys, whether an id stood in quotes or not, below [keys] or not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, "" if not before and name == "keys" else f"{before}{name}.")
        else:
            yield f"{before}{name}", value
