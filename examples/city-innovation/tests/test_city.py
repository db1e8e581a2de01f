"""The package as others see it: installed beside innovation-plans, which knows nothing of it."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import city_innovation
import pytest
from city_innovation.report import departments, write

import innovation_plans as ip


@pytest.fixture(scope="module")
def plans() -> city_innovation.CityPlans:
    return city_innovation.load_city()


BEFORE_THE_END = "2025-12-31"  # of the plan: the pace decides


def verdict(plans: ip.Dataset, indicator: str, **how: str) -> ip.Assessment:
    target = plans.targets.where(region="Exampleton", indicator=indicator).one()
    return ip.assess(target, plans, **how)  # type: ignore[arg-type]


def test_innovation_plans_is_the_installed_wheel() -> None:
    assert "site-packages" in str(ip.__file__)
    assert "site-packages" in str(city_innovation.__file__)


def test_others_find_the_dataset_and_the_pace_rule() -> None:
    assert "exampleton" in ip.datasets()
    assert "late_start" in ip.pace.methods()


def test_the_city_lies_in_its_province(plans: city_innovation.CityPlans) -> None:
    city = plans.region("例城")
    assert city.code == "999900"
    assert city.parent == ip.load().region("粤")
    assert plans.edition == f"{ip.load().edition}+1.0.0"


def test_targets_have_a_department(plans: city_innovation.CityPlans) -> None:
    assert departments(plans) == {
        "Transport": ["Delivery robots per 10,000 residents", "Delivery robots in service"],
        "Science": ["R&D expenditure", "R&D intensity"],
    }


def test_own_units_are_reckoned_with(plans: city_innovation.CityPlans) -> None:
    found = verdict(plans, "delivery_robot_density", as_of=BEFORE_THE_END)
    assert (found.verdict, found.method) == (ip.Verdict.AHEAD, "ratio")
    assert found.outcome is not None
    assert round(found.outcome.value, 3) == Decimal("2.079")
    robots = plans.observations.where(indicator="delivery_robots").one()
    people = plans.observations.where(region="Exampleton", indicator="常住人口").one()
    density = (robots.quantity / people.quantity).to("delivery_robot_per_10k_population")
    assert round(density.magnitude, 3) == Decimal("2.079")
    with pytest.raises(ip.IncomparableError):
        _ = robots.quantity + people.quantity


def test_the_rule_decides_where_the_usual_one_says_otherwise(
    plans: city_innovation.CityPlans,
) -> None:
    usual, late = (
        verdict(plans, "delivery_robots", pace=p, as_of=BEFORE_THE_END)
        for p in ("linear", "late_start")
    )
    assert (usual.verdict, late.verdict) == (ip.Verdict.OFF_TRACK, ip.Verdict.ON_TRACK)
    assert late.pace is not None
    assert late.pace.method == "late_start"


def test_growth_is_computed_from_the_city_s_levels(plans: city_innovation.CityPlans) -> None:
    found = verdict(plans, "rd_expenditure", pace="compound", as_of=BEFORE_THE_END)
    assert (found.verdict, found.method) == (ip.Verdict.ON_TRACK, "computed")


def test_the_city_stands_beside_its_province(plans: city_innovation.CityPlans) -> None:
    targets = plans.targets.where(
        region=["Exampleton", "广东"], indicator="rd_intensity", period="14th", end_year=2025
    )
    compared = ip.compare(targets, kinds=["province", "city"])
    assert [row.region_en for row in compared] == ["Exampleton", "Guangdong"]


def test_the_report_and_the_data_package(tmp_path: Path) -> None:
    text = write(tmp_path / "out")
    assert "4 targets: " in text
    assert "4 awaiting" in text  # 2025 is over, and its figures are not known
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["version"].endswith("+1.0.0")
    assert "delivery_robot" in descriptor["units"]
    again = ip.load(tmp_path / "out", target_type=city_innovation.CityTarget)
    theirs = again.targets.where(region="Exampleton")
    ours = city_innovation.load_city().targets.where(region="Exampleton")
    assert [each.model_dump() for each in theirs] == [each.model_dump() for each in ours]
    assert departments(again) == departments(city_innovation.load_city())
    with pytest.raises(ip.InnovationPlansError):
        write(tmp_path / "out")


def test_the_command(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("city-innovation")
    ran = subprocess.run(
        [command, tmp_path / "out"], check=True, capture_output=True, encoding="utf-8"
    )
    assert "Exampleton" in ran.stdout
    again = subprocess.run(
        [command, tmp_path / "out"], check=False, capture_output=True, encoding="utf-8"
    )
    assert again.returncode == 1
    assert again.stderr.startswith("city-innovation: ")
