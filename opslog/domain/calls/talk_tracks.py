"""Talk tracks (话术): what to say and ask, by purpose, lane and occasion.

They ship as ``shipped/calls/talk_tracks.toml``; a file of that name in ``playbooks/`` beside the
database stands in for it. Words in braces such as {person} are filled in; others stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from opslog import locale
from opslog.domain.answers import questions as questions_file
from opslog.domain.answers.questions import Question
from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import LANES, kind_of
from opslog.domain.calls.spoken import FIELDS
from opslog.domain.events.events import SAYS
from opslog.domain.people import card
from opslog.locale import N_, _, msg

FILE = "talk_tracks.toml"
WORDS = ("first", "again")
SLOTS = ("day_before", "on_day")
WANTED = ("phone", "company", "title", "city")  # where the file does not say
_UNKNOWN = {"company": N_("your company")}
_SIGN = re.compile(r"([，,；;：:、。！!？?（(）)\n]|\.(?= |$))")
_COMMAS, _COLONS, _ENDS, _STOPS = "，,；;、", "：:", "。.！!？?\n", {"？": "。", "?": "."}
_BREAK = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\x20(?=[\u4e00-\u9fff《（])")
_PURPOSES = re.compile(r"reminder|add|callback(-[1-9]\d{0,2})?|followup(-[1-9]\d?)?")


@dataclass(frozen=True, slots=True)
class Talk:
    """What to say, in one language, and the questions to ask, filled in."""

    say: str = ""
    questions: tuple[Question, ...] = ()
    blank: tuple[str, ...] = ()  # fields of what is said that nothing is known for


@dataclass(frozen=True, slots=True)
class Track:
    """``purpose`` may be ``callback`` for every call-back; '' in a condition asks for nothing."""

    purpose: str
    lane: str
    slot: str
    words: str
    attended: bool | None
    sent: bool  # for who sent somebody else
    after: str
    say_en: str
    say_zh: str
    questions: tuple[Question, ...]

    def fits(
        self,
        purpose: str,
        lane: str,
        slot: str,
        words: str,
        attended: bool | None,
        last: str,
        sent: bool,
    ) -> int | None:
        """How exactly it fits, more is better; None where it doesn't."""
        if self.purpose not in (purpose, kind_of(purpose)) or self.lane not in ("", lane):
            return None
        if self.slot not in ("", slot) or self.words not in ("", words):
            return None
        if self.attended is not None and self.attended is not attended:
            return None
        if self.sent and not sent:
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
            + 2 * self.sent
            + (self.attended is not None)
        )


@dataclass(frozen=True)
class Tracks:
    """``wanted``: the fields of a person that are asked where they are blank."""

    tracks: tuple[Track, ...]
    wanted: tuple[str, ...] = ()

    def find(
        self,
        purpose: str,
        lane: str,
        *,
        slot: str = "",
        again: bool = False,
        attended: bool | None = None,
        last: str = "",
        sent: bool = False,
        fields: Mapping[str, str] | None = None,
    ) -> Talk:
        """The track that fits best, in the current language; an empty one where none does.
        ``last``: the code of what came of the try before; ``sent``: somebody came instead."""
        words = WORDS[again]
        best: tuple[int, Track] | None = None
        for track in self.tracks:
            fit = track.fits(purpose, lane, slot, words, attended, last, sent)
            if fit is not None and (best is None or fit > best[0]):
                best = (fit, track)
        if best is None:
            return Talk()
        track, filled = best[1], fields or {}
        say = track.say_zh if locale.language() == "zh_CN" else track.say_en
        questions = tuple(
            one._replace(text=_fill(one.text, filled), text_en=_fill(one.text_en, filled))
            for one in track.questions
        )
        return Talk(_say(say, filled), questions, _missed(say, filled))

    def question(self, key: str) -> Question | None:
        """As it is written, its braces not filled in; None where no track asks it."""
        return next((q for track in self.tracks for q in track.questions if q.key == key), None)


def own(text: str, fields: Mapping[str, str], *, sent: bool = False) -> Talk:
    """Words typed for one list, or of a message, filled in; ``fields`` may have further names.
    ``sent``: as they stand to somebody, so that whatever is not known is named."""
    return Talk(_say(text, fields), blank=(_blank if sent else _missed)(text, fields))


def _missed(text: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Blank fields that leave a hole; what a plan may not have answered is simply not said."""
    return tuple(name for name in _blank(text, fields) if name not in SAYS)


def _blank(text: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fields in a text that nothing is known for, each once."""
    named = dict.fromkeys(_field(*fields).findall(text))
    return tuple(name for name in named if not fields.get(name) and name not in _UNKNOWN)


def _say(text: str, fields: Mapping[str, str]) -> str:
    """Filled in, without the clauses that hold nothing but fields of which nothing is known:
    “14:00 开始，地点{place}。” ends with the time where the event has no place yet."""
    unknown, field = set(_blank(text, fields)), _field(*fields)
    kept = [""]
    parts = [*_SIGN.split(text), ""]
    for clause, sign in zip(parts[::2], parts[1::2], strict=True):
        named = field.findall(clause)
        if not named or not unknown.issuperset(named):
            kept += [clause, sign]
            continue
        if kept[-1] in _COLONS and kept[-1]:
            del kept[-2:]  # what it was the name of
        if kept[-1] in _COMMAS and kept[-1]:
            kept[-1] = _STOPS.get(sign, sign)  # what was to be asked is not asked
        elif sign not in _COMMAS and kept[-1] not in ("", *_ENDS):
            kept.append(sign)
    return _fill("".join(kept).strip(), fields)


def _fill(text: str, fields: Mapping[str, str]) -> str:
    return _field(*fields).sub(
        lambda found: fields.get(found[1]) or _(_UNKNOWN.get(found[1], "…")), text
    )


@cache
def _field(*more: str) -> re.Pattern[str]:
    """A field in braces: one of FIELDS, or of ``more``."""
    return re.compile(r"\{(" + "|".join({*FIELDS, *more}) + r")\}")


def read(text: str, file: str = FILE) -> Tracks:
    """Read the talk tracks. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("track", "question", "wanted")
    wanted = table.texts("wanted") if "wanted" in table.data else WANTED
    for name in wanted:
        if name not in card.FIELDS:
            table.fault(
                "wanted",
                msg(
                    N_("“{field}” is no field of a person; there are {fields}"),
                    field=name,
                    fields=listed(card.FIELDS),
                ),
            )
    known = questions_file.read(table)
    tracks = tuple(_track(one, known) for one in table.tables("track"))
    table.settle()
    return Tracks(tracks, tuple(dict.fromkeys(wanted)))


def _track(table: Table, known: Mapping[str, Question]) -> Track:
    table.only(
        *("purpose", "lane", "slot", "words", "attended", "sent", "after", "say_en", "say_zh"),
        *("ask", "questions_en", "questions_zh"),
    )
    purpose = table.text("purpose")
    if not _PURPOSES.fullmatch(purpose):
        table.fault(
            "purpose",
            msg(
                N_(
                    "“purpose” must be reminder, add, callback, or callback-1, callback-2 …,"
                    " followup, or followup-3, followup-6 …"
                )
            ),
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
        sent=table.yes("sent"),
        after=table.text("after", ""),
        say_en=_paragraph(table, "say_en"),
        say_zh=_paragraph(table, "say_zh"),
        questions=_asked(table, known),
    )


def _paragraph(table: Table, key: str) -> str:
    """The text in one line; Chinese that was broken into lines needs no space between them."""
    return _BREAK.sub("", " ".join(table.text(key).split()))


def _asked(table: Table, known: Mapping[str, Question]) -> tuple[Question, ...]:
    """The questions that ``ask`` names; those written out in the track itself take words."""
    keys = table.texts("ask")
    for key in keys:
        if key not in known:
            table.fault("ask", msg(N_("there is no [[question]] with the key “{key}”"), key=key))
    english, chinese = _lines(table, "questions_en"), _lines(table, "questions_zh")
    return (
        *(known[key] for key in dict.fromkeys(keys) if key in known),
        *(
            Question(zh or en, zh or en, en or zh)
            for en, zh in zip_longest(english, chinese, fillvalue="")
        ),
    )


def _lines(table: Table, key: str) -> tuple[str, ...]:
    if isinstance(table.data.get(key), str):
        table.fault(key, msg(N_("“{key}” must be a list of texts in quotes"), key=key))
        return ()
    return table.texts(key)
