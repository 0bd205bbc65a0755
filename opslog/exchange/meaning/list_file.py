"""A list somebody sent, opened: how it is read, its headings, and its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.attendance import SIGNUP
from opslog.domain.rosters.extras import Extras
from opslog.domain.rosters.own_columns import OwnColumn
from opslog.domain.rosters.rosters import (
    Columns,
    Left,
    Preview,
    PreviewPart,
    PreviewRow,
    SheetInfo,
    TextSample,
)
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.location import place
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning import layouts, list_start
from opslog.exchange.meaning.in_sentences import short, side_by_side
from opslog.exchange.people_files import kinds
from opslog.exchange.reading import delimited, workbooks
from opslog.exchange.reading import encoding as file_encoding
from opslog.locale import N_, Msg, msg

_MOST_NAMED = 8  # columns in a sentence
SAMPLE_LINES = 12  # of each reading, to choose by


@dataclass
class OpenList:
    """One list of a file. Iterate it once for the non-blank rows below the headings.

    ``parts`` are its lists, one after the other; ``main`` the number of the one that counts,
    whose headings are ``columns``. ``kind`` is signup or attendance, ``profile`` the name of the
    known layout. ``sure`` is False where the encoding is one of several possible readings;
    ``separations`` are the first rows by each delimiter, where more than one makes a table.
    """

    path: Path
    encoding: str
    encodings: tuple[str, ...]
    sure: bool
    delimiter: str
    sheet: str
    sheets: tuple[SheetInfo, ...]
    header_row: int
    columns: tuple[str, ...]
    mapping: dict[str, Columns]
    above: tuple[Row, ...]
    first: tuple[Row, ...]
    _rows: Iterator[Row]
    _source: delimited.TextRows | workbooks.SheetRows | kinds.PeopleRows
    profile: str = ""
    kind: str = SIGNUP
    parts: list[layouts.Part] = field(default_factory=list)
    main: int = 0
    separations: tuple[TextSample, ...] = ()
    left: tuple[Left, ...] = ()
    doubt: Msg | None = None
    remark: str = ""
    own: tuple[OwnColumn, ...] = ()  # columns that could be kept as fields of one's own
    month_first: bool | None = None  # how its layout writes days in numbers, where that is known
    extras: Extras = field(default_factory=Extras)
    on_wecom: bool | None = None  # everybody in it is, by what it is

    @property
    def share(self) -> float:
        """How much has been read, 0 to 1."""
        return self._source.share

    def __iter__(self) -> Iterator[Row]:
        return chain(self.first, self._rows)

    def preview(self) -> Preview:
        return Preview(
            path=self.path,
            encoding=self.encoding,
            encodings=self.encodings,
            delimiter=self.delimiter,
            sheet=self.sheet,
            sheets=self.sheets,
            header_row=self.header_row,
            columns=self.columns,
            mapping=dict(self.mapping),
            above=tuple(PreviewRow(row.line, tuple(row.cells)) for row in self.above),
            rows=self._first_of(self.main),
            readings=() if self.sure else self.readings(),
            separations=self.separations,
            profile=self.profile,
            kind=self.kind,
            left=self.left,
            doubt=self.doubt,
            remark=self.remark,
            own=self.own,
            extras=self.extras,
            others=tuple(
                PreviewPart(
                    part.title,
                    part.header_row,
                    part.columns,
                    part.mapping,
                    self._first_of(number),
                    part.take,
                )
                for number, part in enumerate(self.parts)
                if number != self.main
            ),
        )

    def _first_of(self, section: int) -> tuple[PreviewRow, ...]:
        rows = (row for row in self.first if not row.blank and row.section == section)
        first = islice(rows, list_start.PREVIEW_ROWS)
        return tuple(PreviewRow(row.line, tuple(row.cells)) for row in first)

    def require_people(self) -> None:
        """Refuse a list that names nobody: a column is missing, or was not understood."""
        if self.doubt is not None:
            raise Refused(self.doubt)
        if heading_known.holds_people(self.mapping):
            return
        top = next((row.cells for row in self.first if not row.blank), [])
        found = [text for text in (self.columns if self.header_row else top) if text.strip()]
        raise Refused(
            msg(
                N_(
                    "{place}: no column is known to hold names, phones or e-mails (found: "
                    "{columns}); say which one does (in the shell: --map name=A)"
                ),
                place=self.place(),
                columns=", ".join(short(name) for name in found[:_MOST_NAMED]) or "-",
            )
        )

    def readings(self, count: int = SAMPLE_LINES) -> tuple[TextSample, ...]:
        """The same few lines in every encoding that is possible."""
        return file_encoding.readings(self.path, self.encodings, count)

    def require_certainty(self) -> None:
        """Refuse to take one of several readings of the file; the operator chooses."""
        if not self.sure:
            raise Refused(
                msg(
                    N_(
                        "{file} could be in more than one encoding: {readings}. Choose the one "
                        "that reads well with --encoding"
                    ),
                    file=self.path.name,
                    readings=side_by_side(self.readings(1)),
                )
            )
        if self.separations:
            raise Refused(
                msg(
                    N_(
                        "{file} can be parted into cells in more than one way: {readings}. Choose "
                        "the right one with --delimiter"
                    ),
                    file=self.path.name,
                    readings=side_by_side(self.separations),
                )
            )

    def place(self) -> Msg | str:
        """Where in which file, for a sentence about it."""
        return place(self.path, self.sheet, self.header_row)
