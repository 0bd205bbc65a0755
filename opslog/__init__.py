"""opslog: a keyboard-driven daily log for one person's B2B event operations."""

__version__ = "0.1.0"
