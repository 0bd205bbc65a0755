"""What every screen looks like, as text that can be read in a diff.

``python -m tests.snapshots`` draws them all anew; ``pytest tests/snapshots`` compares.
"""
