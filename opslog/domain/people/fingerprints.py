"""What stays of somebody erased: keyed marks of what they were reached by.

HMAC-SHA-256 with the file's own secret: whoever has the mark alone learns nothing; whoever has
the file can ask about a number, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opslog.domain.people import phones
from opslog.domain.people.emails import is_personal
from opslog.domain.people.naming.names import fold

PHONE, EMAIL = "phone", "email"


def mark(secret: str, kind: str, value: str) -> str:
    """64 hex digits. ``value``: E.164, or an address in lower case."""
    import hmac  # not on the way of the first screen

    return hmac.digest(bytes.fromhex(secret), f"{kind}:{value}".encode(), "sha256").hex()


def keys(
    names: Sequence[str], numbers: Iterable[str], addresses: Iterable[str]
) -> list[tuple[str, str]]:
    """Kind and value of each thing by which one person is known again: a mobile, an address of
    their own. What a whole company is reached by tells somebody together with a name only."""
    found = []
    for kind, values, own in (
        (PHONE, numbers, phones.is_mobile),
        (EMAIL, addresses, is_personal),
    ):
        for value in filter(None, values):
            if own(value):
                found.append((kind, value))
                continue
            folded = ("".join(fold(name).split()) for name in names)
            found += [(kind, f"{value} {name}") for name in folded if name]
    return found
