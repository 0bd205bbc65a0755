"""Benchmarks drive pseudo-terminals: POSIX only."""

from __future__ import annotations

import os

collect_ignore_glob = ["*.py"] if os.name == "nt" else []
