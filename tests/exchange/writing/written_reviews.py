"""A review written into a file of each kind, and bars of plain numbers."""

from __future__ import annotations

import io

from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.review import Review
from opslog.exchange.writing.reviews.document import write_document
from opslog.exchange.writing.reviews.markdown import write_markdown
from opslog.exchange.writing.reviews.page import write_page
from opslog.exchange.writing.reviews.workbook import write_workbook
from opslog.locale import Msg
from tests.exchange.writing.made_reviews import ZONE

WRITERS = {
    "html": write_page,
    "md": write_markdown,
    "xlsx": write_workbook,
    "json": write_document,
}


def written(ending: str, found: Review) -> bytes:
    file = io.BytesIO()
    WRITERS[ending](found, ZONE, file)
    return file.getvalue()


def bars(*values: float | None, key: str = "time", **more: object) -> Bars:
    made = (Bar(Number(f"{key}.{at}", Msg(f"n{at}"), one)) for at, one in enumerate(values))
    return Bars(key, Msg("Bars"), tuple(made), **more)  # type: ignore[arg-type]
