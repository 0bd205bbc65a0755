"""Options whose values are fixed: a code, or the word for it that the screens print."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from opslog.domain.base import codes
from opslog.domain.base.codes import Labels
from opslog.domain.base.refusal import Refused
from opslog.locale import Msg, language, msg


def one_of(
    labels: Labels, only: Iterable[str] = (), also: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What ``add_argument`` takes for it; ``only`` some of the codes of ``labels``."""
    some = {code: labels[code] for code in only} or labels
    return {"type": partial(_read, labels=some, also=also or {}), "metavar": _shown(some)}


def _read(text: str, labels: Labels, also: Mapping[str, str]) -> str:
    try:
        return codes.read(text, labels, also) if text else ""
    except Refused as refused:
        raise argparse.ArgumentTypeError(str(refused.message)) from None


def _shown(labels: Labels) -> str:
    """As argparse shows choices: the codes, in Chinese the words."""
    words = [*labels]
    if language() != "en":
        words = [str(one if isinstance(one, Msg) else msg(one)) for one in labels.values()]
    return "{" + ",".join(word.replace(" ", "") for word in words) + "}"
