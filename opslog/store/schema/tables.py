"""Every table there is, gathered from the areas."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel

from opslog.store.answers import tables as answers
from opslog.store.calls import tables as calls
from opslog.store.daybook import tables as daybook
from opslog.store.db import tables as db
from opslog.store.events import tables as events
from opslog.store.leads import tables as leads
from opslog.store.materials import tables as materials
from opslog.store.people import tables as people
from opslog.store.programmes import tables as programmes
from opslog.store.reports import tables as reports
from opslog.store.reviews import tables as reviews
from opslog.store.rosters import tables as rosters
from opslog.store.screening import tables as screening
from opslog.store.twins import tables as twins

MODELS: dict[str, Any] = {
    model.__table__.name: model
    for area in (
        *(db, people, twins, daybook, events, rosters, leads),
        *(screening, answers, materials, calls, programmes, reports, reviews),
    )
    for model in vars(area).values()
    if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
}
# In an order in which they can be made: what is pointed at comes first.
SORTED = SQLModel.metadata.sorted_tables
