"""Processes killed in the middle of their work: POSIX only, as what drives them is."""

from __future__ import annotations

import os

collect_ignore_glob = ["*.py"] if os.name == "nt" else []
