"""The terminal UI. It sees services and the dataclasses of domain, never a table or a session."""
