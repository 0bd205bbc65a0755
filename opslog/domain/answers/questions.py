"""Questions of a talk track, and what may be answered to them.

Operator's rule: what is asked on a call is designed beforehand, and its answers are kept, counted
and passed on to whom they concern. Questions stand as ``[[question]]`` in talk_tracks.toml.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.leads.leads import PARTS
from opslog.locale import LANGUAGES, N_, Msg, msg, titled

SCALE, CHOICE, YES_NO, WORDS = KINDS = ("scale", "choice", "yes_no", "words")
PRODUCT, SPEAKER, SALES, US = CONCERNS = ("product", "speaker", "sales", "us")
CONCERNED = {
    PRODUCT: N_("product team"),
    SPEAKER: N_("speaker"),
    SALES: N_("sales"),
    US: N_("us"),
    "": N_("nobody in particular"),
}
GUESTS, PARTY = "guests", "party"
BEST = 5  # of a scale that begins at 1
YES, NO = "yes", "no"
MOST_OPTIONS = 8  # each has a digit
_AFFIRMED = {
    **dict.fromkeys(("y", "yes", "是", "是的", "对", "有", "要", "好", "可以"), YES),
    **dict.fromkeys(("n", "no", "否", "不", "不是", "没有", "没", "不要", "不用"), NO),
}


class Question(NamedTuple):
    """``options`` of a choice, or what yes and no are called; ``other``: own words may be said
    instead. ``concerns``: who is to hear of the answers. ``fills``: the field of the person, or
    the field of one's own, that an answer fills. ``answers``: what else it says: one of the four
    that a lead is known by, or how many come along (GUESTS beside the person, PARTY with them)."""

    key: str
    text: str
    text_en: str
    kind: str = WORDS
    options: tuple[str, ...] = ()
    options_en: tuple[str, ...] = ()
    other: bool = False
    concerns: str = ""
    fills: str = ""
    answers: str = ""

    @property
    def title(self) -> Msg:
        return titled(self.text_en, self.text)

    @property
    def choices(self) -> tuple[Msg, ...]:
        """What the digits stand for, from 1 on; none where it is answered in words."""
        if self.kind == SCALE:
            return tuple(Msg("{text}", {"text": n}) for n in range(1, BEST + 1))
        if self.options:
            pairs = zip(self.options_en, self.options, strict=True)
            return tuple(titled(english, chinese) for english, chinese in pairs)
        return (msg(N_("yes")), msg(N_("no"))) if self.kind == YES_NO else ()

    @property
    def values(self) -> tuple[str, ...]:
        """What is kept for each of ``choices``: of a choice its words, which a later wording of
        the question may still have."""
        if self.kind == SCALE:
            return tuple(str(n) for n in range(1, BEST + 1))
        return (YES, NO) if self.kind == YES_NO else self.options

    @property
    def takes_words(self) -> bool:
        return self.kind == WORDS or self.other

    def read(self, typed: str) -> Said:
        """What was typed: the digit of a choice, its words, or words of one's own. Refused for
        what is no answer to this question."""
        text = " ".join(storable(typed).split())
        folded = unicodedata.normalize("NFKC", text).casefold()
        known: dict[str, str] = dict(_AFFIRMED) if self.kind == YES_NO else {}
        for value, choice in zip(self.values, self.choices, strict=True):
            known |= {choice.render(language).casefold(): value for language in LANGUAGES}
        known |= {str(n): value for n, value in enumerate(self.values, 1)}
        if folded in known:
            return Said(known[folded])
        if text and self.takes_words:
            return Said("", text)
        number = len(self.values)
        if number:
            raise Refused(
                msg(N_("“{text}”: a digit from 1 to {n} answers this"), text=text, n=number)
            )
        raise Refused(msg(N_("Nothing is typed yet")))

    def said(self, said: Said) -> Msg:
        """An answer in the reader's language."""
        by_value = dict(zip(self.values, self.choices, strict=True))
        return by_value.get(said.value or "") or Msg("{text}", {"text": said.words or said.value})


class Said(NamedTuple):
    """An answer: what was chosen, or ('' ) in words; None: it was taken back."""

    value: str | None
    words: str = ""

    @property
    def given(self) -> bool:
        return self.value is not None


def read(table: Table) -> dict[str, Question]:
    """The ``[[question]]`` tables by their key. What
    is wrong is noted among the faults of the file."""
    found: dict[str, Question] = {}
    for one in table.tables("question"):
        question = _question(one)
        if question.key in found:
            one.fault("key", msg(N_("there are two questions “{key}”"), key=question.key))
        found[question.key] = question
    return found


def _question(table: Table) -> Question:
    table.only(
        *("key", "text_zh", "text_en", "kind", "options_zh", "options_en", "other"),
        *("concerns", "fills", "answers"),
    )
    chinese, english = table.text("text_zh", ""), table.text("text_en", "")
    if not chinese and not english:
        table.fault("text_zh", msg(N_("“{key}” is missing"), key="text_zh"))
    kind = table.one_of("kind", KINDS, WORDS)
    options, options_en = table.texts("options_zh"), table.texts("options_en")
    options, options_en = options or options_en, options_en or options
    if len(options) != len(options_en):
        table.fault("options_en", msg(N_("as many options in one language as in the other")))
        options_en = options
    wanted = {CHOICE: range(2, MOST_OPTIONS + 1), YES_NO: (0, 2)}.get(kind, (0,))
    if len(options) not in wanted:
        table.fault("options_zh" if "options_zh" in table.data else "options_en", _OPTIONS[kind])
        options, options_en = (), ()
    other = table.yes("other")
    if other and kind != CHOICE:
        table.fault("other", msg(N_("own words beside the options are for a choice alone")))
    return Question(
        table.text("key"),
        chinese or english,
        english or chinese,
        kind,
        options,
        options_en,
        other,
        table.one_of("concerns", CONCERNS, ""),
        table.text("fills", ""),
        table.one_of("answers", ("", *PARTS, GUESTS, PARTY), ""),
    )


_OPTIONS = {
    SCALE: msg(N_("a scale has no options: it goes from 1 to 5")),
    CHOICE: msg(N_("a choice has two to eight options")),
    YES_NO: msg(N_("yes or no has two options, or none")),
    WORDS: msg(N_('words have no options; write kind = "choice"')),
}
