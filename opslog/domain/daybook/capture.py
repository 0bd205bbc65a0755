"""The capture line: one line of text, read as a log line with its marks.

``14:30 回访王总，对方要报价 #回访 @上海沙龙 +王志刚 ~20m ! >周五``: a leading time, #tag, @event,
+person, ~duration, ! for a red flag, >date for a follow-up. Full-width marks count. Nothing is
refused: what is not understood stays in the text, and every character is either in the text or
in a span that was understood.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import TYPE_CHECKING

from opslog.domain.base.patterns import compiled
from opslog.domain.dates.durations import scan_duration
from opslog.domain.dates.moments import Found, When, scan_when
from opslog.domain.dates.numerals import fold
from opslog.domain.dates.times import scan_until
from opslog.domain.daybook import lead
from opslog.domain.daybook.captured import Captured, Kind, Problem, Span, when_text
from opslog.locale import N_, Msg, msg

if TYPE_CHECKING:
    from opslog.domain.dates.workdays import Calendar

MARKS: dict[str, Kind] = {
    "#": "tag", "@": "event", "+": "person", "~": "minutes", "!": "flag", ">": "follow_up",
    "》": "follow_up", "〜": "minutes",
}  # fmt: skip
QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」"}
_BREAKS = frozenset('，。；、！？：“”（）《》「」【】,;"()!?:#@+~>〜')
_QUOTED = 12  # characters of what is no date that are repeated
_CJK = "[\u2e80-\u9fff\uac00-\ud7af\uf900-\uff60\U00020000-\U0003ffff]"
_BRACKETS = {"[": r"\]", "【": "】", "(": r"\)"}  # folded; the second as a pattern
# A stretch of time is no day of a line: 上周 总结.
_STRETCH = r"(?:周末?|[月年季度初中底末内旬]|week(?:end)?|month)$"
_BESIDE = r"[^\S\n]*(?P<joined>[-–—~、/,，]|到|至|或者?|和|及|(?:and|or|to)\s)?[^\S\n]*"
_BARE_HOUR = (
    r"[^\S\n]+(?P<hour>[01]?[0-9]|2[0-3])"
    r"(?:(?P<last>[^\S\n]*(?:[之以]?前|左右)(?=[\s,，。;；、:]|$)|[^\S\n]*(?=\n|$|[,，。;；、:](?![0-9])))"
    r"|(?=[^\S\n]))"
)
_DOMAIN = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"


def parse(
    source: str,
    now: datetime,
    calendar: Calendar,
    standing: Collection[When] = (),
    events: Collection[str] = (),
) -> Captured:
    """Read a capture line. ``now`` is local (aware): relative dates count from it, by
    ``calendar`` where they count working days.

    ``standing`` are follow-ups that the line has already: those may be past. ``events`` are names
    that need no quotes for their blanks.
    """
    reader = _Reader(source, now, calendar, standing, events)
    return reader.read()


class _Reader:
    def __init__(
        self,
        source: str,
        now: datetime,
        calendar: Calendar,
        standing: Collection[When],
        events: Collection[str],
    ) -> None:
        self.source, self.folded, self.now = source, fold(source), now
        self.calendar, self.standing = calendar, standing
        self.events = [fold(name).casefold() for name in events if " " in name]
        self.to_come: When | None = None
        self.spans: list[Span] = []
        self.problems: list[Problem] = []

    def read(self) -> Captured:
        position, leading = 0, True
        while position < len(self.source):
            if self.source[position].isspace():
                position += 1
                continue
            span = self._leading(position) if leading else None
            span = span or self._mark(position)
            if span:
                self.spans.append(span)
                position = span.end
                leading = leading and span.kind != "at"
            else:
                leading = False
                position += 1
        return Captured(self.source, tuple(self.spans), tuple(self.problems), self._ahead())

    def _ahead(self) -> When | None:
        """The day or time to come that the line begins with, where no follow-up says another."""
        if any(span.kind == "follow_up" for span in self.spans):
            return None
        when = next((span.when for span in self.spans if span.kind == "at"), None)
        if when is None or when.time is None or self._past(when):
            return self.to_come
        at_once = when.day == self.now.date() and when.time <= self.now.time()
        return self.to_come if at_once else when

    def _leading(self, start: int) -> Span | None:
        """The time before the words, where it is surely meant as the time of the line.

        A day alone counts only where it is no plan (never after today) and nothing but a day:
        周五 or 10-12 before words is as likely part of what is said.
        """
        opening = self.folded[start] if self.folded[start] in _BRACKETS else ""
        found = scan_when(self.source, start + len(opening), self.now, self.calendar, "log")
        if found is None or self._before(start, found):
            return None
        if found.problem or found.when is None:
            if found.problem and not found.weak and self._ends(found.end):
                self.problems.append(Problem(start, found.end, found.problem))
            return None
        when = found.when
        end, minutes = self._until(found)
        if opening:
            close = compiled(rf"\s*{_BRACKETS[opening]}").match(self.folded, end)
            if close is None or when.time is None:
                return None
            end = close.end()
        elif when.time is None or found.vague:
            if not when.day_said or not self._ends(end):
                return None
            if when.day > self.now.date():
                self.to_come = when if when.time is None else None
                return None
            if found.weak:
                if not compiled(_STRETCH).search(self.folded, start, end):
                    text = N_("not taken as the day of this line; write {day} for that")
                    self._say(start, end, msg(text, day=when.day.isoformat()))
                return None
        elif found.weak and not minutes and not self._ends(end):
            text = N_("not taken as the time of this line; write {time} for that")
            self._say(start, end, msg(text, time=f"{when.time:%H:%M}"))
            return None
        return Span(start, self._past_separator(end), "at", when=when, minutes=minutes)

    def _before(self, start: int, found: Found) -> bool:
        """周五前 …: what is to be done before a day lies ahead, whatever the day may mean."""
        if "前" not in self.folded[found.end : found.end + 2]:
            return False
        ahead = scan_when(self.source, start, self.now, self.calendar)
        if ahead is None or ahead.when is None or ahead.end <= found.end or self._past(ahead.when):
            return False
        self.to_come = ahead.when
        return True

    def _until(self, found: Found) -> tuple[int, int]:
        """The end, and the minutes, of a span of time such as 14:30-15:15 or 9点到11点."""
        until = scan_until(self.folded, found.end, found.clock) if found.clock else None
        if until is None:
            return found.end, 0
        if until.problem:
            self.problems.append(Problem(found.end, until.end, until.problem))
            return found.end, 0
        return until.end, until.minutes

    def _past_separator(self, end: int) -> int:
        match = compiled(r"[^\S\n]*[,:、。;，]|[^\S\n]+[-–—](?=\s)").match(self.folded, end)
        return match.end() if match else end

    def _mark(self, start: int) -> Span | None:
        kind = MARKS.get(self.folded[start])
        if kind is None or not self._opens(start, kind):
            return None
        if kind == "flag":
            alone = compiled(r"!{1,3}(?=\s|$)").match(self.folded, start)
            return Span(start, alone.end(), kind) if alone else None
        if kind == "minutes":
            return self._duration(start)
        if kind == "follow_up":
            return None if self._is_arrow(start) else self._follow_up(start)
        # A full-width mark may have a blank behind it; "A + B" and "C # D" are words.
        full_width = self.source[start] != self.folded[start]
        end, word = self._word(self._past_blanks(start + 1) if full_width else start + 1)
        if not word or not (kind == "event" or _is_name(word, kind)):
            return None
        if kind == "event" and self.source[end - len(word) : end] == word:  # not in quotes
            end, word = self._with_blanks(end - len(word), end)
        return Span(start, end, kind, word)

    def _duration(self, start: int) -> Span | None:
        found = scan_duration(self.folded, self._past_blanks(start + 1))
        if found is None or not (self._ends(found[0]) or self._wide(found[0])):
            counted = compiled(r"~[0-9半一两二三四五六七八九十][^\s,，。;；]*").match(
                self.folded, start
            )
            if counted and (start == 0 or self.source[start - 1].isspace()):
                text = N_("no duration that is read; write for instance ~20m or ~1h30")
                self._say(start, counted.end(), msg(text))
            return None
        return Span(start, found[0], "minutes", minutes=found[1])

    def _follow_up(self, start: int) -> Span | None:
        """A date behind the mark; what is none, or past, stays in the text and is said."""
        begin = self._past_marks(start)
        found = scan_when(self.source, begin, self.now, self.calendar)
        if found is None or not (self._ends(found.end) or self._wide(found.end)):
            end = begin
            while end < len(self.source) and end < begin + _QUOTED and not self._stops(end):
                end += 1
            self._say(start, end, msg(N_("no date follows; write for instance >fri or >+3d")))
            return None
        if found.problem or found.when is None:
            self._say(start, found.end, found.problem)
            return None
        when, end = self._with_bare_hour(found.when, found.end)
        if self._past(when) and when not in self.standing:
            self._say(start, end, msg(N_("{when} is past"), when=when_text(when).replace("T", " ")))
            return None
        self._say_second(end)
        after = None
        if end < len(self.source):
            after = compiled(r"[^\S\n]*:(?![0-9])").match(self.folded, end)
        return Span(start, after.end() if after else end, "follow_up", when=when)

    def _say_second(self, end: int) -> None:
        """What follows the day of a follow-up and is a day or time, too: it stays in the text; so
        does how long ahead it is shown, which is none."""
        if lead.begins(self.source, self._past_blanks(end)):
            return
        gap = compiled(_BESIDE).match(self.source, end)
        second = scan_when(self.source, gap.end(), self.now, self.calendar) if gap else None
        if second and gap and (self._ends(second.end) or gap["joined"]):
            text = N_("a follow-up has one day and time; write > before another")
            self._say(gap.start("joined") if gap["joined"] else gap.end(), second.end, msg(text))

    def _with_bare_hour(self, when: When, end: int) -> tuple[When, int]:
        """``周一 10``: a number alone behind a day, with nothing after it, is the hour."""
        if when.time is not None or end >= len(self.source):
            return when, end
        hour = compiled(_BARE_HOUR).match(self.folded, end)
        if hour is None:
            return when, end
        clock = time(int(hour["hour"]))
        if hour["last"] is None:
            text = N_("an hour? Write {time} for that")
            self._say(hour.start("hour"), hour.end("hour"), msg(text, time=f"{clock:%H:%M}"))
            return when, end
        return when._replace(time=clock), hour.end()

    def _past(self, when: When) -> bool:
        today = self.now.date()
        if when.day != today or when.time is None:
            return when.day < today
        return when.time < self.now.time().replace(second=0, microsecond=0)

    def _say(self, start: int, end: int, message: Msg | None) -> None:
        if message is not None:
            self.problems.append(Problem(start, end, message))

    def _date_at(self, start: int) -> bool:
        found = scan_when(self.source, start, self.now, self.calendar)
        return found is not None and found.when is not None

    def _past_marks(self, start: int) -> int:
        """Behind the mark of a follow-up, which may be typed twice, and the blanks after it."""
        match = compiled(r"[>》]+").match(self.folded, start)
        return self._past_blanks(match.end() if match else start)

    def _past_blanks(self, start: int) -> int:
        match = compiled(r"[^\S\n]*").match(self.source, start)
        return match.end() if match else start

    def _is_arrow(self, start: int) -> bool:
        """-> => >=, >> before no date, the end of <this> or of 《这》: no mark."""
        opening = {"》": "《", ">": "<"}[self.folded[start]]
        before, following = self.folded[:start], self.folded[start + 1 : start + 2]
        return (
            before[-1:] in tuple("-=>")
            or following == "="
            or (following == ">" and not self._date_at(self._past_marks(start)))
            or (
                not before[-1:].isspace()
                and before.count(opening) > before.count(self.folded[start])
            )
        )

    def _opens(self, start: int, kind: Kind) -> bool:
        """Whether a mark may begin here: at the start, after a space, right after another mark.

        # and @ also right after Chinese words; @ never inside an e-mail address.
        """
        if start == 0 or self.source[start - 1].isspace():
            return True
        if kind == "flag":
            return False
        if self.spans and self.spans[-1].end == start:
            return True
        if kind in ("follow_up", "minutes"):  # a date or a duration must follow
            return True
        before = self.folded[start - 1]
        if kind == "event" and compiled(_DOMAIN).match(self.folded, start + 1):
            return False
        full_width = before == ":" and self.source[start - 1] != ":"
        return self._wide(start - 1) or before in ",;!?)" or full_width

    def _wide(self, position: int) -> bool:
        """Chinese, written without spaces: a mark may touch it."""
        return not self.folded[position].isascii() and bool(
            compiled(_CJK).match(self.source, position)
        )

    def _word(self, start: int) -> tuple[int, str]:
        """The word after a mark and where it ends; '' where there is none."""
        quote = self.source[start : start + 1]
        closing = QUOTES.get(quote) or QUOTES.get(self.folded[start : start + 1])
        if closing:
            close = self.source.find(closing, start + 1)
            if close < 0 and closing == '"':
                close = self.folded.find(closing, start + 1)
            return (close + 1, self.source[start + 1 : close].strip()) if close > 0 else (start, "")
        end = start
        while end < len(self.source) and not self._stops(end):
            end += 1
        word = self.source[start:end].rstrip(".'’-")
        return start + len(word), word

    def _with_blanks(self, start: int, end: int) -> tuple[int, str]:
        """As many of the words that follow as are still part of an event's name."""
        found = end
        while self.events and end < len(self.source):
            end = begin = self._past_blanks(end)
            while end < len(self.source) and not self._stops(end):
                end += 1
            phrase = self.folded[start:end].casefold()
            if end == begin or not any(phrase in name for name in self.events):
                break
            found = end
        return found, self.source[start:found]

    def _stops(self, end: int) -> bool:
        character = self.folded[end]
        if character == "+":  # another mark in "@沙龙+王志刚", part of the word in "c++"
            following = self.folded[end + 1 : end + 2]
            return following.isalpha() or following in QUOTES
        return self.source[end].isspace() or breaks(character)

    def _ends(self, end: int) -> bool:
        """Whether a date or duration may end here: not in the middle of a word or number."""
        return end >= len(self.folded) or not self.folded[end].isalnum()


def breaks(character: str) -> bool:
    """Whether a (folded) character ends a word after a mark that is not in quotes."""
    return character.isspace() or character in _BREAKS


def _is_name(word: str, kind: Kind) -> bool:
    """A tag or person; "#1", "+3" and "+86 138…" are numbers."""
    if kind == "person" and word[0].isdigit():
        return False
    return any(character.isalpha() for character in word)
