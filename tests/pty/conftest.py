"""Real processes in a pseudo-terminal: what only POSIX has is kept in this folder."""

from __future__ import annotations

import os

collect_ignore_glob = ["*.py"] if os.name == "nt" else []
