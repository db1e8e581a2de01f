"""CSV files for Excel."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import innovation_plans as ip


def test_a_directory_has_a_mark_in_each_table(world: Callable[[], Path], tmp_path: Path) -> None:
    plans = ip.load(world(), tiers="ABCD")
    written = plans.write(tmp_path / "out", format="excel-csv")
    tables = sorted((tmp_path / "out").rglob("*.csv"))
    assert len(tables) == len(written.records) > 3
    assert all(file.read_bytes().startswith(codecs.BOM_UTF8) for file in tables)
    assert not (tmp_path / "out" / "edition.toml").read_bytes().startswith(codecs.BOM_UTF8)
    again = ip.load(tmp_path / "out", tiers="ABCD")
    assert (again.targets, again.observations) == (plans.targets, plans.observations)


def test_one_table_or_result_as_a_file(plans: ip.Dataset, tmp_path: Path) -> None:
    targets = plans.targets.head(3)
    for name, rows in (("t", targets), ("c", ip.scorecard(plans, region="粤"))):
        plain = rows.write(tmp_path / f"{name}.csv").path.read_bytes()
        marked = rows.write(tmp_path / f"{name}-excel.csv", format="excel-csv").path.read_bytes()
        assert marked == codecs.BOM_UTF8 + plain
    import pandas as pd

    assert len(pd.read_csv(tmp_path / "t-excel.csv")) == 3
