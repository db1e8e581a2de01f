"""Every Python block of README and docs is run: plain blocks as they stand, ``>>>`` as doctests.

Pages are run in a directory of their own, since some write files, as their readers do.
"""

from __future__ import annotations

import os
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser


def _enter(namespace: dict[str, Any]) -> None:
    namespace["_home"] = os.getcwd()  # noqa: PTH109
    namespace["_room"] = tempfile.TemporaryDirectory()
    os.chdir(namespace["_room"].name)


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_home"])
    namespace["_room"].cleanup()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=["*.md"],
    excludes=["CHANGELOG.md", "tests/*", "src/*", "examples/*", ".venv*/*", "site/*"],
    setup=_enter,
    teardown=_leave,
).pytest()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page with a picture in Chinese runs on machines without a Chinese font, too."""
    quiet = "ignore::innovation_plans.plots.MissingFontWarning"
    for item in items:
        if item.path.suffix == ".md" and {"zh", "README.zh.md", "gallery.md"} & {*item.path.parts}:
            item.add_marker(pytest.mark.filterwarnings(quiet))
