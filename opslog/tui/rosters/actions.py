"""The actions of the lists, of one list and of its problems, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
ROSTERS = table(
    Action("roster.import", "n,ctrl+n", "import_list", N_("Import"), N_("Take in a list")),
    Action("roster.rows", "v", "rows",
           N_("Details"), N_("The rows of this list, its problems, its decisions")),
    Action("roster.mend", "p", "problems",
           N_("Problems"), N_("The rows of this list that were not understood, to be mended")),
)

ROWS = table(
    Action("roster.all", "1", "view('rows')", N_("All rows"), N_("Every row as it came in")),
    Action("roster.problems", "2", "view('problems')",
           N_("Problems"), N_("The rows that could not be understood, or only in part")),
    Action("roster.decisions", "3", "view('decisions')",
           N_("Decisions"), N_("Every verdict ever given on this list, newest first")),
    Action("roster.files", "4", "view('files')", N_("Files"), N_("The files this list came in")),
    Action("roster.withdraw", "delete", "withdraw",
           N_("Withdraw"), N_("Take this import back; rows that were worked on since stay")),
)

TO_MEND = table(
    Action("problems.mend", "enter,e", "mend",
           N_("Mend"), N_("Type what the cells should have said")),
    Action("problems.next", "right_square_bracket", "next",
           N_("Next row"), N_("The next row, this one left as it is")),
    Action("problems.accept", "0", "accept", N_("Nothing to mend"),
           N_("The row is right as it is; it leaves this list")),
    Action("problems.all", "asterisk", "all",
           N_("All lists"), N_("The problems of all lists, or of one")),
)
# fmt: on
