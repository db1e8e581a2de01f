"""A small dataset with own units, types and texts that are hard to write, for every format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import TABLES


class CityTarget(ip.Target):
    """A target with what a city says besides."""

    owner: str | None = None
    budget: Decimal | None = None
    reviewed: date | None = None
    pilot: bool = False


class CityObservation(ip.Observation):
    """An observation with the instrument it was made with."""

    instrument: str | None = None


UNITS = """
robot = [robots] = 台
robot_10K = 10000 * robot = 万台
机组 = 12 * robot
robot_per_10k_employed = robot / employed_person / 10000
"""
ROBOTS: list[dict[str, Any]] = [
    {
        "code": code,
        "name_en": f"Robots in {unit}",
        "name_zh": f"工业机器人（{unit}）",
        "unit": unit,
        "direction": "up",
    }
    for code, unit in (
        ("robots", "robot_10K"),
        ("robot_cells", "机组"),
        ("robot_density", "robot_per_10k_employed"),
    )
]
_SEEN = {"region": "XX-CD", "form": "level", "comparator": "reach", "source": "city"}
_PLANNED = {"plan": "XX-CD-14-sti", "form": "level", "comparator": "at_least", "end_year": 2025}


@pytest.fixture
def own_plans(world: Callable[..., Path]) -> ip.Dataset[Any, Any, Any, Any]:
    """The invented dataset with three own units, two own types, and texts like formulas."""
    return ip.load(world(), tiers="ABCD").extend(
        units=UNITS,
        indicators=ROBOTS,
        sources=[{"code": "city", "title": '+Plan, "as; printed"', "tier": "A"}],
        targets=[
            _PLANNED
            | {"indicator": "robots", "value": "1.50", "unit": "robot_10K", "source": "city"}
            | {"owner": "=HYPERLINK(A1)", "budget": "12.340", "reviewed": "2024-02-29"},
            _PLANNED
            | {"indicator": "robot_cells", "value": "40", "unit": "机组", "source": "city"}
            | {"locator": "-page 3", "pilot": "true", "start_year": 2021},
        ],
        observations=[
            _SEEN
            | {"indicator": "robots", "value": "0.0300", "unit": "robot_10K", "year": 2023}
            | {"as_stated": "@300 台", "instrument": "'counted"},
            _SEEN
            | {"indicator": "robot_density", "value": "3", "year": 2022, "start_year": 2020}
            | {"unit": "robot_per_10k_employed", "status": "break"},
        ],
        target_type=CityTarget,
        observation_type=CityObservation,
    )


@pytest.fixture
def own_types() -> dict[str, Any]:
    """The own types, as ``load`` and ``read`` take them."""
    return {"target_type": CityTarget, "observation_type": CityObservation}


@pytest.fixture
def same_content() -> Callable[..., None]:
    """Compares two datasets by the printed content of every record, and by their units."""

    def compare(ours: Any, theirs: Any, without: Callable[[Any], bool] | None = None) -> None:
        for name in TABLES:
            left, right = (
                [
                    {key: cell for key, cell in each.model_dump(mode="json").items() if cell}
                    for each in getattr(plans, name)
                    if without is None or not without(each)
                ]
                for plans in (ours, theirs)
            )
            assert left == right, name
        assert tuple(theirs.units) == tuple(ours.units)
        assert theirs.edition == ours.edition

    return compare
