"""Questions as a card shows them: each with its options, the one that was answered lit."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.locale import _
from opslog.services.answers.asked import Asked
from opslog.tui.widgets.text import Line, cut_line, in_rows, line, line_width, wrap


def options(one: Asked, *, digits: bool = False) -> list[Line]:
    """What may be answered, the choice made lit; words that were said stand as they are."""
    question, said = one.question, one.said
    parts = []
    for number, (value, choice) in enumerate(
        zip(question.values, question.choices, strict=True), 1
    ):
        chosen = said is not None and said.value == value
        digit = (f"{number} ", "key") if digits else ("", "")
        parts.append(line(digit, (f"✓ {choice}", "good") if chosen else (str(choice), "muted")))
    if said is not None and said.words:
        parts.append(line((f"✓ {said.words}", "good")))
    elif question.other:
        digit = (f"{len(question.values) + 1} ", "key") if digits else ("", "")
        parts.append(line(digit, (_("own words"), "muted")))
    return parts


def question_lines(asked: Sequence[Asked], cells: int, *, rows: int = 4) -> list[Line]:
    """Each with its number; its options beside it, or below where there is no room."""
    found: list[Line] = []
    for number, one in enumerate((one for one in asked if not one.field), 1):
        title, offered = str(one.question.title), _between(options(one))
        number_of = line((f"{number}  ", "dim"))
        if line_width(offered) + line_width(line(title)) + 6 <= cells:
            found.append((*number_of, *line(title, "   "), *offered))
            continue
        first, *rest = wrap(title, cells - 3, rows)
        found.append((*number_of, *line(first)))
        found += [line("   ", row) for row in rest]
        found += [line("   ") + row for row in in_rows(_apart(options(one)), cells - 3, "")]
    return found


def missing(asked: Sequence[Asked], cells: int) -> list[Line]:
    """What of the profile is asked next, in one row; none where nothing is."""
    names = [line(str(one.question.title)) for one in asked if one.field and one.said is None]
    if not names:
        return []
    return [cut_line(line((f"{_('Still missing')}  ", "muted")) + _between(names), cells)]


def _between(parts: Sequence[Line]) -> Line:
    return tuple(span for part in _apart(parts) for span in part)


def _apart(parts: Sequence[Line]) -> list[Line]:
    return [part if not at else line((" · ", "dim")) + part for at, part in enumerate(parts)]
