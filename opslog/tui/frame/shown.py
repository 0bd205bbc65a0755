"""What a screen shows, as it may be written to a file."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from opslog.services.book.contributions import Scope


class Shown(NamedTuple):
    """``what`` is a key of services/files/export.EXPORTS, ``scope`` the rows on the screen, and
    ``marked`` the keys of those with a mark. ``at_event`` is the event under the cursor, for what
    else may be exported there. ``name`` says in the file's name what the rows are of, ``columns``
    are those to begin with."""

    what: str
    scope: Scope = Scope()
    marked: Sequence[Hashable] = ()
    at_event: int | None = None
    name: str = ""
    columns: Sequence[str] = ()


@runtime_checkable
class Exports(Protocol):
    """A screen that says what of it is worth a file."""

    def export_shown(self) -> Shown: ...
