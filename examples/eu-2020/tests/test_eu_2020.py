"""A dataset of another continent and other subjects, read by innovation_plans as it is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import eu_2020
import pytest

import innovation_plans as ip

ROOT = Path(str(eu_2020.data()))
Copied = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def plans() -> ip.Dataset[Any, Any]:
    return ip.load(ROOT)


@pytest.fixture
def copied(tmp_path: Path) -> Copied:
    """A copy of the data in which a text of one file is another, wherever it stands."""

    def make(file: str, old: str, new: str) -> Path:
        root = tmp_path / "copy"
        shutil.copytree(ROOT, root)
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), encoding="utf-8")
        return root

    return make


def verdicts(card: ip.Scorecard) -> dict[str, str]:
    return {each.subject.region: str(each.verdict) for each in card}


def faults(root: Path) -> list[str]:
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(root)
    return [str(each) for each in caught.value.exceptions]


# ------------------------------------------------------------------ reading


def test_load_by_path(plans: ip.Dataset[Any, Any]) -> None:
    assert len(plans.regions) == 28
    assert {each.code for each in plans.indicators} == {
        "early_leavers",
        "employment_rate",
        "greenhouse_gas_emissions",
        "poverty_or_exclusion",
        "rd_intensity",
        "renewable_energy_share",
        "tertiary_attainment",
    }
    assert plans.edition == "2026.11"


def test_load_by_name(plans: ip.Dataset[Any, Any]) -> None:
    named = ip.load("eu-2020")
    assert named.targets == plans.targets
    assert named.observations == plans.observations
    assert named.edition == plans.edition


def test_enough_is_there(plans: ip.Dataset[Any, Any]) -> None:
    subjects: dict[str, set[str]] = {}
    for target in plans.targets:
        subjects.setdefault(target.region.code, set()).add(target.indicator.code)
    assert sum(len(each) >= 3 for code, each in subjects.items() if code != "EU") >= 12
    due = plans.observations.where(year=2020)
    assert len({each.region.code for each in due}) >= 25


def test_names_of_regions(plans: ip.Dataset[Any, Any]) -> None:
    assert plans.regions.find("EL").name_en == "Greece"
    assert plans.regions.find("Czech Republic").code == "CZ"
    assert {each.code for each in plans.regions.where(kind="group")} == {"EU"}


# ------------------------------------------------------------------ figures and their sources


def test_every_figure_says_where_it_stands(plans: ip.Dataset[Any, Any]) -> None:
    for each in (*plans.targets, *plans.observations):
        citation = each.citation
        assert citation.source.url, each.key
        assert citation.as_stated or citation.locator, each.key
        assert len(citation.as_stated or "") <= 40, each.key  # a figure, never a sentence


def test_values_are_the_printed_ones(plans: ip.Dataset[Any, Any]) -> None:
    """But for falls, which are printed without their sign or as a share of what there was."""
    turned = {
        each.key
        for each in (*plans.targets, *plans.observations)
        if (stated := each.citation.as_stated)
        and f"{each.value:f}" not in re.findall(r"[0-9]+(?:\.[0-9]+)?", stated.replace(",", "."))
    }
    emissions = "EU/greenhouse_gas_emissions/level"
    assert turned == {
        "EU-europe-2020/poverty_or_exclusion/increment/2020@commission-targets",
        f"{emissions}/2018@awe-ghg-2018",
        f"{emissions}/2019@hps-2022-06-07",
        f"{emissions}/2020@hps-2022-06-07",
    }


def test_nothing_chinese_is_needed(plans: ip.Dataset[Any, Any]) -> None:
    texts = [file.read_text(encoding="utf-8") for file in ROOT.rglob("*") if file.is_file()]
    shown = [ip.scorecard(plans).text("en"), *map(str, ip.scorecard(plans))]
    assert not re.search("[一-鿿]", "".join(texts + shown))


# ------------------------------------------------------------------ verdicts


def test_rd_intensity(plans: ip.Dataset[Any, Any]) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", end_year=2020)
    assert verdicts(card) == {
        "AT": "missed",  # 3.2 of 3.76
        "BE": "met",  # 3.5 of 3
        "BG": "missed",
        "CY": "met",  # 0.9 of 0.5
        "CZ": "undetermined",  # 1% is of the public sector alone
        "DE": "met",  # 3.1 of 3
        "DK": "missed",  # 2.95 of 3, by the newest figure
        "EE": "missed",
        "ES": "missed",
        "EU": "missed",  # 2.31 of 3
        "FI": "missed",
        "IE": "undetermined",  # no outcome was confirmed
        "IT": "missed",  # 1.51 of 1.53
        "SE": "missed",  # 3.5 of 4
    }
    reasons = {each.subject.region: each.reason for each in card if each.reason}
    assert reasons == {"CZ": ip.Reason.PART_OF_REGION, "IE": ip.Reason.NO_SERIES_FOR_REGION}
    assert ip.Scorecard.from_json(card.json(), card.edition) == card


def test_the_release_decides_in_denmark(plans: ip.Dataset[Any, Any]) -> None:
    target = plans.targets.where(region="Denmark", indicator="rd_intensity").one()
    newest, first = ip.assess(target, plans), ip.assess(target, plans, vintage="first")
    assert (newest.verdict, first.verdict) == (ip.Verdict.MISSED, ip.Verdict.MET)
    assert newest.outcome is not None
    assert newest.outcome.vintage == "dst-2025"
    assert newest.gap == Decimal("-0.05")
    assert ip.Caveat.VINTAGES_DISAGREE in newest.caveats


def test_fewer_early_leavers_are_better(plans: ip.Dataset[Any, Any]) -> None:
    found = verdicts(ip.scorecard(plans, indicator="early_leavers"))
    known = {code: verdict for code, verdict in found.items() if verdict in {"met", "missed"}}
    assert known == {"BG": "missed", "ES": "missed", "EU": "met", "GR": "met", "IT": "met"}
    union = ip.assess(plans.targets.where(region="EU", indicator="early_leavers").one(), plans)
    assert union.stated.comparator is ip.Comparator.BELOW
    assert union.gap == Decimal("-0.1")  # 9.9 is below 10
    assert found["BE"] == "awaiting"  # 8.6 in 2018, where 9.5 was wanted for 2020


def test_employment(plans: ip.Dataset[Any, Any]) -> None:
    found = verdicts(ip.scorecard(plans, indicator="employment_rate"))
    assert {code for code, verdict in found.items() if verdict == "met"} == {
        "CZ",
        "DE",
        "EE",
        "IE",
        "SE",
    }
    assert {code for code, verdict in found.items() if verdict == "missed"} == (
        found.keys() - {"CZ", "DE", "EE", "IE", "SE"}
    )
    first = verdicts(ip.scorecard(plans, indicator="employment_rate", vintage="first"))
    assert (first["EU"], first["SE"], first["DE"]) == ("missed", "met", "met")


def test_renewables(plans: ip.Dataset[Any, Any]) -> None:
    card = ip.scorecard(plans, indicator="renewable_energy_share")
    assert len(card) == 28
    missed = [each for each in card if each.verdict is ip.Verdict.MISSED]
    assert [(each.subject.region_en, each.gap) for each in missed] == [("France", Decimal("-3.9"))]
    binding = plans.targets.where(force="binding")
    assert {each.indicator.code for each in binding} == {"renewable_energy_share"}
    assert len(binding) == 27  # the directive binds members; the Union's 20% is the strategy's


def test_a_range_is_met_above_it(plans: ip.Dataset[Any, Any]) -> None:
    card = ip.scorecard(plans, region=["AT", "IE"], indicator="employment_rate")
    assert {each.stated.comparator for each in card} == {ip.Comparator.BETWEEN}
    assert {each.subject.region: each.gap for each in card} == {
        "AT": Decimal("-2.2"),  # 74.8 below 77
        "IE": Decimal("1.1"),  # 72.1 above 71
    }


def test_a_redefined_series_gives_no_verdict(plans: ip.Dataset[Any, Any]) -> None:
    target = plans.targets.where(indicator="poverty_or_exclusion").one()
    found = ip.assess(target, plans)
    assert (found.verdict, found.reason) == (
        ip.Verdict.UNDETERMINED,
        ip.Reason.CHANGED_DEFINITION,  # Croatia joined
    )


# ------------------------------------------------------------------ comparing


def test_compare_targets(plans: ip.Dataset[Any, Any]) -> None:
    targets = plans.targets.where(indicator="rd_intensity").filter(lambda each: not each.breakdown)
    rows = ip.compare(targets)
    assert [row.region_en for row in rows[:3]] == ["Finland", "Sweden", "Austria"]
    assert [row.region_en for row in rows.where(reason=None)][-1] == "Cyprus"
    assert [row.region_en for row in rows.where(reason="other_kind")] == ["European Union"]


def test_compare_outcomes(plans: ip.Dataset[Any, Any]) -> None:
    observed = plans.observations.where(indicator="rd_intensity", year=2020, vintage="first")
    rows = ip.compare(observed)
    assert {row.region_en for row in rows[:2]} == {"Belgium", "Sweden"}
    assert [row.region_en for row in rows.where(reason=None)][-1] == "Romania"
    fewest = ip.compare(plans.observations.where(indicator="early_leavers", year=2020))
    ranked = [row.region_en for row in fewest.where(reason=None)]
    assert (ranked[0], ranked[-1]) == ("Croatia", "Malta")


def test_compare_distances(plans: ip.Dataset[Any, Any]) -> None:
    targets = plans.targets.where(indicator="renewable_energy_share", force="binding")
    rows = ip.compare(targets, measure="distance")
    assert [(row.region_en, row.value) for row in rows[:2]] == [
        ("Denmark", Decimal(13)),  # from 17 in 2005 to 30
        ("Ireland", Decimal("12.9")),
    ]


# ------------------------------------------------------------------ units of its own


def test_own_unit(plans: ip.Dataset[Any, Any]) -> None:
    target = plans.targets.where(indicator="greenhouse_gas_emissions").one()
    assert str(target.quantity) == "80.0 index_1990_100"
    found = ip.assess(target, plans)
    assert (found.verdict, found.gap, found.gap_unit) == (
        ip.Verdict.MET,
        Decimal(-14),
        "index_1990_100",
    )
    with pytest.raises(ip.IncomparableError):
        target.quantity.to("index_1978_100")


def test_own_multiple_of_a_bundled_unit(plans: ip.Dataset[Any, Any]) -> None:
    poor = plans.observations.where(indicator="poverty_or_exclusion", year=2008).one()
    assert poor.quantity.to("person").magnitude == Decimal(116100000)


def test_own_units_stay_with_their_data() -> None:
    with pytest.raises(ip.FigureError):
        ip.quantity(80, "index_1990_100")


def test_without_its_units_the_data_are_refused(copied: Copied) -> None:
    root = copied("units.txt", "index_1990_100 = [index_1990]\n", "")
    lines = (root / "indicators.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index('unit = "index_1990_100"') + 1
    assert any(
        fault.startswith(f"indicators.toml:{line}: unit: ") and "'index_1990_100'" in fault
        for fault in faults(root)
    )


# ------------------------------------------------------------------ slips


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("targets.csv", "DE-europe-2020,rd_intensity,", "DE-europe-2020,rd_intensty,", "indicator"),
        ("targets.csv", "DE-europe-2020,rd_intensity,", "DD-europe-2020,rd_intensity,", "plan"),
        ("observations/early_leavers.csv", "ES,early_leavers,", "EX,early_leavers,", "region"),
        ("plans.csv", "FR-europe-2020,FR,", "FR-europe-2020,FX,", "region"),
    ],
)
def test_a_wrong_code_is_refused(
    copied: Copied, file: str, old: str, new: str, column: str
) -> None:
    root = copied(file, old, new)
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, text in enumerate(lines, start=1) if text.startswith(new))
    assert any(
        fault.startswith(f"{file}:{line}: {column}: expected the code of a")
        for fault in faults(root)
    )
