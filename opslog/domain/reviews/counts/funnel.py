"""From seen to handed over: how many were at each stage, and between two who left and who joined.

After PRISMA's flow: the stage before, less who left, plus who came in beside, is the stage. What
is not known is left out of the flow, which goes on from the last stage that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn, labelled
from opslog.domain.calls.meaning import AT_THE_DOOR, STANDS_IN, confirms, expected, stands_in
from opslog.domain.calls.outcomes import PHONE, REMINDER, Outcomes
from opslog.domain.events.events import quantity_text
from opslog.domain.events.unknown import REACH_NOT_TYPED, Seen
from opslog.domain.events.unknown import why as unknown_why
from opslog.domain.leads.leads import (
    HANDED_OVER,
    LOST,
    MQL,
    RETURNED,
    SQL,
    WON,
)
from opslog.domain.reviews.counts.counting import Counts, Why
from opslog.domain.reviews.counts.leaving import Say, never, stands, straight
from opslog.domain.reviews.counts.people import (
    ANSWERED,
    CONTACTED,
    TRIED,
    Holds,
    LeadRow,
    Standing,
    both,
    but_not,
)
from opslog.domain.reviews.numbers import COUNTING, PERSON, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, msg, nmsg

BROKEN = 3  # so many times the next stage, and a bar is no longer drawn to scale


class Given(NamedTuple):
    """A number somebody typed in, and from where they have it. ``added``: at the stops of a road
    show, with who is counted of those where nobody typed it in; ``stops``: those alone that know
    it, none where all do."""

    value: float
    source: Msg
    added: bool = False
    stops: frozenset[int] = frozenset()


class Known(NamedTuple):
    """What an event has: a list, an audience, verdicts; ``asks``: whether sign-ups are asked for at
    all. ``typed`` by measure."""

    has_list: bool
    has_audience: bool
    screened: bool
    asks: bool
    typed: Mapping[str, Given]


LABELS = {
    "audience": N_("Audience"),
    "reached": N_("Reached"),
    "signed_up": N_("Sign-ups"),
    "valid": N_("Valid"),
    "confirmed": N_("Said they come"),
    "came": N_("Came"),
    "contacted": N_("Contacted after"),
    "answered": N_("Answered"),
    "interested": N_("Interested"),
    "lead": N_("Leads"),
    "mql": N_("MQL"),
    "sql": N_("SQL"),
    "handed_over": N_("Handed to sales"),
    "won": N_("Won"),
    "lost": N_("Lost"),
    "returned": N_("Returned"),
}
_COMING = ("funnel.confirmed", "funnel.came")
_MEASURE_OF = {"signed_up": "signups", "came": "attended"}
_STATES = {"mql": MQL, "sql": SQL, "handed_over": HANDED_OVER}


class Stages:
    """What each stage counts, over an event's people as they stand."""

    def __init__(self, counts: Counts, outcomes: Outcomes, *, begun: bool) -> None:
        self._counts, self._outcomes, self._begun = counts, outcomes, begun
        unasked = ("", STANDS_IN, AT_THE_DOOR)
        self.reminded = any(one.listed and one.reminder not in unasked for one in counts.standing)
        self.called_back = any(one.talk.back >= TRIED for one in counts.standing)
        self.holds: dict[str, Holds] = {
            "audience": lambda one: one.audience,
            "reached": lambda one: one.audience and one.talk.invited >= CONTACTED,
            "signed_up": lambda one: one.signed_up,
            "valid": lambda one: one.valid,
            "confirmed": self._confirmed,
            "came": lambda one: one.attended,
            "contacted": lambda one: one.talk.back >= CONTACTED,
            "answered": lambda one: one.talk.back >= ANSWERED,
            "interested": lambda one: one.talk.interested,
        }

        marks = {one.came for one in counts.standing if one.listed}
        self._marked = bool(marks - {None})
        # Where only those who came are marked, whoever is not did not come.
        self._absent = {False} if False in marks else {None} if True in marks else set()

    def absent(self, one: Standing) -> bool:
        return one.listed and one.came in self._absent

    def declined(self, one: Standing) -> bool:
        """When reminded, last."""
        outcome = self._outcomes.outcome(REMINDER, PHONE, one.reminder)
        return outcome is not None and outcome.pass_on

    def unanswered(self, one: Standing) -> bool:
        outcome = self._outcomes.outcome(REMINDER, PHONE, one.reminder)
        return outcome is not None and not outcome.answered

    def _confirmed(self, one: Standing) -> bool:
        """As attendance tells it; until the event begins without whom nobody expects any more."""
        sure = one.listed and self.reminded and confirms(self._outcomes, one.reminder)
        return sure and (self._begun or expected(one.state, one.dropped))

    def stands_in(self, one: Standing) -> bool:
        return self._confirmed(one) and stands_in(self._outcomes, one.reminder)

    def unknown(self, key: str, known: Known) -> Msg | None:
        """Why a stage is not known; None where it is."""
        if key == "audience":
            return None if known.has_audience else msg(N_("no list of the audience"))
        if key == "reached":
            return None if known.has_audience else msg(REACH_NOT_TYPED)
        if key == "valid" and known.has_list and not known.screened:
            return msg(N_("the list is not screened yet"))
        return unknown_why(_MEASURE_OF.get(key, key), self._seen(known))

    def no_leads(self, known: Known, *, typed: bool) -> Msg | None:
        """Why nothing is known of leads, of which some may be ``typed`` in; None where it is."""
        return unknown_why("leads", self._seen(known, leads_typed=typed))

    def _seen(self, known: Known, *, leads_typed: bool = False) -> Seen:
        return Seen(
            asks=known.asks,
            has_list=known.has_list,
            reminded=self.reminded,
            marked=self._marked,
            called_back=self.called_back,
            has_leads=bool(self._counts.leads),
            leads_typed=leads_typed,
        )


class _Flow:
    """The bars so far, and from which stage the next one follows."""

    def __init__(self, counts: Counts, stages: Stages, known: Known) -> None:
        self.counts, self.stages, self.known = counts, stages, known
        self.bars: list[Bar] = []
        self.values: dict[str, float] = {}
        self.who: dict[str, Holds | None] = {}  # people of each stage; None: typed in, or leads
        self.stops: dict[str, frozenset[int]] = {}  # those that know a stage, where not all do
        self.before = ""
        self.of_leads: Callable[[LeadRow], bool] | None = None

    def people(
        self, key: str, left: Why[Standing], joined: Why[Standing], *, typed: str = "", of: str = ""
    ) -> None:
        """A stage that counts people. ``typed``: the measure that stands in where nothing is
        counted; ``of``: what it is a share of, where that is another than the stage before."""
        name, holds = f"funnel.{key}", self.stages.holds[key]
        why = self.stages.unknown(key, self.known)
        given = self.known.typed.get(typed)
        counted = self.counts.number(holds) if why is None else 0
        if given is not None and (why is not None or key == "reached"):
            return self._typed(key, given)
        if given is not None and given.added and given.value > counted:
            return self._typed(key, given, counted, whole=of)
        if why is not None:
            return self._unknown(key, why)
        number = self._noted(self.counts.people(name, msg(LABELS[key]), holds), key, given)
        whole = of if of in self.values else self.before
        inside, before = self.who.get(whole), self.who.get(self.before)
        if inside is not None:
            number = self._shared(number, self.counts.number(both(inside, holds)), whole)
        else:
            number = self._shared(number)
        sides = self._difference(number)
        if before is not None:
            sides = (
                self.counts.grouped(f"{name}.left", but_not(before, holds), left),
                self.counts.grouped(f"{name}.joined", but_not(holds, before), joined),
            )
        self._add(key, number, *sides)
        self.who[key] = holds
        return None

    def leads(
        self, key: str, holds: Callable[[LeadRow], bool], left: Why[Standing], typed: str = ""
    ) -> None:
        """A stage that counts leads: of those of the stage before, or of its people."""
        name, counts, before = f"funnel.{key}", self.counts, self.of_leads
        given, state = self.known.typed.get(typed), _STATES.get(key)
        found = sum(map(holds, counts.leads))
        why = self._no_leads()
        if given is not None and (why is not None or given.value > found):  # few note all of them
            return self._typed(key, given, found)
        if why is not None:
            return self._unknown(key, why)
        if not found and state in (MQL, SQL):
            return self._unknown(key, msg(N_("nobody was marked so")))
        number, people = counts.of_leads(name, msg(LABELS[key]), holds), self.who.get(self.before)
        sides, part = self._difference(number), None
        if before is not None:
            sides = (
                counts.leads_grouped(
                    f"{name}.left", lambda one: before(one) and not holds(one), stands
                ),
                counts.leads_grouped(
                    f"{name}.joined", lambda one: holds(one) and not before(one), straight
                ),
            )
        elif people is not None:
            sides = (
                counts.grouped(f"{name}.left", lambda one: people(one) and not one.lead, left),
                counts.leads_grouped(
                    f"{name}.joined",
                    lambda one: not (one.first and people(one.who)),
                    lambda _one: ("other", msg(N_("leads by another way"))),
                ),
            )
        if before is not None or people is not None:
            part = (number.value or 0) - sum(one.value or 0 for one in sides[1])
        self._add(key, self._shared(number, part), *sides)
        self.of_leads = holds
        return None

    def beside(self, key: str, state: str) -> None:
        """Leads as they stand, of those handed over; no stage of the flow."""
        if (why := self._no_leads()) is not None:
            return self._unknown(key, why)
        name, handed_over = f"funnel.{key}", _ever(HANDED_OVER)
        number = self.counts.of_leads(name, msg(LABELS[key]), lambda one: one.state == state)
        part = sum(one.state == state and handed_over(one) for one in self.counts.leads)
        self.bars.append(Bar(self._shared(number, part, "handed_over")))
        return None

    def _no_leads(self) -> Msg | None:
        return self.stages.no_leads(self.known, typed="lead" in self.values)

    def _noted(self, number: Number, key: str, given: Given | None) -> Number:
        """With who of them stands in, and what was typed in beside it."""
        said = []
        if key == "confirmed" and (n := self.counts.number(self.stages.stands_in)):
            said.append(nmsg(N_("{n} stands in"), N_("{n} stand in"), n))
        if given is not None and given.value != number.value:
            said.append(labelled(given.source, quantity_text(given.value)))
        return number._replace(note=in_turn(said)) if said else number

    def _typed(self, key: str, given: Given, noted: int = 0, *, whole: str = "") -> None:
        """``noted``: so many of them are known here, too."""
        if given.stops:
            self.stops[key] = given.stops
        said = [given.source, *([msg(N_("{n} of them noted here"), n=noted)] if noted else [])]
        number = Number(f"funnel.{key}", msg(LABELS[key]), given.value, note=in_turn(said))
        number = self._shared(number, whole=whole if whole in self.values else "")
        self._add(key, number, *self._difference(number))
        self.of_leads = None

    def _unknown(self, key: str, why: Msg) -> None:
        self.bars.append(Bar(Number(f"funnel.{key}", msg(LABELS[key]), None, why=why)))

    def _shared(self, number: Number, part: float | None = None, whole: str = "") -> Number:
        """With what it is a share of, by default the stage before: so many of it (``part``, None
        all, as nobody knows where one was typed in) were there, too; others came in beside."""
        whole = whole or self.before
        of, value = self.values.get(whole, 0), number.value or 0
        if not self._alike(number, whole):
            return number
        if not of or (value if part is None else part) > of:
            return number
        inside = part if part != value else None
        return number._replace(of=of, of_label=msg(LABELS[whole]), part=inside)

    def _difference(self, number: Number) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
        """Where one of two stages was typed in nobody knows who left; only how many."""
        if not self.before or not self._alike(number, self.before):
            return (), ()
        less = self.values[self.before] - (number.value or 0)
        left, joined = f"{number.key}.left.typed", f"{number.key}.joined.typed"
        if less >= 0:
            label = (
                N_("did not sign up") if number.key == "funnel.signed_up" else N_("went no further")
            )
            return ((Number(left, msg(label), less),) if less else ()), ()
        return (), (Number(joined, msg(N_("came in by another way")), -less),)

    def _alike(self, number: Number, other: str) -> bool:
        """Whether a stage and another are known of the same stops."""
        key = number.key.partition(".")[2]
        return self.stops.get(key, frozenset()) == self.stops.get(other, frozenset())

    def _add(
        self, key: str, number: Number, left: tuple[Number, ...], joined: tuple[Number, ...]
    ) -> None:
        before = f"funnel.{self.before}" if self.before else ""
        self.bars.append(Bar(number, left, joined, before=before))
        self.values[key] = number.value or 0
        self.before = key


def funnel(
    counts: Counts, stages: Stages, known: Known, outcomes: Outcomes, reasons: Reasons
) -> Bars:
    flow, say = _Flow(counts, stages, known), Say(outcomes, reasons)
    flow.people("audience", never, never)
    flow.people("reached", say.not_reached, never, typed="reach")
    flow.people("signed_up", say.not_signed_up, say.not_invited, typed="signups")
    flow.people("valid", say.dropped, never)
    flow.people("confirmed", say.not_confirmed, say.dropped, typed="confirmed")
    whole = "valid" if "valid" in flow.values else "signed_up"
    flow.people("came", say.not_there, say.unexpected, typed="attended", of=whole)
    flow.people("contacted", say.not_contacted, say.elsewhere)
    flow.people("answered", say.no_answer, never)
    flow.people("interested", say.not_interested, never)
    flow.leads("lead", lambda _one: True, say.no_lead, typed="leads")
    for key, state in _STATES.items():
        flow.leads(key, _ever(state), say.no_lead)
    flow.leads("won", lambda one: one.state == WON, say.no_lead, typed="customers")
    flow.beside("lost", LOST)
    flow.beside("returned", RETURNED)
    note = msg(N_("bars of what is far larger are cut"))
    bars = _cut(flow.bars)
    cut = any(bar.broken for bar in bars)
    heading = msg(N_("From seen to handed over"))
    return Bars("funnel", heading, bars, note if cut else None, funnel=True)


def without_coming(funnel: Bars) -> Bars:
    """Of what is sent, to which nobody comes; but what is known of that stays."""
    return funnel._replace(
        bars=tuple(
            bar
            for bar in funnel.bars
            if bar.number.value is not None or bar.number.key not in _COMING
        )
    )


def begun(signed_up: int, came: int | None) -> Bars:
    """What the list says at once; all else is still to be counted. ``came`` None: nobody is
    marked."""
    known = {"signed_up": signed_up, "came": came}
    counting, bars = msg(N_("counting …")), []
    for key, label in LABELS.items():
        name, value = f"funnel.{key}", known.get(key)
        if value is None:
            number = Number(name, msg(label), None, why=counting, look=COUNTING)
        else:
            number = Number(name, msg(label), value, PERSON)
        bars.append(Bar(number))
    return Bars("funnel", msg(N_("From seen to handed over")), tuple(bars), funnel=True)


def _ever(state: str) -> Callable[[LeadRow], bool]:
    return lambda one: state in one.states


def _cut(bars: list[Bar]) -> tuple[Bar, ...]:
    """Those many times as long as what comes of them."""
    cut, next_one = list[Bar](), 0.0
    for bar in reversed(bars):
        value = bar.number.value or 0
        early = bar.number.key in ("funnel.audience", "funnel.reached")
        cut.append(bar._replace(broken=early and 0 < BROKEN * next_one < value))
        if value and not cut[-1].broken:
            next_one = max(next_one, value)
    return tuple(reversed(cut))
