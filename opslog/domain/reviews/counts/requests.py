"""Materials: how many asked, got it, were followed up and answered, and became leads."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from opslog.domain.materials.requests import REFUSED, SENT, TO_SEND, Request
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.numbers import PERSON, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg


def requests(
    counts: Counts,
    found: Sequence[Request],
    followed_up: Collection[int],
    answered: Collection[int],
) -> Bars | None:
    """``followed_up`` and ``answered`` are people. None where nobody asked."""
    if not found:
        return None
    asked = [one.person_id for one in found]

    def people(key: str, label: str, ids: Sequence[int], of: int | None = None) -> Number:
        name = f"requests.{key}"
        of_label: Msg | None = msg(N_("who asked")) if of else None
        return counts.rows(
            name, msg(label), PERSON, len(ids), lambda: ids, of=of, of_label=of_label
        )

    def stand(*states: str) -> list[int]:
        return [one.person_id for one in found if one.state in states]

    of = len(asked)
    followed = [one for one in asked if one in followed_up]
    numbers = (
        people("asked", N_("Asked"), asked),
        people("allowed", N_("Allowed"), stand(TO_SEND, SENT), of),
        people("sent", N_("Sent"), stand(SENT), of),
        people("refused", N_("Refused"), stand(REFUSED), of),
        people("followed_up", N_("Followed up"), followed, of),
        people("answered", N_("Responded"), [o for o in asked if o in answered], of),
        counts.of_leads("requests.leads", msg(N_("Leads")), lambda one: True),
    )
    heading = msg(N_("Requests of materials"))
    return Bars("requests", heading, tuple(Bar(number) for number in numbers))
