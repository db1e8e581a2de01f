from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.dataset.build import BundledTables
from innovation_plans.dataset.dataset import Dataset
from innovation_plans.io import csv
from innovation_plans.io.snapshot import Snapshot
from innovation_plans.records import TABLES
from innovation_plans.resources import bundled_data

Changed = Callable[..., Path]


# ------------------------------------------------------------------ the bundled edition


def test_the_same_filter_returns_the_same_object() -> None:
    assert ip.load() is ip.load()
    assert ip.load() is ip.load(tiers="ABC") is ip.load(None, tiers="CBA")
    assert ip.load(tiers="ABCD") is ip.load(tiers="DCBA")
    assert ip.load() is not ip.load(tiers="AB")
    assert ip.load().context.tables == ip.load(tiers="ABCD").context.tables


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_created_once(plans: ip.Dataset, name: str) -> None:
    assert getattr(plans, name) is getattr(plans, name)


def test_repr_tiers_and_edition(plans: ip.Dataset) -> None:
    lines = repr(plans).splitlines()
    assert lines[0] == f"<Dataset {plans.edition}>"
    assert f"targets       {len(plans.targets)}, for 2020 to 2035" in lines[1]
    assert plans.tiers == "ABC"
    year, month = plans.edition.split(".")
    assert len(year) == 4
    assert 1 <= int(month) <= 12


@pytest.mark.parametrize("name", [*TABLES, "edition", "tiers", "codes", "_holdings", "remark"])
def test_read_only(plans: ip.Dataset, name: str) -> None:
    before = getattr(plans, name, None)
    with pytest.raises(AttributeError, match="a dataset is read-only; extend it or load another"):
        setattr(plans, name, None)
    assert getattr(plans, name, None) is before or name == "tiers"


@pytest.mark.parametrize("name", ["edition", "_holdings", "targets"])
def test_nothing_is_deleted(world: Changed, name: str) -> None:
    ours = ip.load(world(), tiers="ABC")
    assert ours.targets
    with pytest.raises(AttributeError):
        delattr(ours, name)


@pytest.mark.parametrize(
    ("name", "code"),
    [("粤", "CN-GD"), ("Guangdong", "CN-GD"), ("guang dong", "CN-GD"), ("CN", "CN")],
)
def test_regions_by_name(plans: ip.Dataset, name: str, code: str) -> None:
    assert plans.region(name).code == code


def test_indicators_by_name(plans: ip.Dataset) -> None:
    indicator = plans.indicator("rd_intensity")
    assert indicator.name_zh
    assert plans.indicator(indicator.name_zh) is indicator
    assert plans.indicator(indicator.name_en.upper()) is indicator


@pytest.mark.parametrize(("verb", "name"), [("region", "Guandong"), ("indicator", "rd_intensty")])
def test_unknown_names(plans: ip.Dataset, verb: str, name: str) -> None:
    with pytest.raises(ip.MissingError, match=f"no {verb} '{name}'; did you mean ") as caught:
        getattr(plans, verb)(name)
    assert caught.value.nearest


# ------------------------------------------------------------------ tiers


@pytest.mark.parametrize("tiers", ["A", "AB", "BD", "ABC", "ABCD"])
def test_tiers(every_tier: ip.Dataset, tiers: str) -> None:
    dataset = ip.load(tiers=tiers)
    assert dataset.tiers == tiers
    for name in ("targets", "observations"):
        every = getattr(every_tier, name)
        kept = [each for each in every if each.citation.source.tier in tiers]
        assert list(getattr(dataset, name)) == kept
    assert dataset.sources == every_tier.sources


def test_tier_d_is_left_out_unless_requested(plans: ip.Dataset, every_tier: ip.Dataset) -> None:
    assert not plans.targets.where(tier="D")
    assert every_tier.targets.where(tier="D")
    assert len(every_tier.targets) == len(plans.targets) + len(every_tier.targets.where(tier="D"))


@pytest.mark.parametrize("tiers", ["", "E", "ABX", "abc", "A,B"])
def test_invalid_tiers(tiers: str) -> None:
    with pytest.raises(ip.MissingError) as caught:
        ip.load(tiers=tiers)
    assert str(caught.value) == f"no tiers {tiers!r}; expected some of the letters ABCD"


# ------------------------------------------------------------------ an own directory


def test_an_invented_world(world: Changed) -> None:
    root = world()
    ours = ip.load(root, tiers="ABC")
    assert ours.edition == "2031.5"
    assert len(ours.targets) == 2  # the third is from a weblog
    assert len(ip.load(str(root), tiers="ABCD").targets) == 3
    target = ours.targets.where(region="甲", indicator="widget_share").one()
    assert target.quantity == ip.quantity("3.5%")
    assert ours.region("abeland").groups == (ours.region("大东区"),)
    assert ours.indicator("小器").code == "widget_output"


def test_a_copy_of_the_bundled_data_is_equal_to_them(copied: Path, every_tier: ip.Dataset) -> None:
    ours = ip.load(copied, tiers="ABCD")
    assert ours.edition == every_tier.edition
    for name in TABLES:
        if name != "observations":
            assert getattr(ours, name) == getattr(every_tier, name), name
    indicators = {each.indicator.code for each in ours.observations}
    assert 5 < len(indicators) < len(every_tier.indicators)
    assert ours.observations == every_tier.observations.where(indicator=indicators)


def test_an_invalid_cell_of_a_copy_stops_the_load(copied: Path) -> None:
    edits = {
        "targets/14th.csv": ("level,reach,7000,,enterprise", "level,reach,7千,,enterprises"),
        "regions.csv": ("210200,city", "210200,town"),
        "observations/specialised_little_giants.csv": (",enterprise,", ",enterprises,"),
    }
    expected = set()
    for name, (old, new) in edits.items():
        file = copied / name
        lines = file.read_text(encoding="utf-8").split("\n")
        line = next(number for number, text in enumerate(lines) if old in text)
        lines[line] = lines[line].replace(old, new)
        file.write_text("\n".join(lines), encoding="utf-8")
        columns = {"targets/14th.csv": ("value", "unit"), "regions.csv": ("kind",)}
        expected |= {(name, line + 1, column) for column in columns.get(name, ("unit",))}
    with pytest.raises(ExceptionGroup) as caught:
        ip.load(copied)
    assert isinstance(caught.value, ip.DataErrors)
    assert isinstance(caught.value, ip.InnovationPlansError)
    errors = caught.value.exceptions
    assert {(each.file, each.line, each.column) for each in errors} == expected
    assert len(errors) == len(expected)
    assert f"{len(expected)} errors in 3 files, nothing loaded" in str(caught.value)


def test_errors_are_caught_in_a_group(changed: Changed) -> None:
    root = changed(("goals.csv", "framework", "frame"))
    caught = []
    try:
        ip.load(root)
    except* ip.DataError as group:
        caught = [str(each) for each in group.exceptions]
    assert len(caught) == 1
    assert caught[0].startswith("goals.csv:2: kind: expected 'outcome', ")


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ip.MissingError) as caught:
        ip.load(tmp_path / "absent")
    assert str(caught.value).startswith(f"no file or directory {str(tmp_path / 'absent')!r}")


def test_a_directory_without_an_edition(world: Changed) -> None:
    assert ip.load(world({"edition.toml": None}), tiers="ABC").edition == ""


# ------------------------------------------------------------------ own records


class RatedTarget(ip.Target):
    rating: int = 0


class NotedObservation(ip.Observation):
    noted_by: str | None = None


def test_own_record_types(world: Changed) -> None:
    root = world()
    for name, header, cell in (
        ("targets/14th.csv", "rating", "5"),
        ("observations/widget_share.csv", "noted_by", "Ann"),
    ):
        lines = (root / name).read_text(encoding="utf-8").splitlines()
        lines = [f"{line},{cell if number else header}" for number, line in enumerate(lines)]
        (root / name).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ip.DataErrors, match="2 errors"):
        ip.load(root)
    ours = ip.load(root, target_type=RatedTarget, observation_type=NotedObservation, tiers="ABC")
    assert [each.rating for each in ours.targets.where(region="XX-AB")] == [5, 5]
    assert {type(each) for each in ours.observations} == {NotedObservation}
    assert ours.observations.where(indicator="widget_share")[0].noted_by == "Ann"
    assert ours.observations.where(indicator="gross_product")[0].noted_by is None


def test_an_invalid_cell_of_an_own_field(world: Changed) -> None:
    root = world()
    file = root / "targets" / "14th.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines = [f"{line},{'high' if number else 'rating'}" for number, line in enumerate(lines)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(root, target_type=RatedTarget)
    assert [(each.line, each.column) for each in caught.value.exceptions] == [
        (line, "rating") for line in (2, 3, 4)
    ]


# ------------------------------------------------------------------ lazy loading, and all errors together


def test_reading_targets_reads_no_observations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    reader = csv.read_csv

    def spy(file: Any, label: str, **options: Any) -> Any:
        read.append(label)
        return reader(file, label, **options)

    monkeypatch.setattr(csv, "read_csv", spy)
    no_snapshot = Snapshot(bundled_data(), tmp_path)
    tables = BundledTables(bundled_data(), snapshot=no_snapshot)
    fresh: Dataset = Dataset(tables, frozenset(ip.Tier), "own")
    assert read == []
    assert fresh.targets.where(region="广东", indicator="rd_intensity")
    assert "targets/14th.csv" in read
    assert not [label for label in read if label.startswith("observations")]


THREADS = """
import sys
from threading import Barrier, Thread

import innovation_plans as ip

sys.setswitchinterval(1e-6)
barrier = Barrier(8)
found, failed = [], []

def work(number):
    try:
        barrier.wait()
        plans = ip.load()
        names = ["targets", "goals", "regions", "corroborations", "indicators", "vintages"]
        tables = {name: getattr(plans, name) for name in names[number % 6:] + names[:number % 6]}
        target = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population")
        found.append((plans, tables, str(target.one().quantity)))
    except BaseException as error:
        failed.append(repr(error))

threads = [Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(failed)
print(len(found), {quantity for _, _, quantity in found})
print(len({id(plans) for plans, _, _ in found}))
print({len({id(tables[name][0]) for _, tables, _ in found}) for name in found[0][1]})
print({len({id(tables[name]) for _, tables, _ in found}) for name in found[0][1]})
"""


def test_first_load_from_many_threads() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", THREADS],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stderr == ""
    failed, quantities, datasets, records, tables = done.stdout.splitlines()
    assert failed == "[]"
    assert quantities == "8 {'90 person_year_per_10k_population'}"
    assert (datasets, records, tables) == ("1", "{1}", "{1}")


# ------------------------------------------------------------------ figures of the founding texts


def test_intensity_of_guangdong_times_its_population(plans: ip.Dataset) -> None:
    target = plans.targets.where(region="广东", indicator="rd_personnel_per_10k_population").one()
    assert target.quantity == ip.quantity("90 person_year_per_10k_population")
    population = plans.observations.where(
        region="广东", indicator="resident_population_year_end", year=2020
    ).latest()
    meant = (target.quantity * population.quantity).to("person_year")
    assert meant.magnitude == 1_136_160
    observed = plans.observations.where(
        region="广东", indicator="rd_personnel_fte", year=2020
    ).latest()
    assert observed.quantity == ip.quantity("872238 person_year")
    assert observed.quantity < meant


def test_residents_and_employed_are_not_added(plans: ip.Dataset) -> None:
    of_residents = plans.targets.where(
        region="广东", indicator="rd_personnel_per_10k_population"
    ).one()
    of_employed = plans.targets.where(
        region="湖北", indicator="rd_personnel_per_10k_employed", period="14th"
    ).one()
    assert of_employed.quantity == ip.quantity("70 person_year_per_10k_employed")
    for sum_of in (
        lambda: of_residents.quantity + of_employed.quantity,
        lambda: of_employed.quantity + of_residents.quantity,
    ):
        with pytest.raises(ip.IncomparableError) as caught:
            sum_of()
        assert "employed_person" in caught.value.factor
        assert "inhabitant" in caught.value.factor
        assert caught.value.factor in str(caught.value)


def test_the_figure_of_the_eastern_region_is_kept_as_printed_and_corrected(
    plans: ip.Dataset,
) -> None:
    east = plans.observations.where(
        region="CN-EAST", indicator="rd_expenditure", form="level", year=2020
    ).one()
    assert east.citation.as_stated == "165.173 billion yuan"
    assert (east.value, east.unit) == (Decimal("1651.73"), "CNY_1B")
    assert east.erratum is not None
    assert east.erratum.citation.as_stated == "165.173 billion yuan"
    assert east.erratum.corrected == "1,651.73 billion yuan"
    assert east.erratum.citation.source is east.citation.source


def test_the_eleven_eastern_provinces_add_up_to_it(plans: ip.Dataset) -> None:
    provinces = plans.regions.where(group="CN-EAST", kind="province")
    assert len(provinces) == 11
    bulletin = plans.observations.where(
        region={each.code for each in provinces},
        indicator="rd_expenditure",
        form="level",
        year=2020,
        vintage="bulletin",
    )
    assert len(bulletin) == 11
    total = sum((each.quantity for each in bulletin[1:]), start=bulletin[0].quantity)
    assert total.to("CNY_1B").magnitude == Decimal("1651.73")


def test_undated_figures_of_beijing_keep_no_year(plans: ip.Dataset) -> None:
    undated = plans.observations.where(source="seed-chinadaily-2021", region="北京")
    assert {each.indicator.code for each in undated} >= {
        "rd_intensity",
        "invention_patents_per_10k",
        "technology_contract_turnover",
    }
    assert {each.year for each in undated} == {None}
    assert all("/undated@" in each.key for each in undated)


def test_no_assessment_uses_an_undated_figure(plans: ip.Dataset) -> None:
    undated = plans.observations.where(source="seed-chinadaily-2021", region="北京")
    met = 0
    for each in undated:
        for target in plans.targets.where(region="北京", indicator=each.indicator.code):
            met += 1
            assert each.key not in ip.assess(target, plans).inputs
            if target.form is each.form:
                alone = ip.assess(target, each)
                assert alone.verdict is ip.Verdict.UNDETERMINED
                assert alone.reason is ip.Reason.UNDATED
    assert met


def test_another_process_gets_all_records_of_a_dataset(world: Changed) -> None:
    ours = ip.load(world(), tiers="ABCD").extend(
        units="robot = [robots] = 台",
        indicators=[{"code": "robots", "name_en": "Robots", "unit": "robot", "direction": "up"}],
    )
    copy = pickle.loads(pickle.dumps(ours))  # noqa: S301 - our own bytes
    assert all(list(getattr(copy, name)) == list(getattr(ours, name)) for name in TABLES)
    assert (copy.edition, copy.tiers, copy.extensions) == (
        ours.edition, ours.tiers, ours.extensions,
    )  # fmt: skip
    assert ip.convert(2, copy.indicator("robots").unit, "robot") == 2


def test_columns_of_a_dataset_and_of_a_table(world: Changed) -> None:
    plans = ip.load(world(), tiers="ABCD")
    columns = {table.name: table for table in plans.to_columns()}
    assert set(columns) == set(TABLES)
    assert columns["targets"].values == plans.targets.to_columns().values
    assert columns["regions"].values["code"] == [region.code for region in plans.regions]
    empty = plans.subset([]).targets.to_columns()
    assert (empty.count, "indicator" in empty.values) == (0, True)


@pytest.mark.parametrize("years", ["2025", ["2025"], 2025.5])
def test_a_year_is_a_whole_number(plans: ip.Dataset, years: Any) -> None:
    with pytest.raises((ip.MissingError, TypeError), match=r"a year is a whole number|iterable"):
        plans.targets.where(end_year=years)


def test_records_in_lists_are_references(world: Changed) -> None:
    plans = ip.load(world(), tiers="ABC")
    region = {
        "code": "XX-EF",
        "kind": "province",
        "name_en": "Efland",
        "parent": plans.region("XX"),
    }
    ours = plans.extend(regions=[region | {"groups": [plans.region("XX-G")]}])
    assert [group.code for group in ours.region("XX-EF").groups] == ["XX-G"]


def test_subset_takes_regions_by_position(plans: ip.Dataset) -> None:
    with pytest.raises(TypeError, match=r"no region= here; use subset\('广东'\)"):
        plans.subset(region="广东")  # type: ignore[call-arg]


@pytest.mark.parametrize("tiers", ["B", "ABC", "ABCD"])
def test_corroborations_are_of_the_targets_of_the_tiers(tiers: str) -> None:
    plans = ip.load(tiers=tiers)
    assert plans.corroborations
    assert {text.target for text in plans.corroborations} <= {
        target.series_key for target in plans.targets
    }
