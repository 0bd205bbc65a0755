"""What a stop of a road show brought and cost, as people type it in and read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.money import cents_of, yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.events import measures
from opslog.domain.events.events import quantity_text
from opslog.locale import N_, Msg, msg

COST = "cost"  # in cents, beside the measures
_COSTS = (COST, "costs", "spent", "花费", "费用", "花了", "成本")
_MOST = 2**43


def label(name: str) -> Msg:
    return msg(N_("cost")) if name == COST else measures.label(name)


def said(name: str, value: float) -> str:
    """A number as people write it: money in yuan."""
    return yuan_text(round(value)) if name == COST else quantity_text(value)


def read(texts: Iterable[str]) -> dict[str, float | None]:
    """``reach=433``, ``线索=9``, ``cost=2万`` (yuan, kept in cents); None of one without a number.
    Raises Refused."""
    found: dict[str, float | None] = {}
    for text in texts:
        typed = measures.name_and_number(text)
        if typed is None:
            raise Refused(msg(N_("“{text}” is no number of a stop; write leads=9"), text=text))
        name, number = typed
        name = COST if name.casefold() in _COSTS else measures.measure_of(name)
        found[name] = _read(name, number)
    return found


def _read(name: str, number: str) -> float | None:
    try:
        value = read_amount(number)
    except Refused as refusal:
        why = msg(N_("{place}: {why}"), place=label(name), why=refusal.message)
        raise Refused(why) from None
    if value is None:
        return None
    if not 0 <= value < _MOST:
        raise Refused(msg(N_("{name} must be a number from 0 up"), name=label(name)))
    if name == COST:
        return cents_of(value)
    measures.check_whole(name, float(value), name)
    return float(value)
