"""The user's view under ``mypy --strict``: what a caller writes, and what types come back."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_type

import innovation_plans as ip


class CityTarget(ip.Target):
    """A target with a field of the user's own."""

    department: str | None = None


plans = ip.load()
assert_type(plans, ip.Dataset[ip.Target, ip.Observation])

target = plans.targets.where(region="广东", indicator=["rd_intensity"], end_year=2025).one()
assert_type(target, ip.Target)
assert_type(target.value, Decimal)
assert_type(target.comparator, ip.Comparator)
assert_type(target.plan.region.name_zh, str | None)

gdp = plans.observations.where(region="CN-GD", indicator="gdp", year=2024).latest()
assert_type(gdp, ip.Observation)
spending = (target.quantity * gdp.quantity).to("亿元")

verdict = ip.assess(target, plans, tolerance="0.05", pace="compound")
assert_type(verdict, ip.Assessment)
assert_type(verdict.verdict, ip.Verdict)
own = plans.observations.where(region="CN-GD", indicator="rd_intensity").latest()
assert_type(ip.assess(target, own), ip.Assessment)

card = ip.scorecard(plans, period="14th", indicator="rd_intensity")
assert_type(card[0], ip.Assessment)
assert_type(card[:2], ip.Scorecard)
assert_type(card.counts(), dict[ip.Verdict, int])

ours = ip.load("our-city", target_type=CityTarget)
assert_type(ours.targets.where(period="14th")[:1].one(), CityTarget)
assert_type(ours.targets.where(period="14th").one().department, str | None)


class Town(ip.Region):
    """A region with a field of the user's own."""

    mayor: str | None = None


city = CityTarget.model_validate(target.model_dump())
more = plans.extend(targets=[city], units="tram = [trams]", on_conflict="keep")
assert_type(more, ip.Dataset[ip.Target | CityTarget, ip.Observation])
assert_type(plans.extend("our-city"), ip.Dataset[ip.Target, ip.Observation])
assert_type(plans.extend(targets=[{"plan": "CN-GD-14-sti"}]), ip.Dataset)
assert_type(ip.load("our-city", region_type=Town).region("Exampleton").mayor, str | None)
ip.scorecard(ip.load("our-city", target_type=CityTarget, region_type=Town))
assert_type(more.units, ip.UnitTable)
assert_type(more.extensions[0].origin, str)
assert_type(ip.datasets(), tuple[str, ...])

assert_type(ip.convert("500", "亿元", "CNY_1T"), Decimal)
assert_type(ip.label(verdict.verdict, "zh"), str)
Frame = list[dict[str, str]]  # any type of a frame


def judged(observations: Frame) -> Frame:
    """Return a frame of the type of the observations."""
    assessed = ip.frames.assess(
        ip.frames.convert(observations, "percent"), plans.targets.to_pandas()
    )
    return ip.frames.compare(assessed)


provinces = plans.regions.where(kind=ip.RegionKind.PROVINCE, group="CN-EAST")
assert_type(provinces.find("Beijing"), ip.Region)

ip.scorcard(plans)  # type: ignore[attr-defined]
plans.targets.where(regoin="CN-GD")  # type: ignore[call-arg]
plans.observations.where(year="2024")  # type: ignore[arg-type]
