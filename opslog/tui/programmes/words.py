"""What channels, stages and where a message card's parts come from are called."""

from __future__ import annotations

from opslog.domain.programmes.queue import MessageLine
from opslog.locale import N_, _, ngettext

STAGES = {"features": N_("features"), "results": N_("results"), "brand": N_("brand")}
CHANNELS = {
    "wecom": N_("WeCom"),
    "sms": N_("text message"),
    "email": N_("e-mail"),
    "call": N_("call"),
}


def stage(entry: MessageLine) -> str:
    """What kind of words they get."""
    if entry.by_hand:
        return _("own words")
    return _(STAGES[entry.stage]) if entry.stage in STAGES else entry.stage


def people(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=f"{number:,}")
