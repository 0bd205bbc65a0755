"""Questions of one line: type something, choose one, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from opslog.domain.base.refusal import Refused
from opslog.locale import Msg, _
from opslog.services.book.drafts import Place
from opslog.tui.widgets.asking.picking import Picking
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.asking.typed import Typed, changed_meanwhile
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, clean, cut, in_rows, line

Result = TypeVar("Result")
DEAF_SECONDS = 1.5  # a question nobody asked for takes no key so long
MOST_TITLE = 480  # cells; the line to type in must stay in sight below
Check = Callable[[str], object]  # what the text means, shown below; Refused where it means nothing


class Prompt(Typed[Result], Generic[Result]):
    """One line of text. Enter runs ``saves`` with it (when ``check`` takes it) and closes with what
    that returns; refused, the line stays as typed. Esc gives None.

    ``offers`` are answers that may be typed by their number, shown above the line. ``warns`` has
    what speaks against the answer: it is shown, and a second Enter does it all the same.
    ``value`` of what exists already is asked for again, as another window may change it meanwhile.
    ``proposed``: ``value`` is a proposal, which typing replaces. ``between``: what stands between
    lines that are pasted."""

    DEFAULT_CSS = """
    Prompt Input { background: $panel; }
    Prompt Static { height: auto; }
    Prompt LinesView { height: auto; }
    """
    BINDINGS = [Binding("escape", "back", show=False)]

    def __init__(
        self,
        title: Msg,
        value: str | Callable[[], str] = "",
        *,
        saves: Callable[[str], Result],
        where: Place | None,
        placeholder: str = "",
        check: Check | None = None,
        warns: Callable[[str], Sequence[Msg]] = lambda _text: (),
        offers: Sequence[str] = (),
        proposed: bool = False,
        between: str = " ",
    ) -> None:
        super().__init__(title, where)
        self._between = between
        self._anew = value if callable(value) else None
        self._value = value() if callable(value) else value
        self._offers, self._placeholder = offers, placeholder
        self._proposed = proposed
        self._saves, self._check, self._warns = saves, check, warns
        self._agreed: str | None = None  # what was warned of
        self._warned = False
        self._shown = ""  # what its meaning was shown of

    def compose(self) -> ComposeResult:
        typed = self.take_up()
        with Vertical(classes="dialog"):
            yield Static(cut(clean(self.title_text), MOST_TITLE), markup=False)
            if self._offers:
                yield Offers(self._offers)
            line = TextInput(
                typed.get("", self._value),
                compact=True,
                placeholder=self._placeholder,
                select_on_focus=self._proposed and not typed,
            )
            line.between = self._between
            yield line
            yield Static("", id="meaning", markup=False)

    def on_mount(self) -> None:
        if self._show(self.text) and self.draft is not None:
            self._mean(_("This was typed before and not saved yet."))

    @property
    def text(self) -> str:
        return self.query_one(Input).value

    def typed(self) -> Mapping[str, str]:
        return {} if self.text == self._value else {"": self.text}

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._shown:
            self._agreed, self._warned = None, False
            self._show(event.value)

    def _show(self, text: str) -> bool:
        self._shown = text
        if self._check is None:
            self._mean("")
            return True
        try:
            result = self._check(text) if text.strip() else ""
        except Refused as refusal:
            self._mean(clean(refusal))
            return False
        self._mean(clean(result or ""))
        return True

    def _mean(self, text: str) -> None:
        self.query_one("#meaning", Static).update(text)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        text = event.value
        if not self._show(text):
            return
        said = () if text == self._agreed else self._warns(text)
        if said:
            self._agreed = text
            again = _("Enter again does it all the same.")
            self._mean("\n".join([*map(clean, said), again]))
            return
        self.save(lambda: self._saves(self.text))

    def follow(self) -> Refused | None:
        now, before = self._anew() if self._anew else self._value, self._value
        self._value = now
        if self.text == before != now:
            self.query_one(Input).value = now
        return None if now in (before, self.text) else changed_meanwhile(now)

    def say_refused(self, refusal: Refused) -> None:
        self._mean(clean(refusal))

    def warn(self, key: str) -> bool:
        """Esc on a line taken up again says that it goes; ctrl+q keeps it anyway."""
        if key != "Esc" or self._warned or self.draft is None:
            return False
        self._warned = True
        self._mean(_("Nothing is saved yet. Esc again leaves without saving, Enter saves."))
        return True


class Offers(LinesView):
    """Answers with their numbers, as many a row as fit."""

    def __init__(self, offers: Sequence[str]) -> None:
        super().__init__()
        self._offers = [
            line((str(number), "key"), " ", text) for number, text in enumerate(offers, 1)
        ]

    def build(self, cells: int) -> list[Line]:
        rows = in_rows(self._offers, cells)
        self.styles.height = len(rows)
        return rows


@dataclass(frozen=True)
class Choice:
    """``key`` is what comes back; ``label`` the words, ``detail`` more in grey."""

    key: str
    label: str
    detail: str = ""


NEW = "+"  # before the words typed, where they are to become a choice of their own


class Choose(Picking):
    """Pick one of a list: arrows and Enter, its number, or type to narrow it. ``NUMBERED``: the
    first nine are picked by a digit."""

    NUMBERED = True
    DEFAULT_CSS = """
    Choose WindowList { height: auto; max-height: 16; min-height: 3; }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        selected: str = "",
        more: Sequence[str] = (),
        unasked: bool = False,
        new: str = "",
    ) -> None:
        """``more``: sentences below the title. ``unasked``: it comes in the middle of something
        else, so what is being typed just then must not answer it. ``new``: what to say of words
        (as ``{text}``) that are none of the choices; they come back after ``NEW``."""
        super().__init__()
        self._title, self._choices, self._selected = title, list(choices), selected
        self._more, self._unasked, self._new = more, unasked, new

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            for text in (self._title, *self._more):
                yield Static(cut(clean(text), MOST_TITLE), markup=False)
            yield TextInput(compact=True, placeholder=_("type to narrow the list"))
            yield WindowList(
                [Column(width=2, right=True), Column(flex=3), Column(flex=2)],
                empty=[line((_("nothing fits"), "muted"))],
            )

    def on_mount(self) -> None:
        self.query_one(WindowList).can_focus = False
        self._fill("")
        if self._selected:
            self.query_one(WindowList).select(self._selected)
        if self._unasked:
            typed = self.query_one(TextInput)
            typed.disabled, typed.placeholder = True, _("read this first …")
            self.set_timer(DEAF_SECONDS, self._listen)

    def _listen(self) -> None:
        typed = self.query_one(TextInput)
        typed.disabled, typed.placeholder = False, _("type to narrow the list")
        typed.focus()

    def fitting(self, text: str) -> list[Choice]:
        """The choices that what is typed leaves, names also by their pinyin."""
        from opslog.domain.people.naming.pinyin import name_words  # no start needs it

        words = text.casefold()
        return [
            choice
            for choice in self._choices
            if words in f"{choice.label} {choice.detail} {choice.key}".casefold()
            or any(word.startswith(words) for word in name_words(choice.label).split())
        ]

    def _fill(self, text: str) -> None:
        found = self.fitting(text)
        labels = {choice.label.casefold() for choice in self._choices}
        if self._new and text and text.casefold() not in labels:
            found.append(Choice(NEW + text, self._new.format(text=text)))
        rows = self.query_one(WindowList)
        rows.styles.height = min(len(found), 16) or 2
        rows.set_rows(
            [
                Row(
                    c.key,
                    (
                        line((str(n) if self.NUMBERED and n < 10 else "", "key")),
                        c.label,
                        line((c.detail, "muted")),
                    ),
                )
                for n, c in enumerate(found, 1)
            ]
        )
        rows.action_first()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        text = event.value.strip()
        if self.NUMBERED and len(text) == 1 and text.isdecimal() and int(text):
            row = self.query_one(WindowList).row(int(text) - 1)
            if row is not None:
                self.dismiss(str(row.key))
                return
        self._fill(text)


class Confirm(Dialog[bool]):
    """A question with lines of explanation; Enter or y is yes, Esc or n is no."""

    DEFAULT_CSS = """
    Confirm .detail { height: auto; max-height: 18; color: $text-muted; }
    Confirm #answers { height: 2; }
    """
    BINDINGS = [
        Binding("enter,y", "yes", show=False),
        Binding("escape,n,q", "no", show=False),
    ]

    def __init__(
        self, question: str, lines: Iterable[Line] = (), *, yes: str = "", no: str = ""
    ) -> None:
        super().__init__()
        self._question, self._lines = question, list(lines)
        self._yes, self._no = yes or _("Yes"), no or _("No")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(cut(clean(self._question), MOST_TITLE), markup=False)
            if self._lines:
                texts = ("".join(text for text, _look in spans) for spans in self._lines)
                yield Static("\n".join(texts), classes="detail", markup=False)
            yield LinesView(id="answers")

    def on_mount(self) -> None:
        yes, no = line(("Enter", "key"), " ", self._yes), line(("Esc", "key"), " ", self._no)
        self.query_one("#answers", LinesView).set_lines([(), (*yes, ("   ", ""), *no)])

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


class Told(Dialog[None]):
    """Something said in lines, to be read; any of Enter, Esc and q closes it."""

    DEFAULT_CSS = """
    Told LinesView { height: auto; max-height: 18; }
    """
    BINDINGS = [Binding("enter,escape,q", "back", show=False)]

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(cut(clean(self._title), MOST_TITLE), markup=False)
            yield LinesView(id="told")

    def on_mount(self) -> None:
        close = line(("Esc", "key"), " ", (_("Close"), "muted"))
        shown = [(), *self._lines, (), close]
        told = self.query_one("#told", LinesView)
        told.styles.height = len(shown)
        told.set_lines(shown)
