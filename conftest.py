"""Every Python block of README and docs is run: plain blocks as they stand, ``>>>`` as doctests."""

from __future__ import annotations

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=["*.md"],
    excludes=["CHANGELOG.md", "tests/*", "src/*", "examples/*", ".venv*/*"],
).pytest()
