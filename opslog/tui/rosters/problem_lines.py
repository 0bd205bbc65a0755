"""A row worth a look, in lines: what is wrong, what to do, and the row as it came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from opslog.domain.base.sentences import listed
from opslog.domain.people import phones
from opslog.domain.rosters.problems import Problem
from opslog.domain.rosters.rosters import FIELDS, PROBLEMS
from opslog.locale import N_, _
from opslog.tui.rosters.pane import wrong
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, clean, in_rows, line, pad, width, wrap

MOST_HEADING = 20  # cells; a heading that is a question is cut
# What to do about it, where that is not plain from what it is.
HINTS = {
    "phone_damaged": N_(
        "Digits are missing, hidden by stars, rounded by a spreadsheet (1.35E+10), or wrong. Type "
        "the right number, or ask whoever sent the list for it."
    ),
    "phone_unreadable": N_(
        "Too short, too long, or no number at all. Type the right one, or leave the row as it is: "
        "it stays on the list without a phone."
    ),
    "phone_no_area_code": N_("A landline needs its area code: type it in front."),
    "no_name": N_("Somebody without a name can be called all the same; 王总 is a name, too."),
    "totals": N_("It sums up the rows above and is nobody: nothing to mend."),
    "remark": N_("A note or a title among the rows, and nobody: nothing to mend."),
    "nobody": N_("Nothing says who this is. Ask whoever sent the list, or leave it."),
    "email_unreadable": N_("An address needs an @ and a domain behind it."),
    "more_people": N_("Each person needs a row of their own: enter the others with n in People."),
}


def said(problem: Problem) -> str:
    return str(listed(_(PROBLEMS.get(code, code)) for code in problem.problems))


def hints(problem: Problem, cells: int) -> list[Line]:
    """What to do about what is wrong."""
    known = [HINTS[code] for code in problem.problems if code in HINTS]
    return [row for hint in known for row in told(_(hint), cells)]


def pane_lines(
    problem: Problem, key: Callable[[str], str], kinds: Sequence[tuple[str, int]], cells: int
) -> list[Line]:
    """The whole row beside its list; ``key`` reads the key of an action, as remapped; ``kinds``:
    what else waits of this list."""
    name = problem.values["name"] or _("line {line}").format(line=problem.line)
    keys = [
        line((key(id), "key"), " ", (text, "muted"))
        for id, text in (
            ("problems.accept", _("nothing to mend")),
            ("problems.next", _("leave it for now")),
        )
    ]
    return [
        *told(name, cells, "focal"),
        *told(where(problem), cells, "muted"),
        (),
        *told(f"! {said(problem)}", cells, "warn"),
        *hints(problem, cells),
        (),
        line(*button(key("problems.mend"), _("Mend"))),
        *in_rows(keys, cells),
        *titled(_("The row as it came in"), cell_lines(problem, cells)),
        *titled(_("Understood so far"), _understood(problem)),
        *titled(_("To look at"), wrong(kinds, cells)),
    ]


def row_lines(problem: Problem, cells: int) -> list[Line]:
    """Any row of a list, as it came in and as it was understood."""
    name = problem.values["name"] or _("line {line}").format(line=problem.line)
    return [
        *told(name, cells, "focal"),
        *told(where(problem), cells, "muted"),
        *([(), *told(f"! {said(problem)}", cells, "warn")] if problem.problems else []),
        *titled(_("The row as it came in"), cell_lines(problem, cells)),
        *titled(_("Understood so far"), _understood(problem)),
    ]


def where(problem: Problem) -> str:
    """The file and its line."""
    file = f"{problem.file} {problem.sheet}".strip()
    return f"{file} · {_('line {line}').format(line=problem.line)}"


def cell_lines(problem: Problem, cells: int) -> list[Line]:
    """Heading and cell, what is wrong marked; blank cells left out, but for one that is wrong."""
    count = max(len(problem.cells), len(problem.columns))
    shown = [
        (
            clean(problem.columns[at] if at < len(problem.columns) else "") or str(at + 1),
            " ".join((problem.cells[at] if at < len(problem.cells) else "").split()),
            at in problem.marked,
        )
        for at in range(count)
    ]
    shown = [(heading, cell, wrong) for heading, cell, wrong in shown if cell or wrong]
    wide = min(max((width(heading) for heading, _c, _w in shown), default=0), MOST_HEADING)
    lines = []
    for heading, cell, marked in shown:
        sign = line(("! ", "warn")) if marked else line("  ")
        first, *rest = wrap(cell or "—", max(cells - wide - 4, 8))
        look = "mark" if marked else ""
        lines.append((*sign, *line((pad(heading, wide), "muted"), "  ", (first, look))))
        lines += [line(" " * (wide + 4), (row, look)) for row in rest]
    return lines


def _understood(problem: Problem) -> list[Line]:
    """What would be known of this person: what is missing shows as missing."""
    known = {**problem.values, "phone": phones.display(problem.values["phone"])}
    named = {
        _(FIELDS[name]): text for name, text in known.items() if text or name in ("name", "phone")
    }
    wide = max(map(width, named))
    return [
        line(("  " if text else "! ", "warn"), (pad(name, wide), "muted"), "  ", text or "—")
        for name, text in named.items()
    ]
