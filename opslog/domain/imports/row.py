"""A row of a list, understood: who it is, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple, TypeVar

from opslog.domain.base.clock import instant_text
from opslog.domain.imports import guests, several_people, state_words
from opslog.domain.imports.attendance import seconds, unit_of
from opslog.domain.imports.cells import clean, moment, yes_no
from opslog.domain.imports.do_not_call import Requests
from opslog.domain.imports.mapping import first, meanings
from opslog.domain.imports.numbers import with_area, with_further
from opslog.domain.imports.remarks import is_remark
from opslog.domain.imports.row_reading import NO_NAME, RowReading
from opslog.domain.people import emails, phones
from opslog.domain.people.naming import name_kinds, names
from opslog.domain.people.number_cities import place_of
from opslog.domain.rosters.rosters import COMING, FIELDS, NOT_EXPECTED, UNKNOWN, Columns

_SAID_ALREADY = frozenset({"heading", "stray_text"})
# An hour, minutes below sixty and seconds: most moments in most lists.
_PLAIN_MOMENT = re.compile(
    r"(\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII
)
_TOTALS = re.compile(
    r"(?:合计|总计|共计|小计|总数|总人数|总共|共\d+[人条位名行个]|(?:grand|sub)?totals?)"
    r"(?:报名|签到|人数|行数)*[:：=]?[\d,.]*[人条位名行个]*"
)
_ONLY_BYTES = re.compile(r"(?:\\x[0-9a-f]{2}|\s)+")
_CHOICES = str.maketrans({"┋": "、"})  # how a form tool parts several choices of one question
_CLOSING = frozenset(")）】]")
_NO_MOMENT = frozenset({"na", "n.a.", "--", "not applicable", "未知", "无"})
# Columns in which somebody's wish may stand; with a name or a number it may share a cell.
_REMARKS = ("note", "status", "attended")
# Fields that are not simply the first filled one of their columns.
_READ_BY_RULE = frozenset(
    {"name", "given_name", "family_name", "phone", "area_code", "email", "note", "barred", "status"}
)


V = TypeVar("V")


class _Remark(NamedTuple):
    """``along``: how many it says come along, None where that is not clear; ``withdraws``: that
    it may mean that the person does not come."""

    text: str
    along: int | None
    withdraws: bool


class _Remembered(dict[str, V]):
    """Values of texts that come again and again in a list: companies, titles, cities."""

    MOST = 20_000

    def __init__(self, understand: Callable[[str], V]) -> None:
        super().__init__()
        self._understand = understand

    def __missing__(self, text: str) -> V:
        if len(self) >= self.MOST:
            self.clear()
        value = self[text] = self._understand(text)
        return value


class RowReader:
    """Understands the rows of one file, or of one section of it.

    ``mapping``: field -> its columns: all numbers and addresses are kept, else the first that is
    filled counts. ``attendance``: that somebody stands in the file
    means that they came, where no column says otherwise. ``again``: the rows repeat others, so
    their minutes do not count. ``staff``: nobody here is a guest. ``month_first``: how
    a day is written in numbers, where that is known. ``on_wecom``: what the file being what it is
    says of everybody in it.
    """

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, Columns],
        zone: tzinfo,
        *,
        attendance: bool = False,
        again: bool = False,
        staff: bool = False,
        month_first: bool | None = None,
        on_wecom: bool | None = None,
    ) -> None:
        self._headings = [heading.strip() for heading in columns]
        self._width = len(self._headings)
        self._zone, self._month_first, self._on_wecom = zone, month_first, on_wecom
        # Rows are read with a blank at their end, which stands for columns the file has not.
        at = {field: first(mapping, field) for field in FIELDS}
        self._name_at, self._phone_at, self._email_at = at["name"], at["phone"], at["email"]
        self._halves = mapping.get("given_name", ()), mapping.get("family_name", ())
        self._signed_up_at = at["signed_up_at"]
        self._company_at, self._title_at = at["company"], at["title"]
        self._city_at, self._industry_at = at["city"], at["industry"]
        self._wecom_at, self._note_at = at["wecom"], at["note"]
        self._split_name = any(self._halves)
        self._more_names = mapping.get("name", ())[1:]
        self._more_phones = mapping.get("phone", ())[1:]
        self._more_emails = mapping.get("email", ())[1:]
        self._more_notes = mapping.get("note", ())[1:]
        self._area_at, self._guests_at = at["area_code"], at["guests"]
        self._instead = [
            columns
            for field, columns in mapping.items()
            if len(columns) > 1 and field not in _READ_BY_RULE
        ]
        self._names = "name" in mapping or self._split_name
        self._status_at, self._minutes_at = at["status"], at["minutes"]
        self._statuses_at = mapping.get("status", ())
        self._questions = {
            at: answers
            for at in self._statuses_at
            if at < self._width and (answers := state_words.of_question(self._headings[at]))
        }
        self._prepared = bool(self._instead or self._area_at >= 0 or self._questions)
        self._attended_at, self._arrived_at = at["attended"], at["arrived_at"]
        self._attendance, self._again, self._staff = attendance, again, staff
        self._says_who_came = attendance or not (
            -1 == self._status_at == self._minutes_at == self._attended_at == self._arrived_at
        )
        self._unit = 60
        if 0 <= self._minutes_at < self._width:
            self._unit = unit_of(self._headings[self._minutes_at])
        fields = meanings(mapping)
        self._requests = Requests(
            self._headings,
            mapping.get("barred", ()),
            [at for at in range(self._width) if fields.get(at, "note") in _REMARKS],
            [at for at in (self._name_at, self._phone_at) if at >= 0],
        )
        self._companies = _Remembered(_company)
        self._words = _Remembered(_word)
        self._titles = _Remembered(_title)
        self._remarks = _Remembered(_remark)
        self._hours = _Remembered(self._hour)
        self._statuses = _Remembered(_status)
        self._presences = _Remembered(_presence)
        self._blanks = [""] * max(
            self._width, 1 + max(map(max, filter(None, mapping.values())), default=0)
        )

    def read(self, cells: Sequence[str], marks: Sequence[str] = ()) -> RowReading:
        """Understand one row; ``marks`` are what the file reader found wrong with it."""
        problems = list(marks)
        if "stray_quote" in marks:  # the mark is no part of what the cell says
            cells = [text.strip('"') for text in cells]
        reached = [*cells, *self._blanks[len(cells) :], ""]
        words = self._words
        if self._prepared:
            self._prepare(reached)
        phone = phones.normalise(reached[self._phone_at])
        if self._more_phones:
            phone = with_further(phone, [reached[at] for at in self._more_phones])
        if phone.problem:
            problems.append("phone_" + phone.problem)
        email, email_problem, more_emails = emails.normalise(reached[self._email_at])
        if self._more_emails:
            cells_of = [reached[at] for at in (self._email_at, *self._more_emails)]
            email, email_problem, more_emails = emails.of_several(cells_of)
        if email_problem:
            problems.append("email_unreadable")
        name = clean(reached[self._name_at])
        also_called = ""
        if self._more_names:
            name, also_called = self._first_name(name, reached)
        if not name and self._split_name:
            name = self._joined_name(reached)
        brings = 0
        if name[-1:] in guests.ENDS:
            name, brings = guests.off_name(name)
        called = names.called(name) if name[-1:] in _CLOSING else None
        if called is None and (parts := name_kinds.of_remark(name)):
            # Whole where something would be lost, or they call themselves otherwise.
            same = also_called in ("", parts.name)
            called = parts if parts.company and same else None
            if called is None and self._says_as_much(reached, name, parts.name):
                called = parts
        if called is not None:
            name = called.name
            also_called = "" if also_called == name else also_called
        signed_up_at = self._moment(reached[self._signed_up_at], problems)
        if len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            problems.append("more_cells")
        if not phone.e164 and not email:
            self._mark_no_card(cells, name, problems)
        elif not name and self._names and not self._staff:
            problems.append(NO_NAME)
        if marks:
            for only in _SAID_ALREADY.intersection(marks):  # words are no damaged numbers
                problems[:] = [only]
        if self._staff:
            problems.append("staff")
        company, company_key = self._companies[reached[self._company_at]]
        if called is not None and called.company and not company:
            company, company_key = self._companies[called.company]
        remark = self._remarks[reached[self._note_at]]
        note = remark.text
        if self._more_notes or also_called:
            further = (words[reached[at]] for at in self._more_notes)
            note = "; ".join(dict.fromkeys(filter(None, (note, *further, also_called))))
        reading = RowReading(
            name,
            company,
            company_key,
            self._titles[reached[self._title_at]],
            phone.e164,
            email,
            words[reached[self._city_at]],
            words[reached[self._industry_at]],
            yes_no(reached[self._wecom_at]) if self._wecom_at >= 0 else self._on_wecom,
            _with_extension(note, phone.extension) if phone.extension else note,
            " ".join(phone.others) if phone.others else "",
            " ".join(more_emails) if more_emails else "",
            place_of(phone.e164) if phone.e164 else "",
            signed_up_at,
            phone.e164 if phone.kind == phones.MOBILE else "",
            email if email and emails.is_personal(email) else "",
            tuple(problems),
        )
        along = brings or remark.along
        if along != 0 or self._guests_at >= 0:
            reading = self._with_guests(reading, along, reached)
        if self._says_who_came:
            reading = self._with_attendance(reading, reached)
        if remark.withdraws and reading.state not in NOT_EXPECTED:
            reading = reading._replace(unclear=(*reading.unclear, ("remark", note)))
        said = self._requests.read(reached)
        if said is not None:
            unclear = (*reading.unclear, *said.unclear)
            reading = reading._replace(barred=said.asked, unclear=unclear)
        cell = reached[self._email_at]
        if len(name) > 4 or (not name and not phone.e164 and ("<" in cell or more_emails)):
            reading = several_people.parted(reading, reached[self._name_at], cell)
        return reading

    def _with_guests(
        self, reading: RowReading, along: int | None, reached: Sequence[str]
    ) -> RowReading:
        """Whom the person brings along: in a column of its own, after the name, in a remark.

        ``along``: as name and remark say; None where it is not clear.
        """
        heading = self._headings[self._guests_at] if 0 <= self._guests_at < self._width else ""
        counted = guests.counted(reached[self._guests_at], heading) if heading else guests.NOBODY
        if counted and counted != guests.NOBODY:
            return reading._replace(guests=counted.number, guests_more=counted.or_more)
        if None not in (counted, along):
            return reading._replace(guests=along or 0)
        unclear = clean(reached[self._guests_at if counted is None else self._note_at])
        return reading._replace(guests=along or 0, unclear=(("guests", unclear),))

    def _with_attendance(self, reading: RowReading, reached: Sequence[str]) -> RowReading:
        """What the row says about coming; minutes, where they are given, settle it."""
        status = self._statuses[reached[self._status_at]]
        if len(self._statuses_at) > 1:
            status = state_words.strongest(self._statuses[reached[at]] for at in self._statuses_at)
        signed_in = self._presences[reached[self._attended_at]]
        lasted = None if self._again else seconds(reached[self._minutes_at], self._unit)
        there = bool(signed_in.came or status.came or clean(reached[self._arrived_at]))
        if self._attendance and -1 == self._minutes_at == self._attended_at == self._arrived_at:
            there = status.came is not False and status.state in ("", COMING, UNKNOWN)
        unclear = [
            (field, clean(reached[at]))
            for field, at, said in (
                *(("status", at, self._statuses[reached[at]]) for at in self._statuses_at),
                ("attended", self._attended_at, signed_in),
            )
            if not said.understood
        ]
        return reading._replace(
            came=there and lasted is None and not self._again,
            state=status.state if signed_in.state == "" else signed_in.state,
            seconds=lasted,
            unclear=(*reading.unclear, *unclear),
        )

    def _prepare(self, reached: list[str]) -> None:
        """The cells as they would stand in a list with one column for each thing."""
        if self._instead:
            self._fill_in(reached)
        if self._area_at >= 0:
            self._put_area(reached)
        for at, answers in self._questions.items():
            reached[at] = state_words.answered(reached[at], answers)

    def _fill_in(self, reached: list[str]) -> None:
        """Where a field has several columns and its first is blank, what the next one says."""
        for columns in self._instead:
            at = columns[0]
            said = self._titles if at == self._title_at else self._words
            reached[at] = next((reached[one] for one in columns if said[reached[one]]), "")

    def _put_area(self, reached: list[str]) -> None:
        """A number whose area or country code stands in a column of its own, written whole."""
        beside = self._area_at + 1  # 区号 stands before its number, where there are several
        at = beside if beside in self._more_phones else self._phone_at
        heading = self._headings[self._area_at] if self._area_at < self._width else ""
        reached[at] = with_area(reached[self._area_at], reached[at], heading)

    def _says_as_much(self, reached: Sequence[str], remark: str, name: str) -> bool:
        """Whether the cells of company and title say what a remark says besides the name."""
        cells = {reached[self._company_at], reached[self._title_at]} - {""}
        keys = {self._companies[cell][1] for cell in cells} | {clean(cell) for cell in cells}
        besides = name_kinds.beside_name(remark, name)
        return all(part in keys or self._companies[part][1] in keys for part in besides)

    def _first_name(self, name: str, reached: Sequence[str]) -> tuple[str, str]:
        """The first name given in the columns, and what else the person goes by."""
        said = [(self._name_at, name), *((at, clean(reached[at])) for at in self._more_names)]
        said = [(at, text) for at, text in said if text]
        if not said:
            return "", ""
        name = said[0][1]
        whole = names.fold(name)
        others = {text: at for at, text in said[1:] if names.fold(text) not in whole}
        return name, "; ".join(f"{self._headings[at]}: {text}" for text, at in others.items())

    def _joined_name(self, reached: Sequence[str]) -> str:
        given, family = (
            [text for at in half if (text := clean(reached[at]))] for half in self._halves
        )
        if names.is_chinese("".join((*family, *given))):
            return "".join((*family, *given))
        return " ".join((*given, *family))

    def _moment(self, text: str, problems: list[str]) -> str:
        plain = _PLAIN_MOMENT.fullmatch(text)
        if plain and (hour := self._hours[plain[1]]):
            return f"{hour}{plain[2]}:{plain[3] or '00'}Z"
        text = clean(text)
        if not text or text.casefold() in _NO_MOMENT:
            return ""
        instant = moment(text, self._zone, self._month_first)
        if instant is None:
            problems.append("date_unreadable")
            return ""
        return instant_text(instant)

    def _hour(self, text: str) -> str:
        """``2026-11-01T01:`` for the hour ``2026/11/1 9``; '' where hours don't begin together."""
        instant = moment(f"{text}:00", self._zone)
        if instant is None or instant.minute:
            return ""
        return instant.strftime("%Y-%m-%dT%H:")

    def _mark_no_card(self, cells: Sequence[str], name: str, problems: list[str]) -> None:
        """Rows nobody can be reached or named by: totals, headings, remarks, nobody at all."""
        filled = [text for text in map(str.strip, cells) if text]
        if any(_is_totals(text) for text in filled[:2]):
            problems[:] = ["totals"]  # its sum is no telephone number, and need not be
        elif [cell.strip() for cell in cells[: self._width]] == self._headings:
            problems[:] = ["heading"]
        elif filled and is_remark(name or filled[0], alone=len(filled) == 1):
            problems[:] = ["remark"]
        elif not name or ("bad_bytes" in problems and _ONLY_BYTES.fullmatch(name)):
            problems.append("nobody")


def _company(text: str) -> tuple[str, str]:
    company = clean(text)
    return company, names.company_key(company) if company else ""


def _remark(text: str) -> _Remark:
    said = _word(text)
    return _Remark(said, guests.in_remark(said), state_words.may_withdraw(said))


def _word(text: str) -> str:
    return clean(text).translate(_CHOICES)


def _status(text: str) -> state_words.Said:
    return state_words.of_status(text) if clean(text) else state_words.NOTHING


def _presence(text: str) -> state_words.Said:
    return state_words.of_presence(text) if clean(text) else state_words.NOTHING


def _title(text: str) -> str:
    """A job; Mr. and 女士 are none."""
    title = _word(text)
    return "" if names.is_form_of_address(title) else title


def _is_totals(text: str) -> bool:
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _TOTALS.fullmatch(folded) is not None


def _with_extension(note: str, extension: str) -> str:
    """E.164 has no place for an extension, and without it nobody is reached."""
    return f"{note} 转{extension}".strip()
