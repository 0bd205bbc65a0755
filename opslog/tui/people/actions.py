"""The actions of lists of people, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
PEOPLE = table(
    Action("people.facet", "f", "facet",
           N_("Narrow"), N_("Only those of a city, industry, title, company, tag …")),
    Action("people.twins", "D", "twins",
           N_("Possible twins"), N_("Pairs that may be one person, or one company")),
    Action("people.fields", "O", "fields",
           N_("Own fields"), N_("Fields of your own: which the card shows, what they weigh")),
    Action("people.everybody", "F", "everybody", N_("Everybody"), N_("Show everybody again")),
    Action("people.sort", "s", "sort",
           N_("Sort"), N_("By another column; the same again turns it round")),
)
# Of somebody who signed up: on every list of people, in the queue and at the door.
CARD = table(
    Action("card.instead", "I", "instead", N_("Comes instead"),
           N_("Somebody comes instead of this one: typed in one line")),
    Action("card.guests", "plus", "guests", N_("Guests"), N_("How many they bring along")),
)
# fmt: on
