"""By which ways people come to an event: their kinds, and how a list names one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from opslog import shipped
from opslog.domain.events.events import CHANNEL_LABELS
from opslog.locale import LANGUAGES, N_, Msg, msg

KIND_LABELS = {
    **CHANNEL_LABELS,
    "invite": N_("Colleagues inviting"),
    "friends": N_("Customers inviting"),
    "official": N_("Official account"),
    "video": N_("Video platforms"),
    "partner": N_("Partners"),
    "door": N_("At the door"),
}


class Channel(NamedTuple):
    """A channel of an event. Money in cents; None: not known."""

    id: int
    label: str
    kind: str = ""
    code: str = ""
    owner: str = ""
    link: str = ""
    cents: int | None = None
    reach: int | None = None
    clicks: int | None = None
    signups: int | None = None
    stop_id: int | None = None  # of a road show, whose own it is; None: of the whole

    @property
    def called(self) -> Msg:
        """Its label; where that is a word for its kind, in the language spoken."""
        label = msg(KIND_LABELS.get(self.kind, self.label))
        if any(self.label == label.render(language) for language in LANGUAGES):
            return label
        return Msg("{text}", {"text": self.label})


def fold(words: str) -> str:
    """As two names of one channel agree."""
    return " ".join(words.split()).casefold()


def kind_of(words: str) -> tuple[str, bool]:
    """The kind of channel that words name, '' none, and whether they say nothing else."""
    folded = fold(words)
    if found := _words().get(folded):
        return found, True
    held = [word for word in _words() if len(word) > 1 and word in folded]
    return (_words()[max(held, key=len)], False) if held else ("", False)


def of_stop(channels: Iterable[Channel], stop_id: int | None) -> list[Channel]:
    """Those that bring people to a stop: its own first, then those of the whole."""
    found = [one for one in channels if one.stop_id in (stop_id, None)]
    return sorted(found, key=lambda one: one.stop_id is None)


def meant(words: str, channels: Iterable[Channel]) -> Channel | None:
    """The channel of an event that words name: by its code, its label, or as the only one of its
    kind; None where none is meant, or it could be any of several."""
    folded, known = fold(words), list(channels)
    for name in ("code", "label"):
        found = [one for one in known if folded and fold(getattr(one, name)) == folded]
        if found:
            return found[0]
    kind, whole = kind_of(words)
    alike = [one for one in known if whole and one.kind == kind]
    return alike[0] if len(alike) == 1 else None


@cache
def _words() -> dict[str, str]:
    """Folded word -> kind."""
    said = tomllib.loads(shipped.text("lists/channels.toml"))
    found = {fold(word): kind for kind, words in said.items() for word in words}
    for kind, label in KIND_LABELS.items():
        names = (kind, *(msg(label).render(language) for language in LANGUAGES))
        found |= dict.fromkeys(map(fold, names), kind)
    return found
