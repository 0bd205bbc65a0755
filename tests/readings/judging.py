"""A composed file, read as opslog does: rightly, wrongly, or after a question."""

from __future__ import annotations

from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning import layouts
from opslog.exchange.meaning.opening import heading_sets
from opslog.exchange.reading import delimited, delimiter, encoding
from tests.readings.compose import Composed

RIGHT, NOT_OFFERED = "right", "right not offered"
ASKED_ENCODING, ASKED_DELIMITER = "asked encoding", "asked delimiter"
WRONG_ENCODING, WRONG_DELIMITER, WRONG_CELLS = "wrong encoding", "wrong delimiter", "wrong cells"
REFUSED = "refused"
FINE = (RIGHT, ASKED_ENCODING, ASKED_DELIMITER)
VERDICTS = (*FINE, NOT_OFFERED, WRONG_ENCODING, WRONG_DELIMITER, WRONG_CELLS, REFUSED)


def verdict(path: Path, file: Composed) -> str:
    """What becomes of the file; it is written to ``path``."""
    path.write_bytes(file.content)
    asked = ""
    try:
        decoding = encoding.find(path)
        if not decoding.sure:
            asked = ASKED_ENCODING
            if not any(_reads(file, name) for name in decoding.candidates):
                return NOT_OFFERED
            decoding = encoding.find(path, file.codec)
        if not _reads(file, decoding.name):
            return WRONG_ENCODING
        known = heading_sets(ImportOptions(), layouts.KnownLayouts())
        dialect = delimiter.find_dialect(path, decoding, "", known)
        if dialect.rivals:
            asked = asked or ASKED_DELIMITER
            if file.delimiter not in (dialect.delimiter, *dialect.rivals):
                return NOT_OFFERED
            dialect = delimiter.find_dialect(path, decoding, file.delimiter)
        rows = [row.cells for row in delimited.TextRows(path, decoding, dialect) if not row.blank]
    except Refused:
        return REFUSED
    expected = [row for row in file.rows if any(map(str.strip, row))]
    if [list(map(str.strip, row)) for row in rows] != [
        list(map(str.strip, row)) for row in expected
    ]:
        several = any(len(row) > 1 for row in file.rows)
        return WRONG_DELIMITER if several and dialect.delimiter != file.delimiter else WRONG_CELLS
    return asked or RIGHT


def _reads(file: Composed, name: str) -> bool:
    return file.content.decode(name, "replace").lstrip("\ufeff") == file.text.lstrip("\ufeff")
