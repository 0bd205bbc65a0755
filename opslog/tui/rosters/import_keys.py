"""The keys of the import wizard, each once."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.frame.actions import bind, own

own("import.change", "enter", N_("Edit"), N_("Change what is under the cursor"), method="change")
own("import.follow", "enter", N_("The list"), N_("Go on to the list that came in"), method="follow")
own(
    "import.take",
    "f10,ctrl+o",
    N_("Import"),
    N_("Take the list in, as shown; one key undoes it"),
    method="take",
)
own("import.file", "f,ctrl+f", N_("File"), N_("Choose another file"), method="file")
own("import.encoding", "c", N_("Encoding"), N_("Read the bytes another way"), method="encoding")
own("import.sheet", "s", N_("Sheet"), N_("Take another sheet of the workbook"), method="sheet")
own("import.header", "h", N_("Headings"), N_("Which line holds the headings"), method="header")
own(
    "import.kind",
    "t",
    N_("Sign-ups or attendance"),
    N_("Whether the file says who signed up or who came, and from how many minutes on"),
    method="kind",
)
own(
    "import.keep",
    "l",
    N_("Keep layout"),
    N_("Save how this file is read as a layout of your own"),
    method="keep",
)
own(
    "import.problems",
    "p",
    N_("Problems"),
    N_("The rows that were not understood, to be mended"),
    method="problems",
)
own("import.event", "v", N_("Event"), N_("Which event the list belongs to"), method="event")
own(
    "import.down",
    "right",
    N_("Samples"),
    N_("Samples from rows further down"),
    method="turn(1)",
)
own("import.up", "left", N_("Samples"), N_("Samples from rows further up"), method="turn(-1)")

BINDINGS = bind(
    *("import.change", "import.follow", "import.take"),
    *("import.event", "import.encoding", "import.sheet"),
    *("import.header", "import.file", "import.down", "import.up"),
    *("import.kind", "import.keep", "import.problems"),
    show=(
        *("import.change", "import.follow", "import.take"),
        *("import.file", "import.keep", "import.problems"),
    ),
)
