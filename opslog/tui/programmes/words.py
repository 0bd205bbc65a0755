"""What channels, stages and where a message card's parts come from are called."""

from __future__ import annotations

from opslog.domain.programmes.contents import STAGE_TITLES
from opslog.domain.programmes.queue import MessageLine
from opslog.locale import _, ngettext


def kind(entry: MessageLine) -> str:
    """What kind of words they get; the operator's own only where there are none."""
    return _("own words") if entry.unwritten else stage(entry.stage)


def stage(code: str) -> str:
    return _(STAGE_TITLES[code]) if code in STAGE_TITLES else code


def people(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=f"{number:,}")
