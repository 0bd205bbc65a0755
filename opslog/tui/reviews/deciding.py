"""A proposal looked at: what would change in the playbook, and then yes or no."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.reviews.review import Proposal
from opslog.locale import _
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, clean, line, wrap

ACCEPT, DISMISS = "accept", "dismiss"
ROWS = 14  # of the difference


class Decide(Dialog[str]):
    """Gives ACCEPT or DISMISS; None where it is left."""

    DEFAULT_CSS = """
    Decide > .dialog { width: 84; }
    Decide Static { height: auto; text-style: bold; }
    Decide LinesView { height: auto; max-height: 22; }
    """
    BINDINGS = [
        Binding("enter,y", "take('accept')", show=False),
        Binding("delete", "take('dismiss')", show=False),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
    ]

    def __init__(self, proposal: Proposal, kind: str) -> None:
        super().__init__()
        self._proposal, self._kind = proposal, kind

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(self._proposal.text), markup=False)
            yield LinesView(id="told")
            yield LinesView(id="keys")

    def on_mount(self) -> None:
        told = self.query_one("#told", LinesView)
        lines = self._told()
        told.styles.height = min(len(lines), ROWS)
        told.set_lines(lines)
        keys = self.query_one("#keys", LinesView)
        keys.styles.height = 2
        keys.set_lines(
            [
                (),
                line(
                    *(("Enter", "key"), " ", _("accept"), "   "),
                    *(("Del", "key"), " ", _("not for us"), "   "),
                    *(("Esc", "key"), " ", (_("leave it open"), "muted")),
                ),
            ]
        )

    def _told(self) -> list[Line]:
        one = self._proposal
        lines = [line((row, "muted")) for row in wrap(str(one.reason), 76)]
        if not one.change:
            said = _("Nothing of the plan changes by itself; it stands with the review.")
            return [*lines, (), *(line((row, "muted")) for row in wrap(said, 76))]
        head = _("The plan of the next {kind}:").format(kind=self._kind)
        told = [line(row) for row in wrap(str(one.told), 76)] if one.told else []
        changed = []
        for text in one.change.splitlines():
            look = {"+": "good", "-": "warn", "@": "muted"}.get(text[:1], "")
            shown = text.rpartition("@@")[2].strip() if look == "muted" else text  # which step
            changed += [line((row, look)) for row in wrap(shown, 76)]
        return [*lines, (), line((head, "title")), *told, (), *changed]

    def action_take(self, what: str) -> None:
        self.dismiss(what)

    def action_scroll(self, by: int) -> None:
        self.query_one("#told", LinesView).scroll_relative(y=by, animate=False)
