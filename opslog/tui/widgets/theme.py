"""Two calm themes: one accent, red only for what is late or flagged."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="opslog-dark",
    primary="#5f9ea0",
    secondary="#5f9ea0",
    accent="#6fb3b8",
    foreground="#d7dadc",
    background="#16191c",
    surface="#1b1f23",
    panel="#252a2f",
    success="#8fb573",
    warning="#d7a65f",
    error="#e06c66",
    dark=True,
    variables={
        "text-muted": "#8b949b",
        "focal": "#f4f6f7",
        "dim": "#7a828a",
        "track": "#3a4147",
        "cursor": "#2f4a52",
        "marked": "#30332a",
        "pane": "#1b1f23",
        "chip": "#2a3036",
    },
)
LIGHT = Theme(
    name="opslog-light",
    primary="#2a7378",
    secondary="#2a7378",
    accent="#1f6f75",
    foreground="#22272b",
    background="#fbfbf9",
    surface="#f4f4f1",
    panel="#e8e8e3",
    success="#3d7a2e",
    warning="#8f5d0f",
    error="#b3261e",
    dark=False,
    variables={
        "text-muted": "#5d646b",
        "focal": "#0b0f12",
        "dim": "#72797f",
        "track": "#cdcdc6",
        "cursor": "#c9e0e2",
        "marked": "#efe9cf",
        "pane": "#f1f1ec",
        "chip": "#e2e2dc",
    },
)
