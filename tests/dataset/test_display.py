"""Tables of targets and observations, as text."""

from __future__ import annotations

import innovation_plans as ip
from innovation_plans.dataset.display import observation_sheet, target_sheet


def test_sheets_of_targets_and_observations() -> None:
    plans = ip.load()
    (row,) = target_sheet(
        plans.targets.where(region="Hubei", indicator="rd_expenditure", source="seed-cbn-2021")
    ).rows
    assert row == (
        "R&D expenditure", "average annual growth of 14%", "2025", "CN-HB-14-sti", "C",
        "seed-cbn-2021",
    )  # fmt: skip
    (row,) = observation_sheet(
        plans.observations.where(region="CN-WEST", indicator="rd_expenditure", form="level"), "zh"
    ).rows
    assert row[1:3] == ("3212.9亿元", "2020")
