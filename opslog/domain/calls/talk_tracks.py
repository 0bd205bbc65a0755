"""Talk tracks (话术): what to say and ask, by purpose, lane and occasion.

They ship as ``shipped/calls/talk_tracks.toml``; a file of that name in ``playbooks/`` beside the
database stands in for it. Words in braces such as {person} are filled in; others stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from opslog import locale
from opslog.domain.base.toml_lines import Table
from opslog.domain.calls.outcomes import LANES, kind_of
from opslog.locale import N_, _, msg

FILE = "talk_tracks.toml"
WORDS = ("first", "again")
SLOTS = ("day_before", "on_day")
FIELDS = ("person", "company", "event", "day", "time", "place", "operator")
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")
_UNKNOWN = {"company": N_("your company")}
_BREAK = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\x20(?=[\u4e00-\u9fff《（])")
_PURPOSES = re.compile(r"reminder|add|callback(-[1-9]\d{0,2})?")


@dataclass(frozen=True, slots=True)
class Talk:
    """What to say, and the questions to ask, in one language, filled in."""

    say: str = ""
    questions: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()  # fields of what is said that nothing is known for


@dataclass(frozen=True, slots=True)
class Track:
    """``purpose`` may be ``callback`` for every call-back; '' in a condition asks for nothing."""

    purpose: str
    lane: str
    slot: str
    words: str
    attended: bool | None
    after: str
    english: Talk
    chinese: Talk

    def fits(
        self, purpose: str, lane: str, slot: str, words: str, attended: bool | None, last: str
    ) -> int | None:
        """How exactly it fits, more is better; None where it doesn't."""
        if self.purpose not in (purpose, kind_of(purpose)) or self.lane not in ("", lane):
            return None
        if self.slot not in ("", slot) or self.words not in ("", words):
            return None
        if self.attended is not None and self.attended is not attended:
            return None
        if self.after not in ("", last):
            return None
        exact = self.purpose == purpose
        return (
            8 * exact
            + 4 * bool(self.lane)
            + 4 * bool(self.words)
            + 3 * bool(self.after)
            + 2 * bool(self.slot)
            + (self.attended is not None)
        )


@dataclass(frozen=True)
class Tracks:
    tracks: tuple[Track, ...]

    def find(
        self,
        purpose: str,
        lane: str,
        *,
        slot: str = "",
        again: bool = False,
        attended: bool | None = None,
        last: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> Talk:
        """The track that fits best, in the current language; an empty one where none does.
        ``last``: the code of what came of the try before."""
        words = WORDS[again]
        best: tuple[int, Track] | None = None
        for track in self.tracks:
            fit = track.fits(purpose, lane, slot, words, attended, last)
            if fit is not None and (best is None or fit > best[0]):
                best = (fit, track)
        if best is None:
            return Talk()
        talk = best[1].chinese if locale.language() == "zh_CN" else best[1].english
        filled = fields or {}
        blank = tuple(
            dict.fromkeys(
                field
                for field in _FIELD.findall(talk.say)
                if not filled.get(field) and field not in _UNKNOWN
            )
        )
        questions = tuple(_fill(line, filled) for line in talk.questions)
        return Talk(_fill(talk.say, filled), questions, blank)


def _fill(text: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields.get(found[1]) or _(_UNKNOWN.get(found[1], "…")), text)


def read(text: str, file: str = FILE) -> Tracks:
    """Read the talk tracks. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("track")
    tracks = tuple(_track(one) for one in table.tables("track"))
    table.settle()
    return Tracks(tracks)


def _track(table: Table) -> Track:
    table.only(
        *("purpose", "lane", "slot", "words", "attended", "after"),
        *("say_en", "say_zh", "questions_en", "questions_zh"),
    )
    purpose = table.text("purpose")
    if not _PURPOSES.fullmatch(purpose):
        table.fault(
            "purpose",
            msg(N_("“purpose” must be reminder, add, callback, or callback-1, callback-2 …")),
        )
    attended = table.data.get("attended")
    if attended is not None and not isinstance(attended, bool):
        table.fault("attended", msg(N_("“{key}” must be true or false"), key="attended"))
        attended = None
    return Track(
        purpose=purpose,
        lane=table.one_of("lane", LANES, ""),
        slot=table.one_of("slot", SLOTS, ""),
        words=table.one_of("words", WORDS, ""),
        attended=attended,
        after=table.text("after", ""),
        english=Talk(_paragraph(table, "say_en"), _questions(table, "questions_en")),
        chinese=Talk(_paragraph(table, "say_zh"), _questions(table, "questions_zh")),
    )


def _paragraph(table: Table, key: str) -> str:
    """The text in one line; Chinese that was broken into lines needs no space between them."""
    return _BREAK.sub("", " ".join(table.text(key).split()))


def _questions(table: Table, key: str) -> tuple[str, ...]:
    if isinstance(table.data.get(key), str):
        table.fault(key, msg(N_("“{key}” must be a list of texts in quotes"), key=key))
        return ()
    return table.texts(key)
