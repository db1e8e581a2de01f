"""Figures of regions that are compared in tests."""

from __future__ import annotations

from typing import Any

import innovation_plans as ip

LAND = ip.Region(code="XX", kind="nation", name_en="Landia", name_zh="蓝地")


SOURCE = ip.Source(code="plan", title="Plan", tier="B", date="2021")


TEXT = ip.Citation(source=SOURCE, as_stated="so")


def region(name: str) -> ip.Region:
    return ip.Region(code=f"XX-{name}", kind="province", name_en=name, parent=LAND)


def indicator(unit: str = "percent", **facts: Any) -> ip.Indicator:
    return ip.Indicator(
        **({"code": "thing", "name_en": "Thing", "unit": unit, "direction": "up"} | facts)
    )


def target(name: str, value: Any, **facts: Any) -> ip.Target:
    what = facts.pop("indicator", indicator())
    form = ip.Form(facts.get("form", "level"))
    plan = ip.Plan(
        code=f"XX-{name}-14-sti", region=region(name), period="14th", kind="sti", title_en="P"
    )
    cells = {"form": form, "comparator": "reach", "unit": what.unit_in(form), "start_year": 2021,
             "end_year": 2025, "citation": TEXT} | facts  # fmt: skip
    return ip.Target(plan=plan, indicator=what, value=value, **cells)


def outcome(name: str, value: Any, **facts: Any) -> ip.Observation:
    what = facts.pop("indicator", indicator())
    form = ip.Form(facts.get("form", "level"))
    cells = {"form": form, "comparator": "reach", "unit": what.unit_in(form), "year": 2024,
             "citation": TEXT} | facts  # fmt: skip
    return ip.Observation(region=region(name), indicator=what, value=value, **cells)


MONEY = indicator("CNY_100M")
