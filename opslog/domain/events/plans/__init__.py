"""The plan of an event or of one's own: how it is read, worked out, moved, proven."""
