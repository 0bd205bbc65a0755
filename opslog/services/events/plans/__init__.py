"""The plan of an event or of one's own: made, changed, cloned."""
