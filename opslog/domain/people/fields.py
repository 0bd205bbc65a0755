"""Fields of the operator's own: of a person, or of the company they work for."""

PERSON, COMPANY = "person", "company"
OPERATOR = "operator"  # the source of a value that was typed
