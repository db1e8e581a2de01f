"""The list of corrections: each states the expected value, and the import stops if it differs."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
HEAD = ["table", "where", "column", "expects", "becomes", "reason"]
CORRECTION = ["targets", "region=XX;indicator=a", "value", "3.5", "35", "a slip of the press"]


@pytest.fixture(scope="module")
def ledger() -> ModuleType:
    """The module, which is not part of a package."""
    import sys

    spec = importlib.util.spec_from_file_location("ledger", TOOLS / "importer" / "ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ledger"] = module  # as dataclasses look it up
    spec.loader.exec_module(module)
    del sys.modules["ledger"]
    return module


@pytest.fixture
def tables(ledger: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that writes research tables and corrections, and reads them as the import does."""

    def read(*corrections: list[str], value: str = "3.5") -> Any:
        for name in ledger.TABLES:
            rows = [["region", "indicator", "value"]]
            if name == "targets":
                rows += [["XX", "a", value], ["YY", "a", "1"]]
            _write(tmp_path / f"{name}.csv", rows)
        _write(tmp_path / "corrections.csv", [HEAD, *corrections])
        monkeypatch.setattr(ledger, "CURATED", tmp_path)
        return ledger.read_research(tmp_path)

    return read


def _write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_a_correction_changes_only_the_named_cell(tables: Any) -> None:
    made = tables(CORRECTION)
    assert [row["value"] for row in made.tables["targets"]] == ["35", "1"]
    assert "targets: 2 in = 2 kept + 0 merged + 0 dropped" in made.balance()


def test_a_dropped_row_is_counted(tables: Any) -> None:
    made = tables(["targets", "region=XX", "DROP", "3.5", "", "printed twice"])
    assert [row["region"] for row in made.tables["targets"]] == ["YY"]
    assert "targets: 2 in = 1 kept + 0 merged + 1 dropped" in made.balance()
    assert "printed twice" in made.balance()


def test_the_import_stops_if_upstream_corrected_the_value(tables: Any) -> None:
    with pytest.raises(SystemExit, match=r"expected '3\.5', found '35'"):
        tables(CORRECTION, value="35")


def test_a_correction_without_a_row_stops_the_import(tables: Any) -> None:
    with pytest.raises(SystemExit, match="matches nothing"):
        tables(["targets", "region=ZZ", "value", "3.5", "35", "a slip"])


def test_a_merged_row_is_counted(tables: Any) -> None:
    made = tables(["targets", "region=XX", "MERGE", "3.5", "", "the same text as YY"])
    assert "targets: 2 in = 1 kept + 1 merged + 0 dropped" in made.balance()
    assert "merged from targets: region=XX: the same text as YY" in made.balance()


@pytest.mark.parametrize("name", ["corrections.csv", "data-2026-12.csv"])
def test_every_correction_states_the_expected_value_and_the_reason(name: str) -> None:
    with (TOOLS / "research" / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, strict=True))
    assert len(rows) > 50
    assert list(rows[0]) == HEAD
    assert [row for row in rows if not row["reason"] or row["expects"] == row["becomes"]] == []


def test_a_comma_that_is_not_quoted_stops_the_import(ledger: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("code,note\nXX,totals, except the growth\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="other columns than the header"):
        ledger.read(path)


def test_a_figure_for_each_year_becomes_a_row_of_each_year(tables: Any) -> None:
    made = tables(["targets", "region=XX", "YEARS", "3.5", "2025;2026", "every year to 2026"])
    years = [(row["region"], row.get("start_year"), row.get("end_year"), row["value"])
             for row in made.tables["targets"]]  # fmt: skip
    assert years == [
        ("XX", "2026", "2026", "3.5"), ("YY", None, None, "1"), ("XX", "2025", "2025", "3.5"),
    ]  # fmt: skip
    assert "targets: 2 in = 2 kept + 0 merged + 0 dropped" in made.balance()
