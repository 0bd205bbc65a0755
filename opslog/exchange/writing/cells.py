"""What a cell may hold on its way into a file that other programs open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opslog.domain.base.text import storable
from opslog.locale import N_, _


@dataclass(frozen=True, slots=True)
class Named:
    """A value with two faces: ``code`` for programs (JSON), ``label`` for people."""

    code: str | int
    label: str


Cell = str | int | float | bool | date | datetime | Named | tuple[str, ...] | None

YES, NO = N_("yes"), N_("no")

# C0 controls and DEL have pictures of their own; tab and line break are ordinary text.
_SHOWN: dict[int, int | str] = {
    code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)
}
_SHOWN[0x7F] = 0x2421
_SHOWN |= {code: f"‹{code:02x}›" for code in range(0x80, 0xA0)}
_FORMULA = tuple("=+-@\t\r＝＋－＠")  # a spreadsheet in Chinese takes the full-width ones too


def visible(text: str) -> str:
    """Control characters shown (␀), never sent; line breaks of every kind become one.

    Half of a character (a lone surrogate, which no file can hold) becomes �.
    """
    if text.isprintable():
        return text
    return storable(text.replace("\r\n", "\n").translate(_SHOWN))


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would be one."""
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text


def plain(cell: Cell) -> str:
    """A cell as text for people: days ISO, moments as the operator's wall clock."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return visible(cell)
    if isinstance(cell, Named):
        return visible(cell.label)
    if isinstance(cell, bool):
        return _(YES) if cell else _(NO)
    if isinstance(cell, tuple):
        return visible(", ".join(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell)
