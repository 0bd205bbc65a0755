"""columns.toml: which columns an export has, in which order, under names of one's own.

[people]
"给同事" = ["name", "company", "phone"]
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from opslog.domain.base.own_files.toml_lines import Table

Sets = Mapping[str, Mapping[str, Sequence[str]]]  # what is exported -> name -> columns


def read(text: str, file: str) -> Sets:
    """Raises Faulty for what can't be used."""
    table = Table.read(text, file)
    found = {}
    for what in table.data:
        section = table.section(what)
        found[what] = {name: section.texts(name) for name in section.data}
    table.settle()
    return found


def written(sets: Sets) -> str:
    """The file that ``read`` reads so; what has no set any more is left out."""
    lines = []
    for what, named in sets.items():
        if named:
            lines += ["", f"[{what}]"]
            lines += [f"{_quoted(name)} = {_quoted(list(some))}" for name, some in named.items()]
    return "\n".join(lines[1:]) + "\n"


def _quoted(value: object) -> str:
    """TOML strings and lists of them, which escape as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
