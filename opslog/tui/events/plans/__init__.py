"""The plan of an event or of one's own, step by step."""
