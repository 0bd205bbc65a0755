"""Tests through real processes in a pseudo-terminal. POSIX only (see conftest.py)."""
