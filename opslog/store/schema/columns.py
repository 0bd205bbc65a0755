"""What every column declares, gathered from the areas; see ``store/db/declaration.py``."""

from __future__ import annotations

from opslog.store.answers import columns as answers
from opslog.store.calls import columns as calls
from opslog.store.daybook import columns as daybook
from opslog.store.db import columns as db
from opslog.store.db.declaration import Tables
from opslog.store.events import columns as events
from opslog.store.leads import columns as leads
from opslog.store.materials import columns as materials
from opslog.store.people import columns as people
from opslog.store.programmes import columns as programmes
from opslog.store.reports import columns as reports
from opslog.store.reviews import columns as reviews
from opslog.store.rosters import columns as rosters
from opslog.store.screening import columns as screening
from opslog.store.twins import columns as twins

DECLARED: Tables = {
    table: columns
    for area in (
        *(db, people, twins, daybook, events, rosters, leads),
        *(screening, answers, materials, calls, programmes, reports, reviews),
    )
    for table, columns in area.COLUMNS.items()
}
