"""Changes of the invented dataset in each format, one row each in ``formats.toml``: every error by its text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from bad_input.changes import change

TABLE = Path(__file__).with_name("formats.toml")
ROWS: dict[str, dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
FORMATS = {form.name: form for form in ip.formats()}


@pytest.fixture
def written(world: Callable[..., Path], tmp_path: Path) -> Callable[[str], tuple[Path, Path]]:
    """Write the invented dataset in a format; return its directory and the path to load."""

    def write(name: str) -> tuple[Path, Path]:
        if name == "csv":
            return world(), world()
        form = FORMATS[name.removeprefix("written ")]
        root = tmp_path / "out"
        path = root / f"out{form.endings[0]}" if form.makes == "file" else root
        if form.makes == "file":
            root.mkdir()
        ip.load(world(), tiers="ABCD").write(path, format=form.name)
        return root, path

    return write


def errors_of(path: Path, form: str) -> list[str]:
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(path, format=None if form == "csv" else form)
    assert all(type(error) is ip.DataError for error in caught.value.exceptions)
    return [str(error) for error in caught.value.exceptions]


@pytest.mark.parametrize("name", ROWS)
def test_errors(name: str, written: Callable[[str], tuple[Path, Path]]) -> None:
    row = ROWS[name]
    root, path = written(row["format"])
    change(root, row)
    errors = errors_of(path, row["format"].removeprefix("written "))
    assert len(errors) == len(row["errors"]), errors
    for error, start in zip(errors, row["errors"], strict=True):
        assert error.startswith(start)
    with suppress(ip.DataErrors):  # of a file of which nothing can be read
        unworded = [str(problem) for problem in ip.check(path, alone=True) if not problem.code]
        assert unworded == []


def test_every_format_has_rows() -> None:
    formats = [row["format"].removeprefix("written ") for row in ROWS.values()]
    assert set(formats) >= set(FORMATS) - {"datapackage", "excel-csv"}  # excel-csv is read as csv
    assert len(formats) > 125
