"""What the records of each table are, for whoever reads them without opslog."""

from __future__ import annotations

from opslog.locale import N_

_MADE = N_("worked out from the other records, so that it need not be each time")

TABLES = {
    "log": N_("lines of the daily log"),
    "log_tag": N_("the #tags of a line"),
    "log_person": N_("the people named in a line"),
    "follow_up": N_("what a line asks to come back to, and tasks of one's own"),
    "event": N_("events"),
    "target": N_("what an event should bring: sign-ups, attended, leads"),
    "step": N_("the steps of the events' plans"),
    "check_item": N_("the checklists of the steps"),
    "person": N_("people; merged_into: one person in two records; erased_at: emptied on request"),
    "person_tag": N_("the tags of a person"),
    "field": N_("fields of one's own, for people or companies"),
    "field_value": N_("what stands in such a field"),
    "source": N_("by which list a value of a person came in; without a list: typed"),
    "suppressed": N_("numbers and addresses not to be called, messaged or e-mailed"),
    "past_contact": N_("earlier contacts that a list told of"),
    "company_link": N_("companies decided to be one, or one a branch of the other"),
    "pair": N_("people or companies that may be one, and what was decided"),
    "roster": N_("lists of people: who signed up, whom to call"),
    "roster_file": N_("the files that came into a list, and how they were read"),
    "roster_row": N_("each line of these files, as it came in"),
    "column_memory": N_("how the columns of files were read last"),
    "card": N_("a person on a list: coming or not, came or not, for how long"),
    "round": N_("rounds of screening of a list"),
    "decision": N_("verdicts: of one card and round the newest holds"),
    "touch": N_("calls and messages, with what came of each"),
    "not_now": N_("who is not to be called before a moment"),
    "question": N_("questions asked on calls"),
    "answer": N_("what was answered: of a person, event and question the newest holds"),
    "told": N_("who was told of what"),
    "handover": N_("leads: budget, need, decision makers, timing, to whom"),
    "handover_state": N_("how a lead stood, from when on"),
    "report_text": N_("reports in the operator's own words"),
    "own_file": N_("rules, plans, keys and the like, as the operator wrote them"),
    "setting": N_("settings of the program"),
    "draft": N_("what was half typed"),
    "copy": N_("which copies went out of the book, and where to"),
    "erased": N_("marks of who was erased, which name nobody"),
    "calendar_entry": N_("what calendars were told of events and steps"),
    "change": N_("every change, as it is called in the history"),
    "change_row": N_("each record a change touched (op I, U, D), as it was before"),
    "change_range": N_("records that a change of many brought in, from number to number"),
    "migration": N_("when the book was made, and brought up to date"),
    "file_identity": N_("by what this book is told from others"),
    **dict.fromkeys(
        ("call_promise", "call_settled", "journal_now", "likeness", "log_day", "person_block"),
        _MADE,
    ),
    **dict.fromkeys(("step_doubt", "step_proven"), _MADE),
}
