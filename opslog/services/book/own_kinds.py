"""Which files are the operator's own: where each lies, what it stands in for, and who reads it.

Every reader of them is here. A look never raises: where the operator's file is broken what
ships holds, or what the file said before, and ``Book.faults`` names file, line and key.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from opslog import shipped
from opslog.domain.base.sentences import listed
from opslog.domain.events.kinds import KINDS as EVENT_KINDS
from opslog.locale import N_, Msg, msg
from opslog.services.book import mirrors, own_files
from opslog.services.book import own_readers as read
from opslog.services.book.book import Book
from opslog.store.db import own_files as file_store

if TYPE_CHECKING:  # each reader is imported when its file is first looked at
    from opslog.domain.base.own_files.column_sets import Sets
    from opslog.domain.base.own_files.keys_file import Keys
    from opslog.domain.calls.contact_limits import Limits
    from opslog.domain.calls.order import Weights as CallOrder
    from opslog.domain.calls.outcomes import Outcomes
    from opslog.domain.calls.seniority import Seniority
    from opslog.domain.calls.talk_tracks import Tracks
    from opslog.domain.dates.workdays import Workdays
    from opslog.domain.events.plans.playbooks import Playbook
    from opslog.domain.events.texts import Texts
    from opslog.domain.leads.clocks import Clocks
    from opslog.domain.programmes.contents import Ageing
    from opslog.domain.programmes.programme import Programme
    from opslog.domain.screening.reasons import Reasons
    from opslog.domain.screening.rules_file import RuleFile
    from opslog.domain.screening.suggestions import Rule
    from opslog.domain.today.priority import Weights
    from opslog.exchange.meaning.layouts import Profile

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
LAYOUTS = "profiles"
PLANS = "playbooks"
OWN_PLANS = "routines"
PROGRAMMES = "programmes"


class Kind(NamedTuple, Generic[T_co]):
    """One kind of own file.

    ``place`` is its name below the database's folder, ``ships`` what holds where there is none
    (below ``opslog/shipped``; '' for nothing), ``template`` what it begins with.
    """

    code: str
    what: str
    place: str
    read: Callable[[str, str], T_co]
    ships: str = ""
    template: str = ""


def _reasons(text: str, file: str) -> Reasons:
    from opslog.domain.screening import reasons

    return reasons.read(text, file, shipped_reasons())


@cache
def _rules_with(known: Reasons) -> Callable[[str, str], RuleFile]:
    def read(text: str, file: str) -> RuleFile:
        from opslog.domain.screening import rules_file

        return rules_file.read_rules(text, file, known)

    return read


def _rules(text: str, file: str) -> RuleFile:
    return _rules_with(shipped_reasons())(text, file)


RULES = Kind(
    "rules",
    N_("rules that suggest a verdict"),
    "rules.toml",
    _rules,
    "screening/rules.toml",
    "screening/rules_own.toml",
)
REASONS = Kind(
    "reasons",
    N_("reasons for dropping a row"),
    "reasons.toml",
    _reasons,
    "screening/reasons.toml",
)
KEYS = Kind("keys", N_("your keys"), "keys.toml", read.keys)
WORKDAYS = Kind("workdays", N_("your working days and days off"), "workdays.toml", read.workdays)
WEIGHTS = Kind(
    "weights", N_("weights of Today"), "priority.toml", read.weights, "today/priority.toml"
)
OUTCOMES = Kind(
    "outcomes",
    N_("what can come of a call"),
    "playbooks/outcomes.toml",
    read.outcomes,
    "calls/outcomes.toml",
)
TRACKS = Kind(
    "talk_tracks",
    N_("talk tracks"),
    "playbooks/talk_tracks.toml",
    read.tracks,
    "calls/talk_tracks.toml",
)
CALL_ORDER = Kind(
    "call_order",
    N_("in which order to call"),
    "playbooks/call_order.toml",
    read.call_order,
    "calls/call_order.toml",
)
COLUMNS = Kind("columns", N_("your columns of exports"), "columns.toml", read.columns)
SENIORITY = Kind(
    "seniority",
    N_("how senior a title is"),
    "playbooks/seniority.toml",
    read.seniority,
    "calls/seniority.toml",
)
CONTACT_LIMITS = Kind(
    "contact_limits",
    N_("how often people are contacted"),
    "playbooks/contact_limits.toml",
    read.contact_limits,
    "calls/contact_limits.toml",
)
LEADS = Kind(
    "leads",
    N_("when leads come back to Today"),
    "playbooks/leads.toml",
    read.lead_clocks,
    "leads/leads.toml",
)
AGEING = Kind(
    "ageing",
    N_("when the words of messages grow old"),
    "playbooks/ageing.toml",
    read.ageing,
    "contents/ageing.toml",
)
TEXTS = Kind(
    "texts",
    N_("what goes out, in your own words"),
    "playbooks/texts.toml",
    read.texts,
    template="events/texts_own.toml",
)
PLAYBOOKS = {
    kind: Kind(
        kind,
        N_("the plan of a kind of event"),
        f"{PLANS}/{kind}.toml",
        read.plan_of(kind),
        f"playbooks/{kind}.toml",
    )
    for kind in EVENT_KINDS
}
ROUTINES = {
    name: Kind(
        name,
        N_("a plan of your own"),
        f"{OWN_PLANS}/{name}.toml",
        read.routine_of(name),
        f"routines/{name}.toml",
    )
    for name in ("weekly_report", "list_care", "backup", "new_colleague", "moments")
}

SINGLE: tuple[Kind[object], ...] = (
    *(RULES, REASONS, KEYS, WORKDAYS, WEIGHTS),
    *(OUTCOMES, TRACKS, CALL_ORDER, SENIORITY, CONTACT_LIMITS, LEADS, AGEING, TEXTS, COLUMNS),
)
# and every file in LAYOUTS, PROGRAMMES and OWN_PLANS
KINDS = (*SINGLE, *PLAYBOOKS.values(), *ROUTINES.values())


def programme_kind(code: str) -> Kind[Programme]:
    """Of a programme by its name; one of one's own has none that ships."""
    place = f"{PROGRAMMES}/{code}.toml"
    ships = place if place in shipped.names(PROGRAMMES) else ""
    return Kind("programme", N_("a programme of messages"), place, read.programme, ships)


# -- what holds -----------------------------------------------------------------------------


def workdays(book: Book) -> Workdays:
    """The mainland's working days with the operator's own above them."""
    from opslog.domain.dates.workdays import MAINLAND

    return _own(book, WORKDAYS) or MAINLAND


def weights(book: Book) -> Weights:
    """The weights of Today; the operator's file changes those it names."""
    from opslog.domain.today.priority import shipped_weights

    return _own(book, WEIGHTS) or shipped_weights()


def keys(book: Book) -> Keys | None:
    """The keys the operator wants; None where there is no file of one's own."""
    found = _own(book, KEYS)
    if found is not None and found.faults:
        book.faults[KEYS.place] = found.faults  # for those actions alone the usual keys hold
    return found


def columns(book: Book) -> Sets:
    """Columns of exports under names; none where there is no file of one's own."""
    return _own(book, COLUMNS) or {}


def text_in_force(book: Book, kind: Kind[object]) -> str:
    """What holds of a kind that ships something, as text."""
    found = own_files.own(book, kind.place, kind.read)
    return shipped.text(kind.ships) if found is None else found.text


def outcomes(book: Book) -> Outcomes:
    return _in_place_of_shipped(book, OUTCOMES)


def tracks(book: Book) -> Tracks:
    return _in_place_of_shipped(book, TRACKS)


def call_order(book: Book) -> CallOrder:
    return _in_place_of_shipped(book, CALL_ORDER)


def seniority(book: Book) -> Seniority:
    return _in_place_of_shipped(book, SENIORITY)


def contact_limits(book: Book) -> Limits:
    return _in_place_of_shipped(book, CONTACT_LIMITS)


def lead_clocks(book: Book) -> Clocks:
    return _in_place_of_shipped(book, LEADS)


def ageing(book: Book) -> Ageing:
    return _in_place_of_shipped(book, AGEING)


def texts(book: Book) -> Texts:
    """The operator's own; none where there is no file."""
    from opslog.domain.events.texts import Texts

    return _own(book, TEXTS) or Texts()


def playbook(book: Book, kind: str) -> Playbook:
    """The plan of one of the kinds of event."""
    return _in_place_of_shipped(book, PLAYBOOKS[kind])


def routines(book: Book) -> dict[str, Playbook]:
    """The plans of the operator's own that there are, by name; one that is broken and ships nothing
    is left aside."""
    found: dict[str, Playbook] = {}
    mine = own_files.names(book, OWN_PLANS)
    for name in dict.fromkeys((*ROUTINES, *(Path(one).stem for one in mine))):
        if name in ROUTINES:
            found[name] = _in_place_of_shipped(book, ROUTINES[name])
        else:
            place = f"{OWN_PLANS}/{name}.toml"
            own = own_files.own(book, place, read.routine_of(name), alone=True)
            if own is not None:
                found[name] = own.value
    return found


def routine_version(book: Book, name: str) -> int:
    """Of the operator's own text of a plan; 0 where what ships holds."""
    return file_store.version(book.con, f"{OWN_PLANS}/{name}.toml") or 0


def programme_codes(book: Book) -> list[str]:
    """Those that ship, and one's own."""
    found = {*shipped.names(PROGRAMMES), *own_files.names(book, PROGRAMMES)}
    return sorted(name.rpartition("/")[2].removesuffix(".toml") for name in found)


def programme(book: Book, code: str) -> Programme | None:
    """None where there is none, or one of one's own can't be read."""
    kind = programme_kind(code)
    if kind.ships:
        return _in_place_of_shipped(book, kind)
    found = own_files.own(book, kind.place, kind.read, alone=True)
    return None if found is None else found.value


@cache
def shipped_reasons() -> Reasons:
    from opslog.domain.screening import reasons

    return reasons.read(shipped.text(REASONS.ships))


def reasons(book: Book) -> Reasons:
    """Every reason for dropping a row: those that ship, and the operator's over them."""
    return _own(book, REASONS) or shipped_reasons()


def rules(book: Book) -> tuple[Rule, ...]:
    """The rules that ship with the operator's own over them."""
    known = reasons(book)
    mine = own_files.own(book, RULES.place, _rules_with(known), _template(RULES))
    below = _shipped_rules()
    return below.rules if mine is None else mine.value.over(below)


@cache
def _shipped_rules() -> RuleFile:
    return _rules(shipped.text(RULES.ships), RULES.place)


def layouts(book: Book) -> tuple[Profile, ...]:
    """The operator's layouts of lists; one that is broken is left aside."""
    names = own_files.names(book, LAYOUTS)
    found = (own_files.own(book, name, read.layout, alone=True) for name in names)
    return tuple(one.value for one in found if one is not None)


def _own(book: Book, kind: Kind[T]) -> T | None:
    found = own_files.own(book, kind.place, kind.read, _template(kind))
    return None if found is None else found.value


def _in_place_of_shipped(book: Book, kind: Kind[T]) -> T:
    found = own_files.own(book, kind.place, kind.read)
    return cast(T, _shipped(kind)) if found is None else found.value


@cache
def _shipped(kind: Kind[object]) -> object:
    return kind.read(shipped.text(kind.ships), kind.place.rpartition("/")[2])


@cache
def _template(kind: Kind[object]) -> str:
    return shipped.text(kind.template) if kind.template else ""


# -- all of them ------------------------------------------------------------------------------


def look_at_all(book: Book) -> tuple[Msg, ...]:
    """Take in what was edited by hand; everything that is wrong or odd in any own file."""
    rules(book)
    keys(book)
    layouts(book)
    routines(book)
    for kind in KINDS:
        if kind not in (RULES, KEYS):
            _own(book, kind)
    for code in programme_codes(book):
        programme(book, code)
    known = {kind.place for kind in KINDS}
    for name in own_files.names(book, PLANS):
        if name not in known:
            book.faults[name] = (_stray(book, name, known),)
    return tuple(own_files.said(book))


def _stray(book: Book, name: str, known: set[str]) -> Msg:
    return msg(
        N_("{file} is read by nothing; the names that are read: {names}"),
        file=book.home / name,
        names=listed(
            sorted(place.rpartition("/")[2] for place in known if place.startswith(f"{PLANS}/"))
        ),
    )


def begin(book: Book, kind: Kind[object]) -> None:
    """Make the file for the operator to begin with, its comments in it, where there is none yet.

    Raises Refused where it can't be written.
    """
    if own_files.own(book, kind.place, kind.read, _template(kind)) is None:
        mirrors.make(book.home / kind.place, _template(kind))
