"""What each file of a plain copy is, in both languages: for whoever opens it in ten years."""

from __future__ import annotations

from opslog.exchange.plain.folder import ABOUT, RECORDS, SCHEMA, SUMS
from opslog.locale import LANGUAGES, N_, msg
from opslog.services.files.plain import pages
from opslog.services.files.plain.tables import TABLES

README = "README.md"
_TITLE = msg(N_("A plain copy of an opslog book"))
_WHAT = msg(
    N_(
        "Everything one operator kept in opslog: the daily log, events with their plans, lists, "
        "people, calls. Text alone (UTF-8); no program is needed to read it."
    )
)
_LOG, _EVENTS, _PEOPLE = "log.md", "events.md", "people.md"
PAGES = {_LOG: pages.log, _EVENTS: pages.events, _PEOPLE: pages.people}
_FILES = {
    _LOG: N_("the log, a day at a time: #tag @event +person ~minutes, ! where it was flagged"),
    _EVENTS: N_("events with their plans: [x] is done"),
    _PEOPLE: N_("people: who they are, and what was done with them, the newest first"),
    f"{RECORDS}/": N_(
        "every record, one JSON object a line, one file a table, in the order of its key. A key "
        "ending in _id is the id of a record in another file. A table without records has no file. "
        "Moments are UTC (2026-11-22T02:30:00Z), days 2026-11-22, money in cents (_cents), phone "
        "numbers with country code"
    ),
    SCHEMA: N_("the tables these records come from, in SQL: any SQLite can make them"),
    ABOUT: N_("when it was written, by which version, what it holds, how many records a table has"),
    SUMS: N_(
        "the checksum of each file; sha256sum -c {sums} says whether all is as it was written"
    ),
}
_BACK = msg(N_("opslog restore FOLDER makes a database of it again, the same to the last change."))
_PRIVATE = msg(N_("It holds names and numbers of people: keep it as you keep those."))


def text() -> str:
    return "\n".join(_page(language) for language in LANGUAGES)


def _page(language: str) -> str:
    said = [f"# {_TITLE.render(language)}", "", _WHAT.render(language), ""]
    said += [
        f"- `{name}` – {msg(text, sums=SUMS).render(language)}" for name, text in _FILES.items()
    ]
    said += ["", f"## `{RECORDS}/`", ""]
    said += [f"- `{name}.jsonl` – {msg(text).render(language)}" for name, text in TABLES.items()]
    said += ["", _BACK.render(language), "", _PRIVATE.render(language), ""]
    return "\n".join(said)
