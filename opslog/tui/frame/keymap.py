"""keys.toml beside the database: other keys for any action.

[keys]
"item.done" = "d,ctrl+d"
undo = "u,f9"

F1 shows each action's line for this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opslog.locale import N_, Msg, msg

FILE = "keys.toml"


@dataclass
class Keymap:
    """``keys``: action id -> keys as Textual names them; ``problems``: what was not understood."""

    keys: dict[str, str] = field(default_factory=dict)
    problems: list[Msg] = field(default_factory=list)

    def unknown(self, known: set[str]) -> list[Msg]:
        """A word on each id that no action has."""
        return [
            msg(N_("{file}: there is no action {id}; the usual keys hold"), file=FILE, id=id)
            for id in self.keys
            if id not in known
        ]


def load(home: Path) -> Keymap:
    """Read the file; what is wrong in it is named, and the defaults stay."""
    found = Keymap()
    path = home / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return found
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.problems.append(
            msg(N_("{file} can't be read ({reason}); the usual keys hold"), file=path, reason=error)
        )
        return found
    for id, keys in _flat(table):
        if not isinstance(keys, str) or not keys.strip():
            found.problems.append(
                msg(
                    N_('{file}: the keys of {id} must be text such as "d,ctrl+d"'), file=FILE, id=id
                )
            )
        else:
            found.keys[id] = keys
    return found


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Ids with their keys, whether an id stood in quotes or not, below [keys] or not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, "" if not before and name == "keys" else f"{before}{name}.")
        else:
            yield f"{before}{name}", value


_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "asterisk": "*",
    "slash": "/",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "⌫",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "comma": ",",
    "plus": "+",
    "number_sign": "#",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def readable(key: str) -> str:
    """A key's name as a person reads it: ``ctrl+p`` -> ``^p``."""
    key = key.strip()
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)
