"""Which event, beside what, and the verdict: what the eye meets first."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.reviews.review import Review
from opslog.locale import _
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, cut, cut_line, line, line_width, wrap

MOST = 2  # rows a sentence of the verdict may take
ROOMY = 30  # rows of the terminal from which there is air


class Head(LinesView):
    """As high as what it says."""

    DEFAULT_CSS = "Head { height: 2; overflow-y: hidden; }"

    def __init__(self, compare: str) -> None:
        super().__init__(id="head")
        self._event = ""
        self._known: Sequence[str] = ()
        self._review: Review | None = None
        self._next: Line = ()
        self._compare = compare  # the key for it

    def show(
        self, name: str, facts: Sequence[str], review: Review | None, next_step: Line = ()
    ) -> None:
        """``name`` '': there is no event. ``facts`` of it, as many as there is room for;
        ``next_step`` where nothing is known yet."""
        self._event, self._known, self._review, self._next = name, facts, review, next_step
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        air: list[Line] = [()] if self.screen.size.height >= ROOMY else []
        rows = [*air, self._which(cells), *air, *self._verdict(cells - 4)]
        rows += [cut_line(line("  ", *self._next), cells)] if self._next else []
        rows += air
        rows = rows if self._event else []
        self.styles.height = len(rows)
        return rows

    def _which(self, cells: int) -> Line:
        review, facts = self._review, self._known
        right: Line = ()
        if review is not None:
            against = review.compared.title if review.compared else _("compare")
            said = _("beside {what}").format(what=against) if review.compared else str(against)
            right = line(
                (self._compare, "key"), " ", (cut(str(said), max(cells // 3, 12)), "muted"), "  "
            )
        room = cells - line_width(right) - 4
        before = line("  ", (_("Review"), "muted"), "  ")
        name = cut(self._event, max(room - line_width(before), 10))
        left = (*before, (name, "focal"))
        for place, fact in enumerate(facts):
            more = (*left, *line(" · " if place else "   ", (fact, "muted")))
            left = more if line_width(more) <= room else left
        return spread(cut_line(left, room), right, cells)

    def _verdict(self, cells: int) -> list[Line]:
        """The result as the first thing to be read; what it is for is amber after the colon."""
        if self._review is None or not self._review.verdict:
            return [line("  ", (_("Working it out …"), "dim"))]
        found: list[Line] = []
        for place, said in enumerate(self._review.verdict):
            if not place:
                found += [line("  ", (row, "focal")) for row in wrap(str(said), cells, MOST)]
                continue
            first, colon, rest = _parted(str(said))
            for row in wrap(first + colon + rest, cells, MOST):
                before, after = row[: len(first + colon)], row[len(first + colon) :]
                found.append(line("  ", (before, "muted"), (after, "warn")))
                first, colon = "", ""
        return found


def _parted(said: str) -> tuple[str, str, str]:
    """A sentence at its colon; all of it is muted where it has none."""
    for colon in ("：", ": "):
        first, mark, rest = said.partition(colon)
        if mark:
            return first, mark, rest
    return said, "", ""
