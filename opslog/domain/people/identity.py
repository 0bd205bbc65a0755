"""When two rows are one person.

The operator's rule: people are joined only by a mobile number with a compatible name, or by a
personal e-mail with a compatible name. A switchboard, a 400 number or info@ joins nobody.
Everything weaker is for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from opslog.domain.people.naming import names


class Named(Protocol):
    """Whatever stands for a person while rows are joined."""

    @property
    def name(self) -> str: ...


P = TypeVar("P", bound=Named)


def same_person(name: str, by_mobile: Iterable[P], by_email: Iterable[P]) -> P | None:
    """The one among people with the same mobile, else the same personal e-mail, this name fits.

    None where nobody fits, and where several fit equally well: that is not ours to guess.
    """
    return _only(name, by_mobile) or _only(name, by_email)


def _only(name: str, people: Iterable[P]) -> P | None:
    fitting = [person for person in people if names.compatible(name, person.name)]
    if len(fitting) > 1:
        folded = names.fold(name)
        fitting = [person for person in fitting if names.fold(person.name) == folded]
    return fitting[0] if len(fitting) == 1 else None
