"""``city-innovation OUT``: the city's scorecard, and its dataset as a Data Package in OUT."""

from __future__ import annotations

import sys
from pathlib import Path

import innovation_plans as ip

from . import CityTarget, load_city

__all__ = ["departments", "main", "write"]


def write(out: Path) -> str:
    """Export the city's dataset to `out`; the scorecard as text."""
    plans = load_city()
    plans.write(out, format="datapackage")
    return str(ip.scorecard(plans, region="Exampleton", pace="late_start"))


def departments(plans: ip.Dataset) -> dict[str, list[str]]:
    """The city's targets by the department that answers for them."""
    found: dict[str, list[str]] = {}
    for target in plans.targets.where(region="Exampleton"):
        if isinstance(target, CityTarget) and target.department is not None:
            found.setdefault(target.department, []).append(target.indicator.name_en)
    return found


def main() -> int:
    """Run the command; the exit code."""
    if len(sys.argv) != 2:
        print("usage: city-innovation OUT", file=sys.stderr)
        return 2
    try:
        print(write(Path(sys.argv[1])))
    except ip.InnovationPlansError as error:
        print(f"city-innovation: {error}", file=sys.stderr)
        return 1
    return 0
