"""E-mail addresses as people type them, and which of them belong to one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.own_files.wordlists import UNANSWERED, words

UNREADABLE = "unreadable"


class Email(NamedTuple):
    """``address`` in lower case, '' where none was understood; ``problem`` then says why."""

    address: str = ""
    problem: str = ""
    others: tuple[str, ...] = ()  # further addresses in the same cell


NOTHING = Email()
_PLAIN = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ANY = re.compile(r"[^\s@,;:<>()\[\]\"|/]+@[^\s@,;:<>()\[\]\"|/.]+(?:\.[^\s@,;:<>()\[\]\"|/.]+)+")
_EMPTY = UNANSWERED | {"", *words("无 - -- / n/a na none null nan 暂无 没有")}
# Read by a team or by nobody: such an address joins no two people.
_ROLES = words(
    """
    info information sales sale service services support contact contacts contactus admin
    administrator office mail email hello hi team hr job jobs zhaopin recruit recruitment
    career careers marketing market mkt pr press media news newsletter business bd
    cooperation partner partners order orders finance accounting billing it tech help
    helpdesk noreply no-reply donotreply webmaster postmaster hostmaster root test public
    company reception enquiry enquiries inquiry kefu shichang xiaoshou zixun xingzheng
    bangong caiwu renshi shangwu qiantai everyone all event events register registration
    feedback customer customerservice cs
    """
)


def normalise(text: str) -> Email:
    """What a cell with an e-mail address says; the first where there are several."""
    if not text:
        return NOTHING
    lower = text.strip().lower()
    if _PLAIN.fullmatch(lower):
        return Email(lower)
    folded = unicodedata.normalize("NFKC", lower).replace("。", ".").strip(" '`.,;")
    if folded in _EMPTY:
        return NOTHING
    found = [one.strip("'`") for one in _ANY.findall(folded.removeprefix("mailto:"))]
    if not found:
        return Email(problem=UNREADABLE)
    return Email(found[0], others=tuple(dict.fromkeys(one for one in found if one != found[0])))


def of_several(cells: Sequence[str]) -> Email:
    """What several cells of one person say: the first address counts, all are kept."""
    found = [normalise(cell) for cell in cells]
    good = [one for one in found if one.address]
    problem = next((one.problem for one in found if one.problem), "")
    if not good:
        return Email(problem=problem)
    every = dict.fromkeys(address for one in good for address in (one.address, *one.others))
    return Email(good[0].address, problem, tuple(every)[1:])


def is_personal(address: str) -> bool:
    """Whether one person reads this address; info@, sales02@ and the like say no."""
    local = address.partition("@")[0].partition("+")[0]
    return bool(local) and local.rstrip("0123456789").rstrip("._-") not in _ROLES
