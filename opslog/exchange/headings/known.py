"""Which row of a file holds the headings, and which of them mean what."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from opslog import shipped
from opslog.domain.imports import do_not_call
from opslog.domain.people import emails, phones
from opslog.domain.rosters.rosters import WHO
from opslog.exchange.headings.rows import Row
from opslog.exchange.headings.simplified import simplified

# How far down headings are looked for, in rows that are not blank.
SEARCHED = 40
_EXACT, _WEAK, _LAST = 1000, 900, 850
_ASKS = 800  # more than a part of a heading is worth, less than a heading known in whole
_NUMBERING = re.compile(r"^(?:q|第)?\s*\d{1,3}\s*[、..:：)）题\s]\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[{【<《][^()\[\]{}【】<>《》]*[)\]}】>》]")
_POLITE = re.compile(
    r"^(?:请问|请输入|请填写|请留下|请提供|填写|输入|您的|你的|您|你|贵)+|(?:是什么|是)$"
)
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_HEADING = 60
_BUYER = (
    "购票人",
    "购买人",
    "下单",
    "付款人",
    "买家",
    "订单",
    "buyer",
    "purchaser",
    "billing",
    "order",
)
_GUEST = (
    "参会",
    "参与",
    "参加",
    "嘉宾",
    "观众",
    "入场",
    "票",
    "attendee",
    "participant",
    "guest",
    "ticket",
)
# What somebody else may have as well, the person who looks after the one of the row, say.
_OF_A_PERSON = frozenset(
    {"name", "given_name", "family_name", "company", "title", "phone", "email"}
)
NOTHING_ABOVE: Mapping[str, int] = {}
_COMPANY = re.compile(r"公司|集团|科技|银行|大学|\b(?:inc|ltd|llc|gmbh|corp)\b", re.IGNORECASE)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_CONTENT: dict[str, Callable[[str], bool]] = {
    "phone": lambda text: phones.normalise(text).kind == phones.MOBILE,
    "email": lambda text: "@" in text and bool(emails.normalise(text).address),
    "company": lambda text: _COMPANY.search(text) is not None,
    "name": lambda text: _NAME.fullmatch(text.strip()) is not None,
}


class _Words(NamedTuple):
    exact: frozenset[str]
    weak: frozenset[str]
    last: frozenset[str]
    either: frozenset[str]
    has: tuple[str, ...]
    never: tuple[str, ...]

    def know(self, folded: str) -> bool:
        """Whether the heading says it in so many words."""
        return any(folded in some for some in self[:4])


_NO_WORDS = _Words(frozenset(), frozenset(), frozenset(), frozenset(), (), ())


class Candidate(NamedTuple):
    """That a column may mean a field; the lowest is the likeliest."""

    rank: int
    column: int
    field: str
    known: bool  # its heading says so in so many words


class Owner(NamedTuple):
    """Whose column it is by its heading, and whose the last heading that said so was."""

    buyer: bool
    buyers: bool
    elsewhere: bool  # of whoever sells to the person, say, or brought them
    others: bool


@cache
def _fields() -> dict[str, _Words]:
    return {
        field: _Words(
            _simplified(words, "is"),
            _simplified(words, "weak"),
            _simplified(words, "last"),
            _simplified(words, "either"),
            tuple(sorted(map(simplified, words["has"]), key=len, reverse=True)),
            tuple(map(simplified, words["never"])),
        )
        for field, words in _data().items()
        if field != "somebody_else"
    } | {"barred": _NO_WORDS}  # its words are sentences: domain.rosters.do_not_call


def _simplified(words: Mapping[str, Sequence[str]], key: str) -> frozenset[str]:
    return frozenset(map(simplified, words.get(key, ())))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(shipped.text("lists/headings.toml"))


def _holds(folded: str, key: str) -> bool:
    """Whether a heading holds a word for somebody other than the person of the row."""
    return any(word in folded for word in _data()["somebody_else"][key])


def fold(heading: str) -> str:
    """A heading without what differs from form to form."""
    text = simplified(unicodedata.normalize("NFKC", heading)).casefold().strip().lstrip("*#· ")
    text = text.replace("#", "no")  # "Attendee #" numbers attendees, it does not name them
    text = _NUMBERING.sub("", text)
    bare = _NOT_WORD.sub("", _BRACKETED.sub("", text))
    return _POLITE.sub("", bare or _NOT_WORD.sub("", text))


def is_known(heading: str) -> bool:
    """Whether it says in so many words what its column holds."""
    return fold(heading) in _known_words()


@cache
def _known_words() -> frozenset[str]:
    return frozenset().union(*(one for words in _fields().values() for one in words[:4]))


# Asked of every cell of a list without numbers, where the same words come again and again.
_is_known = lru_cache(maxsize=4_096)(is_known)


def says(heading: str, field: str) -> bool:
    """Whether a heading says in so many words that its column holds a field."""
    return _fields()[field].know(fold(heading))


def may_mean(heading: str) -> bool:
    """Whether a heading speaks for any field at all."""
    return bool(_scores(heading))


def guess(columns: Sequence[str]) -> dict[str, int]:
    """Field -> index of the column whose heading means it; each column means one field."""
    return one_each(candidates(columns), columns)


def candidates(columns: Sequence[str]) -> list[Candidate]:
    """What each column may mean by its heading, the likeliest first."""
    belong = owners(columns)
    return sorted(
        Candidate(-_guests_first(score, belong[index]), index, field, score >= _LAST)
        for index, heading in enumerate(columns)
        for field, score in _scores(heading).items()
    )


def one_each(ranked: Iterable[Candidate], columns: Sequence[str]) -> dict[str, int]:
    """Field -> its likeliest column; each column means one field."""
    mapping: dict[str, int] = {}
    taken: set[int] = set()
    for _rank, index, field, _known in ranked:
        if field not in mapping and index not in taken:
            mapping[field] = index
            taken.add(index)
    if "name" in mapping:
        _whole_or_halves(mapping, fold(columns[mapping["name"]]))
    return mapping


def _whole_or_halves(mapping: dict[str, int], heading: str) -> None:
    """A column with the whole name is better than its halves; what someone goes by is not."""
    both = {"given_name", "family_name"} <= mapping.keys()
    if both and heading not in _fields()["name"].exact:
        del mapping["name"]
        return
    mapping.pop("given_name", None)
    mapping.pop("family_name", None)


def may_be_either(heading: str) -> bool:
    """Whether it names a company on one list and a person on another: 客户名称."""
    return fold(heading) in _fields()["company"].either


def owners(columns: Sequence[str]) -> list[Owner]:
    """Whose each column is.

    A form for tickets asks the same twice: the buyer's e-mail, and further right the guest's. A
    list may say who recommended somebody, and then that one's number.
    """
    found, buyers, others = [], False, False
    for heading in columns:
        folded = fold(heading)
        buyer = any(word in folded for word in _BUYER)
        guest = any(word in folded for word in _GUEST)
        other = _holds(folded, "others")
        if buyer or guest:
            buyers = buyer
        if other or guest:
            others = other
        found.append(Owner(buyer, buyers, other or _holds(folded, "staff"), others))
    return found


def _guests_first(score: int, owner: Owner) -> int:
    """The buyer's column stands back where the guest has one too."""
    return score // 3 if owner.buyer else score - (owner.buyers or owner.others)


def as_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings on one line each; empty ones at the end that head nothing are left out."""
    columns = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    return tuple(columns)


def guess_by_content(
    rows: Sequence[Row], mapping: Mapping[str, int], *, headless: bool = False
) -> dict[str, int]:
    """Columns known by what stands in them: numbers, addresses; names only without headings."""
    found = dict(mapping)
    width = max((len(row.cells) for row in rows), default=0)
    for field, fits in _CONTENT.items():
        if field in found or (field in ("company", "name") and not headless):
            continue
        for index in range(width):
            if index in found.values():
                continue
            values = [row.cells[index] for row in rows if index < len(row.cells)]
            values = [value for value in values if value.strip()]
            if values and sum(map(fits, values)) * 2 >= len(values):
                found[field] = index
                break
    return found


def find_row(rows: Sequence[Row], told: Iterable[frozenset[str]] = ()) -> int | None:
    """Index of the row with the headings among the first rows; None where there is none.

    ``told`` are headings a person has named, folded, in each way they may be meant: the row that
    holds all of one way is the one.
    """
    ways = list(told)
    for index, row in enumerate(rows) if ways else ():
        cells = {fold(cell) for cell in row.cells}
        if any(way <= cells for way in ways):
            return index
    worths = [_worth(row.cells) for row in rows]
    best = max(range(len(rows)), key=worths.__getitem__, default=0)
    if not any(worths):
        return None
    # Where people stand below a lesser row of headings, it is the first of several lists.
    below = next((at for at in range(best) if worths[at] and _heads_people(rows[at:best])), best)
    return below


def begin_a_list(cells: Sequence[str], above: Mapping[str, int] = NOTHING_ABOVE) -> bool:
    """Whether a row among data, under columns that mean ``above``, is the headings of more.

    Data may hold a word that heads columns elsewhere (Guest, 手机, 签到), so one that says who is
    not enough, nor any number of them beside a name.
    """
    if sum(map(_is_known, cells)) < 2 or not _worth(cells):
        return False
    fields = _fields()
    said = {field: fold(cells[at]) for field, at in guess(cells).items()}
    said = {field: word for field, word in said.items() if fields[field].know(word)}
    plainly = {field for field in WHO if said.get(field) in fields[field].exact}
    filled = sum(map(bool, map(str.strip, cells)))
    if len(said) < 2 or not (
        plainly or (len(said) == filled > 2 and any(field in said for field in WHO))
    ):
        return False
    at = above.get("name", -1)
    named = cells[at].strip() if 0 <= at < len(cells) else ""
    return not named or is_known(named) or "name" in plainly


def _heads_people(rows: Sequence[Row]) -> bool:
    """Whether the first of these rows heads others, before the last, that hold people."""
    mapping = guess(rows[0].cells)
    if begin_a_list(rows[0].cells):
        return any(sum(map(bool, map(str.strip, row.cells))) > 1 for row in rows[1:])
    reached = {field: mapping[field] for field in ("phone", "email") if field in mapping}
    return any(
        at < len(row.cells) and _CONTENT[field](row.cells[at])
        for row in rows[1:]
        for field, at in reached.items()
    )


def holds_people(mapping: Mapping[str, object]) -> bool:
    """Whether rows read this way can name or reach anybody."""
    return any(field in mapping for field in WHO)


def _worth(cells: Sequence[str]) -> int:
    """How much a row looks like headings: 0 where it does not."""
    filled = [cell for cell in cells if cell.strip()]
    mapping = guess(cells)
    exact = sum(_fields()[field].know(fold(cells[at])) for field, at in mapping.items())
    if not mapping or (exact == 0 and (len(mapping) < 2 or len(filled) < 2)):
        return 0
    if any(phones.normalise(cell).e164 or "@" in cell for cell in filled):
        return 0  # headings hold no numbers; a row of data may hold a word like 公司
    return exact * 3 + len(mapping)


@lru_cache(maxsize=4_096)  # each delimiter asks of the same cells
def _scores(heading: str) -> Mapping[str, int]:
    if not heading.strip() or len(heading) > _LONGEST_HEADING:
        return {}
    folded = fold(heading)
    scores = {"barred": _ASKS} if do_not_call.of_heading(heading) else {}
    elsewhere = _holds(folded, "staff") or _holds(folded, "others")
    for field, words in _fields().items():
        if folded in words.exact:
            scores[field] = _EXACT
        elif folded in words.weak:
            scores[field] = _WEAK
        elif folded in words.last or folded in words.either:
            scores[field] = _LAST
        elif elsewhere and field in _OF_A_PERSON:
            continue
        elif not any(word in folded for word in words.never):
            part = next((word for word in words.has if word in folded), "")
            if part:
                scores[field] = 100 * len(part) // len(folded) + len(part)
    return scores
