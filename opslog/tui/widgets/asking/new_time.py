"""The question where something is moved to, with what speaks against it: everywhere the same,
with tomorrow as the proposal that Enter takes and typing replaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from opslog.locale import N_, Msg, msg
from opslog.services.book.drafts import Place
from opslog.tui.widgets.asking.prompt import Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

Result = TypeVar("Result")
PROPOSED = "+1d"
PLACEHOLDER = "+1d  fri  12-05 14:00  明天下午3点"


def new_time_text(moment: str, *more: Msg | None) -> str:
    """What an answer means, live below it: the moment, and what is to be known of it."""
    return " · ".join((f"→ {moment}", *(str(one) for one in more if one is not None)))


def question(title: object, when: object) -> Msg:
    """What is asked of one thing: what it is called, and when it is due now."""
    return msg(N_("Move “{title}”, now {when}, to"), title=title, when=when)


async def ask_new_time(
    host: Host,
    title: Msg,
    meaning: Callable[[str], tuple[str, Msg | None]],
    warnings: Callable[[str], Sequence[Msg]],
    saves: Callable[[str], Result],
    where: Place,
) -> Result | None:
    """What ``saves`` returned, None where nothing was typed or it was left. ``meaning`` is the
    moment in words and why it is not the very next such one; what ``warnings`` has is asked about.
    """

    def check(text: str) -> str:
        moment, moved = meaning(text)
        return new_time_text(moment, moved, *warnings(text)[:1])

    result: Result | None = await host.ask(
        Prompt(
            title,
            PROPOSED,
            saves=lambda text: saves(text) if text.strip() else None,
            where=where,
            placeholder=PLACEHOLDER,
            check=check,
            proposed=True,
            warns=lambda text: warnings(text) if text.strip() else (),
        )
    )
    return result
