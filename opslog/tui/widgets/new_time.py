"""The question where something is moved to, with what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from opslog.locale import Msg, _
from opslog.tui.widgets.prompt import Confirm, Prompt
from opslog.tui.widgets.text import clean, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

PLACEHOLDER = "+1d  fri  12-05 14:00  明天下午3点"


def new_time_text(moment: str, *more: Msg | None) -> str:
    """What an answer means, live below it: the moment, and what is to be known of it."""
    return " · ".join((f"→ {moment}", *(str(one) for one in more if one is not None)))


async def ask_new_time(
    host: Host,
    title: str,
    meaning: Callable[[str], tuple[str, Msg | None]],
    warnings: Callable[[str], Sequence[Msg]],
    value: str = "",
) -> str | None:
    """The text typed, None where it is left. ``meaning`` is the moment in words and why it is
    not the very next such one; where ``warnings`` has sentences, they are asked about once.
    """

    def check(text: str) -> str:
        moment, moved = meaning(text)
        return new_time_text(moment, moved, *warnings(text)[:1])

    while True:
        text = await host.ask(Prompt(title, value, placeholder=PLACEHOLDER, check=check))
        if not text or not text.strip():
            return None
        said = warnings(text)
        if not said:
            return str(text)
        question = _("Move it to {when} all the same?").format(when=meaning(text)[0])
        lines = [line(clean(one)) for one in said]
        if await host.ask(Confirm(question, lines, yes=_("move it"), no=_("another date"))):
            return str(text)
        value = text
