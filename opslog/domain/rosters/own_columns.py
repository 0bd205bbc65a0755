"""Columns of a list that opslog has no meaning for, kept as fields of the operator's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

ALL, NONE = "all", "none"


class OwnColumn(NamedTuple):
    """The column ``at``, and the field it fills: its ``name``, ``of`` person or company.

    ``blank``: nothing stands in its first rows. ``kept``: unless the operator says otherwise.
    """

    at: int
    name: str
    of: str
    blank: bool = False
    kept: bool = False


def chosen(
    found: Sequence[OwnColumn], told: Sequence[str] | None, remembered: Sequence[str] = ()
) -> tuple[OwnColumn, ...]:
    """Those the operator wants: by heading, all, or none; told nothing, as the last time.

    Raises Refused for a heading that is none of ``found``.
    """
    if told is None:
        return tuple(one for one in found if one.name in remembered or (one.kept and not one.blank))
    wanted = [" ".join(name.split()) for name in told]
    if ALL in wanted:
        return tuple(found)
    names = [one.name for one in found]
    for name in wanted:
        if name not in (*names, NONE):
            raise Refused(
                msg(
                    N_("“{name}” is no column that could be kept as a field; there are: {names}"),
                    name=name,
                    names=", ".join(names) or "–",
                )
            )
    return tuple(one for one in found if one.name in wanted)
