"""Two calm themes: one accent, red only for what is late or flagged; a third without colour, where
signs and words say it alone; and what the looks are in them. Plain data, so that the first picture
can be drawn before Textual is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.theme import Theme

DARK, LIGHT, GREY = "opslog-dark", "opslog-light", "opslog-grey"
SETTINGS = {"dark": DARK, "light": LIGHT, "grey": GREY}  # as the file keeps them, in F12's order
COLOURS = {
    DARK: {
        "accent": "#6fb3b8",
        "foreground": "#d7dadc",
        "background": "#16191c",
        "surface": "#1b1f23",
        "panel": "#252a2f",
        "success": "#8fb573",
        "warning": "#d7a65f",
        "error": "#e06c66",
        "text-muted": "#8b949b",
        "focal": "#f4f6f7",
        "dim": "#7a828a",
        "track": "#3a4147",
        "cursor": "#2f4a52",
        "marked": "#30332a",
        "pane": "#1b1f23",
        "chip": "#2a3036",
        "block": "#41767c",
        "block-good": "#5f8049",
        "block-warn": "#93703f",
        "holiday": "#202a26",
    },
    LIGHT: {
        "accent": "#1f6f75",
        "foreground": "#22272b",
        "background": "#fbfbf9",
        "surface": "#f4f4f1",
        "panel": "#e8e8e3",
        "success": "#3d7a2e",
        "warning": "#8f5d0f",
        "error": "#b3261e",
        "text-muted": "#5d646b",
        "focal": "#0b0f12",
        "dim": "#72797f",
        "track": "#cdcdc6",
        "cursor": "#c9e0e2",
        "marked": "#efe9cf",
        "pane": "#f1f1ec",
        "chip": "#e2e2dc",
        "block": "#6aa3a8",
        "block-good": "#7fae6c",
        "block-warn": "#c99a4e",
        "holiday": "#e6efe0",
    },
    GREY: {
        "accent": "#f5f5f5",
        "foreground": "#d0d0d0",
        "background": "#141414",
        "surface": "#1c1c1c",
        "panel": "#262626",
        "success": "#c8c8c8",
        "warning": "#ffffff",
        "error": "#ffffff",
        "text-muted": "#9e9e9e",
        "focal": "#ffffff",
        "dim": "#868686",
        "track": "#4e4e4e",
        "cursor": "#4a4a4a",
        "marked": "#333333",
        "pane": "#1c1c1c",
        "chip": "#303030",
        "block": "#8a8a8a",
        "block-good": "#a8a8a8",
        "block-warn": "#cfcfcf",
        "holiday": "#2a2a2a",
    },
}
_OWN = ("text-muted", "focal", "dim", "track", "cursor", "marked", "pane", "chip")
_PRIMARY = {DARK: "#5f9ea0", LIGHT: "#2a7378", GREY: "#bdbdbd"}


def named(setting: str | None) -> str:
    """The theme that a setting means; dark where it means none."""
    return SETTINGS.get(setting or "", DARK)


class Look(NamedTuple):
    """Colours by their names in ``COLOURS``; "" is what stands there anyway."""

    colour: str = ""
    ground: str = ""
    bold: bool = False


# What each means is written down in widgets/drawing.py.
LOOKS = {
    "focal": Look("focal", bold=True),
    "strong": Look(bold=True),
    "muted": Look("text-muted"),
    "dim": Look("dim"),
    "track": Look("track"),
    "accent": Look("accent"),
    "late": Look("error"),
    "good": Look("success"),
    "warn": Look("warning"),
    "key": Look("accent", bold=True),
    "title": Look("foreground", bold=True),
    "mark": Look("warning"),
    "chip": Look("foreground", "chip"),
    "button": Look("background", "accent", bold=True),
    # Amounts so large, on a page of pictures, that they would outshine the words.
    "block": Look("block"),
    "block-good": Look("block-good"),
    "block-warn": Look("block-warn"),
    "cursor": Look(ground="cursor"),
    "marked": Look(ground="marked"),
    "rest": Look(ground="pane"),  # a weekend in a calendar
    "holiday": Look(ground="holiday"),
}


def themes() -> list[Theme]:
    """All of them, as Textual wants them."""
    from textual.theme import Theme

    return [
        Theme(
            name,
            primary=_PRIMARY[name],
            secondary=_PRIMARY[name],
            accent=has["accent"],
            foreground=has["foreground"],
            background=has["background"],
            surface=has["surface"],
            panel=has["panel"],
            success=has["success"],
            warning=has["warning"],
            error=has["error"],
            dark=name != LIGHT,
            variables={part: has[part] for part in _OWN},
        )
        for name, has in COLOURS.items()
    ]
