"""What happened with somebody, by events: whether they came, and what was around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from opslog.domain.calls.talk_tracks import Talk
from opslog.domain.dates.wording import near_day, short_day
from opslog.domain.people.card import Chapter, Moment
from opslog.domain.screening.card import ImportedRow
from opslog.locale import _
from opslog.tui.people.happened import sign
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, cut_line, line, line_width, pad, width, wrap

DAY = 10  # cells: “Wed 11-25”
NARROW = 40  # cells, below which the weekday is left out


def story(chapters: Sequence[Chapter], zone: ZoneInfo, today: date, cells: int) -> list[Line]:
    """One block an event, newest first."""
    lines: list[Line] = []
    for chapter in chapters:
        lines += [()] if lines else []
        lines += _head(chapter, zone, today, cells)
        for moment in chapter.moments:
            lines += _moment(moment, zone, today, cells)
    return lines or [line((_("Nothing has happened yet."), "muted"))]


def words(talk: Talk, cells: int) -> list[Line]:
    """What to say and to ask in the call that waits."""
    said = told(talk.say, cells) if talk.say else []
    asked = [
        line((f"{number}  " if at == 0 else "   ", "dim"), (row, "muted"))
        for number, question in enumerate(talk.questions, 1)
        for at, row in enumerate(wrap(str(question.title), cells - 3))
    ]
    return titled(_("What to say"), [*said, *asked])


def as_it_came(row: ImportedRow, cells: int) -> list[Line]:
    """What the newest list says, column by column; blanks are left out."""
    said = [(label, value) for label, value in row.cells if value.strip()]
    margin = min(max((width(label) for label, _value in said), default=0) + 2, cells // 3)
    rows: list[Line] = []
    for label, value in said:
        first, *rest = wrap(value, max(cells - margin, 10))
        rows.append(line((pad(label, margin), "muted"), first))
        rows += [line(" " * margin, more) for more in rest]
    head = spread(line((_("As the list has it"), "title")), line((row.file, "dim")), cells)
    return [(), head, *rows] if rows else []


def _head(chapter: Chapter, zone: ZoneInfo, today: date, cells: int) -> list[Line]:
    if chapter.event_id is None:
        return [line(("· ", "dim"), (_("Of no event"), "title"))]
    mark = ("● ", "good") if chapter.met else ("○ ", "muted")
    came = {True: _("came"), False: _("did not come"), None: ""}[chapter.met]
    day = str(short_day(chapter.at.astimezone(zone).date(), today))
    right = line((day, "muted"), "  ", (came, "good" if chapter.met else "muted"))
    left = line(mark, (chapter.event, "title"))
    if line_width(left) + 2 + line_width(right) <= cells:
        return [spread(left, right, cells)]
    return [cut_line(left, cells), line("  ", *right)]  # each on a row of its own


def _moment(moment: Moment, zone: ZoneInfo, today: date, cells: int) -> list[Line]:
    """Day and what it was; a long text goes on below. Of today the time is told, too."""
    local = moment.at.astimezone(zone)
    said = near_day if cells < NARROW else short_day
    day = f"{local:%H:%M}" if local.date() == today else str(said(local.date(), today))
    look = "late" if moment.flagged else "accent" if moment.open else ""
    day_cells = 5 if cells < NARROW else DAY
    first, *rest = wrap(str(moment.text), max(cells - day_cells - 6, 10))
    day = pad(day, max(day_cells, width(day)))
    head = line(("│ ", "track"), sign(moment), " ", (day, "muted"), " ", (first, look))
    blank = " " * (width(day) + 3)
    return [head, *(line(("│ ", "track"), blank, (row, look)) for row in rest)]
