"""Tables of the command line are as wide as they are, so that a row is a line."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the columns of what is printed, where a test does not set them."""
    monkeypatch.setenv("COLUMNS", "1000")
