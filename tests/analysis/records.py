"""Targets and observations of one region for tests of assessments."""

from __future__ import annotations

from typing import Any

import innovation_plans as ip

CN = ip.Region(code="XX", kind="nation", name_en="Examplia", name_zh="例国")


SOURCE = ip.Source(code="plan", title="Plan", tier="B", date="2021")


PLAN = ip.Plan(code="XX-14-sti", region=CN, period="14th", kind="sti", title_en="Plan")


CITED = ip.Citation(source=SOURCE, as_stated="so")


YEARBOOK = ip.Source(code="yearbook", title="Yearbook", tier="B", date="2021")


def indicator(unit: str = "percent", direction: str = "up") -> ip.Indicator:
    return ip.Indicator(code="thing", name_en="Thing", unit=unit, direction=direction)


def target(**given: Any) -> ip.Target:
    what = given.pop("indicator", indicator())
    form = ip.Form(given.get("form", "level"))
    facts = {"form": form, "comparator": "reach", "value": "3", "unit": what.unit_in(form),
             "start_year": 2021, "end_year": 2025} | given  # fmt: skip
    return ip.Target(plan=PLAN, indicator=what, citation=CITED, **facts)


def outcome(value: Any, year: int | None = 2025, **given: Any) -> ip.Observation:
    what = given.pop("indicator", indicator())
    form = ip.Form(given.get("form", "level"))
    facts = {"form": form, "comparator": "reach", "unit": what.unit_in(form),
             "self_reported": False,
             "citation": ip.Citation(source=YEARBOOK, as_stated="so")} | given  # fmt: skip
    return ip.Observation(region=CN, indicator=what, value=value, year=year, **facts)


def reason(goal: ip.Target, observed: ip.Observation, **how: Any) -> ip.Reason | None:
    result = ip.assess(goal, observed, **how)
    assert result.verdict == "undetermined"
    return result.reason


# --- growth, multiples and increments: computed from levels, else as stated
class Little(ip.Dataset):
    """A dataset of a few records, without files."""

    def __init__(self, observations: list[ip.Observation], targets: list[ip.Target]) -> None:
        object.__setattr__(self, "_little", (observations, targets))
        object.__setattr__(self, "edition", "test")

    @property
    def observations(self) -> ip.ObservationTable:  # type: ignore[override]
        return ip.ObservationTable(self._little[0])

    @property
    def observations_of_every_tier(self) -> ip.ObservationTable:  # type: ignore[override]
        return self.observations

    @property
    def tiers(self) -> str:
        return "ABCD"

    @property
    def targets(self) -> ip.TargetTable:  # type: ignore[override]
        return ip.TargetTable(self._little[1])


MONEY = indicator("CNY_100M")


def levels(*values: tuple[int, str], **given: Any) -> list[ip.Observation]:
    return [outcome(value, year, indicator=MONEY, **given) for year, value in values]


def assessed(goal: ip.Target, observed: list[ip.Observation], **how: Any) -> ip.Assessment:
    return ip.assess(goal, Little(observed, [goal]), **how)


def growth(form: str = "average_growth", **given: Any) -> ip.Target:
    return target(**{"indicator": MONEY, "form": form, "value": "10", **given})
