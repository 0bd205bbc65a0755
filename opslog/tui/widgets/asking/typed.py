"""What is being typed just now: every question with a line to type in is one of these.

It closes only when what it asks for is done, and what stands in it outlives the window: the app
asks all of them what is ``half_typed`` whatever it ends by, and after each pause in typing.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar, runtime_checkable

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book import drafts
from opslog.services.book.book import Change
from opslog.services.book.drafts import Draft, HalfTyped, Place
from opslog.tui.widgets.dialog import Dialog

Result = TypeVar("Result")


def changed_meanwhile(now: str, label: str = "", field: str = "") -> Refused:
    """``now``: what another window wrote where something else is being typed."""
    text = now or "–"
    if not label:
        said = msg(N_("Another window wrote “{text}” here. Enter again saves yours."), text=text)
    else:
        said = msg(
            N_("Another window wrote “{text}” under {field}. Enter again saves yours."),
            text=text,
            field=label,
        )
    return Refused(said, field=field)


@runtime_checkable
class KeepsTyped(Protocol):
    """A screen with something on it that was typed and not entered."""

    def half_typed(self) -> Sequence[HalfTyped]: ...


class Typed(Dialog[Result], Generic[Result]):
    """``where`` is None for what is not worth keeping: words to filter by, a confirmation."""

    def __init__(self, title: Msg, where: Place | None, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.asked, self.title_text, self.where = title, str(title), where
        self.gone = False  # what it is about was deleted meanwhile
        self._clash: Refused | None = None  # changed here and in another window, not refused yet
        self.draft: Draft | None = None  # what was typed here before and not entered
        self._over = False  # entered, left or kept: nothing of it is being typed

    def take_up(self) -> Mapping[str, str]:
        """What was typed here before, for ``compose`` to put into the fields."""
        self.draft = drafts.of(self.host.book, self.where) if self.where else None
        return self.draft.typed if self.draft else {}

    @abstractmethod
    def typed(self) -> Mapping[str, str]:
        """Text by field, of those that are not as they were found; '' names the only one."""

    @abstractmethod
    def say_refused(self, refusal: Refused) -> None:
        """Show why not, beside what was typed."""

    def save(self, verb: Callable[[], Result]) -> None:
        """Run what is asked for, and close when it is done; refused, all stays as typed."""
        self.look_again()
        if self.gone or self.clashes():
            return
        try:
            result = verb()
        except Refused as refusal:
            self.say_refused(refusal)
            return
        self.forget_typed()
        self.dismiss(result)
        if isinstance(result, Change):
            self.host.announce(result)

    def look_again(self) -> None:
        """Another window has written: say so where what this is about is gone."""
        if not self.is_mounted:  # the fields are still to come
            self.call_later(self.look_again)
            return
        self.gone = self.where is not None and not drafts.still_there(self.host.book, self.where)
        if self.gone:
            text = N_("What this is about was deleted in another window; what you typed stays")
            self.say_refused(Refused(msg(text)))
        elif (clash := self.follow()) is not None:
            self._clash = clash
            self.say_refused(clash)

    def follow(self) -> Refused | None:
        """Take over what another window changed where nothing was typed here; what was changed
        here, too, is refused once, and saving then means it."""
        return None

    def clashes(self) -> bool:
        """Whether something typed here was changed in another window as well; said once."""
        clash, self._clash = self._clash, None
        if clash is not None:
            self.say_refused(clash)
        return clash is not None

    def half_typed(self) -> Sequence[HalfTyped]:
        """What stands here and nowhere else."""
        if self.where is None or self._over or not self.is_mounted:
            return ()
        typed = self.typed()
        if not typed or (self.draft is not None and self.draft.typed == typed):
            return ()
        return (HalfTyped(self.where, self.asked, typed, self.draft),)

    def keep_typed(self) -> None:
        """Keep it for the next start, where it can be written anywhere."""
        for one in self.half_typed():
            drafts.keep(self.host.book, *one)
        self._over = True

    def forget_typed(self) -> None:
        if self.draft is not None:
            with suppress(Refused):  # then it is offered once more
                drafts.drop(self.host.book, self.draft)
        self._over = True
        self.host.note_typed()

    def action_back(self) -> None:
        if self.warn("Esc"):
            return
        if self.gone:
            self.keep_typed()  # it may still be of use elsewhere
        else:
            self.forget_typed()
        self.dismiss(None)
