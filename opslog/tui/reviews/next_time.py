"""What to change next time, each by a digit; what earlier reviews asked; and the five questions."""

from __future__ import annotations

from opslog.domain.reviews.pictures import Lines
from opslog.domain.reviews.review import ACCEPTED, DISMISSED, Proposal, Review
from opslog.locale import _
from opslog.tui.reviews.drawn import Drawn, Spot
from opslog.tui.widgets.drawing import button, chip
from opslog.tui.widgets.text import Line, cut_line, line, line_width, pad, pad_line, wrap

KEY, FIVE = "next_time", "five"
DIGITS = 9
SHORT = 20  # cells of a chip, below which it says too little
SIGNS = {"✓": "good", "!": "warn", "?": "muted"}
DECIDED = {ACCEPTED: ("✓", "good"), DISMISSED: ("✗", "dim")}


def there(review: Review) -> bool:
    five = review.picture(FIVE)
    return bool(review.proposals or review.owes or (isinstance(five, Lines) and five.lines))


def numbered(review: Review) -> list[Proposal]:
    """Those with a digit; one keeps its own when another is decided."""
    return list(review.proposals[:DIGITS])


def draw(review: Review, cells: int) -> Drawn:
    """A rule above it: what stands there is to be done, not read."""
    lines: list[Line] = [line(("─" * cells, "track"))]
    spots: list[Spot] = []
    title = line((_("Next time"), "title"))
    if any(not one.state for one in numbered(review)):
        said = _("a digit shows what changes in the plan of such events")
        title = (*title, *line("   ", (said, "muted")))
    if review.proposals:
        lines.append(cut_line(title, cells))
    first = next((one for one in review.proposals if not one.state), None)
    accept = _("Accept")
    wide = max(line_width(button("1", accept)), line_width(chip(f"1 {accept}")))
    room = max((line_width(line(str(one.text))) for one in review.proposals), default=0)
    for digit, one in enumerate(review.proposals, 1):
        sign: Line = chip(f"{digit} {accept}")
        if one.state:
            mark, look = DECIDED[one.state]
            sign = line(
                (pad(f" {digit}" if digit <= DIGITS else "", wide - 3), "dim"), (mark, look)
            )
        elif one is first:
            sign = button(str(digit), accept)
        text = (str(one.text), "strong" if not one.state else "" if mark == "✓" else "dim")
        left = line(*pad_line(sign, wide), "  ", text)
        spots.append(Spot(KEY, f"{KEY}.{one.key}", len(lines), 0, cells))
        reason = line((str(one.reason), "muted"))
        start = wide + 2 + room + 3
        if start + line_width(reason) <= cells:
            lines.append((*pad_line(left, start), *reason))
            continue
        lines.append(cut_line(left, cells))
        indent = wide + 2
        if not one.state:
            rows = wrap(str(one.reason), max(cells - indent, 8)) if str(one.reason) else []
            lines += [line(" " * indent, (row, "muted")) for row in rows]
    if review.owes:
        lines += [(), line((_("This event owes to earlier reviews"), "title"))]
        for owed in review.owes:
            lines += [line(("✓ ", "good"), row) for row in wrap(str(owed), cells - 2)]
    return _with_five(review, Drawn(lines, spots), cells)


def _most(widths: list[int], cells: int) -> int:
    """So wide may each be for all to stand in one row, the short ones whole."""
    for place, wide in enumerate(sorted(widths)):
        share = cells // (len(widths) - place)
        if wide > share:
            return share
        cells -= wide
    return max(widths)


def _with_five(review: Review, above: Drawn, cells: int) -> Drawn:
    """The questions that are asked before an event, with what they were answered: chips."""
    five = review.picture(FIVE)
    if not isinstance(five, Lines) or not five.lines:
        return above
    lines, spots = list(above.lines), list(above.spots)
    lines += [()] if len(lines) > 1 else []
    row: Line = line((str(five.heading), "title"))
    chips = [
        line((str(sign), SIGNS.get(str(sign), "")), " ", str(text)) for sign, text in five.lines
    ]
    most = _most([line_width(one) + 3 for one in chips], cells - line_width(row)) - 3
    for place, chip_ in enumerate(chips):
        part = cut_line(chip_, most if most >= SHORT else cells - 3)
        if line_width(row) + 3 + line_width(part) > cells:
            lines.append(row)
            row = ()
        x = line_width(row) + 3
        spots.append(Spot(FIVE, f"{FIVE}.{place}", len(lines), x, x + line_width(part)))
        row = (*row, ("   ", ""), *part)
    return Drawn([*lines, row], spots)
