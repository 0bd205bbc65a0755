"""Known layouts: what a platform's export looks like, kept as data and recognised by headings.

A profile is a TOML file: ``name``; ``kind`` signup or attendance; ``headings`` that must all stand
in one row, an array within for one of several; ``columns``, a field's headings in the order they
count, [] for none; ``ignore``, headings that mean nothing here, or with * at the end their
beginnings; ``own`` true for a list opslog wrote, ``line`` the headings over the line a row
came in on there; ``month_first`` true where 3/4 is
a day in March; ``on_wecom`` true where everybody in it is on WeCom; ``above`` true where a block
about the meeting stands over the headings;
``remark_en``, ``remark_zh``, what should be known of such a file; ``source``, where its headings
are known from; and ``section``, where a file holds several lists one below the other (``title``;
``take`` people, staff, again for rows told once more, or nothing; ``main``).

Of a telephone number or an address all columns named are taken, and those that headings tell
besides; of any other field the first that the file has, and the next ones where it is blank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from pathlib import PurePath

from opslog import shipped as shipping
from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.attendance import ATTENDANCE, SIGNUP
from opslog.domain.rosters.rosters import FIELDS, SEVERAL, Columns
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning import several
from opslog.locale import N_, language, msg

NONE = "-"  # no known layout, whatever fits
PEOPLE, STAFF, AGAIN, NOTHING = "people", "staff", "again", "nothing"
_KEYS = frozenset({"name", "kind", "headings", "columns", "ignore", "month_first", "section"})
_KEYS |= {"above", "remark_en", "remark_zh", "source", "own", "line", "on_wecom"}
_MOST_SETS = 64
_ALL_KEPT = ("phone", "email")
# Where none of a layout's own headings stands in the file, another of the same meaning does.
_OF_A_PERSON = ("phone", "email", "company", "title", "city", "industry", "status")
_MOST_HELD = 5_000  # rows looked at before the first is taken


@dataclass(frozen=True)
class Section:
    titles: frozenset[str]
    take: str
    main: bool
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Profile:
    """One known layout; headings are folded (see ``headings.fold``)."""

    key: str
    name: str
    kind: str
    headings: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    ignore: frozenset[str]
    sections: tuple[Section, ...] = ()
    month_first: bool = False
    above: bool = False
    remarks: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    ignore_from: tuple[str, ...] = ()  # beginnings of headings
    own: bool = False
    line: tuple[str, ...] = ()
    on_wecom: bool = False

    def ignored(self, columns: Iterable[str]) -> frozenset[str]:
        """The headings among these, folded, that mean nothing here."""
        begun = (
            one for one in map(heading_known.fold, columns) if one.startswith(self.ignore_from)
        )
        return self.ignore.union(begun) if self.ignore_from else self.ignore

    @property
    def remark(self) -> str:
        """What should be known of such a file, in the language of the screen."""
        key = "zh" if language().startswith("zh") else "en"
        return self.remarks.get(key) or self.remarks.get("en", "")

    def sets(self) -> Iterator[frozenset[str]]:
        """The headings of a row it is known by, in each choice of them; a bounded number."""
        return map(frozenset, islice(product(*self.headings), _MOST_SETS))

    def stands_in(self, cells: Collection[str]) -> bool:
        """Whether the folded cells of a row hold all headings the layout is known by."""
        return all(any(one in cells for one in choice) for choice in self.headings)

    def begins_in(self, rows: Sequence[Row]) -> bool:
        """Whether the title of one of its sections is among these rows, or it has none."""
        titles = {title for section in self.sections for title in section.titles}
        firsts = (heading_known.fold(row.cells[0]) for row in rows if row.cells)
        return not titles or any(first in titles for first in firsts)

    def mapping(
        self, columns: Sequence[str], rows: Iterable[Row] = (), section: Section | None = None
    ) -> dict[str, Columns]:
        """Field -> its columns: as the profile says, the rest as headings and cells tell."""
        known = {**self.columns, **(section.columns if section else {})}
        folded = [heading_known.fold(column) for column in columns]
        found: dict[str, Columns] = {}
        ignored = self.ignored(columns)
        taken = {index for index, one in enumerate(folded) if one in ignored}
        for name, wanted in known.items():
            at = [index for one in wanted for index, own in enumerate(folded) if own == one]
            at = [index for index in dict.fromkeys(at) if index not in taken]
            if at:
                found[name] = tuple(at if name in SEVERAL else at[:1])
                taken.update(at)
        guessed = several.mapping(columns, rows, taken)
        for name, further in guessed.items():
            if name not in known or (name not in found and name in _OF_A_PERSON):
                found[name] = further
            elif name in found and (name in _ALL_KEPT or (name, self.kind) == ("status", SIGNUP)):
                found[name] += further
        several.add_middle_name(found, columns)
        if "name" in found and not known.keys() & {"given_name", "family_name"}:
            found.pop("given_name", None)
            found.pop("family_name", None)
        return found


@dataclass(frozen=True)
class Part:
    """One list within a file: its headings, the line they stand on, and the title above them.

    ``came``: in a file of those who came, whether standing in this list says so.
    """

    columns: tuple[str, ...]
    mapping: Mapping[str, Columns]
    take: str = PEOPLE
    header_row: int = 0
    title: str = ""
    came: bool = True


@dataclass(frozen=True)
class KnownLayouts:
    """What the operator's own data says about layouts.

    ``memory``: folded headings -> field -> columns, as files with these headings were mapped last.
    """

    profiles: tuple[Profile, ...] = ()
    memory: Mapping[tuple[str, ...], Mapping[str, Columns]] = field(default_factory=dict)


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with the product."""
    return tuple(read(shipping.text(name), name) for name in shipping.names("layouts"))


def read(text: str, file: str) -> Profile:
    """One profile; it is known by the name of its file.

    Raises Faulty naming everything wrong with file and line.
    """
    table = Table.read(text, file)
    table.only(*_KEYS)
    key = PurePath(file).stem
    headings = _headings(table)
    if not headings:
        table.fault("headings", msg(N_("“headings” must name the headings that such a list has")))
    ignore = table.texts("ignore")
    found = Profile(
        key,
        table.text("name", key),
        table.one_of("kind", (SIGNUP, ATTENDANCE), SIGNUP),
        headings,
        _columns(table),
        frozenset(heading_known.fold(one) for one in ignore if not one.endswith("*")),
        tuple(_section(one) for one in table.tables("section")),
        table.yes("month_first"),
        table.yes("above"),
        {key: table.text(f"remark_{key}", "") for key in ("en", "zh")},
        table.text("source", ""),
        tuple(heading_known.fold(one) for one in ignore if one.endswith("*")),
        table.yes("own"),
        tuple(map(heading_known.fold, table.texts("line"))),
        table.yes("on_wecom"),
    )
    table.settle()
    return found


def _headings(table: Table) -> tuple[tuple[str, ...], ...]:
    """Each heading that must stand there, or the several of which one must."""
    told = table.data.get("headings", [])
    listed = told if isinstance(told, list) else [told]
    choices = [[one] if isinstance(one, str) and one is not told else one for one in listed]
    if not all(
        isinstance(some, list) and some and all(isinstance(one, str) for one in some)
        for some in choices
    ):
        table.fault(
            "headings", msg(N_("“{key}” must be a list of texts in quotes"), key="headings")
        )
        return ()
    return tuple(tuple(map(heading_known.fold, some)) for some in choices)


def _section(table: Table) -> Section:
    table.only("title", "take", "main", "columns")
    return Section(
        frozenset(map(heading_known.fold, table.texts("title"))),
        table.one_of("take", (PEOPLE, STAFF, AGAIN, NOTHING), PEOPLE),
        table.yes("main"),
        _columns(table),
    )


def _columns(table: Table) -> dict[str, tuple[str, ...]]:
    if "columns" not in table.data:
        return {}
    told = table.section("columns", "section." if "take" in table.data else "")
    told.only(*FIELDS)
    return {key: tuple(map(heading_known.fold, told.texts(key))) for key in told.data}


def recognise(
    rows: Sequence[Row], own: Iterable[Profile] = (), told: str = ""
) -> tuple[Profile, int] | None:
    """The profile whose headings stand in one of these rows, and where; the fullest, own first.

    ``told`` asks for one by its file's name or its own. Raises Refused where there is none.
    """
    if told == NONE:
        return None
    candidates = [*own, *shipped()]
    if told:
        wanted = told.strip().casefold()
        candidates = [
            one for one in candidates if wanted in (one.key.casefold(), one.name.casefold())
        ]
        if not candidates:
            names = ", ".join(one.key for one in (*own, *shipped()))
            raise Refused(
                msg(N_("There is no layout “{name}”; there are {names}"), name=told, names=names)
            )
    best: tuple[tuple[bool, int], Profile, int] | None = None
    folded = [{heading_known.fold(cell) for cell in row.cells if cell.strip()} for row in rows]
    for profile in candidates:
        # A section of a longer file may look like a file of its own: the longer one is meant.
        worth = (bool(profile.sections), len(profile.headings))
        for index, cells in enumerate(folded):
            if profile.stands_in(cells):
                if not told and not profile.begins_in(rows[:index]):
                    break
                if best is None or worth > best[0]:
                    best = (worth, profile, index)
                break
    if best is None and told:
        raise Refused(
            msg(
                N_("The file does not look like “{name}”: no line has the headings {headings}"),
                name=candidates[0].name,
                headings=", ".join("/".join(one) for one in candidates[0].headings),
            )
        )
    return None if best is None else (best[1], best[2])


class Sections:
    """The rows of a file with several lists in it; ``parts`` grows as they are met.

    Titles and headings of sections are the file's layout, not rows. ``above`` is what stands
    outside any list that is taken. ``header_row`` is the line of the main list's headings.
    """

    def __init__(self, profile: Profile, rows: Iterable[Row]) -> None:
        self.profile = profile
        self.parts: list[Part] = []
        self.above: list[Row] = []
        self.header_row, self.main, self._main_begun = 0, 0, False
        self._rows = self._read(iter(rows))
        held: list[Row] = []
        for row in self._rows:
            held.append(row)
            if self._main_begun or len(held) >= _MOST_HELD:
                break
        self._held = held

    def first(self) -> tuple[Row, ...]:
        """Rows enough to know the lists of any but a very long file; they are not given again."""
        self._held.extend(islice(self._rows, max(0, _MOST_HELD - len(self._held))))
        held, self._held = tuple(self._held), []
        return held

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def _read(self, rows: Iterator[Row]) -> Iterator[Row]:
        section: Section | None = None
        wants_headings, title = False, ""
        for row in rows:
            if row.blank:
                continue
            started = self._titled(row)
            if started is not None:
                section, wants_headings = started, started.take != NOTHING
                title = row.cells[0].strip()
            elif section is None or section.take == NOTHING:
                self.above.append(row)
            elif wants_headings:
                wants_headings = False
                self._begin(section, title, row)
            else:
                yield Row(row.line, row.cells, row.marks, len(self.parts) - 1)

    def _titled(self, row: Row) -> Section | None:
        """The section a row is the title of: it alone, or with a word beside it."""
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) > 2 or not row.cells[0].strip():
            return None
        title = heading_known.fold(row.cells[0])
        return next((one for one in self.profile.sections if title in one.titles), None)

    def _begin(self, section: Section, title: str, row: Row) -> None:
        columns = heading_known.as_columns(row.cells)
        mapping = self.profile.mapping(columns, (), section)
        self.parts.append(Part(columns, mapping, section.take, row.line, title))
        self._main_begun = self._main_begun or section.main
        if section.main or not self.header_row:
            self.header_row, self.main = row.line, len(self.parts) - 1
