"""The actions of the import preview, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
IMPORT = table(
    Action("import.change", "enter", "change", N_("Edit"), N_("Change what is under the cursor")),
    Action("import.follow", "enter", "follow",
           N_("The list"), N_("Go on to the list that came in")),
    Action("import.take", "f10,ctrl+o", "take",
           N_("Import"), N_("Take the list in, as shown; one key undoes it")),
    Action("import.file", "f,ctrl+f", "file", N_("File"), N_("Choose another file")),
    Action("import.encoding", "c", "encoding", N_("Encoding"), N_("Read the bytes another way")),
    Action("import.sheet", "s", "sheet", N_("Sheet"), N_("Take another sheet of the workbook")),
    Action("import.header", "h", "header", N_("Headings"), N_("Which line holds the headings")),
    Action("import.kind", "t", "kind", N_("Sign-ups or attendance"),
           N_("Whether the file says who signed up or who came, and from how many minutes on")),
    Action("import.keep", "l", "keep",
           N_("Keep layout"), N_("Save how this file is read as a layout of your own")),
    Action("import.problems", "p", "problems",
           N_("Problems"), N_("The rows that were not understood, to be mended")),
    Action("import.event", "v", "event", N_("Event"), N_("Which event the list belongs to")),
    Action("import.down", "right", "turn(1)", N_("Samples"), N_("Samples from rows further down")),
    Action("import.up", "left", "turn(-1)", N_("Samples"), N_("Samples from rows further up")),
)
# fmt: on
