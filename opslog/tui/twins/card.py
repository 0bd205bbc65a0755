"""The card of two that may be one: holds the focus and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from opslog.domain.people.card import Chapter
from opslog.domain.twins.pairs import PersonSide, Side
from opslog.locale import N_
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from opslog.tui.people.story import story
from opslog.tui.twins.card_lines import View, card_lines
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, join, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

_MOMENTS, _PEOPLE = 12, 6  # shown of one, at most

# fmt: off
TWINS = table(
    Action("twins.join", "enter", "screen.join",
           N_("Join"), N_("Join the two, unless as much speaks against it as for it")),
    Action("twins.same", "1", "screen.decide('same')",
           N_("The same"), N_("One and the same: join them, on to the next")),
    Action("twins.different", "2", "screen.decide('different')",
           N_("Different"), N_("Two: keep them apart for good, on to the next")),
    Action("twins.later", "3,0", "screen.decide('later')",
           N_("Later"), N_("Put it off: it comes back the next time, after all others")),
    Action("twins.swap", "4", "screen.swap",
           N_("Keep the other"), N_("Which of the two is kept when they are joined")),
    Action("twins.kind", "tab", "screen.kind",
           N_("People/companies"), N_("Pairs of people, or of companies")),
    Action("twins.back", "left", "screen.look(-1)",
           N_("Look back"), N_("The pair before this one, deciding nothing")),
    Action("twins.ahead", "right", "screen.look(1)",
           N_("Look ahead"), N_("The pair after this one, deciding nothing")),
    Action("twins.take_back", "backspace", "screen.take_back", N_("Take back"),
           N_("Take back what was decided about the pair shown, or else the last one")),
)
# fmt: on
class TwinCard(LinesView, can_focus=True):
    """Shows a View, or plain lines where no pair waits."""

    BINDINGS: ClassVar[list[BindingType]] = bind(
        *TWINS, show=("twins.kind", "twins.back", "twins.ahead", "twins.take_back")
    )

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self._plain: list[Line] = []

    def show(self, view: View) -> None:
        """Draw a pair; lines that stayed the same are not drawn again."""
        self.view = view
        self.rebuild()

    def show_plain(self, lines: list[Line]) -> None:
        self.view, self._plain = None, lines
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.view is None:
            return self._plain[: self.size.height]
        happened = self._happened if self.screen.has_class("-wide") else None
        return card_lines(self.view, cells, self.size.height, happened)

    def _happened(self, side: Side, cells: int) -> list[Line]:
        """What a person has been through; of a company who its people are, and that of each."""
        book = cast("Host", self.app).book
        zone, today = book.clock.zone, book.today()

        def of_person(person_id: int) -> list[Chapter]:
            return cards.story(book, person_id, cards.timeline(book, person_id)[:_MOMENTS])

        if isinstance(side, PersonSide):
            chapters = of_person(side.person.id)
            return story(chapters, zone, today, cells)
        lines: list[Line] = []
        for person_id in side.ids[:_PEOPLE]:
            person = person_card.get(book, person_id)
            chapters = of_person(person_id)
            lines += [()] if lines else []
            lines.append(join([line((person.called, "strong")), (person.title, "muted")], "  "))
            lines += story(chapters, zone, today, cells)
        return lines
