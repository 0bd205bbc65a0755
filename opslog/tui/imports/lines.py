"""The rows of the import wizard: how the file is read, what its columns mean, what would happen."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from opslog.domain.base.clock import instant_of
from opslog.domain.base.sentences import listed
from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.imports.mapping import meanings
from opslog.domain.imports.report import Filled, ImportReport, RosterLine
from opslog.domain.people import phones
from opslog.domain.rosters.extras import TAKEN
from opslog.domain.rosters.rosters import (
    CHANGED,
    DUPLICATE,
    FIELDS,
    NEW,
    PROBLEM,
    PROBLEMS,
    RESULTS,
    UNCHANGED,
    UPDATED,
    ImportOptions,
    Preview,
    PreviewPart,
)
from opslog.locale import N_, _, ngettext
from opslog.tui.widgets.lists.rows import Row
from opslog.tui.widgets.text import Line, join, line

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKS = {NEW: "good", UPDATED: "accent", UNCHANGED: "muted", DUPLICATE: "mark", PROBLEM: "warn"}
_SAMPLES = 6
# What a list within a file is, where it is not the list that counts.
_TAKEN = {
    "staff": N_("hosts and speakers, no guests"),
    "again": N_("the same visits once more, not counted twice"),
}
_BAR = 20  # cells


def file_rows(
    preview: Preview,
    event: tuple[str, str, str],
    at: int,
    options: ImportOptions,
    report: ImportReport | None,
) -> list[Row]:
    """The file as it is read, of the ``event``, from where that is known, and the stop of it;
    samples from the ``at``-th row on."""
    rows = [
        *setting_rows(preview, event),
        *choice_rows(preview, options, report),
        _heading("columns", _("Columns: heading, meaning, samples")),
        *column_rows(preview, at),
    ]
    for number, part in enumerate(preview.others):
        title = _("{title}, headings on line {n}").format(title=part.title, n=part.header_row)
        said = f"{title} · {_(_TAKEN[part.take])}" if part.take in _TAKEN else title
        rows.append(_heading(f"part {number}", said))
        rows += column_rows(part, key=f"part {number}")
    return rows


def look_rows(report: ImportReport, zone: ZoneInfo) -> list[Row]:
    """The lines that are worth a look, or that none is; and who is gone."""
    if not report.lines:
        return [_heading("lines", _("No line needs a look.")), *gone_rows(report)]
    looked = [_heading("lines", _("Lines worth a look")), *outcome_rows(report, zone)]
    return [*looked, *gone_rows(report)]


def choice_rows(preview: Preview, options: ImportOptions, report: ImportReport | None) -> list[Row]:
    """What of the list can be taken besides, or renewed; nothing where it holds nothing more."""
    rows = []
    own = [one.name for one in preview.own if not one.blank]
    if own and report is not None:
        kept = str(listed(report.own)) or _("none kept")
        left = len(report.unknown)
        note = ngettext("{n} could be kept", "{n} could be kept", left).format(n=left)
        rows.append(_setting("fields", _("Own fields"), kept, note if left else ""))
    if report is not None and (held := [*options.take, *report.offered]):
        said = str(listed(_(TAKEN[code]) for code in held))
        taken = str(listed(_(TAKEN[code]) for code in options.take))
        note = _("not taken") if not taken else _("taken") if taken == said else taken
        rows.append(_setting("besides", _("Also in it"), said, note))
    if report is not None and (report.renewable or options.renew):
        said = _("what the list says") if options.renew else _("what stands there stays")
        note = ngettext("{n} differs", "{n} differ", report.renewable)
        rows.append(_setting("renew", _("Known already"), said, note.format(n=report.renewable)))
    return rows


def gone_rows(report: ImportReport) -> list[Row]:
    """Who stood in the file before with these headings, and does not in this one."""
    if not report.gone:
        return []
    title = ngettext(
        "1 person of the earlier file is not in this one",
        "{n} people of the earlier file are not in this one",
        len(report.gone),
    ).format(n=len(report.gone))
    rows = [_heading("gone", title)]
    return rows + [
        Row(("gone", at), ("", "", line(name), "")) for at, name in enumerate(report.gone)
    ]


def setting_rows(preview: Preview, event: tuple[str, str, str]) -> list[Row]:
    """What Enter can change: the event, and how the file is read."""
    name, known_from, stop = event
    note = known_from if name else ""
    rows = [_setting("event", _("Event"), name or _("none chosen yet"), note, missing=not name)]
    if stop:
        rows.append(_setting("stop", _("Stop"), stop))
    if preview.is_workbook:
        hidden = sum(sheet.hidden for sheet in preview.sheets)
        note = _("{n} sheets").format(n=len(preview.sheets)) if len(preview.sheets) > 1 else ""
        if hidden:
            note = _("{n} sheets, {hidden} hidden").format(n=len(preview.sheets), hidden=hidden)
        rows.append(_setting("sheet", _("Sheet"), preview.sheet, note))
    else:
        rows.append(_setting("encoding", _("Encoding"), preview.encoding))
        rows.append(_setting("delimiter", _("Separator"), delimiter_name(preview.delimiter)))
    rows.append(_setting("header", _("Headings"), *_header(preview)))
    rows.append(_setting("kind", _("Layout"), *_layout(preview)))
    return rows


def column_rows(preview: Preview | PreviewPart, at: int = 0, *, key: str = "column") -> list[Row]:
    """A row a column: its heading, what it means, and samples from the ``at``-th row on."""
    means = meanings(preview.mapping)
    left = dict(preview.left) if isinstance(preview, Preview) else {}
    besides = preview.extras.meanings() if isinstance(preview, Preview) else {}
    width = max([len(preview.columns), *(len(row.cells) for row in preview.rows[:1])])
    rows = []
    for index in range(width):
        heading = preview.columns[index] if index < len(preview.columns) else ""
        field = means.get(index)
        meaning = (
            line((_meaning(preview, index, field), "accent"))
            if field
            else _unmapped(left.get(index, ""), besides.get(index, ""))
        )
        rows.append(
            Row(
                (key, index),
                (
                    line((str(index + 1), "muted")),
                    line((heading or "–", "strong" if field else "muted")),
                    meaning,
                    line((samples(preview, index, at), "muted")),
                ),
            )
        )
    return rows


def _meaning(preview: Preview | PreviewPart, index: int, field: str) -> str:
    """``Phone``, and for further columns of the same which one of them it is: ``Phone 2``."""
    number = preview.mapping[field].index(index) + 1
    return _(FIELDS[field]) if number == 1 else f"{_(FIELDS[field])} {number}"


def _unmapped(holds: str, besides: str) -> Line:
    """What is said of a column that means no field: what else it is, – or, where it may matter,
    what it holds."""
    if besides:
        return line((_(TAKEN[besides]), "accent"))
    if not holds:
        return line(("–", "muted"))
    return line((_("– holds {field}?").format(field=_(FIELDS[holds])), "warn"))


def samples(preview: Preview | PreviewPart, index: int, at: int = 0) -> str:
    """The first different values of a column, below one another in the file, side by side."""
    values = [
        text
        for row in preview.rows[at:]
        if index < len(row.cells) and (text := " ".join(row.cells[index].split()))
    ]
    return " · ".join(list(dict.fromkeys(values))[:_SAMPLES])


def outcome_rows(report: ImportReport, zone: ZoneInfo) -> list[Row]:
    """The lines worth a look, each with its class and why."""
    return [
        Row(
            ("line", one.line),
            (
                line((str(one.line), "muted")),
                line((_(RESULTS[one.result]), _LOOKS[one.result])),
                line(one.name or one.company or "–"),
                _remarks(one, zone),
            ),
        )
        for one in report.lines
    ]


def count_line(report: ImportReport) -> Line:
    """read = new + updated + unchanged + duplicate + problem, those that are none left out."""
    parts: list[Line] = [
        line(
            (
                ngettext("{n} row", "{n} rows", report.read).format(n=f"{report.read:,}"),
                "strong",
            )
        )
    ]
    for result in (NEW, UPDATED, UNCHANGED, DUPLICATE, PROBLEM):
        number: int = getattr(report, result)
        if number:
            text = _("{n} {what}").format(n=f"{number:,}", what=_(RESULTS[result]))
            parts.append(line((text, _LOOKS[result])))
    return join(parts)


def mark_line(report: ImportReport) -> Line:
    """How many rows carry which mark."""
    marks = sorted(report.marks.items(), key=lambda mark: -mark[1])
    said = [line((str(one), "accent")) for one in report.marks_said()]
    said += [
        line((_("{what} ({n})").format(n=number, what=_(PROBLEMS[code])), "muted"))
        for code, number in marks
    ]
    return join(said)


def share_done(rows: int, share: float) -> str:
    """How far a dry run has got."""
    return _("{rows} rows, {percent}%").format(rows=f"{rows:,}", percent=round(share * 100))


def progress_bar(rows: int, share: float) -> str:
    """How far an import has got, and what ends it."""
    filled = round(share * _BAR)
    bar = "█" * filled + "░" * (_BAR - filled)
    return _("{bar} {rows} rows  Esc stops").format(bar=bar, rows=f"{rows:,}")


def delimiter_name(delimiter: str) -> str:
    return {
        ",": _("comma"),
        ";": _("semicolon"),
        "\t": _("tab"),
        "|": _("bar"),
    }.get(delimiter, delimiter)


def delimiter_called(name: str) -> str:
    """A delimiter by the word that names it in the shell, in the operator's language."""
    signs = {word: sign for sign, word in DELIMITER_NAMES.items()}
    return delimiter_name(signs.get(name, name))


def _heading(key: str, text: str) -> Row:
    return Row(("heading", key), heading=line((f" {text}", "title")))


def _setting(key: str, label: str, value: str, note: str = "", *, missing: bool = False) -> Row:
    return Row(
        ("setting", key),
        (
            "",
            "",
            line((label, "muted")),
            join([line((value, "warn" if missing else "strong")), line((note, "muted"))]),
        ),
    )


def _layout(preview: Preview) -> tuple[str, str]:
    said = _("says who came") if preview.kind == ATTENDANCE else _("a sign-up list")
    note = f"{said} · {preview.remark}" if preview.remark else said
    return preview.profile or _("none known"), note


def _header(preview: Preview) -> tuple[str, str]:
    if not preview.header_row:
        return _("none"), _("the first line is a row already")
    above: Sequence[str] = [" ".join(filter(None, row.cells)) for row in preview.above]
    note = _("above: {lines}").format(lines=" / ".join(above)) if above else ""
    return _("line {line}").format(line=preview.header_row), note


def _remarks(one: RosterLine, zone: ZoneInfo) -> Line:
    remarks = [line(_(PROBLEMS[code])) for code in one.problems]
    remarks += [line((said, "warn")) for said in one.barred_said()]
    remarks += [
        line(
            (_(CHANGED[filled.field]), "muted"),
            "  ",
            f"{filled.old_said or '–'} → {_added(filled, zone)}",
        )
        for filled in one.filled
    ]
    remarks += [line((said, "muted")) for said in one.differs_said()]
    if one.phone:
        remarks.append(line((phones.display(one.phone), "muted")))
    return join(remarks)


def _added(filled: Filled, zone: ZoneInfo) -> str:
    """What a row added, a moment as the operator's clock has it."""
    if filled.field != "signed_up_at":
        return filled.new_said
    return f"{instant_of(filled.new).astimezone(zone):%Y-%m-%d %H:%M}"
