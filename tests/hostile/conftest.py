"""The fuzzers and the table of bad files are tools: what is tested here is found there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))
