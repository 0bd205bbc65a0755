"""What the import wizard asks besides how a file is read: what else of it is kept.

An answer is the options to read it with from now on; None where nothing was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from opslog.domain.base.sentences import listed
from opslog.domain.imports.report import ImportReport
from opslog.domain.rosters.extras import TAKEN
from opslog.domain.rosters.own_columns import ALL, NONE
from opslog.domain.rosters.rosters import ImportOptions, Preview
from opslog.locale import _, ngettext
from opslog.tui.imports import lines as import_lines
from opslog.tui.widgets.asking.prompt import Choice, Choose

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

_STAYS, _RENEWED, _UNMARKED = "stays", "renewed", "unmarked"


async def which_fields(
    app: Host, preview: Preview, options: ImportOptions, kept: Sequence[str]
) -> ImportOptions | None:
    """Columns without a meaning: all, none, or one more or less of those that are kept now."""
    columns = [
        Choice(
            f"#{one.at}",
            one.name,
            _("kept now") if one.name in kept else import_lines.samples(preview, one.at),
        )
        for one in preview.own
    ]
    chosen = await app.ask(
        Choose(
            _("Which columns are kept as fields of your own?"),
            [Choice(ALL, _("all of them")), Choice(NONE, _("none of them")), *columns],
        )
    )
    if chosen is None:
        return None
    if chosen in (ALL, NONE):
        return options._replace(fields=(chosen,))
    name = next(one.name for one in preview.own if f"#{one.at}" == chosen)
    left = [one for one in kept if one != name]
    now = left if name in kept else [*kept, name]
    return options._replace(fields=tuple(now or (NONE,)))


async def what_besides(
    app: Host, held: Sequence[str], options: ImportOptions
) -> ImportOptions | None:
    """Whether the verdicts and tags of the list are taken."""
    every = ",".join(held)
    parts = [every, *held] if len(held) > 1 else [every]
    chosen = await app.ask(
        Choose(
            _("The list has more than people. What of it is taken?"),
            [
                Choice("", _("only the people")),
                *(
                    Choice(part, str(listed(_(TAKEN[code]) for code in part.split(","))))
                    for part in parts
                ),
            ],
            selected=",".join(options.take),
        )
    )
    return None if chosen is None else options._replace(take=tuple(filter(None, chosen.split(","))))


async def whether_to_renew(app: Host, number: int, options: ImportOptions) -> ImportOptions | None:
    """Whether what came by an earlier list, and nobody typed, becomes what this one says."""
    question = ngettext(
        "{n} value is another in this list, and nobody typed the one there is",
        "{n} values are others in this list, and nobody typed those there are",
        number,
    )
    chosen = await app.ask(
        Choose(
            question.format(n=number),
            [
                Choice(_STAYS, _("what stands there stays")),
                Choice(_RENEWED, _("what the list says"), _("typed ones stay")),
            ],
            selected=_RENEWED if options.renew else _STAYS,
        )
    )
    return None if chosen is None else options._replace(renew=chosen == _RENEWED)


async def whether_to_unmark(
    app: Host, report: ImportReport, options: ImportOptions
) -> ImportOptions | None:
    """Whether those stay marked as having come who were there for less than the minimum."""
    chosen = await app.ask(
        Choose(
            str(replace(report, unmarked=False).below_said()),
            [
                Choice(_STAYS, _("they stay marked")),
                Choice(
                    _UNMARKED,
                    _("take the mark off them"),
                    _("less than {n} minutes").format(n=report.min_minutes),
                ),
            ],
            selected=_UNMARKED if options.unmark else _STAYS,
        )
    )
    return None if chosen is None else options._replace(unmark=chosen == _UNMARKED)


async def before_taking(
    app: Host, report: ImportReport, options: ImportOptions
) -> ImportOptions | None:
    """Whatever of these nobody has said yet; None where it was left with Esc."""
    told: ImportOptions | None = options
    if report.offered and not options.take:
        told = await what_besides(app, report.offered, options)
    if told is not None and report.renewable and not told.renew:
        told = await whether_to_renew(app, report.renewable, told)
    if told is not None and report.below and not told.unmark:
        told = await whether_to_unmark(app, report, told)
    return told
