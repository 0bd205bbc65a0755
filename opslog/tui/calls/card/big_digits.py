"""A number large enough to be dialled from across the desk: three rows of half blocks."""

from __future__ import annotations

# Five pixels high, three wide; two pixels share a row of half blocks.
_FONT = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "+": ("   ", " # ", "###", " # ", "   "),
    " ": ("  ", "  ", "  ", "  ", "  "),
}
_HALVES = {(" ", " "): " ", ("#", " "): "▀", (" ", "#"): "▄", ("#", "#"): "█"}
ROWS = 3


def big(number: str) -> tuple[str, ...]:
    """Three rows that show ``number`` (digits, blanks and ``+``; anything else as a blank)."""
    glyphs = [_FONT.get(character, _FONT[" "]) for character in number]
    pixels = [" ".join(glyph[row] for glyph in glyphs) for row in range(5)]
    pixels.append(" " * len(pixels[0]))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(pixels[row], pixels[row + 1], strict=True)).rstrip()
        for row in (0, 2, 4)
    )
