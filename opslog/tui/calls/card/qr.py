"""A telephone number as a QR code, for the mobile beside the laptop."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.people.phones import display
from opslog.locale import _
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.text import clean

QUIET = 2  # empty modules around the code; a phone needs some to find it


class QrScreen(Dialog[None]):
    """Any key closes it. Drawn dark on light whatever the theme: phones want it so."""

    DEFAULT_CSS = """
    QrScreen > .dialog { width: auto; }
    QrScreen #code { width: auto; height: auto; color: black; background: white; }
    QrScreen #number { width: auto; text-style: bold; }
    """
    BINDINGS = [Binding("escape,q,c,enter,space", "back", show=False)]

    def __init__(self, person: str, phone: str) -> None:
        super().__init__()
        self._person, self._phone = person, phone

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            text = f"{clean(self._person)}  {display(self._phone)}"
            yield Static(text, id="number", markup=False)
            yield Static("\n".join(qr_rows(f"tel:{self._phone}")), id="code", markup=False)
            yield Static(_("Scan it with the phone's camera; any key closes"), markup=False)


def qr_rows(text: str) -> list[str]:
    """The code in half blocks, two modules a row."""
    import segno

    code = segno.make(text, error="m", micro=False)
    modules = [list(row) for row in code.matrix_iter(border=QUIET)]
    if len(modules) % 2:
        modules.append([0] * len(modules[0]))
    signs = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    return [
        "".join(
            signs[bool(upper), bool(lower)]
            for upper, lower in zip(modules[row], modules[row + 1], strict=True)
        )
        for row in range(0, len(modules), 2)
    ]
