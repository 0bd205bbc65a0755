"""Every layout understood row by row, in files of several sizes."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.imports.row import RowReader
from opslog.exchange.meaning import layouts
from opslog.exchange.meaning.opening import open_list
from tests.exchange.lists_of import written
from tests.exchange.meaning import layout_samples as samples
from tests.exchange.meaning.test_profiles import EXPECTED


@pytest.mark.parametrize("rows", [1, 2, 3, 40, 2_000])
@pytest.mark.parametrize("layout", samples.HEADINGS)
def test_each_row_is_understood(tmp_path: Path, layout: str, rows: int) -> None:
    found = open_list(written(tmp_path, samples.text(layout, rows)))
    named = {one.key: one.name for one in layouts.shipped()}
    assert (found.profile, found.doubt) == (named[layout], None)
    reader = RowReader(found.columns, found.mapping, ZoneInfo("Asia/Shanghai"))
    told = set(samples.kinds(layout).values())
    told |= {"name"} if "given" in told else set()
    read = [reader.read(row.cells) for row in found]
    assert len(read) == rows
    for number, reading in enumerate(read):
        known = samples.person(number)
        said = {
            "name": reading.name,
            "phone": reading.phone,
            "phone2": reading.phones,
            "email": reading.email,
            "email2": reading.emails,
            "company": reading.company,
            "title": reading.title.replace(" ", "\n"),
        }
        right = {key: known[key] if key in told else "" for key in said}
        assert said == right
        assert not reading.problems
        assert reading.seconds == (44 * 60 if "minutes" in told else None)


def test_every_layout_that_ships_has_its_sample() -> None:
    shipped = {profile.key for profile in layouts.shipped()}
    own = {key for key in shipped if key.startswith("opslog_")}  # tests.cli.test_edited_exports
    assert shipped == EXPECTED.keys() | samples.HEADINGS.keys() | own
    assert all(profile.source for profile in layouts.shipped() if profile.key in samples.HEADINGS)
