"""Where answers are given: one question at a time, in the place of the outcomes' digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from opslog.domain.answers.questions import Question
from opslog.locale import N_, _
from opslog.services.answers import answering
from opslog.services.answers.asked import Asked
from opslog.tui.answers.lines import options
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, cut_line, in_rows, line, line_width

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class About(NamedTuple):
    """What is asked of whom, about which event."""

    questions: Sequence[Question]
    person_id: int
    event_id: int | None


class AnswerSheet(Vertical):
    """A digit is an option and is saved at once; words are saved with Enter. Tab or an arrow goes
    to another question, Backspace in an empty line takes the answer back; Esc leaves, as does the
    last answer."""

    DEFAULT_CSS = """
    AnswerSheet { height: auto; display: none; background: $panel; }
    AnswerSheet.-open { display: block; }
    AnswerSheet LinesView { height: auto; }
    AnswerSheet Input { margin: 0 1; background: $panel; }
    """

    class Closed(Message):
        """The outcomes' digits stand again."""

    def __init__(self) -> None:
        super().__init__()
        self._about: About | None = None
        self.asked: Sequence[Asked] = ()
        self._also: frozenset[str] = frozenset()  # what was asked when it was opened
        self._at = 0
        self._warned = False

    def compose(self) -> ComposeResult:
        yield _Shown(self)
        yield _Line(compact=True)

    @property
    def opened(self) -> bool:
        return self.has_class("-open")

    @property
    def now(self) -> Asked | None:
        return self.asked[self._at] if self._at < len(self.asked) else None

    @property
    def _host(self) -> Host:
        return cast("Host", self.app)

    def about(self, about: About | None) -> Sequence[Asked]:
        """Whose card is shown now; another's closes the sheet. The questions, as answered."""
        if self._about is None or about is None or about[1:] != self._about[1:]:
            self.close()
        self._about = about
        self.asked = ()
        if about is not None:
            self.asked = answering.asked(self._host.book, *about, also=self._also)
        self._at = min(self._at, max(len(self.asked) - 1, 0))
        if self.opened:
            self._draw()
        return self.asked

    def open(self) -> None:
        """Begin with the first question that has no answer yet."""
        self._at = next((at for at, one in enumerate(self.asked) if one.said is None), 0)
        self._also = frozenset(one.question.key for one in self.asked)
        self.add_class("-open")
        self._draw()
        self.query_one(_Line).value = ""
        self.query_one(_Line).focus()

    def close(self) -> None:
        self._also = frozenset()
        if self.opened:
            self.remove_class("-open")
            self.post_message(self.Closed())

    def move(self, by: int) -> None:
        """Another question; what is typed so far answers this one."""
        typed = self.query_one(_Line)
        if typed.value.strip() and not self._take(typed.value, move=False):
            return
        self._at = (self._at + by) % max(len(self.asked), 1)
        typed.value = ""
        self._draw()

    def take(self, text: str) -> None:
        """Enter: what was typed, or nothing and on to the next."""
        if text.strip():
            self._take(text)
        elif self._at + 1 >= len(self.asked):
            self.close()
        else:
            self.move(1)

    def digit(self, text: str) -> bool:
        """Whether a digit was one of the options, or stands for words of their own."""
        folded = unicodedata.normalize("NFKC", text)
        one = self.now
        if one is None or not folded.isdecimal() or not one.question.values:
            return False
        if one.question.other and int(folded) == len(one.question.values) + 1:
            self.query_one(_Line).placeholder = _("words, then Enter")
            return True
        if int(folded) > len(one.question.values) and one.question.takes_words:
            return False
        self._take(folded)
        return True

    def _take(self, text: str, *, move: bool = True) -> bool:
        one, about = self.now, self._about
        if one is None or about is None:
            return False
        whose, book = about[1:], self._host.book
        if self._host.do(lambda: answering.keep(book, one, *whose, text)) is None:
            return False
        self.query_one(_Line).value = ""
        self._warned = False
        if move and self._at + 1 >= len(self.asked):
            self.close()  # all is asked: a digit is an outcome again
            return True
        self._at += move
        self._draw()
        return True

    def undo(self) -> None:
        """Backspace where nothing is typed: the answer shown is taken back."""
        one, about = self.now, self._about
        if one is not None and about is not None:
            whose, book = about[1:], self._host.book
            self._host.do(lambda: answering.drop(book, one, *whose))

    def leave(self) -> None:
        """Esc: what is typed and not saved is said first."""
        if self.query_one(_Line).value.strip() and not self._warned:
            self._warned = True
            self._draw()
            return
        self.close()

    def _draw(self) -> None:
        one = self.now
        if one is None:
            self.close()
            return
        hint = N_("a digit") if one.question.values else N_("words, then Enter")
        if one.question.other:
            hint = N_("a digit, or words and Enter")
        self.query_one(_Line).placeholder = _(hint)
        self.query_one(_Shown).rebuild()

    def lines(self, cells: int) -> list[Line]:
        one = self.now
        if one is None:
            return []
        number = line((f" {_('Answers')} {self._at + 1}/{len(self.asked)}  ", "title"))
        title = line((str(one.question.title), "strong"))
        keys = line(("Tab", "key"), f" {_('next')}  ", ("Esc", "key"), f" {_('outcome')} ")
        left = cut_line(number + title, cells - line_width(keys) - 2)
        offered = [part + line("   ") for part in options(one, digits=True)]
        rows = [spread(left, keys, cells)]
        rows += [line(" ") + row for row in in_rows(offered, cells - 1)] if offered else []
        if self._warned:
            told = _("Not saved yet: Enter saves these words, Esc again leaves them.")
            rows.append(line((f" {told}", "warn")))
        return rows


class _Shown(LinesView):
    def __init__(self, sheet: AnswerSheet) -> None:
        super().__init__()
        self._sheet = sheet

    def build(self, cells: int) -> list[Line]:
        rows = self._sheet.lines(cells)
        self.styles.height = max(len(rows), 1)
        return rows


class _Line(TextInput):
    """The line to type in; what is a key of the sheet goes there."""

    async def _on_key(self, event: events.Key) -> None:
        sheet = self.parent
        assert isinstance(sheet, AnswerSheet)
        keys: dict[str, Callable[[], None]] = {
            "tab": lambda: sheet.move(1),
            "down": lambda: sheet.move(1),
            "shift+tab": lambda: sheet.move(-1),
            "up": lambda: sheet.move(-1),
            "escape": sheet.leave,
            "enter": lambda: sheet.take(self.value),
        }
        done = keys.get(event.key)
        if not self.value:
            if event.key == "backspace":
                done = sheet.undo
            elif event.character and sheet.digit(event.character):
                done = _nothing
        if done is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        done()


def _nothing() -> None:
    """It is done already."""
