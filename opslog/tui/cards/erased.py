"""What is said after a person was erased: how well, what proves it, and what still holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.notifications import SeverityLevel

from opslog.services.people import copies, erasing, traces_left


class Notice(NamedTuple):
    text: str
    severity: SeverityLevel
    seconds: int


def notices(person_id: int, erased: erasing.Erased) -> Iterator[Notice]:
    if not erased.clean:
        yield Notice(str(erasing.unclean(person_id, erased)), "warning", 20)
    leaks = any(one.why == traces_left.LEAK for one in erased.left)
    if proof := "\n".join(map(str, erased.proof())):
        yield Notice(proof, "warning" if leaks else "information", 20)
    for sentence, found in copies.said(erased.copies):
        yield Notice("\n".join([str(sentence), *(copy.said() for copy in found)]), "warning", 60)
