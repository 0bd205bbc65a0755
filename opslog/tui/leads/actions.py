"""The actions of leads, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
LEADS = table(
    Action("lead.hand_over", "J", "hand_over", N_("Hand over"),
           N_("Budget, need, decision makers, timing, and to whom; then how it went with them")),
    Action("lead.markdown", "Y", "copy_markdown", N_("Copy as Markdown"),
           N_("The hand-over card as Markdown, to the clipboard")),
)
# fmt: on
HAND_OVER = "lead.hand_over"
