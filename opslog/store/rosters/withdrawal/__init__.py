"""Taking a file back: what it said and others hold, and what was done on its rows since."""
