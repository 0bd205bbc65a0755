"""Finding out how to read a list: its encoding, delimiter or sheet, its headings and layout."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.mapping import meanings as meant
from opslog.domain.rosters.rosters import (
    Columns,
    ImportOptions,
    SheetInfo,
    TextSample,
)
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.location import place
from opslog.exchange.meaning import doubts, extra_columns, layouts, list_start, own_columns
from opslog.exchange.meaning.column_cells import ColumnCells
from opslog.exchange.meaning.column_choice import as_told, headings_told
from opslog.exchange.meaning.columns import kind_of, meanings, remembered
from opslog.exchange.meaning.list_file import SAMPLE_LINES, OpenList
from opslog.exchange.meaning.sections import Stacked
from opslog.exchange.people_files import kinds
from opslog.exchange.reading import delimited, file_type, sheet_choice, workbooks
from opslog.exchange.reading import delimiter as file_delimiter
from opslog.exchange.reading import encoding as file_encoding
from opslog.locale import N_, msg


def open_list(
    path: Path, options: ImportOptions | None = None, known: layouts.KnownLayouts | None = None
) -> OpenList:
    """Open a file and find out how to read it; what ``options`` names is taken as said.

    ``known`` is what the operator's own data says about layouts.

    Raises Refused for everything that is no list, or not as ``options`` say.
    """
    options = options or ImportOptions()
    if file_type.look(path) == file_type.WORKBOOK:
        return _from_workbook(path, options, known or layouts.KnownLayouts())
    if options.sheet:
        raise Refused(
            msg(N_("{file} is a text file and has no sheets; leave --sheet out"), file=path.name)
        )
    try:
        decoding = file_encoding.find(path, options.encoding)
        told = options.delimiter or options.header_row is not None or options.profile
        people = None if told else kinds.find(path, decoding)
        known = known or layouts.KnownLayouts()
        if people is not None:
            return _of_people(path, options, people, decoding)
        dialect = file_delimiter.find_dialect(
            path, decoding, options.delimiter, heading_sets(options, known)
        )
        separations = file_delimiter.readings(path, decoding, dialect, SAMPLE_LINES)
    except OSError as error:
        raise file_type.unreadable(path, error) from error
    return _open(
        path,
        options,
        known,
        delimited.TextRows(path, decoding, dialect),
        encoding=decoding.name,
        encodings=_encodings(decoding),
        sure=decoding.sure,
        delimiter=dialect.delimiter,
        separations=separations,
    )


def _encodings(decoding: file_encoding.Decoding) -> tuple[str, ...]:
    offered = tuple(dict.fromkeys([*decoding.candidates, *file_encoding.OFFERED]))
    return offered if decoding.sure else decoding.candidates


def _of_people(
    path: Path, options: ImportOptions, people: kinds.PeopleRows, decoding: file_encoding.Decoding
) -> OpenList:
    """A file that is no table: what its columns mean is known, and no row of it holds headings."""
    rows = iter(people)
    first = list_start.some(rows)
    mapping = as_told(people.mapping, options.columns, people.columns, 0, path.name)
    return OpenList(
        path,
        decoding.name,
        _encodings(decoding),
        decoding.sure,
        "",
        "",
        (),
        0,
        people.columns,
        mapping,
        (),
        first,
        rows,
        people,
        people.name,
        kind_of(options, None, mapping),
        [layouts.Part(people.columns, mapping)],
    )


def _from_workbook(path: Path, options: ImportOptions, known: layouts.KnownLayouts) -> OpenList:
    for given, word in ((options.encoding, "--encoding"), (options.delimiter, "--delimiter")):
        if given:
            raise Refused(
                msg(
                    N_("{file} is a workbook; {option} is for text files only"),
                    file=path.name,
                    option=word,
                )
            )
    book = workbooks.Book(path)
    name = book.named(options.sheet) if options.sheet else sheet_choice.likeliest(book)
    return _open(path, options, known, book.rows(name), sheet=name, sheets=book.sheets())


def _open(
    path: Path,
    options: ImportOptions,
    known: layouts.KnownLayouts,
    source: delimited.TextRows | workbooks.SheetRows,
    *,
    encoding: str = "",
    encodings: tuple[str, ...] = (),
    sure: bool = True,
    delimiter: str = "",
    separations: tuple[TextSample, ...] = (),
    sheet: str = "",
    sheets: tuple[SheetInfo, ...] = (),
) -> OpenList:
    rows = iter(source)
    sections: layouts.Sections | None = None
    profile: layouts.Profile | None = None
    if options.header_row is None and options.profile != layouts.NONE:
        seen = list_start.head(rows)
        rows = chain(seen, rows)
        if found := layouts.recognise(seen, known.profiles, options.profile):
            profile = found[0]
            if profile.sections:
                sections = layouts.Sections(profile, rows)
            else:
                # A list of another kind may stand above the known one.
                begun = heading_known.find_row(seen[: found[1] + 1])
                begun = found[1] if begun is None or profile.above else begun
                options = options._replace(header_row=seen[begun].line)
    if sections is None:
        above, header, first = list_start.split(path, sheet, rows, options)
        header_row = header.line if header else 0
        width = max((len(row.cells) for row in first), default=0)
        columns = heading_known.as_columns(header.cells) if header else ("",) * width
        mapping = meanings(columns, first, profile, known, headless=header is None)
    else:
        header_row = _begun(path, sections)
        above, first = tuple(sections.above), sections.first()
        rows = iter(sections)
        main = sections.parts[sections.main]
        columns = main.columns
        mapping = remembered(columns, known) or dict(main.mapping)
    first_column = getattr(source, "first_column", 0)
    mapping = as_told(
        mapping, options.columns, columns, first_column, place(path, sheet, header_row)
    )
    if not first:
        if not header_row:
            raise file_type.empty(path)
        raise Refused(
            msg(
                N_("{place}: there are no rows below the headings; export the list again"),
                place=place(path, sheet, header_row),
            )
        )
    main_part = sections.main if sections is not None else 0
    if sections is None and header_row:
        part = layouts.Part(columns, mapping, header_row=header_row)
        stacked = Stacked(part, chain(first, rows), profile, known, options.columns)
        first, rows, parts = stacked.first(), iter(stacked), stacked.parts
    else:
        parts = _parts(sections, columns, mapping)
    sampled = ColumnCells(row for row in first if row.section == main_part)
    ignored = profile.ignored(columns) if profile is not None else frozenset()
    main_rows = [row.cells for row in first if row.section == main_part]
    extras = extra_columns.find(columns, meant(mapping).keys(), main_rows, profile)
    return OpenList(
        path,
        encoding,
        encodings,
        sure,
        delimiter,
        sheet,
        sheets,
        header_row,
        columns,
        mapping,
        above,
        first,
        rows,
        source,
        profile.name if profile else "",
        kind_of(options, profile, mapping),
        parts,
        main_part,
        separations,
        doubts.left_out(columns, mapping, sampled, ignored),
        doubts.doubt(
            place(path, sheet, header_row), columns, mapping, sampled, options.columns.keys()
        ),
        profile.remark if profile is not None else "",
        own_columns.find(
            columns,
            mapping,
            main_rows,
            ignored,
            extras.columns,
        ),
        True if profile is not None and profile.month_first else None,
        extras,
        True if profile is not None and profile.on_wecom else None,
    )


def _begun(path: Path, sections: layouts.Sections) -> int:
    """The line of the main list's headings. Raises Refused where no list begins."""
    if not sections.header_row:
        raise Refused(
            msg(
                N_(
                    "{file} looks like “{name}”, but none of its sections begins; read it "
                    "without a layout (in the shell: --profile -)"
                ),
                file=path.name,
                name=sections.profile.name,
            )
        )
    return sections.header_row


def _parts(
    sections: layouts.Sections | None, columns: tuple[str, ...], mapping: dict[str, Columns]
) -> list[layouts.Part]:
    if sections is None:
        return [layouts.Part(columns, mapping)]
    sections.parts[sections.main] = replace(sections.parts[sections.main], mapping=mapping)
    return sections.parts


def heading_sets(options: ImportOptions, known: layouts.KnownLayouts) -> list[frozenset[str]]:
    """Headings that stand in one row if the file is what we know: of layouts, or told."""
    told = headings_told(options.columns)
    profiles = (one for layout in (*known.profiles, *layouts.shipped()) for one in layout.sets())
    mapped = (frozenset(filter(None, columns)) for columns in known.memory)
    return [*told, *(one for one in (*profiles, *mapped) if len(one) > 1)]
