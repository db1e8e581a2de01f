"""Frames of Dask in several partitions have the rows of the same frame in pandas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from innovation_plans import frames

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning"),
]

REGIONS = ("CN", "CN-GD", "CN-JS", "CN-BJ", "CN-SH", "CN-ZJ")
ROWS = [
    {"region": region, "indicator": "rd_intensity", "form": "level", "year": year,
     "vintage": "first", "period": "14th", "value": 2.0 + position, "unit": "percent"}
    for position, region in enumerate(REGIONS) for year in (2021, 2022, 2023, 2024)
]  # fmt: skip
TARGETS = [
    {"region": region, "indicator": "rd_intensity", "form": "level", "comparator": "about",
     "value": 4.0, "unit": "percent", "end_year": 2025, "baseline_value": 1.0,
     "baseline_year": 2020}
    for region in REGIONS
]  # fmt: skip
CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "latest": lambda frame, targets: frames.assess(frame, targets, rows="latest"),
    "value": lambda frame, _: frames.compare(frame),
    "ratio": lambda frame, _: frames.compare(frame, "ratio"),
    "one group column": lambda frame, _: frames.compare(frame, by=["year"]),
    "convert": lambda frame, _: frames.convert(frame, "1"),
}


# Dask splits the groups of 3 partitions by 4 columns or more, of 16 partitions by any column.
@pytest.mark.parametrize(
    ("call", "partitions"),
    [("latest", 16), ("value", 3), ("ratio", 3), ("one group column", 16), ("convert", 3)],
)
def test_partitions_do_not_change_the_rows(call: str, partitions: int) -> None:
    pd = pytest.importorskip("pandas")
    dask = pytest.importorskip("dask.dataframe", reason="Dask is not installed")
    frame, targets = pd.DataFrame(ROWS), pd.DataFrame(TARGETS)
    expected = CALLS[call](frame, targets)
    result = CALLS[call](dask.from_pandas(frame, npartitions=partitions), targets).compute()
    order = ["region", "year"]
    pd.testing.assert_frame_equal(
        result.sort_values(order).reset_index(drop=True),
        expected.sort_values(order).reset_index(drop=True),
        check_dtype=False,
    )
