"""How the cells of a text file are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart.

    ``announced``: the first line says ``sep=;`` and is no row. ``wrapped``: each line was made
    one cell, in quotation marks, when the file was opened and saved again. ``rivals``: other
    delimiters that the lines read nearly as well by, so that a person has to say.
    """

    delimiter: str
    space_before_quote: bool = False
    backslash_escapes: bool = False
    announced: bool = False
    wrapped: bool = False
    rivals: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        return {
            "delimiter": self.delimiter,
            "skipinitialspace": self.space_before_quote,
            "escapechar": "\\" if self.backslash_escapes else None,
        }
